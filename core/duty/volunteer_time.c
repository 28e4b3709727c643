#include "core/duty/volunteer_time.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/rows.h"

static const char *const names[TIME_STANCE_COUNT] = {
	[TIME_FREE] = "free",
	[TIME_AWAY] = "away",
	[TIME_LIKE] = "like",
	[TIME_DISLIKE] = "dislike",
};

const char *time_stance_name(enum time_stance stance)
{
	return names[stance];
}

/* ---- reading ---- */

static const struct column volunteer_time_columns[] = {
	COLUMN_ENUM(struct volunteer_time, stance, names),
	COLUMN(struct volunteer_time, weekday),
	COLUMN_AS(struct volunteer_time, from, "from_on"),
	COLUMN_AS(struct volunteer_time, until, "until_on"),
	COLUMN(struct volunteer_time, starts),
	COLUMN(struct volunteer_time, ends),
};
static const struct row_type volunteer_time_rows =
	ROW_TYPE(struct volunteer_time, volunteer_time_columns);

int volunteer_times(struct db *db, int64_t volunteer, struct volunteer_time **ret, struct err *err)
{
	int count;

	TRY(rows_read(db, &volunteer_time_rows,
		"SELECT stance, weekday, from_on, until_on, starts, ends FROM volunteer_time"
		" WHERE volunteer = :volunteer ORDER BY weekday IS NULL, weekday, from_on, starts, "
		"id",
		FIELDS(F_INT("volunteer", volunteer)), ret, &count, sizeof(**ret), err));
	return count;
}

/* ---- what they say ---- */

struct span {
	int64_t start_at, end_at;
};

static struct span span_on(const struct volunteer_time *time, struct day day)
{
	return (struct span){ when_instant(day, 0, time->starts, 0),
		when_instant(day, 0, time->ends, 0) };
}

static bool is_on(const struct volunteer_time *time, struct day day)
{
	if (time->weekday)
		return time->weekday == day_weekday(day);
	return day_compare(day, time->from) >= 0 && day_compare(day, time->until) <= 0;
}

/* The day itself; the one before, whose times may run past midnight; and the one after, into which
 * a night shift runs. */
static bool touches(const struct volunteer_time *time, int64_t start_at, int64_t end_at)
{
	struct day day = when_day(start_at);

	for (int i = -1; i <= 1; i++) {
		struct day other = day_add(day, i);
		struct span span = span_on(time, other);
		if (is_on(time, other) && span.start_at < end_at && span.end_at > start_at)
			return true;
	}
	return false;
}

/* The end of the chain of free times of this sort that covers `at` and what follows without a
 * gap. */
static int64_t covered_until(
	const struct volunteer_time *times, int count, bool is_weekly, int64_t at, int64_t end_at)
{
	bool has_moved = true;

	while (has_moved && at < end_at) {
		struct day day = when_day(at);
		has_moved = false;
		for (int i = 0; i < 2 * count; i++) {
			const struct volunteer_time *time = &times[i / 2];
			struct day on = day_add(day, -(i % 2));
			if (time->stance != TIME_FREE || (time->weekday != 0) != is_weekly ||
				!is_on(time, on))
				continue;
			struct span span = span_on(time, on);
			if (span.start_at <= at && span.end_at > at) {
				at = span.end_at;
				has_moved = true;
			}
		}
	}
	return at;
}

static bool has(const struct volunteer_time *times, int count, enum time_stance stance,
	bool is_weekly, int64_t start_at, int64_t end_at)
{
	for (int i = 0; i < count; i++)
		if (times[i].stance == stance && (times[i].weekday != 0) == is_weekly &&
			touches(&times[i], start_at, end_at))
			return true;
	return false;
}

static bool names_free_times(const struct volunteer_time *times, int count)
{
	for (int i = 0; i < count; i++)
		if (times[i].stance == TIME_FREE && times[i].weekday)
			return true;
	return false;
}

bool volunteer_times_allow(const struct volunteer_time *times, int count, int64_t start_at,
	int64_t end_at, int *ret_wish)
{
	*ret_wish = 0;
	for (int weekly = 0; weekly < 2 && *ret_wish == 0; weekly++)
		*ret_wish = has(times, count, TIME_DISLIKE, weekly, start_at, end_at) -
			    has(times, count, TIME_LIKE, weekly, start_at, end_at);
	if (has(times, count, TIME_AWAY, false, start_at, end_at))
		return false;
	if (covered_until(times, count, false, start_at, end_at) >= end_at)
		return true;
	if (has(times, count, TIME_AWAY, true, start_at, end_at))
		return false;
	return !names_free_times(times, count) ||
	       covered_until(times, count, true, start_at, end_at) >= end_at;
}

/* ---- from text ---- */

int time_stance_parse(const char *name, enum time_stance *ret, struct err *err)
{
	for (int i = 0; i < TIME_STANCE_COUNT; i++)
		if (strcmp(names[i], name) == 0) {
			*ret = (enum time_stance)i;
			return 0;
		}
	return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "times"));
}

/* "9:00-12:00" */
static bool parse_hours(const char *text, struct volunteer_time *time)
{
	const char *dash = strchr(text, '-');
	CLEANUP(mem_free) char *from = dash ? mem_text_n(text, (size_t)(dash - text)) : NULL;
	struct err ignored = { 0 };

	return from && minutes_parse(from, &time->starts, &ignored) == 0 &&
	       minutes_parse(dash + 1, &time->ends, &ignored) == 0;
}

/* "2026-12-01" or "2026-12-01..2026-12-03" */
static bool parse_dates(const char *text, struct volunteer_time *time)
{
	const char *dots = strstr(text, "..");
	CLEANUP(mem_free)
	char *from = dots ? mem_text_n(text, (size_t)(dots - text)) : mem_text(text);
	struct err ignored = { 0 };

	return day_parse(from, &time->from, &ignored) == 0 &&
	       day_parse(dots ? dots + 2 : text, &time->until, &ignored) == 0;
}

/* "1-5" or "6" */
static bool parse_weekdays(const char *text, int *from, int *until)
{
	size_t len = strlen(text);

	*from = text[0] - '0';
	*until = len == 3 && text[1] == '-' ? text[2] - '0' : *from;
	return (len == 1 || len == 3) && *from >= 1 && *until <= 7 && *until >= *from &&
	       (len == 1 || text[1] == '-');
}

int volunteer_time_parse(const char *text, enum time_stance stance, struct volunteer_time ret[],
	int *ret_count, struct err *err)
{
	const char *space = strchr(text, ' ');
	CLEANUP(mem_free)
	char *days = space ? mem_text_n(text, (size_t)(space - text)) : mem_text(text);
	struct volunteer_time time = { .stance = stance, .ends = 1440 };
	int from, until;

	if (space && !parse_hours(space + 1, &time))
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "times"));
	*ret_count = 0;
	if (parse_weekdays(days, &from, &until)) {
		for (time.weekday = from; time.weekday <= until; time.weekday++)
			ret[(*ret_count)++] = time;
		return 0;
	}
	if (!parse_dates(days, &time))
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "times"));
	ret[(*ret_count)++] = time;
	return 0;
}

/* ---- setting ---- */

static bool fits(const struct volunteer_time *time)
{
	if (time->starts < 0 || time->starts >= 1440 || time->ends <= time->starts ||
		time->ends > 2880)
		return false;
	if (time->weekday)
		return time->weekday >= 1 && time->weekday <= 7;
	return day_is_valid(time->from) && day_is_valid(time->until) &&
	       day_compare(time->from, time->until) <= 0;
}

static int delete_all(struct acting *a, int64_t volunteer, struct err *err)
{
	int64_t row;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM volunteer_time WHERE volunteer = :id",
			FIELDS(F_INT("id", volunteer)), 0, &row, err));
		if (!row)
			return 0;
		TRY(act_delete(a, "volunteer_time", row, err));
	}
}

static int insert(
	struct acting *a, int64_t volunteer, const struct volunteer_time *time, struct err *err)
{
	char from_on[11], until_on[11];

	day_format(time->from, from_on);
	day_format(time->until, until_on);
	return act_insert(a, "volunteer_time",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("volunteer", volunteer),
			F_TEXT("stance", names[time->stance]), F_ID("weekday", time->weekday),
			F_TEXT("from_on", time->weekday ? NULL : from_on),
			F_TEXT("until_on", time->weekday ? NULL : until_on),
			F_INT("starts", time->starts), F_INT("ends", time->ends)),
		err);
}

int volunteer_times_set(struct db *db, const struct act *act, int64_t volunteer,
	const struct volunteer_time *times, int count, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t resident;

	for (int i = 0; i < count; i++)
		if (!fits(&times[i]))
			return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "times"));
	TRY(act_begin(&a, db, act, ACT_VOLUNTEER_TIMES,
		FIELDS(F_INT("volunteer", volunteer), F_INT("times", count)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT resident FROM volunteer WHERE id = :id",
		FIELDS(F_INT("id", volunteer)), 0, &resident, err));
	if (!resident)
		return err_set(err, ERR_NOT_FOUND, REASON(VOLUNTEER_UNKNOWN));
	if (act->role < ROLE_VOLUNTEER && act->resident != resident)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	TRY(delete_all(&a, volunteer, err));
	for (int i = 0; i < count; i++)
		TRY(insert(&a, volunteer, &times[i], err));
	act_set_subject(&a, volunteer, resident);
	return act_commit(&a, volunteer, err);
}
