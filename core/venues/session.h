/* Sessions: real use of a venue, from sign-in to sign-out (rules.md, Venues).
 *
 * One open session a resident. Most people never sign out: the next closing time after the sign-in
 * ends a session, worked out whenever it is read; the row is closed at the person's next sign-in,
 * marked as estimated. */
#pragma once

#include "core/store/act.h"

struct session {
	int64_t id, venue, resident;
	int64_t in_at;
	int64_t out_at;    /* 0: still there */
	bool is_estimated; /* out_at is the closing time, nobody signed out */
};

/* Signs in. Whoever is signed in elsewhere is signed out there in the same act.
 * ERR_NOT_FOUND VENUE_UNKNOWN, RESIDENT_UNKNOWN; ERR_REFUSED RESIDENT_LEFT, VENUE_SIGNED_IN (in
 * this one, since when), VENUE_FULL (capacity; a volunteer may override). */
int session_open(struct db *, const struct act *, int64_t venue, int64_t resident, int64_t *ret_id,
	struct err *err);
/* Signs the resident out. ERR_REFUSED VENUE_NOT_SIGNED_IN, also when closing time has done it. */
int session_close(
	struct db *, const struct act *, int64_t resident, struct session *ret, struct err *err);

/* The session the resident is in at the clock's now: 1 and *ret, or 0. */
int session_of_resident(struct db *, int64_t resident, struct session *ret, struct err *err);
/* How many are in `venue` at the clock's now. */
int session_count(struct db *, int64_t venue, int64_t *ret, struct err *err);
