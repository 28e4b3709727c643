/* When a volunteer can serve, and when they would like to: a weekly pattern, exceptions by date,
 * and wishes.
 *
 * A refused time is a hard no (doc/rules.md, Duty); a dislike is a wish. Somebody who has named
 * free times in the weekly pattern serves only then. A dated row takes precedence over the weekly
 * ones. */
#pragma once

#include "core/base/when.h"
#include "core/store/act.h"

enum time_stance { TIME_FREE, TIME_AWAY, TIME_LIKE, TIME_DISLIKE, TIME_STANCE_COUNT };
/* "free", "away", "like", "dislike" */
const char *time_stance_name(enum time_stance);

struct volunteer_time {
	enum time_stance stance;
	int weekday;            /* ISO 1–7; 0: dated */
	struct day from, until; /* dated: inclusive */
	int starts, ends;       /* minutes from midnight; 0 and 1440: the whole day */
};

/* Weekly rows first; *ret is the caller's (mem_free). Returns how many. */
int volunteer_times(struct db *, int64_t volunteer, struct volunteer_time **ret, struct err *err);
/* Replaces them all; residents may do so for themselves. ERR_REFUSED ROLE_NEEDED; ERR_NOT_FOUND
 * VOLUNTEER_UNKNOWN; ERR_INVALID DATE_BAD "times". */
int volunteer_times_set(struct db *, const struct act *, int64_t volunteer,
	const struct volunteer_time *times, int count, struct err *err);

/* "1-5 9:00-12:00" (ISO weekdays), "6" (the whole day), "2026-12-01 13:00-18:00",
 * "2026-12-01..2026-12-03": one row per weekday, or one. ERR_INVALID DATE_BAD "times". */
#define VOLUNTEER_TIME_ROWS_MAX 7
int volunteer_time_parse(const char *text, enum time_stance, struct volunteer_time ret[],
	int *ret_count, struct err *err);
/* ERR_INVALID DATE_BAD "times". */
int time_stance_parse(const char *name, enum time_stance *ret, struct err *err);

/* What the times say about a span that starts on `day`: may it be asked for (false: a hard no), and
 * its value as a wish: −1 likes it, 1 would rather not, else 0. */
bool volunteer_times_allow(const struct volunteer_time *times, int count, int64_t start_at,
	int64_t end_at, int *ret_wish);
