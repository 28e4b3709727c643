/* Public holidays, and the working days at weekends that make up for them: rows that a person can
 * change, filled from a data file (assets/calendars). */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

enum holiday_kind {
	HOLIDAY_NONE,
	HOLIDAY_OFF,  /* a day off, whatever weekday it is */
	HOLIDAY_WORK, /* a working day at a weekend */
};

struct holiday {
	struct day on;
	enum holiday_kind kind;
	const char *name; /* 国庆节 */
};

/* Replaces what is known about the years that the list names; other years stay. ERR_INVALID
 * DATE_BAD "holiday" (also a day named twice), TEXT_… "holiday". */
int holidays_set(struct db *db, const struct act *act, const struct holiday *days, int count,
	struct err *err);

/* Those of `from` … `until` (inclusive) in order. Names and rows are the caller's, freed by
 * holidays_finish. Returns how many. */
int holidays_between(
	struct db *db, struct day from, struct day until, struct holiday **ret, struct err *err);
void holidays_finish(struct holiday *days, int count);

/* The kind of a day among `days` (holidays_between), and whether it is a working day: Monday to
 * Friday except days off, and the days that make up for them. */
enum holiday_kind holiday_kind_of(const struct holiday *days, int count, struct day day);
bool holiday_is_workday(const struct holiday *days, int count, struct day day);
