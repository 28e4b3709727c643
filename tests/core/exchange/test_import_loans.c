/* The loans of an older system from a table. */
#include "core/base/reason_name.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/traffic.h"
#include "tests/lib/test.h"

/* Items 1–3 and residents 1–3. */
static void stock_up(struct shop *s)
{
	for (int i = 0; i < 3; i++) {
		shop_item(s, s->tool);
		shop_resident(s);
	}
}

#define HEADER "单件编号,居民编号,借出时间,应还时间,归还时间,续借次数\n"

TEST(past_and_open_loans_are_entered_as_they_were, shop)
{
	struct shop *s = *state;
	CLEANUP(loan_list_finish) struct loan_list history = { 0 };
	CLEANUP(loan_list_finish) struct loan_list open = { 0 };
	int64_t item;

	stock_up(s);
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_LOANS,
		HEADER "1,1,2026-11-18 10:30,2026-11-25 21:00,,1\n"
		       "1,2,2025年3月1日,2025/3/8,2025.3.9,\n"
		       "2,2,2024-1-1,2024-1-8,2024-1-8,\n");
	assert_ok(a.result, &a.err);
	assert_int_equal(a.report.count[IMPORT_ADDED], 3);
	item = shop_count(s, "SELECT id FROM item WHERE number = 1");
	assert_ok(loans_history_of_item(s->db, item, NULL, 10, &history, &s->err), &s->err);
	assert_int_equal(history.count, 2);
	assert_instant(history.rows[0].lent_at, "2026-11-18T10:30");
	assert_int_equal(history.rows[0].renewals, 1);
	assert_instant(history.rows[1].lent_at, "2025-03-01T12:00");
	assert_instant(history.rows[1].due_at, "2025-03-08T23:59:59");
	assert_instant(history.rows[1].returned_at, "2025-03-09T12:00");
	assert_ok(loans_due(s->db, INT64_MAX, NULL, 10, &open, &s->err), &s->err);
	assert_int_equal(open.count, 1);
	assert_ok(loan_return(s->db, &by_resident, open.rows[0].id, 0, &s->err), &s->err);
	assert_int_equal(shop_count(s, "SELECT count(*) FROM journal JOIN journal_why w"
				       " ON w.id = seq WHERE kind = 'loan.enter'"
				       " AND occurred_at < recorded_at AND why = '旧系统'"),
		3);
}

TEST(a_due_time_that_nobody_wrote_is_worked_out, shop)
{
	struct shop *s = *state;

	stock_up(s);
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_LOANS, HEADER "1,1,2026-11-17 10:30,,,\n");
	assert_ok(a.result, &a.err);
	assert_instant(shop_count(s, "SELECT due_at FROM loan"), "2026-11-24T21:00");
}

TEST(loans_that_cannot_have_been_are_refused, shop)
{
	static const struct {
		const char *row;
		int column;
		const char *reason;
	} bad[] = {
		{ "1,3,2026-11-10,2026-11-17,2026-11-19,", 0, "LOAN_OVERLAPS" },
		{ "1,3,2026-11-19,2026-11-30,,", 0, "LOAN_OVERLAPS" },
		{ "1,3,2026-11-01,2026-11-07,,", 0, "LOAN_OVERLAPS" },
		{ "9,1,2026-11-10,2026-11-17,,", 1, "ITEM_UNKNOWN" },
		{ "2,9,2026-11-10,2026-11-17,,", 2, "RESIDENT_UNKNOWN" },
		{ ",1,2026-11-10,2026-11-17,,", 1, "TEXT_EMPTY" },
		{ "2,1,,2026-11-17,,", 3, "TEXT_EMPTY" },
		{ "2,1,2026-12-10,2026-12-17,,", 3, "DATE_BAD" },
		{ "2,1,2026-11-10,2026-11-09,,", 4, "DATE_BAD" },
		{ "2,1,2026-11-10,2026-11-17,2026-11-09,", 5, "DATE_BAD" },
		{ "2,1,2026-11-10,2026-11-17,2027-01-01,", 5, "DATE_BAD" },
		{ "2,1,2026-11-10 25:00,2026-11-17,,", 3, "DATE_BAD" },
		{ "2,1,2026-11-10,2026-11-17,,x", 6, "NUMBER_RANGE" },
		{ "1,1,2026-11-18,2026-11-25,,", 3, "LINE_REPEATED" },
	};
	struct shop *s = *state;

	stock_up(s);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CLEANUP(mem_free)
		char *text = mem_printf(HEADER "1,1,2026-11-18,2026-11-25,,\n%s\n", bad[i].row);
		CLEANUP(attempt_finish) struct attempt a = bring(s, EXCHANGE_LOANS, text);
		assert_int_equal(a.result, ERR_REFUSED);
		assert_int_equal(a.report.fault_count, 1);
		assert_string_equal(reason_name(a.report.faults[0].reason.code), bad[i].reason);
		assert_int_equal(a.report.faults[0].line, 3);
		assert_int_equal(a.report.faults[0].column, bad[i].column);
	}
	assert_int_equal(shop_count(s, "SELECT count(*) FROM loan"), 0);
}

TEST(a_loan_that_came_back_since_is_returned, shop)
{
	struct shop *s = *state;

	stock_up(s);
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_LOANS, HEADER "1,1,2026-11-18,2026-11-25,,\n");
	assert_ok(a.result, &a.err);
	s->clock.set_wall += 2 * 24 * 3600;
	CLEANUP(attempt_finish)
	struct attempt b =
		bring(s, EXCHANGE_LOANS, HEADER "1,1,2026-11-18,2026-11-25,2026-11-22,\n");
	assert_ok(b.result, &b.err);
	assert_int_equal(b.report.count[IMPORT_CHANGED], 1);
	assert_instant(shop_count(s, "SELECT returned_at FROM loan"), "2026-11-22T12:00");
	CLEANUP(attempt_finish)
	struct attempt c =
		bring(s, EXCHANGE_LOANS, HEADER "1,1,2026-11-18,2026-11-26,2026-11-22,\n");
	assert_one_fault(&c, 2, 0, LOAN_DIFFERS);
}

TEST(history_takes_a_coordinator, shop)
{
	struct shop *s = *state;
	struct act act = { .role = ROLE_VOLUNTEER, .why = "旧系统" };
	struct import what = { .kind = EXCHANGE_LOANS };
	CLEANUP(attempt_finish) struct attempt a = { 0 };
	char path[32];

	stock_up(s);
	temporary_path(path);
	FILE *file = fopen(path, "w");
	fputs(HEADER "1,1,2026-11-18,2026-11-25,,\n", file);
	fclose(file);
	what.path = path;
	a.result = import_table(s->db, &act, &what, &a.report, &a.err);
	unlink(path);
	assert_refused(a.result, &a.err, ROLE_NEEDED);
}

TEST(loans_find_their_people_by_name_and_phone_number, shop)
{
	struct shop *s = *state;
	CLEANUP(attempt_finish)
	struct attempt people =
		bring(s, EXCHANGE_RESIDENTS, "姓名,手机\n李秀英,13900000001\n李秀英,13900000002\n");
	CLEANUP(attempt_finish)
	struct attempt things = bring(s, EXCHANGE_ITEMS, "编号,名称,类别\n5,梯子,tool\n");
	CLEANUP(attempt_finish)
	struct attempt a = bring(s, EXCHANGE_LOANS,
		"物品编号,借用人,联系电话,借出日期\n000005,李秀英,13900000002,26/11/20\n");

	assert_ok(a.result, &a.err);
	assert_int_equal(shop_count(s, "SELECT r.number FROM loan l JOIN resident r"
				       " ON r.id = l.resident"),
		2);
}
