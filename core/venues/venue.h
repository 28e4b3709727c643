/* Venues: the rooms and corners that people sign in to and book, each with its policy
 * (doc/rules.md, Venues): what the wall says and what is enforced is the same row. */
#pragma once

#include "core/store/act.h"

/* What holidays mean for a venue's weekly hours. */
enum venue_holidays {
	VENUE_HOLIDAYS_SAME,   /* nothing: the weekday's hours */
	VENUE_HOLIDAYS_CLOSED, /* closed on days off; a day that makes up for one has Monday's hours
				*/
	VENUE_HOLIDAYS_SUNDAY, /* Sunday's hours on days off; Monday's as above */
	VENUE_HOLIDAYS_COUNT,
};
const char *venue_holidays_name(enum venue_holidays which); /* "same", as it is stored */

/* Minutes, hours and points; 0 is no limit unless stated otherwise. */
struct venue_policy {
	bool is_bookable;
	bool is_shared; /* several parties at once, up to the capacity */
	/* a booking waits for a volunteer's approval; meanwhile it keeps its place */
	bool needs_approval;
	bool has_own_hours; /* set with them (venue_hours.h); else the house's apply */
	enum venue_holidays holidays;
	int64_t slot_minutes; /* fixed slots of this length from each opening; 0: any time */
	int64_t min_minutes, max_minutes; /* 1–2880 */
	int64_t notice_minutes;           /* at least this long before its start */
	int64_t ahead_days;               /* at most this far ahead; 1–366 */
	int64_t buffer_minutes;           /* kept free after each use */
	int64_t window_minutes;           /* signed in by then, or released; from as long before */
	int64_t week_hours, month_hours;  /* that a person may book */
	int64_t fee, deposit;             /* points for each booking (charge.h) */
	int64_t share_percent;            /* that the partner gives back */
};

struct venue {
	int64_t id;
	int64_t number;
	char *name;
	int64_t capacity;
	struct venue_policy policy;
	char *partner; /* the body that runs it; "" for none */
	/* Set only by venues_now (venue_now.h): people in it, and whether it is open. */
	int64_t present;
	bool is_open;
};
void venue_finish(struct venue *);

struct venue_list {
	struct venue *rows;
	int count;
};
void venue_list_finish(struct venue_list *);

struct venue_draft {
	const char *name;
	int64_t capacity; /* people, 1 or more */
};

/* Takes the next number; its policy is the default one. ERR_INVALID TEXT_…, NUMBER_BAD
 * ("capacity"); ERR_REFUSED NAME_EXISTS. */
int venue_add(struct db *, const struct act *, const struct venue_draft *, int64_t *ret_id,
	struct err *err);

/* Sets name, capacity, policy and partner; existing bookings stay as they are. ERR_INVALID TEXT_…
 * "name", "partner", NUMBER_BAD naming the column; ERR_REFUSED NAME_EXISTS; ERR_NOT_FOUND
 * VENUE_UNKNOWN. */
int venue_edit(struct db *, const struct act *, const struct venue *venue, struct err *err);

/* ERR_NOT_FOUND VENUE_UNKNOWN. */
int venue_get(struct db *, int64_t id, struct venue *ret, struct err *err);
int venue_by_number(struct db *, int64_t number, struct venue *ret, struct err *err);

/* All of them by number. */
int venue_list(struct db *, struct venue_list *ret, struct err *err);
