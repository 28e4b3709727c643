#include "core/base/when.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

#define DAY_SECONDS 86400
#define YEAR_MAX    9999
#define ZONE_MAX    64

/* ---- clocks ---- */

static int64_t system_wall(const struct clock *clock)
{
	struct timespec t;

	(void)clock;
	clock_gettime(CLOCK_REALTIME, &t);
	return t.tv_sec;
}

int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int64_t system_monotonic(const struct clock *clock)
{
	(void)clock;
	return clock_us() / 1000;
}

struct timespec clock_deadline(int ms)
{
	int64_t us = clock_us() + (int64_t)ms * 1000;

	return (struct timespec){ .tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000 };
}

static int64_t set_wall(const struct clock *clock)
{
	return clock->set_wall;
}

static int64_t set_monotonic(const struct clock *clock)
{
	return clock->set_monotonic_ms;
}

const struct clock clock_system = { .wall = system_wall, .monotonic_ms = system_monotonic };

struct clock clock_set(int64_t wall)
{
	return (struct clock){ .wall = set_wall, .monotonic_ms = set_monotonic, .set_wall = wall };
}

int64_t clock_now(const struct clock *clock)
{
	return clock->wall(clock);
}

int64_t clock_ms(const struct clock *clock)
{
	return clock->monotonic_ms(clock);
}

/* ---- the zone ---- */

/* A name in the tz database: no path out of its folder, no POSIX rule ("CST-8"), and none of the
 * zones under right/, which count leap seconds so that a day is not 86,400 seconds long. */
static bool zone_name_is_sane(const char *zone)
{
	size_t len = strnlen(zone, ZONE_MAX + 1);

	return len > 0 && len <= ZONE_MAX && isalpha((unsigned char)zone[0]) &&
	       !strstr(zone, "..") && strncmp(zone, "right/", 6) != 0 &&
	       strspn(zone, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
		       len;
}

static bool zone_file_exists(const char *zone)
{
	const char *folder = getenv("TZDIR"); /* where glibc looks, too */
	CLEANUP(mem_free)
	char *path = mem_printf("%s/%s", folder ? folder : "/usr/share/zoneinfo", zone);
	char magic[4];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return false;
	ssize_t n = read(fd, magic, sizeof(magic));
	close(fd);
	return n == sizeof(magic) && memcmp(magic, "TZif", sizeof(magic)) == 0;
}

int when_set_zone(const char *zone, struct err *err)
{
	if (!zone_name_is_sane(zone) || !zone_file_exists(zone))
		return err_set(err, ERR_INVALID, REASON_TEXT(ZONE_UNKNOWN, zone));
	setenv("TZ", zone, 1);
	tzset();
	return 0;
}

/* ---- days: numbered from 1970-01-01 in the proleptic Gregorian calendar ---- */

/* A year here begins in March, so that the leap day is its last. */
static int64_t day_number(struct day day)
{
	int64_t year = day.year - (day.month <= 2);
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (day.month + (day.month > 2 ? -3 : 9)) + 2) / 5 + day.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct day day_from_number(int64_t number)
{
	int64_t n = number + 719468;
	int64_t era = (n >= 0 ? n : n - 146096) / 146097;
	int64_t of_era = n - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153; /* 0 is March */
	int64_t day = of_year - (153 * month + 2) / 5 + 1;

	month += month < 10 ? 3 : -9;
	return (struct day){ (int)(year + era * 400 + (month <= 2)), (int)month, (int)day };
}

struct day day_add(struct day day, int days)
{
	return day_from_number(day_number(day) + days);
}

int day_compare(struct day a, struct day b)
{
	int64_t x = day_number(a), y = day_number(b);

	return (x > y) - (x < y);
}

int day_distance(struct day from, struct day to)
{
	return (int)(day_number(to) - day_number(from));
}

int day_weekday(struct day day)
{
	/* Day 0 was a Thursday. */
	int64_t since_monday = (day_number(day) + 3) % 7;

	return (int)(since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

bool day_is_valid(struct day day)
{
	if (day.year < DAY_YEAR_MIN || day.year > YEAR_MAX || day.month < 1 || day.month > 12 ||
		day.day < 1)
		return false;
	return day.day <= 31 && day_compare(day_from_number(day_number(day)), day) == 0 &&
	       day_from_number(day_number(day)).month == day.month;
}

struct week day_iso_week(struct day day)
{
	/* A week belongs to the year of its Thursday. */
	struct day thursday = day_add(day, 4 - day_weekday(day));

	return (struct week){ thursday.year,
		day_distance((struct day){ thursday.year, 1, 1 }, thursday) / 7 + 1 };
}

struct day week_monday(struct week week)
{
	struct day fourth = { week.year, 1, 4 }; /* is always in week 1 */

	return day_add(fourth, (week.week - 1) * 7 + 1 - day_weekday(fourth));
}

/* ---- instants ---- */

static struct tm zone_time(int64_t at)
{
	struct tm tm = { 0 };
	time_t t = at;

	localtime_r(&t, &tm);
	return tm;
}

static int64_t offset_at(int64_t at)
{
	return zone_time(at).tm_gmtoff;
}

struct local when_local(int64_t at)
{
	struct tm tm = zone_time(at);

	return (struct local){
		.day = { tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday },
		.hour = tm.tm_hour,
		.minute = tm.tm_min,
		.second = tm.tm_sec,
		.weekday = tm.tm_wday ? tm.tm_wday : 7,
	};
}

struct day when_day(int64_t at)
{
	return when_local(at).day;
}

/* The first instant of (before, after] whose offset is not that of `before`. */
static int64_t transition(int64_t before, int64_t after)
{
	int64_t old = offset_at(before);

	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;
		if (offset_at(middle) == old)
			before = middle;
		else
			after = middle;
	}
	return after;
}

/* mktime's answer in a gap depends on what it was asked before; this one does not. Zones change
 * their offset at most once in two days, so the offsets a day before and a day after are all that
 * can apply. */
int64_t when_instant(struct day day, int hour, int minute, int second)
{
	int64_t as_utc = day_number(day) * DAY_SECONDS + hour * INT64_C(3600) +
			 minute * INT64_C(60) + second;
	int64_t old = offset_at(as_utc - DAY_SECONDS), new = offset_at(as_utc + DAY_SECONDS);
	int64_t by_old = as_utc - old, by_new = as_utc - new;

	if (old == new || offset_at(by_old) == old)
		return by_old; /* of a doubled hour this is the earlier one */
	if (offset_at(by_new) == new)
		return by_new;
	return transition(by_new, by_old);
}

int64_t when_day_start(struct day day)
{
	return when_instant(day, 0, 0, 0);
}

/* ---- texts ---- */

static int date_bad(const char *s, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, s));
}

/* Matches `s` against a pattern in which 0 means a digit; each run of digits is one number. */
static bool read_pattern(const char *s, const char *pattern, int numbers[])
{
	int at = -1;

	for (char last = '\0'; *pattern; last = *pattern++, s++) {
		if (*pattern != '0') {
			if (*s != *pattern)
				return false;
			continue;
		}
		if (*s < '0' || *s > '9')
			return false;
		if (last != '0')
			numbers[++at] = 0;
		numbers[at] = numbers[at] * 10 + (*s - '0');
	}
	return *s == '\0';
}

int day_parse(const char *s, struct day *ret, struct err *err)
{
	int n[3];

	if (!read_pattern(s, "0000-00-00", n))
		return date_bad(s, err);
	struct day day = { n[0], n[1], n[2] };
	if (!day_is_valid(day))
		return date_bad(s, err);
	*ret = day;
	return 0;
}

int month_parse(const char *s, struct day *ret_first, struct err *err)
{
	int n[2];

	if (!read_pattern(s, "0000-00", n) || !day_is_valid((struct day){ n[0], n[1], 1 }))
		return err_set(err, ERR_INVALID, REASON_TEXT(MONTH_BAD, s));
	*ret_first = (struct day){ n[0], n[1], 1 };
	return 0;
}

int week_parse(const char *s, struct week *ret, struct err *err)
{
	int n[2];

	if (read_pattern(s, "0000-W00", n) && n[1] >= 1 &&
		day_is_valid((struct day){ n[0], 1, 1 })) {
		struct week asked = { n[0], n[1] }, is = day_iso_week(week_monday(asked));
		if (is.year == asked.year && is.week == asked.week) {
			*ret = asked;
			return 0;
		}
	}
	return err_set(err, ERR_INVALID, REASON_TEXT(WEEK_BAD, s));
}

int when_parse(const char *s, int64_t *ret, struct err *err)
{
	int n[6] = { 0 };

	if (!read_pattern(s, "0000-00-00T00:00", n) && !read_pattern(s, "0000-00-00T00:00:00", n))
		return date_bad(s, err);
	struct day day = { n[0], n[1], n[2] };
	if (!day_is_valid(day) || n[3] > 23 || n[4] > 59 || n[5] > 59)
		return date_bad(s, err);
	*ret = when_instant(day, n[3], n[4], n[5]);
	return 0;
}

int minutes_parse(const char *s, int *ret, struct err *err)
{
	int n[2];

	if (!read_pattern(s, "00:00", n) && !read_pattern(s, "0:00", n))
		return date_bad(s, err);
	int minutes = n[0] * 60 + n[1];
	if (n[1] > 59 || minutes > 24 * 60)
		return date_bad(s, err);
	*ret = minutes;
	return 0;
}

int minutes_read(const char *s, int *ret, struct err *err)
{
	static const struct {
		const char *pattern;
		bool is_joined; /* hours and minutes are one number */
		int minutes;    /* that the word says; 0: those written, or none */
	} typed[] = {
		{ "00:00", false, 0 },
		{ "0:00", false, 0 },
		{ "00：00", false, 0 },
		{ "0：00", false, 0 },
		{ "0000", true, 0 },
		{ "000", true, 0 },
		{ "00点", false, 0 },
		{ "0点", false, 0 },
		{ "00点半", false, 30 },
		{ "0点半", false, 30 },
		{ "00点00分", false, 0 },
		{ "0点00分", false, 0 },
		{ "00点00", false, 0 },
		{ "0点00", false, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(typed); i++) {
		int n[2] = { 0 };
		if (!read_pattern(s, typed[i].pattern, n))
			continue;
		int hour = typed[i].is_joined ? n[0] / 100 : n[0];
		int minute = typed[i].is_joined ? n[0] % 100 : n[1] + typed[i].minutes;
		if (minute > 59 || hour * 60 + minute > 24 * 60)
			break;
		*ret = hour * 60 + minute;
		return 0;
	}
	return date_bad(s, err);
}

/* `value` as `digits` decimal digits, without a NUL. */
static void put_digits(char *out, int value, int digits)
{
	for (int i = digits - 1; i >= 0; i--, value /= 10)
		out[i] = (char)('0' + value % 10);
}

void day_format(struct day day, char out[11])
{
	memcpy(out, "0000-00-00", 11);
	put_digits(out, day.year, 4);
	put_digits(out + 5, day.month, 2);
	put_digits(out + 8, day.day, 2);
}

void when_format(int64_t at, char out[32])
{
	struct local local = when_local(at);
	int offset = (int)offset_at(at) / 60;

	day_format(local.day, out);
	memcpy(out + 10, "T00:00:00+00:00", 16);
	put_digits(out + 11, local.hour, 2);
	put_digits(out + 14, local.minute, 2);
	put_digits(out + 17, local.second, 2);
	out[19] = offset < 0 ? '-' : '+';
	put_digits(out + 20, abs(offset) / 60, 2);
	put_digits(out + 23, abs(offset) % 60, 2);
}

void minutes_format(int minutes, char out[6])
{
	memcpy(out, "00:00", 6);
	put_digits(out, minutes / 60, 2);
	put_digits(out + 3, minutes % 60, 2);
}
