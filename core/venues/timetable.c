#include "core/venues/timetable.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/store/rows.h"

#define LONGEST 259200 /* a booking with its buffer: sql/001/venues.sql */

void timetable_finish(struct timetable *t)
{
	venue_hours_finish(&t->hours);
	blackout_list_finish(&t->blackouts);
	free(t->entries);
	*t = (struct timetable){ 0 };
}

void slot_list_finish(struct slot_list *list)
{
	free(list->rows);
	*list = (struct slot_list){ 0 };
}

/* ---- reading ---- */

static const struct column entry_columns[] = {
	COLUMN_AS(struct timetable_entry, booking, "id"),
	COLUMN(struct timetable_entry, start_at),
	COLUMN(struct timetable_entry, until_at),
	COLUMN(struct timetable_entry, people),
	COLUMN(struct timetable_entry, is_whole),
	COLUMN(struct timetable_entry, is_used),
};
static const struct row_type entry_rows = ROW_TYPE(struct timetable_entry, entry_columns);

static int read_entries(struct db *db, int64_t venue, int64_t from_at, int64_t until_at,
	int64_t except, struct timetable *t, struct err *err)
{
	/* Like the columns of the schema's index: nothing else of the rows is read. */
	return rows_read(db, &entry_rows,
		"SELECT id, start_at, until_at, people, is_whole, status = 'used' AS is_used FROM "
		"booking"
		" WHERE venue = :venue AND status IN ('requested', 'booked', 'used')"
		" AND start_at > :from - 259200 AND start_at < :until AND until_at > :from"
		" AND until_at > start_at AND id <> :except"
		" AND (release_at > :now OR status <> 'booked')"
		" AND (start_at > :now OR status <> 'requested')"
		" ORDER BY start_at",
		FIELDS(F_INT("venue", venue), F_INT("from", from_at), F_INT("until", until_at),
			F_INT("except", except), F_INT("now", t->now)),
		&t->entries, &t->entry_count, sizeof(*t->entries), err);
}

/* Hours of the day before may run into the first day, and those of the last one into the next. */
static struct day hours_from(struct day from)
{
	return day_add(from, -1);
}

static struct day hours_until(struct day until)
{
	return day_add(until, 2);
}

static struct timetable timetable_of(
	struct db *db, const struct venue *venue, struct day from, struct day until)
{
	return (struct timetable){ .venue = venue->id,
		.capacity = venue->capacity,
		.policy = venue->policy,
		.from = from,
		.until = until,
		.now = db_now(db) };
}

/* What is taken of its hours. */
static int read_taken(struct db *db, int64_t except, struct timetable *t, struct err *err)
{
	int64_t from_at = when_day_start(hours_from(t->from));
	int64_t until_at = when_day_start(day_add(t->until, 3));

	TRY(blackouts_between(db, t->venue, from_at, until_at, &t->blackouts, err));
	return read_entries(db, t->venue, from_at, until_at, except, t, err);
}

int timetable_read(struct db *db, const struct venue *venue, struct day from, struct day until,
	int64_t except, struct timetable *ret, struct err *err)
{
	CLEANUP(timetable_finish) struct timetable t = timetable_of(db, venue, from, until);

	TRY(venue_hours_read(db, venue, hours_from(from), hours_until(until), &t.hours, err));
	TRY(read_taken(db, except, &t, err));
	*ret = t;
	t = (struct timetable){ 0 };
	return 0;
}

void timetables_finish(struct timetables *all)
{
	for (int i = 0; i < all->count; i++)
		timetable_finish(&all->rows[i]);
	free(all->rows);
	if (all->house)
		house_hours_finish(all->house);
	free(all->house);
	*all = (struct timetables){ 0 };
}

int timetables_read(struct db *db, const struct venue_list *venues, struct day from,
	struct day until, struct timetables *ret, struct err *err)
{
	CLEANUP(timetables_finish)
	struct timetables all = { .house = mem_alloc(sizeof(*all.house)),
		.rows = mem_alloc((size_t)(venues->count + 1) * sizeof(*all.rows)) };

	TRY(house_hours_read(db, hours_from(from), hours_until(until), all.house, err));
	house_hours_lay_out(all.house);
	for (int i = 0; i < venues->count; i++) {
		struct timetable *t = &all.rows[all.count++];
		*t = timetable_of(db, &venues->rows[i], from, until);
		TRY(venue_hours_read_in(
			db, all.house, &venues->rows[i], hours_from(from), &t->hours, err));
		TRY(read_taken(db, 0, t, err));
	}
	*ret = all;
	all = (struct timetables){ 0 };
	return 0;
}

/* ---- questions ---- */

/* The first entry that can overlap what begins at `at`. */
static int first_near(const struct timetable *t, int64_t at)
{
	int low = 0, high = t->entry_count;

	while (low < high) {
		int middle = (low + high) / 2;
		if (t->entries[middle].start_at > at - LONGEST)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static bool touches(const struct timetable_entry *e, int64_t start_at, int64_t until_at)
{
	return e->start_at < until_at && e->until_at > start_at;
}

/* People in at an instant. */
static int64_t people_at(const struct timetable *t, int64_t at)
{
	int64_t people = 0;

	for (int i = first_near(t, at); i < t->entry_count && t->entries[i].start_at <= at; i++)
		if (t->entries[i].until_at > at)
			people += t->entries[i].people;
	return people;
}

static int64_t places_in(
	const struct timetable *t, int64_t start_at, int64_t until_at, bool is_whole)
{
	int64_t most = 0;

	for (int i = first_near(t, start_at); i < t->entry_count; i++) {
		const struct timetable_entry *e = &t->entries[i];
		if (e->start_at >= until_at)
			break;
		if (!touches(e, start_at, until_at))
			continue;
		if (is_whole || e->is_whole)
			return 0;
		/* The number is highest at the start or when another one begins. */
		int64_t people = people_at(t, e->start_at > start_at ? e->start_at : start_at);
		most = people > most ? people : most;
	}
	return t->capacity > most ? t->capacity - most : 0;
}

static int64_t with_buffer(const struct timetable *t, int64_t end_at)
{
	return end_at + t->policy.buffer_minutes * 60;
}

int64_t timetable_places(const struct timetable *t, int64_t start_at, int64_t end_at, bool is_whole)
{
	return places_in(t, start_at, with_buffer(t, end_at), is_whole);
}

const struct timetable_entry *timetable_conflict(
	const struct timetable *t, int64_t start_at, int64_t end_at)
{
	for (int i = first_near(t, start_at); i < t->entry_count; i++)
		if (touches(&t->entries[i], start_at, with_buffer(t, end_at)))
			return &t->entries[i];
	return NULL;
}

const struct blackout *timetable_blackout(
	const struct timetable *t, int64_t start_at, int64_t end_at)
{
	for (int i = 0; i < t->blackouts.count; i++)
		if (t->blackouts.rows[i].start_at < end_at &&
			t->blackouts.rows[i].end_at > start_at)
			return &t->blackouts.rows[i];
	return NULL;
}

enum timetable_state timetable_state(
	const struct timetable *t, int64_t start_at, int64_t end_at, int64_t people)
{
	struct period period;

	if (!venue_hours_hold(&t->hours, start_at, end_at, &period))
		return TIME_CLOSED;
	if (timetable_blackout(t, start_at, end_at))
		return TIME_OUT;
	return places_in(t, start_at, end_at, !t->policy.is_shared) < people ? TIME_TAKEN
									     : TIME_FREE;
}

/* ---- slots ---- */

static void slot_add(struct slot_list *list, struct slot slot)
{
	if (list->count % 16 == 0)
		list->rows =
			mem_resize(list->rows, (size_t)(list->count + 16) * sizeof(*list->rows));
	list->rows[list->count++] = slot;
}

/* Who asks: not before the notice has passed, for this many people. */
struct bounds {
	int64_t from_at;
	int64_t people;
	bool is_whole;
};

static void fixed_slots(const struct timetable *t, const struct period *period,
	const struct bounds *bounds, struct slot_list *into)
{
	int64_t length = t->policy.slot_minutes * 60;

	for (int64_t at = period->start_at; at + length <= period->end_at; at += length) {
		if (at < bounds->from_at)
			continue;
		int64_t places = timetable_places(t, at, at + length, bounds->is_whole);
		if (places >= bounds->people && !timetable_blackout(t, at, at + length))
			slot_add(into, (struct slot){ t->venue, at, at + length, places });
	}
}

/* From `at` on: when the state changes next, at most `end_at`. */
static int64_t next_change(const struct timetable *t, int64_t at, int64_t end_at)
{
	for (int i = 0; i < t->blackouts.count; i++) {
		const struct blackout *b = &t->blackouts.rows[i];
		if (b->start_at > at && b->start_at < end_at)
			end_at = b->start_at;
		if (b->end_at > at && b->end_at < end_at)
			end_at = b->end_at;
	}
	for (int i = first_near(t, at); i < t->entry_count; i++) {
		const struct timetable_entry *e = &t->entries[i];
		if (e->start_at >= end_at)
			break;
		if (e->start_at > at)
			end_at = e->start_at;
		if (e->until_at > at && e->until_at < end_at)
			end_at = e->until_at;
	}
	return end_at;
}

/* A free period ends before the next booking by this booking's own buffer. */
static int64_t usable_end(const struct timetable *t, int64_t end_at, int64_t period_end)
{
	return end_at < period_end && !timetable_blackout(t, end_at, end_at + 1)
		       ? end_at - t->policy.buffer_minutes * 60
		       : end_at;
}

static void add_stretch(const struct timetable *t, int64_t start_at, int64_t end_at, int64_t places,
	int64_t period_end, struct slot_list *into)
{
	int64_t usable = usable_end(t, end_at, period_end);

	if (usable - start_at >= t->policy.min_minutes * 60)
		slot_add(into, (struct slot){ t->venue, start_at, usable, places });
}

static void free_stretches(const struct timetable *t, const struct period *period,
	const struct bounds *bounds, struct slot_list *into)
{
	int64_t at = period->start_at > bounds->from_at ? period->start_at : bounds->from_at;
	int64_t start_at = 0, places = 0; /* of the current free period; 0: none */

	while (at < period->end_at) {
		int64_t next = next_change(t, at, period->end_at);
		int64_t here = timetable_blackout(t, at, next)
				       ? 0
				       : places_in(t, at, next, bounds->is_whole);
		if (here >= bounds->people) {
			places = start_at && places < here ? places : here;
			start_at = start_at ? start_at : at;
		} else if (start_at) {
			add_stretch(t, start_at, at, places, period->end_at, into);
			start_at = 0;
		}
		at = next;
	}
	if (start_at)
		add_stretch(t, start_at, period->end_at, places, period->end_at, into);
}

void timetable_slots(
	const struct timetable *t, struct day day, int64_t people, struct slot_list *into)
{
	struct period periods[HOURS_PERIODS_MAX];
	struct day last = day_add(when_day(t->now), (int)t->policy.ahead_days);
	struct bounds bounds = { .from_at = t->now + t->policy.notice_minutes * 60,
		.people = people > 0 ? people : 1,
		.is_whole = !t->policy.is_shared };

	/* Bookings begin at whole minutes, and at multiples of five when somebody has just come. */
	bounds.from_at = (bounds.from_at + 299) / 300 * 300;
	if (!t->policy.is_bookable || day_compare(day, last) > 0)
		return;
	int count = venue_hours_on(&t->hours, day, periods);
	for (int i = 0; i < count; i++) {
		if (periods[i].end_at <= bounds.from_at)
			continue;
		if (t->policy.slot_minutes)
			fixed_slots(t, &periods[i], &bounds, into);
		else
			free_stretches(t, &periods[i], &bounds, into);
	}
}

/* The one venue, or all of them. */
static int read_venues(struct db *db, int64_t venue, struct venue_list *ret, struct err *err)
{
	if (!venue)
		return venue_list(db, ret, err);
	ret->rows = mem_alloc(sizeof(*ret->rows));
	TRY(venue_get(db, venue, &ret->rows[0], err));
	ret->count = 1;
	return 0;
}

int slots_find(struct db *db, int64_t venue_id, struct day from, struct day until, int64_t people,
	struct slot_list *ret, struct err *err)
{
	CLEANUP(venue_list_finish) struct venue_list venues = { 0 };
	CLEANUP(timetables_finish) struct timetables all = { 0 };
	struct slot_list list = { 0 };

	TRY(read_venues(db, venue_id, &venues, err));
	TRY(timetables_read(db, &venues, from, until, &all, err));
	for (int i = 0; i < all.count; i++)
		for (struct day day = from; day_compare(day, until) <= 0; day = day_add(day, 1))
			timetable_slots(&all.rows[i], day, people, &list);
	*ret = list;
	return 0;
}
