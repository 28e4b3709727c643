/* earn-rule list|set|end: how points are earned, as a coordinator keeps it */
#include "core/points/earn_rule.h"

#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/pairs.h"
#include "tui/verbs/table.h"

static const char *source_word(int source)
{
	return earn_source_name((enum earn_source)source);
}

static const char *per_word(int per)
{
	return earn_per_name((enum earn_per)per);
}

static const char *approver_word(int approver)
{
	return earn_approver_name((enum earn_approver)approver);
}

static const char *payer_word(int payer)
{
	return earn_payer_name((enum earn_payer)payer);
}

#define NUMBER(member, most)                                                       \
	{                                                                          \
		PAIR(struct earn_rule, member), .kind = PAIR_NUMBER, .max = (most) \
	}
#define WORD(member, name_of, count)                                                  \
	{                                                                             \
		PAIR(struct earn_rule, member), .kind = PAIR_WORD, .word = (name_of), \
						.words = (count)                      \
	}

static const struct pair keys[] = {
	{ PAIR(struct earn_rule, name), .kind = PAIR_TEXT },
	WORD(source, source_word, EARN_SOURCE_COUNT),
	WORD(per, per_word, EARN_PER_COUNT),
	NUMBER(points, POINTS_MAX),
	NUMBER(cap_day, POINTS_MAX),
	NUMBER(cap_once, POINTS_MAX),
	NUMBER(night_percent, 1000),
	NUMBER(holiday_percent, 1000),
	WORD(approver, approver_word, EARN_APPROVER_COUNT),
	WORD(payer, payer_word, EARN_PAYER_COUNT),
	{ 0 },
};

static const struct table_column columns[] = {
	{ "code", NC_("word", "Code"), false },
	{ "name", "name", false },
	{ "source", "source", false },
	{ "per", "per", false },
	{ "points", "points", true },
	{ "cap_day", "cap_day", true },
	{ "cap_once", "cap_once", true },
	{ "night_percent", "night_percent", true },
	{ "holiday_percent", "holiday_percent", true },
	{ "approver", "approver", false },
	{ "payer", "payer", false },
};
_Static_assert(ARRAY_LEN(columns) == ARRAY_LEN(keys) - 1 + 1, "a column for each key");

static void add_rule(struct table *table, const struct earn_rule *rule)
{
	table_text(table, rule->code);
	pairs_table(table, keys, rule);
}

static int list_rules(struct call *call, struct err *err)
{
	CLEANUP(earn_rule_list_finish) struct earn_rule_list list = { 0 };

	TRY(earn_rules(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		add_rule(call->table, &list.rows[i]);
	return 0;
}

static int tell(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };

	TRY(earn_rule_get(call->db, id, &rule, err));
	add_rule(call->table, &rule);
	return 0;
}

static int find(struct call *call, struct earn_rule *rule, struct err *err)
{
	const char *code = call_operand(call, 0);

	int r = earn_rule_by_code(call->db, code, rule, err);
	if (r != ERR_NOT_FOUND)
		return r;
	*rule = (struct earn_rule){
		.code = mem_text(code),
		.name = mem_text(""),
		.source = EARN_ACT,
		.per = EARN_PER_TIME,
		.night_percent = 100,
		.holiday_percent = 100,
	};
	return 0;
}

static int set(struct call *call, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	int64_t id;

	TRY(find(call, &rule, err));
	int r = pairs_read(call, 1, keys, &rule, err);
	if (r != 0)
		return r;
	TRY(earn_rule_set(call->db, &call->act, &rule, &id, err));
	return tell(call, id, err);
}

static int end(struct call *call, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };

	TRY(earn_rule_by_code(call->db, call_operand(call, 0), &rule, err));
	TRY(earn_rule_end(call->db, &call->act, rule.id, err));
	return tell(call, rule.id, err);
}

const struct verb earn_rule_verbs[] = {
	{
		.name = "earn-rule list",
		.help = N_("List how points are earned, in the words that earn-rule set takes"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_rules,
	},
	{
		.name = "earn-rule set",
		.operands = { { OPERAND_TEXT, .word = N_("CODE") },
			{ OPERAND_TEXT, TIMES_MANY, .word = N_("KEY=VALUE") } },
		.help = N_("Add a rule for earning points, or change one: name, source, per, "
			   "points …"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = set,
	},
	{
		.name = "earn-rule end",
		.operands = { { OPERAND_TEXT, .word = N_("CODE") } },
		.help = N_("A rule for earning points holds no more"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.is_record = true,
		.run = end,
	},
	{ 0 },
};
