/* Loans from another system: entered as they were, past ones and open ones, whatever today's rules
 * would say about them. */
#pragma once

#include "core/store/act.h"

struct loan_past {
	int64_t number; /* 0: the next free one */
	int64_t item, resident;
	int64_t lent_at, due_at;
	int64_t returned_at; /* 0: it is still out */
	int64_t lost_at;     /* 0, or closed as lost at that time, which returned_at is too */
	int64_t renewals;
};

/* act->occurred_at is lent_at. The journal's subject is the loan, not the item: an old loan must
 * not become the item's latest act. ERR_NOT_FOUND ITEM_UNKNOWN, RESIDENT_UNKNOWN; ERR_INVALID
 * DATE_BAD "due_at", "returned_at", "lost_at"; ERR_REFUSED NUMBER_TAKEN, LOAN_OVERLAPS (since when
 * the item was out then to somebody), and for one that is still out ITEM_RETIRED, ITEM_IN_KIT (the
 * kit's number), RESIDENT_LEFT. */
int loan_enter(struct db *, const struct act *, const struct loan_past *, int64_t *ret_id,
	struct err *err);
