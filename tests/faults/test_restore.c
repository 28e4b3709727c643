/* A restore that is killed before each of its changes to the folder: the venue is the whole old
 * one, or the whole backup. And one whose disk fills up on the way. */
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "core/store/restore.h"
#include "tests/core/audit/rescue.h"
#include "tests/faults/work.h"
#include "tests/lib/chance.h"

#define OLD 20 /* households of the venue */
#define NEW 10 /* of the backup */

#define SWAP_STEPS 16 /* at the end of a restore: the steps that put the files in place */
#define STEPS_MAX  200

static const long steps[] = {
	SYS_renameat2,
	SYS_unlinkat,
	SYS_mkdirat,
	SYS_fsync,
	SYS_fdatasync,
	SYS_ftruncate,
#ifdef SYS_rename
	SYS_rename,
	SYS_unlink,
	SYS_mkdir,
	SYS_rmdir,
#endif
#ifdef SYS_renameat
	SYS_renameat,
#endif
};

static int restore_setup(void **state)
{
	struct rescue *r = mem_alloc(sizeof(*r));

	rescue_create(r, false);
	rescue_shell("cp -a '%s' '%s.kept'", r->dir, r->dir);
	*state = r;
	return 0;
}

static int restore_teardown(void **state)
{
	rescue_remove(*state);
	free(*state);
	return 0;
}

static void put_back_from(const struct rescue *r, const char *copy)
{
	CLEANUP(mem_free) char *from = mem_printf("%s.%s", r->dir, copy);

	rescue_shell("rm -rf '%s'%s", r->dir, "");
	rescue_shell("cp -a '%s' '%s'", from, r->dir);
}

static void put_back(const struct rescue *r)
{
	put_back_from(r, "kept");
}

static int restore_here(const struct rescue *r)
{
	const struct restore_wish wish = { .from = r->backup, .dir = r->dir, .clock = &r->clock };
	struct restore_report report = { 0 };
	struct err err = { 0 };

	int r2 = restore_run(&wish, &report, &err);
	restore_report_finish(&report);
	return r2;
}

static bool is_step(pid_t pid)
{
	struct __ptrace_syscall_info info = { 0 };

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) <= 0 ||
		info.op != PTRACE_SYSCALL_INFO_ENTRY)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		if ((long)info.entry.nr == steps[i])
			return true;
	return false;
}

static int finish_here(const struct rescue *r)
{
	struct err err = { 0 };

	return restore_finish(r->db, &err);
}

/* Called before each step of a traced process, which is stopped meanwhile; true: kill it. */
typedef bool (*step_function)(const struct rescue *r, int step, int arg);

/* Runs it in a process that is stopped before each of its steps. Returns how many steps there were;
 * −1 if nobody may be traced. */
static int run_stopped(
	const struct rescue *r, int (*work)(const struct rescue *r), step_function on_step, int arg)
{
	int status, count = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(9);
		raise(SIGSTOP);
		_exit(work(r) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFSTOPPED(status))
		return -1;
	ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
	for (;;) {
		ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		if (WIFEXITED(status)) {
			assert_int_equal(WEXITSTATUS(status), 0);
			return count;
		}
		if (WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80) && is_step(pid) &&
			on_step(r, ++count, arg)) {
			kill(pid, SIGKILL);
			waitpid(pid, &status, 0);
			return count;
		}
	}
}

static bool is_at(const struct rescue *r, int step, int at)
{
	(void)r;
	return step == at;
}

/* Killed before step number `at`; 0: never. */
static int run_until(const struct rescue *r, int (*work)(const struct rescue *r), int at)
{
	return run_stopped(r, work, is_at, at);
}

/* ---- each step of a restore ---- */

#define KILLS 2 /* random ones, to show that a copy is what a kill leaves */

static char *copy_of(const struct rescue *r, int step)
{
	return mem_printf("%s.step-%d", r->dir, step);
}

/* The content of the folder before a step is what a kill there leaves: one run of the restore
 * yields all of them. */
static bool copy_folder(const struct rescue *r, int step, int ignored)
{
	CLEANUP(mem_free) char *copy = copy_of(r, step);

	(void)ignored;
	rescue_shell("cp -a '%s' '%s'", r->dir, copy);
	return false;
}

static int64_t look_at_step(const struct rescue *r, int step)
{
	CLEANUP(mem_free) char *copy = copy_of(r, step);
	CLEANUP(mem_free) char *done = copy_of(r, -step);

	assert_int_equal(rename(r->dir, done), 0);
	assert_int_equal(rename(copy, r->dir), 0);
	return rescue_look(r->db, &r->clock);
}

/* Of the steps before the swap every other one in everyday runs, and all of them in a long run. */
static int stride(void)
{
	return work_effort(1) > 1 ? 1 : 2;
}

static int64_t kill_at(const struct rescue *r, int step)
{
	put_back(r);
	run_until(r, restore_here, step);
	return rescue_look(r->db, &r->clock);
}

TEST(a_kill_at_any_step_leaves_the_old_venue_or_the_backup_whole, restore)
{
	struct rescue *r = *state;
	int found[STEPS_MAX + 1] = { 0 }, looked = 0, news = 0;
	unsigned seed = work_seed();

	int total = run_stopped(r, restore_here, copy_folder, 0);
	if (total < 0)
		test_skip("no right to trace");
	assert_in_range(total, SWAP_STEPS, STEPS_MAX);
	assert_int_equal(rescue_check(r->db, &r->clock), NEW);
	for (int step = total; step > 0; step -= step > total - SWAP_STEPS ? 1 : stride()) {
		looked++;
		found[step] = (int)look_at_step(r, step);
		if (found[step] != OLD && found[step] != NEW)
			fail_msg("killed before step %d of %d: %d households", step, total,
				found[step]);
		news += found[step] == NEW;
	}
	for (int i = 0; i < work_effort(KILLS); i++) {
		int step = total - (int)(rand_r(&seed) % SWAP_STEPS);
		assert_int_equal(kill_at(r, step), found[step]);
	}
	/* And the next one goes through. */
	assert_int_equal(restore_here(r), 0);
	assert_int_equal(rescue_check(r->db, &r->clock), NEW);
	print_message("# %d of %d steps: %d times the old venue, %d times the backup\n", looked,
		total, looked - news, news);
	assert_in_range(news, 1, looked - 1);
}

/* What a killed restore has left, killed again at each step of the start that finishes it. Returns
 * how many kills that made. */
static int kill_finishing(const struct rescue *r)
{
	int kills = 0, steps_there = 1;

	rescue_shell("rm -rf '%s.cut'%s", r->dir, "");
	rescue_shell("cp -a '%s' '%s.cut'", r->dir, r->dir);
	for (int at = 1; at <= steps_there; at++) {
		put_back_from(r, "cut");
		steps_there = run_until(r, finish_here, 0);
		if (steps_there == 0)
			return kills;
		put_back_from(r, "cut");
		run_until(r, finish_here, at);
		assert_int_equal(rescue_look(r->db, &r->clock), NEW);
		kills++;
	}
	return kills;
}

TEST(a_start_that_finishes_a_restore_and_is_killed_itself_leaves_the_backup_whole, restore)
{
	struct rescue *r = *state;
	int kills = 0;

	int total = run_until(r, restore_here, 0);
	if (total < 0)
		test_skip("no right to trace");
	for (int at = total; at > total - SWAP_STEPS; at -= 3) {
		put_back(r);
		run_until(r, restore_here, at);
		kills += kill_finishing(r);
	}
	print_message("# %d kills of a start that finishes a restore\n", kills);
	assert_true(kills > SWAP_STEPS);
}

/* Files may not grow beyond `limit`: for a restore that is a full disk. */
static int restore_within(const struct rescue *r, rlim_t limit)
{
	const struct rlimit full = { limit, limit };
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &full);
		_exit(restore_here(r) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

TEST(a_disk_that_fills_up_on_the_way_leaves_the_venue_as_it_was, restore)
{
	struct rescue *r = *state;
	struct stat about;
	int failed = 0;

	assert_int_equal(stat(r->backup, &about), 0);
	for (int i = 0; i < 6; i++) {
		put_back(r);
		int r2 = restore_within(r, (rlim_t)(about.st_size * i / 4));
		assert_int_equal(rescue_look(r->db, &r->clock), r2 == 0 ? NEW : OLD);
		failed += r2 != 0;
	}
	assert_in_range(failed, 2, 5);
	assert_int_equal(restore_here(r), 0);
	assert_int_equal(rescue_check(r->db, &r->clock), NEW);
}

TEST(a_backup_that_is_killed_leaves_the_older_one, restore)
{
	struct rescue *r = *state;
	CLEANUP(mem_free) char *before = mem_printf("%s.before", r->backup);
	unsigned seed = work_seed();

	rescue_shell("cp '%s' '%s'", r->backup, before);
	for (int i = 0; i < work_effort(6); i++) {
		const struct timespec nap = { .tv_nsec = rand_r(&seed) % 60 * 1000000L };
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			rescue_back_up(r, false);
			_exit(0);
		}
		nanosleep(&nap, NULL);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		struct seal_secrets secrets;
		struct recovery sheet;
		struct err err = { 0 };
		assert_ok(recovery_open(r->dir, &sheet, &err), &err);
		assert_ok(seal_open(r->backup, &sheet, NULL, &secrets, &err), &err);
	}
}
