#include <string.h>

#include "core/items/catalogue/kit.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/store/acting.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static const struct act because = { .role = ROLE_VOLUNTEER, .why = "坏了" };

static struct item get(struct shop *s, int64_t id)
{
	struct item item = { 0 };

	assert_ok(item_get(s->db, id, &item, &s->err), &s->err);
	return item;
}

static int64_t kit_of(struct shop *s, int64_t id)
{
	CLEANUP(item_finish) struct item item = get(s, id);

	return item.kit;
}

static int count(struct shop *s, int64_t kit)
{
	CLEANUP(item_list_finish) struct item_list list = { 0 };

	assert_ok(items_in_kit(s->db, kit, &list, &s->err), &s->err);
	for (int i = 0; i < list.count; i++)
		assert_int_equal(list.rows[i].kit, kit);
	return list.count;
}

static int64_t lend(struct shop *s, int64_t item)
{
	struct loan_request request = { .item = item, .resident = shop_resident(s) };
	int64_t loan = 0;

	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	return loan;
}

TEST(a_kit_shows_what_it_holds, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), saw = shop_item(s, s->tool),
		drill = shop_item(s, s->tool);

	assert_int_equal(count(s, kit), 0);
	assert_ok(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err);
	assert_ok(kit_add(s->db, &by_volunteer, kit, drill, &s->err), &s->err);
	assert_int_equal(count(s, kit), 2);
	CLEANUP(item_finish) struct item item = get(s, saw);
	assert_int_equal(item.kit_number, 1);

	assert_ok(kit_remove(s->db, &by_volunteer, saw, &s->err), &s->err);
	assert_int_equal(count(s, kit), 1);
	assert_int_equal(kit_of(s, saw), 0);
	assert_refused(kit_remove(s->db, &by_volunteer, saw, &s->err), &s->err, KIT_NOT_IN);
}

TEST(what_it_holds_is_out_with_it_and_back_with_it, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), saw = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err);
	int64_t loan = lend(s, kit);
	CLEANUP(item_finish) struct item out = get(s, saw);
	assert_int_equal(out.loan, loan);
	assert_instant(out.loan_due_at, "2026-11-28T21:00");
	CLEANUP(item_list_finish) struct item_list here = { 0 };
	assert_ok(item_find(s->db, &(struct item_filter){ .where = ITEM_ON_SHELF, .limit = 9 },
			  &here, &s->err),
		&s->err);
	assert_int_equal(here.count, 0);

	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
	CLEANUP(item_finish) struct item back = get(s, saw);
	assert_int_equal(back.loan, 0);
}

TEST(nothing_goes_into_or_out_of_a_kit_that_is_out, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), saw = shop_item(s, s->tool),
		drill = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err);
	int64_t loan = lend(s, kit);
	assert_refused(kit_add(s->db, &by_volunteer, kit, drill, &s->err), &s->err, ITEM_OUT_OTHER);
	assert_refused(kit_remove(s->db, &by_volunteer, saw, &s->err), &s->err, ITEM_OUT_OTHER);
	assert_ok(loan_return(s->db, &by_volunteer, loan, 0, &s->err), &s->err);
	lend(s, drill);
	assert_refused(kit_add(s->db, &by_volunteer, kit, drill, &s->err), &s->err, ITEM_OUT_OTHER);
}

TEST(a_kit_holds_single_things_each_in_one_kit, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), other = shop_item(s, s->tool),
		saw = shop_item(s, s->tool), box = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err);
	assert_refused(kit_add(s->db, &by_volunteer, kit, kit, &s->err), &s->err, KIT_NESTED);
	assert_refused(kit_add(s->db, &by_volunteer, saw, box, &s->err), &s->err, KIT_NESTED);
	assert_refused(kit_add(s->db, &by_volunteer, box, kit, &s->err), &s->err, KIT_NESTED);
	assert_refused(kit_add(s->db, &by_volunteer, other, saw, &s->err), &s->err, ITEM_IN_KIT);
	assert_int_equal(kit_add(s->db, &by_volunteer, kit, 4711, &s->err), ERR_NOT_FOUND);
	assert_int_equal(kit_add(s->db, &by_volunteer, 4711, box, &s->err), ERR_NOT_FOUND);
	assert_int_equal(kit_remove(s->db, &by_volunteer, 4711, &s->err), ERR_NOT_FOUND);
}

TEST(what_is_retired_leaves_its_kit_and_what_it_holds, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), saw = shop_item(s, s->tool),
		drill = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err);
	assert_ok(kit_add(s->db, &by_volunteer, kit, drill, &s->err), &s->err);
	assert_ok(item_set_status(s->db, &because, saw, ITEM_RETIRED, &s->err), &s->err);
	assert_int_equal(kit_of(s, saw), 0);
	assert_int_equal(count(s, kit), 1);
	assert_refused(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err, ITEM_RETIRED);
	assert_ok(item_set_status(s->db, &because, kit, ITEM_RETIRED, &s->err), &s->err);
	assert_int_equal(kit_of(s, drill), 0);
	lend(s, drill);
}

/* In an act of its own, bypassing what kit_add checks. */
static int force_kit(struct shop *s, int64_t id, int64_t kit)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	assert_ok(act_begin(&a, s->db, &by_volunteer, ACT_KIT_ADD,
			  FIELDS(F_INT("kit", kit), F_INT("item", id)), &s->err),
		&s->err);
	return act_update(&a, "item", id, FIELDS(F_INT("kit", kit)), &s->err);
}

TEST(the_schema_refuses_a_kit_in_a_kit, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), saw = shop_item(s, s->tool),
		box = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, saw, &s->err), &s->err);
	assert_int_equal(force_kit(s, box, saw), ERR_STORAGE);
	assert_int_equal(force_kit(s, kit, box), ERR_STORAGE);
	assert_int_equal(force_kit(s, box, box), ERR_STORAGE);
	assert_int_equal(kit_of(s, box), 0);
}
