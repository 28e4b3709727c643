/* loan renew|recall|claimed|unclaimed|lost|found */
#include "core/items/loan.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/item.h"
#include "core/items/loan_trouble.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"

static const struct table_column columns[] = {
	{ "number", N_("Loan"), true },
	{ "code", NULL, false },
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "due_at", N_("Due"), false },
	{ "renewals", N_("Renewals"), true },
	{ "returned_at", NULL, false },
	{ "recalled_at", NULL, false },
	{ "claimed_at", NULL, false },
	{ "lost_at", NULL, false },
};

static int add_loan(
	struct call *call, struct table *table, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	char code[CODE_TEXT_MAX], item[ITEM_NUMBER_SIZE];

	TRY(loan_get(db, id, &loan, err));
	CLEANUP(mem_free) char *due = words_instant(loan.due_at, call_now(call));
	code_write_id(CODE_LOAN, loan.id, code);
	item_number_format(loan.item_number, item);
	table_number(table, loan.number, NULL);
	table_text(table, code);
	table_number(table, loan.item_number, item);
	table_text(table, loan.name);
	table_instant(table, loan.due_at, due);
	table_number(table, loan.renewals, NULL);
	table_instant(table, loan.returned_at, NULL);
	table_instant(table, loan.recalled_at, NULL);
	table_instant(table, loan.claimed_at, NULL);
	table_instant(table, loan.lost_at, NULL);
	return 0;
}

typedef int (*change_function)(
	struct call *, struct db *, const struct act *, int64_t loan, struct err *);

static int change_one(struct call *call, struct db *db, struct act *act, const char *named,
	change_function how, struct table *table, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	int64_t id;

	TRY(named_loan(db, named, &id, err));
	TRY(loan_get(db, id, &loan, err));
	act->resident = loan.resident;
	TRY(how(call, db, act, id, err));
	return add_loan(call, table, db, id, err);
}

/* The first `loans` operands name one each: what one is refused does not keep the others. */
static int change(struct call *call, int loans, change_function how, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	int worst = 0, refused = 0;
	struct act act;
	struct db *db;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	for (int i = 0; i < loans; i++) {
		const char *named = call_operand(call, i);
		struct err one = { 0 };
		call_key(call, i, act.key);
		if (change_one(call, db, &act, named, how, table, &one) == 0)
			continue;
		int code = call_complain(call, loans > 1 ? named : NULL, &one);
		worst = code > worst ? code : worst;
		refused++;
	}
	if (call_is_json(call) || refused < loans)
		table_print(table, call_is_json(call));
	return worst;
}

static int renew_one(
	struct call *call, struct db *db, const struct act *act, int64_t loan, struct err *err)
{
	int64_t due_at;

	(void)call;
	return loan_renew(db, act, loan, 0, &due_at, err);
}

static int renew(struct call *call, struct err *err)
{
	return change(call, call_count(call), renew_one, err);
}

static int recall_one(
	struct call *call, struct db *db, const struct act *act, int64_t loan, struct err *err)
{
	const char *words = call_option(call, "words");
	int64_t due_at;
	struct day day;

	TRY(day_parse(call_operand(call, 1), &day, err));
	return loan_recall(db, act, loan, day, words ? words : "", &due_at, err);
}

static int recall(struct call *call, struct err *err)
{
	return change(call, 1, recall_one, err);
}

static int claim_one(
	struct call *call, struct db *db, const struct act *act, int64_t loan, struct err *err)
{
	(void)call;
	return loan_claim(db, act, loan, err);
}

static int claim(struct call *call, struct err *err)
{
	return change(call, 1, claim_one, err);
}

static int unclaim_one(
	struct call *call, struct db *db, const struct act *act, int64_t loan, struct err *err)
{
	(void)call;
	return claim_drop(db, act, loan, err);
}

static int unclaim(struct call *call, struct err *err)
{
	return change(call, 1, unclaim_one, err);
}

static int lose_one(
	struct call *call, struct db *db, const struct act *act, int64_t loan, struct err *err)
{
	(void)call;
	return loan_lost(db, act, loan, err);
}

static int lose(struct call *call, struct err *err)
{
	return change(call, 1, lose_one, err);
}

/* ---- found: an item, whose loan is over ---- */

static const struct table_column found_columns[] = {
	{ "number", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "status", N_("Status"), false },
	{ "zone", N_("Zone"), false },
	{ "shelf", N_("Shelf"), false },
};

static int find(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(found_columns, ARRAY_LEN(found_columns));
	CLEANUP(item_finish) struct item item = { 0 };
	char number[ITEM_NUMBER_SIZE];
	struct act act;
	struct db *db;
	int64_t id;

	int r = call_act(call, &act, &db, err);
	if (r != 0)
		return r;
	TRY(named_item(db, call_operand(call, 0), &id, err));
	TRY(item_found(db, &act, id, err));
	TRY(item_get(db, id, &item, err));
	item_number_format(item.number, number);
	table_number(table, item.number, number);
	table_text(table, item.name);
	table_word(table, item_status_name(item.status), words_item_condition(&item));
	table_text(table, item.zone);
	table_text(table, item.shelf);
	table_print(table, call_is_json(call));
	return 0;
}

static const struct verb_option renew_options[] = {
	{ "override", NULL, N_("Although a rule says no") },
	{ "why", N_("TEXT"), N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option recall_options[] = {
	{ "words", N_("TEXT"), N_("What the borrower is told at the next visit; needed") },
	{ 0 },
};
static const struct verb_option lost_options[] = {
	{ "why", N_("TEXT"), N_("Why: kept with it, and needed") },
	{ 0 },
};

const struct verb loan_change_verbs[] = {
	{
		.name = "loan renew",
		.usage = N_("LOAN…"),
		.help = N_("Renew loans"),
		.min = 1,
		.max = -1,
		.numbers_from = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = renew_options,
		.run = renew,
	},
	{
		.name = "loan recall",
		.usage = N_("LOAN DAY"),
		.help = N_("Call a thing back: due on that day, or as early as is fair"),
		.min = 2,
		.max = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = recall_options,
		.run = recall,
	},
	{
		.name = "loan claimed",
		.usage = N_("LOAN"),
		.help = N_("The borrower says that it was brought back"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = claim,
	},
	{
		.name = "loan unclaimed",
		.usage = N_("LOAN"),
		.help = N_("It was not brought back after all"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = unclaim,
	},
	{
		.name = "loan lost",
		.usage = N_("LOAN"),
		.help = N_("Close a loan whose thing is lost"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = lost_options,
		.run = lose,
	},
	{
		.name = "loan found",
		.usage = N_("ITEM"),
		.help = N_("A thing that was missing has turned up"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = find,
	},
	{ 0 },
};
