/* setting list|set */
#include "core/site/setting.h"
#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

static const struct table_column columns[] = {
	{ "name", N_("Setting"), false },
	{ "value", N_("As it is"), false },
	{ "help", N_("What"), false },
};

static int list_settings(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct db *db;

	TRY(call_db(call, &db, err));
	for (int i = 0; i < SETTING_COUNT; i++) {
		CLEANUP(mem_free) char *value = NULL;
		TRY(setting_text(db, (enum setting)i, &value, err));
		table_text(table, setting_table[i].name);
		table_text(table, value);
		table_text(table, _(setting_table[i].help));
	}
	table_print(table, call_is_json(call));
	return 0;
}

static int set_setting(struct call *call, struct err *err)
{
	enum setting setting;
	struct act act;
	struct db *db;

	TRY(setting_by_name(call_operand(call, 0), &setting, err));
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	return setting_set(db, &act, setting, call_operand(call, 1), err);
}

const struct verb setting_verbs[] = {
	{
		.name = "setting list",
		.usage = "",
		.help = N_("List what the house has decided once for all"),
		.takes = VERB_JSON,
		.run = list_settings,
	},
	{
		.name = "setting set",
		.usage = N_("NAME VALUE"),
		.help = N_("Change a setting"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.run = set_setting,
	},
	{ 0 },
};
