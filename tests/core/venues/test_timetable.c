#include <string.h>

#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/timetable.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static struct day day_of(const char *text)
{
	struct err err = { 0 };
	struct day day = { 0 };

	assert_ok(day_parse(text, &day, &err), &err);
	return day;
}

/* "22 14:00-16:00/20 …": day of the month, time, places. */
static char *slots(struct shop *s, int64_t room, const char *from, const char *until, int people)
{
	CLEANUP(slot_list_finish) struct slot_list list = { 0 };
	char *text = mem_text("");

	assert_ok(slots_find(s->db, room, day_of(from), day_of(until), people, &list, &s->err),
		&s->err);
	for (int i = 0; i < list.count; i++) {
		struct local a = when_local(list.rows[i].start_at);
		struct local b = when_local(list.rows[i].end_at);
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%d %d:%02d-%d:%02d/%d", before, *before ? " " : "",
			a.day.day, a.hour, a.minute, b.hour, b.minute, (int)list.rows[i].places);
	}
	return text;
}

#define assert_slots(s, room, from, until, people, expected)                                    \
	do {                                                                                    \
		CLEANUP(mem_free) char *slots_ = slots((s), (room), (from), (until), (people)); \
		assert_string_equal(slots_, (expected));                                        \
	} while (0)

TEST(what_is_free_lies_between_bookings_and_their_buffers, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	const struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-22T18:00"),
		.end_at = at("2026-11-22T19:00"),
		.name = "开会" };

	ROOMS_POLICY(s, room, .buffer_minutes = 15, .min_minutes = 60);
	assert_slots(s, room, "2026-11-22", "2026-11-24", 1, "22 9:00-21:00/20 24 9:00-21:00/20");
	rooms_book(s, room, shop_resident(s), "2026-11-22T10:00", "2026-11-22T11:00");
	rooms_book(s, room, shop_resident(s), "2026-11-22T12:00", "2026-11-22T13:00");
	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	/* Half an hour between eleven and twelve is too short; nine to ten is, with its buffer. */
	assert_slots(s, room, "2026-11-22", "2026-11-22", 1, "22 13:15-18:00/20 22 19:00-21:00/20");
}

TEST(today_begins_now_and_the_end_is_as_far_as_may_be, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20);

	ROOMS_POLICY(s, room, .notice_minutes = 60, .ahead_days = 1);
	shop_set_clock(s, "2026-11-21T14:02");
	assert_slots(s, room, "2026-11-20", "2026-11-28", 1, "21 15:05-21:00/20 22 9:00-21:00/20");
	shop_set_clock(s, "2026-11-21T20:00");
	assert_slots(s, room, "2026-11-21", "2026-11-21", 1, "");
}

TEST(fixed_slots_are_listed_one_by_one, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "车位", 3);

	ROOMS_POLICY(s, room, .is_shared = true, .slot_minutes = 240);
	rooms_book(s, room, shop_resident(s), "2026-11-22T13:00", "2026-11-22T17:00");
	assert_slots(s, room, "2026-11-22", "2026-11-22", 1,
		"22 9:00-13:00/3 22 13:00-17:00/2 22 17:00-21:00/3");
	assert_slots(s, room, "2026-11-22", "2026-11-22", 3, "22 9:00-13:00/3 22 17:00-21:00/3");
}

TEST(a_shared_room_is_free_for_as_many_as_fit_all_through, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "书屋", 10), id;
	struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-22T12:00", "2026-11-22T14:00");

	ROOMS_POLICY(s, room, .is_shared = true);
	draft.people = 4;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	draft = rooms_draft(room, shop_resident(s), "2026-11-22T13:00", "2026-11-22T15:00");
	draft.people = 3;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	assert_slots(s, room, "2026-11-22", "2026-11-22", 3, "22 9:00-21:00/3");
	assert_slots(s, room, "2026-11-22", "2026-11-22", 5, "22 9:00-13:00/6 22 14:00-21:00/7");
	assert_slots(s, room, "2026-11-22", "2026-11-22", 8, "22 9:00-12:00/10 22 15:00-21:00/10");
}

TEST(cells_say_what_is_there, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(timetable_finish) struct timetable t = { 0 };
	const struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-22T18:00"),
		.end_at = at("2026-11-22T19:00"),
		.name = "开会" };

	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	rooms_book(s, room, shop_resident(s), "2026-11-22T10:00", "2026-11-22T11:00");
	assert_ok(venue_get(s->db, room, &venue, &s->err), &s->err);
	assert_ok(timetable_read(s->db, &venue, day_of("2026-11-22"), day_of("2026-11-22"), 0, &t,
			  &s->err),
		&s->err);
#define STATE(from, until) timetable_state(&t, at("2026-11-22T" from), at("2026-11-22T" until), 1)
	assert_int_equal(STATE("08:30", "09:00"), TIME_CLOSED);
	assert_int_equal(STATE("09:00", "09:30"), TIME_FREE);
	assert_int_equal(STATE("10:30", "11:00"), TIME_TAKEN);
	assert_int_equal(STATE("11:00", "11:30"), TIME_FREE);
	assert_int_equal(STATE("18:30", "19:00"), TIME_OUT);
#undef STATE
}

TEST(the_night_of_a_clock_change_is_as_long_as_it_is, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "值班室", 2);

	/* Summer time ends in New York at 2:00 on 2026-11-01: one o'clock comes twice. */
	assert_ok(when_set_zone("America/New_York", &s->err), &s->err);
	shop_set_week(s, 22 * 60, 26 * 60, "xxxxxxx");
	shop_set_clock(s, "2026-10-30T12:00");
	ROOMS_POLICY(s, room, .slot_minutes = 60);
	assert_slots(s, room, "2026-10-31", "2026-10-31", 1,
		"31 22:00-23:00/2 31 23:00-0:00/2 1 0:00-1:00/2 1 1:00-1:00/2 1 1:00-2:00/2");
	rooms_book(s, room, shop_resident(s), "2026-10-31T23:00", "2026-11-01T01:00");
	assert_slots(s, room, "2026-10-31", "2026-10-31", 1,
		"31 22:00-23:00/2 1 1:00-1:00/2 1 1:00-2:00/2");
	/* It begins on 2027-03-14: two o'clock is three. */
	shop_set_clock(s, "2027-03-12T12:00");
	assert_slots(s, room, "2027-03-13", "2027-03-13", 1,
		"13 22:00-23:00/2 13 23:00-0:00/2 14 0:00-1:00/2 14 1:00-3:00/2");
	assert_ok(when_set_zone("Asia/Shanghai", &s->err), &s->err);
}
