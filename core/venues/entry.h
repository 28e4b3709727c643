/* Entering a room: the booking that it is for, until when, and how many there is room for.
 * session.h asks this before anybody is signed in. */
#pragma once

#include "core/venues/booking.h"

/* What ends the time that somebody has a room for. */
enum entry_end {
	ENTRY_CLOSING,  /* the room closes */
	ENTRY_BOOKED,   /* others have booked it, or their last place, and the time to tidy up */
	ENTRY_BLACKOUT, /* it is out of use */
	ENTRY_OWN,      /* their own booking ends */
};

struct entry {
	int64_t until_at;
	enum entry_end end;
	int64_t places; /* the maximum number of people */
};

/* Who goes in, or is in. */
struct entry_request {
	const struct venue *venue;
	const struct booking *booking; /* NULL: a walk-in */
	int64_t session;               /* theirs already, which is not counted; 0: none */
	int64_t people;
	int64_t at;
};

/* Today's booking of this room by the resident, their household or a team of theirs: the one that
 * they can sign in with now (entry_is_due), else the next one. 1 and *ret, or 0. */
int entry_booking(struct db *, const struct venue *, int64_t resident, int64_t at,
	struct booking *ret, struct err *err);
/* Its sign-in window has begun, and it has not ended. */
bool entry_is_due(const struct venue *, const struct booking *, int64_t at);
int64_t entry_window_at(const struct venue *, const struct booking *);

/* Until when, and how many. */
int entry_read(struct db *, const struct entry_request *, struct entry *ret, struct err *err);
/* Adds to *refusal the objections to going in now. For a booking: BOOKING_EARLY, _ENDED,
 * _UNAPPROVED, _RELEASED, _TAKEN (they had left, and the rest is somebody else's), VENUE_PLACES.
 * For a walk-in: VENUE_SHUT, _OPENS, _BLACKOUT, _BOOKED, _FULL. */
int entry_check(struct db *, const struct entry_request *, struct err *refusal, struct err *err);
