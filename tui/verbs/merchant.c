/* merchant list, show, settle, undo; print merchant */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/points/body.h"
#include "core/sheets/merchant_statement.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"

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

	TRY(merchant_book(db, &(struct merchant_scope){ .body = merchant->body }, &book, err));
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
	CLEANUP(merchant_list_finish) struct merchant_list list = { 0 };

	TRY(merchants(call->db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_merchant(call->table, call->db, &list.rows[i], err));
	return 0;
}

/* ---- show ---- */

static const struct table_column line_columns[] = {
	{ "number", N_("Redemption"), true }, { "name", NC_("thing", "Name"), false },
	{ "count", N_("How many"), true }, { "at", N_("When"), false },
	{ "state", N_("State"), false }, { "points", N_("Points"), true },
	{ "fen", N_("For yuan"), true }, /* in --json fen */
};

/* The merchant that is named, and --settlement NUMBER of theirs. */
static int read_scope(struct call *call, struct merchant_scope *ret, struct err *err)
{
	struct settlement settlement;

	*ret = (struct merchant_scope){ .body = call_id(call, 0) };
	if (!call_has(call, "settlement"))
		return 0;
	TRY(settlement_by_number(
		call->db, call_option_number(call, "settlement", 0), &settlement, err));
	if (settlement.body != ret->body)
		return call_usage(call, _("settlement %s is another merchant's"),
			call_option(call, "settlement"));
	ret->settlement = settlement.id;
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
	CLEANUP(merchant_book_finish) struct merchant_book book = { 0 };
	struct merchant_scope scope;

	int r = read_scope(call, &scope, err);
	if (r != 0)
		return r;
	TRY(merchant_book(call->db, &scope, &book, err));
	for (int i = 0; i < book.count; i++)
		add_line(call->table, &book.rows[i], call_now(call));
	return 0;
}

/* ---- settle, undo ---- */

static const struct table_column settlement_columns[] = {
	{ "number", N_("Settlement"), true },
	{ "points", N_("Points"), true },
	{ "fen", N_("For yuan"), true }, /* in --json fen */
	{ "lapsed", N_("Out of date"), true },
};

static int tell(struct call *call, int64_t id, struct err *err)
{
	struct settlement settlement;

	TRY(settlement_get(call->db, id, &settlement, err));
	table_number(call->table, settlement.number, NULL);
	table_number(call->table, settlement.points, NULL);
	put_yuan(call->table, settlement.fen);
	table_number(call->table, settlement.lapsed, NULL);
	return 0;
}

static int settle(struct call *call, struct err *err)
{
	int64_t id;

	TRY(merchant_settle(call->db, &call->act, call_id(call, 0), &id, err));
	return tell(call, id, err);
}

static int undo(struct call *call, struct err *err)
{
	struct settlement settlement;

	TRY(settlement_by_number(call->db, call_number(call, 0), &settlement, err));
	TRY(settlement_undo(call->db, &call->act, settlement.id, err));
	return tell(call, settlement.id, err);
}

static int print(struct call *call, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	const struct letterhead head = deliver_letterhead(call);
	struct merchant_scope scope;

	int r = read_scope(call, &scope, err);
	if (r != 0)
		return r;
	TRY(merchant_statement_build(call->db, &head, &scope, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

/* ---- rows ---- */

#define OPTION_SETTLEMENT                                                                \
	{                                                                                \
		"settlement", { OPERAND_NUMBER, .key = "number" },                       \
			N_("What that settlement settled; else what is not settled yet") \
	}

static const struct verb_option show_options[] = { OPTION_SETTLEMENT, { 0 } };
static const struct verb_option why_options[] = {
	{ "why", { OPERAND_TEXT }, N_("Why, such as what was paid for it") },
	{ 0 },
};
static const struct verb_option print_options[] = {
	OPTION_SETTLEMENT,
	{ "to", { OPERAND_FILE, .word = N_("FILE.pdf") },
		N_("Draw into a file (.pdf, .png) instead of printing"), OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb merchant_verbs[] = {
	{
		.name = "merchant list",
		.help = N_("List the merchants who give rewards, and what is to be settled"),
		.takes = VERB_JSON,
		.columns = COLUMNS(merchant_columns),
		.run = list_merchants,
	},
	{
		.name = "merchant show",
		.operands = { { OPERAND_MERCHANT } },
		.help = N_("What was had at a merchant and is not settled yet"),
		.takes = VERB_JSON,
		.options = show_options,
		.columns = COLUMNS(line_columns),
		.run = show,
	},
	{
		.name = "merchant settle",
		.operands = { { OPERAND_MERCHANT } },
		.help = N_("Settle with a merchant: what was had there leaves their account"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = why_options,
		.columns = COLUMNS(settlement_columns),
		.run = settle,
	},
	{
		.name = "merchant undo",
		.operands = { { OPERAND_NUMBER, .word = N_("SETTLEMENT") } },
		.help = N_("Undo a settlement: all of it is to be settled again"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = why_options,
		.columns = COLUMNS(settlement_columns),
		.run = undo,
	},
	{
		.name = "print merchant",
		.operands = { { OPERAND_MERCHANT } },
		.help = N_("Print what was had at a merchant, for both to sign"),
		.options = print_options,
		.run = print,
	},
	{ 0 },
};
