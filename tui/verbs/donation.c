/* donation add|list */
#include "core/items/donation.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/text.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/arriving.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

#define NO_CARD "-"
#define PAGE    200

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
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	CLEANUP(donation_list_finish) struct donation_list page = { 0 };
	const struct donation *after = NULL;
	struct db *db;

	TRY(call_db(call, &db, err));
	do {
		struct donation_list next = { 0 };
		TRY(donations(db, after, PAGE, &next, err));
		donation_list_finish(&page);
		page = next;
		for (int i = 0; i < page.count; i++)
			add_donation(table, &page.rows[i]);
		after = page.count ? &page.rows[page.count - 1] : NULL;
	} while (page.count == PAGE);
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- add ---- */

/* Whom it is from, and how they wish to be thanked. */
static int read_donor(
	struct call *call, struct db *db, struct donation_draft *draft, struct err *err)
{
	const char *card = call_operand(call, 0), *thanks = call_option(call, "thanks");
	int way = 0;

	if (strcmp(card, NO_CARD) != 0)
		TRY(named_resident(db, card, &draft->resident, err));
	draft->name = call_option(call, "name");
	draft->alias = call_option(call, "alias");
	if (!thanks)
		thanks = draft->alias ? thanks_name(THANKS_ALIAS) : thanks_name(THANKS_NAME);
	while (way < THANKS_COUNT && strcmp(thanks_name((enum thanks)way), thanks) != 0)
		way++;
	if (way == THANKS_COUNT)
		return call_usage(
			call, _("%s is one of: %s"), "--thanks", "name, alias, anonymous");
	draft->thanks = (enum thanks)way;
	return 0;
}

static int read_things(struct call *call, struct db *db, struct arrival *things, struct err *err)
{
	const char *copies_text = call_option(call, "copies");
	long long copies = 1;

	if (copies_text)
		TRY(text_integer(copies_text, "count", 1, DONATION_THINGS_MAX, &copies, err));
	for (int i = 1; i < call_count(call); i++) {
		int r = arriving_read(call, db, call_operand(call, i), &things[i - 1], err);
		if (r != 0)
			return r;
		things[i - 1].copies = (int)copies;
	}
	return 0;
}

static int add(struct call *call, struct err *err)
{
	CLEANUP(mem_free)
	struct arrival *things = mem_alloc((size_t)call_count(call) * sizeof(*things));
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct donation_draft draft = { .things = things, .thing_count = call_count(call) - 1 };
	CLEANUP(donation_finish) struct donation donation = { 0 };
	const char *yuan = call_option(call, "yuan");
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	r = r == 0 ? read_donor(call, db, &draft, err) : r;
	r = r == 0 ? read_things(call, db, things, err) : r;
	if (r != 0)
		return r;
	if (yuan)
		TRY(money_parse(yuan, "amount", false, &draft.fen, err));
	act.resident = draft.resident;
	TRY(donation_take(db, &act, &draft, &id, err));
	TRY(donation_get(db, id, &donation, err));
	add_donation(table, &donation);
	table_print(table, call_is_json(call));
	return 0;
}

static const struct verb_option add_options[] = {
	{ "name", NC_("person", "NAME"), N_("The donor's name, when CARD is -") },
	{ "alias", N_("TEXT"), N_("The name to be thanked by instead") },
	{ "thanks", "name|alias|anonymous", N_("As what the donor is thanked in public") },
	{ "yuan", N_("AMOUNT"), N_("Money for the fund") },
	{ "copies", N_("N"), N_("So many of each thing") },
	ARRIVING_OPTIONS,
	{ 0 },
};

const struct verb donation_verbs[] = {
	{
		.name = "donation add",
		.usage = N_("CARD|- [TITLE…]"),
		.help = N_("Take a donation: things for the shelf, money for the fund, or both"),
		.min = 1,
		.max = -1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = add_options,
		.run = add,
	},
	{
		.name = "donation list",
		.usage = "",
		.help = N_("List donations, the latest first"),
		.takes = VERB_JSON,
		.run = list_donations,
	},
	{ 0 },
};
