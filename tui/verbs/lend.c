/* lend CARD ITEM…, return ITEM… */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const struct table_column columns[] = {
	{ "number", N_("Loan"), true },
	{ "code", NULL, false },
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "due_at", N_("Due"), false },
	{ "returned_at", NULL, false },
};

static int add_loan(struct call *call, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	char code[CODE_TEXT_MAX], item[ITEM_NUMBER_SIZE];

	TRY(loan_get(call->db, id, &loan, err));
	code_write_id(CODE_LOAN, loan.id, code);
	item_number_format(loan.item_number, item);
	CLEANUP(mem_free) char *due = words_instant(loan.due_at, call_now(call));
	table_number(call->table, loan.number, NULL);
	table_text(call->table, code);
	table_number(call->table, loan.item_number, item);
	table_text(call->table, loan.name);
	table_instant(call->table, loan.due_at, due);
	table_instant(call->table, loan.returned_at, NULL);
	return 0;
}

static int lend_one(struct call *call, int64_t item, int64_t *ret_loan, struct err *err)
{
	const struct loan_request request = { .resident = call->act.resident, .item = item };

	return loan_open(call->db, &call->act, &request, ret_loan, err);
}

static int return_one(struct call *call, int64_t item, int64_t *ret_loan, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };

	int r = loan_open_of_item(call->db, item, &loan, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(ITEM_NOT_OUT));
	call->act.resident = loan.resident;
	TRY(loan_return(call->db, &call->act, loan.id, 0, err));
	*ret_loan = loan.id;
	return 0;
}

typedef int (*one_function)(struct call *, int64_t item, int64_t *ret_loan, struct err *);

static int run_one(struct call *call, int index, one_function one, struct err *err)
{
	int64_t item, loan;

	TRY(call_look_up(call, index, &item, err));
	TRY(one(call, item, &loan, err));
	return add_loan(call, loan, err);
}

/* One act per item; a refused one does not stop the others. */
static int run_series(struct call *call, int first, one_function one)
{
	int worst = 0, refused = 0;

	call->act.occurred_at = call_option_time(call, "at");
	for (int i = first; i < call_count(call); i++) {
		struct err err = { 0 };
		call_key(call, i - first);
		if (run_one(call, i, one, &err) == 0)
			continue;
		int code = call_complain(call, call_operand(call, i), &err);
		worst = code > worst ? code : worst;
		refused++;
	}
	if (call_is_json(call) || first + refused < call_count(call))
		call_print(call);
	return worst;
}

static int lend(struct call *call, struct err *err)
{
	(void)err;
	call->act.resident = call_id(call, 0);
	return run_series(call, 1, lend_one);
}

static int give_back(struct call *call, struct err *err)
{
	(void)err;
	return run_series(call, 0, return_one);
}

#define OPTION_WHY                                                                 \
	{                                                                          \
		"why", { OPERAND_TEXT }, N_("Why: needed for --at and --override") \
	}
#define OPTION_AT                                                                            \
	{                                                                                    \
		"at", { OPERAND_TIME }, N_("When it happened, if earlier: 2026-11-21T14:00") \
	}

static const struct verb_option lend_options[] = {
	{ "override", NO_VALUE, N_("Lend although a rule says no") },
	OPTION_AT,
	OPTION_WHY,
	{ 0 },
};
static const struct verb_option return_options[] = { OPTION_AT, OPTION_WHY, { 0 } };

const struct verb lend_verbs[] = {
	{
		.name = "lend",
		.operands = { { OPERAND_CARD }, { OPERAND_ITEM, TIMES_MANY } },
		.help = N_("Lend items to a resident"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = lend_options,
		.columns = COLUMNS(columns),
		.run = lend,
	},
	{
		.name = "return",
		.operands = { { OPERAND_ITEM, TIMES_MANY } },
		.help = N_("Take items back"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = return_options,
		.columns = COLUMNS(columns),
		.run = give_back,
	},
	{ 0 },
};
