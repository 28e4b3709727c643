/* backup FILE */
#include "core/store/backup.h"

#include "tui/i18n.h"
#include "tui/verbs/verb.h"

static int backup(struct call *call, struct err *err)
{
	struct db *db;

	TRY(call_db(call, &db, err));
	return backup_write(db, call_operand(call, 0), call_has(call, "replace"), err);
}

const struct verb backup_verbs[] = {
	{
		.name = "backup",
		.usage = N_("FILE"),
		.help = N_("Write a whole, checked copy of the database"),
		.min = 1,
		.max = 1,
		.takes = VERB_OUTPUT,
		.run = backup,
	},
	{ 0 },
};
