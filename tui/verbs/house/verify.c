/* verify [--replay] [--slip CODE] */
#include "core/audit/verify.h"
#include "core/store/reasons.h"

#include <stdio.h>

#include "core/audit/day_slip.h"
#include "core/points/ledger.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"

static int report_difference(struct db *db, const struct replay_difference *d, struct err *err)
{
	return err_setf(err, ERR_STORAGE, reason_with_text(REASON_STORE_DAMAGED, db_path(db), 0),
		"the journal replayed gives another %s, row %lld", d->table, (long long)d->id);
}

static int verify(struct call *call, struct err *err)
{
	struct verify_report report = { 0 };
	const char *slip = call_option(call, "slip");
	int64_t vouched = 0;

	TRY(verify_run(call->db, call_has(call, "replay"), call_context(call)->dir, &report, err));
	TRY(ledger_prove(call->db, err));
	if (slip)
		TRY(day_slip_check(call->db, slip, &vouched, err));
	if (report.is_replayed && report.difference.table[0])
		return report_difference(call->db, &report.difference, err);
	printf(ngettext("%lld act, chain and books are whole\n",
		       "%lld acts, chain and books are whole\n",
		       (unsigned long)report.journal_rows),
		(long long)report.journal_rows);
	if (slip)
		printf(_("the day slip vouches for the %lld acts up to it: none was rewritten\n"),
			(long long)vouched);
	if (report.is_tripwire_lost)
		printf(_("what was written last is not known: %s.head could not be read; compare "
			 "with the last day slip (--slip)\n"),
			db_path(call->db));
	if (report.is_replayed)
		printf("%s\n", _("replaying the journal gives the same tables"));
	return 0;
}

static const struct verb_option options[] = {
	{ "replay", NO_VALUE,
		N_("Rebuild the tables from the journal in a scratch file, and compare") },
	{ "slip", { OPERAND_TEXT, .word = N_("CODE") },
		N_("Check the journal against the code on a day slip: was anything rewritten?") },
	{ 0 },
};

const struct verb verify_verbs[] = {
	{
		.name = "verify",
		.help = N_("Check structure, references, the journal's chain and the books"),
		.options = options,
		.run = verify,
	},
	{ 0 },
};
