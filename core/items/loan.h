/* Loans: lending, returning, renewing, and undoing either (doc/rules.md, Lending). What stands
 * against a loan is in loan_check.h, lists of loans in loan_list.h.
 *
 * The journal's subject of all of these acts is the item, its resident the borrower. A backdated
 * act (act->occurred_at) never goes before the item's latest one: ERR_REFUSED BACKDATE_BEFORE. */
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
	int64_t renewed_from, renew_visit; /* of the last renewal: due before it, and where */
	bool is_override;                  /* lent or renewed against a rule, by a named person */
	int64_t claimed_at;                /* the borrower says it was brought back; 0: not */
	int64_t lost_at;     /* closed as lost, which returned_at is then too; 0: not */
	int64_t recalled_at; /* called back: due earlier than it was; 0: not */
	int64_t reported_at; /* said at its return: damaged or incomplete; 0: not */
	/* bits of parts missing when lent, and when it came back */
	int64_t parts_lent, parts_missing;

	/* of the item and its title as they are now, for whoever shows it */
	int64_t item_number, category;
	char *name, *safety;
};
void loan_finish(struct loan *);
bool loan_is_open(const struct loan *);

/* Reading. ERR_NOT_FOUND LOAN_UNKNOWN. */
int loan_get(struct db *, int64_t id, struct loan *ret, struct err *err);
int loan_by_number(struct db *, int64_t number, struct loan *ret, struct err *err);
/* 1 and *ret, or 0 when the item is on the shelf. */
int loan_open_of_item(struct db *, int64_t item, struct loan *ret, struct err *err);

/* Lends `item` to `resident`; `visit` is the desk's, or 0. *ret_loan is the loan's id; the same key
 * again answers the same loan. It fulfils the resident's hold on the title. Refused as loan_check
 * says. */
struct loan_request {
	int64_t item, resident, visit;
};
int loan_open(struct db *, const struct act *, const struct loan_request *, int64_t *ret_loan,
	struct err *err);

/* Accepted while the loan is open, whatever the person's standing; an item that was missing becomes
 * active. Nobody looked at its parts. ERR_NOT_FOUND LOAN_UNKNOWN, ERR_REFUSED LOAN_CLOSED. */
int loan_return(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);

/* The same, and whether its parts came back (title_part). With parts missing that were there when
 * it was lent it goes to repair, unless the volunteer says otherwise. With a parts list that nobody
 * looked at, or with a deposit and returned by a resident alone, it waits to be looked at
 * (item_look.h). As above, and ERR_INVALID NUMBER_BAD "parts". */
#define PARTS_UNSEEN (-1)
struct loan_giving_back {
	int64_t loan, visit;
	int64_t parts_missing; /* bits; 0: it is whole; PARTS_UNSEEN: nobody looked */
	bool stays_in_use;     /* whatever is missing; volunteers only */
	bool is_damaged;       /* its deposit waits for a decision (deposit_settle) */
};
int loan_give_back(
	struct db *, const struct act *, const struct loan_giving_back *, struct err *err);

/* From the old due time, or from now when that has passed. Refused as loan_renew_check says. */
int loan_renew(struct db *, const struct act *, int64_t loan, int64_t visit, int64_t *ret_due_at,
	struct err *err);

/* Undo of a lend: the loan becomes voided, as if it had not been. Only in its own visit (outside of
 * any, 0: volunteers only) and while nothing later that stands has happened to the item.
 * ERR_REFUSED LOAN_CLOSED, UNDO_LATER, UNDO_OTHER_VISIT. */
int loan_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
/* Undo of a return: the loan is open again, due as before. ERR_REFUSED UNDO_NOTHING (not returned),
 * UNDO_LATER, UNDO_OTHER_VISIT. */
int return_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
/* The same of a return that no visit made, by whoever stands at the board: only at the station
 * where it was made. The desk answers for it that nothing else has been done there since. */
int return_void_at_board(struct db *, const struct act *, int64_t loan, struct err *err);
/* Undo of a renewal: due as before it. ERR_REFUSED UNDO_NOTHING (not renewed), UNDO_LATER,
 * UNDO_OTHER_VISIT. */
int renew_void(struct db *, const struct act *, int64_t loan, int64_t visit, struct err *err);
