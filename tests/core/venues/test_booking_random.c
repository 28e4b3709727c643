#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "tests/core/rooms.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

/* Weeks of random bookings, changes, cancellations, sign-ins and waiting, in rooms of all kinds.
 * What is refused, and why, is predicted from the rows themselves by counting people in every five
 * minutes, independently of how the program looks for a conflict. JIAPLUS_SEED repeats a run. */

#define ROOMS     4
#define RESIDENTS 12
#define STEPS     12500 /* about 10,000 of them book, change or cancel */
#define CELL      300   /* all times are whole cells */
#define DAY       86400

struct room {
	int64_t id, capacity, buffer, week_hours, month_hours;
	bool is_shared, needs_approval;
};

/* A row as it is stored. */
struct row {
	int64_t id, resident, room, start_at, end_at, until_at, release_at, people;
	bool is_whole;
	char status[12];
};

struct world {
	struct shop *s;
	struct room rooms[ROOMS];
	int64_t residents[RESIDENTS];
	int booked, refused, changed, cancelled, served, missed, used, decided;
};

static int64_t now(const struct world *w)
{
	return w->s->clock.set_wall;
}

/* ---- the rows around a time ---- */

/* `resident`: whose bookings count for a quota; 0: everybody's. */
static int read_rows(
	struct world *w, int64_t resident, int64_t from_at, int64_t until_at, struct row **ret)
{
#define ROWS                                                                          \
	"SELECT id, resident, venue, start_at, end_at, until_at, release_at, people," \
	" is_whole, status FROM booking WHERE start_at > :from AND start_at < :until"
	static const char all[] = ROWS;
	static const char theirs[] =
		ROWS " AND resident = :resident"
		     " AND status IN ('requested', 'booked', 'used', 'no_show')";
#undef ROWS
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct row *rows = NULL;
	struct err err = { 0 };
	int count = 0, space = 0;

	assert_ok(query_open(&q, w->s->db, resident ? theirs : all,
			  FIELDS(F_INT("from", from_at), F_INT("until", until_at),
				  resident ? F_INT("resident", resident) : (struct field){ 0 }),
			  &err),
		&err);
	while (query_next(&q, &err) > 0) {
		if (count == space) {
			space = space ? 2 * space : 64;
			rows = mem_resize(rows, (size_t)space * sizeof(*rows));
		}
		struct row *row = &rows[count++];
		*row = (struct row){ .id = query_int(&q, "id"),
			.resident = query_int(&q, "resident"),
			.room = query_int(&q, "venue"),
			.start_at = query_int(&q, "start_at"),
			.end_at = query_int(&q, "end_at"),
			.until_at = query_int(&q, "until_at"),
			.release_at = query_int(&q, "release_at"),
			.people = query_int(&q, "people"),
			.is_whole = query_int(&q, "is_whole") != 0 };
		snprintf(row->status, sizeof(row->status), "%s", query_text0(&q, "status"));
	}
	*ret = rows;
	return count;
}

static bool is(const struct row *row, const char *status)
{
	return strcmp(row->status, status) == 0;
}

/* Holds its time now: the stored state may be out of date. */
static bool holds(const struct world *w, const struct row *row)
{
	if (is(row, "booked"))
		return row->release_at > now(w);
	if (is(row, "requested"))
		return row->start_at > now(w);
	return is(row, "used");
}

/* ---- what should be said ---- */

enum { TAKEN = 1, OWN = 2, WEEK = 4, MONTH = 8 };

static bool is_taken(struct world *w, const struct room *room, const struct booking_draft *d,
	int64_t except, const struct row *rows, int count)
{
	int64_t people = d->people > 0 ? d->people : 1;
	bool is_whole = d->is_whole || !room->is_shared;

	for (int64_t at = d->start_at; at < d->end_at + room->buffer; at += CELL) {
		int64_t in = people;
		for (int i = 0; i < count; i++) {
			const struct row *r = &rows[i];
			if (r->room != room->id || r->id == except || !holds(w, r) ||
				r->start_at > at || r->until_at <= at)
				continue;
			in += is_whole || r->is_whole ? 100000 : r->people;
		}
		if (in > room->capacity)
			return true;
	}
	return false;
}

static bool is_elsewhere(struct world *w, const struct booking_draft *d, int64_t except,
	const struct row *rows, int count)
{
	for (int i = 0; i < count; i++) {
		const struct row *r = &rows[i];
		bool waits = is(r, "waiting") && r->start_at > now(w);
		if (r->resident == d->resident && r->id != except && (holds(w, r) || waits) &&
			r->start_at < d->end_at && r->end_at > d->start_at)
			return true;
	}
	return false;
}

static bool same_week(int64_t a, int64_t b)
{
	struct week x = day_iso_week(when_day(a)), y = day_iso_week(when_day(b));

	return x.year == y.year && x.week == y.week;
}

static bool same_month(int64_t a, int64_t b)
{
	struct day x = when_day(a), y = when_day(b);

	return x.year == y.year && x.month == y.month;
}

/* Minutes that count for a person in a room in the week or month of `at`. */
static int64_t counted(struct world *w, const struct room *room, int64_t resident, int64_t at,
	int64_t except, bool is_month)
{
	CLEANUP(mem_free) struct row *rows = NULL;
	int64_t reach = (is_month ? 32 : 8) * DAY;
	int count = read_rows(w, resident, at - reach, at + reach, &rows);
	int64_t minutes = 0;

	for (int i = 0; i < count; i++) {
		const struct row *r = &rows[i];
		bool counts = holds(w, r) || is(r, "no_show") ||
			      (is(r, "booked") && r->release_at <= now(w));
		bool is_then = is_month ? same_month(r->start_at, at) : same_week(r->start_at, at);
		if (r->room == room->id && r->resident == resident && r->id != except && counts &&
			is_then)
			minutes += (r->end_at - r->start_at) / 60;
	}
	return minutes;
}

static int foretell(struct world *w, const struct room *room, const struct booking_draft *d,
	int64_t except, bool is_waiting)
{
	CLEANUP(mem_free) struct row *rows = NULL;
	int count = read_rows(w, 0, d->start_at - 4 * DAY, d->start_at + 4 * DAY, &rows);
	int64_t minutes = (d->end_at - d->start_at) / 60;
	int says = 0;

	if (is_taken(w, room, d, except, rows, count) != is_waiting)
		says |= TAKEN;
	if (is_elsewhere(w, d, except, rows, count))
		says |= OWN;
	if (room->week_hours &&
		counted(w, room, d->resident, d->start_at, except, false) + minutes >
			room->week_hours * 60)
		says |= WEEK;
	if (room->month_hours &&
		counted(w, room, d->resident, d->start_at, except, true) + minutes >
			room->month_hours * 60)
		says |= MONTH;
	return says;
}

static int said(const struct err *err)
{
	return (err_has(err, REASON_BOOKING_TAKEN) || err_has(err, REASON_BOOKING_CROWDED) ||
				       err_has(err, REASON_BOOKING_FREE)
			       ? TAKEN
			       : 0) |
	       (err_has(err, REASON_BOOKING_OWN) ? OWN : 0) |
	       (err_has(err, REASON_QUOTA_WEEK) ? WEEK : 0) |
	       (err_has(err, REASON_QUOTA_MONTH) ? MONTH : 0);
}

/* The act did what was predicted, for no other reason. */
static bool as_foretold(struct world *w, int r, const struct err *err, int says)
{
	if (!says) {
		assert_ok(r, err);
		return true;
	}
	assert_int_equal(r, ERR_REFUSED);
	assert_int_equal(said(err), says);
	w->refused++;
	return false;
}

/* ---- steps ---- */

static const struct room *draw_room(struct world *w)
{
	return &w->rooms[draw(ROOMS)];
}

static struct booking_draft draw_draft(struct world *w, const struct room *room)
{
	int64_t start_at = now(w) + CELL * (1 + (int64_t)draw(3 * DAY / CELL));
	int64_t end_at = start_at + CELL * (6 + (int64_t)draw(36));

	return (struct booking_draft){ .venue = room->id,
		.resident = w->residents[draw(RESIDENTS)],
		.start_at = start_at,
		.end_at = end_at,
		.people = 1 + draw((uint32_t)room->capacity),
		.is_whole = room->is_shared && draw(8) == 0 };
}

static void do_place(struct world *w)
{
	const struct room *room = draw_room(w);
	struct booking_draft d = draw_draft(w, room);
	int says = foretell(w, room, &d, 0, false);
	struct err err = { 0 };
	int64_t id;

	int r = booking_place(w->s->db, &by_resident, &d, &id, &err);
	w->booked += as_foretold(w, r, &err, says);
	if (!(says & TAKEN))
		return;
	says = foretell(w, room, &d, 0, true);
	err = (struct err){ 0 };
	r = booking_wait(w->s->db, &by_resident, &d, &id, &err);
	as_foretold(w, r, &err, says);
}

/* One that can still be changed; false when there is none. */
static bool draw_booking(struct world *w, struct row *ret)
{
	CLEANUP(mem_free) struct row *rows = NULL;
	int count = read_rows(w, 0, now(w), now(w) + 5 * DAY, &rows);

	for (int tries = 0; count && tries < 20; tries++) {
		const struct row *row = &rows[draw((uint32_t)count)];
		if (!holds(w, row) || is(row, "used"))
			continue;
		*ret = *row;
		return true;
	}
	return false;
}

static int64_t count_served(struct world *w)
{
	struct err err = { 0 };
	int64_t count = 0;

	assert_ok(db_integer(w->s->db, "SELECT count(*) FROM booking WHERE status = 'waiting'",
			  NO_FIELDS, 0, &count, &err),
		&err);
	return count;
}

static void do_change(struct world *w)
{
	struct err err = { 0 };
	struct row row;

	if (!draw_booking(w, &row))
		return;
	const struct room *room = draw_room(w);
	struct booking_draft d = draw_draft(w, room);
	d.resident = row.resident;
	int says = foretell(w, room, &d, row.id, false);
	int64_t waiting = count_served(w);
	int r = booking_change(w->s->db, &by_resident, row.id, &d, &err);
	w->changed += as_foretold(w, r, &err, says);
	w->served += (int)(waiting - count_served(w));
}

static void do_cancel(struct world *w)
{
	struct err err = { 0 };
	struct row row;

	if (!draw_booking(w, &row))
		return;
	int64_t waiting = count_served(w);
	assert_ok(booking_cancel(w->s->db, &by_resident, row.id, &err), &err);
	w->cancelled++;
	w->served += (int)(waiting - count_served(w));
}

static void do_decide(struct world *w)
{
	struct err err = { 0 };
	struct row row;

	if (!draw_booking(w, &row) || !is(&row, "requested"))
		return;
	assert_ok(draw(3) ? booking_approve(w->s->db, &by_volunteer, row.id, &err)
			  : booking_decline(w->s->db, &by_volunteer, row.id, &err),
		&err);
	w->decided++;
}

/* Whoever is due comes, and stays a while. */
static void do_use(struct world *w)
{
	CLEANUP(mem_free) struct row *rows = NULL;
	int count = read_rows(w, 0, now(w) - DAY, now(w) + 3600, &rows);

	for (int i = 0; i < count; i++) {
		struct session_request request = { .booking = rows[i].id, .is_sure = true };
		struct err err = { 0 };
		struct session session;
		int64_t id;
		if (is(&rows[i], "used") &&
			session_of_booking(w->s->db, rows[i].id, &session, &err) == 1 && draw(2))
			assert_ok(
				session_end(w->s->db, &by_resident, session.id, true, &err), &err);
		if (!is(&rows[i], "booked") || rows[i].release_at <= now(w) || draw(3) == 0)
			continue;
		assert_ok(session_open(w->s->db, &by_resident, &request, &id, &err), &err);
		w->used++;
	}
}

static void pass_time(struct world *w)
{
	w->s->clock.set_wall += CELL * (1 + (int64_t)draw(30));
}

static const struct {
	uint32_t upto;
	void (*step)(struct world *);
} steps[] = {
	{ 60, do_place },
	{ 72, do_change },
	{ 82, do_cancel },
	{ 85, do_decide },
	{ 92, do_use },
	{ 100, pass_time },
};

static void do_something(struct world *w)
{
	uint32_t what = draw(100);
	size_t i = 0;

	while (what >= steps[i].upto)
		i++;
	steps[i].step(w);
}

/* ---- what must always be so ---- */

static void check_room(struct world *w, const struct room *room, const struct row *rows, int count)
{
	for (int64_t at = now(w) - 2 * DAY; at < now(w) + 4 * DAY; at += CELL) {
		int64_t people = 0, parties = 0, whole = 0;
		for (int i = 0; i < count; i++) {
			const struct row *r = &rows[i];
			if (r->room != room->id || r->start_at > at || r->until_at <= at)
				continue;
			people += r->people;
			whole += r->is_whole;
			parties++;
		}
		assert_true(people <= room->capacity);
		assert_true(!whole || parties == 1);
	}
}

/* Rows that occupy a room, as they are stored: what the schema promises. */
static int keep_live(struct row *rows, int count)
{
	int kept = 0;

	for (int i = 0; i < count; i++)
		if (is(&rows[i], "requested") || is(&rows[i], "booked") || is(&rows[i], "used"))
			rows[kept++] = rows[i];
	return kept;
}

static void check_quota(struct world *w, const struct room *room)
{
	for (int i = 0; i < RESIDENTS; i++)
		for (int64_t at = now(w) - 14 * DAY; at < now(w) + 7 * DAY; at += 7 * DAY) {
			if (room->week_hours)
				assert_true(counted(w, room, w->residents[i], at, 0, false) <=
					    room->week_hours * 60);
			if (room->month_hours)
				assert_true(counted(w, room, w->residents[i], at, 0, true) <=
					    room->month_hours * 60);
		}
}

static void check_all(struct world *w)
{
	CLEANUP(mem_free) struct row *rows = NULL;
	int count = read_rows(w, 0, now(w) - 4 * DAY, now(w) + 5 * DAY, &rows);

	count = keep_live(rows, count);
	for (int i = 0; i < ROOMS; i++) {
		check_room(w, &w->rooms[i], rows, count);
		check_quota(w, &w->rooms[i]);
	}
}

static struct world *open_house(struct shop *s)
{
	/* A whole room, one with a buffer and a quota, a shared one, one with approval. */
	static const struct room kinds[ROOMS] = {
		{ .capacity = 20 },
		{ .capacity = 8, .buffer = 900, .week_hours = 4, .month_hours = 9 },
		{ .capacity = 10, .is_shared = true, .buffer = 600, .month_hours = 20 },
		{ .capacity = 5, .is_shared = true, .needs_approval = true },
	};
	static const char *const names[ROOMS] = { "客厅", "厨房", "书屋", "车位" };
	struct world *w = mem_alloc(sizeof(*w));

	w->s = s;
	shop_set_week(s, 0, 24 * 60, "xxxxxxx");
	for (int i = 0; i < ROOMS; i++) {
		struct room *room = &w->rooms[i];
		*room = kinds[i];
		room->id = rooms_add(s, names[i], room->capacity);
		ROOMS_POLICY(s, room->id, .is_shared = room->is_shared,
			.needs_approval = room->needs_approval, .window_minutes = 60,
			.buffer_minutes = room->buffer / 60, .week_hours = room->week_hours,
			.month_hours = room->month_hours);
	}
	for (int i = 0; i < RESIDENTS; i++)
		w->residents[i] = shop_resident(s);
	return w;
}

static int count_of(struct world *w, const char *sql)
{
	struct err err = { 0 };
	int64_t count = 0;

	assert_ok(db_integer(w->s->db, sql, NO_FIELDS, 0, &count, &err), &err);
	return (int)count;
}

TEST(no_room_is_ever_over_full_and_no_quota_broken, shop)
{
	CLEANUP(mem_free) struct world *w = open_house(*state);

	for (int i = 0; i < STEPS; i++) {
		do_something(w);
		if (i % 250 == 0)
			check_all(w);
	}
	check_all(w);
	w->missed = count_of(w, "SELECT count(*) FROM booking WHERE status = 'no_show'");
	print_message("# booked %d, refused %d, changed %d, cancelled %d, served %d, decided %d,"
		      " used %d, missed %d\n",
		w->booked, w->refused, w->changed, w->cancelled, w->served, w->decided, w->used,
		w->missed);
	/* A run that exercises nothing proves nothing. */
	assert_true(w->booked > 500 && w->refused > 500 && w->changed > 100 && w->cancelled > 200);
	assert_true(w->served > 20 && w->decided > 20 && w->used > 20 && w->missed > 20);
}

TEST(what_happened_can_be_replayed, shop)
{
	struct shop *s = *state;
	char dir[] = "/tmp/jiaplus-booking-XXXXXX";
	struct verify_report report = { 0 };

	CLEANUP(mem_free) struct world *w = open_house(s);
	for (int i = 0; i < 1000; i++)
		do_something(w);
	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(s->db, true, dir, &report, &s->err), &s->err);
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}
