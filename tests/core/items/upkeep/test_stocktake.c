#include <string.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/items/upkeep/stocktake_list.h"
#include "core/store/role_reasons.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static int64_t on_shelf(struct shop *s, int64_t category, const char *zone, const char *shelf)
{
	struct item_draft draft = {
		.title = shop_title(s, "折叠梯", category), .shelf = shelf, .zone = zone
	};
	int64_t id;

	assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t start(struct shop *s, struct stocktake_scope scope)
{
	int64_t id = 0;

	assert_ok(stocktake_start(s->db, &by_volunteer, &scope, &id, &s->err), &s->err);
	return id;
}

static enum stocktake_state see(struct shop *s, int64_t id, int64_t item, const char *shelf)
{
	const struct stocktake_sighting seen = { id, item, "小屋", shelf };
	enum stocktake_state state;

	assert_ok(stocktake_seen(s->db, &by_volunteer, &seen, &state, &s->err), &s->err);
	return state;
}

static struct stocktake_progress progress(struct shop *s, int64_t id)
{
	struct stocktake_progress p = { 0 };

	assert_ok(stocktake_progress(s->db, id, &p, &s->err), &s->err);
	return p;
}

static int unseen(struct shop *s, int64_t id, int64_t *ret_first)
{
	CLEANUP(stocktake_lines_finish) struct stocktake_lines list = { 0 };

	assert_ok(stocktake_unseen(s->db, id, NULL, 100, &list, &s->err), &s->err);
	if (ret_first)
		*ret_first = list.count ? list.rows[0].item : 0;
	return list.count;
}

static int64_t lend(struct shop *s, int64_t item)
{
	const struct loan_request request = { .item = item, .resident = shop_resident(s) };
	int64_t loan;

	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	return loan;
}

static enum item_status status_of(struct shop *s, int64_t id)
{
	CLEANUP(item_finish) struct item item = moves_item(s, id);

	return item.status;
}

TEST(a_shelf_is_counted_with_what_stands_wrong_and_what_is_not_seen, shop)
{
	struct shop *s = *state;
	int64_t here = on_shelf(s, s->tool, "小屋", "A-1"),
		gone = on_shelf(s, s->tool, "小屋", "A-1");
	int64_t strange = on_shelf(s, s->tool, "小屋", "B-2"), first;
	CLEANUP(stocktake_lines_finish) struct stocktake_lines wrong = { 0 };

	int64_t id = start(s, (struct stocktake_scope){ 0, "小屋", "A-1" });
	assert_int_equal(progress(s, id).unseen, 2);
	assert_int_equal(see(s, id, here, "A-1"), STOCKTAKE_RIGHT);
	assert_int_equal(see(s, id, strange, "A-1"), STOCKTAKE_MISPLACED);
	struct stocktake_progress p = progress(s, id);
	assert_int_equal(p.seen, 1); /* the other was not looked for */
	assert_int_equal(p.unseen, 1);
	assert_int_equal(p.states[STOCKTAKE_MISPLACED], 1);
	assert_int_equal(unseen(s, id, &first), 1);
	assert_true(first == gone);
	assert_ok(stocktake_sights(s->db, id, STOCKTAKE_MISPLACED, NULL, 10, &wrong, &s->err),
		&s->err);
	assert_int_equal(wrong.count, 1);
	assert_string_equal(wrong.rows[0].shelf, "B-2");
	assert_string_equal(wrong.rows[0].seen_shelf, "A-1");
}

TEST(the_same_scan_again_is_no_act, shop)
{
	struct shop *s = *state;
	int64_t item = on_shelf(s, s->tool, "小屋", "A-1"), rows, again;
	int64_t id = start(s, (struct stocktake_scope){ 0 });

	see(s, id, item, "A-1");
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &rows, &s->err),
		&s->err);
	assert_int_equal(see(s, id, item, "A-1"), STOCKTAKE_RIGHT);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &again, &s->err),
		&s->err);
	assert_int_equal(rows, again);
	/* Being somewhere else counts too, and once. */
	assert_int_equal(see(s, id, item, "C-3"), STOCKTAKE_MISPLACED);
	assert_int_equal(progress(s, id).seen, 1);
	assert_int_equal(see(s, id, item, "A-1"), STOCKTAKE_RIGHT);
	assert_int_equal(progress(s, id).states[STOCKTAKE_MISPLACED], 0);
}

static void assert_place(struct shop *s, int64_t id, const char *shelf)
{
	CLEANUP(stocktake_shelf_finish) struct stocktake_shelf place = { 0 };

	assert_ok(stocktake_place(s->db, id, &place, &s->err), &s->err);
	assert_string_equal(place.zone, "小屋");
	assert_string_equal(place.shelf, shelf);
}

TEST(counting_goes_on_where_the_last_item_was_seen, shop)
{
	struct shop *s = *state;
	int64_t item = on_shelf(s, s->tool, "小屋", "A-1");
	int64_t id = start(s, (struct stocktake_scope){ 0, "小屋", "A-1" });

	assert_place(s, id, "A-1");
	see(s, id, item, "B-2");
	assert_place(s, id, "B-2");
}

TEST(what_should_not_be_there_says_so, shop)
{
	struct shop *s = *state;
	int64_t out = on_shelf(s, s->tool, "小屋", "A-1"),
		old = on_shelf(s, s->tool, "小屋", "A-1");
	int64_t lost = on_shelf(s, s->tool, "小屋", "A-1"),
		book = on_shelf(s, s->book, "小屋", "A-1");
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "盘点" };

	lend(s, out);
	assert_ok(item_retire(s->db, &by_volunteer, old, RETIRE_WORN_OUT, &s->err), &s->err);
	assert_ok(item_set_status(s->db, &because, lost, ITEM_MISSING, &s->err), &s->err);
	int64_t id = start(s, (struct stocktake_scope){ .category = s->tool });
	assert_int_equal(progress(s, id).unseen, 0);
	assert_int_equal(see(s, id, out, "A-1"), STOCKTAKE_OUT);
	assert_int_equal(see(s, id, old, "A-1"), STOCKTAKE_RETIRED);
	assert_int_equal(see(s, id, lost, "A-1"), STOCKTAKE_MISSING);
	assert_int_equal(see(s, id, book, "A-1"), STOCKTAKE_OTHER);
	assert_int_equal(progress(s, id).seen, 0);
}

TEST(a_category_counts_what_is_below_it, shop)
{
	struct shop *s = *state;
	int64_t drill = on_shelf(s, s->power_tool, "小屋", "A-1");

	on_shelf(s, s->book, "小屋", "A-1");
	int64_t id = start(s, (struct stocktake_scope){ .category = s->tool });
	assert_int_equal(progress(s, id).unseen, 1);
	assert_int_equal(see(s, id, drill, NULL), STOCKTAKE_MISPLACED);
}

TEST(nobody_says_where_and_nothing_is_misplaced, shop)
{
	struct shop *s = *state;
	int64_t placed = on_shelf(s, s->tool, "小屋", "A-1"), homeless = shop_item(s, s->tool);
	int64_t id = start(s, (struct stocktake_scope){ 0 });
	const struct stocktake_sighting nowhere = { .stocktake = id, .item = placed };
	enum stocktake_state state_is;

	assert_ok(stocktake_seen(s->db, &by_volunteer, &nowhere, &state_is, &s->err), &s->err);
	assert_int_equal(state_is, STOCKTAKE_RIGHT);
	assert_int_equal(see(s, id, homeless, "A-1"), STOCKTAKE_RIGHT);
}

TEST(what_comes_back_or_goes_out_meanwhile_is_not_looked_for, shop)
{
	struct shop *s = *state;
	int64_t back = on_shelf(s, s->tool, "小屋", "A-1"),
		goes = on_shelf(s, s->tool, "小屋", "A-1");
	int64_t loan = lend(s, back);
	int64_t id = start(s, (struct stocktake_scope){ 0 });

	s->clock.set_wall += 600;
	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
	assert_int_equal(unseen(s, id, NULL), 1);
	lend(s, goes);
	assert_int_equal(unseen(s, id, NULL), 0);
	on_shelf(s, s->tool, "小屋", "A-1"); /* new: on nobody's list */
	assert_int_equal(unseen(s, id, NULL), 0);
}

TEST(closing_keeps_the_lists_and_a_coordinator_sets_what_is_missing, shop)
{
	struct shop *s = *state;
	int64_t gone = on_shelf(s, s->tool, "小屋", "A-1"),
		found = on_shelf(s, s->tool, "小屋", "A-2");
	int64_t seen = on_shelf(s, s->tool, "小屋", "A-3"), count;
	int64_t id = start(s, (struct stocktake_scope){ 0 });
	const struct stocktake_sighting late = { id, gone, "小屋", "A-2" };
	enum stocktake_state state_is;

	see(s, id, seen, "A-3");
	assert_refused(stocktake_set_missing(s->db, &by_coordinator, id, &count, &s->err), &s->err,
		STOCKTAKE_OPEN);
	assert_ok(stocktake_close(s->db, &by_volunteer, id, &s->err), &s->err);
	assert_refused(
		stocktake_close(s->db, &by_volunteer, id, &s->err), &s->err, STOCKTAKE_CLOSED);
	assert_refused(stocktake_seen(s->db, &by_volunteer, &late, &state_is, &s->err), &s->err,
		STOCKTAKE_CLOSED);
	assert_int_equal(unseen(s, id, NULL), 2);
	s->clock.set_wall += 3600;
	lend(s, found); /* it turned up */
	assert_refused(stocktake_set_missing(s->db, &by_volunteer, id, &count, &s->err), &s->err,
		ROLE_NEEDED);
	assert_ok(stocktake_set_missing(s->db, &by_coordinator, id, &count, &s->err), &s->err);
	assert_int_equal(count, 1);
	assert_int_equal(status_of(s, gone), ITEM_MISSING);
	assert_int_equal(status_of(s, found), ITEM_ACTIVE);
	assert_int_equal(status_of(s, seen), ITEM_ACTIVE);
	assert_int_equal(unseen(s, id, NULL), 2);
	assert_ok(stocktake_set_missing(s->db, &by_coordinator, id, &count, &s->err), &s->err);
	assert_int_equal(count, 0);
}

TEST(one_is_open_at_a_time, shop)
{
	struct shop *s = *state;
	CLEANUP(stocktake_finish) struct stocktake current = { 0 };
	CLEANUP(stocktake_finish) struct stocktake latest = { 0 };
	int64_t other;

	assert_int_equal(stocktake_current(s->db, &current, &s->err), 0);
	int64_t id = start(s, (struct stocktake_scope){ 0, "小屋", NULL });
	assert_refused(stocktake_start(s->db, &by_volunteer, &(struct stocktake_scope){ 0 }, &other,
			       &s->err),
		&s->err, STOCKTAKE_OPEN);
	assert_int_equal(stocktake_current(s->db, &current, &s->err), 1);
	assert_true(current.id == id);
	assert_string_equal(current.zone, "小屋");
	assert_null(current.shelf);
	assert_ok(stocktake_close(s->db, &by_volunteer, id, &s->err), &s->err);
	assert_int_equal(stocktake_latest(s->db, &latest, &s->err), 1);
	assert_int_equal(latest.number, 1);
	assert_int_equal(stocktake_start(s->db, &by_volunteer,
				 &(struct stocktake_scope){ .category = 4711 }, &other, &s->err),
		ERR_NOT_FOUND);
	start(s, (struct stocktake_scope){ 0 });
}

TEST(pages_go_by_place, shop)
{
	struct shop *s = *state;
	static const char *const shelves[] = { "B-1", "A-2", "A-1", "A-1" };
	CLEANUP(stocktake_lines_finish) struct stocktake_lines first = { 0 };
	CLEANUP(stocktake_lines_finish) struct stocktake_lines second = { 0 };
	CLEANUP(stocktake_shelves_finish) struct stocktake_shelves places = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(shelves); i++)
		on_shelf(s, s->tool, "小屋", shelves[i]);
	int64_t id = start(s, (struct stocktake_scope){ 0 });
	assert_ok(stocktake_unseen(s->db, id, NULL, 3, &first, &s->err), &s->err);
	assert_ok(stocktake_unseen(s->db, id, &first.rows[2], 3, &second, &s->err), &s->err);
	assert_string_equal(first.rows[0].shelf, "A-1");
	assert_string_equal(first.rows[2].shelf, "A-2");
	assert_int_equal(second.count, 1);
	assert_string_equal(second.rows[0].shelf, "B-1");
	see(s, id, first.rows[0].item, "A-1");
	assert_ok(stocktake_shelves(s->db, id, &places, &s->err), &s->err);
	assert_int_equal(places.count, 3);
	assert_string_equal(places.rows[0].shelf, "A-1");
	assert_int_equal(places.rows[0].unseen, 1);
	/* The lists are the same once it is closed. */
	assert_ok(stocktake_close(s->db, &by_volunteer, id, &s->err), &s->err);
	CLEANUP(stocktake_lines_finish) struct stocktake_lines then = { 0 };
	assert_ok(stocktake_unseen(s->db, id, NULL, 2, &then, &s->err), &s->err);
	CLEANUP(stocktake_lines_finish) struct stocktake_lines rest = { 0 };
	assert_ok(stocktake_unseen(s->db, id, &then.rows[1], 9, &rest, &s->err), &s->err);
	assert_int_equal(then.count + rest.count, 3);
	assert_string_equal(rest.rows[0].shelf, "B-1");
}
