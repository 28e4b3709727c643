/* Series: the same booking again and again, checked occurrence by occurrence. All times that are
 * not available are reported at once; then all are booked, or the available ones. */
#pragma once

#include "core/venues/booking.h"
#include "core/venues/booking_check.h"

#define SERIES_MAX 60 /* occurrences */

struct series_draft {
	struct booking_draft first;
	int every_days;  /* 1 daily, 7 weekly, 14 …: at the same local time */
	int occurrences; /* including the first */
};

struct series_occurrence {
	int64_t start_at, end_at;
	struct err refusal; /* code ERR_NONE: available */
};
struct series_plan {
	struct series_occurrence rows[SERIES_MAX];
	int count, refused;
};

/* What would become of it; nothing is booked. Errors as booking_place except refusals by the rules,
 * and NUMBER_BAD "every", "occurrences". Volunteers only. */
int series_check(struct db *, const struct act *, const struct series_draft *,
	struct series_plan *ret, struct err *err);

/* Books it. When some are not available: without `only_good` ERR_REFUSED SERIES_CONFLICTS (how
 * many) and nothing is booked; with it the others are, unless there are none. *ret_id is the
 * series. */
int series_place(struct db *, const struct act *, const struct series_draft *, bool only_good,
	int64_t *ret_id, struct err *err);

/* Cancels those of the series that begin at `from_at` or later and have not begun. ERR_NOT_FOUND
 * SERIES_UNKNOWN; ERR_REFUSED BOOKING_ENDED when there are none. */
int series_cancel(
	struct db *, const struct act *, int64_t series, int64_t from_at, struct err *err);
