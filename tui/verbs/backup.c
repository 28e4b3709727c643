/* backup FILE */
#include "core/audit/backup.h"

#include "core/audit/recover.h"
#include "tui/i18n.h"
#include "tui/verbs/verb.h"

/* Whoever has such a file can read all names: that is on the record, before it is written. */
static int record_plain(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	return r != 0 ? r : backup_record_plain(db, &act, err);
}

static int backup(struct call *call, struct err *err)
{
	const struct backup_wish wish = {
		.dir = call_context(call)->dir,
		.to = call_operand(call, 0),
		.is_plain = call_has(call, "plain"),
		.may_replace = call_has(call, "replace"),
	};
	struct db *db;

	if (wish.is_plain) {
		int r = record_plain(call, err);
		if (r != 0)
			return r;
	}
	TRY(call_db(call, &db, err));
	return backup_make(db, &wish, err);
}

static const struct verb_option options[] = {
	{ "plain", NULL,
		N_("As a database that other tools read, too, instead of sealed; on the record") },
	{ 0 },
};

const struct verb backup_verbs[] = {
	{
		.name = "backup",
		.usage = N_("FILE"),
		.help = N_("Write a whole, checked, sealed copy of the venue"),
		.min = 1,
		.max = 1,
		.takes = VERB_OUTPUT | VERB_STAFF | VERB_SERVICE,
		.options = options,
		.run = backup,
	},
	{ 0 },
};
