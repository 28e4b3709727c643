/* loans [--overdue] [--card CARD] */
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/items/due.h"
#include "core/items/item.h"
#include "core/items/loan_list.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
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

struct listing {
	struct db *db;
	struct table *table;
	int64_t now;
	bool is_full; /* names */
};

static int add_loan(const struct listing *l, const struct loan *loan, struct err *err)
{
	struct resident resident;
	CLEANUP(mem_free) char *name = NULL;
	char code[CODE_TEXT_MAX], item[ITEM_NUMBER_SIZE];
	int64_t days_late;

	TRY(resident_get(l->db, loan->resident, &resident, err));
	TRY(who_name(l->db, loan->resident, l->is_full, &name, err));
	TRY(due_days_late(l->db, loan->due_at, l->now, &days_late, err));
	code_write_id(CODE_LOAN, loan->id, code);
	item_number_format(loan->item_number, item);
	CLEANUP(mem_free) char *due = words_instant(loan->due_at, l->now);
	table_number(l->table, loan->number, NULL);
	table_text(l->table, code);
	table_number(l->table, loan->item_number, item);
	table_text(l->table, loan->name);
	table_number(l->table, resident.number, NULL);
	table_text(l->table, name);
	table_instant(l->table, loan->lent_at, NULL);
	table_instant(l->table, loan->due_at, due);
	table_number(l->table, days_late, days_late ? NULL : "");
	table_number(l->table, loan->renewals, loan->renewals ? NULL : "");
	return 0;
}

static int add_page(const struct listing *l, const struct loan_list *page, struct err *err)
{
	for (int i = 0; i < page->count; i++)
		TRY(add_loan(l, &page->rows[i], err));
	return 0;
}

static int add_all(const struct listing *l, int64_t before_at, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list page = { 0 };

	TRY(loans_due(l->db, before_at, NULL, PAGE, &page, err));
	for (;;) {
		TRY(add_page(l, &page, err));
		if (page.count < PAGE)
			return 0;
		struct loan_list next = { 0 };
		TRY(loans_due(l->db, before_at, &page.rows[page.count - 1], PAGE, &next, err));
		loan_list_finish(&page);
		page = next;
	}
}

static int add_of_resident(const struct listing *l, const char *card, struct err *err)
{
	CLEANUP(loan_list_finish) struct loan_list list = { 0 };
	int64_t resident;

	TRY(named_resident(l->db, card, &resident, err));
	TRY(loans_of_resident(l->db, resident, &list, err));
	return add_page(l, &list, err);
}

static int list_loans(struct call *call, struct err *err)
{
	CLEANUP(table_destroyp) struct table *table = table_create(columns, ARRAY_LEN(columns));
	struct listing l = { .table = table, .now = call_now(call) };

	TRY(call_db(call, &l.db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	l.is_full = staff == 1;
	if (call_has(call, "card"))
		TRY(add_of_resident(&l, call_option(call, "card"), err));
	else
		TRY(add_all(&l, call_has(call, "overdue") ? l.now : INT64_MAX, err));
	table_print(table, call_is_json(call));
	return 0;
}

static const struct verb_option options[] = {
	{ "overdue", NULL, N_("Only what is past its due time") },
	{ "card", N_("CARD"), N_("Only one resident's") },
	{ 0 },
};

const struct verb loan_verbs[] = {
	{
		.name = "loans",
		.usage = "",
		.help = N_("List what is out, the earliest due first"),
		.takes = VERB_JSON | VERB_STAFF,
		.options = options,
		.run = list_loans,
	},
	{ 0 },
};
