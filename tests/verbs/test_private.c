/* People's data stays where it belongs: in memory, and in files that only their owner can read. */
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

/* A verb that waits for its PIN to come through a pipe, in a shell with core dumps enabled. */
static pid_t start_waiting(const struct venue_dir *v, const char *pipe)
{
	CLEANUP(mem_free) char *program = jiaplus_path();
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid > 0)
		return pid;
	struct rlimit most;
	getrlimit(RLIMIT_CORE, &most);
	most.rlim_cur = most.rlim_max;
	setrlimit(RLIMIT_CORE, &most);
	alarm(60);
	execl(program, program, "--dir", v->dir, "staff", "list", "--as", "admin", "--pin-file",
		pipe, NULL);
	_exit(127);
}

TEST(memory_with_personal_data_is_never_dumped, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *pipe = mem_printf("%s/pin-pipe", v->dir);
	char limits[4096] = "";
	int status;

	assert_int_equal(mkfifo(pipe, 0600), 0);
	pid_t pid = start_waiting(v, pipe);
	/* Returns once the verb reads from it. */
	int fd = open(pipe, O_WRONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/limits", (int)pid);
	int from = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(from >= 0 && read(from, limits, sizeof(limits) - 1) > 0);
	close(from);
	kill(pid, SIGQUIT);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(fd);
	unlink(pipe);
	char *line = strstr(limits, "Max core file size");
	assert_non_null(line);
	*strchr(line, '\n') = '\0';
	assert_has(line, " 0 ");
	assert_true(WIFSIGNALED(status));
	assert_false(WCOREDUMP(status));
}

/* ---- PINs ---- */

/* Whether a file contains a text. */
static bool file_has(const char *path, const char *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &st), 0);
	CLEANUP(mem_free) char *bytes = mem_alloc((size_t)st.st_size);
	assert_int_equal(read(fd, bytes, (size_t)st.st_size), st.st_size);
	close(fd);
	return memmem(bytes, (size_t)st.st_size, text, strlen(text));
}

/* Only here is nothing preloaded: in all other tests hashing is made cheap. */
TEST(a_guess_at_a_PIN_costs_64_MB_of_memory, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *db = mem_printf("%s/jiaplus.db", dir);
	CLEANUP(mem_free) char *preload = mem_text(getenv("LD_PRELOAD"));

	unsetenv("LD_PRELOAD");
	init_venue(dir);
	bool is_dear = file_has(db, "$argon2id$v=19$m=65536,t=2,p=1$");
	if (preload)
		setenv("LD_PRELOAD", preload, 1);
	scratch_remove(dir);
	assert_true(is_dear);
}

/* ---- names ---- */

TEST(a_name_of_accents_alone_is_refused_at_every_door, none)
{
#define BARE "\u0301\u0302\u0303"
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *table = mem_printf("%s/accents.csv", v->dir);
	CLEANUP(mem_free) char *empty = scratch_make();
	const char *const doors[][8] = {
		{ "resident", "add", BARE },
		{ "item", "add", BARE, "--category", "tool" },
		{ "venue", "add", BARE, "10" },
		{ "staff", "add", "bare", "volunteer", BARE },
		{ "resident", "import", table },
		{ "duty", "type", BARE, "2" },
	};

	write_file(table, "姓名\n" BARE "\n", 0600);
	for (size_t i = 0; i < ARRAY_LEN(doors); i++) {
		const char *const staff[] = { AS_ADMIN(v) };
		const char *args[16] = { "--dir", v->dir };
		int count = 2;
		for (int n = 0; n < 8 && doors[i][n]; n++)
			args[count++] = doors[i][n];
		for (size_t n = 0; n < ARRAY_LEN(staff); n++)
			args[count++] = staff[n];
		CLEANUP(ran_finish) struct ran ran = run_jiaplus(args);
		if (ran.code != 1 || !strstr(ran.err, "cannot be shown"))
			fail_msg("%s %s: %d\n%s%s", doors[i][0], doors[i][1], ran.code, ran.out,
				ran.err);
	}
	CLEANUP(ran_finish) struct ran ran = RUN("--dir", empty, "init", "--name", BARE);
	scratch_remove(empty);
	assert_code(&ran, 1);
}

/* ---- files ---- */

static char wide[256]; /* the first one that others may read */

static int look(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	if (kind != FTW_SL && st->st_mode & 077 && !*wide)
		snprintf(wide, sizeof(wide), "%s %o", path, (unsigned)st->st_mode & 07777);
	return 0;
}

static void expect_private(const char *dir)
{
	*wide = '\0';
	nftw(dir, look, 16, FTW_PHYS);
	assert_string_equal(wide, "");
}

TEST(all_files_of_a_demo_venue_are_their_owners_alone, none)
{
	CLEANUP(mem_free) char *dir = scratch_make();
	CLEANUP(mem_free) char *venue = mem_printf("%s/venue", dir);
	CLEANUP(mem_free) char *pin = mem_printf("%s/pins/chen.pin", venue);
	CLEANUP(mem_free) char *pdf = mem_printf("%s/rules.pdf", dir);

	mode_t before = umask(0);
	CLEANUP(ran_finish) struct ran init = RUN("--dir", venue, "init", "--demo");
	CLEANUP(ran_finish)
	struct ran lend = RUN("--dir", venue, "lend", "21", "2", "--as", "chen", "--pin-file", pin);
	CLEANUP(ran_finish) struct ran print = RUN("--dir", venue, "print", "rules");
	CLEANUP(ran_finish) struct ran drawn = RUN("--dir", venue, "print", "rules", "--to", pdf);
	umask(before);
	assert_code(&init, 0);
	assert_code(&print, 0);
	assert_code(&drawn, 0);
	expect_private(dir);
	scratch_remove(dir);
}

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)
