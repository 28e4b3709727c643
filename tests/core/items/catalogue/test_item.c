#include <string.h>

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/store/act_reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static struct item get(struct shop *s, int64_t id)
{
	struct item item = { 0 };

	assert_ok(item_get(s->db, id, &item, &s->err), &s->err);
	return item;
}

static enum item_status status_of(struct shop *s, int64_t id)
{
	CLEANUP(item_finish) struct item item = get(s, id);

	return item.status;
}

static int64_t lend(struct shop *s, int64_t item, int64_t resident)
{
	struct loan_request request = { item, resident, 0 };
	int64_t loan = 0;

	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	return loan;
}

static int count(struct shop *s, struct item_filter filter)
{
	CLEANUP(item_list_finish) struct item_list list = { 0 };

	filter.limit = 100;
	assert_ok(item_find(s->db, &filter, &list, &s->err), &s->err);
	return list.count;
}

TEST(numbers_count_up_and_print_with_six_digits, shop)
{
	struct shop *s = *state;
	CLEANUP(item_finish) struct item first = get(s, shop_item(s, s->tool));
	CLEANUP(item_finish) struct item second = get(s, shop_item(s, s->tool));
	char text[ITEM_NUMBER_SIZE];

	assert_int_equal(first.number, 1);
	assert_int_equal(second.number, 2);
	item_number_format(second.number, text);
	assert_string_equal(text, "000002");
	item_number_format(999999999, text);
	assert_string_equal(text, "999999999");
	item_number_format(0, text); /* nothing without an item has a number */
	assert_string_equal(text, "");
}

TEST(an_item_shows_its_title_category_and_loan, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), title = shop_title(s, "折叠梯", s->power_tool), id;
	struct item_draft draft = { .title = title, .shelf = "A-3" };

	assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	CLEANUP(item_finish) struct item on_shelf = get(s, id);
	assert_string_equal(on_shelf.name, "折叠梯");
	assert_string_equal(on_shelf.shelf, "A-3");
	assert_string_equal(on_shelf.category_code, "power-tool");
	assert_int_equal(on_shelf.added_at, s->clock.set_wall);
	assert_int_equal(on_shelf.loan, 0);

	int64_t loan = lend(s, id, resident);
	CLEANUP(item_finish) struct item out = { 0 };
	assert_ok(item_by_number(s->db, on_shelf.number, &out, &s->err), &s->err);
	assert_int_equal(out.id, id);
	assert_int_equal(out.loan, loan);
	assert_int_equal(out.loan_resident, resident);
	assert_instant(out.loan_due_at, "2026-11-28T21:00");
	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
	CLEANUP(item_finish) struct item back = get(s, id);
	assert_int_equal(back.loan, 0);
}

TEST(a_status_other_than_active_needs_a_reason, shop)
{
	struct shop *s = *state;
	int64_t id = shop_item(s, s->tool);
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "电线破损" };

	assert_refused(item_set_status(s->db, &by_volunteer, id, ITEM_MAINTENANCE, &s->err),
		&s->err, WHY_NEEDED);
	assert_ok(item_set_status(s->db, &because, id, ITEM_MAINTENANCE, &s->err), &s->err);
	assert_int_equal(status_of(s, id), ITEM_MAINTENANCE);
	assert_ok(item_set_status(s->db, &by_volunteer, id, ITEM_ACTIVE, &s->err), &s->err);
	assert_int_equal(status_of(s, id), ITEM_ACTIVE);
	assert_int_equal(
		item_set_status(s->db, &because, 4711, ITEM_RETIRED, &s->err), ERR_NOT_FOUND);
}

TEST(what_is_out_can_be_missing_but_not_retired, shop)
{
	struct shop *s = *state;
	int64_t id = shop_item(s, s->tool), loan = lend(s, id, shop_resident(s));
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "联系不上" };

	assert_refused(item_set_status(s->db, &because, id, ITEM_RETIRED, &s->err), &s->err,
		ITEM_OUT_OTHER);
	assert_refused(item_set_status(s->db, &because, id, ITEM_MAINTENANCE, &s->err), &s->err,
		ITEM_OUT_OTHER);
	assert_ok(item_set_status(s->db, &because, id, ITEM_MISSING, &s->err), &s->err);
	/* And is found again when it comes back. */
	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
	assert_int_equal(status_of(s, id), ITEM_ACTIVE);
}

TEST(items_are_found_by_title_and_by_number, shop)
{
	struct shop *s = *state;

	for (int i = 0; i < 12; i++)
		shop_item(s, i % 2 ? s->power_tool : s->book);
	assert_int_equal(count(s, (struct item_filter){ .words = "cjz" }), 12);
	assert_int_equal(count(s, (struct item_filter){ .words = "击" }), 12);
	assert_int_equal(count(s, (struct item_filter){ .words = "锤" }), 0);
	assert_int_equal(count(s, (struct item_filter){ .words = "000007" }), 1);
	assert_int_equal(count(s, (struct item_filter){ .words = "7" }), 1);
	assert_int_equal(count(s, (struct item_filter){ .category = s->tool }), 6);
}

TEST(items_out_on_the_shelf_and_retired_are_told_apart, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), items[4];
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "坏了" };

	for (int i = 0; i < 4; i++)
		items[i] = shop_item(s, s->tool);
	lend(s, items[0], resident);
	assert_ok(item_set_status(s->db, &because, items[3], ITEM_RETIRED, &s->err), &s->err);
	assert_int_equal(count(s, (struct item_filter){ .where = ITEM_OUT }), 1);
	assert_int_equal(count(s, (struct item_filter){ .where = ITEM_ON_SHELF }), 2);
	assert_int_equal(count(s, (struct item_filter){ 0 }), 3);
	assert_int_equal(count(s, (struct item_filter){ .with_retired = true }), 4);
	CLEANUP(item_finish) struct item one = get(s, items[1]);
	assert_int_equal(count(s, (struct item_filter){ .title = one.title }), 1);
}

TEST(pages_go_by_pinyin_then_number, shop)
{
	struct shop *s = *state;
	CLEANUP(item_list_finish) struct item_list first = { 0 };
	CLEANUP(item_list_finish) struct item_list second = { 0 };
	struct item_filter filter = { .limit = 3 };

	for (int i = 0; i < 5; i++)
		shop_item(s, s->tool);
	assert_ok(item_find(s->db, &filter, &first, &s->err), &s->err);
	filter.after = &first.rows[2];
	assert_ok(item_find(s->db, &filter, &second, &s->err), &s->err);
	assert_int_equal(first.count, 3);
	assert_int_equal(second.count, 2);
	assert_int_equal(second.rows[0].number, 4);
}

TEST(an_item_needs_a_title_and_a_clean_shelf, shop)
{
	struct shop *s = *state;
	struct item_draft draft = { 4711, NULL };
	int64_t id;

	assert_int_equal(item_add(s->db, &by_volunteer, &draft, &id, &s->err), ERR_NOT_FOUND);
	draft = (struct item_draft){ shop_title(s, "梯", s->tool), "A\x07" };
	assert_int_equal(item_add(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
	assert_refused(item_add(s->db, &by_resident, &(struct item_draft){ draft.title, NULL }, &id,
			       &s->err),
		&s->err, ROLE_NEEDED);
}

TEST(statuses_have_names, shop)
{
	struct shop *s = *state;
	int64_t id = shop_item(s, s->tool);
	struct act act = by_volunteer;

	act.why = "盘点";
	for (int i = 0; i < ITEM_STATUS_COUNT; i++) {
		CLEANUP(mem_free) char *kept = NULL;
		assert_ok(item_set_status(s->db, &act, id, (enum item_status)i, &s->err), &s->err);
		assert_int_equal(status_of(s, id), i);
		assert_ok(db_text(s->db, "SELECT status FROM item WHERE id = :id",
				  FIELDS(F_INT("id", id)), &kept, &s->err),
			&s->err);
		assert_string_equal(kept, item_status_name((enum item_status)i));
	}
}

TEST(what_is_known_of_an_item_reads_back, shop)
{
	struct shop *s = *state;
	int64_t id, title = shop_title(s, "血压计", s->tool);
	const struct item_draft draft = {
		.title = title,
		.zone = "共享书屋",
		.shelf = "A-3",
		.source = ITEM_SOURCE_PROJECT,
		.project = "社区微实事 2026",
		.cost_fen = 39900,
		.expires_on = "2027-03-31",
		.inspected_until_on = "2026-12-31",
	};

	assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	CLEANUP(item_finish) struct item item = get(s, id);
	assert_string_equal(item.zone, "共享书屋");
	assert_int_equal(item.source, ITEM_SOURCE_PROJECT);
	assert_string_equal(item.project, "社区微实事 2026");
	assert_int_equal(item.cost_fen, 39900);
	assert_string_equal(item.expires_on, "2027-03-31");
	assert_string_equal(item.inspected_until_on, "2026-12-31");

	struct item_draft edited = item_draft_of(&item);
	edited.shelf = "B-1";
	edited.expires_on = NULL;
	assert_ok(item_edit(s->db, &by_volunteer, id, &edited, &s->err), &s->err);
	CLEANUP(item_finish) struct item after = get(s, id);
	assert_string_equal(after.shelf, "B-1");
	assert_string_equal(after.zone, "共享书屋");
	assert_string_equal(after.expires_on, "");
	assert_string_equal(after.inspected_until_on, "2026-12-31");
	assert_int_equal(after.number, item.number);
	assert_int_equal(after.added_at, item.added_at);
}

TEST(what_cannot_be_true_of_an_item_is_refused, shop)
{
	struct shop *s = *state;
	int64_t title = shop_title(s, "药箱", s->tool), id;
	const struct item_draft bad[] = {
		{ .title = title, .expires_on = "2027-02-30" },
		{ .title = title, .inspected_until_on = "31.12.2026" },
		{ .title = title, .cost_fen = -1 },
		{ .title = title, .zone = "a\x1b[2J" },
		{ .title = title, .shelf = "123456789012345678901" },
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(
			item_add(s->db, &by_volunteer, &bad[i], &id, &s->err), ERR_INVALID);
	const struct item_draft draft = { .title = title };
	assert_int_equal(item_edit(s->db, &by_volunteer, 4711, &draft, &s->err), ERR_NOT_FOUND);
}

static int64_t add_at(struct shop *s, const char *zone, const char *shelf, enum item_source source)
{
	struct item_draft draft = { .title = shop_title(s, "锤子", s->tool),
		.zone = zone,
		.shelf = shelf,
		.source = source };
	int64_t id;

	assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

TEST(items_are_found_by_their_place, shop)
{
	struct shop *s = *state;

	add_at(s, "书屋", "A-1", ITEM_SOURCE_UNKNOWN);
	add_at(s, "书屋", "A-2", ITEM_SOURCE_UNKNOWN);
	add_at(s, "小屋", "A-1", ITEM_SOURCE_UNKNOWN);
	assert_int_equal(count(s, (struct item_filter){ .zone = "书屋" }), 2);
	assert_int_equal(count(s, (struct item_filter){ .shelf = "A-1" }), 2);
	assert_int_equal(count(s, (struct item_filter){ .zone = "书屋", .shelf = "A-1" }), 1);
	assert_int_equal(count(s, (struct item_filter){ .zone = "书屋", .words = "cz" }), 2);
	assert_int_equal(count(s, (struct item_filter){ .zone = "" }), 0);
}

TEST(assets_are_what_a_project_paid_for, shop)
{
	struct shop *s = *state;
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "坏了" };

	add_at(s, "", "", ITEM_SOURCE_BOUGHT);
	add_at(s, "", "", ITEM_SOURCE_UNKNOWN);
	add_at(s, "", "", ITEM_SOURCE_DONATED);
	add_at(s, "", "", ITEM_SOURCE_PROJECT);
	int64_t gone = add_at(s, "", "", ITEM_SOURCE_PROJECT);
	assert_ok(item_set_status(s->db, &because, gone, ITEM_RETIRED, &s->err), &s->err);
	assert_int_equal(count(s, (struct item_filter){ .is_asset = true }), 1);
	/* A retired item is still in the books. */
	assert_int_equal(
		count(s, (struct item_filter){ .is_asset = true, .with_retired = true }), 2);
}

TEST(names_of_sources_read_back, shop)
{
	struct shop *s = *state;
	int64_t id, title = shop_title(s, "梯", s->tool);

	for (int i = 0; i < ITEM_SOURCE_COUNT; i++) {
		const struct item_draft draft = { .title = title, .source = (enum item_source)i };
		CLEANUP(mem_free) char *kept = NULL;
		assert_ok(item_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
		CLEANUP(item_finish) struct item item = get(s, id);
		assert_int_equal(item.source, i);
		assert_ok(db_text(s->db, "SELECT ifnull(source, '') FROM item WHERE id = :id",
				  FIELDS(F_INT("id", id)), &kept, &s->err),
			&s->err);
		assert_string_equal(kept, item_source_name((enum item_source)i));
	}
}
