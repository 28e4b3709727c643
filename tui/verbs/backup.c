/* backup [FILE] */
#include "core/audit/backup.h"

#include <stdio.h>

#include "core/audit/keep.h"
#include "core/audit/recover.h"
#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

/* What the kiosk does by itself at night. */
static int keep(struct call *call, struct err *err)
{
	const struct context *context = call_context(call);
	const struct keep_wish wish = { .dir = context->dir,
		.stick = context->config.backup_folder };
	CLEANUP(keep_report_finish) struct keep_report report = { 0 };

	TRY(keep_run(call->db, &wish, &report, err));
	printf("%s\n", report.path);
	if (wish.stick && !report.is_on_stick)
		return call_complain(call, wish.stick, &report.stick_err);
	return 0;
}

static int backup(struct call *call, struct err *err)
{
	if (call_count(call) == 0)
		return call_has(call, "plain") || call_has(call, "replace")
			       ? call_usage(call, _("this needs a file's name"))
			       : keep(call, err);

	const struct backup_wish wish = {
		.dir = call_context(call)->dir,
		.to = call_operand(call, 0),
		.is_plain = call_has(call, "plain"),
		.may_replace = call_has(call, "replace"),
	};

	if (wish.is_plain) {
		/* Whoever has such a file can read all names: so it is journalled first. */
		int r = call_staff(call, err);
		if (r != 0)
			return r;
		TRY(backup_record_plain(call->db, &call->act, err));
	}
	return backup_make(call->db, &wish, err);
}

static const struct verb_option options[] = {
	{ "plain", NO_VALUE,
		N_("As a database that other tools read, too, instead of sealed; on the record") },
	{ 0 },
};

const struct verb backup_verbs[] = {
	{
		.name = "backup",
		.operands = { { OPERAND_FILE, TIMES_MAYBE } },
		.help = N_(
			"Write a whole, checked, sealed copy of the venue; else today's of those "
			"that are kept"),
		.takes = VERB_OUTPUT | VERB_STAFF | VERB_SERVICE,
		.options = options,
		.run = backup,
	},
	{ 0 },
};
