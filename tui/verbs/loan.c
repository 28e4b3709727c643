/* loan renew|recall|claimed|unclaimed|lost|found */
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan_trouble.h"
#include "core/words.h"
#include "core/words_items.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

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

static int add_loan(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	char code[CODE_TEXT_MAX], item[ITEM_NUMBER_SIZE];
	struct table *table = call->table;

	TRY(loan_get(call->db, id, &loan, err));
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

/* The act is about the borrower. */
static int begin(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };

	TRY(loan_get(call->db, id, &loan, err));
	call->act.resident = loan.resident;
	return 0;
}

static int change(struct call *call,
	int (*how)(struct db *, const struct act *, int64_t loan, struct err *), struct err *err)
{
	int64_t id = call_id(call, 0);

	TRY(begin(call, id, err));
	TRY(how(call->db, &call->act, id, err));
	return add_loan(call, id, err);
}

static int claim(struct call *call, struct err *err)
{
	return change(call, loan_claim, err);
}

static int unclaim(struct call *call, struct err *err)
{
	return change(call, claim_drop, err);
}

static int lose(struct call *call, struct err *err)
{
	return change(call, loan_lost, err);
}

static int recall(struct call *call, struct err *err)
{
	const char *words = call_option(call, "words");
	int64_t id = call_id(call, 0), due_at;

	TRY(begin(call, id, err));
	TRY(loan_recall(
		call->db, &call->act, id, call_day(call, 1), words ? words : "", &due_at, err));
	return add_loan(call, id, err);
}

static int renew_one(struct call *call, int index, struct err *err)
{
	int64_t id, due_at;

	TRY(call_look_up(call, index, &id, err));
	TRY(begin(call, id, err));
	TRY(loan_renew(call->db, &call->act, &(struct loan_renewing){ .loan = id }, &due_at, err));
	return add_loan(call, id, err);
}

/* A refused one does not stop the others. */
static int renew(struct call *call, struct err *err)
{
	int worst = 0, refused = 0, count = call_count(call);

	(void)err;
	for (int i = 0; i < count; i++) {
		struct err one = { 0 };
		call_key(call, i);
		if (renew_one(call, i, &one) == 0)
			continue;
		int code = call_complain(call, count > 1 ? call_operand(call, i) : NULL, &one);
		worst = code > worst ? code : worst;
		refused++;
	}
	if (call_is_json(call) || refused < count)
		call_print(call);
	return worst;
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
	CLEANUP(item_finish) struct item item = { 0 };
	char number[ITEM_NUMBER_SIZE];
	int64_t id = call_id(call, 0);

	TRY(item_found(call->db, &call->act, id, err));
	TRY(item_get(call->db, id, &item, err));
	item_number_format(item.number, number);
	table_number(call->table, item.number, number);
	table_text(call->table, item.name);
	table_word(call->table, item_status_name(item.status), words_item_condition(&item));
	table_text(call->table, item.zone);
	table_text(call->table, item.shelf);
	return 0;
}

static const struct verb_option renew_options[] = {
	{ "override", NO_VALUE, N_("Although a rule says no") },
	{ "why", { OPERAND_TEXT }, N_("Why: needed for --override") },
	{ 0 },
};
static const struct verb_option recall_options[] = {
	{ "words", { OPERAND_TEXT }, N_("What the borrower is told at the next visit; needed") },
	{ 0 },
};
static const struct verb_option lost_options[] = {
	{ "why", { OPERAND_TEXT }, N_("Why: kept with it, and needed") },
	{ 0 },
};

const struct verb loan_change_verbs[] = {
	{
		.name = "loan renew",
		.operands = { { OPERAND_LOAN, TIMES_MANY } },
		.help = N_("Renew loans"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = renew_options,
		.columns = COLUMNS(columns),
		.run = renew,
	},
	{
		.name = "loan recall",
		.operands = { { OPERAND_LOAN }, { OPERAND_DAY } },
		.help = N_("Call a thing back: due on that day, or as early as is fair"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = recall_options,
		.columns = COLUMNS(columns),
		.run = recall,
	},
	{
		.name = "loan claimed",
		.operands = { { OPERAND_LOAN } },
		.help = N_("The borrower says that it was brought back"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = claim,
	},
	{
		.name = "loan unclaimed",
		.operands = { { OPERAND_LOAN } },
		.help = N_("It was not brought back after all"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(columns),
		.run = unclaim,
	},
	{
		.name = "loan lost",
		.operands = { { OPERAND_LOAN } },
		.help = N_("Close a loan whose thing is lost"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = lost_options,
		.columns = COLUMNS(columns),
		.run = lose,
	},
	{
		.name = "loan found",
		.operands = { { OPERAND_ITEM } },
		.help = N_("A thing that was missing has turned up"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.columns = COLUMNS(found_columns),
		.run = find,
	},
	{ 0 },
};
