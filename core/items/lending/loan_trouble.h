/* What a loan may meet on its way: called back, said to be returned, lost, found (doc/rules.md,
 * Lending). The journal's subject is the item, as of all acts on loans. */
#pragma once

#include "core/items/lending/loan.h"

/* Calls an item back: due at the closing time of `day`, or of the first open day after it, but
 * never before that of the first open day that leaves the borrower the setting's recall_days. The
 * borrower finds `words` at their next visit. A loan that is called back is not renewed.
 * ERR_NOT_FOUND LOAN_UNKNOWN; ERR_INVALID TEXT_… "message"; ERR_REFUSED LOAN_CLOSED,
 * RECALL_NOT_EARLIER (due). */
int loan_recall(struct db *, const struct act *, int64_t loan, struct day day, const char *words,
	int64_t *ret_due_at, struct err *err);

/* The borrower says that it was brought back. The loan stays open and is shown so; it blocks
 * nobody, and if the item turns up, late days end with the claim. ERR_REFUSED LOAN_CLOSED,
 * LOAN_CLAIMED (before). */
int loan_claim(struct db *, const struct act *, int64_t loan, struct err *err);
/* The claim was a mistake. ERR_REFUSED LOAN_CLOSED, UNDO_NOTHING. */
int claim_drop(struct db *, const struct act *, int64_t loan, struct err *err);

/* Whoever brought it back says that it is damaged or incomplete: it waits to be looked at, with a
 * line in the list of what to see to. Only while nothing has happened to the item since its return:
 * ERR_REFUSED UNDO_LATER. */
int loan_report(struct db *, const struct act *, int64_t loan, struct err *err);

/* The loan is over and the item missing; needs act->why. ERR_REFUSED LOAN_CLOSED, WHY_NEEDED. */
int loan_lost(struct db *, const struct act *, int64_t loan, struct err *err);

/* An item that was missing has turned up: on the shelf, and when it has parts or a deposit to be
 * looked over first. One that is still on loan is returned instead (loan_return). ERR_NOT_FOUND
 * ITEM_UNKNOWN; ERR_REFUSED ITEM_OUT_OTHER (due), ITEM_NOT_OUT when it was not missing. */
int item_found(struct db *, const struct act *, int64_t item, struct err *err);
