/* Balances of an older list: carried over once, journalled, tried before anything is kept. */
#include "core/base/reasons.h"
#include "core/people/reasons.h"
#include "core/points/ledger.h"
#include "core/points/reasons.h"
#include "tests/core/traffic.h"
#include "tests/lib/test.h"

#define HEADER "居民编号,姓名,积分\n"

static int64_t balance(struct shop *s, int64_t resident)
{
	struct points points;

	assert_ok(points_balance(s->db, resident, &points, &s->err), &s->err);
	return points.n;
}

TEST(balances_are_carried_over_once, shop)
{
	struct shop *s = *state;
	int64_t one = shop_resident(s), two = shop_resident(s), three = shop_resident(s);
	static const char *const table = HEADER "1,何A,120\n2,何B,36\n3,何C,0\n";
	CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_POINTS, table);

	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_int_equal(a.report.count[IMPORT_SAME], 1);
	assert_int_equal(balance(s, one), 120);
	assert_int_equal(balance(s, two), 36);
	assert_int_equal(balance(s, three), 0);
	CLEANUP(attempt_finish) struct attempt again = bring(s, EXCHANGE_POINTS, table);
	assert_ok(again.result, &again.err);
	assert_int_equal(again.report.count[IMPORT_SAME], 3);
	assert_int_equal(balance(s, one), 120);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(another_balance_than_before_is_a_fault, shop)
{
	struct shop *s = *state;
	int64_t one = shop_resident(s);
	CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_POINTS, HEADER "1,何A,120\n");
	CLEANUP(attempt_finish) struct attempt b = bring(s, EXCHANGE_POINTS, HEADER "1,何A,130\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(b.result, ERR_REFUSED);
	assert_int_equal(b.report.faults[0].reason.code, REASON_OPENING_DIFFERS);
	assert_int_equal(b.report.faults[0].reason.n1, 120);
	assert_int_equal(balance(s, one), 120);
}

TEST(bad_lines_are_named_and_nothing_is_kept, shop)
{
	struct shop *s = *state;
	int64_t one = shop_resident(s);
	CLEANUP(attempt_finish)
	struct attempt unknown = bring(s, EXCHANGE_POINTS, HEADER "1,何A,120\n4711,谁,5\n");
	CLEANUP(attempt_finish)
	struct attempt bad = bring(s, EXCHANGE_POINTS, HEADER "1,何A,很多\n");

	assert_one_fault(&unknown, 3, 1, RESIDENT_UNKNOWN);
	assert_one_fault(&bad, 2, 3, NUMBER_RANGE);
	assert_int_equal(balance(s, one), 0);
}

TEST(a_dry_run_keeps_nothing, shop)
{
	struct shop *s = *state;
	int64_t one = shop_resident(s);
	CLEANUP(import_report_finish) struct import_report report = { 0 };
	char path[32];
	struct import what = { .kind = EXCHANGE_POINTS, .path = path, .is_dry_run = true };

	temporary_path(path);
	FILE *file = fopen(path, "w");
	fputs(HEADER "1,何A,120\n", file);
	fclose(file);
	assert_ok(import_table(s->db, &by_importer, &what, &report, &s->err), &s->err);
	unlink(path);
	assert_int_equal(report.count[IMPORT_ADDED], 1);
	assert_false(report.is_kept);
	assert_int_equal(balance(s, one), 0);
}

TEST(balances_find_their_people_by_name_and_phone, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt people = bring(s, EXCHANGE_RESIDENTS,
		"姓名,手机\n李秀英,13900000001\n李秀英,13900000002\n王强,13900000003\n");
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_POINTS,
		"姓名,联系电话,积分余额\n李秀英,139-0000-0002,120\n王 强,,36\n");

	assert_ok(people.result, &people.err);
	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 2);
	assert_int_equal(
		balance(s, shop_count(s, "SELECT id FROM resident WHERE number = 2")), 120);
	assert_int_equal(balance(s, shop_count(s, "SELECT id FROM resident WHERE number = 3")), 36);
	CLEANUP(attempt_finish)
	struct attempt several = bring(s, EXCHANGE_POINTS, "姓名,积分\n李秀英,5\n");
	assert_one_fault(&several, 2, 1, PERSON_SEVERAL);
	CLEANUP(attempt_finish)
	struct attempt unknown = bring(s, EXCHANGE_POINTS, "姓名,电话,积分\n王强,13900000009,5\n");
	assert_one_fault(&unknown, 2, 1, RESIDENT_UNKNOWN);
	CLEANUP(attempt_finish)
	struct attempt nobody = bring(s, EXCHANGE_POINTS, "姓名,积分\n,5\n");
	assert_int_equal(nobody.report.faults[0].reason.code, REASON_TEXT_EMPTY);
}

TEST(a_number_with_another_name_gets_no_balance, shop)
{
	struct shop *s = *state;
	int64_t one = shop_resident(s);
	CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_POINTS, HEADER "1,李四,120\n");

	assert_one_fault(&a, 2, 1, NUMBER_OF_OTHER);
	assert_int_equal(balance(s, one), 0);
}
