#include <string.h>

#include "core/venues/venue_hours.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static struct day day_of(const char *text)
{
	struct err err = { 0 };
	struct day day = { 0 };

	assert_ok(day_parse(text, &day, &err), &err);
	return day;
}

/* The periods of a day as "9:00-21:00 …", "" when it is closed. */
static char *hours(struct shop *s, int64_t room, const char *on)
{
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(venue_hours_finish) struct venue_hours h = { 0 };
	struct period periods[HOURS_PERIODS_MAX];
	char *text = mem_text("");

	assert_ok(venue_get(s->db, room, &venue, &s->err), &s->err);
	assert_ok(venue_hours_read(s->db, &venue, day_of(on), day_of(on), &h, &s->err), &s->err);
	int count = venue_hours_on(&h, day_of(on), periods);
	for (int i = 0; i < count; i++) {
		struct local a = when_local(periods[i].start_at), b = when_local(periods[i].end_at);
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%d:%02d-%d:%02d", before, *before ? " " : "", a.hour,
			a.minute, b.hour, b.minute);
	}
	return text;
}

#define assert_hours(s, room, on, expected)                                \
	do {                                                               \
		CLEANUP(mem_free) char *hours_ = hours((s), (room), (on)); \
		assert_string_equal(hours_, (expected));                   \
	} while (0)

TEST(a_room_is_open_with_the_house_unless_it_says_otherwise, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20);
	const struct opening week[] = { { 1, 8 * 60, 10 * 60 }, { 6, 8 * 60, 10 * 60 },
		{ 6, 14 * 60, 17 * 60 } };

	assert_hours(s, room, "2026-11-21", "9:00-21:00");
	assert_hours(s, room, "2026-11-23", "");
	assert_ok(venue_week_set(s->db, &by_coordinator, room, week, 3, &s->err), &s->err);
	assert_hours(s, room, "2026-11-21", "8:00-10:00 14:00-17:00");
	assert_hours(s, room, "2026-11-22", "");
	assert_hours(s, room, "2026-11-23", "8:00-10:00");
	assert_ok(venue_week_set(s->db, &by_coordinator, room, NULL, 0, &s->err), &s->err);
	assert_hours(s, room, "2026-11-22", "9:00-21:00");
}

TEST(a_closed_house_closes_its_rooms_unless_one_is_excepted, shop)
{
	struct shop *s = *state;
	int64_t garden = rooms_add(s, "花园", 20), room = rooms_add(s, "客厅", 20), id;
	const struct opening week[] = { { 7, 8 * 60, 18 * 60 } };
	struct closure open = { .from = day_of("2026-11-22"),
		.until = day_of("2026-11-22"),
		.has_hours = true,
		.opens = 10 * 60,
		.closes = 12 * 60,
		.name = "花展" };

	assert_ok(venue_week_set(s->db, &by_coordinator, garden, week, 1, &s->err), &s->err);
	shop_close_days(s, "2026-11-22", "2026-11-22", false);
	assert_hours(s, garden, "2026-11-22", "");
	assert_hours(s, room, "2026-11-22", "");
	assert_ok(
		venue_exception_add(s->db, &by_coordinator, garden, &open, &id, &s->err), &s->err);
	assert_hours(s, garden, "2026-11-22", "10:00-12:00");
	assert_hours(s, room, "2026-11-22", "");
	assert_ok(venue_exception_remove(s->db, &by_coordinator, id, &s->err), &s->err);
	assert_hours(s, garden, "2026-11-22", "");
	assert_int_equal(
		venue_exception_remove(s->db, &by_coordinator, id, &s->err), ERR_NOT_FOUND);
}

TEST(holidays_do_what_the_room_makes_of_them, shop)
{
	struct shop *s = *state;
	int64_t same = rooms_add(s, "甲", 1), shut = rooms_add(s, "乙", 1),
		sunday = rooms_add(s, "丙", 1);
	const struct opening week[] = { { 1, 14 * 60, 17 * 60 }, { 4, 14 * 60, 17 * 60 },
		{ 6, 9 * 60, 12 * 60 }, { 7, 10 * 60, 16 * 60 } };
	/* A Thursday off, and the Saturday that makes up for it. */
	const struct holiday days[] = { { { 2026, 10, 1 }, HOLIDAY_OFF, "国庆节" },
		{ { 2026, 10, 10 }, HOLIDAY_WORK, "国庆节" } };

	assert_ok(holidays_set(s->db, &by_coordinator, days, 2, &s->err), &s->err);
	assert_ok(venue_week_set(s->db, &by_coordinator, same, week, 4, &s->err), &s->err);
	assert_ok(venue_week_set(s->db, &by_coordinator, shut, week, 4, &s->err), &s->err);
	assert_ok(venue_week_set(s->db, &by_coordinator, sunday, week, 4, &s->err), &s->err);
	ROOMS_POLICY(s, shut, .holidays = VENUE_HOLIDAYS_CLOSED);
	ROOMS_POLICY(s, sunday, .holidays = VENUE_HOLIDAYS_SUNDAY);
	assert_hours(s, same, "2026-10-01", "14:00-17:00");
	assert_hours(s, same, "2026-10-10", "9:00-12:00");
	assert_hours(s, shut, "2026-10-01", "");
	assert_hours(s, shut, "2026-10-10", "14:00-17:00");
	assert_hours(s, shut, "2026-10-08", "14:00-17:00");
	assert_hours(s, sunday, "2026-10-01", "10:00-16:00");
	assert_hours(s, sunday, "2026-10-10", "14:00-17:00");
}

TEST(what_is_open_over_midnight_is_one_stretch, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "自习室", 10);
	const struct opening week[] = { { 6, 22 * 60, 24 * 60 }, { 7, 0, 2 * 60 } };
	CLEANUP(venue_finish) struct venue venue = { 0 };
	CLEANUP(venue_hours_finish) struct venue_hours h = { 0 };
	struct period period;

	assert_ok(venue_week_set(s->db, &by_coordinator, room, week, 2, &s->err), &s->err);
	assert_ok(venue_get(s->db, room, &venue, &s->err), &s->err);
	assert_ok(venue_hours_read(
			  s->db, &venue, day_of("2026-11-21"), day_of("2026-11-22"), &h, &s->err),
		&s->err);
	assert_true(venue_hours_hold(&h, at("2026-11-21T23:00"), at("2026-11-22T01:00"), &period));
	assert_instant(period.start_at, "2026-11-21T22:00");
	assert_false(venue_hours_hold(&h, at("2026-11-21T23:00"), at("2026-11-22T02:01"), &period));
	assert_instant(period.end_at, "2026-11-22T02:00");
}

TEST(holidays_of_a_year_are_replaced_together, shop)
{
	struct shop *s = *state;
	const struct holiday first[] = { { { 2026, 1, 1 }, HOLIDAY_OFF, "元旦" },
		{ { 2027, 1, 1 }, HOLIDAY_OFF, "元旦" } };
	const struct holiday again[] = { { { 2026, 1, 2 }, HOLIDAY_OFF, "元旦" } };
	const struct holiday twice[] = { { { 2026, 1, 2 }, HOLIDAY_OFF, "元旦" },
		{ { 2026, 1, 2 }, HOLIDAY_WORK, "元旦" } };
	struct holiday *days = NULL;

	assert_ok(holidays_set(s->db, &by_coordinator, first, 2, &s->err), &s->err);
	assert_ok(holidays_set(s->db, &by_coordinator, again, 1, &s->err), &s->err);
	assert_int_equal(holidays_set(s->db, &by_coordinator, twice, 2, &s->err), ERR_INVALID);
	int count =
		holidays_between(s->db, day_of("2026-01-01"), day_of("2027-12-31"), &days, &s->err);
	assert_int_equal(count, 2);
	assert_int_equal(holiday_kind_of(days, count, day_of("2026-01-01")), HOLIDAY_NONE);
	assert_int_equal(holiday_kind_of(days, count, day_of("2026-01-02")), HOLIDAY_OFF);
	assert_false(holiday_is_workday(days, count, day_of("2027-01-01")));
	assert_true(holiday_is_workday(days, count, day_of("2027-01-04")));
	assert_false(holiday_is_workday(days, count, day_of("2027-01-09")));
	holidays_finish(days, count);
}
