/* duty print WEEK | duty print-day DAY | duty print-month MONTH | duty slip CARD | duty certify
 * CARD */
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/service_record.h"
#include "core/sheets/day_sheet.h"
#include "core/sheets/duty_month.h"
#include "core/sheets/duty_slip.h"
#include "core/sheets/roster.h"
#include "core/sheets/service_record.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"

/* ---- the week ---- */

static const char *const papers[] = { "a4", "a3", "tiled", NULL };
static_assert(ARRAY_LEN(papers) == ROSTER_PAPER_COUNT + 1, "a word for each");

static int print_week(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct roster_options options = {
		.paper = (enum roster_paper)call_option_number(call, "paper", 0),
		.is_desk_copy = call_has(call, "desk"),
	};

	TRY(roster_build(call->db, &head, call_week(call, 0), &options, &sheet, err));
	return deliver_sheet(call, roster_purpose(options.paper), sheet, err);
}

/* ---- a day, a month ---- */

static int print_day(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	struct day day = call_day(call, 0);
	TRY(day_sheet_build(call->db, &head, day, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_month(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	struct day first = call_day(call, 0);
	TRY(duty_month_build(call->db, &head, first.year, first.month, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- one person ---- */

static int print_slip(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(duty_slip_build(call->db, &head, call_id(call, 0), width, &sheet, err));
	return deliver_sheet(call, PURPOSE_RECEIPT, sheet, err);
}

/* Certified and drawn, or neither. */
static int certify(
	struct call *call, struct day from, struct day until, struct sheet **ret, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(txn_end) struct txn txn = TXN_INIT;
	struct service_record record;

	TRY(txn_begin(&txn, call->db, err));
	TRY(service_record_issue(
		call->db, &call->act, call_id(call, 0), from, until, &record, err));
	TRY(service_record_build(call->db, &head, &record, ret, err));
	return txn_commit(&txn, err);
}

static int print_record(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(certify(call, call_day(call, 1), call_day(call, 2), &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- rows ---- */

#define TO_OPTION                                                                      \
	{                                                                              \
		"to", { OPERAND_FILE },                                                \
			N_("Draw it into a file (.pdf, .png) instead of printing it"), \
			OUTPUT_REDRAWN                                                 \
	}

static const struct verb_option week_options[] = {
	TO_OPTION,
	{ "paper", { OPERAND_CHOICE, .choices = papers },
		N_("a4, a3, or tiled: two sheets of A4 to glue together") },
	{ "desk", NO_VALUE, N_("With the codes that sign in: for the desk") },
	{ 0 },
};
static const struct verb_option options[] = { TO_OPTION, { 0 } };

const struct verb duty_print_verbs[] = {
	{
		.name = "duty print",
		.operands = { { OPERAND_WEEK } },
		.help = N_("Print a week's roster for the wall"),
		.options = week_options,
		.run = print_week,
	},
	{
		.name = "duty print-day",
		.operands = { { OPERAND_DAY } },
		.help = N_("Print a day's sheet for signatures"),
		.options = options,
		.run = print_day,
	},
	{
		.name = "duty print-month",
		.operands = { { OPERAND_MONTH } },
		.help = N_("Print a month of duty (2026-11) at a glance"),
		.options = options,
		.run = print_month,
	},
	{
		.name = "duty slip",
		.operands = { { OPERAND_CARD } },
		.help = N_("Print a volunteer's next shifts, with the codes that sign in"),
		.options = options,
		.run = print_slip,
	},
	{
		.name = "duty certify",
		.operands = { { OPERAND_CARD }, { OPERAND_DAY, .word = NC_("day", "FROM") },
			{ OPERAND_DAY, .word = N_("UNTIL") } },
		.help = N_("Print a record of volunteer service, with a number of its own"),
		.takes = VERB_ACT | VERB_KEY,
		.options = options,
		.run = print_record,
	},
	{ 0 },
};
