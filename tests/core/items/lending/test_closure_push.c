#include <string.h>

#include "core/desk/shut.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* An emergency closure postpones what is due while it lasts. It is Saturday 2026-11-21; open
 * Tuesday to Sunday 9:00–21:00. */

#define VISIT 5

static int64_t lend_for(struct shop *s, int64_t days)
{
	struct loan_request request = { .resident = shop_resident(s), .visit = VISIT };
	int64_t loan = 0;

	SHOP_RULE(s, row.category = s->tool, row.loan_days = days);
	request.item = shop_item(s, s->tool);
	assert_ok(loan_open(s->db, &by_resident, &request, &loan, &s->err), &s->err);
	return loan;
}

static int64_t due_of(struct shop *s, int64_t id)
{
	struct loan loan = { 0 };

	assert_ok(loan_get(s->db, id, &loan, &s->err), &s->err);
	int64_t due_at = loan.due_at;
	loan_finish(&loan);
	return due_at;
}

static struct closure shut(struct shop *s, const char *from, const char *until)
{
	struct closure closure = { .name = "台风" };

	assert_ok(day_parse(from, &closure.from, &s->err), &s->err);
	assert_ok(day_parse(until, &closure.until, &s->err), &s->err);
	return closure;
}

static int add(struct shop *s, const struct closure *closure)
{
	struct shut done = { .loans = -1 };

	assert_ok(desk_shut(s->db, &by_coordinator, closure, &done, &s->err), &s->err);
	assert_int_not_equal(done.closure, 0);
	return done.loans;
}

TEST(what_is_due_then_is_due_when_the_next_open_day_closes, shop)
{
	struct shop *s = *state;
	int64_t before = lend_for(s, 1), in = lend_for(s, 3), last = lend_for(s, 5);
	int64_t after = lend_for(s, 7);
	struct closure closure = shut(s, "2026-11-24", "2026-11-26");

	assert_int_equal(add(s, &closure), 2);
	assert_instant(due_of(s, before), "2026-11-22T21:00");
	assert_instant(due_of(s, in), "2026-11-27T21:00");
	assert_instant(due_of(s, last), "2026-11-27T21:00");
	assert_instant(due_of(s, after), "2026-11-28T21:00");
}

TEST(a_closed_day_behind_it_is_passed_over_too, shop)
{
	struct shop *s = *state;
	int64_t loan = lend_for(s, 1);
	struct closure closure = shut(s, "2026-11-22", "2026-11-22");

	assert_int_equal(add(s, &closure), 1);
	assert_instant(due_of(s, loan), "2026-11-24T21:00");
}

TEST(shorter_hours_move_only_what_is_due_after_them, shop)
{
	struct shop *s = *state;
	int64_t loan = lend_for(s, 3), early = 0;
	struct loan_request request = { shop_item(s, s->book), shop_resident(s), VISIT };
	struct closure closure = shut(s, "2026-11-24", "2026-11-24");

	SHOP_RULE(s, row.category = s->book, row.loan_hours = 70); /* Tuesday 12:00 */
	assert_ok(loan_open(s->db, &by_resident, &request, &early, &s->err), &s->err);
	closure.has_hours = true;
	closure.opens = 9 * 60;
	closure.closes = 15 * 60;
	assert_int_equal(add(s, &closure), 1);
	assert_instant(due_of(s, loan), "2026-11-25T21:00");
	assert_instant(due_of(s, early), "2026-11-24T12:00");
}

TEST(a_night_that_runs_into_the_next_day_belongs_to_its_evening, shop)
{
	struct shop *s = *state;

	shop_set_week(s, 18 * 60, 26 * 60, "xxxxxxx");
	int64_t loan = lend_for(s, 3);
	struct closure closure = shut(s, "2026-11-24", "2026-11-24");
	assert_instant(due_of(s, loan), "2026-11-25T02:00");
	assert_int_equal(add(s, &closure), 1);
	assert_instant(due_of(s, loan), "2026-11-26T02:00");
}

TEST(returned_loans_are_left_alone, shop)
{
	struct shop *s = *state;
	int64_t loan = lend_for(s, 3);
	struct closure closure = shut(s, "2026-11-24", "2026-11-24");

	assert_ok(loan_return(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_int_equal(add(s, &closure), 0);
	assert_instant(due_of(s, loan), "2026-11-24T21:00");
}

TEST(the_same_key_pushes_once_and_a_refused_one_not_at_all, shop)
{
	struct shop *s = *state;
	int64_t loan = lend_for(s, 3);
	struct shut first = { 0 }, again = { 0 };
	struct closure closure = shut(s, "2026-11-24", "2026-11-24");
	struct act act = { .role = ROLE_COORDINATOR };

	assert_refused(
		desk_shut(s->db, &by_resident, &closure, &first, &s->err), &s->err, ROLE_NEEDED);
	assert_instant(due_of(s, loan), "2026-11-24T21:00");
	act_new_key(act.key);
	assert_ok(desk_shut(s->db, &act, &closure, &first, &s->err), &s->err);
	assert_ok(desk_shut(s->db, &act, &closure, &again, &s->err), &s->err);
	assert_int_equal(first.closure, again.closure);
	assert_instant(due_of(s, loan), "2026-11-25T21:00");
	closure.name = "";
	assert_int_equal(desk_shut(s->db, &by_coordinator, &closure, &again, &s->err), ERR_INVALID);
}

TEST(a_renewal_before_it_is_not_undone_past_it, shop)
{
	struct shop *s = *state;
	int64_t loan = lend_for(s, 1), due_at = 0;
	struct closure closure = shut(s, "2026-11-24", "2026-11-24");

	assert_ok(
		loan_renew(s->db, &by_resident,
			&(struct loan_renewing){ .loan = loan, .visit = VISIT }, &due_at, &s->err),
		&s->err);
	assert_instant(due_at, "2026-11-24T21:00");
	assert_int_equal(add(s, &closure), 1);
	assert_refused(
		renew_void(s->db, &by_resident, loan, VISIT, &s->err), &s->err, UNDO_NOTHING);
}
