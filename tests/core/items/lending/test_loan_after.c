#include <string.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_check.h"
#include "core/items/lending/loan_list.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* What happens to a loan after lending: return, renewal, undo, lists. */

#define VISIT 5

static int64_t lend_in(struct shop *s, int64_t item, int64_t resident, int64_t visit)
{
	struct loan_request request = { item, resident, visit };
	int64_t loan = 0;

	s->err = (struct err){ 0 };
	assert_ok(loan_open(s->db, &by_resident, &request, &loan, &s->err), &s->err);
	return loan;
}

static int64_t lend(struct shop *s)
{
	return lend_in(s, shop_item(s, s->tool), shop_resident(s), VISIT);
}

static struct loan get(struct shop *s, int64_t id)
{
	struct loan loan = { 0 };

	assert_ok(loan_get(s->db, id, &loan, &s->err), &s->err);
	return loan;
}

static int renew_by(struct shop *s, const struct act *act, int64_t loan, int64_t visit)
{
	int64_t due_at = 0;

	s->err = (struct err){ 0 };
	return loan_renew(s->db, act, &(struct loan_renewing){ .loan = loan, .visit = visit },
		&due_at, &s->err);
}

static int renew(struct shop *s, int64_t loan)
{
	return renew_by(s, &by_resident, loan, VISIT);
}

static int give_back(struct shop *s, int64_t loan, int64_t visit)
{
	s->err = (struct err){ 0 };
	return loan_return(s->db, &by_resident, loan, visit, &s->err);
}

static int64_t due_of(struct shop *s, int64_t id)
{
	CLEANUP(loan_finish) struct loan loan = get(s, id);

	return loan.due_at;
}

/* ---- returning ---- */

TEST(a_return_closes_the_loan, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	shop_set_clock(s, "2026-11-22T10:00");
	assert_ok(give_back(s, id, 6), &s->err);
	CLEANUP(loan_finish) struct loan loan = get(s, id);
	assert_instant(loan.returned_at, "2026-11-22T10:00");
	assert_int_equal(loan.return_visit, 6);
	assert_false(loan_is_open(&loan));
	assert_int_equal(loan_open_of_item(s->db, loan.item, &loan, &s->err), 0);
	assert_refused(give_back(s, id, 6), &s->err, LOAN_CLOSED);
	assert_int_equal(give_back(s, 4711, 6), ERR_NOT_FOUND);
}

TEST(a_return_twice_with_one_key_is_one_return, shop)
{
	struct shop *s = *state;
	struct act act = by_resident;
	int64_t id = lend(s);

	act_new_key(act.key);
	assert_ok(loan_return(s->db, &act, id, VISIT, &s->err), &s->err);
	assert_ok(loan_return(s->db, &act, id, VISIT, &s->err), &s->err);
}

/* ---- renewing ---- */

TEST(a_renewal_runs_from_the_old_due_time, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	shop_set_clock(s, "2026-11-27T10:00");
	assert_ok(renew(s, id), &s->err);
	CLEANUP(loan_finish) struct loan loan = get(s, id);
	assert_instant(loan.due_at, "2026-12-05T21:00");
	assert_int_equal(loan.renewals, 1);
}

TEST(an_overdue_renewal_runs_from_now, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	SHOP_RULE(s, row.overdue = OVERDUE_ALLOW);
	shop_set_clock(s, "2026-12-02T10:00");
	assert_ok(renew(s, id), &s->err);
	assert_instant(due_of(s, id), "2026-12-09T21:00");
}

TEST(renewals_are_counted, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	SHOP_RULE(s, row.max_renewals = 1, row.renew_hours = 24 * 30);
	assert_ok(renew(s, id), &s->err);
	assert_refused(renew(s, id), &s->err, RENEW_LIMIT);
	assert_int_equal(s->err.reasons[0].n1, 1);
	SHOP_RULE(s, row.max_renewals = 0);
	assert_refused(renew(s, lend(s)), &s->err, RENEW_LIMIT);
	assert_ok(renew_by(s, &by_override, id, 0), &s->err);
}

TEST(a_renewal_has_an_earliest_moment, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	SHOP_RULE(s, row.renew_hours = 48);
	shop_set_clock(s, "2026-11-26T20:59");
	assert_refused(renew(s, id), &s->err, RENEW_TOO_EARLY);
	assert_instant(s->err.reasons[0].n1, "2026-11-26T21:00");
	shop_set_clock(s, "2026-11-26T21:00");
	assert_ok(renew(s, id), &s->err);
}

TEST(overdue_past_grace_a_renewal_follows_the_policy, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	SHOP_RULE(s, row.overdue = OVERDUE_ASK, row.grace_days = 1);
	shop_set_clock(s, "2026-11-29T10:00");
	assert_ok(loan_renew_check(s->db, &by_resident, id, s->clock.set_wall, NULL, &s->err),
		&s->err);
	shop_set_clock(s, "2026-12-01T10:00");
	assert_refused(renew(s, id), &s->err, RENEW_OVERDUE);
	assert_ok(loan_renew_check(s->db, &by_volunteer, id, s->clock.set_wall, NULL, &s->err),
		&s->err);
	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 1);
	assert_refused(renew_by(s, &by_volunteer, id, 0), &s->err, RENEW_OVERDUE);
	assert_ok(renew_by(s, &by_override, id, 0), &s->err);
	CLEANUP(loan_finish) struct loan loan = get(s, id);
	assert_true(loan.is_override);
}

TEST(a_hard_due_date_leaves_nothing_to_renew, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	SHOP_RULE(s, strcpy(row.hard_due_on, "2026-11-28"), row.renew_hours = 24 * 30);
	assert_refused(renew(s, id), &s->err, RENEW_NOT_LATER);
	assert_instant(s->err.reasons[0].n1, "2026-11-28T21:00");
	assert_refused(renew_by(s, &by_override, id, 0), &s->err, RENEW_NOT_LATER);
}

TEST(all_reasons_against_a_renewal_are_given, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	SHOP_RULE(s, row.max_renewals = 0, row.renew_hours = 1);
	assert_int_equal(renew(s, id), ERR_REFUSED);
	assert_int_equal(s->err.reason_count, 2);
	assert_int_equal(s->err.reasons[0].code, REASON_RENEW_LIMIT);
	assert_int_equal(s->err.reasons[1].code, REASON_RENEW_TOO_EARLY);
}

TEST(a_closed_loan_is_not_renewed, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	assert_ok(give_back(s, id, VISIT), &s->err);
	assert_refused(renew(s, id), &s->err, LOAN_CLOSED);
	assert_int_equal(renew(s, 4711), ERR_NOT_FOUND);
}

/* ---- undoing ---- */

static int undo_lend(struct shop *s, int64_t loan, int64_t visit)
{
	s->err = (struct err){ 0 };
	return loan_void(s->db, &by_resident, loan, visit, &s->err);
}

static int undo_return(struct shop *s, int64_t loan, int64_t visit)
{
	s->err = (struct err){ 0 };
	return return_void(s->db, &by_resident, loan, visit, &s->err);
}

static int undo_renew(struct shop *s, int64_t loan, int64_t visit)
{
	s->err = (struct err){ 0 };
	return renew_void(s->db, &by_resident, loan, visit, &s->err);
}

TEST(an_undone_lend_was_no_loan, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	int64_t id = lend_in(s, item, resident, VISIT);
	CLEANUP(loan_list_finish) struct loan_list open = { 0 };
	CLEANUP(loan_list_finish) struct loan_list past = { 0 };

	SHOP_RULE(s, row.turnaround_hours = 5);
	assert_ok(undo_lend(s, id, VISIT), &s->err);
	CLEANUP(loan_finish) struct loan loan = get(s, id);
	assert_int_not_equal(loan.voided_at, 0);
	assert_ok(loans_of_resident(s->db, resident, &open, &s->err), &s->err);
	assert_int_equal(open.count, 0);
	assert_ok(loans_history_of_item(s->db, item, NULL, 9, &past, &s->err), &s->err);
	assert_int_equal(past.count, 0);
	/* Nor does the item rest from it. */
	int64_t again = lend_in(s, item, resident, VISIT);
	assert_int_not_equal(again, id);
	assert_refused(undo_lend(s, id, VISIT), &s->err, LOAN_CLOSED);
}

TEST(an_undone_return_leaves_the_loan_as_it_was, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s), due_at = due_of(s, id);

	shop_set_clock(s, "2026-11-25T10:00");
	assert_ok(give_back(s, id, 6), &s->err);
	assert_ok(undo_return(s, id, 6), &s->err);
	CLEANUP(loan_finish) struct loan loan = get(s, id);
	assert_true(loan_is_open(&loan));
	assert_int_equal(loan.due_at, due_at);
	assert_int_equal(loan.return_visit, 0);
	assert_refused(undo_return(s, id, 6), &s->err, UNDO_NOTHING);
	assert_ok(give_back(s, id, 6), &s->err);
}

TEST(an_undone_renewal_is_due_as_before, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s), due_at = due_of(s, id);

	shop_set_clock(s, "2026-11-27T10:00");
	assert_ok(renew_by(s, &by_resident, id, 6), &s->err);
	assert_refused(undo_renew(s, id, 7), &s->err, UNDO_OTHER_VISIT);
	assert_ok(undo_renew(s, id, 6), &s->err);
	CLEANUP(loan_finish) struct loan loan = get(s, id);
	assert_int_equal(loan.due_at, due_at);
	assert_int_equal(loan.renewals, 0);
	assert_refused(undo_renew(s, id, 6), &s->err, UNDO_NOTHING);
}

TEST(only_the_same_visit_undoes, shop)
{
	struct shop *s = *state;
	int64_t id = lend(s);

	assert_refused(undo_lend(s, id, 6), &s->err, UNDO_OTHER_VISIT);
	assert_refused(undo_lend(s, id, 0), &s->err, UNDO_OTHER_VISIT);
	assert_ok(give_back(s, id, 6), &s->err);
	assert_refused(undo_return(s, id, VISIT), &s->err, UNDO_OTHER_VISIT);
}

TEST(outside_of_a_visit_only_a_volunteer_undoes, shop)
{
	struct shop *s = *state;
	int64_t id = lend_in(s, shop_item(s, s->tool), shop_resident(s), 0);

	assert_refused(undo_lend(s, id, 0), &s->err, UNDO_OTHER_VISIT);
	assert_ok(loan_void(s->db, &by_volunteer, id, 0, &s->err), &s->err);
}

TEST(nothing_is_undone_when_something_later_happened, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	int64_t first = lend_in(s, item, resident, VISIT);

	assert_ok(give_back(s, first, VISIT), &s->err);
	assert_refused(undo_lend(s, first, VISIT), &s->err, LOAN_CLOSED);
	int64_t second = lend_in(s, item, resident, VISIT);
	assert_refused(undo_return(s, first, VISIT), &s->err, UNDO_LATER);

	const struct act because = { .role = ROLE_VOLUNTEER, .why = "联系不上" };
	assert_ok(item_set_status(s->db, &because, item, ITEM_MISSING, &s->err), &s->err);
	assert_refused(undo_lend(s, second, VISIT), &s->err, UNDO_LATER);
}

TEST(undoing_goes_back_step_by_step, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	int64_t first = lend_in(s, item, resident, VISIT);

	assert_ok(give_back(s, first, VISIT), &s->err);
	int64_t second = lend_in(s, item, resident, VISIT);
	assert_ok(undo_lend(s, second, VISIT), &s->err);
	assert_ok(undo_return(s, first, VISIT), &s->err);
	assert_ok(undo_lend(s, first, VISIT), &s->err);
	CLEANUP(item_finish) struct item left = { 0 };
	assert_ok(item_get(s->db, item, &left, &s->err), &s->err);
	assert_int_equal(left.loan, 0);
}

TEST(the_same_undo_twice_with_one_key_is_one, shop)
{
	struct shop *s = *state;
	struct act act = by_resident;
	int64_t id = lend(s);

	act_new_key(act.key);
	assert_ok(loan_void(s->db, &act, id, VISIT, &s->err), &s->err);
	assert_ok(loan_void(s->db, &act, id, VISIT, &s->err), &s->err);
}

/* ---- lists ---- */

TEST(open_loans_stand_by_due_time, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };

	SHOP_RULE(s, row.category = s->tool, row.loan_days = 2);
	SHOP_RULE(s, row.category = s->book, row.loan_days = 1);
	lend_in(s, shop_item(s, s->tool), resident, VISIT);
	lend_in(s, shop_item(s, s->book), resident, VISIT);
	lend(s);
	assert_ok(loans_of_resident(s->db, resident, &list, &s->err), &s->err);
	assert_int_equal(list.count, 2);
	assert_int_equal(list.rows[0].category, s->book);
}

TEST(a_visit_lists_what_was_lent_returned_and_renewed, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };

	int64_t returned = lend_in(s, shop_item(s, s->tool), resident, 1);
	int64_t renewed = lend_in(s, shop_item(s, s->tool), resident, 1);
	lend_in(s, shop_item(s, s->tool), resident, 1);
	shop_set_clock(s, "2026-11-27T10:00");
	assert_ok(give_back(s, returned, 2), &s->err);
	assert_ok(renew_by(s, &by_resident, renewed, 2), &s->err);
	int64_t undone = lend_in(s, shop_item(s, s->tool), resident, 2);
	assert_ok(undo_lend(s, undone, 2), &s->err);
	int64_t lent = lend_in(s, shop_item(s, s->tool), resident, 2);
	assert_ok(loans_of_visit(s->db, 2, &list, &s->err), &s->err);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.rows[0].id, returned);
	assert_int_equal(list.rows[1].id, renewed);
	assert_int_equal(list.rows[2].id, lent);
}

TEST(overdue_loans_come_in_pages, shop)
{
	struct shop *s = *state;
	CLEANUP(loan_list_finish) struct loan_list first = { 0 };
	CLEANUP(loan_list_finish) struct loan_list second = { 0 };
	CLEANUP(loan_list_finish) struct loan_list all = { 0 };

	SHOP_RULE(s, row.category = s->book, row.loan_days = 1);
	for (int i = 0; i < 5; i++)
		lend_in(s, shop_item(s, s->book), shop_resident(s), VISIT);
	lend(s);
	int64_t now = at("2026-11-23T10:00");
	assert_ok(loans_due(s->db, now, NULL, 3, &first, &s->err), &s->err);
	assert_int_equal(first.count, 3);
	assert_ok(loans_due(s->db, now, &first.rows[2], 3, &second, &s->err), &s->err);
	assert_int_equal(second.count, 2);
	assert_int_not_equal(second.rows[0].id, first.rows[2].id);
	assert_ok(loans_due(s->db, INT64_MAX, NULL, 99, &all, &s->err), &s->err);
	assert_int_equal(all.count, 6);
}

TEST(history_goes_back_in_pages, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), resident = shop_resident(s);
	CLEANUP(loan_list_finish) struct loan_list first = { 0 };
	CLEANUP(loan_list_finish) struct loan_list second = { 0 };

	for (int i = 0; i < 5; i++) {
		s->clock.set_wall += 60 * (i % 2);
		assert_ok(give_back(s, lend_in(s, item, resident, VISIT), VISIT), &s->err);
	}
	assert_ok(loans_history_of_resident(s->db, resident, NULL, 3, &first, &s->err), &s->err);
	assert_int_equal(first.count, 3);
	assert_int_equal(first.rows[0].number, 5);
	assert_ok(loans_history_of_item(s->db, item, &first.rows[2], 3, &second, &s->err), &s->err);
	assert_int_equal(second.count, 2);
	assert_int_equal(second.rows[0].number, 2);
	assert_int_equal(second.rows[1].number, 1);
}
