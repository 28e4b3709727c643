/* Series: the same booking again and again, checked occurrence by occurrence. All that cannot be
 * had is told at once; then all of it is booked, or the good ones. */
#pragma once

#include "core/venues/booking.h"
#include "core/venues/booking_check.h"

#define SERIES_MAX 60 /* occurrences */

struct series_draft {
	struct booking_draft first;
	int every_days;  /* 1 daily, 7 weekly, 14 …: at the same time on the clock */
	int occurrences; /* the first one counted */
};

struct series_occurrence {
	int64_t start_at, end_at;
	struct err refusal; /* code ERR_NONE: it can be had */
};
struct series_plan {
	struct series_occurrence rows[SERIES_MAX];
	int count, refused;
};

/* What would become of it; nothing is booked. Errors as booking_place's that are no rule's, and
 * NUMBER_BAD "every", "occurrences". Volunteers. */
int series_check(struct db *, const struct act *, const struct series_draft *,
	struct series_plan *ret, struct err *err);

/* Books it. When some cannot be had: without `only_good` ERR_REFUSED SERIES_CONFLICTS (how many)
 * and nothing is booked; with it the others are, unless there are none. *ret_id is the series. */
int series_place(struct db *, const struct act *, const struct series_draft *, bool only_good,
	int64_t *ret_id, struct err *err);

/* Cancels what of the series begins at `from_at` or later and has not begun. ERR_NOT_FOUND
 * SERIES_UNKNOWN; ERR_REFUSED BOOKING_ENDED when there is nothing. */
int series_cancel(
	struct db *, const struct act *, int64_t series, int64_t from_at, struct err *err);
