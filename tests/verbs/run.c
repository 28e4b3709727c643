

#include "tests/verbs/run.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"

#define ARGS_MAX   32
#define PATIENCE_S 60

void ran_finish(struct ran *ran)
{
	free(ran->out);
	free(ran->err);
}

/* ---- running ---- */

static void run_child(const char *const argv[], int out, int err)
{
	int nothing = open("/dev/null", O_RDONLY);

	/* With a controlling terminal it could ask for a PIN. */
	setsid();
	dup2(nothing, 0);
	dup2(out, 1);
	dup2(err, 2);
	setenv("LANGUAGE", "en", 1);
	setenv("TZ", TEST_FAR_ZONE, 1);
	unsetenv("JIAPLUS_CONFIG");
	/* A time limit, which also works when the test is killed. */
	alarm(PATIENCE_S);
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

static char *take_file(int fd)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	char *text = mem_alloc((size_t)st.st_size + 1);
	assert_int_equal(pread(fd, text, (size_t)st.st_size, 0), st.st_size);
	close(fd);
	return text;
}

static int open_nameless(void)
{
	char path[] = "/tmp/jiaplus-test-XXXXXX";
	int fd = mkostemp(path, O_CLOEXEC);

	assert_true(fd >= 0);
	unlink(path);
	return fd;
}

struct ran run_program(const char *const argv[])
{
	int out = open_nameless(), err = open_nameless(), status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		run_child(argv, out, err);
	while (waitpid(pid, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return (struct ran){
		.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
		.out = take_file(out),
		.err = take_file(err),
	};
}

char *jiaplus_path(void)
{
	const char *build = getenv("JIAPLUS_BUILD");

	return mem_printf("%s/jiaplus", build ? build : ".");
}

struct ran run_jiaplus(const char *const args[])
{
	CLEANUP(mem_free) char *path = jiaplus_path();
	const char *argv[ARGS_MAX] = { path };

	for (int i = 0; args[i]; i++) {
		assert_true(i + 2 < ARGS_MAX);
		argv[i + 1] = args[i];
	}
	return run_program(argv);
}

/* ---- what is expected ---- */

void assert_code(const struct ran *ran, int code)
{
	if (ran->code != code)
		fail_msg("exit code %d instead of %d\n%s%s", ran->code, code, ran->out, ran->err);
}

void assert_has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in:\n%s", part, text);
}

void assert_lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("'%s' in:\n%s", part, text);
}

json_t *assert_json(const struct ran *ran, int count)
{
	json_error_t wrong;
	json_t *array = json_loads(ran->out, 0, &wrong);

	assert_code(ran, 0);
	if (!json_is_array(array))
		fail_msg("no array (%s):\n%s", array ? "" : wrong.text, ran->out);
	if (count >= 0 && json_array_size(array) != (size_t)count)
		fail_msg("%zu objects instead of %d:\n%s", json_array_size(array), count, ran->out);
	return array;
}

/* ---- files ---- */

char *scratch_make(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = mem_printf("%s/jiaplus-verbs-XXXXXX", tmp ? tmp : "/tmp");

	assert_non_null(mkdtemp(dir));
	return dir;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	return remove(path);
}

void scratch_remove(const char *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

void write_file(const char *path, const char *text, int mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	assert_int_equal(fchmod(fd, (mode_t)mode), 0);
	close(fd);
}

char *read_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	return take_file(fd);
}

void init_venue(const char *dir)
{
	CLEANUP(mem_free) char *pin = mem_printf("%s/pin", dir);

	write_file(pin, ADMIN_PIN "\n", 0600);
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", dir, "init", "--pin-file", pin);
	assert_code(&ran, 0);
}

/* The one that the others are copied from. */
static char *first_venue;

static void __attribute__((destructor)) remove_first_venue(void)
{
	if (first_venue)
		scratch_remove(first_venue);
	free(first_venue);
}

void make_venue(const char *dir)
{
	if (!first_venue) {
		first_venue = scratch_make();
		init_venue(first_venue);
	}
	CLEANUP(mem_free) char *command = mem_printf("cp -a '%s/.' '%s'", first_venue, dir);
	assert_int_equal(system(command), 0);
}

int venue_dir_set_up(void **state)
{
	struct venue_dir *v = mem_alloc(sizeof(*v));

	v->dir = scratch_make();
	v->pin = mem_printf("%s/pin", v->dir);
	make_venue(v->dir);
	*state = v;
	return 0;
}

int venue_dir_tear_down(void **state)
{
	struct venue_dir *v = *state;

	scratch_remove(v->dir);
	free(v->dir);
	free(v->pin);
	free(v);
	return 0;
}
