/* The house's hours over a range of days, read once: for callers that ask about many days, or many
 * rooms with these hours. */
#pragma once

#include "core/site/holiday.h"
#include "core/site/hours.h"

struct house_day {
	int count;
	struct period periods[HOURS_PERIODS_MAX];
};

struct house_hours {
	struct day from, until; /* inclusive */
	struct opening *week;
	struct closure *closures;
	struct holiday *holidays;
	int week_count, closure_count, holiday_count;
	struct house_day *days; /* laid out: the weekly pattern on each day; else NULL */
};

/* For days `from` … `until` (inclusive). */
int house_hours_read(
	struct db *, struct day from, struct day until, struct house_hours *ret, struct err *err);
void house_hours_finish(struct house_hours *);

/* The periods of `day` by the weekly pattern's rows of `weekday`, which a holiday may make
 * different from the day's own. Returns how many. */
int house_hours_by_week(const struct house_hours *, int weekday, struct day day,
	struct period ret[HOURS_PERIODS_MAX]);
/* Computes the weekly pattern for each day once, for callers that ask about the same days many
 * times: time zone look-ups are what costs. */
void house_hours_lay_out(struct house_hours *);
