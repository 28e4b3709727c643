#include "core/items/lending/loan.h"

#include "core/items/lending/loan_row.h"
#include "core/items/reasons.h"
#include "core/store/rows.h"

static const struct column loan_columns[] = {
	COLUMN(struct loan, id),
	COLUMN(struct loan, number),
	COLUMN(struct loan, item),
	COLUMN(struct loan, resident),
	COLUMN(struct loan, visit),
	COLUMN(struct loan, return_visit),
	COLUMN(struct loan, lent_at),
	COLUMN(struct loan, due_at),
	COLUMN(struct loan, returned_at),
	COLUMN(struct loan, voided_at),
	COLUMN(struct loan, renewals),
	COLUMN(struct loan, renewed_from),
	COLUMN(struct loan, renew_visit),
	COLUMN(struct loan, is_override),
	COLUMN(struct loan, claimed_at),
	COLUMN(struct loan, lost_at),
	COLUMN(struct loan, recalled_at),
	COLUMN(struct loan, reported_at),
	COLUMN(struct loan, parts_lent),
	COLUMN(struct loan, parts_missing),
	COLUMN(struct loan, item_number),
	COLUMN(struct loan, category),
	COLUMN(struct loan, name),
	COLUMN(struct loan, safety),
};
const struct row_type loan_rows = ROW_TYPE(struct loan, loan_columns);
ROW_FINISHER(loan_finish, struct loan, loan_rows);

bool loan_is_open(const struct loan *loan)
{
	return loan->returned_at == 0 && loan->voided_at == 0;
}

int loan_get(struct db *db, int64_t id, struct loan *ret, struct err *err)
{
	return row_get(db, &loan_rows, LOAN_SELECT " WHERE loan.id = :id", FIELDS(F_INT("id", id)),
		ret, REASON(LOAN_UNKNOWN), err);
}

int loan_by_number(struct db *db, int64_t number, struct loan *ret, struct err *err)
{
	return row_get(db, &loan_rows, LOAN_SELECT " WHERE loan.number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(LOAN_UNKNOWN), err);
}

int loan_open_of_item(struct db *db, int64_t item, struct loan *ret, struct err *err)
{
	return row_find(db, &loan_rows,
		LOAN_SELECT " WHERE item = :item AND returned_at IS NULL AND voided_at IS NULL",
		FIELDS(F_INT("item", item)), ret, err);
}
