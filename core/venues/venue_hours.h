/* When a venue is open: by its own weekly hours or the house's, by exceptions for dates, and by its
 * policy on holidays; and when it is out of use.
 *
 * For a day, in this order: an exception of the venue decides; a closure of the house closes it; on
 * a day off the venue's policy decides; else the weekly hours. Periods belong to the day on which
 * they start. */
#pragma once

#include "core/site/house_hours.h"
#include "core/venues/venue.h"

/* ---- a venue's hours over a stretch of days, read once ---- */

struct venue_hours {
	const struct house_hours *house; /* borrowed, or its own_house */
	struct house_hours *own_house;
	struct opening *week; /* of its own; counts when it has_own_hours */
	struct closure *exceptions;
	int week_count, exception_count;
	enum venue_holidays policy;
	bool has_own_hours;
};
/* For days `from` … `until` (inclusive). */
int venue_hours_read(struct db *, const struct venue *, struct day from, struct day until,
	struct venue_hours *ret, struct err *err);
/* The same for one of many: the house's hours have been read, from `from` on, and outlive it. */
int venue_hours_read_in(struct db *, const struct house_hours *house, const struct venue *,
	struct day from, struct venue_hours *ret, struct err *err);
void venue_hours_finish(struct venue_hours *);
/* The periods that start on `day`, in order. Returns how many, 0 closed. */
int venue_hours_on(
	const struct venue_hours *, struct day day, struct period ret[HOURS_PERIODS_MAX]);
/* The uninterrupted period that contains [start_at, end_at), touching periods across midnight
 * joined; false when it is not open all that time (*ret is then the first period of the start's
 * day, or zero). */
bool venue_hours_hold(
	const struct venue_hours *, int64_t start_at, int64_t end_at, struct period *ret);

/* ---- changing them ---- */

/* The venue's own weekly pattern; the caller's. Returns how many rows. */
int venue_week(struct db *, int64_t venue, struct opening **ret, struct err *err);
/* Replaces it; none at all: the house's hours from now on. Errors as hours_set; VENUE_UNKNOWN. */
int venue_week_set(struct db *, const struct act *, int64_t venue, const struct opening *week,
	int count, struct err *err);

/* Exceptions whose last day is `from` or later; freed by hours_closures_finish. */
int venue_exceptions(
	struct db *, int64_t venue, struct day from, struct closure **ret, struct err *err);
/* Errors as closure_add; VENUE_UNKNOWN. */
int venue_exception_add(struct db *, const struct act *, int64_t venue, const struct closure *,
	int64_t *ret_id, struct err *err);
/* ERR_NOT_FOUND EXCEPTION_UNKNOWN. */
int venue_exception_remove(struct db *, const struct act *, int64_t id, struct err *err);
