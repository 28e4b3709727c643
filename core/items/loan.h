/* Loans: lending, returning, renewing, and undoing either (rules.md, Lending).
 *
 * Every refusal carries all of its reasons (ERR_REFUSED). A volunteer may break a rule with
 * act->is_override and act->why where loan_reason_is_overridable says so; if any other reason
 * stands beside it, the refusal stands. OVERDUE_ASK, and RENEW_OVERDUE where the policy asks, are
 * questions to a volunteer: they refuse a resident alone, not a volunteer.
 *
 * The journal's subject of all of these acts is the item, its resident the borrower. A backdated
 * act (act->occurred_at) never goes before the item's latest one: BACKDATE_BEFORE. */
#pragma once

#include "core/store/act.h"

struct loan {
	int64_t id;
	int64_t number; /* printed on the receipt */
	int64_t item, resident;
	int64_t visit, return_visit; /* the desk's visits in which it was lent and returned, or 0 */
	int64_t lent_at, due_at;
	int64_t returned_at, voided_at; /* 0: not */
	int64_t renewals;
	bool is_override;

	/* of the item and its title, for whoever shows it */
	int64_t item_number;
	char *name, *safety; /* as they are now */
};
void loan_finish(struct loan *);
static inline bool loan_is_open(const struct loan *loan)
{
	return loan->returned_at == 0 && loan->voided_at == 0;
}

struct loan_list {
	struct loan *rows;
	int count;
};
#define LOAN_LIST_INIT \
	{              \
		0      \
	}
void loan_list_finish(struct loan_list *);

/* Lends `item` to `resident`; `visit` is the desk's, or 0. *ret_loan is its id.
 * ERR_NOT_FOUND ITEM_UNKNOWN, RESIDENT_UNKNOWN. Refused: ITEM_OUT_SAME_VISIT, ITEM_OUT_SELF,
 * ITEM_OUT_OTHER, ITEM_MAINTENANCE, ITEM_MISSING, ITEM_RETIRED, ITEM_TURNAROUND, ITEM_NOT_FOR_LOAN,
 * RESIDENT_LEFT, OVERDUE_ASK, OVERDUE_BLOCK, SUSPENDED, LIMIT_TOTAL, LIMIT_CATEGORY. */
struct loan_request {
	int64_t item, resident, visit;
};
int loan_open(struct db *, const struct act *, const struct loan_request *, int64_t *ret_loan,
	struct err *err);

/* The same rules at act's time, writing nothing: 0 when it would be lent, *ret_due_at (may be NULL)
 * then says until when. */
int loan_check(struct db *, const struct act *, const struct loan_request *, int64_t *ret_due_at,
	struct err *err);

/* True for a reason that an override breaks. Never for an item that is out, away or unfit. */
bool loan_reason_is_overridable(enum reason_code);

/* Always accepted while the loan is open, whatever the person's standing. A missing item becomes
 * active. ERR_NOT_FOUND LOAN_UNKNOWN, ERR_REFUSED LOAN_CLOSED. */
int loan_return(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);

/* Renews from the old due time, or from now when that has passed. Refused: LOAN_CLOSED,
 * RESIDENT_LEFT, RENEW_LIMIT, RENEW_TOO_EARLY, RENEW_OVERDUE (past grace, where the policy asks or
 * blocks), RENEW_NOT_LATER (the hard due date leaves nothing to gain). */
int loan_renew(struct db *, const struct act *, int64_t loan, int64_t *ret_due_at, struct err *err);
int loan_renew_check(
	struct db *, const struct act *, int64_t loan, int64_t *ret_due_at, struct err *err);

/* Undo of a lend: the loan becomes voided, as if it had not been. Only in its own visit (outside a
 * visit, 0: volunteers only) and while nothing later has happened to the item.
 * Refused: UNDO_OTHER_VISIT, UNDO_LATER, LOAN_CLOSED. */
int loan_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
/* Undo of a return: the loan is open again with its old due time. Refused: UNDO_NOTHING (not
 * returned), UNDO_OTHER_VISIT, UNDO_LATER. */
int return_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);

/* Until when the resident may not borrow because of late returns, 0 when not suspended at `at`.
 * Worked out from the loans whenever it is read; the longest counts, they do not add up. */
int loan_suspended_until(
	struct db *, int64_t resident, int64_t at, int64_t *ret_until, struct err *err);

/* Reading. ERR_NOT_FOUND LOAN_UNKNOWN. */
int loan_get(struct db *, int64_t id, struct loan *ret, struct err *err);
int loan_by_number(struct db *, int64_t number, struct loan *ret, struct err *err);
/* 1 and *ret, or 0 when the item is on the shelf. */
int loan_open_of_item(struct db *, int64_t item, struct loan *ret, struct err *err);
/* Open loans of a resident, the earliest due first. */
int loans_of_resident(struct db *, int64_t resident, struct loan_list *ret, struct err *err);
/* What was lent or returned in a visit, voided ones left out, in the order of their numbers. Lent:
 * loan.visit == visit; returned: loan.return_visit == visit. */
int loans_of_visit(struct db *, int64_t visit, struct loan_list *ret, struct err *err);

/* Open loans, the earliest due first, due before `before_at` (INT64_MAX: all; now: the overdue
 * ones), at most `limit`, after the loan `after` of an earlier call (NULL: from the start). */
int loans_due(struct db *, int64_t before_at, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err);
/* Past and present loans of a resident or of an item (the other 0), the latest first, voided ones
 * left out; after the loan `after` of an earlier call. */
struct loan_history {
	int64_t resident, item;
	const struct loan *after;
	int limit;
};
int loans_history(struct db *, const struct loan_history *, struct loan_list *ret, struct err *err);
