/* setting list|set */
#include "core/site/setting.h"
#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const struct table_column columns[] = {
	{ "name", N_("Setting"), false },
	{ "value", N_("As it is"), false },
	{ "help", N_("What"), false },
};

static int list_settings(struct call *call, struct err *err)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		CLEANUP(mem_free) char *value = NULL;
		TRY(setting_text(call->db, (enum setting)i, &value, err));
		table_text(call->table, setting_table[i].name);
		table_text(call->table, value);
		table_text(call->table, _(setting_table[i].help));
	}
	return 0;
}

static int set_setting(struct call *call, struct err *err)
{
	enum setting setting;

	TRY(setting_by_name(call_operand(call, 0), &setting, err));
	return setting_set(call->db, &call->act, setting, call_operand(call, 1), err);
}

const struct verb setting_verbs[] = {
	{
		.name = "setting list",
		.help = N_("List what the house has decided once for all"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_settings,
	},
	{
		.name = "setting set",
		.operands = { { OPERAND_TEXT, .word = NC_("thing", "NAME") },
			{ OPERAND_TEXT, .word = N_("VALUE") } },
		.help = N_("Change a setting"),
		.takes = VERB_ACT | VERB_KEY,
		.run = set_setting,
	},
	{ 0 },
};
