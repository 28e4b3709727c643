#include <string.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_check.h"
#include "core/items/lending/loan_list.h"
#include "core/items/lending/standing.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/store/act_reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* Lending: a sentence for each rule of doc/rules.md. */

static int lend_by(struct shop *s, const struct act *act, int64_t item, int64_t resident)
{
	struct loan_request request = { item, resident, 0 };
	int64_t loan = 0;

	s->err = (struct err){ 0 };
	return loan_open(s->db, act, &request, &loan, &s->err);
}

static int lend(struct shop *s, int64_t item, int64_t resident)
{
	return lend_by(s, &by_resident, item, resident);
}

static struct loan get(struct shop *s, int64_t id)
{
	struct loan loan = { 0 };

	assert_ok(loan_get(s->db, id, &loan, &s->err), &s->err);
	return loan;
}

static int64_t lent(struct shop *s, int64_t item, int64_t resident)
{
	struct loan loan = { 0 };

	assert_ok(lend(s, item, resident), &s->err);
	assert_int_equal(loan_open_of_item(s->db, item, &loan, &s->err), 1);
	int64_t id = loan.id;
	loan_finish(&loan);
	return id;
}

static void give_back(struct shop *s, int64_t loan)
{
	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
}

/* ---- the item ---- */

TEST(a_loan_is_due_as_the_rule_says, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);

	SHOP_RULE(s, row.category = s->tool, row.loan_days = 2);
	CLEANUP(loan_finish) struct loan loan = get(s, lent(s, item, resident));
	assert_int_equal(loan.number, 1);
	assert_int_equal(loan.resident, resident);
	assert_int_equal(loan.lent_at, s->clock.set_wall);
	assert_instant(loan.due_at, "2026-11-24T21:00");
	assert_true(loan_is_open(&loan));
	assert_false(loan.is_override);
	assert_string_equal(loan.name, "冲击钻");
	CLEANUP(loan_finish) struct loan same = { 0 };
	assert_ok(loan_by_number(s->db, 1, &same, &s->err), &s->err);
	assert_int_equal(same.id, loan.id);
	assert_int_equal(loan_by_number(s->db, 2, &same, &s->err), ERR_NOT_FOUND);
}

TEST(loan_refused_when_item_is_out, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), first = shop_resident(s);

	lent(s, item, first);
	assert_refused(lend(s, item, shop_resident(s)), &s->err, ITEM_OUT_OTHER);
	assert_instant(s->err.reasons[0].n1, "2026-11-28T21:00");
	assert_refused(lend(s, item, first), &s->err, ITEM_OUT_SELF);
}

TEST(the_second_scan_in_one_visit_is_told_apart, shop)
{
	struct shop *s = *state;
	struct loan_request request = { shop_item(s, s->tool), shop_resident(s), 77 };
	int64_t loan;

	assert_ok(loan_open(s->db, &by_resident, &request, &loan, &s->err), &s->err);
	assert_refused(loan_open(s->db, &by_resident, &request, &loan, &s->err), &s->err,
		ITEM_OUT_SAME_VISIT);
	request.visit = 78;
	assert_refused(
		loan_open(s->db, &by_resident, &request, &loan, &s->err), &s->err, ITEM_OUT_SELF);
}

TEST(nobody_overrides_that_an_item_is_out, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool);

	lent(s, item, shop_resident(s));
	assert_refused(lend_by(s, &by_override, item, shop_resident(s)), &s->err, ITEM_OUT_OTHER);
}

TEST(an_item_that_is_unfit_or_away_is_not_lent_even_with_override, shop)
{
	struct shop *s = *state;
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "检查" };
	static const int reasons[] = { [ITEM_MAINTENANCE] = REASON_ITEM_MAINTENANCE,
		[ITEM_MISSING] = REASON_ITEM_MISSING,
		[ITEM_RETIRED] = REASON_ITEM_RETIRED };
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);

	for (int status = ITEM_MAINTENANCE; status <= ITEM_RETIRED; status++) {
		assert_ok(item_set_status(s->db, &because, item, (enum item_status)status, &s->err),
			&s->err);
		assert_int_equal(lend(s, item, resident), ERR_REFUSED);
		assert_true(err_has(&s->err, reasons[status]));
		assert_int_equal(lend_by(s, &by_override, item, resident), ERR_REFUSED);
	}
	assert_ok(item_set_status(s->db, &because, item, ITEM_ACTIVE, &s->err), &s->err);
	lent(s, item, resident);
}

TEST(an_item_rests_for_its_turnaround_hours, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);

	SHOP_RULE(s, row.category = s->tool, row.turnaround_hours = 3);
	give_back(s, lent(s, item, resident));
	assert_refused(lend(s, item, resident), &s->err, ITEM_TURNAROUND);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T17:00");
	shop_set_clock(s, "2026-11-21T16:59");
	assert_refused(lend(s, item, resident), &s->err, ITEM_TURNAROUND);
	assert_ok(lend_by(s, &by_override, item, resident), &s->err);
	CLEANUP(loan_finish) struct loan loan = { 0 };
	assert_int_equal(loan_open_of_item(s->db, item, &loan, &s->err), 1);
	assert_true(loan.is_override);
	give_back(s, loan.id);
	shop_set_clock(s, "2026-11-21T19:59");
	lent(s, item, resident);
}

TEST(zero_of_a_category_means_not_for_loan, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->power_tool);

	SHOP_RULE(s, row.category = s->tool, row.max_items = 0);
	assert_refused(lend(s, item, shop_resident(s)), &s->err, ITEM_NOT_FOR_LOAN);
	SHOP_RULE(s, row.resident_category = s->volunteer_category, row.category = s->tool,
		row.max_items = 1);
	lent(s, item, shop_resident_of(s, "volunteer"));
}

TEST(what_is_unknown_is_not_found, shop)
{
	struct shop *s = *state;

	assert_int_equal(lend(s, 4711, shop_resident(s)), ERR_NOT_FOUND);
	assert_true(err_has(&s->err, REASON_ITEM_UNKNOWN));
	assert_int_equal(lend(s, shop_item(s, s->tool), 4711), ERR_NOT_FOUND);
	assert_true(err_has(&s->err, REASON_RESIDENT_UNKNOWN));
}

/* ---- the person ---- */

TEST(who_has_left_borrows_nothing, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);

	assert_ok(resident_leave(s->db, &by_coordinator, resident, &s->err), &s->err);
	assert_refused(lend(s, item, resident), &s->err, RESIDENT_LEFT);
	assert_refused(lend_by(s, &by_override, item, resident), &s->err, RESIDENT_LEFT);
}

TEST(a_limit_holds_for_its_category_and_all_below, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.max_total = 9);
	SHOP_RULE(s, row.category = s->tool, row.max_items = 3);
	SHOP_RULE(s, row.category = s->power_tool, row.max_items = 1);
	lent(s, shop_item(s, s->power_tool), resident);
	assert_refused(lend(s, shop_item(s, s->power_tool), resident), &s->err, LIMIT_CATEGORY);
	assert_string_equal(s->err.reasons[0].text, "电动工具");
	assert_int_equal(s->err.reasons[0].n1, 1);
	assert_int_equal(s->err.reasons[0].n2, 1);
	lent(s, shop_item(s, s->tool), resident);
	lent(s, shop_item(s, s->tool), resident);
	assert_refused(lend(s, shop_item(s, s->tool), resident), &s->err, LIMIT_CATEGORY);
	assert_string_equal(s->err.reasons[0].text, "工具");
	assert_int_equal(s->err.reasons[0].n1, 3);
	/* Another category and another person are not affected. */
	lent(s, shop_item(s, s->book), resident);
	lent(s, shop_item(s, s->power_tool), shop_resident(s));
}

TEST(a_limit_for_all_categories_holds_in_total, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), helper = shop_resident_of(s, "volunteer");

	SHOP_RULE(s, row.max_items = 3, row.max_total = 2);
	SHOP_RULE(s, row.resident_category = s->volunteer_category, row.max_total = 3);
	lent(s, shop_item(s, s->tool), resident);
	int64_t loan = lent(s, shop_item(s, s->book), resident);
	assert_refused(lend(s, shop_item(s, s->book), resident), &s->err, LIMIT_TOTAL);
	assert_int_equal(s->err.reasons[0].n1, 2);
	assert_int_equal(s->err.reasons[0].n2, 2);
	give_back(s, loan);
	lent(s, shop_item(s, s->book), resident);
	for (int i = 0; i < 3; i++)
		lent(s, shop_item(s, s->book), helper);
	assert_refused(lend(s, shop_item(s, s->tool), helper), &s->err, LIMIT_TOTAL);
}

TEST(a_limit_is_overridden_by_name_and_reason, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);

	SHOP_RULE(s, row.max_items = 1);
	lent(s, shop_item(s, s->tool), resident);
	struct act act = by_override;
	act.why = NULL;
	assert_refused(lend_by(s, &act, item, resident), &s->err, WHY_NEEDED);
	act.why = "急用";
	act.role = ROLE_RESIDENT;
	assert_refused(lend_by(s, &act, item, resident), &s->err, ROLE_NEEDED);
	assert_refused(lend_by(s, &by_volunteer, item, resident), &s->err, LIMIT_CATEGORY);
	assert_ok(lend_by(s, &by_override, item, resident), &s->err);
	CLEANUP(loan_finish) struct loan loan = { 0 };
	loan_open_of_item(s->db, item, &loan, &s->err);
	assert_true(loan.is_override);
}

TEST(an_override_that_broke_nothing_is_none, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool);
	CLEANUP(loan_finish) struct loan loan = { 0 };

	assert_ok(lend_by(s, &by_override, item, shop_resident(s)), &s->err);
	loan_open_of_item(s->db, item, &loan, &s->err);
	assert_false(loan.is_override);
}

/* ---- overdue ---- */

/* A loan that was due on the 21st at 21:00; the time is now `now`. */
static int64_t overdue_at(struct shop *s, int64_t resident, const char *now)
{
	SHOP_RULE(s, row.category = s->book, row.loan_days = 0);
	int64_t loan = lent(s, shop_item(s, s->book), resident);
	shop_set_clock(s, now);
	return loan;
}

TEST(overdue_may_be_allowed, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.overdue = OVERDUE_ALLOW);
	overdue_at(s, resident, "2026-12-21T10:00");
	lent(s, shop_item(s, s->tool), resident);
}

TEST(overdue_asks_a_volunteer, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);

	SHOP_RULE(s, row.overdue = OVERDUE_ASK, row.grace_days = 0);
	overdue_at(s, resident, "2026-11-24T10:00");
	assert_refused(lend(s, item, resident), &s->err, OVERDUE_ASK);
	assert_int_equal(s->err.reasons[0].n1, 1);
	assert_int_equal(s->err.reasons[0].n2, 3);
	/* The volunteer who was asked needs no override. */
	assert_ok(lend_by(s, &by_volunteer, item, resident), &s->err);
	CLEANUP(loan_finish) struct loan loan = { 0 };
	loan_open_of_item(s->db, item, &loan, &s->err);
	assert_false(loan.is_override);
}

TEST(overdue_blocks_until_it_is_returned, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);

	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 0);
	int64_t late = overdue_at(s, resident, "2026-11-24T10:00");
	assert_refused(lend_by(s, &by_volunteer, item, resident), &s->err, OVERDUE_BLOCK);
	/* Its return is accepted whatever the borrower's standing, and lifts the block. */
	give_back(s, late);
	lent(s, item, resident);
}

TEST(overdue_block_can_be_overridden, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 0);
	overdue_at(s, resident, "2026-11-24T10:00");
	assert_ok(lend_by(s, &by_override, shop_item(s, s->tool), resident), &s->err);
}

TEST(grace_days_are_waited_for, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 2);
	overdue_at(s, resident, "2026-11-23T23:00");
	lent(s, shop_item(s, s->tool), resident);
	shop_set_clock(s, "2026-11-24T09:00");
	assert_refused(lend(s, shop_item(s, s->tool), resident), &s->err, OVERDUE_BLOCK);
}

TEST(the_strictest_rule_of_what_is_overdue_counts, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.overdue = OVERDUE_ALLOW, row.grace_days = 0, row.loan_days = 0);
	SHOP_RULE(s, row.category = s->tool, row.overdue = OVERDUE_ASK);
	SHOP_RULE(s, row.category = s->power_tool, row.overdue = OVERDUE_BLOCK);
	lent(s, shop_item(s, s->book), resident);
	lent(s, shop_item(s, s->tool), resident);
	int64_t drill = lent(s, shop_item(s, s->power_tool), resident);
	int64_t wanted = shop_item(s, s->book);
	shop_set_clock(s, "2026-11-24T09:00");
	assert_refused(lend(s, wanted, resident), &s->err, OVERDUE_BLOCK);
	assert_int_equal(s->err.reasons[0].n1, 2);
	assert_false(err_has(&s->err, REASON_OVERDUE_ASK));
	give_back(s, drill);
	assert_refused(lend(s, wanted, resident), &s->err, OVERDUE_ASK);
}

TEST(days_closed_without_notice_do_not_make_overdue, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 1);
	shop_close_days(s, "2026-11-22", "2026-11-26", true);
	overdue_at(s, resident, "2026-11-27T10:00");
	lent(s, shop_item(s, s->tool), resident);
	shop_set_clock(s, "2026-11-28T10:00");
	assert_refused(lend(s, shop_item(s, s->tool), resident), &s->err, OVERDUE_BLOCK);
}

/* ---- suspension ---- */

TEST(late_days_suspend_from_the_return, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);

	SHOP_RULE(s, row.suspend_days = 2, row.suspend_cap = 30, row.grace_days = 1);
	int64_t late = overdue_at(s, resident, "2026-11-25T10:00");
	give_back(s, late);
	/* Four days late, one of grace, two for each of the other three. */
	assert_refused(lend_by(s, &by_volunteer, item, resident), &s->err, SUSPENDED);
	assert_instant(s->err.reasons[0].n1, "2026-12-01T10:00");
	shop_set_clock(s, "2026-12-01T09:59");
	assert_refused(lend(s, item, resident), &s->err, SUSPENDED);
	assert_ok(lend_by(s, &by_override, shop_item(s, s->tool), resident), &s->err);
	/* No job has to run to end it. */
	shop_set_clock(s, "2026-12-01T10:00");
	lent(s, item, resident);
}

TEST(a_suspension_has_a_cap, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.suspend_days = 2, row.suspend_cap = 5, row.grace_days = 0);
	give_back(s, overdue_at(s, resident, "2026-12-21T10:00"));
	assert_refused(lend(s, shop_item(s, s->tool), resident), &s->err, SUSPENDED);
	assert_instant(s->err.reasons[0].n1, "2026-12-26T10:00");
	shop_set_clock(s, "2026-12-26T09:59");
	assert_refused(lend(s, shop_item(s, s->tool), resident), &s->err, SUSPENDED);
	shop_set_clock(s, "2026-12-26T10:00");
	lent(s, shop_item(s, s->tool), resident);
}

TEST(within_grace_nothing_is_suspended, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	SHOP_RULE(s, row.suspend_days = 2, row.suspend_cap = 5, row.grace_days = 3);
	give_back(s, overdue_at(s, resident, "2026-11-24T10:00"));
	lent(s, shop_item(s, s->tool), resident);
}

TEST(suspensions_do_not_add_up, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), loans[3];
	struct standing standing;

	SHOP_RULE(s, row.suspend_days = 1, row.suspend_cap = 30, row.grace_days = 0,
		row.loan_days = 0);
	for (int i = 0; i < 3; i++)
		loans[i] = lent(s, shop_item(s, s->tool), resident);
	shop_set_clock(s, "2026-11-25T10:00");
	give_back(s, loans[0]);
	give_back(s, loans[1]);
	shop_set_clock(s, "2026-11-26T10:00");
	give_back(s, loans[2]);
	assert_ok(standing_at(s->db, resident, s->resident_category, s->clock.set_wall, &standing,
			  &s->err),
		&s->err);
	assert_instant(standing.suspended_until, "2026-12-01T10:00");
	assert_int_equal(standing.open_count, 0);
}

/* ---- reasons ---- */

TEST(all_reasons_are_given_in_their_order, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "检查" };

	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 0, row.suspend_days = 9,
		row.suspend_cap = 99, row.loan_days = 0, row.max_items = 1, row.max_total = 1,
		row.turnaround_hours = 500);
	give_back(s, lent(s, item, shop_resident(s)));
	int64_t late = lent(s, shop_item(s, s->tool), resident);
	shop_set_clock(s, "2026-11-25T10:00");
	give_back(s, late);
	lent(s, shop_item(s, s->tool), shop_resident(s));
	assert_ok(lend_by(s, &by_override, shop_item(s, s->tool), resident), &s->err);
	shop_set_clock(s, "2026-11-27T10:00");
	assert_ok(item_set_status(s->db, &because, item, ITEM_MAINTENANCE, &s->err), &s->err);
	assert_int_equal(lend(s, item, resident), ERR_REFUSED);
	static const int expected[] = { REASON_ITEM_MAINTENANCE, REASON_ITEM_TURNAROUND,
		REASON_OVERDUE_BLOCK, REASON_SUSPENDED, REASON_LIMIT_TOTAL, REASON_LIMIT_CATEGORY };
	assert_int_equal(s->err.reason_count, ARRAY_LEN(expected));
	for (size_t i = 0; i < ARRAY_LEN(expected); i++)
		assert_int_equal(s->err.reasons[i].code, expected[i]);
	/* One reason that cannot be overridden keeps all of them. */
	assert_int_equal(lend_by(s, &by_override, item, resident), ERR_REFUSED);
	assert_int_equal(s->err.reason_count, ARRAY_LEN(expected));
	assert_ok(item_set_status(s->db, &because, item, ITEM_ACTIVE, &s->err), &s->err);
	assert_ok(lend_by(s, &by_override, item, resident), &s->err);
}

TEST(asking_first_says_the_same_and_writes_nothing, shop)
{
	struct shop *s = *state;
	struct loan_request request = { shop_item(s, s->tool), shop_resident(s), 0 };
	struct loan_terms terms;
	int64_t rows;

	assert_ok(loan_check(s->db, &by_resident, &request, s->clock.set_wall, &terms, &s->err),
		&s->err);
	assert_instant(terms.due_at, "2026-11-28T21:00");
	assert_ok(db_integer(s->db, "SELECT count(*) FROM loan", NO_FIELDS, 0, &rows, &s->err),
		&s->err);
	assert_int_equal(rows, 0);
	lent(s, request.item, request.resident);
	assert_refused(loan_check(s->db, &by_resident, &request, s->clock.set_wall, NULL, &s->err),
		&s->err, ITEM_OUT_SELF);
}

TEST(what_an_override_breaks_is_one_list, shop)
{
	static const int never[] = { REASON_ITEM_OUT_SELF, REASON_ITEM_OUT_OTHER,
		REASON_ITEM_OUT_SAME_VISIT, REASON_ITEM_MAINTENANCE, REASON_ITEM_MISSING,
		REASON_ITEM_RETIRED, REASON_ITEM_UNKNOWN, REASON_RESIDENT_LEFT, REASON_LOAN_CLOSED,
		REASON_BACKDATE_BEFORE, REASON_KEY_REUSED, REASON_WHY_NEEDED };

	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		assert_false(loan_reason_is_overridable(never[i]));
	assert_true(loan_reason_is_overridable(REASON_LIMIT_TOTAL));
	assert_true(loan_reason_is_overridable(REASON_SUSPENDED));
}

/* ---- keys, backdating ---- */

TEST(the_same_key_again_answers_the_same_loan, shop)
{
	struct shop *s = *state;
	struct loan_request request = { shop_item(s, s->tool), shop_resident(s), 0 };
	struct act act = by_resident;
	int64_t first, second;

	act_new_key(act.key);
	assert_ok(loan_open(s->db, &act, &request, &first, &s->err), &s->err);
	assert_ok(loan_open(s->db, &act, &request, &second, &s->err), &s->err);
	assert_int_equal(first, second);
	request.item = shop_item(s, s->tool);
	assert_refused(loan_open(s->db, &act, &request, &second, &s->err), &s->err, KEY_REUSED);
}

TEST(a_backdated_loan_counts_from_when_it_happened, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	struct act act = { .role = ROLE_VOLUNTEER, .why = "停电，手写登记" };
	CLEANUP(loan_finish) struct loan loan = { 0 };

	shop_set_clock(s, "2026-11-22T18:00");
	act.occurred_at = at("2026-11-21T16:00");
	assert_ok(lend_by(s, &act, item, resident), &s->err);
	loan_open_of_item(s->db, item, &loan, &s->err);
	assert_instant(loan.lent_at, "2026-11-21T16:00");
	assert_instant(loan.due_at, "2026-11-28T21:00");
}

TEST(backdating_needs_a_volunteer_and_a_reason, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	struct act act = { .role = ROLE_VOLUNTEER, .occurred_at = at("2026-11-21T13:00") };

	assert_refused(lend_by(s, &act, item, resident), &s->err, WHY_NEEDED);
	act.why = "补登";
	act.role = ROLE_RESIDENT;
	assert_refused(lend_by(s, &act, item, resident), &s->err, ROLE_NEEDED);
	act.role = ROLE_VOLUNTEER;
	act.occurred_at = at("2026-11-22T13:00");
	assert_refused(lend_by(s, &act, item, resident), &s->err, BACKDATE_FUTURE);
}

TEST(backdating_never_goes_before_the_items_latest_act, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	struct act act = { .role = ROLE_VOLUNTEER, .why = "补登" };

	shop_set_clock(s, "2026-11-21T15:00");
	int64_t loan = lent(s, item, resident);
	shop_set_clock(s, "2026-11-21T17:00");
	act.occurred_at = at("2026-11-21T14:30");
	assert_refused(loan_return(s->db, &act, loan, 0, &s->err), &s->err, BACKDATE_BEFORE);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T15:00");
	act.occurred_at = at("2026-11-21T16:00");
	assert_ok(loan_return(s->db, &act, loan, 0, &s->err), &s->err);
	CLEANUP(loan_finish) struct loan back = get(s, loan);
	assert_instant(back.returned_at, "2026-11-21T16:00");
	act.occurred_at = at("2026-11-21T15:30");
	assert_refused(lend_by(s, &act, item, resident), &s->err, BACKDATE_BEFORE);
}

TEST(a_clock_that_was_put_back_does_not_stop_returns, shop)
{
	struct shop *s = *state;
	int64_t loan = lent(s, shop_item(s, s->tool), shop_resident(s));

	shop_set_clock(s, "2026-11-21T13:00");
	give_back(s, loan);
	CLEANUP(loan_finish) struct loan back = get(s, loan);
	assert_int_equal(back.returned_at, back.lent_at);
}

TEST(a_paused_person_borrows_nothing_and_gives_everything_back, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), item = shop_item(s, s->tool);
	int64_t loan = lent(s, shop_item(s, s->tool), resident);

	assert_ok(pause_begin(s->db, &by_coordinator, resident, (struct day){ 2026, 11, 22 },
			  "借了不还", &s->err),
		&s->err);
	assert_refused(lend_by(s, &by_resident, item, resident), &s->err, RESIDENT_PAUSED);
	assert_refused(lend_by(s, &by_override, item, resident), &s->err, RESIDENT_PAUSED);
	give_back(s, loan);
	shop_set_clock(s, "2026-11-23T10:00");
	assert_ok(lend_by(s, &by_resident, item, resident), &s->err);
}
