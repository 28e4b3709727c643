#include "core/venues/usage.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/site/setting.h"
#include "core/venues/booking.h"
#include "core/venues/session_list.h"
#include "core/venues/timetable.h"

/* Working hours: minutes of the day, on working days. */
struct work {
	int from, until;
	struct holiday *holidays;
	int holiday_count;
};

static void work_finish(struct work *w)
{
	holidays_finish(w->holidays, w->holiday_count);
}

void usage_finish(struct usage *u)
{
	for (int i = 0; i < u->count; i++)
		free(u->rows[i].name);
	free(u->rows);
	*u = (struct usage){ 0 };
}

void usage_month(struct day day, struct day *ret_from, struct day *ret_until)
{
	struct day next = day.month == 12 ? (struct day){ day.year + 1, 1, 1 }
					  : (struct day){ day.year, day.month + 1, 1 };

	*ret_from = (struct day){ day.year, day.month, 1 };
	*ret_until = day_add(next, -1);
}

/* ---- working hours ---- */

static int minutes_of(struct db *db, enum setting setting, int *ret, struct err *err)
{
	CLEANUP(mem_free) char *text = NULL;

	TRY(setting_text(db, setting, &text, err));
	return minutes_parse(text, ret, err);
}

static int read_work(
	struct db *db, struct day from, struct day until, struct work *w, struct err *err)
{
	TRY(minutes_of(db, SETTING_WORK_FROM, &w->from, err));
	TRY(minutes_of(db, SETTING_WORK_UNTIL, &w->until, err));
	int count = holidays_between(db, from, day_add(until, 1), &w->holidays, err);
	if (count < 0)
		return count;
	w->holiday_count = count;
	return 0;
}

/* Seconds of [start_at, end_at) within the working hours of `day`. */
static int64_t at_work_on(const struct work *w, struct day day, int64_t start_at, int64_t end_at)
{
	int64_t from = when_instant(day, w->from / 60, w->from % 60, 0);
	int64_t until = when_instant(day, w->until / 60, w->until % 60, 0);

	if (!holiday_is_workday(w->holidays, w->holiday_count, day))
		return 0;
	from = start_at > from ? start_at : from;
	until = end_at < until ? end_at : until;
	return until > from ? until - from : 0;
}

static int64_t minutes_outside(const struct work *w, int64_t start_at, int64_t end_at)
{
	int64_t inside = 0;

	for (struct day day = when_day(start_at); when_day_start(day) < end_at;
		day = day_add(day, 1))
		inside += at_work_on(w, day, start_at, end_at);
	return (end_at - start_at - inside) / 60;
}

/* ---- counting ---- */

static struct usage_row *row_of(struct usage *u, int64_t venue)
{
	for (int i = 0; i < u->count; i++)
		if (u->rows[i].venue == venue)
			return &u->rows[i];
	return NULL;
}

static void add_part(struct usage_part *part, const struct session *s, int64_t minutes)
{
	part->people += s->people;
	part->sessions++;
	part->minutes += minutes;
}

static void add_session(struct usage *u, const struct work *w, const struct session *s, int64_t now)
{
	struct usage_row *row = row_of(u, s->venue);
	struct local in = when_local(s->in_at);
	int64_t out_at = s->out_at ? s->out_at : now;
	int64_t minutes = out_at > s->in_at ? (out_at - s->in_at) / 60 : 0;

	if (!row)
		return;
	row->sessions++;
	row->people += s->people;
	if (s->is_estimated)
		row->estimated_minutes += minutes;
	else
		row->minutes += minutes;
	add_part(&u->by_weekday[in.weekday], s, minutes);
	add_part(&u->by_hour[in.hour], s, minutes);
	if (!at_work_on(w, in.day, s->in_at, s->in_at + 1))
		row->people_outside += s->people;
	if (minutes)
		row->minutes_outside += minutes_outside(w, s->in_at, out_at);
}

static int add_sessions(struct db *db, struct usage *u, const struct work *w, struct err *err)
{
	CLEANUP(session_rows_finish) struct session_rows list = { 0 };

	TRY(sessions_between(
		db, 0, when_day_start(u->from), when_day_start(day_add(u->until, 1)), &list, err));
	for (int i = 0; i < list.count; i++)
		add_session(u, w, &list.rows[i].session, db_now(db));
	return 0;
}

static void add_no_show(struct usage *u, struct usage_row *row, int64_t start_at)
{
	struct local start = when_local(start_at);

	row->no_shows++;
	u->by_weekday[start.weekday].no_shows++;
	u->by_hour[start.hour].no_shows++;
}

static int add_bookings(struct db *db, struct usage *u, struct err *err)
{
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	int64_t from_at = when_day_start(u->from), now = db_now(db);

	TRY(bookings_between(db, 0, from_at, when_day_start(day_add(u->until, 1)), &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct booking *b = &list.rows[i];
		struct usage_row *row = row_of(u, b->venue);
		if (!row || b->start_at < from_at || b->start_at > now)
			continue;
		if (b->status == BOOKING_NO_SHOW)
			add_no_show(u, row, b->start_at);
		row->cancelled += b->status == BOOKING_CANCELLED;
		row->bookings += b->status == BOOKING_NO_SHOW || b->status == BOOKING_USED ||
				 b->status == BOOKING_BOOKED;
	}
	return 0;
}

/* Seconds of a period up to `now` that no blackout covers; blackouts come by start. */
static int64_t open_seconds(const struct timetable *t, const struct period *period, int64_t now)
{
	int64_t at = period->start_at, seconds = 0;
	int64_t end_at = period->end_at < now ? period->end_at : now;

	for (int i = 0; i < t->blackouts.count && at < end_at; i++) {
		const struct blackout *b = &t->blackouts.rows[i];
		if (b->end_at <= at || b->start_at >= end_at)
			continue;
		seconds += b->start_at > at ? b->start_at - at : 0;
		at = b->end_at;
	}
	return seconds + (end_at > at ? end_at - at : 0);
}

static void add_open(const struct usage *u, const struct timetable *t, struct usage_row *row)
{
	struct period periods[HOURS_PERIODS_MAX];
	int64_t seconds = 0;

	for (struct day day = u->from; day_compare(day, u->until) <= 0; day = day_add(day, 1)) {
		int count = venue_hours_on(&t->hours, day, periods);
		for (int i = 0; i < count; i++)
			seconds += open_seconds(t, &periods[i], t->now);
	}
	row->open_minutes = seconds / 60;
	row->free_minutes = t->policy.fee ? 0 : seconds / 60;
}

static int add_venues(struct db *db, struct usage *u, struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };
	CLEANUP(timetables_finish) struct timetables tables = { 0 };

	TRY(venue_list(db, &venues, err));
	TRY(timetables_read(db, &venues, u->from, u->until, &tables, err));
	u->rows = mem_alloc((size_t)(venues.count + 1) * sizeof(*u->rows));
	for (int i = 0; i < venues.count; i++) {
		struct usage_row *row = &u->rows[u->count++];
		row->venue = venues.rows[i].id;
		row->name = mem_text(venues.rows[i].name);
		add_open(u, &tables.rows[i], row);
	}
	return 0;
}

static void add_up(struct usage *u)
{
	struct usage_row *t = &u->total;

	for (int i = 0; i < u->count; i++) {
		const struct usage_row *r = &u->rows[i];
		t->sessions += r->sessions;
		t->people += r->people;
		t->minutes += r->minutes;
		t->estimated_minutes += r->estimated_minutes;
		t->bookings += r->bookings;
		t->no_shows += r->no_shows;
		t->cancelled += r->cancelled;
		t->people_outside += r->people_outside;
		t->minutes_outside += r->minutes_outside;
		t->open_minutes += r->open_minutes;
		t->free_minutes += r->free_minutes;
	}
}

int usage_read(struct db *db, struct day from, struct day until, struct usage *ret, struct err *err)
{
	CLEANUP(usage_finish) struct usage u = { .from = from, .until = until };
	CLEANUP(work_finish) struct work work = { 0 };

	TRY(read_work(db, from, until, &work, err));
	TRY(add_venues(db, &u, err));
	TRY(add_sessions(db, &u, &work, err));
	TRY(add_bookings(db, &u, err));
	add_up(&u);
	*ret = u;
	u = (struct usage){ 0 };
	return 0;
}
