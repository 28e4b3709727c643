#include <string.h>

#include "core/site/holiday.h"
#include "core/venues/booking_acts.h"
#include "core/venues/call_off.h"
#include "core/venues/session.h"
#include "core/venues/usage.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static int64_t visit(struct shop *s, int64_t room, const char *in, const char *out, int people)
{
	const struct session_request request = { .venue = room, .people = people };
	int64_t id = 0;

	shop_set_clock(s, in);
	assert_ok(session_open(s->db, &by_volunteer, &request, &id, &s->err), &s->err);
	if (out) {
		shop_set_clock(s, out);
		assert_ok(session_end(s->db, &by_volunteer, id, true, &s->err), &s->err);
	}
	return id;
}

static struct usage november(struct shop *s)
{
	struct usage u = { 0 };
	struct day from, until;

	usage_month((struct day){ 2026, 11, 21 }, &from, &until);
	assert_int_equal(until.day, 30);
	assert_ok(usage_read(s->db, from, until, &u, &s->err), &s->err);
	return u;
}

TEST(people_come_first_and_estimates_stand_apart, shop)
{
	struct shop *s = *state;
	int64_t hall = rooms_add(s, "客厅", 20), kitchen = rooms_add(s, "厨房", 8);

	visit(s, hall, "2026-11-24T10:00", "2026-11-24T11:30", 3);
	visit(s, hall, "2026-11-24T19:00", NULL, 2);
	visit(s, kitchen, "2026-11-25T10:00", "2026-11-25T10:40", 1);
	shop_set_clock(s, "2026-11-27T10:00");
	CLEANUP(usage_finish) struct usage u = november(s);
	assert_int_equal(u.count, 2);
	assert_string_equal(u.rows[0].name, "客厅");
	assert_int_equal(u.rows[0].sessions, 2);
	assert_int_equal(u.rows[0].people, 5);
	assert_int_equal(u.rows[0].minutes, 90);
	assert_int_equal(u.rows[0].estimated_minutes, 120);
	assert_int_equal(u.total.people, 6);
	assert_int_equal(u.total.minutes, 130);
	assert_int_equal(u.by_weekday[2].people, 5);
	assert_int_equal(u.by_weekday[3].people, 1);
	assert_int_equal(u.by_weekday[2].minutes, 210);
	assert_int_equal(u.by_hour[10].people, 4);
	assert_int_equal(u.by_hour[10].sessions, 2);
	assert_int_equal(u.by_hour[10].minutes, 130);
	assert_int_equal(u.by_hour[19].people, 2);
}

TEST(use_outside_working_hours_is_told_apart, shop)
{
	struct shop *s = *state;
	int64_t hall = rooms_add(s, "客厅", 20);
	const struct holiday off[] = { { { 2026, 11, 26 }, HOLIDAY_OFF, "村庆" } };

	assert_ok(holidays_set(s->db, &by_coordinator, off, 1, &s->err), &s->err);
	visit(s, hall, "2026-11-24T16:30", "2026-11-24T18:30", 4); /* Tuesday, an hour after */
	visit(s, hall, "2026-11-25T18:00", "2026-11-25T18:30", 2);
	visit(s, hall, "2026-11-26T10:00", "2026-11-26T11:00", 1); /* a day off */
	visit(s, hall, "2026-11-28T10:00", "2026-11-28T11:00", 8); /* Saturday */
	CLEANUP(usage_finish) struct usage u = november(s);
	assert_int_equal(u.total.minutes, 270);
	assert_int_equal(u.total.minutes_outside, 60 + 30 + 60 + 60);
	assert_int_equal(u.total.people_outside, 2 + 1 + 8);
}

TEST(bookings_and_those_who_did_not_come_are_counted, shop)
{
	struct shop *s = *state;
	int64_t hall = rooms_add(s, "客厅", 20), id;
	int64_t came =
		rooms_book(s, hall, shop_resident(s), "2026-11-22T10:00", "2026-11-22T11:00");
	const struct session_request request = { .booking = came };

	rooms_book(s, hall, shop_resident(s), "2026-11-22T12:00", "2026-11-22T13:00");
	assert_ok(booking_cancel(s->db, &by_resident,
			  rooms_book(s, hall, shop_resident(s), "2026-11-22T14:00",
				  "2026-11-22T15:00"),
			  &s->err),
		&s->err);
	rooms_book(s, hall, shop_resident(s), "2026-11-29T12:00", "2026-11-29T13:00");
	shop_set_clock(s, "2026-11-22T10:00");
	assert_ok(session_open(s->db, &by_resident, &request, &id, &s->err), &s->err);
	shop_set_clock(s, "2026-11-24T10:00");
	CLEANUP(usage_finish) struct usage u = november(s);
	assert_int_equal(u.total.bookings, 2);
	assert_int_equal(u.total.no_shows, 1);
	assert_int_equal(u.total.cancelled, 1);
}

TEST(open_hours_leave_blackouts_and_fees_out, shop)
{
	struct shop *s = *state;
	int64_t hall = rooms_add(s, "客厅", 20), park = rooms_add(s, "车位", 4), id;
	const struct blackout_draft out = { .venue = hall,
		.start_at = at("2026-11-21T20:00"),
		.end_at = at("2026-11-22T10:00"),
		.name = "消杀" };

	ROOMS_POLICY(s, park, .fee = 5);
	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	/* Tuesdays to Sundays until now: seventeen days of twelve hours, and five of today. */
	CLEANUP(usage_finish) struct usage u = november(s);
	assert_int_equal(u.rows[0].open_minutes, (17 * 12 + 5) * 60);
	assert_int_equal(u.rows[0].free_minutes, u.rows[0].open_minutes);
	assert_int_equal(u.rows[1].open_minutes, (17 * 12 + 5) * 60);
	assert_int_equal(u.rows[1].free_minutes, 0);
	shop_set_clock(s, "2026-11-22T11:00");
	CLEANUP(usage_finish) struct usage next = november(s);
	assert_int_equal(next.rows[0].open_minutes, (17 * 12 + 11 + 1) * 60);
	assert_int_equal(next.rows[1].open_minutes, (17 * 12 + 12 + 2) * 60);
}
