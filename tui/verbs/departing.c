/* sale, give, swap, departure undo: things that leave for good */
#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/items/catalogue/item.h"
#include "core/items/giving/departure_undo.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/points/account.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"
#include "tui/verbs/arriving.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

/* What an item is called, in two cells. */
static int add_item(struct table *table, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	char number[ITEM_NUMBER_SIZE];

	TRY(item_get(db, id, &item, err));
	item_number_format(item.number, number);
	table_number(table, item.number, number);
	table_text(table, item.name);
	return 0;
}

/* ---- sale ---- */

static const struct table_column sale_columns[] = {
	{ "number", N_("Number"), true },
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "points", N_("Points"), true },
	{ "fen", N_("Amount, yuan"), true },
};

static int tell_sale(struct call *call, int64_t id, struct err *err)
{
	struct sale sale;

	TRY(sale_get(call->db, id, &sale, err));
	CLEANUP(mem_free) char *yuan = money_text(sale.fen);
	table_number(call->table, sale.number, NULL);
	TRY(add_item(call->table, call->db, sale.item, err));
	table_number(call->table, sale.points, sale.points ? NULL : "");
	table_number(call->table, sale.fen, sale.fen ? yuan : "");
	return 0;
}

static int read_price(struct call *call, struct sale_draft *draft, struct err *err)
{
	const char *price = call_option(call, "price");
	long long points;

	if (!price)
		return 0;
	if (draft->currency == SALE_FOR_YUAN)
		return money_parse(price, "price", false, &draft->price, err);
	TRY(text_integer(price, "price", 1, POINTS_MAX, &points, err));
	draft->price = points;
	return 0;
}

static int sell(struct call *call, struct err *err)
{
	struct sale_draft draft = {
		.item = call_id(call, 0),
		.resident = call_id(call, 1),
		.currency = call_has(call, "yuan") ? SALE_FOR_YUAN : SALE_FOR_POINTS,
	};
	int64_t id;

	TRY(read_price(call, &draft, err));
	if (draft.currency == SALE_FOR_POINTS && !draft.resident)
		return call_usage(call, _("for points it needs the CARD of who buys it"));
	call->act.resident = draft.resident;
	TRY(sale_make(call->db, &call->act, &draft, &id, err));
	return tell_sale(call, id, err);
}

/* ---- give ---- */

static const struct table_column give_columns[] = {
	{ "number", N_("Number"), true },
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "receiver", N_("For whom"), false },
};

static int give(struct call *call, struct err *err)
{
	CLEANUP(giveaway_finish) struct giveaway gift = { 0 };
	const struct giveaway_draft draft = {
		.item = call_id(call, 0),
		.resident = call_id(call, 1),
		.name = call_option(call, "name"),
	};
	int64_t id;

	if ((draft.resident != 0) == (draft.name != NULL))
		return call_usage(call, _("it goes to a CARD, or outside with --name"));
	call->act.resident = draft.resident;
	TRY(giveaway_make(call->db, &call->act, &draft, &id, err));
	TRY(giveaway_get(call->db, id, &gift, err));
	table_number(call->table, gift.number, NULL);
	TRY(add_item(call->table, call->db, gift.item, err));
	table_text(call->table, gift.receiver);
	return 0;
}

/* ---- swap ---- */

static const struct table_column swap_columns[] = {
	{ "number", N_("Number"), true },
	{ "item_in", N_("In: item no."), true },
	{ "title_in", N_("Brought"), false },
	{ "item_out", N_("Out: item no."), true },
	{ "title_out", N_("Taken home"), false },
	{ "points", N_("Paid in points"), true },
};

/* --taken-value; or --value if what is brought has a value already and what is taken has none. */
static int read_value_out(struct call *call, struct swap_draft *draft, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };

	draft->value_out = call_option_number(call, "taken-value", 0);
	if (draft->value_out || !draft->in.title)
		return 0;
	TRY(title_get(call->db, draft->in.title, &title, err));
	if (title.terms.value_points)
		draft->value_out = draft->in.draft.terms.value_points;
	return 0;
}

static int swap(struct call *call, struct err *err)
{
	struct swap_draft draft = { .resident = call_id(call, 0), .out = call_id(call, 2) };
	struct swap made;
	int64_t id;

	int r = arriving_read(call, call_operand(call, 1), &draft.in, err);
	if (r != 0)
		return r;
	TRY(read_value_out(call, &draft, err));
	call->act.resident = draft.resident;
	TRY(swap_make(call->db, &call->act, &draft, &id, err));
	TRY(swap_get(call->db, id, &made, err));
	table_number(call->table, made.number, NULL);
	TRY(add_item(call->table, call->db, made.item_in, err));
	TRY(add_item(call->table, call->db, made.item_out, err));
	table_number(call->table,
		made.value_out > made.value_in ? made.value_out - made.value_in : 0, NULL);
	return 0;
}

/* ---- departure undo ---- */

static const struct table_column undo_columns[] = {
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "status", N_("Status"), false },
};

static int undo(struct call *call, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct departure how;

	int64_t id = call_id(call, 0);
	int r = departure_latest(call->db, id, &how, err);
	if (r < 0)
		return r;
	call->act.resident = r > 0 ? how.resident : 0;
	TRY(departure_undo(call->db, &call->act, id, err));
	TRY(item_get(call->db, id, &item, err));
	TRY(add_item(call->table, call->db, id, err));
	table_word(call->table, item_status_name(item.status), words_item_condition(&item));
	return 0;
}

/* ---- rows ---- */

#define OPTION_OVERRIDE                                             \
	{                                                           \
		"override", NO_VALUE, N_("Although a rule says no") \
	}
#define OPTION_WHY                                                        \
	{                                                                 \
		"why", { OPERAND_TEXT }, N_("Why: needed for --override") \
	}

static const struct verb_option sale_options[] = {
	{ "yuan", NO_VALUE, N_("Paid in yuan, which go to the fund") },
	{ "price", { OPERAND_TEXT, .word = N_("AMOUNT") },
		N_("Points, or yuan; else what the title is worth") },
	OPTION_OVERRIDE,
	OPTION_WHY,
	{ 0 },
};
static const struct verb_option give_options[] = {
	{ "name", { OPERAND_TEXT, .word = NC_("body", "NAME") },
		N_("Donated on: the body outside that has it now") },
	OPTION_OVERRIDE,
	OPTION_WHY,
	{ 0 },
};
static const struct verb_option swap_options[] = {
	ARRIVING_OPTIONS,
	{ "taken-value",
		{ OPERAND_NUMBER, .word = N_("POINTS"), .key = "value_points", .min = 1,
			.max = VALUE_MAX },
		N_("What ITEM is worth, where nobody has noted it") },
	OPTION_OVERRIDE,
	OPTION_WHY,
	{ 0 },
};

const struct verb departing_verbs[] = {
	{
		.name = "sale",
		.operands = { { OPERAND_ITEM }, { OPERAND_CARD, TIMES_MAYBE } },
		.help = N_("Sell a thing for points, or for yuan to the fund"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = sale_options,
		.columns = COLUMNS(sale_columns),
		.run = sell,
	},
	{
		.name = "give",
		.operands = { { OPERAND_ITEM }, { OPERAND_CARD, TIMES_MAYBE } },
		.help = N_("Give a thing away for good, to a resident or to a body outside"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = give_options,
		.columns = COLUMNS(give_columns),
		.run = give,
	},
	{
		.name = "swap",
		.operands = { { OPERAND_CARD }, { OPERAND_TEXT, .word = N_("TITLE") },
			{ OPERAND_ITEM } },
		.help = N_("A resident brings TITLE and takes ITEM home; a difference is paid in "
			   "points"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = swap_options,
		.columns = COLUMNS(swap_columns),
		.run = swap,
	},
	{
		.name = "departure undo",
		.operands = { { OPERAND_ITEM } },
		.help = N_("Take back, on the same day, that a thing was sold, given away or "
			   "swapped"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(undo_columns),
		.run = undo,
	},
	{ 0 },
};
