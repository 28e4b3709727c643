/* Time that a venue, or the whole house, turns out not to be open: what is booked then is called
 * off, and the people are told. */
#pragma once

#include "core/venues/blackout.h"

struct blackout_draft {
	int64_t venue;
	int64_t start_at, end_at;
	const char *name;
};
/* ERR_NOT_FOUND VENUE_UNKNOWN; ERR_INVALID DATE_BAD "end", TEXT_… "blackout"; ERR_REFUSED
 * BLACKOUT_BOOKED (how many bookings stand then; a coordinator may override: they are cancelled in
 * the same act). */
int blackout_add(struct db *, const struct act *, const struct blackout_draft *, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND BLACKOUT_UNKNOWN. */
int blackout_remove(struct db *, const struct act *, int64_t id, struct err *err);

/* A house that is shut without notice: what is booked on these days (inclusive) while its venue is
 * no longer open is cancelled, and the people are told. *ret_count: how many. */
int bookings_call_off(struct db *, const struct act *, struct day from, struct day until,
	int *ret_count, struct err *err);
