#include <string.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/items/upkeep/ticket.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static int64_t open_ticket(struct shop *s, int64_t item)
{
	const struct ticket_draft draft = { .item = item, .words = "电线破损" };
	int64_t id = 0;

	assert_ok(ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static enum item_status status_of(struct shop *s, int64_t id)
{
	CLEANUP(item_finish) struct item item = moves_item(s, id);

	return item.status;
}

static struct ticket get(struct shop *s, int64_t id)
{
	struct ticket ticket = { 0 };

	assert_ok(ticket_get(s->db, id, &ticket, &s->err), &s->err);
	return ticket;
}

TEST(a_ticket_sends_an_item_to_repair_and_back, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), id = open_ticket(s, item);

	assert_int_equal(status_of(s, item), ITEM_MAINTENANCE);
	CLEANUP(ticket_finish) struct ticket open = get(s, id);
	assert_int_equal(open.number, 1);
	assert_string_equal(open.words, "电线破损");
	assert_string_equal(open.name, "冲击钻");
	assert_int_equal(open.closed_at, 0);
	assert_ok(ticket_close(s->db, &by_volunteer, id, "换了电线", &s->err), &s->err);
	assert_int_equal(status_of(s, item), ITEM_ACTIVE);
	CLEANUP(ticket_finish) struct ticket closed = get(s, id);
	assert_string_equal(closed.done, "换了电线");
	assert_string_equal(closed.words, "电线破损");
	assert_false(closed.is_retired);
	assert_refused(
		ticket_close(s->db, &by_volunteer, id, "又修", &s->err), &s->err, TICKET_CLOSED);
}

TEST(what_is_not_worth_it_is_retired_with_its_ticket, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), id = open_ticket(s, item);

	assert_ok(ticket_retire(s->db, &by_volunteer, id, "修不好", RETIRE_WORN_OUT, &s->err),
		&s->err);
	assert_retired(s, item, RETIRE_WORN_OUT);
	CLEANUP(ticket_finish) struct ticket closed = get(s, id);
	assert_true(closed.is_retired && closed.closed_at);
	assert_string_equal(closed.done, "修不好");
}

TEST(retiring_an_item_ends_its_ticket, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), id = open_ticket(s, item);

	assert_ok(item_retire(s->db, &by_volunteer, item, RETIRE_LOST, &s->err), &s->err);
	CLEANUP(ticket_finish) struct ticket closed = get(s, id);
	assert_true(closed.is_retired);
}

TEST(damage_at_a_return_is_return_and_ticket_in_one_act, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), loan, id, before, after;
	const struct loan_request request = { .item = item, .resident = shop_resident(s) };

	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	struct ticket_draft draft = { .item = item, .words = "钻头断了" };
	assert_refused(
		ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), &s->err, ITEM_OUT_OTHER);
	draft.loan = loan;
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &before, &s->err),
		&s->err);
	assert_ok(ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &after, &s->err),
		&s->err);
	assert_int_equal(after, before + 1);
	assert_int_equal(status_of(s, item), ITEM_MAINTENANCE);
	CLEANUP(ticket_finish) struct ticket ticket = get(s, id);
	assert_true(ticket.loan == loan);
	CLEANUP(loan_finish) struct loan over = { 0 };
	assert_ok(loan_get(s->db, loan, &over, &s->err), &s->err);
	assert_false(loan_is_open(&over));
	draft.item = shop_item(s, s->tool);
	assert_int_equal(ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), ERR_NOT_FOUND);
}

TEST(an_item_has_one_ticket_at_a_time_and_a_history, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), first = open_ticket(s, item), id;
	const struct ticket_draft again = { .item = item, .words = "还有开关" };
	CLEANUP(ticket_list_finish) struct ticket_list open = { 0 };
	CLEANUP(ticket_list_finish) struct ticket_list all = { 0 };
	CLEANUP(ticket_finish) struct ticket none = { 0 };

	assert_refused(
		ticket_open(s->db, &by_volunteer, &again, &id, &s->err), &s->err, TICKET_EXISTS);
	assert_int_equal(s->err.reasons[0].n1, 1);
	assert_ok(ticket_close(s->db, &by_volunteer, first, "好了", &s->err), &s->err);
	assert_int_equal(ticket_of_item(s->db, item, &none, &s->err), 0);
	int64_t second = open_ticket(s, item);
	assert_ok(tickets_open(s->db, 0, 10, &open, &s->err), &s->err);
	assert_int_equal(open.count, 1);
	assert_true(open.rows[0].id == second);
	assert_ok(tickets_of_item(s->db, item, 0, 10, &all, &s->err), &s->err);
	assert_int_equal(all.count, 2);
	assert_true(all.rows[1].id == first);
}

TEST(a_ticket_needs_words_and_a_thing_that_is_there, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), id;
	struct ticket_draft draft = { .item = item, .words = " " };
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "找不到" };

	assert_int_equal(ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
	draft.words = "坏了";
	assert_ok(item_set_status(s->db, &because, item, ITEM_MISSING, &s->err), &s->err);
	assert_refused(
		ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), &s->err, ITEM_MISSING);
	draft.item = 4711;
	assert_int_equal(ticket_open(s->db, &by_volunteer, &draft, &id, &s->err), ERR_NOT_FOUND);
	assert_int_equal(ticket_close(s->db, &by_volunteer, 4711, "好了", &s->err), ERR_NOT_FOUND);
}
