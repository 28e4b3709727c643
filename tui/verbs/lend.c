/* lend CARD ITEM…, return ITEM… */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/item.h"
#include "core/items/loan.h"
#include "core/items/reasons.h"
#include "core/words.h"
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
	{ "returned_at", NULL, false },
};

static int add_loan(
	struct table *table, struct call *call, struct db *db, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	char code[CODE_TEXT_MAX], item[ITEM_NUMBER_SIZE];

	TRY(loan_get(db, id, &loan, err));
	code_write_id(CODE_LOAN, loan.id, code);
	item_number_format(loan.item_number, item);
	CLEANUP(mem_free) char *due = words_instant(loan.due_at, call_now(call));
	table_number(table, loan.number, NULL);
	table_text(table, code);
	table_number(table, loan.item_number, item);
	table_text(table, loan.name);
	table_instant(table, loan.due_at, due);
	table_instant(table, loan.returned_at, NULL);
	return 0;
}

/* --at, --why and --override become the act's. */
static int read_circumstances(struct call *call, struct act *act, struct err *err)
{
	const char *at = call_option(call, "at");

	if (at)
		TRY(when_parse(at, &act->occurred_at, err));
	act->why = call_option(call, "why");
	act->is_override = call_has(call, "override");
	return 0;
}

/* One act an item; what one is refused does not keep the others. */
struct series {
	struct call *call;
	struct db *db;
	struct act act;
	struct table *table;
	int worst; /* exit code */
};

static int lend_one(struct series *s, const char *item, int64_t *ret_loan, struct err *err)
{
	struct loan_request request = { .resident = s->act.resident };

	TRY(named_item(s->db, item, &request.item, err));
	return loan_open(s->db, &s->act, &request, ret_loan, err);
}

static int return_one(struct series *s, const char *item, int64_t *ret_loan, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	int64_t id;
	int r;

	TRY(named_item(s->db, item, &id, err));
	TRY(r = loan_open_of_item(s->db, id, &loan, err));
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(ITEM_NOT_OUT));
	s->act.resident = loan.resident;
	TRY(loan_return(s->db, &s->act, loan.id, 0, err));
	*ret_loan = loan.id;
	return 0;
}

static void run_series(struct series *s, int first,
	int (*one)(struct series *, const char *item, int64_t *ret_loan, struct err *err))
{
	int refused = 0;

	for (int i = first; i < call_count(s->call); i++) {
		const char *item = call_operand(s->call, i);
		struct err err = { 0 };
		int64_t loan;
		call_key(s->call, i - first, s->act.key);
		int r = one(s, item, &loan, &err);
		if (r >= 0)
			r = add_loan(s->table, s->call, s->db, loan, &err);
		if (r < 0) {
			int code = call_complain(s->call, item, &err);
			s->worst = code > s->worst ? code : s->worst;
			refused++;
		}
	}
	if (call_is_json(s->call) || first + refused < call_count(s->call))
		table_print(s->table, call_is_json(s->call));
}

static int begin(struct series *s, struct call *call, struct err *err)
{
	*s = (struct series){ .call = call };
	int r = call_staff(call, &s->act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &s->db, err));
	return read_circumstances(call, &s->act, err);
}

static int lend(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct series s;

	int r = begin(&s, call, err);
	if (r != 0)
		return r;
	s.table = table;
	TRY(named_resident(s.db, call_operand(call, 0), &s.act.resident, err));
	run_series(&s, 1, lend_one);
	return s.worst;
}

static int give_back(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct series s;

	int r = begin(&s, call, err);
	if (r != 0)
		return r;
	s.table = table;
	run_series(&s, 0, return_one);
	return s.worst;
}

#define OPTION_WHY                                                           \
	{                                                                    \
		"why", N_("TEXT"), N_("Why: needed for --at and --override") \
	}
#define OPTION_AT                                                                      \
	{                                                                              \
		"at", N_("TIME"), N_("When it happened, if earlier: 2026-11-21T14:00") \
	}

static const struct verb_option lend_options[] = {
	{ "override", NULL, N_("Lend although a rule says no") },
	OPTION_AT,
	OPTION_WHY,
	{ 0 },
};
static const struct verb_option return_options[] = { OPTION_AT, OPTION_WHY, { 0 } };

const struct verb lend_verbs[] = {
	{
		.name = "lend",
		.usage = N_("CARD ITEM…"),
		.help = N_("Lend items to a resident"),
		.min = 2,
		.max = -1,
		.numbers_from = 2,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = lend_options,
		.run = lend,
	},
	{
		.name = "return",
		.usage = N_("ITEM…"),
		.help = N_("Take items back"),
		.min = 1,
		.max = -1,
		.numbers_from = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = return_options,
		.run = give_back,
	},
	{ 0 },
};
