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
#include "tui/verbs/deliver.h"
#include "tui/verbs/named.h"
#include "tui/verbs/verb.h"

#define HONOURS         20 /* people on the month's roll */
#define YEAR_HONOURS    40 /* and on the year's */
#define STATEMENT_LINES 30

static int print_points_rules(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(points_rules_build(db, &head, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
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

/* "2026": the year's list. */
static int build_year(struct call *call, struct db *db, const struct letterhead *head,
	struct sheet **ret, struct err *err)
{
	long long year;

	TRY(text_integer(call_operand(call, 0), "year", 1, 9998, &year, err));
	return year_honours_build(db, head, (int)year, YEAR_HONOURS, ret, err);
}

static int build_month(struct call *call, struct db *db, const struct letterhead *head,
	struct sheet **ret, struct err *err)
{
	struct day from, until;

	TRY(read_month(call_operand(call, 0), &from, &until, err));
	return honour_roll_build(db, head, from, until, HONOURS, ret, err);
}

static int print_honours(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	bool is_month = strchr(call_operand(call, 0), '-') != NULL;
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY((is_month ? build_month : build_year)(call, db, &head, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_statement(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	struct db *db;
	int64_t resident;

	TRY(call_db(call, &db, err));
	TRY(named_resident(db, call_operand(call, 0), &resident, err));
	TRY(points_statement_build(db, &head, resident, STATEMENT_LINES, width, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_RECEIPT, sheet, err);
}

static int print_reward(struct call *call, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	char code[CODE_TEXT_MAX];
	long long number;
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(text_integer(call_operand(call, 0), "number", 1, INT64_C(999999999), &number, err));
	TRY(redemption_by_number(db, number, &redemption, err));
	act.resident = redemption.whose.resident;
	TRY(voucher_code(db, &act, redemption.id, code, err));
	TRY(redemption_slip_build(db, &head, redemption.id, code, width, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_RECEIPT, sheet, err);
}

static int print_day_slip(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	double width = call_context(call)->config.queues[PURPOSE_RECEIPT].width_mm;
	struct day on;
	struct db *db;

	TRY(call_db(call, &db, err));
	on = db_today(db);
	if (call_count(call) > 0)
		TRY(day_parse(call_operand(call, 0), &on, err));
	TRY(day_slip_build(db, &head, on, width, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_RECEIPT, sheet, err);
}

/* ---- rows ---- */

static const struct verb_option options[] = {
	{ "to", N_("FILE.pdf"), N_("Draw into a file (.pdf, .png) instead of printing"),
		OUTPUT_REDRAWN },
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
		.usage = N_("MONTH|YEAR"),
		.help = N_("Print the roll of honour of a month, such as 2026-11, or of a year"),
		.min = 1,
		.max = 1,
		.options = options,
		.run = print_honours,
	},
	{
		.name = "print statement",
		.usage = N_("CARD"),
		.help = N_("Print a resident's points and their latest entries"),
		.min = 1,
		.max = 1,
		.options = options,
		.run = print_statement,
	},
	{
		.name = "print reward",
		.usage = N_("NUMBER"),
		.help = N_(
			"Print the slip of a redemption; its voucher's earlier slips stop working"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF,
		.options = options,
		.run = print_reward,
	},
	{
		.name = "print slip",
		.usage = N_("[DAY]"),
		.help = N_("Print the day slip: counts, sums and the code that proves the journal"),
		.max = 1,
		.options = options,
		.run = print_day_slip,
	},
	{ 0 },
};
