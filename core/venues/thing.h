/* What comes with a venue: a projector that stays there, a key or remote that is handed over to the
 * person who uses it and comes back. */
#pragma once

#include "core/store/act.h"

struct thing {
	int64_t id, venue;
	char *name;
	bool is_handed;  /* over and back: keys, remotes */
	int64_t out_at;  /* 0: it is here */
	int64_t holder;  /* resident who has it, or 0 */
	int64_t booking; /* it was handed over for, or 0 */
	int64_t handover;
};
struct thing_list {
	struct thing *rows;
	int count;
};
void thing_list_finish(struct thing_list *);

struct thing_draft {
	int64_t venue;
	const char *name;
	bool is_handed;
};
/* ERR_NOT_FOUND VENUE_UNKNOWN; ERR_INVALID TEXT_… "thing"; ERR_REFUSED NAME_EXISTS. */
int thing_add(struct db *, const struct act *, const struct thing_draft *, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND THING_UNKNOWN; ERR_REFUSED THING_OUT. */
int thing_remove(struct db *, const struct act *, int64_t id, struct err *err);

struct handing_out {
	int64_t thing;
	int64_t resident, booking; /* who takes it; 0: not recorded */
};
/* Hands it over to a resident, for a booking or not (0); one of the two is needed. ERR_NOT_FOUND
 * THING_UNKNOWN (also one that is not handed over), RESIDENT_UNKNOWN, BOOKING_UNKNOWN; ERR_REFUSED
 * THING_OUT (since when). */
int handover_out(struct db *, const struct act *, const struct handing_out *, struct err *err);
/* ERR_NOT_FOUND THING_UNKNOWN; ERR_REFUSED THING_NOT_OUT. */
int handover_back(struct db *, const struct act *, int64_t thing, struct err *err);

/* Of a venue (0: of all), by name. */
int things_of(struct db *, int64_t venue, struct thing_list *ret, struct err *err);
