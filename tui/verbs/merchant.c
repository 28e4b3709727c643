/* merchant list, show, settle, undo; print merchant */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/points/body.h"
#include "core/sheets/merchant_statement.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

#define NUMBER_MAX 999999999

/* "3", as merchant list has it, or body:3. */
static int named_merchant(struct db *db, const char *text, int64_t *ret, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };
	const char *digits = strncmp(text, "body:", 5) == 0 ? text + 5 : text;
	long long number;

	TRY(text_integer(digits, "body", 1, NUMBER_MAX, &number, err));
	TRY(body_by_number(db, number, &body, err));
	*ret = body.id;
	return 0;
}

static int named_settlement(
	struct db *db, const char *text, struct settlement *ret, struct err *err)
{
	long long number;

	TRY(text_integer(text, "number", 1, NUMBER_MAX, &number, err));
	return settlement_by_number(db, number, ret, err);
}

static void put_yuan(struct table *table, int64_t fen)
{
	CLEANUP(mem_free) char *yuan = money_text(fen);

	table_number(table, fen, yuan);
}

/* ---- list ---- */

static const struct table_column merchant_columns[] = {
	{ "number", N_("Number"), true },
	{ "name", NC_("thing", "Name"), false },
	{ "due", N_("Points to settle"), true },
	{ "due_fen", N_("For yuan"), true }, /* in --json fen */
	{ "open", N_("Not used yet"), true },
	{ "lapsed", N_("Out of date"), true },
	{ "balance", N_("Balance"), true },
};

static int add_merchant(
	struct table *table, struct db *db, const struct merchant *merchant, struct err *err)
{
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };
	struct points balance;

	TRY(merchant_book(db, merchant->body, 0, &book, err));
	TRY(points_balance_of(db, HOLDER_BODY(merchant->body), &balance, err));
	table_number(table, merchant->number, NULL);
	table_text(table, merchant->name);
	table_number(table, book.points[MERCHANT_DUE].n, NULL);
	put_yuan(table, book.fen[MERCHANT_DUE]);
	table_number(table, book.points[MERCHANT_OPEN].n, NULL);
	table_number(table, book.points[MERCHANT_LAPSED].n, NULL);
	table_number(table, balance.n, NULL);
	return 0;
}

static int list_merchants(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(merchant_columns, ARRAY_LEN(merchant_columns));
	CLEANUP(merchant_list_finish) struct merchant_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(merchants(db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_merchant(table, db, &list.rows[i], err));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- show ---- */

static const struct table_column line_columns[] = {
	{ "number", N_("Redemption"), true }, { "name", NC_("thing", "Name"), false },
	{ "count", N_("How many"), true }, { "at", N_("When"), false },
	{ "state", N_("State"), false }, { "points", N_("Points"), true },
	{ "fen", N_("For yuan"), true }, /* in --json fen */
};

/* --settlement NUMBER of that merchant: its id; 0 without. */
static int settlement_wanted(
	struct call *call, struct db *db, int64_t body, int64_t *ret, struct err *err)
{
	const char *number = call_option(call, "settlement");
	struct settlement settlement;

	*ret = 0;
	if (!number)
		return 0;
	TRY(named_settlement(db, number, &settlement, err));
	if (settlement.body != body)
		return call_usage(call, _("settlement %s is another merchant's"), number);
	*ret = settlement.id;
	return 0;
}

static void add_line(struct table *table, const struct merchant_line *line, int64_t now)
{
	int64_t at = line->used_at ? line->used_at : line->redeemed_at;
	CLEANUP(mem_free) char *when = words_instant_paper(at, now);

	table_number(table, line->number, NULL);
	table_text(table, line->name);
	table_number(table, line->count, NULL);
	table_instant(table, at, when);
	table_word(table, merchant_state_name(line->state), merchant_state_words(line->state));
	table_number(table, line->points, NULL);
	put_yuan(table, line->fen);
}

static int show(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(line_columns, ARRAY_LEN(line_columns));
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };
	int64_t body, settlement;
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(named_merchant(db, call_operand(call, 0), &body, err));
	int r = settlement_wanted(call, db, body, &settlement, err);
	if (r != 0)
		return r;
	TRY(merchant_book(db, body, settlement, &book, err));
	for (int i = 0; i < book.count; i++)
		add_line(table, &book.rows[i], call_now(call));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- settle, undo ---- */

static const struct table_column settlement_columns[] = {
	{ "number", N_("Settlement"), true },
	{ "points", N_("Points"), true },
	{ "fen", N_("For yuan"), true }, /* in --json fen */
	{ "lapsed", N_("Out of date"), true },
};

static int tell(struct call *call, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(settlement_columns, ARRAY_LEN(settlement_columns));
	struct settlement settlement;

	TRY(settlement_get(db, id, &settlement, err));
	table_number(table, settlement.number, NULL);
	table_number(table, settlement.points, NULL);
	put_yuan(table, settlement.fen);
	table_number(table, settlement.lapsed, NULL);
	table_print(table, call_is_json(call));
	return 0;
}

static int settle(struct call *call, struct err *err)
{
	struct act act;
	struct db *db;
	int64_t body, id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_merchant(db, call_operand(call, 0), &body, err));
	TRY(merchant_settle(db, &act, body, &id, err));
	return tell(call, db, id, err);
}

static int undo(struct call *call, struct err *err)
{
	struct settlement settlement;
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_settlement(db, call_operand(call, 0), &settlement, err));
	TRY(settlement_undo(db, &act, settlement.id, err));
	return tell(call, db, settlement.id, err);
}

static int print(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	int64_t body, settlement;
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(named_merchant(db, call_operand(call, 0), &body, err));
	int r = settlement_wanted(call, db, body, &settlement, err);
	if (r != 0)
		return r;
	TRY(merchant_statement_build(db, &head, body, settlement, &sheet, err));
	return deliver_sheet(call, db, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- rows ---- */

#define OPTION_SETTLEMENT                                                                \
	{                                                                                \
		"settlement", N_("NUMBER"),                                              \
			N_("What that settlement settled; else what is not settled yet") \
	}

static const struct verb_option show_options[] = { OPTION_SETTLEMENT, { 0 } };
static const struct verb_option why_options[] = {
	{ "why", N_("TEXT"), N_("Why, such as what was paid for it") },
	{ 0 },
};
static const struct verb_option print_options[] = {
	OPTION_SETTLEMENT,
	{ "to", N_("FILE.pdf"), N_("Draw into a file (.pdf, .png) instead of printing"),
		OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb merchant_verbs[] = {
	{
		.name = "merchant list",
		.usage = "",
		.help = N_("List the merchants who give rewards, and what is to be settled"),
		.takes = VERB_JSON,
		.run = list_merchants,
	},
	{
		.name = "merchant show",
		.usage = N_("MERCHANT"),
		.help = N_("What was had at a merchant and is not settled yet"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON,
		.options = show_options,
		.run = show,
	},
	{
		.name = "merchant settle",
		.usage = N_("MERCHANT"),
		.help = N_("Settle with a merchant: what was had there leaves their account"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = why_options,
		.run = settle,
	},
	{
		.name = "merchant undo",
		.usage = N_("SETTLEMENT"),
		.help = N_("Undo a settlement: all of it is to be settled again"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = why_options,
		.run = undo,
	},
	{
		.name = "print merchant",
		.usage = N_("MERCHANT"),
		.help = N_("Print what was had at a merchant, for both to sign"),
		.min = 1,
		.max = 1,
		.options = print_options,
		.run = print,
	},
	{ 0 },
};
