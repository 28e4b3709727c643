#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* Two counters, one file, one item: one of them wins and the other is told why. */

struct race {
	char dir[64], path[96];
	struct clock clock;
	int64_t item, residents[2];
};

static void make_file(struct race *race)
{
	struct shop s = { .clock = race->clock };

	assert_ok(db_create(race->path, 1, "Asia/Shanghai", &race->clock, &s.db, &s.err), &s.err);
	assert_ok(resident_category_add(
			  s.db, &by_coordinator, "resident", "居民", &s.resident_category, &s.err),
		&s.err);
	race->item = shop_item(&s, shop_category(&s, "tool", "工具", 0));
	for (int i = 0; i < 2; i++)
		race->residents[i] = shop_resident(&s);
	db_close(s.db);
}

static int loan_race_setup(void **state)
{
	struct race *race = mem_alloc(sizeof(*race));

	snprintf(race->dir, sizeof(race->dir), "/tmp/jiaplus-race-XXXXXX");
	assert_non_null(mkdtemp(race->dir));
	snprintf(race->path, sizeof(race->path), "%s/jiaplus.db", race->dir);
	race->clock = clock_set(1795240800);
	make_file(race);
	*state = race;
	return 0;
}

static int loan_race_teardown(void **state)
{
	struct race *race = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", race->dir);
	int r = system(command);

	free(race);
	return r;
}

static struct db *open_file(struct race *race)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(race->path, DB_OPEN, &race->clock, &db, &err), &err);
	return db;
}

TEST(of_two_handles_one_lends_and_the_other_is_told_why, loan_race)
{
	struct race *race = *state;
	struct db *first = open_file(race), *second = open_file(race);
	struct loan_request request = { race->item, race->residents[0], 0 };
	struct err err = { 0 };
	int64_t loan;

	/* The other handle has looked and seen the item on the shelf. */
	CLEANUP(item_finish) struct item seen = { 0 };
	assert_ok(item_get(second, race->item, &seen, &err), &err);
	assert_int_equal(seen.loan, 0);
	assert_ok(loan_open(first, &by_resident, &request, &loan, &err), &err);
	request.resident = race->residents[1];
	assert_refused(
		loan_open(second, &by_resident, &request, &loan, &err), &err, ITEM_OUT_OTHER);
	db_close(first);
	db_close(second);
}

/* Lends as one of the residents; the exit status says with what result. */
static void lend_and_exit(struct race *race, int who, int start_fd)
{
	struct loan_request request = { race->item, race->residents[who], 0 };
	struct db *db = open_file(race);
	struct err err = { 0 };
	int64_t loan;
	char go;

	if (read(start_fd, &go, 1) < 0)
		_exit(9);
	int r = loan_open(db, &by_resident, &request, &loan, &err);
	db_close(db);
	if (r == 0)
		_exit(0);
	_exit(r == ERR_REFUSED && err_has(&err, REASON_ITEM_OUT_OTHER) ? 1 : 2);
}

TEST(of_two_processes_one_lends_and_the_other_is_told_why, loan_race)
{
	struct race *race = *state;
	int start[2], wins = 0, told = 0, status;
	struct err err = { 0 };

	for (int round = 0; round < 10; round++) {
		assert_int_equal(pipe(start), 0);
		for (int who = 0; who < 2; who++)
			if (fork() == 0)
				lend_and_exit(race, who, start[0]);
		assert_int_equal(write(start[1], "go", 2), 2);
		for (int who = 0; who < 2; who++) {
			assert_true(wait(&status) > 0);
			assert_true(WIFEXITED(status));
			wins += WEXITSTATUS(status) == 0;
			told += WEXITSTATUS(status) == 1;
		}
		close(start[0]);
		close(start[1]);
		assert_int_equal(wins, round + 1);
		assert_int_equal(told, round + 1);

		struct db *db = open_file(race);
		CLEANUP(item_finish) struct item item = { 0 };
		assert_ok(item_get(db, race->item, &item, &err), &err);
		assert_ok(loan_return(db, &by_resident, item.loan, 0, &err), &err);
		db_close(db);
	}
}
