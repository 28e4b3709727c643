/* rule list, rule set */
#include "core/items/lending/rule.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/items/catalogue/category.h"
#include "core/people/resident.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/pairs.h"
#include "tui/verbs/table.h"

#define ANY "-"

static const char *mode_word(int mode)
{
	return due_mode_name((enum due_mode)mode);
}

static const char *policy_word(int policy)
{
	return overdue_policy_name((enum overdue_policy)policy);
}

static const char *none_word(int index)
{
	(void)index;
	return "none";
}

#define NUMBER(member, most)                                                       \
	{                                                                          \
		PAIR(struct rule_row, member), .kind = PAIR_NUMBER, .max = (most), \
					       .may_be_blank = true                \
	}

/* rule_set decides what is allowed: these bounds only keep numbers readable. */
#define ANY_NUMBER 100000

static const struct pair keys[] = {
	NUMBER(loan_days, ANY_NUMBER),
	NUMBER(loan_hours, ANY_NUMBER),
	{ PAIR(struct rule_row, due_mode), .kind = PAIR_WORD, .word = mode_word,
		.words = DUE_MODE_COUNT, .may_be_blank = true },
	{ PAIR(struct rule_row, hard_due_on), .kind = PAIR_DAY, .word = none_word,
		.may_be_blank = true },
	NUMBER(max_items, ANY_NUMBER),
	NUMBER(max_total, ANY_NUMBER),
	NUMBER(max_renewals, ANY_NUMBER),
	NUMBER(renew_hours, ANY_NUMBER),
	NUMBER(turnaround_hours, ANY_NUMBER),
	{ PAIR(struct rule_row, overdue), .kind = PAIR_WORD, .word = policy_word,
		.words = OVERDUE_POLICY_COUNT, .may_be_blank = true },
	NUMBER(grace_days, ANY_NUMBER),
	NUMBER(suspend_days, ANY_NUMBER),
	NUMBER(suspend_cap, ANY_NUMBER),
	{ 0 },
};

/* The columns of the keys have their names as heads: what `rule set` takes is what is read here. */
static const struct table_column columns[] = {
	{ "resident_category", N_("Which residents"), false },
	{ "category", N_("Category"), false },
	{ "loan_days", "loan_days", true },
	{ "loan_hours", "loan_hours", true },
	{ "due_mode", "due_mode", false },
	{ "hard_due_on", "hard_due_on", false },
	{ "max_items", "max_items", true },
	{ "max_total", "max_total", true },
	{ "max_renewals", "max_renewals", true },
	{ "renew_hours", "renew_hours", true },
	{ "turnaround_hours", "turnaround_hours", true },
	{ "overdue", "overdue", false },
	{ "grace_days", "grace_days", true },
	{ "suspend_days", "suspend_days", true },
	{ "suspend_cap", "suspend_cap", true },
};
static_assert(ARRAY_LEN(columns) == ARRAY_LEN(keys) - 1 + 2, "a column for each key");

static int residents_code(struct db *db, int64_t id, char **ret, struct err *err)
{
	struct resident_category *all;

	int count = resident_categories(db, &all, err);
	if (count < 0)
		return count;
	*ret = NULL;
	for (int i = 0; i < count; i++)
		if (all[i].id == id)
			*ret = mem_text(all[i].code);
	resident_categories_finish(all, count);
	return 0;
}

static int add_row(struct table *table, struct db *db, const struct rule_row *row, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };
	CLEANUP(mem_free) char *residents = NULL;

	TRY(residents_code(db, row->resident_category, &residents, err));
	if (row->category)
		TRY(category_get(db, row->category, &category, err));
	table_word(table, residents, residents ? residents : ANY);
	table_word(table, category.code, category.code ? category.code : ANY);
	pairs_table(table, keys, row);
	return 0;
}

static int list_rules(struct call *call, struct err *err)
{
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };

	TRY(rule_list(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_row(call->table, call->db, &list.rows[i], err));
	return 0;
}

/* The existing row, to be changed in places, or an empty one. */
static int find_row(struct call *call, struct rule_row *row, struct err *err)
{
	CLEANUP(category_finish) struct category category = { 0 };
	CLEANUP(rule_list_finish) struct rule_list list = { 0 };
	const char *residents = call_operand(call, 0), *things = call_operand(call, 1);

	if (strcmp(residents, ANY) != 0)
		TRY(resident_category_by_code(call->db, residents, &row->resident_category, err));
	if (strcmp(things, ANY) != 0)
		TRY(category_by_code(call->db, things, &category, err));
	row->category = category.id;
	TRY(rule_list(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		if (list.rows[i].resident_category == row->resident_category &&
			list.rows[i].category == row->category)
			*row = list.rows[i];
	return 0;
}

static int set_rule(struct call *call, struct err *err)
{
	struct rule_row row = RULE_ROW_BLANK;
	int64_t id;

	TRY(find_row(call, &row, err));
	int r = pairs_read(call, 2, keys, &row, err);
	if (r != 0)
		return r;
	TRY(rule_set(call->db, &call->act, &row, &id, err));
	TRY(add_row(call->table, call->db, &row, err));
	return 0;
}

const struct verb rule_verbs[] = {
	{
		.name = "rule list",
		.help = N_("List the lending rules; an empty field is inherited"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_rules,
	},
	{
		.name = "rule set",
		.operands = { { OPERAND_TEXT, .word = N_("RESIDENTS|-") },
			{ OPERAND_TEXT, .word = N_("CATEGORY|-") },
			{ OPERAND_TEXT, TIMES_MANY, .word = N_("KEY=VALUE") } },
		.help = N_("Change a lending rule, or add one; an empty value is inherited"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = set_rule,
	},
	{ 0 },
};
