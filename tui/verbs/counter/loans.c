/* loans [--overdue] [--card CARD] */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define PAGE 200

static const struct table_column columns[] = {
	{ "number", N_("Loan"), true },
	{ "code", NULL, false },
	{ "item", N_("Item no."), true },
	{ "title", N_("Title"), false },
	{ "resident", N_("Resident no."), true },
	{ "name", NC_("person", "Name"), false },
	{ "lent_at", NULL, false },
	{ "due_at", N_("Due"), false },
	{ "days_late", N_("Days late"), true },
	{ "renewals", N_("Renewals"), true },
};

static int add_loan(struct call *call, const struct loan *loan, struct err *err)
{
	struct resident resident;
	CLEANUP(mem_free) char *name = NULL;
	char code[CODE_TEXT_MAX], item[ITEM_NUMBER_SIZE];
	int64_t days_late;

	TRY(resident_get(call->db, loan->resident, &resident, err));
	TRY(who_name(call->db, loan->resident, call->is_staff, &name, err));
	TRY(due_days_late(call->db, loan->due_at, call_now(call), &days_late, err));
	code_write_id(CODE_LOAN, loan->id, code);
	item_number_format(loan->item_number, item);
	CLEANUP(mem_free) char *due = words_instant(loan->due_at, call_now(call));
	table_number(call->table, loan->number, NULL);
	table_text(call->table, code);
	table_number(call->table, loan->item_number, item);
	table_text(call->table, loan->name);
	table_number(call->table, resident.number, NULL);
	table_text(call->table, name);
	table_instant(call->table, loan->lent_at, NULL);
	table_instant(call->table, loan->due_at, due);
	table_number(call->table, days_late, days_late ? NULL : "");
	table_number(call->table, loan->renewals, loan->renewals ? NULL : "");
	return 0;
}

static int add_page(struct call *call, const struct loan_list *page, struct err *err)
{
	for (int i = 0; i < page->count; i++)
		TRY(add_loan(call, &page->rows[i], err));
	return 0;
}

static int add_all(struct call *call, int64_t before_at, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list page = { 0 };

	TRY(loans_due(call->db, before_at, NULL, PAGE, &page, err));
	for (;;) {
		TRY(add_page(call, &page, err));
		if (page.count < PAGE)
			return 0;
		struct loan_list next = { 0 };
		TRY(loans_due(call->db, before_at, &page.rows[page.count - 1], PAGE, &next, err));
		loan_list_finish(&page);
		page = next;
	}
}

static int add_of_resident(struct call *call, int64_t resident, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };

	TRY(loans_of_resident(call->db, resident, &list, err));
	return add_page(call, &list, err);
}

static int list_loans(struct call *call, struct err *err)
{
	int64_t resident = call_option_id(call, "card", 0);

	return resident
		       ? add_of_resident(call, resident, err)
		       : add_all(call, call_has(call, "overdue") ? call_now(call) : INT64_MAX, err);
}

static const struct verb_option options[] = {
	{ "overdue", NO_VALUE, N_("Only what is past its due time") },
	{ "card", { OPERAND_CARD }, N_("Only one resident's") },
	{ 0 },
};

const struct verb loan_verbs[] = {
	{
		.name = "loans",
		.help = N_("List what is out, the earliest due first"),
		.takes = VERB_JSON | VERB_NAMES,
		.options = options,
		.columns = COLUMNS(columns),
		.run = list_loans,
	},
	{ 0 },
};
