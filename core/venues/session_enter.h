/* A use of a room that was recorded on paper: entered whole, from sign-in to sign-out, whatever the
 * room's rules would have said. */
#pragma once

#include "core/store/act.h"

struct session_past {
	int64_t venue;
	int64_t resident; /* 0: without a card */
	int64_t people;
	int64_t in_at, out_at;
};

/* act->occurred_at is in_at. Their own booking of that time counts as used, unless it has been
 * recorded as missed. The journal's subject is the session, not the room: an old entry must not
 * become the room's latest act. ERR_NOT_FOUND VENUE_UNKNOWN, RESIDENT_UNKNOWN; ERR_INVALID
 * NUMBER_BAD "people", DATE_BAD "in_at", "out_at" (not later than that, or not yet). */
int session_enter(struct db *, const struct act *, const struct session_past *, int64_t *ret_id,
	struct err *err);
