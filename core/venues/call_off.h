/* Time in which a venue, or the whole house, turns out not to be open: bookings in it are
 * cancelled, and the people are told. */
#pragma once

#include "core/venues/blackout.h"

struct blackout_draft {
	int64_t venue;
	int64_t start_at, end_at;
	const char *name;
};
/* ERR_NOT_FOUND VENUE_UNKNOWN; ERR_INVALID DATE_BAD "end", TEXT_… "blackout"; ERR_REFUSED
 * BLACKOUT_BOOKED (how many bookings there are then; a coordinator may override: they are cancelled
 * in the same act). */
int blackout_add(struct db *, const struct act *, const struct blackout_draft *, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND BLACKOUT_UNKNOWN. */
int blackout_remove(struct db *, const struct act *, int64_t id, struct err *err);

/* The house is closed without notice: bookings on these days (inclusive) in venues that are no
 * longer open then are cancelled, and the people are told. *ret_count: how many. */
int bookings_call_off(struct db *, const struct act *, struct day from, struct day until,
	int *ret_count, struct err *err);
