/* kill -9 at random moments during lending: what was acknowledged is there, nothing is half done.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "tests/core/shop.h"
#include "tests/faults/work.h"
#include "tests/lib/test.h"

#define ROUNDS   200
#define ITEMS    8
#define KILL_MIN 2 /* ms */
#define KILL_MAX 25

struct venue_file {
	char dir[64], path[96];
	struct clock clock;
	int64_t resident, items[ITEMS];
};

/* What the child writes to its pipe once an act has been committed. */
struct acknowledged {
	int64_t loan;
	bool is_return;
};

static void fill(struct venue_file *v)
{
	struct shop shop = { .clock = v->clock };

	assert_ok(
		db_create(v->path, 3, "Asia/Shanghai", &v->clock, &shop.db, &shop.err), &shop.err);
	shop_set_week(&shop, 9 * 60, 21 * 60, "xxxxxxx");
	assert_ok(resident_category_add(shop.db, &by_coordinator, "resident", "居民",
			  &shop.resident_category, &shop.err),
		&shop.err);
	shop.tool = shop_category(&shop, "tool", "工具", 0);
	SHOP_RULE(&shop, row.loan_days = 7, row.max_items = ITEMS, row.max_total = ITEMS);
	v->resident = shop_resident(&shop);
	for (int i = 0; i < ITEMS; i++)
		v->items[i] = shop_item(&shop, shop.tool);
	db_close(shop.db);
}

static int kill_setup(void **state)
{
	struct venue_file *v = mem_alloc(sizeof(*v));

	snprintf(v->dir, sizeof(v->dir), "/tmp/jiaplus-kill-XXXXXX");
	assert_non_null(mkdtemp(v->dir));
	snprintf(v->path, sizeof(v->path), "%s/jiaplus.db", v->dir);
	v->clock = clock_set(1795240800);
	fill(v);
	*state = v;
	return 0;
}

static int kill_teardown(void **state)
{
	struct venue_file *v = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", v->dir);

	int r = system(command);
	free(v);
	return r;
}

/* ---- the child: lends and returns as fast as it can, and tells of each act ---- */

static int lend_or_return(struct db *db, const struct venue_file *v, int item,
	struct acknowledged *ret, struct err *err)
{
	struct act act = { .role = ROLE_VOLUNTEER, .actor = 1 };
	struct loan loan;

	int r = loan_open_of_item(db, v->items[item], &loan, err);
	if (r < 0)
		return r;
	if (r == 1) {
		*ret = (struct acknowledged){ .loan = loan.id, .is_return = true };
		loan_finish(&loan);
		return loan_return(db, &act, ret->loan, 0, err);
	}
	struct loan_request request = { .item = v->items[item], .resident = v->resident };
	ret->is_return = false;
	return loan_open(db, &act, &request, &ret->loan, err);
}

static void child(const struct venue_file *v, int fd, unsigned seed)
{
	struct db *db = NULL;
	struct err err = { 0 };

	if (db_open(v->path, DB_OPEN, &v->clock, &db, &err) < 0)
		_exit(1);
	for (;;) {
		/* Zeroed including its padding: the parent compares only the fields, the sanitizer
		 * checks all bytes written. */
		struct acknowledged done;
		memset(&done, 0, sizeof(done));
		if (lend_or_return(db, v, (int)(rand_r(&seed) % ITEMS), &done, &err) < 0) {
			fprintf(stderr, "# %s %s\n", reason_name(err.reasons[0].code), err.detail);
			_exit(2);
		}
		if (write(fd, &done, sizeof(done)) != (ssize_t)sizeof(done))
			_exit(3);
	}
}

/* ---- the parent ---- */

/* Every other child gets as far as its first act, however slow the machine is; the others may be
 * hit while they open the database. */
static void nap(unsigned *seed, int round, int fd)
{
	struct pollfd first_act = { .fd = fd, .events = POLLIN };
	long us = KILL_MIN * 1000 + (long)(rand_r(seed) % ((KILL_MAX - KILL_MIN) * 1000));
	struct timespec t = { .tv_nsec = us * 1000 };

	if (round % 2)
		poll(&first_act, 1, -1);
	nanosleep(&t, NULL);
}

/* Runs a child, kills it, and leaves what it acknowledged readable in *ret_fd. */
static void run_and_kill(const struct venue_file *v, int round, unsigned *seed, int *ret_fd)
{
	int fds[2], status;

	assert_int_equal(pipe(fds), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(fds[0]);
		child(v, fds[1], *seed);
	}
	close(fds[1]);
	nap(seed, round, fds[0]);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status)); /* it was at work, and had not ended by itself */
	*ret_fd = fds[0];
}

static int check_acknowledged(struct db *db, int fd)
{
	struct acknowledged done;
	struct err err = { 0 };
	int count = 0;

	while (read(fd, &done, sizeof(done)) == (ssize_t)sizeof(done)) {
		struct loan loan;
		assert_ok(loan_get(db, done.loan, &loan, &err), &err);
		if (done.is_return)
			assert_true(loan.returned_at != 0);
		loan_finish(&loan);
		count++;
	}
	return count;
}

static int64_t count_of(struct db *db, const char *sql)
{
	struct err err = { 0 };
	int64_t n = 0;

	assert_ok(db_integer(db, sql, NO_FIELDS, 0, &n, &err), &err);
	return n;
}

/* Each act is whole: as many journal rows as changes of loans. */
static void check_nothing_half_done(struct db *db)
{
	assert_int_equal(count_of(db, "SELECT count(*) FROM journal WHERE kind = 'loan.open'"),
		count_of(db, "SELECT count(*) FROM loan"));
	assert_int_equal(count_of(db, "SELECT count(*) FROM journal WHERE kind = 'loan.return'"),
		count_of(db, "SELECT count(*) FROM loan WHERE returned_at IS NOT NULL"));
}

TEST(nothing_acknowledged_is_lost_and_nothing_is_half_done, kill)
{
	struct venue_file *v = *state;
	struct err err = { 0 };
	struct verify_report report;
	struct db *db = NULL;
	unsigned seed = work_seed();
	int acknowledged = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int fd;
		run_and_kill(v, round, &seed, &fd);
		assert_ok(db_open(v->path, DB_OPEN, &v->clock, &db, &err), &err);
		acknowledged += check_acknowledged(db, fd);
		check_nothing_half_done(db);
		close(fd);
		db_close(db);
	}
	print_message("# %d acts acknowledged over %d kills\n", acknowledged, ROUNDS);
	assert_true(acknowledged >= ROUNDS / 2);
	assert_ok(db_open(v->path, DB_OPEN, &v->clock, &db, &err), &err);
	assert_ok(verify_run(db, true, v->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "");
	db_close(db);
}
