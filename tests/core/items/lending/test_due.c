#include <string.h>

#include "core/items/lending/due.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* The calendar of these tests: Saturday 2026-11-21, Sunday 22, Monday 23 closed, open 9–21. */

static int64_t due(struct shop *s, const struct rule *rule, const char *from)
{
	int64_t due_at = 0;

	assert_ok(due_compute(s->db, rule, at(from), at(from), &due_at, &s->err), &s->err);
	return due_at;
}

static int64_t due_days(struct shop *s, enum due_mode mode, int64_t days, const char *from)
{
	struct rule rule = { .unit = PERIOD_DAYS, .period = days, .due_mode = mode };

	return due(s, &rule, from);
}

static int64_t due_hours(struct shop *s, enum due_mode mode, int64_t hours, const char *from)
{
	struct rule rule = { .unit = PERIOD_HOURS, .period = hours, .due_mode = mode };

	return due(s, &rule, from);
}

TEST(days_end_at_closing_time, shop)
{
	assert_instant(due_days(*state, DUE_PUSH, 1, "2026-11-21T09:30"), "2026-11-22T21:00");
	assert_instant(due_days(*state, DUE_PUSH, 7, "2026-11-21T20:59"), "2026-11-28T21:00");
	assert_instant(due_days(*state, DUE_PUSH, 0, "2026-11-21T09:30"), "2026-11-21T21:00");
}

TEST(a_closed_day_is_kept_when_ignored, shop)
{
	assert_instant(due_days(*state, DUE_IGNORE, 2, "2026-11-21T14:00"), "2026-11-23T23:59");
	assert_instant(due_days(*state, DUE_IGNORE, 3, "2026-11-21T14:00"), "2026-11-24T21:00");
}

TEST(closed_days_do_not_count_when_skipped, shop)
{
	assert_instant(due_days(*state, DUE_SKIP, 2, "2026-11-21T14:00"), "2026-11-24T21:00");
	assert_instant(due_days(*state, DUE_SKIP, 7, "2026-11-21T14:00"), "2026-11-29T21:00");
	assert_instant(due_days(*state, DUE_SKIP, 0, "2026-11-23T14:00"), "2026-11-24T21:00");
}

TEST(a_closed_day_is_pushed_to_the_next_open_day, shop)
{
	struct shop *s = *state;

	assert_instant(due_days(s, DUE_PUSH, 2, "2026-11-21T14:00"), "2026-11-24T21:00");
	shop_close_days(s, "2026-11-24", "2026-11-26", false);
	assert_instant(due_days(s, DUE_PUSH, 2, "2026-11-21T14:00"), "2026-11-27T21:00");
}

TEST(a_closed_day_is_pushed_to_the_same_weekday, shop)
{
	struct shop *s = *state;

	shop_close_days(s, "2026-11-28", "2026-11-28", false);
	assert_instant(due_days(s, DUE_PUSH_WEEK, 7, "2026-11-21T14:00"), "2026-12-05T21:00");
	assert_instant(due_days(s, DUE_PUSH_WEEK, 8, "2026-11-21T14:00"), "2026-11-29T21:00");
	/* Never open on Mondays: then any open day. */
	assert_instant(due_days(s, DUE_PUSH_WEEK, 2, "2026-11-21T14:00"), "2026-11-24T21:00");
}

TEST(lent_after_closing_for_today_is_due_on_the_next_open_day, shop)
{
	for (int mode = 0; mode < DUE_MODE_COUNT; mode++)
		assert_instant(due_days(*state, (enum due_mode)mode, 0, "2026-11-22T21:00"),
			"2026-11-24T21:00");
}

TEST(closed_for_long_counts_plain_days, shop)
{
	struct shop *s = *state;

	shop_close_days(s, "2026-11-22", "2028-12-31", false);
	for (int mode = 0; mode < DUE_MODE_COUNT; mode++) {
		assert_instant(due_days(s, (enum due_mode)mode, 7, "2026-11-21T14:00"),
			"2026-11-28T23:59");
		assert_instant(due_hours(s, (enum due_mode)mode, 48, "2026-11-21T14:00"),
			"2026-11-23T14:00");
	}
}

TEST(without_opening_hours_plain_days_count, shop)
{
	struct shop *s = *state;

	shop_set_week(s, 9 * 60, 21 * 60, ".......");
	assert_instant(due_days(s, DUE_PUSH, 2, "2026-11-21T14:00"), "2026-11-23T23:59");
	assert_instant(due_days(s, DUE_SKIP, 0, "2026-11-21T23:59"), "2026-11-22T23:59");
}

TEST(hours_are_an_instant, shop)
{
	assert_instant(due_hours(*state, DUE_PUSH, 4, "2026-11-21T14:05"), "2026-11-21T18:05");
	assert_instant(due_hours(*state, DUE_IGNORE, 4, "2026-11-21T20:00"), "2026-11-22T00:00");
	/* Being due at the moment of closing is within the hours. */
	assert_instant(due_hours(*state, DUE_PUSH, 4, "2026-11-21T17:00"), "2026-11-21T21:00");
}

TEST(hours_that_end_while_closed_run_to_the_end_of_the_next_opening, shop)
{
	struct shop *s = *state;

	assert_instant(due_hours(s, DUE_PUSH, 4, "2026-11-21T20:00"), "2026-11-22T21:00");
	assert_instant(due_hours(s, DUE_PUSH, 4, "2026-11-22T20:00"), "2026-11-24T21:00");
	assert_instant(due_hours(s, DUE_PUSH_WEEK, 4, "2026-11-21T18:00"), "2026-11-28T21:00");
	assert_instant(due_hours(s, DUE_PUSH_WEEK, 12, "2026-11-21T20:00"), "2026-11-22T21:00");
}

TEST(over_a_lunch_break_hours_run_to_the_end_of_the_afternoon, shop)
{
	struct shop *s = *state;
	static const struct opening saturday[] = { { 6, 9 * 60, 12 * 60 },
		{ 6, 14 * 60, 18 * 60 } };

	assert_ok(hours_set(s->db, &by_coordinator, saturday, 2, &s->err), &s->err);
	assert_instant(due_hours(s, DUE_PUSH, 2, "2026-11-21T11:00"), "2026-11-21T18:00");
	assert_instant(due_hours(s, DUE_SKIP, 2, "2026-11-21T11:00"), "2026-11-21T15:00");
}

TEST(only_open_hours_count_when_skipping, shop)
{
	assert_instant(due_hours(*state, DUE_SKIP, 4, "2026-11-21T14:00"), "2026-11-21T18:00");
	assert_instant(due_hours(*state, DUE_SKIP, 4, "2026-11-21T20:00"), "2026-11-22T12:00");
	assert_instant(due_hours(*state, DUE_SKIP, 14, "2026-11-22T20:00"), "2026-11-25T10:00");
	assert_instant(due_hours(*state, DUE_SKIP, 1, "2026-11-23T03:00"), "2026-11-24T10:00");
}

TEST(a_venue_that_closes_after_midnight_closes_on_the_day_it_opened, shop)
{
	struct shop *s = *state;

	shop_set_week(s, 22 * 60, 26 * 60, "xxxxxxx");
	assert_instant(due_days(s, DUE_PUSH, 1, "2026-11-21T23:00"), "2026-11-23T02:00");
	assert_instant(due_hours(s, DUE_PUSH, 2, "2026-11-21T23:00"), "2026-11-22T01:00");
	assert_instant(due_hours(s, DUE_SKIP, 4, "2026-11-21T23:00"), "2026-11-22T23:00");
}

/* ---- the hard due date ---- */

static int64_t due_hard(struct shop *s, const char *hard, const char *from)
{
	struct rule rule = { .unit = PERIOD_DAYS, .period = 7, .due_mode = DUE_PUSH };

	rule.has_hard_due = true;
	assert_ok(day_parse(hard, &rule.hard_due, &s->err), &s->err);
	return due(s, &rule, from);
}

TEST(a_hard_due_date_comes_before_a_later_one, shop)
{
	assert_instant(due_hard(*state, "2026-11-25", "2026-11-21T14:00"), "2026-11-25T21:00");
	assert_instant(due_hard(*state, "2026-11-29", "2026-11-21T14:00"), "2026-11-28T21:00");
	assert_instant(due_hard(*state, "2026-11-28", "2026-11-21T14:00"), "2026-11-28T21:00");
}

TEST(a_hard_due_date_on_a_closed_day_means_the_last_closing_before, shop)
{
	assert_instant(due_hard(*state, "2026-11-23", "2026-11-21T14:00"), "2026-11-22T21:00");
}

TEST(a_hard_due_date_that_has_passed_says_nothing, shop)
{
	assert_instant(due_hard(*state, "2026-11-20", "2026-11-21T14:00"), "2026-11-28T21:00");
	/* Sunday after closing: the rest of that day. */
	assert_instant(due_hard(*state, "2026-11-22", "2026-11-22T21:30"), "2026-11-22T23:59");
}

TEST(a_hard_due_date_also_ends_hours, shop)
{
	struct shop *s = *state;
	struct rule rule = { .unit = PERIOD_HOURS, .period = 100, .due_mode = DUE_IGNORE };

	rule.has_hard_due = true;
	rule.hard_due = (struct day){ 2026, 11, 22 };
	assert_instant(due(s, &rule, "2026-11-21T14:00"), "2026-11-22T21:00");
}

/* ---- clock changes ---- */

TEST(nights_of_a_clock_change_are_as_long_as_they_are, shop)
{
	struct shop *s = *state;

	/* Clocks go back at 3:00 on Sunday 2026-10-25 and forward at 2:00 on Sunday 2027-03-28. */
	assert_ok(when_set_zone("Europe/Berlin", &s->err), &s->err);
	assert_instant(due_days(s, DUE_PUSH, 1, "2026-10-24T14:00"), "2026-10-25T21:00");
	assert_instant(due_days(s, DUE_PUSH, 1, "2027-03-27T14:00"), "2027-03-28T21:00");
	assert_int_equal(at("2026-10-25T21:00") - at("2026-10-24T21:00"), 25 * 3600);
	assert_instant(due_hours(s, DUE_IGNORE, 24, "2026-10-24T14:00"), "2026-10-25T13:00");
	assert_instant(due_hours(s, DUE_SKIP, 12, "2027-03-27T15:00"), "2027-03-28T15:00");
	assert_ok(when_set_zone("Asia/Shanghai", &s->err), &s->err);
}

/* ---- late ---- */

static int64_t late(struct shop *s, const char *due, const char *when)
{
	int64_t days = -1;

	assert_ok(due_days_late(s->db, at(due), at(when), &days, &s->err), &s->err);
	return days;
}

static bool past_grace(struct shop *s, int64_t grace, const char *due, const char *when)
{
	struct rule rule = { .grace_days = grace };
	bool is_past = false;

	assert_ok(due_is_past_grace(s->db, &rule, at(due), at(when), &is_past, &s->err), &s->err);
	return is_past;
}

TEST(days_late_are_counted_from_the_due_date, shop)
{
	assert_int_equal(late(*state, "2026-11-21T21:00", "2026-11-21T20:00"), 0);
	assert_int_equal(late(*state, "2026-11-21T21:00", "2026-11-21T23:00"), 0);
	assert_int_equal(late(*state, "2026-11-21T21:00", "2026-11-22T09:00"), 1);
	assert_int_equal(late(*state, "2026-11-21T21:00", "2026-12-01T09:00"), 10);
}

TEST(days_of_an_emergency_closure_are_nobodys_fault, shop)
{
	struct shop *s = *state;

	shop_close_days(s, "2026-11-24", "2026-11-24", false);
	assert_int_equal(late(s, "2026-11-21T21:00", "2026-11-27T09:00"), 6);
	shop_close_days(s, "2026-11-21", "2026-11-22", true);
	shop_close_days(s, "2026-11-22", "2026-11-23", true);
	assert_int_equal(late(s, "2026-11-21T21:00", "2026-11-27T09:00"), 3);
	assert_int_equal(late(s, "2026-11-21T21:00", "2026-11-24T09:00"), 0);
	assert_false(past_grace(s, 0, "2026-11-21T21:00", "2026-11-24T09:00"));
	assert_true(past_grace(s, 0, "2026-11-21T21:00", "2026-11-25T09:00"));
}

TEST(grace_is_counted_in_days, shop)
{
	assert_false(past_grace(*state, 0, "2026-11-21T21:00", "2026-11-21T21:00"));
	assert_true(past_grace(*state, 0, "2026-11-21T21:00", "2026-11-21T21:30"));
	assert_false(past_grace(*state, 1, "2026-11-21T21:00", "2026-11-22T23:00"));
	assert_true(past_grace(*state, 1, "2026-11-21T21:00", "2026-11-23T00:00"));
}
