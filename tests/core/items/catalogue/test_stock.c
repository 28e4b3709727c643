#include <string.h>

#include "core/items/catalogue/stock.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static int64_t masks(struct shop *s, bool needs_approval)
{
	struct title_draft draft = { .name = "口罩",
		.category = s->tool,
		.terms = { .is_consumable = true, .needs_approval = needs_approval } };
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t stock_of(struct shop *s, int64_t id)
{
	CLEANUP(title_finish) struct title title = { 0 };

	assert_ok(title_get(s->db, id, &title, &s->err), &s->err);
	return title.stock;
}

TEST(taking_reduces_and_filling_adds, shop)
{
	struct shop *s = *state;
	int64_t id = masks(s, false), left = -1;

	assert_int_equal(stock_of(s, id), 0);
	assert_ok(stock_add(s->db, &by_volunteer, id, 10, &left, &s->err), &s->err);
	assert_int_equal(left, 10);
	assert_ok(stock_take(s->db, &by_resident, id, 3, &left, &s->err), &s->err);
	assert_int_equal(left, 7);
	assert_int_equal(stock_of(s, id), 7);
}

TEST(the_stock_is_never_below_nothing, shop)
{
	struct shop *s = *state;
	int64_t id = masks(s, false);

	assert_refused(stock_take(s->db, &by_resident, id, 1, NULL, &s->err), &s->err, STOCK_OUT);
	assert_ok(stock_add(s->db, &by_volunteer, id, 2, NULL, &s->err), &s->err);
	assert_refused(stock_take(s->db, &by_resident, id, 3, NULL, &s->err), &s->err, STOCK_SHORT);
	assert_int_equal(s->err.reasons[0].n1, 2);
	assert_ok(stock_take(s->db, &by_resident, id, 2, NULL, &s->err), &s->err);
	assert_int_equal(stock_of(s, id), 0);
}

TEST(the_schema_refuses_a_negative_stock, shop)
{
	struct shop *s = *state;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id = masks(s, false);

	assert_ok(act_begin(&a, s->db, &by_volunteer, ACT_STOCK_TAKE, NO_FIELDS, &s->err), &s->err);
	assert_int_equal(
		act_update(&a, "title", id, FIELDS(F_INT("stock", -1)), &s->err), ERR_STORAGE);
}

TEST(only_consumables_have_a_stock, shop)
{
	struct shop *s = *state;
	int64_t drill = shop_title(s, "电钻", s->tool);
	static const int64_t bad[] = { 0, -1, STOCK_CHANGE_MAX + 1 };

	assert_refused(
		stock_add(s->db, &by_volunteer, drill, 1, NULL, &s->err), &s->err, STOCK_NONE);
	assert_refused(
		stock_take(s->db, &by_volunteer, drill, 1, NULL, &s->err), &s->err, STOCK_NONE);
	assert_int_equal(stock_add(s->db, &by_volunteer, 4711, 1, NULL, &s->err), ERR_NOT_FOUND);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(
			stock_add(s->db, &by_volunteer, drill, bad[i], NULL, &s->err), ERR_INVALID);
}

TEST(what_needs_approval_is_handed_out_by_a_volunteer, shop)
{
	struct shop *s = *state;
	int64_t id = masks(s, true);

	assert_ok(stock_add(s->db, &by_volunteer, id, 5, NULL, &s->err), &s->err);
	assert_refused(
		stock_take(s->db, &by_resident, id, 1, NULL, &s->err), &s->err, ITEM_APPROVAL);
	assert_ok(stock_take(s->db, &by_volunteer, id, 1, NULL, &s->err), &s->err);
	assert_refused(stock_add(s->db, &by_resident, id, 1, NULL, &s->err), &s->err, ROLE_NEEDED);
}

TEST(the_same_key_takes_once, shop)
{
	struct shop *s = *state;
	int64_t id = masks(s, false), left = 0;
	struct act act = by_resident;

	act_new_key(act.key);
	assert_ok(stock_add(s->db, &by_volunteer, id, 5, NULL, &s->err), &s->err);
	assert_ok(stock_take(s->db, &act, id, 2, NULL, &s->err), &s->err);
	assert_ok(stock_take(s->db, &act, id, 2, &left, &s->err), &s->err);
	assert_int_equal(left, 3);
	assert_int_equal(stock_of(s, id), 3);
}

TEST(editing_a_title_leaves_its_stock, shop)
{
	struct shop *s = *state;
	int64_t id = masks(s, false);
	CLEANUP(title_finish) struct title title = { 0 };

	assert_ok(stock_add(s->db, &by_volunteer, id, 5, NULL, &s->err), &s->err);
	assert_ok(title_get(s->db, id, &title, &s->err), &s->err);
	struct title_draft draft = title_draft_of(&title);
	draft.terms.value_fen = 50;
	assert_ok(title_edit(s->db, &by_volunteer, id, &draft, &s->err), &s->err);
	assert_int_equal(stock_of(s, id), 5);
}

TEST(moves_tell_who_took_how_many_latest_first, shop)
{
	struct shop *s = *state;
	int64_t id = masks(s, false), resident = shop_resident(s);
	struct stock_move last = { 0 };
	int seen = 0;

	assert_ok(stock_add(s->db, &by_volunteer, id, 50, NULL, &s->err), &s->err);
	for (int i = 1; i <= 6; i++) {
		const struct act act = { .role = ROLE_RESIDENT, .resident = resident };
		s->clock.set_wall += i % 2; /* some in one second */
		assert_ok(stock_take(s->db, &act, id, i, NULL, &s->err), &s->err);
	}
	for (int expected = 6; expected >= 0;) {
		CLEANUP(stock_move_list_finish) struct stock_move_list page = { 0 };
		assert_ok(stock_moves(s->db, id, seen ? &last : NULL, 3, &page, &s->err), &s->err);
		assert_true(page.count > 0);
		for (int i = 0; i < page.count; i++, seen++, expected--) {
			assert_int_equal(page.rows[i].change, expected ? -expected : 50);
			assert_int_equal(page.rows[i].resident, expected ? resident : 0);
		}
		last = page.rows[page.count - 1];
	}
	assert_int_equal(seen, 7);
	assert_int_equal(last.stock, 50);
}
