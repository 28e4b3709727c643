#include "core/items/lending/due.h"

#include "core/base/mem.h"
#include "core/site/hours.h"

#define HOUR 3600

/* 1 and when the venue closes on that day, 0 when it does not open. */
static int closing_on(struct db *db, struct day day, int64_t *ret_at, struct err *err)
{
	struct period periods[HOURS_PERIODS_MAX];
	int count = hours_on(db, day, periods, err);

	if (count <= 0)
		return count;
	*ret_at = periods[count - 1].end_at;
	return 1;
}

/* 1 found, 0 none in sight; other errors pass. */
static int found_or_none(int r, const struct err *inner, struct err *err)
{
	if (r == ERR_NOT_FOUND)
		return 0;
	if (r < 0)
		*err = *inner;
	return r < 0 ? r : 1;
}

/* The first open day on or after `day`. */
static int open_day_from(struct db *db, struct day day, struct day *ret, struct err *err)
{
	struct err inner = { 0 };

	return found_or_none(hours_next_open_day(db, day, ret, &inner), &inner, err);
}

/* The first period that begins after `at`. */
static int opening_after(struct db *db, int64_t at, struct period *ret, struct err *err)
{
	struct err inner = { 0 };

	return found_or_none(hours_next_open(db, at, ret, &inner), &inner, err);
}

static int64_t day_last_minute(struct day day)
{
	return when_instant(day, 23, 59, 0);
}

/* ---- days ---- */

/* The due day by the loan's mode; 1, or 0 when only DUE_IGNORE is left. */
static int skip_closed(
	struct db *db, struct day from, int64_t days, struct day *ret, struct err *err)
{
	struct day day = from;

	if (days == 0)
		return open_day_from(db, from, ret, err);
	for (int64_t i = 0; i < days; i++) {
		int r = open_day_from(db, day_add(day, 1), &day, err);
		if (r <= 0)
			return r;
	}
	*ret = day;
	return 1;
}

static int same_weekday(struct db *db, struct day day, struct day *ret, struct err *err)
{
	int64_t closes_at;

	for (int ahead = 0; ahead < HOURS_SEARCH_DAYS; ahead += 7) {
		*ret = day_add(day, ahead);
		int r = closing_on(db, *ret, &closes_at, err);
		if (r != 0)
			return r;
	}
	return open_day_from(db, day, ret, err);
}

static int due_day(
	struct db *db, const struct rule *rule, struct day from, struct day *ret, struct err *err)
{
	struct day plain = day_add(from, (int)rule->period);
	int r = 0;

	switch (rule->due_mode) {
	case DUE_SKIP:
		r = skip_closed(db, from, rule->period, ret, err);
		break;
	case DUE_PUSH:
		r = open_day_from(db, plain, ret, err);
		break;
	case DUE_PUSH_WEEK:
		r = same_weekday(db, plain, ret, err);
		break;
	case DUE_IGNORE:
	case DUE_MODE_COUNT:
		break;
	}
	if (r == 0)
		*ret = plain;
	return r < 0 ? r : 0;
}

static int end_of_day(struct db *db, struct day day, int64_t *ret_at, struct err *err)
{
	int r = closing_on(db, day, ret_at, err);

	if (r == 0)
		*ret_at = day_last_minute(day);
	return r < 0 ? r : 0;
}

static int due_in_days(struct db *db, const struct rule *rule, int64_t from_at, int64_t *ret_due_at,
	struct err *err)
{
	struct day from = when_day(from_at), day;

	TRY(due_day(db, rule, from, &day, err));
	TRY(end_of_day(db, day, ret_due_at, err));
	if (*ret_due_at > from_at)
		return 0;
	/* Lent after closing and due the same day. */
	struct day next = day_add(from, 1);
	TRY(open_day_from(db, next, &next, err));
	return end_of_day(db, next, ret_due_at, err);
}

/* ---- hours ---- */

/* The instant after `seconds` of opening time; 1, or 0 when none is in sight. */
static int run_open_time(
	struct db *db, int64_t from_at, int64_t seconds, int64_t *ret_at, struct err *err)
{
	int64_t at = from_at, closes_at = 0;
	int r = hours_is_open(db, at, &closes_at, err);

	while (r >= 0) {
		if (r > 0 && closes_at - at >= seconds) {
			*ret_at = at + seconds;
			return 1;
		}
		if (r > 0) {
			seconds -= closes_at - at;
			at = closes_at;
		}
		struct period next;
		r = opening_after(db, at, &next, err);
		if (r <= 0)
			break;
		at = next.start_at;
		closes_at = next.end_at;
	}
	return r;
}

/* Half open, but being due at the very moment of closing is within the hours. */
static int is_within_hours(struct db *db, int64_t at, struct err *err)
{
	return hours_is_open(db, at - 1, NULL, err);
}

static int push_to_opening(struct db *db, int64_t at, int64_t *ret_at, struct err *err)
{
	struct period next;
	int r = is_within_hours(db, at, err);

	if (r != 0) {
		*ret_at = at;
		return r;
	}
	r = opening_after(db, at, &next, err);
	if (r > 0)
		*ret_at = next.end_at;
	return r;
}

/* The end of the first period after `at` on its weekday. */
static int push_to_weekday(struct db *db, int64_t at, int64_t *ret_at, struct err *err)
{
	struct period periods[HOURS_PERIODS_MAX];
	int r = is_within_hours(db, at, err);

	if (r != 0) {
		*ret_at = at;
		return r;
	}
	for (int ahead = 0; ahead < HOURS_SEARCH_DAYS; ahead += 7) {
		int count = hours_on(db, day_add(when_day(at), ahead), periods, err);
		if (count < 0)
			return count;
		for (int i = 0; i < count; i++) {
			if (periods[i].start_at < at)
				continue;
			*ret_at = periods[i].end_at;
			return 1;
		}
	}
	return push_to_opening(db, at, ret_at, err);
}

static int due_in_hours(struct db *db, const struct rule *rule, int64_t from_at,
	int64_t *ret_due_at, struct err *err)
{
	int64_t seconds = rule->period * HOUR;
	int r = 0;

	switch (rule->due_mode) {
	case DUE_SKIP:
		r = run_open_time(db, from_at, seconds, ret_due_at, err);
		break;
	case DUE_PUSH:
		r = push_to_opening(db, from_at + seconds, ret_due_at, err);
		break;
	case DUE_PUSH_WEEK:
		r = push_to_weekday(db, from_at + seconds, ret_due_at, err);
		break;
	case DUE_IGNORE:
	case DUE_MODE_COUNT:
		break;
	}
	if (r == 0)
		*ret_due_at = from_at + seconds;
	return r < 0 ? r : 0;
}

/* ---- the hard due date ---- */

/* The last closing time after `at` and not after the end of `day`; 1, or 0 for none. */
static int last_closing(struct db *db, int64_t at, struct day day, int64_t *ret_at, struct err *err)
{
	struct day first = when_day(at);

	for (; day_compare(day, first) >= 0; day = day_add(day, -1)) {
		int r = closing_on(db, day, ret_at, err);
		if (r < 0)
			return r;
		if (r > 0)
			return *ret_at > at;
	}
	return 0;
}

static int apply_hard_due(
	struct db *db, const struct rule *rule, int64_t at, int64_t *due_at, struct err *err)
{
	int64_t latest;

	if (!rule->has_hard_due || when_instant(rule->hard_due, 0, 0, 0) > *due_at)
		return 0;
	int r = last_closing(db, at, rule->hard_due, &latest, err);
	if (r < 0)
		return r;
	if (r == 0)
		latest = day_last_minute(rule->hard_due);
	if (latest > at && latest < *due_at)
		*due_at = latest;
	return 0;
}

int due_compute(struct db *db, const struct rule *rule, int64_t at, int64_t from_at,
	int64_t *ret_due_at, struct err *err)
{
	int64_t due_at;

	if (rule->unit == PERIOD_DAYS)
		TRY(due_in_days(db, rule, from_at, &due_at, err));
	else
		TRY(due_in_hours(db, rule, from_at, &due_at, err));
	TRY(apply_hard_due(db, rule, at, &due_at, err));
	*ret_due_at = due_at;
	return 0;
}

/* ---- other times ---- */

int due_on_day(struct db *db, struct day day, int64_t *ret_due_at, struct err *err)
{
	struct day open = day;

	int r = open_day_from(db, day, &open, err);
	return r < 0 ? r : end_of_day(db, open, ret_due_at, err);
}

int due_push(struct db *db, int64_t due_at, int64_t *ret_due_at, struct err *err)
{
	struct day day = when_day(due_at);
	int64_t closes_at;

	/* The day's own hours may have passed before it is due; those of the next one have not. */
	for (int ahead = 0; ahead < 2; ahead++) {
		int r = open_day_from(db, day_add(day, ahead), &day, err);
		if (r == 0)
			break;
		if (r > 0)
			r = end_of_day(db, day, &closes_at, err);
		if (r < 0)
			return r;
		if (closes_at >= due_at) {
			*ret_due_at = closes_at;
			return 0;
		}
	}
	*ret_due_at = due_at;
	return 0;
}

/* ---- late ---- */

static bool is_shut(const struct closure *closures, int count, struct day day)
{
	for (int i = 0; i < count; i++)
		if (closures[i].is_emergency && !closures[i].has_hours &&
			day_compare(closures[i].from, day) <= 0 &&
			day_compare(closures[i].until, day) >= 0)
			return true;
	return false;
}

/* How many of the days in [from, until) the venue was closed without notice: nobody could return
 * anything. */
static int days_excused(
	struct db *db, struct day from, struct day until, int64_t *ret, struct err *err)
{
	struct closure *closures = NULL;
	int count = hours_closures(db, from, &closures, err);

	if (count < 0)
		return count;
	*ret = 0;
	if (count > 0)
		for (struct day d = from; day_compare(d, until) < 0; d = day_add(d, 1))
			*ret += is_shut(closures, count, d);
	hours_closures_finish(closures, count);
	return 0;
}

int due_days_late(struct db *db, int64_t due_at, int64_t at, int64_t *ret_days, struct err *err)
{
	struct day due = when_day(due_at), day = when_day(at);
	int64_t excused = 0;
	int distance = day_distance(due, day);

	if (distance > 0)
		TRY(days_excused(db, due, day, &excused, err));
	*ret_days = distance > 0 ? distance - excused : 0;
	return 0;
}

int due_is_past_grace(struct db *db, const struct rule *rule, int64_t due_at, int64_t at, bool *ret,
	struct err *err)
{
	int64_t days = 0;

	if (at > due_at)
		TRY(due_days_late(db, due_at, at, &days, err));
	bool is_same_day = day_compare(when_day(due_at), when_day(at)) == 0;
	*ret = at > due_at && (is_same_day ? rule->grace_days == 0 : days > rule->grace_days);
	return 0;
}
