/* restore FILE [--try DIR] */
#include "core/audit/restore.h"

#include <stdio.h>

#include "core/audit/restore_words.h"
#include "core/base/mem.h"
#include "tui/i18n.h"
#include "tui/verbs/house/recovery.h"

static int restore(struct call *call, struct err *err)
{
	CLEANUP(restore_report_finish) struct restore_report report = { 0 };
	struct recovery recovery;

	int has_sheet = recovery_option(call, &recovery, err);
	TRY(has_sheet);
	const struct restore_wish wish = {
		.from = call_operand(call, 0),
		.dir = call_context(call)->dir,
		.try_dir = call_option(call, "try"),
		.sheet = has_sheet ? &recovery : NULL,
		.clock = call_context(call)->clock,
	};
	int r = restore_run(&wish, &report, err);
	recovery_wipe(&recovery);
	if (r < 0)
		return r;
	CLEANUP(mem_free) char *words = restore_words(&report, wish.try_dir != NULL);
	fputs(words, stdout);
	return 0;
}

static const struct verb_option options[] = {
	{ "try", { OPERAND_TEXT, .word = N_("FOLDER") },
		N_("Into this new folder, to say what would be lost; the venue stays as it is") },
	RECOVERY_OPTION,
	{ 0 },
};

const struct verb restore_verbs[] = {
	{
		.name = "restore",
		.operands = { { OPERAND_FILE } },
		.help = N_("Go on from a backup; what is here is kept in a folder beside it"),
		.takes = VERB_NO_DB,
		.options = options,
		.run = restore,
	},
	{ 0 },
};
