/* Time. Instants are UTC seconds (`_at`); local dates are days (`struct day`), texts named `_on`.
 *
 * The venue's zone is set once, before threads start; a zone that does not exist is refused
 * (a typo would silently mean UTC). A day and a quota belong to the start's local date, weeks are
 * ISO, intervals are half open. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"

/* `now` comes from here and nowhere else, so that tests can set it. */
struct clock {
	int64_t (*wall)(const struct clock *);         /* UTC seconds */
	int64_t (*monotonic_ms)(const struct clock *); /* for idle times and timeouts */
	int64_t set_wall, set_monotonic_ms;            /* what clock_set answers */
};
extern const struct clock clock_system;
/* A clock that stays at `wall` until its fields are changed. */
struct clock clock_set(int64_t wall);
int64_t clock_now(const struct clock *clock);
int64_t clock_ms(const struct clock *clock);
/* The system's own monotonic clock: to measure with, and the moment `ms` from now for waits that
 * take a timespec of CLOCK_MONOTONIC. */
struct timespec;
int64_t clock_us(void);
struct timespec clock_deadline(int ms);

/* For the whole process, before threads start. ERR_INVALID ZONE_UNKNOWN unless the system's tz
 * database (or $TZDIR) has `zone`, a name such as "Asia/Shanghai". */
int when_set_zone(const char *zone, struct err *err);

struct day {
	int year, month, day; /* 2026, 11, 21 */
};
struct local {
	struct day day;
	int hour, minute, second;
	int weekday; /* ISO: 1 Monday … 7 Sunday */
};

struct local when_local(int64_t at);
/* The instant of a local time; in a gap the first instant after it, in a doubled hour the earlier.
 * An hour of 24 or more runs on into the next day, as closing times do. Costs two or three look-ups
 * in the zone's table (less than a microsecond). */
int64_t when_instant(struct day day, int hour, int minute, int second);
int64_t when_day_start(struct day day); /* its first instant, not always 00:00 */
struct day when_day(int64_t at);

struct day day_add(struct day day, int days);
int day_compare(struct day a, struct day b);
int day_distance(struct day from, struct day to); /* in days */
int day_weekday(struct day day);                  /* ISO, 1–7 */
/* An earlier year is always a typing error: 26, 206, 0026. */
#define DAY_YEAR_MIN 1900
/* The day exists and its year is 1900–9999. Every function that accepts dates checks this, so no
 * earlier year is stored. */
bool day_is_valid(struct day day);
struct week { /* ISO: the year of its Thursday */
	int year, week;
};
struct week day_iso_week(struct day day);
struct day week_monday(struct week week);

/* Reads "2026-11-21" (exactly), and writes it. ERR_INVALID DATE_BAD. */
int day_parse(const char *s, struct day *ret, struct err *err);
void day_format(struct day day, char out[11]);
/* "2026-11" (exactly) → its first day. ERR_INVALID MONTH_BAD. */
int month_parse(const char *s, struct day *ret_first, struct err *err);
/* "2026-W48" (exactly), of a year that has this week. ERR_INVALID WEEK_BAD. */
int week_parse(const char *s, struct week *ret, struct err *err);
/* "2026-11-21T19:00" or "…:30" in the venue's time. ERR_INVALID DATE_BAD. */
int when_parse(const char *s, int64_t *ret, struct err *err);
/* "2026-11-21T19:00:00+08:00" for --json and files. */
void when_format(int64_t at, char out[32]);
/* "19:00" or "9:00" → minutes from midnight, 0–1440 ("24:00" is allowed); ERR_INVALID DATE_BAD. */
int minutes_parse(const char *s, int *ret, struct err *err);
/* The same as people type it: also 1900, 930, 19：00, 7点, 7点半, 19点30分. */
int minutes_read(const char *s, int *ret, struct err *err);
void minutes_format(int minutes, char out[6]);
