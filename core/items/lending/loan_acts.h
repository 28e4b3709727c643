/* Lending, returning, renewing, and undoing either (doc/rules.md, Lending).
 *
 * The journal's subject of all of these acts is the item, its resident the borrower. A backdated
 * act (act->occurred_at) never goes before the item's latest one: ERR_REFUSED BACKDATE_BEFORE. */
#pragma once

#include "core/items/lending/loan_check.h"

/* Lends `item` to `resident`; *ret_loan is the loan's id; the same key again returns the same loan.
 * It fulfils the resident's hold on the title. Refused as loan_check says. */
int loan_open(struct db *, const struct act *, const struct loan_request *, int64_t *ret_loan,
	struct err *err);

/* Accepted while the loan is open, whatever the person's standing; an item that was missing becomes
 * active. Nobody checked its parts. ERR_NOT_FOUND LOAN_UNKNOWN, ERR_REFUSED LOAN_CLOSED. */
int loan_return(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);

/* The same, with whether its parts came back (title_part). If parts are missing that were there
 * when it was lent, it goes to repair, unless the volunteer says otherwise. If it has a parts list
 * that nobody checked, or a deposit and is returned by a resident alone, it waits for inspection
 * (item_look.h). As above, and ERR_INVALID NUMBER_BAD "parts". */
#define PARTS_UNSEEN (-1)
struct loan_giving_back {
	int64_t loan, visit;
	int64_t parts_missing; /* bits; 0: it is complete; PARTS_UNSEEN: nobody checked */
	bool stays_in_use;     /* even if parts are missing; volunteers only */
	bool is_damaged;       /* its deposit waits for a decision (deposit_settle) */
};
int loan_give_back(
	struct db *, const struct act *, const struct loan_giving_back *, struct err *err);

struct loan_renewing {
	int64_t loan, visit; /* visit: the desk's, or 0 */
};
/* Runs from the old due time, or from now if that has passed. Refused as loan_renew_check says. */
int loan_renew(struct db *, const struct act *, const struct loan_renewing *, int64_t *ret_due_at,
	struct err *err);

/* Undoes a lend: the loan becomes voided, as if it had not happened. Only in its own visit (outside
 * of any, 0: volunteers only) and while nothing later that is in force has happened to the item.
 * ERR_REFUSED LOAN_CLOSED, UNDO_LATER, UNDO_OTHER_VISIT. */
int loan_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
/* Undoes a return: the loan is open again, due as before. ERR_REFUSED UNDO_NOTHING (not returned),
 * UNDO_LATER, UNDO_OTHER_VISIT. */
int return_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
/* The same for a return outside of any visit, by the person at the board: only at the station where
 * it was made. The desk guarantees that nothing else has been done there since. */
int return_void_at_board(struct db *, const struct act *, int64_t loan, struct err *err);
/* Undoes a renewal: due as before it. ERR_REFUSED UNDO_NOTHING (not renewed), UNDO_LATER,
 * UNDO_OTHER_VISIT. */
int renew_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
