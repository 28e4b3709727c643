/* Entering what stands on a blank slip (core/site/blank.h): each line as the act that it would have
 * been at the counter, backdated to what is written, with a journal row of its own. All of a slip
 * or nothing of it. */
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

/* `act` is a volunteer's and has a reason. It has happened already: what a volunteer could have
 * allowed as an exception (loan_reason_is_overridable) stops nothing and is kept as one.
 * ERR_REFUSED BLANK_ENTERED; ITEM_NOT_OUT of what is returned; as loan_open, loan_return,
 * session_enter and act_begin, with BLANK_LINE beside what is about one of the items. */
int blank_write(struct db *, const struct act *, const struct blank *, const struct blank_written *,
	struct err *err);
