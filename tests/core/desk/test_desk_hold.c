/* The counter: reserving, putting aside, fetching. */
#include "core/items/lending/hold_acts.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "tests/core/counter.h"
#include "tests/lib/test.h"

static int64_t title_of(struct counter *c, int64_t item)
{
	CLEANUP(item_finish) struct item it = { 0 };

	assert_ok(item_get(c->db, item, &it, &c->err), &c->err);
	return it.title;
}

/* The drill is out on the other's card, and the person has reserved it. */
static void reserve_the_drill(struct counter *c)
{
	lend_before(c, c->other_card, c->drill);
	scan(c, c->card);
	desk_hold(c->desk, title_of(c, c->drill), &c->o);
	assert_outcome(c, OUTCOME_HELD);
}

TEST(a_visitor_reserves_what_is_out_and_sees_the_place_in_the_queue, counter)
{
	struct counter *c = *state;
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };

	reserve_the_drill(c);
	assert_int_equal(c->o.position, 1);
	assert_int_equal(c->o.slot, 0);
	assert_string_equal(c->o.name, "冲击钻");
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_ok(desk_holds(c->desk, &holds, &c->err), &c->err);
	assert_int_equal(holds.count, 1);
	assert_int_equal(holds.rows[0].position, 1);
}

TEST(what_comes_back_says_where_it_is_put_aside_and_to_a_volunteer_for_whom, counter)
{
	struct counter *c = *state;

	reserve_the_drill(c);
	finish(c);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_string_equal(c->o.held_for, "");
	desk_set_staff(c->desk, &wei);
	desk_undo(c->desk, &c->o);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_string_equal(c->o.held_for, "何*");
	desk_set_staff(c->desk, NULL);
	assert_int_equal(c->o.slot, 1);
	assert_instant(c->o.until_at, "2026-11-25T21:00");
	/* Somebody else is told so; the person's own scan collects it. */
	scan(c, c->other_card);
	scan_item(c, c->drill);
	assert_refused_for(c, ITEM_HELD);
	assert_true(c->o.can_override);
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(count(c, "SELECT count(*) FROM hold WHERE status = 'fulfilled'"), 1);
}

TEST(reserving_is_undone_like_any_other_line, counter)
{
	struct counter *c = *state;

	reserve_the_drill(c);
	desk_undo(c->desk, &c->o);
	assert_outcome(c, OUTCOME_UNDONE);
	assert_int_equal(count(c, "SELECT count(*) FROM hold WHERE status = 'cancelled'"), 1);
}

TEST(a_visitor_cancels_and_the_counter_hears_of_the_next, counter)
{
	struct counter *c = *state;
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };
	struct hold_request request = { title_of(c, c->drill), shop_resident(c->shop), 0 };
	int64_t next = 0;

	reserve_the_drill(c);
	assert_ok(hold_place(c->db, &by_volunteer, &request, &next, &c->err), &c->err);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_ok(desk_holds(c->desk, &holds, &c->err), &c->err);
	assert_int_equal(holds.rows[0].slot, 1);
	desk_unhold(c->desk, holds.rows[0].id, &c->o);
	assert_outcome(c, OUTCOME_UNHELD);
	assert_int_equal(c->o.slot, 1);
	assert_string_equal(c->o.held_for, ""); /* not the one who is at the counter */
	desk_unhold(c->desk, next, &c->o);
	assert_refused_for(c, HOLD_UNKNOWN);
}

TEST(what_is_on_the_shelf_need_not_be_reserved, counter)
{
	struct counter *c = *state;

	desk_hold(c->desk, title_of(c, c->ladder), &c->o);
	assert_refused_for(c, CARD_NONE);
	scan(c, c->card);
	desk_hold(c->desk, title_of(c, c->ladder), &c->o);
	assert_refused_for(c, HOLD_ON_SHELF);
	assert_false(c->o.can_override);
}

TEST(a_limit_on_reserving_is_overridden_in_volunteer_mode, counter)
{
	struct counter *c = *state;

	SHOP_RULE(c->shop, row.category = c->shop->power_tool, row.max_items = 1);
	lend_before(c, c->other_card, c->drill);
	desk_set_staff(c->desk, &wei);
	scan(c, c->card);
	scan_item(c, shop_item(c->shop, c->shop->power_tool));
	assert_outcome(c, OUTCOME_LENT);
	desk_hold(c->desk, title_of(c, c->drill), &c->o);
	assert_refused_for(c, LIMIT_CATEGORY);
	desk_override(c->desk, desk_line_count(c->desk) - 1, "急用", &c->o);
	assert_outcome(c, OUTCOME_HELD);
}

TEST(a_volunteer_with_a_copy_in_the_hand_puts_it_aside, counter)
{
	struct counter *c = *state;
	int64_t copy = 0;

	reserve_the_drill(c);
	finish(c);
	assert_ok(item_add(c->db, &by_volunteer,
			  &(struct item_draft){ .title = title_of(c, c->drill) }, &copy, &c->err),
		&c->err);
	desk_set_staff(c->desk, &wei);
	scan_item(c, copy);
	assert_outcome(c, OUTCOME_ITEM);
	assert_int_equal(c->o.slot, 1);
	assert_string_equal(c->o.held_for, "何*");
}
