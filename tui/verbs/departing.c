/* sale, give, swap, departure undo: things that leave for good */
#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/items/departure_undo.h"
#include "core/items/giveaway.h"
#include "core/items/item.h"
#include "core/items/sale.h"
#include "core/items/swap.h"
#include "core/points/account.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"
#include "tui/verbs/arriving.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

#define VALUE_MAX 1000000

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

static int tell_sale(struct call *call, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(sale_columns, ARRAY_LEN(sale_columns));
	struct sale sale;

	TRY(sale_get(db, id, &sale, err));
	CLEANUP(mem_free) char *yuan = money_text(sale.fen);
	table_number(table, sale.number, NULL);
	TRY(add_item(table, db, sale.item, err));
	table_number(table, sale.points, sale.points ? NULL : "");
	table_number(table, sale.fen, sale.fen ? yuan : "");
	table_print(table, call_is_json(call));
	return 0;
}

static int read_price(struct call *call, struct sale_draft *draft, struct err *err)
{
	const char *price = call_option(call, "price");
	long long points;

	draft->currency = call_has(call, "yuan") ? SALE_FOR_YUAN : SALE_FOR_POINTS;
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
	struct sale_draft draft = { 0 };
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_item(db, call_operand(call, 0), &draft.item, err));
	if (call_count(call) > 1)
		TRY(named_resident(db, call_operand(call, 1), &draft.resident, err));
	TRY(read_price(call, &draft, err));
	if (draft.currency == SALE_FOR_POINTS && !draft.resident)
		return call_usage(call, _("for points it needs the CARD of who buys it"));
	act.resident = draft.resident;
	TRY(sale_make(db, &act, &draft, &id, err));
	return tell_sale(call, db, id, err);
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(give_columns, ARRAY_LEN(give_columns));
	CLEANUP(giveaway_finish) struct giveaway gift = { 0 };
	struct giveaway_draft draft = { .name = call_option(call, "name") };
	struct act act;
	struct db *db;
	int64_t id;

	if ((call_count(call) > 1) == (draft.name != NULL))
		return call_usage(call, _("it goes to a CARD, or outside with --name"));
	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_item(db, call_operand(call, 0), &draft.item, err));
	if (call_count(call) > 1)
		TRY(named_resident(db, call_operand(call, 1), &draft.resident, err));
	act.resident = draft.resident;
	TRY(giveaway_make(db, &act, &draft, &id, err));
	TRY(giveaway_get(db, id, &gift, err));
	table_number(table, gift.number, NULL);
	TRY(add_item(table, db, gift.item, err));
	table_text(table, gift.receiver);
	table_print(table, call_is_json(call));
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

/* --taken-value; or --value where what is brought has a value already and what is taken has none.
 */
static int read_value_out(
	struct call *call, struct db *db, struct swap_draft *draft, struct err *err)
{
	const char *value = call_option(call, "taken-value");
	CLEANUP(title_finish) struct title title = { 0 };
	long long points = 0;

	if (value)
		TRY(text_integer(value, "value_points", 1, VALUE_MAX, &points, err));
	draft->value_out = points;
	if (value || !draft->in.title)
		return 0;
	TRY(title_get(db, draft->in.title, &title, err));
	if (title.terms.value_points)
		draft->value_out = draft->in.draft.terms.value_points;
	return 0;
}

static int swap(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(swap_columns, ARRAY_LEN(swap_columns));
	struct swap_draft draft = { 0 };
	struct act act;
	struct swap made;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_resident(db, call_operand(call, 0), &draft.resident, err));
	TRY(named_item(db, call_operand(call, 2), &draft.out, err));
	r = arriving_read(call, db, call_operand(call, 1), &draft.in, err);
	if (r != 0)
		return r;
	TRY(read_value_out(call, db, &draft, err));
	act.resident = draft.resident;
	TRY(swap_make(db, &act, &draft, &id, err));
	TRY(swap_get(db, id, &made, err));
	table_number(table, made.number, NULL);
	TRY(add_item(table, db, made.item_in, err));
	TRY(add_item(table, db, made.item_out, err));
	table_number(
		table, made.value_out > made.value_in ? made.value_out - made.value_in : 0, NULL);
	table_print(table, call_is_json(call));
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(undo_columns, ARRAY_LEN(undo_columns));
	CLEANUP(item_finish) struct item item = { 0 };
	struct departure how;
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_item(db, call_operand(call, 0), &id, err));
	TRY(r = departure_latest(db, id, &how, err));
	act.resident = r > 0 ? how.resident : 0;
	TRY(departure_undo(db, &act, id, err));
	TRY(item_get(db, id, &item, err));
	TRY(add_item(table, db, id, err));
	table_word(table, item_status_name(item.status), words_item_condition(&item));
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- rows ---- */

#define OPTION_OVERRIDE                                         \
	{                                                       \
		"override", NULL, N_("Although a rule says no") \
	}
#define OPTION_WHY                                                  \
	{                                                           \
		"why", N_("TEXT"), N_("Why: needed for --override") \
	}

static const struct verb_option sale_options[] = {
	{ "yuan", NULL, N_("Paid in yuan, which go to the fund") },
	{ "price", N_("AMOUNT"), N_("Points, or yuan; else what the title is worth") },
	OPTION_OVERRIDE,
	OPTION_WHY,
	{ 0 },
};
static const struct verb_option give_options[] = {
	{ "name", NC_("body", "NAME"), N_("Donated on: the body outside that has it now") },
	OPTION_OVERRIDE,
	OPTION_WHY,
	{ 0 },
};
static const struct verb_option swap_options[] = {
	ARRIVING_OPTIONS,
	{ "taken-value", N_("POINTS"), N_("What ITEM is worth, where nobody has noted it") },
	OPTION_OVERRIDE,
	OPTION_WHY,
	{ 0 },
};

const struct verb departing_verbs[] = {
	{
		.name = "sale",
		.usage = N_("ITEM [CARD]"),
		.help = N_("Sell a thing for points, or for yuan to the fund"),
		.min = 1,
		.max = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = sale_options,
		.run = sell,
	},
	{
		.name = "give",
		.usage = N_("ITEM [CARD]"),
		.help = N_("Give a thing away for good, to a resident or to a body outside"),
		.min = 1,
		.max = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = give_options,
		.run = give,
	},
	{
		.name = "swap",
		.usage = N_("CARD TITLE ITEM"),
		.help = N_("A resident brings TITLE and takes ITEM home; a difference is paid in "
			   "points"),
		.min = 3,
		.max = 3,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = swap_options,
		.run = swap,
	},
	{
		.name = "departure undo",
		.usage = N_("ITEM"),
		.help = N_("Take back, on the same day, that a thing was sold, given away or "
			   "swapped"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = undo,
	},
	{ 0 },
};
