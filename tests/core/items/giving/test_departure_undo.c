/* Taking back sales, swaps and gifts. */
#include <string.h>

#include "core/items/catalogue/kit.h"
#include "core/items/giving/departure_undo.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/points/fund.h"
#include "core/store/role_reasons.h"
#include "core/words_items.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static int64_t sell(struct shop *s, int64_t item, int64_t resident, enum sale_currency currency)
{
	const struct sale_draft draft = { item, resident, currency, 0 };
	int64_t id;

	assert_ok(sale_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static void assert_on_shelf(struct shop *s, int64_t id)
{
	CLEANUP(item_finish) struct item item = moves_item(s, id);

	assert_int_equal(item.status, ITEM_ACTIVE);
	assert_int_equal(item.cause, RETIRE_CAUSE_COUNT);
}

static int64_t count(struct shop *s, const char *sql)
{
	int64_t n;

	assert_ok(db_integer(s->db, sql, NO_FIELDS, 0, &n, &s->err), &s->err);
	return n;
}

static int undo(struct shop *s, int64_t item)
{
	s->err = (struct err){ 0 };
	return departure_undo(s->db, &by_volunteer, item, &s->err);
}

TEST(a_sale_for_yuan_is_taken_back_out_of_the_fund, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 0, 2500), fen;
	int64_t id = sell(s, item, 0, SALE_FOR_YUAN);

	assert_ok(undo(s, item), &s->err);
	assert_on_shelf(s, item);
	assert_ok(fund_balance(s->db, &fen, &s->err), &s->err);
	assert_int_equal(fen, 0);
	assert_ok(fund_prove(s->db, &s->err), &s->err);
	assert_int_equal(count(s, "SELECT count(*) FROM fund_line WHERE reverses IS NOT NULL"), 1);
	assert_int_equal(count(s, "SELECT id FROM sale WHERE voided_at IS NOT NULL"), id);
	/* The journal names what was undone. */
	assert_int_equal(count(s, "SELECT count(*) FROM journal AS undoing JOIN journal AS done"
				  " ON done.seq = undoing.undoes"
				  " WHERE undoing.kind = 'departure.undo'"
				  " AND done.kind = 'sale.make'"),
		1);
	assert_refused(undo(s, item), &s->err, UNDO_LATER);
	/* It can be sold after all. */
	sell(s, item, 0, SALE_FOR_YUAN);
	assert_retired(s, item, RETIRE_SOLD);
}

TEST(points_go_back_to_the_buyer, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 200, 0), resident = shop_resident(s);

	moves_give_points(s, resident, 250);
	sell(s, item, resident, SALE_FOR_POINTS);
	assert_int_equal(moves_points(s, resident), 50);
	assert_ok(undo(s, item), &s->err);
	assert_int_equal(moves_points(s, resident), 250);
	assert_int_equal(moves_pool(s), 0);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
	assert_on_shelf(s, item);
}

TEST(a_swap_gives_each_their_own_again, shop)
{
	struct shop *s = *state;
	int64_t out = moves_worth(s, 30, 0), resident = shop_resident(s), id;
	struct swap_draft draft = { resident, moves_arrival(s, "电饭锅", 20, 0), out };
	struct swap swap;

	moves_give_points(s, resident, 10);
	assert_ok(swap_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_int_equal(moves_points(s, resident), 0);
	assert_ok(undo(s, out), &s->err);
	assert_on_shelf(s, out);
	assert_int_equal(moves_points(s, resident), 10);
	assert_ok(swap_get(s->db, id, &swap, &s->err), &s->err);
	CLEANUP(item_finish) struct item came = moves_item(s, swap.item_in);
	assert_int_equal(came.status, ITEM_RETIRED);
}

TEST(a_swap_stands_once_something_has_happened_to_what_came_in, shop)
{
	struct shop *s = *state;
	int64_t out = moves_worth(s, 20, 0), resident = shop_resident(s), id;
	struct swap_draft draft = { resident, moves_arrival(s, "电饭锅", 20, 0), out };
	struct act because = { .role = ROLE_VOLUNTEER, .why = "坏了" };
	struct swap swap;

	assert_ok(swap_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(swap_get(s->db, id, &swap, &s->err), &s->err);
	assert_ok(
		item_set_status(s->db, &because, swap.item_in, ITEM_MAINTENANCE, &s->err), &s->err);
	assert_refused(undo(s, out), &s->err, UNDO_LATER);
}

TEST(a_gift_does_not_count_once_it_is_taken_back, shop)
{
	struct shop *s = *state;
	int64_t first = moves_worth(s, 0, 0), second = moves_worth(s, 0, 0), id;
	int64_t resident = shop_resident(s);

	moves_set(s, SETTING_GIVE_AWAY_MAX, "1");
	assert_ok(giveaway_make(s->db, &by_volunteer,
			  &(struct giveaway_draft){ first, resident, NULL }, &id, &s->err),
		&s->err);
	assert_ok(undo(s, first), &s->err);
	assert_on_shelf(s, first);
	assert_ok(giveaway_make(s->db, &by_volunteer,
			  &(struct giveaway_draft){ second, resident, NULL }, &id, &s->err),
		&s->err);
}

TEST(a_kit_comes_back_with_what_it_holds, shop)
{
	struct shop *s = *state;
	int64_t kit = moves_worth(s, 0, 900), other = moves_worth(s, 0, 100);
	int64_t first = shop_item(s, s->tool), second = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, first, &s->err), &s->err);
	assert_ok(kit_add(s->db, &by_volunteer, kit, second, &s->err), &s->err);
	sell(s, other, 0, SALE_FOR_YUAN); /* in the same second */
	sell(s, kit, 0, SALE_FOR_YUAN);
	assert_ok(undo(s, kit), &s->err);
	CLEANUP(item_list_finish) struct item_list inside = { 0 };
	assert_ok(items_in_kit(s->db, kit, &inside, &s->err), &s->err);
	assert_int_equal(inside.count, 2);
	assert_on_shelf(s, first);
	assert_retired(s, other, RETIRE_SOLD);
}

TEST(only_on_its_day_and_by_a_volunteer, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 0, 2500);

	sell(s, item, 0, SALE_FOR_YUAN);
	assert_refused(departure_undo(s->db, &by_resident, item, &s->err), &s->err, ROLE_NEEDED);
	shop_set_clock(s, "2026-11-22T09:00");
	assert_refused(undo(s, item), &s->err, UNDO_OTHER_DAY);
	assert_int_equal(undo(s, 4711), ERR_NOT_FOUND);
}

/* A word for each way in which an item leaves; only what is scrapped reads as scrap. */
TEST(what_was_sold_swapped_or_given_away_reads_so_until_it_is_back, shop)
{
	struct shop *s = *state;
	static const char *const words[RETIRE_CAUSE_COUNT] = { "has worn out", "was lost",
		"was sold for charity", "was given away", "was swapped", "was donated on" };

	for (int cause = 0; cause < RETIRE_CAUSE_COUNT; cause++) {
		int64_t id = moves_worth(s, 10, 0);
		assert_ok(item_retire(s->db, &by_volunteer, id, (enum retire_cause)cause, &s->err),
			&s->err);
		CLEANUP(item_finish) struct item item = moves_item(s, id);
		assert_string_equal(words_item_condition(&item), words[cause]);
	}
	int64_t sold = moves_worth(s, 0, 2500);
	sell(s, sold, 0, SALE_FOR_YUAN);
	assert_ok(undo(s, sold), &s->err);
	CLEANUP(item_finish) struct item back = moves_item(s, sold);
	assert_string_equal(words_item_condition(&back), "in use");
	const struct act scrapped = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "坏了" };
	assert_ok(item_set_status(s->db, &scrapped, sold, ITEM_RETIRED, &s->err), &s->err);
	CLEANUP(item_finish) struct item scrap = moves_item(s, sold);
	assert_string_equal(words_item_condition(&scrap), "retired");
}
