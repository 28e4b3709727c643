#include "core/items/lending/loan_list.h"

#include "core/items/lending/loan.h"
#include "core/items/lending/loan_row.h"
#include "core/items/lending/loan_sql.h"
#include "core/store/rows.h"

LIST_FINISHER(loan_list_finish, struct loan_list, loan_rows);

int loans_of_resident(struct db *db, int64_t resident, struct loan_list *ret, struct err *err)
{
	return rows_list(db, &loan_rows,
		LOAN_SELECT " WHERE resident = :resident AND returned_at IS NULL"
			    " AND voided_at IS NULL ORDER BY due_at, loan.number",
		FIELDS(F_INT("resident", resident)), ret, err);
}

int loans_of_visit(struct db *db, int64_t visit, struct loan_list *ret, struct err *err)
{
	return rows_list(db, &loan_rows,
		LOAN_SELECT
		" WHERE (visit = :visit OR return_visit = :visit OR renew_visit = :visit)"
		" AND voided_at IS NULL ORDER BY loan.number",
		FIELDS(F_INT("visit", visit)), ret, err);
}

int loans_left_of_visit(struct db *db, int64_t visit, struct loan_list *ret, struct err *err)
{
	return rows_list(db, &loan_rows,
		LOAN_SELECT
		" WHERE loan.id IN (SELECT loan FROM visit_asked WHERE visit_asked.visit = :visit)"
		" AND returned_at IS NULL AND voided_at IS NULL"
		" AND ifnull(renew_visit, 0) <> :visit ORDER BY loan.number",
		FIELDS(F_INT("visit", visit)), ret, err);
}

int loans_due(struct db *db, int64_t before_at, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err)
{
	return rows_list(db, &loan_rows,
		LOAN_SELECT " WHERE loan.id IN (SELECT id FROM loan INDEXED BY loan_open"
			    " WHERE " LOAN_IS_OPEN
			    " AND due_at < :before AND (due_at, id) > (:after_at, :after_id)"
			    " ORDER BY due_at, id LIMIT :limit) ORDER BY due_at, loan.id",
		FIELDS(F_INT("before", before_at),
			F_INT("after_at", after ? after->due_at : INT64_MIN),
			F_INT("after_id", after ? after->id : 0), F_INT("limit", limit)),
		ret, err);
}

#define BEFORE(whose) whose " = :whose AND (lent_at, id) < (:after_at, :after_id)"
#define HISTORY(whose)                                                                  \
	LOAN_SELECT                                                                     \
	" WHERE loan.id IN (SELECT id FROM (" LOANS_STANDING(                           \
		"lent_at, id", BEFORE(whose)) " ORDER BY 1 DESC, 2 DESC LIMIT :limit))" \
					      " ORDER BY lent_at DESC, loan.id DESC"

static int read_history(struct db *db, const char *sql, int64_t whose, const struct loan *after,
	int limit, struct loan_list *ret, struct err *err)
{
	return rows_list(db, &loan_rows, sql,
		FIELDS(F_INT("whose", whose), F_INT("after_at", after ? after->lent_at : INT64_MAX),
			F_INT("after_id", after ? after->id : 0), F_INT("limit", limit)),
		ret, err);
}

int loans_history_of_resident(struct db *db, int64_t resident, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err)
{
	return read_history(db, HISTORY("resident"), resident, after, limit, ret, err);
}

int loans_history_of_item(struct db *db, int64_t item, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err)
{
	return read_history(db, HISTORY("item"), item, after, limit, ret, err);
}
