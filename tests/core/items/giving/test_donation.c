#include <string.h>

#include "core/items/catalogue/item.h"
#include "core/items/catalogue/kit.h"
#include "core/items/catalogue/owner.h"
#include "core/items/giving/donation.h"
#include "core/items/giving/giveaway.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/people/resident_acts.h"
#include "core/points/fund.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static int64_t journal_rows(struct shop *s)
{
	int64_t rows;

	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &rows, &s->err),
		&s->err);
	return rows;
}

static int64_t take(struct shop *s, struct donation_draft draft)
{
	int64_t id = 0;

	assert_ok(donation_take(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static struct donation get(struct shop *s, int64_t id)
{
	struct donation donation = { 0 };

	assert_ok(donation_get(s->db, id, &donation, &s->err), &s->err);
	return donation;
}

static int64_t person(struct shop *s, const char *name, const char *alias)
{
	struct resident_new draft = {
		.name = name, .alias = alias, .category = "resident", .consent_version = "2026-1"
	};
	int64_t id;

	assert_ok(resident_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

TEST(a_donation_is_one_act_and_stands_on_the_shelf, shop)
{
	struct shop *s = *state;
	const struct arrival things[] = { moves_arrival(s, "折叠梯", 30, 0),
		moves_arrival(s, "电钻", 0, 0) };
	int64_t resident = person(s, "何小明", NULL), before = journal_rows(s);

	int64_t id = take(s, (struct donation_draft){
				     .resident = resident, .things = things, .thing_count = 2 });
	assert_int_equal(journal_rows(s), before + 1);
	CLEANUP(donation_finish) struct donation d = get(s, id);
	assert_int_equal(d.number, 1);
	assert_int_equal(d.items.count, 2);
	assert_string_equal(d.items.rows[0].name, "折叠梯");
	assert_int_equal(d.items.rows[0].source, ITEM_SOURCE_DONATED);
	assert_string_equal(d.items.rows[0].shelf, "A-1");
	assert_string_equal(d.thanked, "何小明");
	assert_int_equal(d.points, 0);
	assert_int_equal(moves_points(s, resident), 0);
}

TEST(a_donor_is_thanked_as_they_wish, shop)
{
	struct shop *s = *state;
	const struct arrival thing = moves_arrival(s, "书", 0, 0);
	int64_t known = person(s, "何小明", "何先生"), plain = person(s, "黄敏仪", NULL);
	const struct {
		struct donation_draft draft;
		const char *thanked;
	} cases[] = {
		{ { .resident = known, .thanks = THANKS_NAME }, "何小明" },
		{ { .resident = known, .thanks = THANKS_ALIAS }, "何先生" },
		{ { .resident = plain, .thanks = THANKS_ALIAS }, "黄*仪" },
		{ { .resident = known, .thanks = THANKS_ANONYMOUS }, "" },
		{ { .name = "榕树里党支部" }, "榕树里党支部" },
		{ { .name = "李雷", .alias = "李同学", .thanks = THANKS_ALIAS }, "李同学" },
		{ { .name = "李雷", .thanks = THANKS_ANONYMOUS }, "" },
		{ { .thanks = THANKS_ANONYMOUS }, "" },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct donation_draft draft = cases[i].draft;
		draft.things = &thing;
		draft.thing_count = 1;
		CLEANUP(donation_finish) struct donation d = get(s, take(s, draft));
		assert_string_equal(d.thanked, cases[i].thanked);
	}
}

TEST(a_donor_from_outside_is_in_no_journal, shop)
{
	struct shop *s = *state;
	const struct arrival thing = moves_arrival(s, "书", 0, 0);
	int64_t found;

	take(s, (struct donation_draft){
			.name = "某某贸易行", .things = &thing, .thing_count = 1 });
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal WHERE instr(body, '贸易行') > 0",
			  NO_FIELDS, 0, &found, &s->err),
		&s->err);
	assert_int_equal(found, 0);
}

TEST(money_goes_to_the_fund, shop)
{
	struct shop *s = *state;
	int64_t fen;

	int64_t id = take(s, (struct donation_draft){ .name = "街坊", .fen = 20000 });
	CLEANUP(donation_finish) struct donation d = get(s, id);
	CLEANUP(fund_statement_finish) struct fund_statement book = { 0 };
	assert_int_equal(d.fen, 20000);
	assert_ok(fund_balance(s->db, &fen, &s->err), &s->err);
	assert_int_equal(fen, 20000);
	assert_ok(fund_statement(s->db, NULL, 1, &book, &s->err), &s->err);
	assert_int_equal(book.rows[0].kind, FUND_DONATION);
	assert_true(book.rows[0].of == id);
}

TEST(points_are_issued_only_when_the_venue_says_so, shop)
{
	struct shop *s = *state;
	const struct arrival things[] = { moves_arrival(s, "梯", 0, 0),
		moves_arrival(s, "锤", 0, 0) };
	int64_t resident = shop_resident(s);

	moves_set(s, SETTING_DONATION_POINTS, "15");
	CLEANUP(donation_finish)
	struct donation d =
		get(s, take(s, (struct donation_draft){
				       .resident = resident, .things = things, .thing_count = 2 }));
	assert_int_equal(d.points, 30);
	assert_int_equal(moves_points(s, resident), 30);
	/* Nobody from outside has an account. */
	take(s, (struct donation_draft){ .name = "街坊", .things = things, .thing_count = 1 });
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(a_book_that_is_here_is_one_more_of_its_title, shop)
{
	struct shop *s = *state;
	struct arrival book = moves_arrival(s, "岭南园林", 0, 0);

	book.draft.isbn = INT64_C(9787111075752);
	CLEANUP(donation_finish)
	struct donation first =
		get(s, take(s, (struct donation_draft){
				       .name = "街坊", .things = &book, .thing_count = 1 }));
	book.draft.terms.value_points = 12;
	CLEANUP(donation_finish)
	struct donation second =
		get(s, take(s, (struct donation_draft){
				       .name = "街坊", .things = &book, .thing_count = 1 }));
	assert_true(first.items.rows[0].title == second.items.rows[0].title);
	assert_int_equal(second.items.rows[0].terms.value_points, 12);
}

TEST(copies_are_items_of_one_title, shop)
{
	struct shop *s = *state;
	struct arrival chairs = moves_arrival(s, "折叠椅", 5, 0);

	chairs.copies = 3;
	CLEANUP(donation_finish)
	struct donation d =
		get(s, take(s, (struct donation_draft){
				       .name = "街坊", .things = &chairs, .thing_count = 1 }));
	assert_int_equal(d.items.count, 3);
	assert_true(d.items.rows[0].title == d.items.rows[2].title);
	assert_true(d.items.rows[0].id != d.items.rows[2].id);
}

TEST(what_is_no_donation_is_refused_and_leaves_nothing_behind, shop)
{
	struct shop *s = *state;
	struct arrival things[] = { moves_arrival(s, "梯", 0, 0), moves_arrival(s, "", 0, 0) };
	int64_t id, before = journal_rows(s), items;
	const struct donation_draft bad[] = {
		{ .name = "街坊" },
		{ .name = "街坊", .fen = -1, .things = things, .thing_count = 1 },
		{ .name = "", .fen = 100 },
		{ .name = "街坊", .thanks = THANKS_ALIAS, .fen = 100 },
		{ .name = "街坊", .things = things, .thing_count = 2 },
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(
			donation_take(s->db, &by_volunteer, &bad[i], &id, &s->err), ERR_INVALID);
	assert_int_equal(
		donation_take(s->db, &by_volunteer,
			&(struct donation_draft){ .resident = 4711, .fen = 100 }, &id, &s->err),
		ERR_NOT_FOUND);
	assert_int_equal(journal_rows(s), before);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM item", NO_FIELDS, 0, &items, &s->err),
		&s->err);
	assert_int_equal(items, 0);
}

TEST(donations_are_listed_the_latest_first, shop)
{
	struct shop *s = *state;
	CLEANUP(donation_list_finish) struct donation_list first = { 0 };
	CLEANUP(donation_list_finish) struct donation_list second = { 0 };

	for (int64_t fen = 100; fen <= 300; fen += 100)
		take(s, (struct donation_draft){ .name = "街坊", .fen = fen });
	assert_ok(donations(s->db, NULL, 2, &first, &s->err), &s->err);
	assert_int_equal(first.count, 2);
	assert_int_equal(first.rows[0].fen, 300);
	assert_ok(donations(s->db, &first.rows[1], 2, &second, &s->err), &s->err);
	assert_int_equal(second.count, 1);
	assert_int_equal(second.rows[0].fen, 100);
	assert_int_equal(donation_get(s->db, 4711, &second.rows[0], &s->err), ERR_NOT_FOUND);
}

/* ---- the way out ---- */

static int give(struct shop *s, const struct act *act, int64_t item, int64_t resident)
{
	int64_t id;

	return giveaway_make(
		s->db, act, &(struct giveaway_draft){ item, resident, NULL }, &id, &s->err);
}

TEST(what_is_given_away_is_retired_for_that, shop)
{
	struct shop *s = *state;
	int64_t given = shop_item(s, s->tool), on = shop_item(s, s->tool), id;
	const struct giveaway_draft body = { on, 0, "街道慈善会" };

	assert_ok(give(s, &by_volunteer, given, person(s, "何小明", NULL)), &s->err);
	assert_retired(s, given, RETIRE_GIVEN_AWAY);
	assert_ok(giveaway_make(s->db, &by_volunteer, &body, &id, &s->err), &s->err);
	assert_retired(s, on, RETIRE_DONATED_ON);
	CLEANUP(giveaway_finish) struct giveaway g = { 0 };
	assert_ok(giveaway_get(s->db, id, &g, &s->err), &s->err);
	assert_string_equal(g.receiver, "街道慈善会");
	assert_int_equal(g.number, 2);
	assert_refused(give(s, &by_volunteer, given, shop_resident(s)), &s->err, ITEM_RETIRED);
}

TEST(a_person_has_so_many_gifts_a_month, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), items[4];

	for (int i = 0; i < 4; i++)
		items[i] = shop_item(s, s->tool);
	assert_ok(give(s, &by_volunteer, items[0], resident), &s->err);
	moves_set(s, SETTING_GIVE_AWAY_MAX, "1");
	assert_refused(give(s, &by_volunteer, items[1], resident), &s->err, LIMIT_GIVEN);
	assert_int_equal(s->err.reasons[0].n1, 1);
	assert_ok(give(s, &by_override, items[1], resident), &s->err);
	assert_ok(give(s, &by_volunteer, items[2], shop_resident(s)), &s->err);
	shop_set_clock(s, "2026-12-01T09:00");
	assert_ok(give(s, &by_volunteer, items[3], resident), &s->err);
}

TEST(what_is_not_ours_or_not_here_is_not_given_away, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s), out = shop_item(s, s->tool), loan;
	int64_t owned = shop_item(s, s->tool), broken = shop_item(s, s->tool);
	const struct loan_request request = { .item = out, .resident = resident };
	const struct act because = { .role = ROLE_VOLUNTEER, .why = "坏了" };

	assert_ok(loan_open(s->db, &by_volunteer, &request, &loan, &s->err), &s->err);
	assert_refused(give(s, &by_volunteer, out, resident), &s->err, ITEM_OUT_OTHER);
	assert_refused(give(s, &by_override, out, resident), &s->err, ITEM_OUT_OTHER);
	assert_ok(
		owners_set(s->db, &by_volunteer, owned, &(struct owner){ resident, 1 }, 1, &s->err),
		&s->err);
	assert_refused(give(s, &by_volunteer, owned, resident), &s->err, ITEM_OWNED);
	assert_ok(give(s, &by_override, owned, resident), &s->err);
	assert_ok(item_set_status(s->db, &because, broken, ITEM_MAINTENANCE, &s->err), &s->err);
	assert_refused(give(s, &by_volunteer, broken, resident), &s->err, ITEM_MAINTENANCE);
	assert_ok(item_retire(s->db, &by_volunteer, broken, RETIRE_WORN_OUT, &s->err), &s->err);
	assert_retired(s, broken, RETIRE_WORN_OUT);
	assert_int_equal(
		item_retire(s->db, &by_volunteer, 4711, RETIRE_LOST, &s->err), ERR_NOT_FOUND);
}

TEST(a_kit_goes_with_all_that_it_holds, shop)
{
	struct shop *s = *state;
	int64_t kit = shop_item(s, s->tool), part = shop_item(s, s->tool);

	assert_ok(kit_add(s->db, &by_volunteer, kit, part, &s->err), &s->err);
	assert_refused(give(s, &by_volunteer, part, shop_resident(s)), &s->err, ITEM_IN_KIT);
	assert_ok(give(s, &by_volunteer, kit, shop_resident(s)), &s->err);
	assert_retired(s, kit, RETIRE_GIVEN_AWAY);
	assert_retired(s, part, RETIRE_GIVEN_AWAY);
}

TEST(an_item_in_use_again_has_no_cause_any_more, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool);
	enum retire_cause cause;

	assert_ok(item_retire(s->db, &by_volunteer, item, RETIRE_LOST, &s->err), &s->err);
	assert_ok(item_set_status(s->db, &by_volunteer, item, ITEM_ACTIVE, &s->err), &s->err);
	CLEANUP(item_finish) struct item again = moves_item(s, item);
	assert_int_equal(again.cause, RETIRE_CAUSE_COUNT);
	for (int i = 0; i < RETIRE_CAUSE_COUNT; i++) {
		assert_ok(retire_cause_parse(
				  retire_cause_name((enum retire_cause)i), &cause, &s->err),
			&s->err);
		assert_int_equal(cause, i);
	}
}
