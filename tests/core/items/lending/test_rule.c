#include <string.h>

#include "core/items/reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static struct rule lookup(struct shop *s, int64_t resident_category, int64_t category)
{
	struct rule rule;

	assert_ok(rule_lookup(s->db, resident_category, category, &rule, &s->err), &s->err);
	return rule;
}

static struct rule for_drill(struct shop *s)
{
	return lookup(s, s->resident_category, s->power_tool);
}

TEST(without_any_row_the_defaults_hold, shop)
{
	struct rule rule = for_drill(*state);

	assert_int_equal(rule.unit, PERIOD_DAYS);
	assert_int_equal(rule.period, 7);
	assert_int_equal(rule.due_mode, DUE_PUSH);
	assert_false(rule.has_hard_due);
	assert_int_equal(rule.limits[0].max_items, 3);
	assert_int_equal(rule.max_total, 5);
	assert_int_equal(rule.overdue, OVERDUE_ASK);
	for (int f = 0; f < RULE_FIELD_COUNT; f++)
		assert_int_equal(rule.source[f].id, 0);
}

TEST(rows_are_asked_from_the_most_specific_to_the_global_one, shop)
{
	struct shop *s = *state;
	int64_t who = s->resident_category;

	/* Each row is written after those that it must override. */
	SHOP_RULE(s, row.grace_days = 1);
	assert_int_equal(for_drill(s).grace_days, 1);
	SHOP_RULE(s, row.resident_category = who, row.grace_days = 2);
	assert_int_equal(for_drill(s).grace_days, 2);
	SHOP_RULE(s, row.category = s->tool, row.grace_days = 3);
	assert_int_equal(for_drill(s).grace_days, 3);
	SHOP_RULE(s, row.category = s->power_tool, row.grace_days = 4);
	assert_int_equal(for_drill(s).grace_days, 4);
	SHOP_RULE(s, row.resident_category = who, row.category = s->tool, row.grace_days = 5);
	assert_int_equal(for_drill(s).grace_days, 5);
	SHOP_RULE(s, row.resident_category = who, row.category = s->power_tool, row.grace_days = 6);
	assert_int_equal(for_drill(s).grace_days, 6);
}

TEST(rows_of_others_are_not_asked, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, row.grace_days = 1);
	SHOP_RULE(s, row.resident_category = s->volunteer_category, row.grace_days = 8);
	SHOP_RULE(s, row.category = s->book, row.grace_days = 9);
	assert_int_equal(for_drill(s).grace_days, 1);
	assert_int_equal(lookup(s, s->volunteer_category, s->power_tool).grace_days, 8);
	assert_int_equal(lookup(s, s->resident_category, s->book).grace_days, 9);
	/* Of the category and of the person: the category is more specific. */
	assert_int_equal(lookup(s, s->volunteer_category, s->book).grace_days, 9);
	assert_int_equal(lookup(s, 0, 0).grace_days, 1);
}

TEST(a_blank_inherits_field_by_field_and_zero_is_zero, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, row.loan_days = 14, row.max_renewals = 3, row.suspend_days = 2,
		row.turnaround_hours = 5);
	SHOP_RULE(s, row.category = s->tool, row.max_renewals = 0, row.turnaround_hours = 12);
	SHOP_RULE(s, row.category = s->power_tool, row.turnaround_hours = 0);
	struct rule rule = for_drill(s);
	assert_int_equal(rule.turnaround_hours, 0);
	assert_int_equal(rule.max_renewals, 0);
	assert_int_equal(rule.suspend_days, 2);
	assert_int_equal(rule.period, 14);
}

TEST(days_or_hours_are_one_field, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, row.loan_days = 14);
	SHOP_RULE(s, row.category = s->tool, row.loan_hours = 4);
	struct rule rule = for_drill(s);
	assert_int_equal(rule.unit, PERIOD_HOURS);
	assert_int_equal(rule.period, 4);
	SHOP_RULE(s, row.category = s->power_tool, row.loan_days = 0);
	rule = for_drill(s);
	assert_int_equal(rule.unit, PERIOD_DAYS);
	assert_int_equal(rule.period, 0);
}

TEST(a_hard_due_date_is_inherited_and_can_be_taken_back, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, strcpy(row.hard_due_on, "2027-02-05"));
	struct rule rule = for_drill(s);
	assert_true(rule.has_hard_due);
	assert_int_equal(rule.hard_due.month, 2);
	SHOP_RULE(s, row.category = s->tool, strcpy(row.hard_due_on, "none"));
	assert_false(for_drill(s).has_hard_due);
	assert_true(lookup(s, 0, s->book).has_hard_due);
}

TEST(each_value_names_the_row_it_came_from, shop)
{
	struct shop *s = *state;
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };

	SHOP_RULE(s, row.loan_days = 14, row.max_renewals = 1);
	SHOP_RULE(s, row.resident_category = s->resident_category, row.category = s->tool,
		row.max_renewals = 2);
	assert_ok(rule_list(s->db, &list, &s->err), &s->err);
	assert_int_equal(list.count, 2);
	struct rule rule = for_drill(s);
	assert_int_equal(rule.source[RULE_PERIOD].id, list.rows[0].id);
	assert_int_equal(rule.source[RULE_MAX_RENEWALS].id, list.rows[1].id);
	assert_int_equal(rule.source[RULE_MAX_RENEWALS].category, s->tool);
	assert_int_equal(rule.source[RULE_MAX_RENEWALS].resident_category, s->resident_category);
	assert_int_equal(rule.source[RULE_OVERDUE].id, 0);
}

TEST(limits_of_the_categories_above_hold_too, shop)
{
	struct shop *s = *state;
	int64_t all = shop_category(s, "all", "全部", 0);
	int64_t kitchen = shop_category(s, "kitchen", "厨具", all);
	int64_t pot = shop_category(s, "pot", "锅", kitchen);

	SHOP_RULE(s, row.category = all, row.max_items = 4);
	SHOP_RULE(s, row.category = pot, row.max_items = 1);
	struct rule rule = lookup(s, s->resident_category, pot);
	assert_int_equal(rule.limit_count, 2);
	assert_int_equal(rule.limits[0].category, pot);
	assert_int_equal(rule.limits[0].max_items, 1);
	assert_int_equal(rule.limits[1].category, all);
	assert_int_equal(rule.limits[1].max_items, 4);

	/* A pair higher up takes precedence over a category alone lower down, as in every
	 * lookup. */
	SHOP_RULE(s, row.resident_category = s->volunteer_category, row.category = kitchen,
		row.max_items = 9);
	rule = lookup(s, s->volunteer_category, pot);
	assert_int_equal(rule.limit_count, 2);
	assert_int_equal(rule.limits[0].category, kitchen);
	assert_int_equal(rule.limits[0].max_items, 9);
	assert_int_equal(rule.limits[1].category, all);
}

TEST(a_limit_for_no_category_counts_the_items_own, shop)
{
	struct shop *s = *state;

	SHOP_RULE(s, row.max_items = 2);
	struct rule rule = for_drill(s);
	assert_int_equal(rule.limit_count, 1);
	assert_int_equal(rule.limits[0].category, s->power_tool);
	assert_int_equal(rule.limits[0].max_items, 2);
}

TEST(setting_a_pair_again_replaces_its_row_whole, shop)
{
	struct shop *s = *state;
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };

	SHOP_RULE(s, row.category = s->tool, row.grace_days = 5, row.max_renewals = 9);
	SHOP_RULE(s, row.category = s->tool, row.grace_days = 6);
	assert_ok(rule_list(s->db, &list, &s->err), &s->err);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].grace_days, 6);
	assert_int_equal(list.rows[0].max_renewals, RULE_BLANK);
	assert_int_equal(for_drill(s).max_renewals, 2);
}

TEST(a_row_reads_back_as_it_was_written, shop)
{
	struct shop *s = *state;
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };
	struct rule_row row = rule_defaults;
	int64_t id;

	strcpy(row.hard_due_on, "2027-02-05");
	assert_ok(rule_set(s->db, &by_coordinator, &row, &id, &s->err), &s->err);
	assert_ok(rule_list(s->db, &list, &s->err), &s->err);
	row.id = id;
	assert_memory_equal(&list.rows[0], &row, sizeof(row));
}

static int set(struct shop *s, const struct rule_row *row)
{
	int64_t id;

	return rule_set(s->db, &by_coordinator, row, &id, &s->err);
}

TEST(nonsense_is_refused_by_name, shop)
{
	struct shop *s = *state;
	struct rule_row row = RULE_ROW_BLANK;

	row.grace_days = -2;
	assert_int_equal(set(s, &row), ERR_INVALID);
	assert_string_equal(s->err.reasons[0].text, "grace_days");
	row.grace_days = RULE_BLANK;
	row.loan_hours = 0;
	assert_int_equal(set(s, &row), ERR_INVALID);
	row.loan_hours = 3;
	row.loan_days = 3;
	assert_int_equal(set(s, &row), ERR_INVALID);
	row.loan_days = RULE_BLANK;
	row.due_mode = DUE_MODE_COUNT;
	assert_int_equal(set(s, &row), ERR_INVALID);
	row.due_mode = RULE_BLANK;
	strcpy(row.hard_due_on, "2027-02-30");
	assert_int_equal(set(s, &row), ERR_INVALID);
	row.hard_due_on[0] = '\0';
	row.category = s->tool;
	row.max_total = 3;
	assert_int_equal(set(s, &row), ERR_INVALID);
	assert_string_equal(s->err.reasons[0].text, "max_total");
	row.max_total = RULE_BLANK;
	row.category = 999;
	assert_int_equal(set(s, &row), ERR_NOT_FOUND);
}
