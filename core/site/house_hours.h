/* The house's hours over a stretch of days, read once: for whoever asks about many days, or many
 * rooms that go by them. */
#pragma once

#include "core/site/holiday.h"
#include "core/site/hours.h"

struct house_hours {
	struct opening *week;
	struct closure *closures;
	struct holiday *holidays;
	int week_count, closure_count, holiday_count;
};

/* For days `from` … `until` (inclusive). */
int house_hours_read(struct db *, struct day from, struct day until, struct house_hours *ret,
	struct err *err);
void house_hours_finish(struct house_hours *);
