/* print points-rules | honours MONTH|YEAR | statement CARD | reward NUMBER | slip [DAY] */
#include <string.h>

#include "core/audit/day_slip_paper.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/rewards/redemption.h"
#include "core/rewards/voucher.h"
#include "core/sheets/honour_roll.h"
#include "core/sheets/points_rules.h"
#include "core/sheets/points_statement.h"
#include "core/sheets/redemption_slip.h"
#include "core/sheets/year_honours.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"

#define HONOURS         20 /* people on the month's roll */
#define YEAR_HONOURS    40 /* and on the year's */
#define STATEMENT_LINES 30

static int print_points_rules(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);

	TRY(points_rules_build(call->db, &head, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* "2026-11" → its first day and the next month's. */
static int read_month(
	const char *text, struct day *ret_from, struct day *ret_until, struct err *err)
{
	TRY(month_parse(text, ret_from, err));
	*ret_until = day_add(*ret_from, 31);
	ret_until->day = 1;
	return 0;
}

/* For a year: the year's list. */
static int build_honours(
	struct call *call, const struct letterhead *head, struct sheet **ret, struct err *err)
{
	const char *text = call_operand(call, 0);
	struct day from, until;
	long long year;

	if (strchr(text, '-')) {
		TRY(read_month(text, &from, &until, err));
		return honour_roll_build(call->db, head, from, until, HONOURS, ret, err);
	}
	TRY(text_integer(text, "year", 1, 9998, &year, err));
	return year_honours_build(call->db, head, (int)year, YEAR_HONOURS, ret, err);
}

static int print_honours(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);

	TRY(build_honours(call, &head, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_statement(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;

	TRY(points_statement_build(
		call->db, &head, call_id(call, 0), STATEMENT_LINES, width, &sheet, err));
	return deliver_sheet(call, PURPOSE_RECEIPT, sheet, err);
}

static int print_reward(struct call *call, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	char code[CODE_TEXT_MAX];

	TRY(redemption_by_number(call->db, call_number(call, 0), &redemption, err));
	call->act.resident = redemption.whose.resident;
	TRY(voucher_code(call->db, &call->act, redemption.id, code, err));
	TRY(redemption_slip_build(call->db, &head, redemption.id, code, width, &sheet, err));
	return deliver_sheet(call, PURPOSE_RECEIPT, sheet, err);
}

static int print_day_slip(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	const struct day on = call_day_or(call, 0, db_today(call->db));

	TRY(day_slip_build(call->db, &head, on, width, &sheet, err));
	return deliver_sheet(call, PURPOSE_RECEIPT, sheet, err);
}

/* ---- rows ---- */

static const struct verb_option options[] = {
	{ "to", { OPERAND_FILE, .word = N_("FILE.pdf") },
		N_("Draw into a file (.pdf, .png) instead of printing"), OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb print_points_verbs[] = {
	{
		.name = "print points-rules",
		.help = N_(
			"Print how points are earned and spent, for the wall, from the rules that "
			"are kept"),
		.options = options,
		.run = print_points_rules,
	},
	{
		.name = "print honours",
		.operands = { { OPERAND_TEXT, .word = N_("MONTH|YEAR") } },
		.help = N_("Print the roll of honour of a month, such as 2026-11, or of a year"),
		.options = options,
		.run = print_honours,
	},
	{
		.name = "print statement",
		.operands = { { OPERAND_CARD } },
		.help = N_("Print a resident's points and their latest entries"),
		.options = options,
		.run = print_statement,
	},
	{
		.name = "print reward",
		.operands = { { OPERAND_NUMBER } },
		.help = N_(
			"Print the slip of a redemption; its voucher's earlier slips stop working"),
		.takes = VERB_ACT,
		.options = options,
		.run = print_reward,
	},
	{
		.name = "print slip",
		.operands = { { OPERAND_DAY, TIMES_MAYBE } },
		.help = N_("Print the day slip: counts, sums and the code that proves the journal"),
		.options = options,
		.run = print_day_slip,
	},
	{ 0 },
};
