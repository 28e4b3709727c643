/* Placing a hold and ending it. The journal's subject of these acts is the title. */
#pragma once

#include "core/items/lending/hold.h"

struct hold_request {
	int64_t title, resident, visit;
};
/* `*ret_hold` may be ready at once, when a volunteer places it and a copy is on the shelf. A
 * refusal has all reasons; act->is_override overrides those that loan_reason_is_overridable names.
 * ERR_NOT_FOUND TITLE_UNKNOWN, RESIDENT_UNKNOWN. ERR_REFUSED RESIDENT_LEFT, HOLD_EXISTS,
 * HOLD_HAS_COPY (due), HOLD_NO_COPY (none that is ever lent), HOLD_ON_SHELF (to a resident alone:
 * they can take it), ITEM_NOT_FOR_LOAN, and objections to the person (eligible.h). */
int hold_place(struct db *, const struct act *, const struct hold_request *, int64_t *ret_hold,
	struct err *err);

/* A resident alone can cancel their own (act->resident), a volunteer anybody's; the copy goes to
 * the next. ERR_NOT_FOUND HOLD_UNKNOWN, ERR_REFUSED HOLD_ENDED. */
int hold_cancel(struct db *, const struct act *, int64_t hold, struct err *err);

/* Stores the state of a title's queue: what has expired, and which copies are now put aside for
 * whom. If there is nothing to write, no act happens. 1: something was written, 0: nothing. */
int hold_settle(struct db *, const struct act *, int64_t title, struct err *err);

/* The copy of an ended hold is back where it belongs; anything that waited for it is settled too.
 * ERR_NOT_FOUND HOLD_UNKNOWN; ERR_REFUSED HOLD_ENDED when no copy of it is on the pick-up shelf. */
int hold_put_back(struct db *, const struct act *, int64_t hold, struct err *err);
