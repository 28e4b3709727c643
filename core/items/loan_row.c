#include "core/items/loan_row.h"

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
