/* init, killed at each of its steps: a complete venue with a way in, or none, and then the next
 * init creates one. The real program under ptrace, which stops it before each call that changes a
 * disk. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/faults/work.h"
#include "tests/lib/test.h"

#define PIN           "483920"
#define PAGES_APART   160 /* of the pages of the database one in this many is a step */
#define STEPS_AT_MOST 400

struct scene {
	char dir[48];
	char *venue, *database, *pin;
	int pages;      /* written so far in this run */
	bool has_begun; /* the venue's folder exists: before that the program is starting */
	char synced[16][128];
	int synced_count;
	bool is_named; /* the database has its name, or is about to */
};

static int scene_setup(void **state)
{
	struct scene *s = mem_alloc(sizeof(*s));

	strcpy(s->dir, "/tmp/jiaplus-init-XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	s->venue = mem_printf("%s/venue", s->dir);
	s->database = mem_printf("%s/jiaplus.db", s->venue);
	s->pin = mem_printf("%s/pin", s->dir);
	int fd = open(s->pin, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, PIN "\n", 7), 7);
	close(fd);
	*state = s;
	return 0;
}

static int scene_teardown(void **state)
{
	struct scene *s = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", s->dir);
	int r = system(command);

	free(s->venue);
	free(s->database);
	free(s->pin);
	free(s);
	return r;
}

static pid_t start_init(const struct scene *s)
{
	CLEANUP(mem_free) char *program = mem_printf("%s/jiaplus", getenv("JIAPLUS_BUILD"));
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	work_may_be_traced();
	if (!freopen("/dev/null", "w", stdout) || ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		_exit(77);
	raise(SIGSTOP);
	execl(program, program, "--dir", s->venue, "init", "--pin-file", s->pin, NULL);
	_exit(78);
}

static void note_sync(struct scene *s, pid_t pid, unsigned fd)
{
	CLEANUP(mem_free) char *link = mem_printf("/proc/%d/fd/%u", (int)pid, fd);
	char *path = s->synced[s->synced_count];

	ssize_t len = readlink(link, path, sizeof(s->synced[0]) - 1);
	assert_true(len > 0 && s->synced_count + 1 < (int)ARRAY_LEN(s->synced));
	path[len] = '\0';
	s->synced_count++;
}

/* A file called `name`, or a draft of it. */
static bool was_synced(const struct scene *s, const char *name)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/%s", s->venue, name);

	for (int i = 0; i < s->synced_count; i++)
		if (strncmp(s->synced[i], path, strlen(path)) == 0)
			return true;
	return false;
}

static bool folder_was_synced(const struct scene *s)
{
	for (int i = 0; i < s->synced_count; i++)
		if (strcmp(s->synced[i], s->venue) == 0)
			return true;
	return false;
}

/* What is about to get its name is durable; for the database, which comes last, so is everything
 * else that a way in needs. */
static void expect_safe_to_name(struct scene *s)
{
	assert_true(was_synced(s, "pepper.key"));
	s->is_named = was_synced(s, "jiaplus.db.part");
	if (s->is_named)
		assert_true(folder_was_synced(s));
}

/* Is the program about to change something on the disk? */
static bool is_step(struct scene *s, pid_t pid)
{
	struct __ptrace_syscall_info call;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(call), &call) <= 0 ||
		call.op != PTRACE_SYSCALL_INFO_ENTRY)
		return false;
	switch (call.entry.nr) {
#ifdef SYS_mkdir
	case SYS_mkdir:
#endif
	case SYS_mkdirat:
		s->has_begun = true;
		return true;
	case SYS_renameat2:
		expect_safe_to_name(s);
		return true;
#ifdef SYS_link
	case SYS_link:
#endif
	case SYS_linkat:
#ifdef SYS_unlink
	case SYS_unlink:
#endif
	case SYS_unlinkat:
		return s->has_begun;
	case SYS_write:
		return s->has_begun && call.entry.args[0] > STDERR_FILENO;
	case SYS_fsync:
		note_sync(s, pid, (unsigned)call.entry.args[0]);
		return true;
	case SYS_pwrite64:
		return s->pages++ % PAGES_APART == 0;
	case SYS_openat:
		return s->has_begun && call.entry.args[2] & O_CREAT;
	default:
		return false;
	}
}

/* Runs init and kills it before its step number `at`. False: it ended before that. */
static bool cut_init(struct scene *s, int at)
{
	pid_t pid = start_init(s);
	int status, step = 0;

	s->pages = s->synced_count = 0;
	s->has_begun = s->is_named = false;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		return false;
	ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	for (int pass = 0;;) {
		ptrace(PTRACE_SYSCALL, pid, NULL, pass);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (!WIFSTOPPED(status))
			break;
		bool is_call = WSTOPSIG(status) == (SIGTRAP | 0x80);
		pass = is_call || WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
		if (!is_call || !is_step(s, pid) || step++ < at)
			continue;
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		return true;
	}
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_true(s->is_named);
	return false;
}

static int run(const struct scene *s, const char *words)
{
	CLEANUP(mem_free)
	char *line = mem_printf("'%s/jiaplus' --dir '%s' %s >'%s/said' 2>&1",
		getenv("JIAPLUS_BUILD"), s->venue, words, s->dir);

	return WEXITSTATUS(system(line));
}

static void expect_way_in(const struct scene *s, int step)
{
	CLEANUP(mem_free) char *list = mem_printf("staff list --as admin --pin-file '%s'", s->pin);
	CLEANUP(mem_free) char *again = mem_printf("init --pin-file '%s'", s->pin);

	if (access(s->database, F_OK) != 0 && run(s, again) != 0)
		fail_msg("cut before step %d, init makes no venue: see %s/said", step, s->dir);
	if (run(s, list) != 0)
		fail_msg("cut before step %d, the venue has no way in", step);
}

TEST(init_cut_at_any_step_leaves_a_whole_venue_or_none, scene)
{
	CLEANUP(mem_free) char *clear = NULL;
	struct scene *s = *state;
	int step = 0;

	clear = mem_printf("rm -rf '%s'", s->venue);
	while (step < STEPS_AT_MOST && cut_init(s, step)) {
		expect_way_in(s, step);
		assert_int_equal(system(clear), 0);
		step++;
	}
	if (step == 0 && access(s->database, F_OK) != 0)
		test_skip("this machine allows no ptrace");
	fprintf(stderr, "# %d steps\n", step);
	assert_true(step > 15);
	expect_way_in(s, step);
}

TEST_FILE()
