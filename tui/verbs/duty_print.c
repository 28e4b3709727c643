/* duty print WEEK | duty print-day DAY | duty print-month MONTH | duty slip CARD | duty certify
 * CARD */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/service_record.h"
#include "core/sheets/day_sheet.h"
#include "core/sheets/duty_month.h"
#include "core/sheets/duty_slip.h"
#include "core/sheets/roster.h"
#include "core/sheets/service_record.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/duty.h"
#include "tui/verbs/named.h"
#include "tui/verbs/verb.h"

/* ---- the week ---- */

static int read_paper(const struct call *call, struct roster_options *ret)
{
	static const char *const names[ROSTER_PAPER_COUNT] = { "a4", "a3", "tiled" };
	const char *name = call_option(call, "paper");

	ret->is_desk_copy = call_has(call, "desk");
	if (!name)
		return 0;
	for (int i = 0; i < ROSTER_PAPER_COUNT; i++)
		if (strcmp(names[i], name) == 0) {
			ret->paper = (enum roster_paper)i;
			return 0;
		}
	return call_usage(call, _("--paper is a4, a3 or tiled"));
}

static int print_week(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct roster_options options = { 0 };
	struct week week;
	struct db *db;

	TRY(week_parse(call_operand(call, 0), &week, err));
	int r = read_paper(call, &options);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(roster_build(db, &head, week, &options, &sheet, err));
	return deliver_sheet(call, db, roster_purpose(options.paper), sheet, err);
}

/* ---- a day, a month ---- */

static int print_day(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct day day;
	struct db *db;

	TRY(day_parse(call_operand(call, 0), &day, err));
	TRY(call_db(call, &db, err));
	TRY(day_sheet_build(db, &head, day, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_month(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct day first;
	struct db *db;

	TRY(month_parse(call_operand(call, 0), &first, err));
	TRY(call_db(call, &db, err));
	TRY(duty_month_build(db, &head, first.year, first.month, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- one person ---- */

static int print_slip(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t resident;
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(named_resident(db, call_operand(call, 0), &resident, err));
	TRY(duty_slip_build(db, &head, resident, width, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_RECEIPT, sheet, err);
}

/* Certified and drawn, or neither. */
static int certify(struct call *call, struct db *db, const struct act *act, struct day from,
	struct day until, struct sheet **ret, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	struct service_record record;
	int64_t resident;

	TRY(txn_begin(&txn, db, err));
	TRY(named_resident(db, call_operand(call, 0), &resident, err));
	TRY(service_record_issue(db, act, resident, from, until, &record, err));
	TRY(service_record_build(db, &head, &record, ret, err));
	return txn_commit(&txn, err);
}

static int print_record(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct day from, until;
	struct act act;
	struct db *db;

	TRY(day_parse(call_operand(call, 1), &from, err));
	TRY(day_parse(call_operand(call, 2), &until, err));
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(certify(call, db, &act, from, until, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- rows ---- */

#define TO_OPTION                                                                                \
	{                                                                                        \
		"to", N_("FILE"), N_("Draw it into a file (.pdf, .png) instead of printing it"), \
			OUTPUT_REDRAWN                                                           \
	}

static const struct verb_option week_options[] = {
	TO_OPTION,
	{ "paper", "a4|a3|tiled", N_("a4, a3, or tiled: two sheets of A4 to glue together") },
	{ "desk", NULL, N_("With the codes that sign in: for the desk") },
	{ 0 },
};
static const struct verb_option options[] = { TO_OPTION, { 0 } };

const struct verb duty_print_verbs[] = {
	{
		.name = "duty print",
		.usage = N_("WEEK"),
		.help = N_("Print a week's roster for the wall"),
		.min = 1,
		.max = 1,
		.options = week_options,
		.run = print_week,
	},
	{
		.name = "duty print-day",
		.usage = N_("DAY"),
		.help = N_("Print a day's sheet for signatures"),
		.min = 1,
		.max = 1,
		.options = options,
		.run = print_day,
	},
	{
		.name = "duty print-month",
		.usage = N_("MONTH"),
		.help = N_("Print a month of duty (2026-11) at a glance"),
		.min = 1,
		.max = 1,
		.options = options,
		.run = print_month,
	},
	{
		.name = "duty slip",
		.usage = N_("CARD"),
		.help = N_("Print a volunteer's next shifts, with the codes that sign in"),
		.min = 1,
		.max = 1,
		.options = options,
		.run = print_slip,
	},
	{
		.name = "duty certify",
		.usage = N_("CARD FROM UNTIL"),
		.help = N_("Print a record of volunteer service, with a number of its own"),
		.min = 3,
		.max = 3,
		.takes = VERB_STAFF | VERB_KEY,
		.options = options,
		.run = print_record,
	},
	{ 0 },
};
