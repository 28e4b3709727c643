/* Parts of queries on loans. A loan is open or has ended, and there are indexes for each
 * (core/store/sql/015-loan-indexes.sql), which SQLite uses for a query that says which of the two
 * it means. All loans of a person, or of an item, are the open ones and, after UNION ALL, the
 * others. */
#pragma once

#define LOAN_IS_OPEN  "returned_at IS NULL AND voided_at IS NULL"
#define LOAN_IS_ENDED "(returned_at IS NOT NULL OR voided_at IS NOT NULL)"

#define LOANS_ALL(columns, whose)                                        \
	"SELECT " columns " FROM loan WHERE " whose " AND " LOAN_IS_OPEN \
	" UNION ALL SELECT " columns " FROM loan WHERE " whose " AND " LOAN_IS_ENDED

/* Without those that were undone. */
#define LOANS_STANDING(columns, whose)                                   \
	"SELECT " columns " FROM loan WHERE " whose " AND " LOAN_IS_OPEN \
	" UNION ALL SELECT " columns " FROM loan WHERE " whose           \
	" AND returned_at IS NOT NULL AND voided_at IS NULL"

/* Whether an item is out, or has been since then. */
#define LOAN_OUT_SINCE(whose, since)                                                           \
	"(EXISTS (SELECT 1 FROM loan WHERE loan.item = " whose " AND " LOAN_IS_OPEN ")"        \
	" OR EXISTS (SELECT 1 FROM loan WHERE loan.item = " whose " AND returned_at >= " since \
	" AND voided_at IS NULL))"
