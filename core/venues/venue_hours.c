#include "core/venues/venue_hours.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/venues/reasons.h"

#define CHAIN_MAX 8 /* limit of periods joined across midnight: a venue that never closes */

static const struct text_limits name_limits = { .what = "exception", .max_chars = 30 };

/* ---- reading ---- */

int venue_week(struct db *db, int64_t venue, struct opening **ret, struct err *err)
{
	return hours_query_week(db,
		"SELECT weekday, opens, closes FROM venue_opening WHERE venue = :venue"
		" ORDER BY weekday, opens",
		FIELDS(F_INT("venue", venue)), ret, err);
}

int venue_exceptions(
	struct db *db, int64_t venue, struct day from, struct closure **ret, struct err *err)
{
	char on[11];

	day_format(from, on);
	return hours_query_closures(db,
		"SELECT id, from_on, until_on, opens, closes, 0 AS is_emergency, name"
		" FROM venue_exception WHERE venue = :venue AND until_on >= :from"
		" ORDER BY from_on, until_on, id",
		FIELDS(F_INT("venue", venue), F_TEXT("from", on)), ret, err);
}

void venue_hours_finish(struct venue_hours *h)
{
	if (h->own_house)
		house_hours_finish(h->own_house);
	free(h->own_house);
	free(h->week);
	hours_closures_finish(h->exceptions, h->exception_count);
	*h = (struct venue_hours){ 0 };
}

int venue_hours_read_in(struct db *db, const struct house_hours *house, const struct venue *venue,
	struct day from, struct venue_hours *ret, struct err *err)
{
	CLEANUP(venue_hours_finish)
	struct venue_hours h = { .house = house,
		.policy = venue->policy.holidays,
		.has_own_hours = venue->policy.has_own_hours };
	int count = 0;

	if (h.has_own_hours)
		count = venue_week(db, venue->id, &h.week, err);
	if (count < 0)
		return count;
	h.week_count = count;
	count = venue_exceptions(db, venue->id, from, &h.exceptions, err);
	if (count < 0)
		return count;
	h.exception_count = count;
	*ret = h;
	h = (struct venue_hours){ 0 };
	return 0;
}

int venue_hours_read(struct db *db, const struct venue *venue, struct day from, struct day until,
	struct venue_hours *ret, struct err *err)
{
	CLEANUP(house_hours_finish) struct house_hours house = { 0 };

	TRY(house_hours_read(db, from, until, &house, err));
	TRY(venue_hours_read_in(db, NULL, venue, from, ret, err));
	ret->own_house = mem_alloc(sizeof(*ret->own_house));
	*ret->own_house = house;
	ret->house = ret->own_house;
	house = (struct house_hours){ 0 };
	return 0;
}

/* ---- what they say ---- */

/* Whose row of the weekly pattern counts; 0: closed. */
static int weekday_of(const struct venue_hours *h, struct day day)
{
	enum holiday_kind kind = holiday_kind_of(h->house->holidays, h->house->holiday_count, day);

	if (kind == HOLIDAY_NONE || h->policy == VENUE_HOLIDAYS_SAME)
		return day_weekday(day);
	if (kind == HOLIDAY_WORK)
		return 1;
	return h->policy == VENUE_HOLIDAYS_SUNDAY ? 7 : 0;
}

int venue_hours_on(
	const struct venue_hours *h, struct day day, struct period ret[HOURS_PERIODS_MAX])
{
	const struct house_hours *house = h->house;
	int own = hours_by_closures(h->exceptions, h->exception_count, day, ret);

	if (own >= 0)
		return own;
	int closure = hours_by_closures(house->closures, house->closure_count, day, ret);
	int weekday = weekday_of(h, day);
	if (closure == 0 || weekday == 0)
		return 0;
	if (h->has_own_hours)
		return hours_by_week(h->week, h->week_count, weekday, day, ret);
	return closure > 0 ? closure : house_hours_by_week(house, weekday, day, ret);
}

/* The period that holds `at`: of that day, or begun the day before. */
static bool period_at(const struct venue_hours *h, int64_t at, struct period *ret)
{
	struct period periods[HOURS_PERIODS_MAX];
	struct day today = when_day(at);

	for (int back = 1; back >= 0; back--) {
		int count = venue_hours_on(h, day_add(today, -back), periods);
		for (int i = 0; i < count; i++) {
			if (at < periods[i].start_at || at >= periods[i].end_at)
				continue;
			*ret = periods[i];
			return true;
		}
	}
	return false;
}

bool venue_hours_hold(
	const struct venue_hours *h, int64_t start_at, int64_t end_at, struct period *ret)
{
	struct period periods[HOURS_PERIODS_MAX];
	struct period whole, next;

	if (!period_at(h, start_at, &whole)) {
		int count = venue_hours_on(h, when_day(start_at), periods);
		*ret = count ? periods[0] : (struct period){ 0 };
		return false;
	}
	for (int i = 0; i < CHAIN_MAX && whole.end_at < end_at; i++) {
		if (!period_at(h, whole.end_at, &next))
			break;
		whole.end_at = next.end_at;
	}
	*ret = whole;
	return whole.end_at >= end_at;
}

/* ---- the weekly pattern ---- */

static int remove_week(struct acting *a, int64_t venue, struct err *err)
{
	int64_t id;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM venue_opening WHERE venue = :venue",
			FIELDS(F_INT("venue", venue)), 0, &id, err));
		if (id == 0)
			return 0;
		TRY(act_delete(a, "venue_opening", id, err));
	}
}

int venue_week_set(struct db *db, const struct act *act, int64_t venue_id,
	const struct opening *week, int count, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(mem_free) struct opening *sorted = mem_alloc((size_t)(count + 1) * sizeof(*sorted));
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	if (count > 0)
		memcpy(sorted, week, (size_t)count * sizeof(*sorted));
	TRY(hours_tidy(sorted, count, err));
	CLEANUP(mem_free) char *inputs = hours_describe(sorted, count);
	TRY(act_begin(&a, db, act, ACT_VENUE_HOURS,
		FIELDS(F_INT("venue", venue_id), F_TEXT("week", inputs)), err));
	if (a.is_repeat)
		return 0;
	TRY(venue_get(db, venue_id, &venue, err));
	TRY(remove_week(&a, venue_id, err));
	for (int i = 0; i < count; i++)
		TRY(act_insert(&a, "venue_opening",
			FIELDS(F_INT("id", act_new_id(&a)), F_INT("venue", venue_id),
				F_INT("weekday", sorted[i].weekday),
				F_INT("opens", sorted[i].opens), F_INT("closes", sorted[i].closes)),
			err));
	TRY(act_update(&a, "venue", venue_id, FIELDS(F_INT("has_own_hours", count > 0)), err));
	act_set_subject(&a, venue_id, act->resident);
	return act_commit(&a, venue_id, err);
}

/* ---- exceptions ---- */

int venue_exception_add(struct db *db, const struct act *act, int64_t venue_id,
	const struct closure *exception, int64_t *ret_id, struct err *err)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const char *given = exception->name ? exception->name : "";
	char from[11], until[11];

	TRY(closure_check(exception, err));
	TRY(text_accept(given, strlen(given), &name_limits, &name, err));
	day_format(exception->from, from);
	day_format(exception->until, until);
	struct field row[] = { F_INT("venue", venue_id), F_TEXT("from_on", from),
		F_TEXT("until_on", until),
		exception->has_hours ? F_INT("opens", exception->opens) : F_NULL("opens"),
		exception->has_hours ? F_INT("closes", exception->closes) : F_NULL("closes"),
		F_TEXT("name", name), { 0 }, { 0 } };
	TRY(act_begin(&a, db, act, ACT_EXCEPTION_ADD, row, err));
	if (!a.is_repeat) {
		int64_t id = act_new_id(&a);
		TRY(venue_get(db, venue_id, &venue, err));
		row[ARRAY_LEN(row) - 2] = F_INT("id", id);
		TRY(act_insert(&a, "venue_exception", row, err));
		act_set_subject(&a, venue_id, act->resident);
		TRY(act_commit(&a, id, err));
	}
	*ret_id = a.result;
	return 0;
}

int venue_exception_remove(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t venue;

	TRY(act_begin(&a, db, act, ACT_EXCEPTION_REMOVE, FIELDS(F_INT("exception", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(db, "SELECT venue FROM venue_exception WHERE id = :id",
		FIELDS(F_INT("id", id)), 0, &venue, err));
	if (!venue)
		return err_set(err, ERR_NOT_FOUND, REASON(EXCEPTION_UNKNOWN));
	TRY(act_delete(&a, "venue_exception", id, err));
	act_set_subject(&a, venue, act->resident);
	return act_commit(&a, id, err);
}
