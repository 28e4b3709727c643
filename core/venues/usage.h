/* How venues were used over a range of days: for the month's report, and for guidance.
 *
 * Most people never sign out, so people come first, and time that ended at closing time is kept
 * separate (估算). Time is counted for the venue (however many were in), once for each session. */
#pragma once

#include "core/venues/venue.h"

#define USAGE_HOURS 24

struct usage_row {
	int64_t venue;
	char *name;
	int64_t sessions;
	int64_t people;            /* 人次 */
	int64_t minutes;           /* signed out of */
	int64_t estimated_minutes; /* ended by closing time */
	int64_t bookings;          /* in force when their time came */
	int64_t no_shows;
	int64_t cancelled;
	/* For guidance: outside working hours (setting work_from, work_until; days off). */
	int64_t people_outside, minutes_outside;
	int64_t open_minutes; /* the venue was open to everybody: no blackout */
	int64_t free_minutes; /* of those, without a fee */
};

/* Use on a weekday, or in an hour of the day, in all rooms. */
struct usage_part {
	int64_t people, sessions, minutes; /* minutes, including estimated ones */
	int64_t no_shows;
};

struct usage {
	struct day from, until; /* inclusive */
	struct usage_row *rows; /* ordered by the venue's number */
	int count;
	struct usage_row total;                 /* name "" */
	struct usage_part by_weekday[8];        /* ISO, 1 Monday */
	struct usage_part by_hour[USAGE_HOURS]; /* of the sign-in, of the booking's start */
};
void usage_finish(struct usage *);

/* Days that have not ended count up to now. */
int usage_read(struct db *, struct day from, struct day until, struct usage *ret, struct err *err);
/* The month of a day: its first and last day. */
void usage_month(struct day day, struct day *ret_from, struct day *ret_until);
