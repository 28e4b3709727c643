/* Verifying while another process writes, as it does beside a busy counter: nothing that is whole
 * may be called damaged. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/store/act.h"
#include "core/store/acting.h"
#include "core/store/backup.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define VERIFIES 20
#define HISTORY  200

struct fixture {
	char dir[64], path[96];
	struct clock clock;
	struct db *db;
	pid_t writer;
	int wrote; /* the number of each of its acts */
};

static const struct act admin = { .role = ROLE_ADMIN };

/* Adds one row and changes another: if replay and reading see different moments, it shows. */
static int act_once(struct db *db, int64_t n, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, &admin, ACT_HOUSEHOLD_ADD, FIELDS(F_INT("number", n)), err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "household", FIELDS(F_INT("id", id), F_INT("number", n)), err));
	TRY(act_update(&a, "household", id, FIELDS(F_INT("number", n + 1)), err));
	return act_commit(&a, id, err);
}

/* Writes until its reader is gone, and moves the tripwire now and then. Never returns. */
static void write_on(const struct fixture *f, int told)
{
	const struct timespec nap = { .tv_nsec = 1000 * 1000 };
	struct err err = { 0 };
	struct db *db = NULL;

	if (db_open(f->path, DB_OPEN, &f->clock, &db, &err) < 0)
		_exit(1);
	db_set_patience(db, 60000);
	for (int64_t n = 10 * HISTORY;; n += 2) {
		if (act_once(db, n, &err) < 0)
			_exit(2);
		if (n % 20 == 0 && db_checkpoint(db, false, &err) < 0 && err.code != ERR_BUSY)
			_exit(3);
		/* The writer gets ahead of the reader by no more than the pipe holds: otherwise the
		 * journal outgrows the verifying. */
		if (write(told, &n, sizeof(n)) != sizeof(n))
			_exit(0);
		nanosleep(&nap, NULL);
	}
}

static int verify_beside_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };
	int ends[2];

	/* In memory where possible: what a real disk does with a sync is not tested here. */
	snprintf(f->dir, sizeof(f->dir), "%s/jiaplus-beside-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->clock = clock_set(1795233600);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->db, &err), &err);
	for (int64_t n = 1; n < 2 * HISTORY; n += 2)
		assert_ok(act_once(f->db, n, &err), &err);
	db_close(TAKE(f->db)); /* a handle is not taken across a fork */
	assert_int_equal(pipe(ends), 0);
	fcntl(ends[1], F_SETPIPE_SZ, 4096);
	f->writer = fork();
	if (f->writer == 0) {
		signal(SIGPIPE, SIG_IGN);
		close(ends[0]);
		write_on(f, ends[1]);
	}
	close(ends[1]);
	f->wrote = ends[0];
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &f->db, &err), &err);
	*state = f;
	return 0;
}

static int verify_beside_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);
	int status = 0;

	close(f->wrote); /* it ends at its next act */
	waitpid(f->writer, &status, 0);
	db_close(f->db);
	int r = system(command);
	free(f);
	assert_int_equal(status, 0);
	return r;
}

/* Waits until the writer has committed an act that began after the call: the second number from now
 * on is one, the first may be of an earlier act. */
static void let_it_write(const struct fixture *f)
{
	int64_t number;
	int waiting = 0;

	assert_int_equal(ioctl(f->wrote, FIONREAD, &waiting), 0);
	for (int i = 0; i < waiting / (int)sizeof(number) + 2; i++)
		assert_int_equal(read(f->wrote, &number, sizeof(number)), sizeof(number));
}

TEST(verify_holds_while_another_process_writes, verify_beside)
{
	struct fixture *f = *state;
	int64_t rows = 0;

	for (int i = 0; i < VERIFIES; i++) {
		struct err err = { 0 };
		struct verify_report report;
		let_it_write(f);
		assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
		assert_string_equal(report.difference.table, "");
		assert_true(report.journal_rows > rows);
		rows = report.journal_rows;
	}
}

TEST(a_backup_is_whole_while_another_process_writes, verify_beside)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *to = mem_printf("%s/backup.db", f->dir);

	for (int i = 0; i < VERIFIES; i++) {
		struct err err = { 0 };
		let_it_write(f);
		assert_ok(backup_write(f->db, to, true, &err), &err);
	}
}

/* Two reads in one snapshot are equal, two outside are not. */
TEST(a_snapshot_sees_one_moment, verify_beside)
{
	static const char rows[] = "SELECT count(*) FROM journal";
	struct fixture *f = *state;
	CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;
	CLEANUP(snapshot_end) struct snapshot inner = SNAPSHOT_INIT;
	struct err err = { 0 };
	int64_t before = 0, then = 0, after = 0;

	assert_ok(snapshot_begin(&s, f->db, &err), &err);
	assert_ok(db_integer(f->db, rows, NO_FIELDS, 0, &before, &err), &err);
	let_it_write(f);
	assert_ok(snapshot_begin(&inner, f->db, &err), &err);
	snapshot_end(&inner); /* it has joined an outer snapshot, and ends nothing */
	assert_ok(db_integer(f->db, rows, NO_FIELDS, 0, &then, &err), &err);
	assert_int_equal(then, before);
	snapshot_end(&s);
	let_it_write(f);
	assert_ok(db_integer(f->db, rows, NO_FIELDS, 0, &after, &err), &err);
	assert_true(after > before);
}
