#include "core/site/hours.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/site/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define DAY_MINUTES  1440
#define WEEK_MINUTES (7 * DAY_MINUTES)
#define CHAIN_MAX    8 /* limit of periods joined across midnight: a venue that never closes */

static const struct text_limits closure_name = { .what = "closure", .max_chars = 30 };

static bool minutes_are_valid(int opens, int closes)
{
	return opens >= 0 && opens < DAY_MINUTES && closes > opens && closes <= 2 * DAY_MINUTES;
}

/* ---- the periods of a day ---- */

/* Minutes count along local time, so a night with a clock change is as long as it really is. */
static int64_t instant_of(struct day day, int minutes)
{
	struct day at = day_add(day, minutes / DAY_MINUTES);

	return when_instant(at, minutes % DAY_MINUTES / 60, minutes % 60, 0);
}

struct day_plan {
	int count;
	struct period periods[HOURS_PERIODS_MAX];
};

/* Rows come ordered by opening time. */
static void plan_add(struct day_plan *plan, struct day day, int opens, int closes)
{
	struct period period = { instant_of(day, opens), instant_of(day, closes) };
	struct period *last = plan->count ? &plan->periods[plan->count - 1] : NULL;

	if (period.start_at >= period.end_at)
		return; /* it fell into the gap of a clock change */
	if (last && period.start_at <= last->end_at) {
		if (period.end_at > last->end_at)
			last->end_at = period.end_at;
	} else if (plan->count < HOURS_PERIODS_MAX) {
		plan->periods[plan->count++] = period;
	}
}

/* Adds the hours of the exceptions for that day. 1: exceptions decide; 0: there are none. */
static int plan_exceptions(struct db *db, struct day day, struct day_plan *plan, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	bool is_shut = false;
	int r, rows = 0;
	char on[11];

	day_format(day, on);
	TRY(query_open(&q, db,
		"SELECT opens, closes FROM closure WHERE from_on <= :day AND until_on >= :day"
		" ORDER BY opens",
		FIELDS(F_TEXT("day", on)), err));
	while ((r = query_next(&q, err)) > 0) {
		rows++;
		if (query_is_null(&q, "opens"))
			is_shut = true;
		else
			plan_add(plan, day, (int)query_int(&q, "opens"),
				(int)query_int(&q, "closes"));
	}
	if (is_shut)
		plan->count = 0;
	return r < 0 ? r : rows > 0;
}

static int plan_week(struct db *db, struct day day, struct day_plan *plan, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT opens, closes FROM opening WHERE weekday = :weekday ORDER BY opens",
		FIELDS(F_INT("weekday", day_weekday(day))), err));
	while ((r = query_next(&q, err)) > 0)
		plan_add(plan, day, (int)query_int(&q, "opens"), (int)query_int(&q, "closes"));
	return r;
}

static int plan_of(struct db *db, struct day day, struct day_plan *ret, struct err *err)
{
	*ret = (struct day_plan){ 0 };
	int r = plan_exceptions(db, day, ret, err);
	return r == 0 ? plan_week(db, day, ret, err) : r < 0 ? r : 0;
}

int hours_on(struct db *db, struct day day, struct period ret[HOURS_PERIODS_MAX], struct err *err)
{
	struct day_plan plan;

	TRY(plan_of(db, day, &plan, err));
	memcpy(ret, plan.periods, sizeof(plan.periods));
	return plan.count;
}

/* ---- the same from memory ---- */

static int compare_openings(const void *left, const void *right)
{
	const struct opening *a = left, *b = right;

	return a->weekday != b->weekday ? a->weekday - b->weekday : a->opens - b->opens;
}

int hours_by_week(const struct opening *week, int count, int weekday, struct day day,
	struct period ret[HOURS_PERIODS_MAX])
{
	struct day_plan plan = { 0 };

	for (int i = 0; i < count; i++)
		if (week[i].weekday == weekday)
			plan_add(&plan, day, week[i].opens, week[i].closes);
	memcpy(ret, plan.periods, sizeof(plan.periods));
	return plan.count;
}

static bool covers(const struct closure *closure, struct day day)
{
	return day_compare(closure->from, day) <= 0 && day_compare(closure->until, day) >= 0;
}

int hours_by_closures(const struct closure *closures, int count, struct day day,
	struct period ret[HOURS_PERIODS_MAX])
{
	struct opening rows[HOURS_PERIODS_MAX];
	int rows_count = 0;
	bool decides = false;

	for (int i = 0; i < count; i++) {
		const struct closure *c = &closures[i];
		if (!covers(c, day))
			continue;
		if (!c->has_hours)
			return 0;
		decides = true;
		if (rows_count < HOURS_PERIODS_MAX)
			rows[rows_count++] = (struct opening){ 1, c->opens, c->closes };
	}
	if (!decides)
		return -1;
	qsort(rows, (size_t)rows_count, sizeof(*rows), compare_openings);
	return hours_by_week(rows, rows_count, 1, day, ret);
}

/* ---- questions ---- */

/* The period that holds `at`: of that day, or begun the day before. 1 yes, 0 closed. */
static int period_at(struct db *db, int64_t at, struct period *ret, struct err *err)
{
	struct day today = when_day(at);

	for (int back = 1; back >= 0; back--) {
		struct day_plan plan;
		TRY(plan_of(db, day_add(today, -back), &plan, err));
		for (int i = 0; i < plan.count; i++) {
			if (at < plan.periods[i].start_at || at >= plan.periods[i].end_at)
				continue;
			*ret = plan.periods[i];
			return 1;
		}
	}
	return 0;
}

int hours_is_open(struct db *db, int64_t at, int64_t *ret_closes_at, struct err *err)
{
	struct period period;
	int r = period_at(db, at, &period, err);

	if (r <= 0)
		return r;
	int64_t closes_at = period.end_at;
	for (int i = 0; i < CHAIN_MAX && r > 0; i++) {
		r = period_at(db, closes_at, &period, err);
		if (r > 0)
			closes_at = period.end_at;
	}
	if (r < 0)
		return r;
	if (ret_closes_at)
		*ret_closes_at = closes_at;
	return 1;
}

int hours_next_open_day(struct db *db, struct day day, struct day *ret, struct err *err)
{
	for (int i = 0; i < HOURS_SEARCH_DAYS; i++) {
		struct day_plan plan;
		struct day at = day_add(day, i);
		TRY(plan_of(db, at, &plan, err));
		if (plan.count == 0)
			continue;
		*ret = at;
		return 0;
	}
	return err_set(err, ERR_NOT_FOUND, REASON(HOURS_NONE, .n1 = HOURS_SEARCH_DAYS));
}

int hours_next_open(struct db *db, int64_t at, struct period *ret, struct err *err)
{
	struct day today = when_day(at);

	for (int i = 0; i < HOURS_SEARCH_DAYS; i++) {
		struct day_plan plan;
		TRY(plan_of(db, day_add(today, i), &plan, err));
		for (int k = 0; k < plan.count; k++) {
			if (plan.periods[k].start_at <= at)
				continue;
			*ret = plan.periods[k];
			return 0;
		}
	}
	return err_set(err, ERR_NOT_FOUND, REASON(HOURS_NONE, .n1 = HOURS_SEARCH_DAYS));
}

static int closure_name_on(struct db *db, struct day day, char **ret, struct err *err)
{
	char on[11];

	day_format(day, on);
	int r = db_text(db,
		"SELECT name FROM closure WHERE from_on <= :day AND until_on >= :day"
		" ORDER BY opens, is_emergency DESC, id LIMIT 1",
		FIELDS(F_TEXT("day", on)), ret, err);
	if (r == 0)
		mem_free(ret);
	return r < 0 ? r : 0;
}

int hours_today(struct db *db, int64_t at, struct hours_today *ret, struct err *err)
{
	struct hours_today today = { 0 };
	struct period next;
	int r = hours_is_open(db, at, &today.closes_at, err);

	if (r < 0)
		return r;
	if (r == 0) {
		today.state = HOURS_CLOSED;
		r = hours_next_open(db, at, &next, err);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		if (r == 0) {
			bool is_today = day_compare(when_day(next.start_at), when_day(at)) == 0;
			today.state = is_today ? HOURS_OPENS_LATER : HOURS_CLOSED;
			today.opens_at = next.start_at;
		} else {
			*err = (struct err){ 0 };
		}
	}
	TRY(closure_name_on(db, when_day(at), &today.closure, err));
	*ret = today;
	return 0;
}

/* ---- the weekly pattern ---- */

static const struct column opening_columns[] = {
	COLUMN(struct opening, weekday),
	COLUMN(struct opening, opens),
	COLUMN(struct opening, closes),
};
static const struct row_type opening_rows = ROW_TYPE(struct opening, opening_columns);

int hours_query_week(struct db *db, const char *sql, const struct field *params,
	struct opening **ret, struct err *err)
{
	int count;

	TRY(rows_read(db, &opening_rows, sql, params, ret, &count, sizeof(**ret), err));
	return count;
}

int hours_week(struct db *db, struct opening **ret, struct err *err)
{
	return hours_query_week(db,
		"SELECT weekday, opens, closes FROM opening ORDER BY weekday, opens", NO_FIELDS,
		ret, err);
}

static int minute_of_week(const struct opening *o, int minutes)
{
	return (o->weekday - 1) * DAY_MINUTES + minutes;
}

static int bad_hours(int weekday, struct err *err)
{
	return err_set(err, ERR_INVALID, REASON(HOURS_BAD, .n1 = weekday));
}

/* `week` is sorted. Each period ends before the next begins, the last one before next Monday's. */
static int check_week(const struct opening *week, int count, struct err *err)
{
	int on_day = 0;

	for (int i = 0; i < count; i++) {
		const struct opening *o = &week[i], *next = &week[(i + 1) % count];
		if (o->weekday < 1 || o->weekday > 7 || !minutes_are_valid(o->opens, o->closes))
			return bad_hours(o->weekday, err);
		on_day = i > 0 && week[i - 1].weekday == o->weekday ? on_day + 1 : 1;
		int next_start =
			minute_of_week(next, next->opens) + (i + 1 == count ? WEEK_MINUTES : 0);
		if (on_day > HOURS_PERIODS_MAX || minute_of_week(o, o->closes) > next_start)
			return bad_hours(o->weekday, err);
	}
	return 0;
}

int hours_tidy(struct opening *week, int count, struct err *err)
{
	if (count > 0)
		qsort(week, (size_t)count, sizeof(*week), compare_openings);
	return check_week(week, count, err);
}

char *hours_describe(const struct opening *week, int count)
{
	char *text = mem_text("");

	for (int i = 0; i < count; i++) {
		char *longer = mem_printf(
			"%s%d %d-%d;", text, week[i].weekday, week[i].opens, week[i].closes);
		free(text);
		text = longer;
	}
	return text;
}

static int remove_week(struct acting *a, struct err *err)
{
	int64_t id;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM opening", NO_FIELDS, 0, &id, err));
		if (id == 0)
			return 0;
		TRY(act_delete(a, "opening", id, err));
	}
}

int hours_set(struct db *db, const struct act *act, const struct opening *week, int count,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) struct opening *sorted = mem_alloc((size_t)count * sizeof(*sorted));

	if (count > 0)
		memcpy(sorted, week, (size_t)count * sizeof(*sorted));
	TRY(hours_tidy(sorted, count, err));
	CLEANUP(mem_free) char *inputs = hours_describe(sorted, count);
	TRY(act_begin(&a, db, act, ACT_HOURS_SET, FIELDS(F_TEXT("week", inputs)), err));
	if (a.is_repeat)
		return 0;
	TRY(remove_week(&a, err));
	for (int i = 0; i < count; i++)
		TRY(act_insert(&a, "opening",
			FIELDS(F_INT("id", act_new_id(&a)), F_INT("weekday", sorted[i].weekday),
				F_INT("opens", sorted[i].opens), F_INT("closes", sorted[i].closes)),
			err));
	return act_commit(&a, count, err);
}

/* ---- as text ---- */

/* "1-5 9:00-12:00": one word of days and one of hours. */
static int parse_days(const char *days, int *ret_from, int *ret_until)
{
	*ret_from = days[0] - '0';
	*ret_until = days[0] && days[1] == '-' ? days[2] - '0' : *ret_from;
	return *ret_from >= 1 && *ret_until <= 7 && *ret_until >= *ret_from ? 0 : ERR_INVALID;
}

static int parse_span(char *hours, int *ret_opens, int *ret_closes, struct err *err)
{
	char *closes = strchr(hours, '-');

	if (!closes)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "hours"));
	*closes = '\0';
	TRY(minutes_parse(hours, ret_opens, err));
	TRY(minutes_parse(closes + 1, ret_closes, err));
	if (*ret_closes <= *ret_opens)
		*ret_closes += DAY_MINUTES;
	return 0;
}

int hours_parse(const char *text, struct opening **ret, struct err *err)
{
	static const char between[] = " ,;=";
	CLEANUP(mem_free) char *copy = text_narrow(text);
	CLEANUP(mem_free) struct opening *week = NULL;
	char *rest = NULL;
	int count = 0;

	for (char *days = strtok_r(copy, between, &rest); days;
		days = strtok_r(NULL, between, &rest)) {
		char *hours = strtok_r(NULL, between, &rest);
		int from, until, opens, closes;
		if (parse_days(days, &from, &until) < 0 || !hours)
			return bad_hours(from >= 1 && from <= 7 ? from : 1, err);
		TRY(parse_span(hours, &opens, &closes, err));
		week = mem_resize(week, (size_t)(count + 7) * sizeof(*week));
		for (int day = from; day <= until; day++)
			week[count++] = (struct opening){ day, opens, closes };
	}
	TRY(hours_tidy(week, count, err));
	*ret = TAKE(week);
	return count;
}

static bool is_open_so(
	const struct opening *week, int count, int weekday, const struct opening *span)
{
	for (int i = 0; i < count; i++)
		if (week[i].weekday == weekday && week[i].opens == span->opens &&
			week[i].closes == span->closes)
			return true;
	return false;
}

/* "1-5 09:00-12:00": a period on several consecutive days is written once. */
char *hours_write(const struct opening *week, int count)
{
	char *text = mem_text("");

	for (int i = 0; i < count; i++) {
		const struct opening *span = &week[i];
		int until = span->weekday;
		char opens[6], closes[6];
		if (is_open_so(week, count, span->weekday - 1, span))
			continue;
		while (is_open_so(week, count, until + 1, span))
			until++;
		CLEANUP(mem_free) char *before = text;
		CLEANUP(mem_free)
		char *days = until == span->weekday ? mem_printf("%d", until)
						    : mem_printf("%d-%d", span->weekday, until);
		minutes_format(span->opens, opens);
		minutes_format(
			span->closes > DAY_MINUTES ? span->closes - DAY_MINUTES : span->closes,
			closes);
		text = mem_printf("%s%s%s %s-%s", before, *before ? ", " : "", days, opens, closes);
	}
	return text;
}

int hours_week_text(struct db *db, char **ret, struct err *err)
{
	CLEANUP(mem_free) struct opening *week = NULL;
	int count = hours_week(db, &week, err);

	if (count < 0)
		return count;
	*ret = hours_write(week, count);
	return 0;
}

/* ---- exceptions ---- */

static int read_has_hours(const struct query *q, void *row, struct err *err)
{
	struct closure *closure = row;

	closure->has_hours = !query_is_null(q, "opens");
	return 0;
}

static const struct column closure_columns[] = {
	COLUMN(struct closure, id),
	COLUMN_AS(struct closure, from, "from_on"),
	COLUMN_AS(struct closure, until, "until_on"),
	COLUMN(struct closure, opens),
	COLUMN(struct closure, closes),
	COLUMN(struct closure, is_emergency),
	COLUMN(struct closure, name),
};
static const struct row_type closure_rows =
	ROW_TYPE_MORE(struct closure, closure_columns, read_has_hours);

int hours_query_closures(struct db *db, const char *sql, const struct field *params,
	struct closure **ret, struct err *err)
{
	int count;

	TRY(rows_read(db, &closure_rows, sql, params, ret, &count, sizeof(**ret), err));
	return count;
}

int hours_closures(struct db *db, struct day from, struct closure **ret, struct err *err)
{
	char on[11];

	day_format(from, on);
	return hours_query_closures(db,
		"SELECT id, from_on, until_on, opens, closes, is_emergency, name FROM closure"
		" WHERE until_on >= :from ORDER BY from_on, until_on, id",
		FIELDS(F_TEXT("from", on)), ret, err);
}

void hours_closures_finish(struct closure *closures, int count)
{
	rows_finish(&closure_rows, &closures, &count);
}

/* Exceptions with hours on one day are its periods: no more of them than a day may have. */
static int check_room(
	struct db *db, const char *from, const char *until, int weekday, struct err *err)
{
	int64_t rows;

	TRY(db_integer(db,
		"SELECT count(*) FROM closure"
		" WHERE opens IS NOT NULL AND from_on <= :until AND until_on >= :from",
		FIELDS(F_TEXT("from", from), F_TEXT("until", until)), 0, &rows, err));
	return rows >= HOURS_PERIODS_MAX ? bad_hours(weekday, err) : 0;
}

int closure_check(const struct closure *closure, struct err *err)
{
	if (!day_is_valid(closure->from))
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "from"));
	if (!day_is_valid(closure->until) || day_compare(closure->until, closure->from) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	if (closure->has_hours && !minutes_are_valid(closure->opens, closure->closes))
		return bad_hours(day_weekday(closure->from), err);
	return 0;
}

int closure_add(struct db *db, const struct act *act, const struct closure *closure,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *name = NULL;
	const char *given = closure->name ? closure->name : "";
	char from[11], until[11];

	TRY(closure_check(closure, err));
	TRY(text_accept(given, strlen(given), &closure_name, &name, err));
	day_format(closure->from, from);
	day_format(closure->until, until);
	struct field row[] = { F_TEXT("from_on", from), F_TEXT("until_on", until),
		closure->has_hours ? F_INT("opens", closure->opens) : F_NULL("opens"),
		closure->has_hours ? F_INT("closes", closure->closes) : F_NULL("closes"),
		F_INT("is_emergency", closure->is_emergency), F_TEXT("name", name), { 0 }, { 0 } };
	TRY(act_begin(&a, db, act, ACT_CLOSURE_ADD, row, err));
	if (!a.is_repeat) {
		int64_t id = act_new_id(&a);
		row[ARRAY_LEN(row) - 2] = F_INT("id", id);
		if (closure->has_hours)
			TRY(check_room(db, from, until, day_weekday(closure->from), err));
		TRY(act_insert(&a, "closure", row, err));
		TRY(act_commit(&a, id, err));
	}
	if (ret_id)
		*ret_id = a.result;
	return 0;
}

int closure_remove(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t is_there;

	TRY(act_begin(&a, db, act, ACT_CLOSURE_REMOVE, FIELDS(F_INT("closure", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT 1 FROM closure WHERE id = :id", FIELDS(F_INT("id", id)), 0,
		&is_there, err));
	if (!is_there)
		return err_set(err, ERR_NOT_FOUND, REASON(CLOSURE_UNKNOWN));
	TRY(act_delete(&a, "closure", id, err));
	return act_commit(&a, id, err);
}
