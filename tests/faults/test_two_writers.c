/* Several processes lend and return concurrently: one that cannot write now is told so, nothing is
 * lost, and one that dies holding the lock does not keep it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/when.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/reasons.h"
#include "core/store/journal.h"
#include "core/store/journal_check.h"
#include "core/store/reasons.h"
#include "core/store/replay.h"
#include "tests/faults/work.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define WRITERS    3
#define SECONDS    4
#define CHECKPOINT 40 /* once in this many acts */

static int two_writers_setup(void **state)
{
	struct work *w = mem_alloc(sizeof(*w));

	work_create(w);
	*state = w;
	return 0;
}

static int two_writers_teardown(void **state)
{
	struct work *w = *state;

	work_remove(w);
	free(w);
	return 0;
}

/* ---- a writer ---- */

/* What it saw, reported at its end. */
struct told {
	int lent, returned, refused, busy, failed;
};

static int lend_or_return(
	const struct work *w, struct db *db, int64_t item, struct told *told, struct err *err)
{
	struct act act = { .role = ROLE_VOLUNTEER, .actor = 1 };
	struct loan_request request = { .item = item, .resident = w->resident };
	struct loan loan;
	int64_t id;

	int r = loan_open_of_item(db, item, &loan, err);
	if (r < 0)
		return r;
	if (r == 0) {
		r = loan_open(db, &act, &request, &id, err);
		told->lent += r == 0;
		return r;
	}
	id = loan.id;
	loan_finish(&loan);
	r = loan_return(db, &act, id, 0, err);
	told->returned += r == 0;
	return r;
}

static void judge(struct told *told, int r, const struct err *err)
{
	/* Another was quicker, or the lock was held: both are valid answers. */
	if (r == ERR_REFUSED &&
		(err_has(err, REASON_LOAN_CLOSED) || err_has(err, REASON_ITEM_OUT_SELF)))
		told->refused++;
	else if (r == ERR_BUSY && err_has(err, REASON_STORE_BUSY))
		told->busy++;
	else if (r < 0) {
		told->failed++;
		fprintf(stderr, "# %d %s %s\n", r, reason_name(err->reasons[0].code), err->detail);
	}
}

/* The first one is as impatient as the kiosk's loop. */
static void writer(const struct work *w, int number, unsigned seed, int fd)
{
	int64_t until = clock_ms(&clock_system) + SECONDS * 1000;
	struct told told;
	struct err err = { 0 };
	struct db *db = NULL;

	memset(&told, 0, sizeof(told));
	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0)
		_exit(1);
	if (number == 0)
		db_set_patience(db, 0);
	for (int i = 1; clock_ms(&clock_system) < until; i++) {
		int64_t item = w->items[rand_r(&seed) % WORK_ITEMS];
		judge(&told, lend_or_return(w, db, item, &told, &err), &err);
		if (i % CHECKPOINT == 0)
			judge(&told, db_checkpoint(db, number == 1, &err), &err);
	}
	db_close(db);
	_exit(write(fd, &told, sizeof(told)) == (ssize_t)sizeof(told) ? 0 : 2);
}

static pid_t start_writer(const struct work *w, int number, unsigned seed, int fd)
{
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		writer(w, number, seed, fd);
	return pid;
}

static struct told run_writers(const struct work *w, unsigned seed)
{
	struct told sum = { 0 }, told;
	pid_t pids[WRITERS];
	int fds[2], status;

	assert_int_equal(pipe(fds), 0);
	for (int i = 0; i < WRITERS; i++)
		pids[i] = start_writer(w, i, seed + (unsigned)i, fds[1]);
	close(fds[1]);
	for (int i = 0; i < WRITERS; i++) {
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
		assert_int_equal(read(fds[0], &told, sizeof(told)), sizeof(told));
		sum.lent += told.lent;
		sum.returned += told.returned;
		sum.refused += told.refused;
		sum.busy += told.busy;
		sum.failed += told.failed;
	}
	close(fds[0]);
	return sum;
}

/* ---- what they leave ---- */

static int64_t count(struct db *db, const char *sql)
{
	struct err err = { 0 };
	int64_t n = -1;

	assert_ok(db_integer(db, sql, NO_FIELDS, 0, &n, &err), &err);
	return n;
}

static void check_left(const struct work *w, struct db *db, const struct told *told)
{
	struct replay_difference difference;
	struct err err = { 0 };
	int64_t rows;

	assert_int_equal(count(db, "SELECT count(*) FROM loan"), told->lent);
	assert_int_equal(count(db, "SELECT count(*) FROM loan WHERE returned_at IS NOT NULL"),
		told->returned);
	assert_int_equal(count(db, "SELECT count(*) FROM (SELECT 1 FROM loan WHERE returned_at IS"
				   " NULL GROUP BY item HAVING count(*) > 1)"),
		0);
	assert_ok(journal_verify(db, &rows, &err), &err);
	assert_int_equal(rows, w->rows + told->lent + told->returned);
	assert_ok(replay_check_structure(db, w->fresh, &err), &err);
	assert_ok(replay_into(db, w->scratch, &err), &err);
	assert_ok(replay_compare(db, w->scratch, &difference, &err), &err);
	assert_string_equal(difference.table, "");
}

TEST(writers_against_each_other_lose_nothing_and_never_see_sqlite_busy, two_writers)
{
	struct work *w = *state;
	struct err err = { 0 };
	struct db *db = NULL;
	unsigned seed = work_seed();

	struct told told = run_writers(w, seed);
	print_message("# %d lent, %d returned, %d too late, %d busy in %d s\n", told.lent,
		told.returned, told.refused, told.busy, SECONDS);
	assert_int_equal(told.failed, 0);
	assert_true(told.lent > 10 && told.refused + told.busy > 0);
	assert_ok(db_open(w->path, DB_OPEN, &w->clock, &db, &err), &err);
	check_left(w, db, &told);
	db_close(db);
}

/* ---- one that dies ---- */

/* Lends inside a transaction that it never ends. */
static void hold_the_lock(const struct work *w, int fd)
{
	struct txn t = TXN_INIT;
	struct err err = { 0 };
	struct db *db = NULL;

	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0 || txn_begin(&t, db, &err) < 0 ||
		work_act(w, db, 1, &err) < 0)
		_exit(1);
	if (write(fd, "x", 1) != 1)
		_exit(2);
	pause();
	_exit(3);
}

static pid_t start_holder(const struct work *w)
{
	char byte;
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		hold_the_lock(w, fds[1]);
	close(fds[1]);
	assert_int_equal(read(fds[0], &byte, 1), 1);
	close(fds[0]);
	return pid;
}

TEST(a_process_killed_while_it_holds_the_lock_frees_it, two_writers)
{
	struct work *w = *state;
	CLEANUP(mem_free) char *fault = NULL;
	struct err err = { 0 };
	struct db *db = NULL;
	int status;

	pid_t holder = start_holder(w);
	assert_ok(db_open(w->path, DB_OPEN, &w->clock, &db, &err), &err);
	db_set_patience(db, 20);
	assert_int_equal(work_act(w, db, 1, &err), ERR_BUSY);
	assert_true(err_has(&err, REASON_STORE_BUSY));
	assert_int_equal(db_checkpoint(db, false, &err), ERR_BUSY);
	assert_int_equal(work_check(w, db, &fault), 0); /* reading goes on meanwhile */
	kill(holder, SIGKILL);
	assert_int_equal(waitpid(holder, &status, 0), holder);
	assert_true(WIFSIGNALED(status));
	assert_ok(work_act(w, db, 1, &err), &err);
	assert_int_equal(work_check(w, db, &fault), 1);
	db_close(db);
}
