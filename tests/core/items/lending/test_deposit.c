/* Deposits of loans: frozen, inspected, released in time, partly kept, waived, undone. */
#include "core/items/lending/deposit.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/look_over.h"
#include "core/items/upkeep/ticket.h"
#include "core/points/ledger.h"
#include "core/store/act_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static const struct act because = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "摔裂了" };

static int64_t rich(struct shop *s, int64_t n)
{
	int64_t id, resident = shop_resident(s);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = resident, .amount = POINTS(n) } };

	OK(s, transfer_post(s->db, &by_coordinator, &(struct transfer_draft){ "earn", postings, 2 },
		      &id, &s->err));
	return resident;
}

static int64_t deposit_item(struct shop *s, int64_t deposit)
{
	struct title_draft title = {
		.name = "血压计", .category = s->tool, .terms = { .deposit = deposit }
	};
	struct item_draft item = { 0 };
	int64_t id;

	OK(s, title_add(s->db, &by_volunteer, &title, &item.title, &s->err));
	OK(s, item_add(s->db, &by_volunteer, &item, &id, &s->err));
	return id;
}

static int lend(struct shop *s, const struct act *act, int64_t item, int64_t resident, int64_t *ret)
{
	const struct loan_request request = { .item = item, .resident = resident };

	return loan_open(s->db, act, &request, ret, &s->err);
}

static void expect(struct shop *s, int64_t resident, int64_t balance, int64_t frozen)
{
	struct points is, set_aside;

	OK(s, points_balance(s->db, resident, &is, &s->err));
	OK(s, points_frozen(s->db, resident, &set_aside, &s->err));
	assert_int_equal(is.n, balance);
	assert_int_equal(set_aside.n, frozen);
	OK(s, ledger_prove(s->db, &s->err));
}

static int due(struct shop *s)
{
	int count;

	OK(s, deposits_release_due(s->db, &by_resident, 0, &count, &s->err));
	return count;
}

TEST(lending_freezes_and_a_volunteers_return_releases, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 200), loan;

	OK(s, lend(s, &by_resident, deposit_item(s, 150), a, &loan));
	expect(s, a, 50, 150);
	OK(s, loan_return(s->db, &by_volunteer, loan, 0, &s->err));
	expect(s, a, 200, 0);
}

TEST(too_few_points_are_refused_and_waived_with_a_reason, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 116), loan, item = deposit_item(s, 150);

	assert_refused(lend(s, &by_resident, item, a, &loan), &s->err, DEPOSIT_SHORT);
	assert_int_equal(s->err.reasons[0].n1, 150);
	assert_int_equal(s->err.reasons[0].n2, 116);
	OK(s, lend(s, &by_override, item, a, &loan));
	expect(s, a, 116, 0);
	OK(s, loan_return(s->db, &by_volunteer, loan, 0, &s->err));
	expect(s, a, 116, 0);
}

TEST(what_comes_back_to_nobody_waits_for_a_look, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 200), loan, item = deposit_item(s, 150);

	OK(s, lend(s, &by_resident, item, a, &loan));
	OK(s, loan_return(s->db, &by_resident, loan, 0, &s->err));
	expect(s, a, 50, 150);
	OK(s, item_look(s->db, &by_volunteer, item, 0, false, &s->err));
	expect(s, a, 200, 0);
}

TEST(without_a_look_it_is_released_after_so_many_open_hours, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 200), loan;

	OK(s, lend(s, &by_resident, deposit_item(s, 150), a, &loan));
	/* Saturday 14:00: seven hours until it closes, Sunday has twelve, Monday none. */
	OK(s, loan_return(s->db, &by_resident, loan, 0, &s->err));
	shop_set_clock(s, "2026-11-22T13:59");
	assert_int_equal(due(s), 0);
	expect(s, a, 50, 150);
	shop_set_clock(s, "2026-11-22T14:00");
	assert_int_equal(due(s), 1);
	expect(s, a, 200, 0);
	assert_int_equal(due(s), 0);
}

TEST(on_damage_a_volunteer_decides_how_much_is_taken, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 200), loan, item = deposit_item(s, 150);
	CLEANUP(deposit_list_finish) struct deposit_list list = { 0 };
	struct points pool;

	OK(s, lend(s, &by_resident, item, a, &loan));
	assert_refused(deposit_settle(s->db, &because, loan, POINTS(40), &s->err), &s->err,
		ITEM_OUT_OTHER);
	OK(s, loan_return(s->db, &by_resident, loan, 0, &s->err));
	OK(s, item_look(s->db, &by_volunteer, item, 0, true, &s->err));
	expect(s, a, 50, 150);
	shop_set_clock(s, "2027-01-01T10:00");
	assert_int_equal(due(s), 0);
	OK(s, deposits_to_settle(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_true(list.rows[0].loan == loan);
	assert_refused(deposit_settle(s->db, &by_volunteer, loan, POINTS(40), &s->err), &s->err,
		WHY_NEEDED);
	OK(s, deposit_settle(s->db, &because, loan, POINTS(40), &s->err));
	expect(s, a, 160, 0);
	OK(s, points_balance_of_system(s->db, ACCOUNT_POOL, &pool, &s->err));
	assert_int_equal(pool.n, 40);
	assert_int_equal(deposit_settle(s->db, &because, loan, POINTS(0), &s->err), ERR_NOT_FOUND);
}

TEST(what_comes_back_damaged_keeps_its_deposit_until_decided, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 400), loan, other, ticket, item = deposit_item(s, 100);

	/* Inspected by the volunteer who takes it back … */
	OK(s, lend(s, &by_resident, deposit_item(s, 150), a, &loan));
	const struct loan_giving_back back = { loan, 0, 0, true, true };
	OK(s, loan_give_back(s->db, &by_volunteer, &back, &s->err));
	expect(s, a, 250, 150);
	OK(s, deposit_settle(s->db, &because, loan, POINTS(40), &s->err));
	expect(s, a, 360, 0);
	/* … or reported as broken while it is still out. */
	OK(s, lend(s, &by_resident, item, a, &other));
	const struct ticket_draft draft = { item, "线断了", other, 0 };
	OK(s, ticket_open(s->db, &by_volunteer, &draft, &ticket, &s->err));
	expect(s, a, 260, 100);
	OK(s, deposit_settle(s->db, &by_volunteer, other, POINTS(0), &s->err));
	expect(s, a, 360, 0);
}

TEST(what_is_lost_keeps_its_deposit_until_decided, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 200), loan;
	CLEANUP(deposit_list_finish) struct deposit_list list = { 0 };

	OK(s, lend(s, &by_resident, deposit_item(s, 150), a, &loan));
	OK(s, loan_lost(s->db, &because, loan, &s->err));
	expect(s, a, 50, 150);
	OK(s, deposits_to_settle(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_true(list.rows[0].is_lost);
	OK(s, deposit_settle(s->db, &because, loan, POINTS(150), &s->err));
	expect(s, a, 50, 0);
}

TEST(undoing_moves_the_deposit_along, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 200), loan, item = deposit_item(s, 150);

	OK(s, lend(s, &by_resident, item, a, &loan));
	OK(s, loan_void(s->db, &by_volunteer, loan, 0, &s->err));
	expect(s, a, 200, 0);
	OK(s, lend(s, &by_resident, item, a, &loan));
	OK(s, loan_return(s->db, &by_volunteer, loan, 0, &s->err));
	OK(s, return_void(s->db, &by_volunteer, loan, 0, &s->err));
	expect(s, a, 50, 150);
	OK(s, loan_return(s->db, &by_volunteer, loan, 0, &s->err));
	expect(s, a, 200, 0);
}
