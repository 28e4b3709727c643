/* Sessions: real use of a venue, from sign-in to sign-out (doc/rules.md, Venues).
 *
 * One open session per resident, and one per booking. Most people never sign out: the next closing
 * time after the sign-in ends a session, computed whenever it is read; the row is closed at the
 * person's next sign-in, marked as estimated. */
#pragma once

#include "core/venues/entry.h"

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
	int64_t booking;  /* 0: theirs at this time, if there is one */
	int64_t people;   /* 0: as many as were booked for; without a booking one */
	bool is_sure;     /* session_reason_is_question has been asked, and answered yes */
};

/* ERR_NOT_FOUND SESSION_UNKNOWN. */
int session_get(struct db *, int64_t id, struct session *ret, struct err *err);

/* Signs in, with today's booking of the resident, their household or team when its window has begun
 * (entry.h); the booking counts as used. Whoever is signed in elsewhere is signed out there in the
 * same act: one person is in one room. ERR_NOT_FOUND VENUE_UNKNOWN, RESIDENT_UNKNOWN,
 * BOOKING_UNKNOWN; ERR_INVALID NUMBER_BAD "people"; ERR_REFUSED as presence_check (pause.h),
 * ROLE_NEEDED, VENUE_SIGNED_IN (in this one, or with this booking, since when), and as entry_check.
 * Unless is_sure also VENUE_ELSEWHERE (since when, where) and BOOKING_AHEAD (of today, from when
 * on). session_reason_is_overridable says what a volunteer may override. */
int session_open(struct db *, const struct act *, const struct session_request *, int64_t *ret_id,
	struct err *err);
/* Signs the resident out; the rest of a booking is free for others. ERR_REFUSED
 * VENUE_NOT_SIGNED_IN, also when closing time has done so; unless is_sure VENUE_GROUP (how many,
 * since when) when several people came together. */
int session_close(struct db *, const struct act *, int64_t resident, bool is_sure,
	struct session *ret, struct err *err);
/* The same for any session: of people without a card, or whom a volunteer saw leave. VENUE_GROUP
 * also when it is not the act's resident's. ERR_NOT_FOUND SESSION_UNKNOWN, also when it has
 * ended. */
int session_end(struct db *, const struct act *, int64_t session, bool is_sure, struct err *err);
/* Ends everything that closing time has ended, so that fees and deposits of those who never signed
 * out are settled: for idle moments. *ret_count: how many. */
int sessions_close(struct db *, const struct act *, int *ret_count, struct err *err);
/* How many people there are, asked once after the sign-in. ERR_INVALID NUMBER_BAD "people";
 * ERR_NOT_FOUND SESSION_UNKNOWN, also when it has ended; ERR_REFUSED VENUE_PLACES (there are,
 * requested) for more than there is room for. */
int session_set_people(
	struct db *, const struct act *, int64_t session, int64_t people, struct err *err);

/* Such a refusal is a question: yes is the same request with is_sure. */
bool session_reason_is_question(int);
/* True for what a volunteer may override with a reason. */
bool session_reason_is_overridable(int);

/* The session that ends when the resident scans the code at this venue's door: theirs, or that of
 * somebody who came with their household's or team's booking: 1 and *ret. 0: the scan signs them
 * in. */
int session_at_door(
	struct db *, int64_t resident, int64_t venue, struct session *ret, struct err *err);
/* A running session, until when it can last, and how many people may be in. ERR_NOT_FOUND
 * SESSION_UNKNOWN. */
int session_entry(struct db *, int64_t session, struct session *ret, struct entry *ret_entry,
	struct err *err);

/* The session the resident is in at the clock's now: 1 and *ret, or 0. */
int session_of_resident(struct db *, int64_t resident, struct session *ret, struct err *err);
/* The same for a booking. */
int session_of_booking(struct db *, int64_t booking, struct session *ret, struct err *err);
/* How many of those who came in at `since_at` (closing.h) or later have not signed out. */
int session_count_since(
	struct db *, int64_t venue, int64_t since_at, int64_t *ret, struct err *err);
