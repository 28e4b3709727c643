/* Sessions: real use of a venue, from sign-in to sign-out (rules.md, Venues).
 *
 * One open session a resident, and one a booking. Most people never sign out: the next closing time
 * after the sign-in ends a session, worked out whenever it is read; the row is closed at the
 * person's next sign-in, marked as estimated. */
#pragma once

#include "core/store/act.h"

struct session {
	int64_t id, venue;
	int64_t resident; /* 0: somebody without a card */
	int64_t booking;  /* 0: walked in */
	int64_t people;
	int64_t in_at;
	int64_t out_at;    /* 0: still there */
	bool is_estimated; /* out_at is the closing time, nobody signed out */
};

struct session_request {
	int64_t venue;    /* with a booking it may be 0: the booking's */
	int64_t resident; /* 0: without a card, a volunteer's entry; with a booking: its resident */
	int64_t booking;  /* 0: theirs that is now, if there is one */
	int64_t people;   /* 0: as many as were booked for; without a booking one */
};

/* Signs in; the booking counts as used. Whoever is signed in elsewhere is signed out there in the
 * same act. ERR_NOT_FOUND VENUE_UNKNOWN, RESIDENT_UNKNOWN, BOOKING_UNKNOWN; ERR_INVALID NUMBER_BAD
 * "people"; ERR_REFUSED RESIDENT_LEFT, ROLE_NEEDED, VENUE_SIGNED_IN (in this one, since when); for
 * a booking named BOOKING_ENDED, _UNAPPROVED, _RELEASED (when), _EARLY (from when on; a volunteer
 * may override); for who walks in VENUE_FULL (capacity, places kept for bookings counted),
 * VENUE_BOOKED (by somebody else), VENUE_BLACKOUT: a volunteer may override these. */
int session_open(struct db *, const struct act *, const struct session_request *, int64_t *ret_id,
	struct err *err);
/* Signs the resident out; the rest of a booking is free for others. ERR_REFUSED
 * VENUE_NOT_SIGNED_IN, also when closing time has done it. */
int session_close(
	struct db *, const struct act *, int64_t resident, struct session *ret, struct err *err);
/* The same for any session: of people without a card, or whom a volunteer saw leave. ERR_NOT_FOUND
 * SESSION_UNKNOWN, also when it has ended. */
int session_end(struct db *, const struct act *, int64_t session, struct err *err);
/* Ends all that closing time has ended, so that fees and deposits of those who never signed out are
 * settled: for idle moments. *ret_count: how many. */
int sessions_close(struct db *, const struct act *, int *ret_count, struct err *err);
/* How many they are, asked once after the sign-in. ERR_INVALID NUMBER_BAD "people"; ERR_NOT_FOUND
 * SESSION_UNKNOWN, also when it has ended. */
int session_set_people(
	struct db *, const struct act *, int64_t session, int64_t people, struct err *err);

/* The session the resident is in at the clock's now: 1 and *ret, or 0. */
int session_of_resident(struct db *, int64_t resident, struct session *ret, struct err *err);
/* The same of a booking. */
int session_of_booking(struct db *, int64_t booking, struct session *ret, struct err *err);
/* How many people are in `venue` at the clock's now. */
int session_count(struct db *, int64_t venue, int64_t *ret, struct err *err);
/* How many of those who came in at `since_at` (closing.h) or later have not signed out. */
int session_count_since(
	struct db *, int64_t venue, int64_t since_at, int64_t *ret, struct err *err);
