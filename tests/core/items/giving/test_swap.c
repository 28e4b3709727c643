#include <string.h>

#include "core/items/giving/swap.h"
#include "core/items/reasons.h"
#include "core/points/reasons.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static int make(struct shop *s, int64_t resident, struct arrival in, int64_t out, int64_t *ret)
{
	const struct swap_draft draft = { resident, in, out };

	return swap_make(s->db, &by_volunteer, &draft, ret, &s->err);
}

TEST(one_comes_in_and_one_goes_in_one_act, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), out = moves_worth(s, 20, 0), id, before, after;
	struct swap swap;

	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &before, &s->err),
		&s->err);
	assert_ok(make(s, resident, moves_arrival(s, "电饭锅", 30, 0), out, &id), &s->err);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &after, &s->err),
		&s->err);
	assert_int_equal(after, before + 1);
	assert_ok(swap_get(s->db, id, &swap, &s->err), &s->err);
	assert_int_equal(swap.number, 1);
	assert_int_equal(swap.value_in, 30);
	assert_int_equal(swap.value_out, 20);
	assert_retired(s, out, RETIRE_SWAPPED);
	CLEANUP(item_finish) struct item in = moves_item(s, swap.item_in);
	assert_string_equal(in.name, "电饭锅");
	assert_int_equal(in.source, ITEM_SOURCE_SWAPPED);
	/* Any value beyond that is a gift. */
	assert_int_equal(moves_points(s, resident), 0);
	assert_int_equal(swap_get(s->db, 4711, &swap, &s->err), ERR_NOT_FOUND);
}

TEST(the_difference_is_paid_into_the_pool, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), out = moves_worth(s, 50, 0), id;

	assert_refused(make(s, resident, moves_arrival(s, "电饭锅", 20, 0), out, &id), &s->err,
		POINTS_SHORT);
	CLEANUP(item_finish) struct item stays = moves_item(s, out);
	assert_int_equal(stays.status, ITEM_ACTIVE);
	moves_give_points(s, resident, 40);
	assert_ok(make(s, resident, moves_arrival(s, "电饭锅", 20, 0), out, &id), &s->err);
	assert_int_equal(moves_points(s, resident), 10);
	assert_int_equal(moves_pool(s), 30);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(both_things_need_a_value, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), id;

	assert_refused(
		make(s, resident, moves_arrival(s, "电饭锅", 20, 0), moves_worth(s, 0, 0), &id),
		&s->err, VALUE_NONE);
	assert_string_equal(s->err.reasons[0].text, "折叠梯");
	assert_refused(
		make(s, resident, moves_arrival(s, "电饭锅", 0, 0), moves_worth(s, 9, 0), &id),
		&s->err, VALUE_NONE);
	assert_string_equal(s->err.reasons[0].text, "电饭锅");
}

TEST(what_goes_is_worth_what_somebody_says_where_nobody_noted_it, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), out = moves_worth(s, 0, 0), id;
	struct swap_draft draft = { resident, moves_arrival(s, "电饭锅", 20, 0), out, 15 };
	struct swap swap;

	assert_ok(swap_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(swap_get(s->db, id, &swap, &s->err), &s->err);
	assert_int_equal(swap.value_out, 15);
	CLEANUP(item_finish) struct item noted = moves_item(s, out);
	assert_int_equal(noted.terms.value_points, 15);
	draft.out = moves_worth(s, 12, 0);
	draft.value_out = 999;
	assert_ok(swap_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(swap_get(s->db, id, &swap, &s->err), &s->err);
	assert_int_equal(swap.value_out, 12);
	draft.out = moves_worth(s, 0, 0);
	draft.value_out = -1;
	assert_int_equal(swap_make(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
}

TEST(a_title_that_has_a_value_keeps_it, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), known = moves_worth(s, 25, 0), id;
	CLEANUP(item_finish) struct item like = moves_item(s, known);
	struct arrival in = { .title = like.title, .draft.terms.value_points = 999 };
	struct swap swap;

	assert_ok(make(s, resident, in, moves_worth(s, 25, 0), &id), &s->err);
	assert_ok(swap_get(s->db, id, &swap, &s->err), &s->err);
	assert_int_equal(swap.value_in, 25);
}

TEST(a_swap_needs_a_resident_and_a_thing_on_the_shelf, shop)
{
	struct shop *s = *state;
	int64_t out = moves_worth(s, 9, 0), id;

	assert_int_equal(make(s, 0, moves_arrival(s, "电饭锅", 20, 0), out, &id), ERR_NOT_FOUND);
	assert_int_equal(make(s, shop_resident(s), moves_arrival(s, "电饭锅", 20, 0), 4711, &id),
		ERR_NOT_FOUND);
	assert_ok(item_retire(s->db, &by_volunteer, out, RETIRE_WORN_OUT, &s->err), &s->err);
	assert_refused(make(s, shop_resident(s), moves_arrival(s, "电饭锅", 20, 0), out, &id),
		&s->err, ITEM_RETIRED);
}
