/* File systems that are really full or read-only: small ones in memory, mounted where nobody else
 * sees them, which only root may do; otherwise a limit on the size of files. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/store/reasons.h"
#include "tests/faults/work.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define NOT_MOUNTED 77

static int no_space_setup(void **state)
{
	struct work *w = mem_alloc(sizeof(*w));

	work_create(w);
	*state = w;
	return 0;
}

static int no_space_teardown(void **state)
{
	struct work *w = *state;

	work_remove(w);
	free(w);
	return 0;
}

/* ---- a child with a file system of its own ---- */

static int complain(const char *what, const struct err *err)
{
	fprintf(stderr, "# %s: %d %s %s\n", what, err->code,
		err->reason_count ? reason_name(err->reasons[0].code) : "", err->detail);
	return 1;
}

/* The venue's file, copied to a file system of `options` that is mounted over its folder. */
static int mount_small(const struct work *w, const char *options)
{
	CLEANUP(mem_free) char *aside = mem_printf("cp '%s' '%s.db'", w->path, w->dir);
	CLEANUP(mem_free) char *back = mem_printf("mv '%s.db' '%s'", w->dir, w->path);

	if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return NOT_MOUNTED;
	if (system(aside) != 0)
		return NOT_MOUNTED;
	if (mount("tmpfs", w->dir, "tmpfs", 0, options) < 0)
		return NOT_MOUNTED;
	return system(back) == 0 ? 0 : NOT_MOUNTED;
}

static void run_apart(struct work *w, int (*body)(struct work *))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(body(w));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == NOT_MOUNTED) {
		print_message("# skipped: no file system of one's own can be mounted here\n");
		return;
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- full ---- */

/* Takes all the space except `left` bytes. */
static int take_space(const struct work *w, off_t left)
{
	static const char block[4096];
	CLEANUP(mem_free) char *path = mem_printf("%s/filler", w->dir);
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	off_t size = 0;
	ssize_t n;

	while ((n = write(fd, block, sizeof(block))) > 0)
		size += n;
	int r = size > left ? ftruncate(fd, size - left) : -1;
	close(fd);
	return r;
}

static void give_space(const struct work *w)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/filler", w->dir);

	unlink(path);
}

static bool says_full(int r, const struct err *err)
{
	return (r == ERR_STORAGE || r == ERR_UNSURE) && err_has(err, REASON_STORE_FULL);
}

/* Acts until there is no more space; *ret_done is how many were done. */
static int fill_up(const struct work *w, struct db *db, int *ret_done)
{
	struct err err = { 0 };
	int r = 0;

	while (*ret_done < WORK_ACTS && (r = work_act(w, db, *ret_done + 1, &err)) == 0)
		++*ret_done;
	if (*ret_done == WORK_ACTS)
		return complain("it never was full", &err);
	return says_full(r, &err) ? 0 : complain("it does not say that it is full", &err);
}

static int check(const struct work *w, struct db *db, int done)
{
	CLEANUP(mem_free) char *fault = NULL;

	int there = work_check(w, db, &fault);
	if (there == done)
		return 0;
	fprintf(stderr, "# %d done, %d there: %s\n", done, there, fault ? fault : "");
	return 1;
}

/* With space again the same handle does what it could not, the same intention once. */
static int go_on(const struct work *w, struct db *db, int done)
{
	struct err err = { 0 };

	for (; done < WORK_ACTS; done++)
		if (work_act(w, db, done + 1, &err) < 0)
			return complain("with space again", &err);
	return check(w, db, WORK_ACTS);
}

static int fill_and_go_on(struct work *w)
{
	struct err err = { 0 };
	struct db *db = NULL;
	int done = 0;

	int r = mount_small(w, "size=6m");
	if (r != 0)
		return r;
	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0 || take_space(w, 200000) < 0)
		return complain("at the start", &err);
	if (fill_up(w, db, &done) || check(w, db, done))
		return 1;
	print_message("# full after %d acts\n", done);
	give_space(w);
	if (go_on(w, db, done))
		return 1;
	db_close(db);
	return 0;
}

TEST(a_full_file_system_is_named_and_the_handle_goes_on_with_space_again, no_space)
{
	run_apart(*state, fill_and_go_on);
}

/* What is there can be read, whether or not it can be opened for writing. */
static int open_when_full(struct work *w)
{
	struct err err = { 0 };
	struct db *db = NULL;

	int r = mount_small(w, "size=6m");
	if (r != 0)
		return r;
	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0 || work_act(w, db, 1, &err) < 0)
		return complain("at the start", &err);
	db_close(TAKE(db));
	if (take_space(w, 0) < 0)
		return complain("filling it", &err);
	r = db_open(w->path, DB_OPEN, &w->clock, &db, &err);
	if (r < 0)
		return says_full(r, &err) ? 0 : complain("opening it", &err);
	if (check(w, db, 1))
		return 1;
	r = work_act(w, db, 2, &err);
	if (!says_full(r, &err))
		return complain("an act", &err);
	db_close(db);
	return 0;
}

TEST(a_database_on_a_full_file_system_is_read_or_named_as_full, no_space)
{
	run_apart(*state, open_when_full);
}

/* ---- read-only ---- */

static int open_read_only(struct work *w)
{
	struct err err = { 0 };
	struct db *db = NULL;

	int r = mount_small(w, "size=6m");
	if (r != 0)
		return r;
	if (mount("none", w->dir, NULL, MS_REMOUNT | MS_RDONLY, NULL) < 0)
		return NOT_MOUNTED;
	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) != ERR_STORAGE ||
		!err_has(&err, REASON_STORE_READ_ONLY))
		return complain("for writing", &err);
	/* Reading needs shared memory beside a WAL: it works or it says why not. */
	if (db_open(w->path, DB_READ_ONLY, &w->clock, &db, &err) < 0)
		return err_has(&err, REASON_STORE_READ_ONLY) ? 0 : complain("for reading", &err);
	r = check(w, db, 0);
	db_close(db);
	return r;
}

TEST(a_read_only_file_system_is_named, no_space)
{
	run_apart(*state, open_read_only);
}

/* ---- a limit on the size of files ---- */

static int grow_to_the_limit(struct work *w)
{
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", w->path);
	struct rlimit limit = { .rlim_cur = 3u << 19, .rlim_max = RLIM_INFINITY };
	struct stat status;
	struct err err = { 0 };
	struct db *db = NULL;
	int done = 0, r = 0;

	signal(SIGXFSZ, SIG_IGN);
	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0 || work_act(w, db, 1, &err) < 0 ||
		stat(wal, &status) < 0)
		return complain("at the start", &err);
	limit.rlim_cur = (rlim_t)status.st_size + 100000;
	setrlimit(RLIMIT_FSIZE, &limit);
	for (done = 1; done < WORK_ACTS; done++)
		if ((r = work_act(w, db, done + 1, &err)) < 0)
			break;
	if (r != ERR_STORAGE && r != ERR_UNSURE)
		return complain("at the limit", &err);
	if (check(w, db, done))
		return 1;
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);
	if (go_on(w, db, done))
		return 1;
	db_close(db);
	return 0;
}

TEST(at_a_limit_on_the_size_of_files_nothing_is_lost_and_it_goes_on_without, no_space)
{
	run_apart(*state, grow_to_the_limit);
}
