/* Enters what is written on a blank slip (core/site/blank.h): each line as the act that it would
 * have been at the counter, backdated to what is written, with its own journal row. All of a slip
 * or nothing. */
#pragma once

#include "core/site/blank.h"

struct blank_written {
	int64_t at;           /* when it was lent or returned, or the room was entered */
	int64_t until_at;     /* ROOM: when it was left */
	int64_t resident;     /* LEND; ROOM, or 0: without a card */
	const int64_t *items; /* LEND, RETURN */
	int item_count;
	int64_t venue, people; /* ROOM */
};

/* `act` is a volunteer's and has a reason. What the slip records has already happened: an objection
 * that a volunteer could have overridden (loan_reason_is_overridable) stops nothing and is kept as
 * an override. ERR_REFUSED BLANK_ENTERED; ITEM_NOT_OUT for a returned item; as loan_open,
 * loan_return, session_enter and act_begin, with BLANK_LINE added if it concerns one of the
 * items. */
int blank_write(struct db *, const struct act *, const struct blank *, const struct blank_written *,
	struct err *err);
