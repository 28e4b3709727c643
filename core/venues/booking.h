/* Bookings: who has a venue when. A resident's, or a body's, which a volunteer enters.
 *
 * A booking's state is computed when it is read: if nobody signed in within the window, it is a
 * no-show whose time is free again; a request or a place on the waiting list whose start has come
 * has lapsed. Acts store this when they come across it. The schema ensures that two bookings never
 * overlap (sql/001/venues.sql); all other objections are checked here, at once. */
#pragma once

#include "core/base/code.h"
#include "core/venues/venue.h"

enum booking_status {
	BOOKING_REQUESTED, /* waits for a volunteer's approval, and keeps its place */
	BOOKING_BOOKED,
	BOOKING_USED,    /* somebody signed in */
	BOOKING_WAITING, /* for a time that is taken */
	BOOKING_DECLINED,
	BOOKING_CANCELLED,
	BOOKING_NO_SHOW,
	BOOKING_LAPSED,
	BOOKING_STATUS_COUNT,
};
const char *booking_status_name(enum booking_status status); /* "booked", as it is stored */

struct booking {
	int64_t id, number;
	int64_t venue;
	int64_t resident; /* 0: a body's */
	int64_t series;   /* 0: on its own */
	enum booking_status status;
	int64_t start_at, end_at;
	int64_t until_at;   /* the venue is taken until then */
	int64_t release_at; /* signed in by then */
	int64_t people;
	bool is_whole; /* nobody else at the same time */
	int64_t fee, deposit;
	int64_t placed_at, ended_at; /* ended_at 0: in force */
	char *venue_name;
	char *body, *purpose; /* "" for none, or once erased */
};
void booking_finish(struct booking *);
/* Keeps the venue, now or later: requested, booked or used. */
bool booking_is_live(const struct booking *);
/* Can still be changed or cancelled by the person who made it. */
bool booking_is_ahead(const struct booking *, int64_t now);
/* What a stored status has become at `now`. */
enum booking_status booking_status_at(
	enum booking_status stored, int64_t start_at, int64_t release_at, int64_t now);

/* ---- reading: statuses as of the clock's now ---- */

struct booking_list {
	struct booking *rows;
	int count;
};
void booking_list_finish(struct booking_list *);

/* ERR_NOT_FOUND BOOKING_UNKNOWN. */
int booking_get(struct db *, int64_t id, struct booking *ret, struct err *err);
int booking_by_number(struct db *, int64_t number, struct booking *ret, struct err *err);
/* ERR_NOT_FOUND CODE_OUTDATED. */
int booking_by_code(struct db *, const struct code *, struct booking *ret, struct err *err);
/* All of a venue (0: of every one), whatever became of them, that overlap [from_at, until_at): by
 * start, then venue. */
int bookings_between(struct db *, int64_t venue, int64_t from_at, int64_t until_at,
	struct booking_list *ret, struct err *err);
/* A person's that end after `from_at`, by start. */
int bookings_of_resident(
	struct db *, int64_t resident, int64_t from_at, struct booking_list *ret, struct err *err);
/* Those of a series, by start. */
int bookings_of_series(struct db *, int64_t series, struct booking_list *ret, struct err *err);
/* Those that wait for approval, by start. */
int bookings_requested(struct db *, struct booking_list *ret, struct err *err);
