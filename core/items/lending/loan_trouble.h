/* What can happen to a loan on its way: recalled, claimed as returned, lost, found (doc/rules.md,
 * Lending). The journal's subject is the item, as for all acts on loans. */
#pragma once

#include "core/items/lending/loan.h"

/* Recalls an item: due at the closing time of `day`, or of the first open day after it, but never
 * before that of the first open day that leaves the borrower the setting's recall_days. The
 * borrower is shown `words` at their next visit. A recalled loan is not renewed. ERR_NOT_FOUND
 * LOAN_UNKNOWN; ERR_INVALID TEXT_… "message"; ERR_REFUSED LOAN_CLOSED, RECALL_NOT_EARLIER (due). */
int loan_recall(struct db *, const struct act *, int64_t loan, struct day day, const char *words,
	int64_t *ret_due_at, struct err *err);

/* The borrower claims to have returned it. The loan stays open and is shown as claimed; it blocks
 * nobody, and if the item turns up, late days end with the claim. ERR_REFUSED LOAN_CLOSED,
 * LOAN_CLAIMED (before). */
int loan_claim(struct db *, const struct act *, int64_t loan, struct err *err);
/* The claim was a mistake. ERR_REFUSED LOAN_CLOSED, UNDO_NOTHING. */
int claim_drop(struct db *, const struct act *, int64_t loan, struct err *err);

/* Whoever returned it says that it is damaged or incomplete: it waits for inspection, with a line
 * in the list of things to deal with. Only while nothing has happened to the item since its return:
 * ERR_REFUSED UNDO_LATER. */
int loan_report(struct db *, const struct act *, int64_t loan, struct err *err);

/* The loan is closed and the item missing; needs act->why. ERR_REFUSED LOAN_CLOSED, WHY_NEEDED. */
int loan_lost(struct db *, const struct act *, int64_t loan, struct err *err);

/* A missing item has turned up: on the shelf, and if it has parts or a deposit, to be inspected
 * first. One that is still on loan is returned instead (loan_return). ERR_NOT_FOUND ITEM_UNKNOWN;
 * ERR_REFUSED ITEM_OUT_OTHER (due), ITEM_NOT_OUT when it was not missing. */
int item_found(struct db *, const struct act *, int64_t item, struct err *err);
