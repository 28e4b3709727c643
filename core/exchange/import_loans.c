/* The loans of an older system from a table. An existing one is identified by item, resident and
 * the moment it was lent; the only change it may have had since is that it was returned. */
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/exchange/cell.h"
#include "core/exchange/import_person.h"
#include "core/exchange/import_title.h"
#include "core/exchange/loan_past.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/due.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_sql.h"
#include "core/items/reasons.h"

#define NUMBER_MAX 999999999
#define NOON       (12 * 3600)
#define DAYS_END   (24 * 3600 - 1)

/* ---- cells ---- */

static int read_item(struct importing *im, int64_t *ret, struct err *err)
{
	int64_t number = 0;

	TRY(import_item_number(im, LOANS_ITEM, &number, err));
	if (!*import_cell(im, LOANS_ITEM))
		import_fault(im, LOANS_ITEM, REASON_TEXT(TEXT_EMPTY, "item"));
	if (!number)
		return 0;
	TRY(db_integer(import_db(im), "SELECT id FROM item WHERE number = :number",
		FIELDS(F_INT("number", number)), 0, ret, err));
	if (!*ret)
		import_fault(im, LOANS_ITEM, REASON(ITEM_UNKNOWN));
	return 0;
}

static int read_resident(struct importing *im, int64_t *ret, struct err *err)
{
	static const struct import_whom whom = { LOANS_RESIDENT, LOANS_NAME, LOANS_PHONE };
	int r = import_person(im, &whom, ret, err);

	if (r == 0)
		import_fault(im, LOANS_RESIDENT, REASON_TEXT(TEXT_EMPTY, "resident"));
	return r < 0 ? r : 0;
}

/* What today's rules would have given. */
static int work_out_due(struct importing *im, struct loan_past *loan, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct resident resident;
	struct rule rule;

	TRY(item_get(import_db(im), loan->item, &item, err));
	TRY(resident_get(import_db(im), loan->resident, &resident, err));
	TRY(rule_lookup(import_db(im), resident.category, item.category, &rule, err));
	return due_compute(import_db(im), &rule, loan->lent_at, loan->lent_at, &loan->due_at, err);
}

/* Due times may lie ahead. */
static void read_due(struct importing *im, int64_t *ret)
{
	const char *cell = import_cell(im, LOANS_DUE);
	struct day today = when_day(db_now(import_db(im)));
	struct err err = { 0 };

	if (*cell && cell_instant(cell, "due_at", today, DAYS_END, ret, &err) < 0)
		import_fault(im, LOANS_DUE, err.reasons[0]);
}

static int read_loan(struct importing *im, struct loan_past *loan, struct err *err)
{
	import_integer(im, LOANS_NUMBER, 1, NUMBER_MAX, &loan->number);
	TRY(read_item(im, &loan->item, err));
	TRY(read_resident(im, &loan->resident, err));
	/* In old lists with days only, a loan that came and went on one day did so at noon. */
	import_instant(im, LOANS_LENT, NOON, &loan->lent_at);
	import_instant(im, LOANS_RETURNED, NOON, &loan->returned_at);
	import_instant(im, LOANS_LOST, NOON, &loan->lost_at);
	import_integer(im, LOANS_RENEWALS, 0, NUMBER_MAX, &loan->renewals);
	read_due(im, &loan->due_at);
	if (!*import_cell(im, LOANS_LENT))
		import_fault(im, LOANS_LENT, REASON_TEXT(TEXT_EMPTY, "lent_at"));
	if (!loan->returned_at)
		loan->returned_at = loan->lost_at;
	if (!import_has_fault(im) && !loan->due_at)
		return work_out_due(im, loan, err);
	return 0;
}

/* ---- a line ---- */

static int find_known(struct db *db, const struct loan_past *loan, int64_t *ret_id, struct err *err)
{
	return db_integer(db,
		LOANS_STANDING(
			"id", "item = :item AND lent_at = :lent_at AND resident = :resident"),
		FIELDS(F_INT("item", loan->item), F_INT("resident", loan->resident),
			F_INT("lent_at", loan->lent_at)),
		0, ret_id, err);
}

static int compare(struct importing *im, const struct loan_past *given, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan kept = { 0 };

	TRY(loan_get(import_db(im), id, &kept, err));
	bool is_due_same = !*import_cell(im, LOANS_DUE) || given->due_at == kept.due_at;
	bool is_end_same = given->returned_at == kept.returned_at && given->lost_at == kept.lost_at;
	bool is_rest_same = !*import_cell(im, LOANS_RENEWALS) || given->renewals == kept.renewals;
	if (is_due_same && is_end_same && is_rest_same)
		return IMPORT_SAME;
	bool has_come_back = kept.returned_at == 0 && given->returned_at && !given->lost_at;
	if (!has_come_back || !is_due_same || !is_rest_same)
		return err_set(err, ERR_REFUSED, REASON(LOAN_DIFFERS, .n1 = kept.number));
	struct act act = import_act(im, given->returned_at);
	TRY(loan_return(import_db(im), &act, id, 0, err));
	import_changed(im, LOANS_RETURNED);
	return IMPORT_CHANGED;
}

static int row(struct importing *im, struct err *err)
{
	struct loan_past loan = { 0 };
	int64_t id;

	TRY(read_loan(im, &loan, err));
	if (import_has_fault(im))
		return 0;
	TRY(find_known(import_db(im), &loan, &id, err));
	if (id)
		return import_is_first(im, LOANS_LENT, id) ? compare(im, &loan, id, err) : 0;
	struct act act = import_act(im, loan.lent_at);
	TRY(loan_enter(import_db(im), &act, &loan, &id, err));
	import_is_first(im, LOANS_LENT, id);
	return IMPORT_ADDED;
}

const struct import_kind import_loans_kind = { .name = LOANS_ITEM, .row = row };
