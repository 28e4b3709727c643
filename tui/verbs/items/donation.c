/* donation add|list */
#include "core/items/giving/donation.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/items/arriving.h"
#include "tui/verbs/table.h"

#define PAGE 200

static const struct table_column columns[] = {
	{ "number", N_("Number"), true },
	{ "donated_at", N_("Day"), false },
	{ "thanked", N_("Thanks to"), false },
	{ "items", N_("Items"), false },
	{ "fen", N_("Amount, yuan"), true },
	{ "points", N_("Points"), true },
};

/* "电钻 000123、梯子 000124" */
static char *items_text(const struct item_list *items)
{
	char *text = mem_text("");

	for (int i = 0; i < items->count; i++) {
		CLEANUP(mem_free) char *before = text;
		char number[ITEM_NUMBER_SIZE];
		item_number_format(items->rows[i].number, number);
		text = mem_printf(
			"%s%s%s %s", before, *before ? _(", ") : "", items->rows[i].name, number);
	}
	return text;
}

static void add_donation(struct table *table, const struct donation *donation)
{
	CLEANUP(mem_free) char *items = items_text(&donation->items);
	CLEANUP(mem_free) char *yuan = money_text(donation->fen);
	char on[11];

	day_format(when_day(donation->donated_at), on);
	table_number(table, donation->number, NULL);
	table_instant(table, donation->donated_at, on);
	table_word(table, donation->thanked,
		*donation->thanked ? donation->thanked : C_("donor", "anonymous"));
	table_text(table, items);
	table_number(table, donation->fen, donation->fen ? yuan : "");
	table_number(table, donation->points, donation->points ? NULL : "");
}

static int list_donations(struct call *call, struct err *err)
{
	CLEANUP(donation_list_finish) struct donation_list page = { 0 };
	const struct donation *after = NULL;

	do {
		struct donation_list next = { 0 };
		TRY(donations(call->db, after, PAGE, &next, err));
		donation_list_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			add_donation(call->table, &page.rows[i]);
		after = page.count ? &page.rows[page.count - 1] : NULL;
	} while (page.count == PAGE);
	return 0;
}

/* ---- add ---- */

static int read_things(struct call *call, struct arrival *things, struct err *err)
{
	for (int i = 1; i < call_count(call); i++) {
		int r = arriving_read(call, call_operand(call, i), &things[i - 1], err);
		if (r != 0)
			return r;
		things[i - 1].copies = (int)call_option_number(call, "copies", 1);
	}
	return 0;
}

static int add(struct call *call, struct err *err)
{
	CLEANUP(mem_free)
	struct arrival *things = mem_alloc((size_t)call_count(call) * sizeof(*things));
	const char *alias = call_option(call, "alias"), *yuan = call_option(call, "yuan");
	struct donation_draft draft = {
		.resident = call_id(call, 0),
		.name = call_option(call, "name"),
		.alias = alias,
		.thanks = (enum thanks)call_option_number(
			call, "thanks", alias ? THANKS_ALIAS : THANKS_NAME),
		.things = things,
		.thing_count = call_count(call) - 1,
	};
	CLEANUP(donation_finish) struct donation donation = { 0 };
	int64_t id;

	int r = read_things(call, things, err);
	if (r != 0)
		return r;
	if (yuan)
		TRY(money_parse(yuan, "amount", false, &draft.fen, err));
	call->act.resident = draft.resident;
	TRY(donation_take(call->db, &call->act, &draft, &id, err));
	TRY(donation_get(call->db, id, &donation, err));
	add_donation(call->table, &donation);
	return 0;
}

static const char *const thanks_words[] = { "name", "alias", "anonymous", NULL };
static_assert(ARRAY_LEN(thanks_words) == THANKS_COUNT + 1, "a word for each");

static const struct verb_option add_options[] = {
	{ "name", { OPERAND_TEXT, .word = NC_("person", "NAME") },
		N_("The donor's name, when CARD is -") },
	{ "alias", { OPERAND_TEXT }, N_("The name to be thanked by instead") },
	{ "thanks", { OPERAND_CHOICE, .choices = thanks_words },
		N_("As what the donor is thanked in public") },
	{ "yuan", { OPERAND_TEXT, .word = N_("AMOUNT") }, N_("Money for the fund") },
	{ "copies",
		{ OPERAND_NUMBER, .word = N_("N"), .key = "count", .min = 1,
			.max = DONATION_THINGS_MAX },
		N_("So many of each thing") },
	ARRIVING_OPTIONS,
	{ 0 },
};

const struct verb donation_verbs[] = {
	{
		.name = "donation add",
		.operands = { { OPERAND_CARD_OR_NONE },
			{ OPERAND_TEXT, TIMES_ANY, .word = N_("TITLE") } },
		.help = N_("Take a donation: things for the shelf, money for the fund, or both"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = add_options,
		.columns = COLUMNS(columns),
		.run = add,
	},
	{
		.name = "donation list",
		.help = N_("List donations, the latest first"),
		.takes = VERB_JSON,
		.columns = COLUMNS(columns),
		.run = list_donations,
	},
	{ 0 },
};
