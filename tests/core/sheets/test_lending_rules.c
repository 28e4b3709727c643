/* The wall says what is enforced: change the row, read the sheet. English words are message ids. */
#include <string.h>

#include "core/items/catalogue/guide.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/sheets/lending_rules.h"
#include "core/sheets/shelf_guide.h"
#include "core/site/setting.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

#define assert_on(text, words)                                     \
	do {                                                       \
		if (!strstr((text), (words)))                      \
			fail_msg("no \"%s\" on\n%s", words, text); \
	} while (0)

static char *wall(struct shop *s)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	assert_ok(lending_rules_build(s->db, &english, &sheet, &s->err), &s->err);
	return sheet_take_text(sheet);
}

static char *guide(struct shop *s, const char *category)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	assert_ok(shelf_guide_build(s->db, &english, category, &sheet, &s->err), &s->err);
	return sheet_take_text(sheet);
}

#define assert_on_wall(s, words)                         \
	do {                                             \
		CLEANUP(mem_free) char *text_ = wall(s); \
		assert_on(text_, words);                 \
	} while (0)
#define assert_not_on_wall(s, words)                                    \
	do {                                                            \
		CLEANUP(mem_free) char *text_ = wall(s);                \
		if (strstr(text_, words))                               \
			fail_msg("\"%s\" stands on\n%s", words, text_); \
	} while (0)

/* The row of the table that begins with `name`, up to the next row; the caller's. */
static char *row_of(const char *sheet, const char *name)
{
	const char *from = strstr(sheet, name);

	assert_non_null(from);
	const char *to = strstr(from, "\nrow");
	return mem_printf("%.*s", (int)(to ? to - from : (long)strlen(from)), from);
}

static int64_t house_category(struct shop *s)
{
	int64_t id = 0;

	assert_ok(
		category_add(s->db, &by_coordinator,
			&(struct category_draft){ "onsite", "现场使用", 0, 9, true }, &id, &s->err),
		&s->err);
	return id;
}

TEST(what_is_used_in_the_house_is_due_when_it_closes_on_the_wall_and_in_the_loan, shop)
{
	struct shop *s = *state;
	int64_t category = house_category(s), item = shop_item(s, category), loan_id = 0;
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(mem_free) char *text = wall(s);
	CLEANUP(mem_free) char *row = row_of(text, "现场使用");

	assert_on(row, "until closing time");
	assert_null(strstr(row, "7 days"));
	const struct loan_request request = { .item = item, .resident = shop_resident(s) };
	assert_ok(loan_open(s->db, &by_resident, &request, &loan_id, &s->err), &s->err);
	assert_ok(loan_get(s->db, loan_id, &loan, &s->err), &s->err);
	assert_instant(loan.due_at, "2026-11-21T21:00");
}

/* Each field of a rule: a row with a value that nothing else has, and the words for it. */
TEST(each_number_of_a_rule_is_on_the_wall_as_it_is_enforced, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, row.category = s->tool, row.loan_days = 41, row.max_items = 43,
		row.max_renewals = 44, row.renew_hours = 45, row.turnaround_hours = 46,
		row.overdue = OVERDUE_BLOCK, row.grace_days = 47, row.suspend_days = 48,
		row.suspend_cap = 49, row.due_mode = DUE_SKIP,
		strcpy(row.hard_due_on, "2027-01-30"));
	SHOP_RULE(s, row.max_total = 42);
	CLEANUP(mem_free) char *text = wall(s);
	static const char *const words[] = { "41 days", "up to 42 things", "up to 43", "44 times",
		"45 h before the due time", "rests for 46 h", "47 days of grace",
		"no borrowing for 48 days for each day late, 49 days at most",
		"no new loans until it is back", "工具: days when we are closed do not count",
		"2027" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_on(text, words[i]);
}

TEST(a_rule_in_hours_and_one_that_lends_nothing_are_on_the_wall, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, row.category = s->tool, row.loan_hours = 24);
	SHOP_RULE(s, row.category = s->book, row.max_items = 0);
	CLEANUP(mem_free) char *text = wall(s);
	CLEANUP(mem_free) char *tools = row_of(text, "工具");
	CLEANUP(mem_free) char *books = row_of(text, "图书");
	assert_on(tools, "24 h");
	assert_on(books, "not lent");
}

TEST(what_holds_for_some_residents_only_is_on_the_wall_with_their_name, shop)
{
	struct shop *s = *state;

	assert_not_on_wall(s, "Otherwise for some");
	SHOP_RULE(s, row.resident_category = s->volunteer_category, row.max_total = 8);
	SHOP_RULE(s, row.resident_category = s->volunteer_category, row.category = s->power_tool,
		row.max_items = 0);
	CLEANUP(mem_free) char *text = wall(s);
	const char *table = strstr(text, "Otherwise for some");
	assert_non_null(table);
	assert_on(table, "志愿者");
	assert_on(table, "8 in all at a time");
	CLEANUP(mem_free) char *row = row_of(table, "电动工具");
	assert_on(row, "not lent");
}

TEST(deposits_and_when_they_come_back_are_on_the_wall, shop)
{
	struct shop *s = *state;
	struct item_draft item = { 0 };
	struct title_draft title = { .name = "血压计", .category = s->tool, .terms.deposit = 150 };
	int64_t id;

	assert_not_on_wall(s, "as a deposit");
	assert_ok(title_add(s->db, &by_volunteer, &title, &item.title, &s->err), &s->err);
	assert_not_on_wall(s, "as a deposit");
	assert_ok(item_add(s->db, &by_volunteer, &item, &id, &s->err), &s->err);
	assert_on_wall(s, "工具: 150 points");
	title.terms.deposit = 20;
	assert_ok(title_add(s->db, &by_volunteer, &title, &item.title, &s->err), &s->err);
	assert_ok(item_add(s->db, &by_volunteer, &item, &id, &s->err), &s->err);
	assert_on_wall(s, "工具: 20–150 points");
	moves_set(s, SETTING_DEPOSIT_LOOK_HOURS, "17");
	assert_on_wall(s, "after 17 open hours");
}

TEST(what_is_in_demand_is_lent_for_less_on_the_wall_too, shop)
{
	struct shop *s = *state;
	struct item_draft item = { 0 };
	const struct title_draft title = {
		.name = "投影仪", .category = s->tool, .terms.short_days = 2
	};
	int64_t id;

	assert_not_on_wall(s, "in demand");
	assert_ok(title_add(s->db, &by_volunteer, &title, &item.title, &s->err), &s->err);
	assert_ok(item_add(s->db, &by_volunteer, &item, &id, &s->err), &s->err);
	assert_on_wall(s, "in demand");
	assert_on_wall(s, "工具: 2 days");
}

TEST(the_guide_of_what_stays_in_the_house_says_nothing_of_renewing_or_reserving, shop)
{
	struct shop *s = *state;

	house_category(s);
	CLEANUP(mem_free) char *text = guide(s, "onsite");
	assert_on(text, "until closing time");
	assert_null(strstr(text, "renewing is possible"));
	assert_null(strstr(text, "pick-up shelf"));
	assert_null(strstr(text, "next open day"));
	CLEANUP(mem_free) char *tools = guide(s, "tool");
	assert_on(tools, "renewing is possible");
	assert_on(tools, "pick-up shelf");
}

TEST(the_four_ways_are_on_the_wall_with_their_settings, shop)
{
	struct shop *s = *state;
	static const struct {
		enum setting setting;
		const char *value, *words;
	} settings[] = {
		{ SETTING_HOLD_DAYS, "11", "waits 11 open days" },
		{ SETTING_RECALL_DAYS, "12", "12 days at least" },
		{ SETTING_DONATION_POINTS, "13", "thanked with 13 points" },
		{ SETTING_GIVE_AWAY_MAX, "14", "14 things a month" },
	};

	assert_on_wall(s, "Borrow and return");
	assert_on_wall(s, "Swap");
	assert_on_wall(s, "Donate");
	assert_on_wall(s, "Sell and give away");
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		assert_not_on_wall(s, settings[i].words);
		moves_set(s, settings[i].setting, settings[i].value);
		assert_on_wall(s, settings[i].words);
	}
}

/* ---- the guide at each shelf ---- */

static void write_guide(struct shop *s, int64_t category, const char *title, const char *line)
{
	const struct guide_draft draft = { title, &line, 1 };

	assert_ok(guide_set(s->db, &by_coordinator, category, &draft, &s->err), &s->err);
}

TEST(each_category_has_its_own_guide_or_that_of_the_one_above, shop)
{
	struct shop *s = *state;

	write_guide(s, s->book, "共享书屋使用指引", "看完放回原处");
	write_guide(s, s->tool, "共享工具使用指引", "用完擦干净");
	CLEANUP(mem_free) char *books = guide(s, "book");
	CLEANUP(mem_free) char *tools = guide(s, "tool");
	CLEANUP(mem_free) char *power_tools = guide(s, "power-tool");
	assert_on(books, "共享书屋使用指引");
	assert_on(books, "看完放回原处");
	assert_on(tools, "共享工具使用指引");
	assert_on(tools, "用完擦干净");
	assert_null(strstr(tools, "看完放回原处"));
	assert_null(strstr(tools, "图书"));
	assert_on(power_tools, "用完擦干净");
	assert_on(power_tools, "How to use: 电动工具");
	write_guide(s, s->tool, NULL, "");
	CLEANUP(mem_free) char *bare = guide(s, "tool");
	assert_null(strstr(bare, "用完擦干净"));
	assert_on(bare, "How to use: 工具");
	assert_on(bare, "Borrow: scan your card");
}

TEST(the_numbers_below_a_guide_are_those_of_its_rules, shop)
{
	struct shop *s = *state;

	write_guide(s, s->tool, NULL, "用完擦干净");
	SHOP_RULE(s, row.category = s->tool, row.loan_days = 41);
	SHOP_RULE(s, row.category = s->book, row.loan_days = 31);
	CLEANUP(mem_free) char *tools = guide(s, "tool");
	assert_on(tools, "41 days");
	assert_null(strstr(tools, "31 days"));
}

TEST(a_guide_has_no_more_lines_than_can_be_read_standing, shop)
{
	struct shop *s = *state;
	const char *lines[GUIDE_LINES_MAX + 2] = { "一", "", "二", "三", "四", "五", "六", "七",
		"八", "九" };
	struct guide_draft draft = { "指引", lines, ARRAY_LEN(lines) };
	CLEANUP(guide_finish) struct guide kept = { 0 };

	assert_int_equal(guide_set(s->db, &by_coordinator, s->tool, &draft, &s->err), ERR_INVALID);
	draft.count--;
	s->err = (struct err){ 0 };
	assert_ok(guide_set(s->db, &by_coordinator, s->tool, &draft, &s->err), &s->err);
	assert_ok(guide_get(s->db, s->tool, &kept, &s->err), &s->err);
	assert_int_equal(kept.count, 8);
	assert_string_equal(kept.lines[1], "二");
	assert_int_equal(guide_set(s->db, &by_volunteer, s->tool, &draft, &s->err), ERR_REFUSED);
}
