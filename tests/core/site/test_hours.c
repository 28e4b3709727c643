/* When the venue is open. */
#include "core/base/reasons.h"
#include "core/site/hours.h"
#include "core/site/reasons.h"
#include "tests/core/folk.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define H(hours) ((hours)*60)

static int64_t at(const char *local)
{
	struct err err = { 0 };
	int64_t instant = 0;

	assert_ok(when_parse(local, &instant, &err), &err);
	return instant;
}

static struct day day(const char *text)
{
	struct err err = { 0 };
	struct day d = { 0 };

	assert_ok(day_parse(text, &d, &err), &err);
	return d;
}

static void set(struct folk *f, const struct opening *week, int count)
{
	OK(f, hours_set(f->db, &by_coordinator, week, count, &f->err));
}
#define SET(f, ...)                                             \
	do {                                                    \
		const struct opening week_[] = { __VA_ARGS__ }; \
		set((f), week_, (int)ARRAY_LEN(week_));         \
	} while (0)

static int64_t close_days(struct folk *f, const struct closure *closure)
{
	int64_t id = 0;

	OK(f, closure_add(f->db, &by_coordinator, closure, &id, &f->err));
	return id;
}

static void expect_day(struct folk *f, const char *on, int count, ...)
{
	struct period periods[HOURS_PERIODS_MAX];
	va_list args;

	assert_int_equal(hours_on(f->db, day(on), periods, &f->err), count);
	va_start(args, count);
	for (int i = 0; i < count; i++) {
		assert_int_equal(periods[i].start_at, at(va_arg(args, const char *)));
		assert_int_equal(periods[i].end_at, at(va_arg(args, const char *)));
	}
	va_end(args);
}

static bool is_open(struct folk *f, const char *when)
{
	int r = hours_is_open(f->db, at(when), NULL, &f->err);

	OK(f, r);
	return r == 1;
}

static int64_t closes(struct folk *f, const char *when)
{
	int64_t closes_at = 0;

	assert_int_equal(hours_is_open(f->db, at(when), &closes_at, &f->err), 1);
	return closes_at;
}

TEST(without_hours_the_venue_is_closed, folk)
{
	struct folk *f = *state;
	struct day next;

	expect_day(f, "2026-11-21", 0);
	assert_false(is_open(f, "2026-11-21T14:00"));
	assert_fails(hours_next_open_day(f->db, day("2026-11-21"), &next, &f->err), &f->err,
		ERR_NOT_FOUND, HOURS_NONE);
	assert_int_equal(f->err.reasons[0].n1, HOURS_SEARCH_DAYS);
}

TEST(a_day_may_have_several_periods, folk)
{
	struct folk *f = *state;

	SET(f, { 6, H(14), H(21) }, { 6, H(9), H(12) });
	expect_day(f, "2026-11-21", 2, "2026-11-21T09:00", "2026-11-21T12:00", "2026-11-21T14:00",
		"2026-11-21T21:00");
	assert_true(is_open(f, "2026-11-21T09:00"));
	assert_true(is_open(f, "2026-11-21T11:59"));
	assert_false(is_open(f, "2026-11-21T12:00"));
	assert_false(is_open(f, "2026-11-21T21:00"));
	assert_int_equal(closes(f, "2026-11-21T20:59"), at("2026-11-21T21:00"));
}

TEST(a_night_belongs_to_the_day_on_which_it_starts, folk)
{
	struct folk *f = *state;

	SET(f, { 5, H(22), H(26) });
	expect_day(f, "2026-11-20", 1, "2026-11-20T22:00", "2026-11-21T02:00");
	expect_day(f, "2026-11-21", 0);
	assert_true(is_open(f, "2026-11-21T01:59"));
	assert_false(is_open(f, "2026-11-21T02:00"));
	assert_int_equal(closes(f, "2026-11-20T23:00"), at("2026-11-21T02:00"));
	/* Saturday's closing does not end Friday's night; Friday's does. */
	close_days(
		f, &(struct closure){
			   .from = day("2026-11-21"), .until = day("2026-11-21"), .name = "盘点" });
	assert_true(is_open(f, "2026-11-21T01:00"));
	close_days(
		f, &(struct closure){
			   .from = day("2026-11-20"), .until = day("2026-11-20"), .name = "停电" });
	assert_false(is_open(f, "2026-11-21T01:00"));
}

TEST(touching_periods_are_one, folk)
{
	struct folk *f = *state;

	SET(f, { 6, H(9), H(12) }, { 6, H(12), H(24) }, { 7, 0, H(3) });
	expect_day(f, "2026-11-21", 1, "2026-11-21T09:00", "2026-11-22T00:00");
	assert_int_equal(closes(f, "2026-11-21T10:00"), at("2026-11-22T03:00"));
}

TEST(a_venue_that_never_closes_has_an_answer, folk)
{
	struct folk *f = *state;

	SET(f, { 1, 0, H(24) }, { 2, 0, H(24) }, { 3, 0, H(24) }, { 4, 0, H(24) }, { 5, 0, H(24) },
		{ 6, 0, H(24) }, { 7, 0, H(24) });
	assert_true(closes(f, "2026-11-21T10:00") >= at("2026-11-28T00:00"));
}

TEST(a_closure_shuts_its_days_first_to_last, folk)
{
	struct folk *f = *state;
	struct day next;

	SET(f, { 5, H(9), H(21) }, { 6, H(9), H(21) }, { 7, H(9), H(21) });
	int64_t id = close_days(
		f, &(struct closure){
			   .from = day("2026-11-21"), .until = day("2026-11-22"), .name = "装修" });
	expect_day(f, "2026-11-20", 1, "2026-11-20T09:00", "2026-11-20T21:00");
	expect_day(f, "2026-11-21", 0);
	expect_day(f, "2026-11-22", 0);
	OK(f, hours_next_open_day(f->db, day("2026-11-21"), &next, &f->err));
	assert_int_equal(day_compare(next, day("2026-11-27")), 0);
	OK(f, closure_remove(f->db, &by_coordinator, id, &f->err));
	OK(f, hours_next_open_day(f->db, day("2026-11-21"), &next, &f->err));
	assert_int_equal(day_compare(next, day("2026-11-21")), 0);
	assert_fails(closure_remove(f->db, &by_coordinator, id, &f->err), &f->err, ERR_NOT_FOUND,
		CLOSURE_UNKNOWN);
}

TEST(an_exception_with_hours_replaces_the_week, folk)
{
	struct folk *f = *state;

	SET(f, { 6, H(9), H(21) });
	close_days(f, &(struct closure){ .from = day("2026-11-21"),
			      .until = day("2026-11-21"),
			      .has_hours = true,
			      .opens = H(10),
			      .closes = H(12),
			      .name = "半天" });
	close_days(f, &(struct closure){ .from = day("2026-11-21"),
			      .until = day("2026-11-23"),
			      .has_hours = true,
			      .opens = H(14),
			      .closes = H(16),
			      .name = "集市" });
	expect_day(f, "2026-11-21", 2, "2026-11-21T10:00", "2026-11-21T12:00", "2026-11-21T14:00",
		"2026-11-21T16:00");
	expect_day(f, "2026-11-23", 1, "2026-11-23T14:00", "2026-11-23T16:00");
}

TEST(closed_beats_every_other_exception, folk)
{
	struct folk *f = *state;

	SET(f, { 6, H(9), H(21) });
	close_days(f, &(struct closure){ .from = day("2026-11-21"),
			      .until = day("2026-11-21"),
			      .has_hours = true,
			      .opens = H(10),
			      .closes = H(12),
			      .name = "半天" });
	close_days(f, &(struct closure){ .from = day("2026-11-21"),
			      .until = day("2026-11-21"),
			      .is_emergency = true,
			      .name = "台风" });
	expect_day(f, "2026-11-21", 0);
}

TEST(the_search_for_an_open_day_ends_after_a_year, folk)
{
	struct folk *f = *state;
	struct period next;
	struct day open_day;

	SET(f, { 6, H(9), H(21) });
	close_days(
		f, &(struct closure){
			   .from = day("2026-01-01"), .until = day("2027-11-21"), .name = "拆迁" });
	assert_fails(hours_next_open_day(f->db, day("2026-11-21"), &open_day, &f->err), &f->err,
		ERR_NOT_FOUND, HOURS_NONE);
	assert_fails(hours_next_open(f->db, SATURDAY, &next, &f->err), &f->err, ERR_NOT_FOUND,
		HOURS_NONE);
	OK(f, hours_next_open_day(f->db, day("2026-12-01"), &open_day, &f->err));
	assert_int_equal(day_compare(open_day, day("2027-11-27")), 0);
}

TEST(today_is_open_or_opens_later_or_is_over, folk)
{
	static const struct {
		const char *now;
		enum hours_state state;
		const char *opens, *closes;
	} cases[] = {
		{ "2026-11-21T08:00", HOURS_OPENS_LATER, "2026-11-21T09:00", NULL },
		{ "2026-11-21T10:00", HOURS_OPEN, NULL, "2026-11-21T12:00" },
		{ "2026-11-21T13:00", HOURS_OPENS_LATER, "2026-11-21T14:00", NULL },
		{ "2026-11-21T21:00", HOURS_CLOSED, "2026-11-28T09:00", NULL },
	};
	struct folk *f = *state;

	SET(f, { 6, H(9), H(12) }, { 6, H(14), H(21) });
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct hours_today today;
		OK(f, hours_today(f->db, at(cases[i].now), &today, &f->err));
		assert_int_equal((int)today.state, (int)cases[i].state);
		assert_int_equal(today.opens_at, cases[i].opens ? at(cases[i].opens) : 0);
		assert_int_equal(today.closes_at, cases[i].closes ? at(cases[i].closes) : 0);
		assert_null(today.closure);
	}
}

TEST(today_names_what_changes_its_hours, folk)
{
	struct folk *f = *state;
	struct hours_today today;

	close_days(f,
		&(struct closure){
			.from = day("2026-11-21"), .until = day("2026-11-21"), .name = "国庆节" });
	OK(f, hours_today(f->db, SATURDAY, &today, &f->err));
	assert_int_equal((int)today.state, HOURS_CLOSED);
	assert_int_equal(today.opens_at, 0);
	assert_string_equal(today.closure, "国庆节");
	free(today.closure);
}

TEST(a_week_replaces_the_week_before, folk)
{
	struct folk *f = *state;
	CLEANUP(mem_free) struct opening *week = NULL;

	SET(f, { 6, H(9), H(12) }, { 7, H(9), H(12) });
	SET(f, { 7, H(10), H(13) }, { 1, H(8), H(9) });
	assert_int_equal(hours_week(f->db, &week, &f->err), 2);
	assert_int_equal(week[0].weekday, 1);
	assert_int_equal(week[1].opens, H(10));
	set(f, NULL, 0);
	expect_day(f, "2026-11-22", 0);
}

TEST(a_week_that_overlaps_itself_is_refused, folk)
{
	static const struct opening bad[][2] = {
		{ { 6, H(9), H(12) }, { 6, H(11), H(13) } },
		{ { 6, H(9), H(12) }, { 6, H(9), H(10) } },
		{ { 6, H(22), H(33) }, { 7, H(8), H(12) } },
		{ { 7, H(22), H(26) }, { 1, H(1), H(12) } },
		{ { 0, H(9), H(12) }, { 6, H(9), H(12) } },
		{ { 8, H(9), H(12) }, { 6, H(9), H(12) } },
		{ { 6, -1, H(12) }, { 7, H(9), H(12) } },
		{ { 6, H(12), H(12) }, { 7, H(9), H(12) } },
		{ { 6, H(24), H(25) }, { 7, H(9), H(12) } },
		{ { 6, H(9), H(48) + 1 }, { 4, H(9), H(12) } },
	};
	struct folk *f = *state;

	SET(f, { 3, H(9), H(12) });
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_fails(hours_set(f->db, &by_coordinator, bad[i], 2, &f->err), &f->err,
			ERR_INVALID, HOURS_BAD);
	assert_int_equal(folk_count(f, "SELECT count(*) FROM opening"), 1);
	SET(f, { 7, H(22), H(26) }, { 1, H(2), H(12) });
}

TEST(a_closure_that_makes_no_sense_is_refused, folk)
{
	struct folk *f = *state;
	struct closure closure = {
		.from = day("2026-11-21"), .until = day("2026-11-20"), .name = "x"
	};
	int64_t id;

	assert_fails(closure_add(f->db, &by_coordinator, &closure, &id, &f->err), &f->err,
		ERR_INVALID, DATE_BAD);
	closure.from = (struct day){ 2026, 2, 30 };
	assert_fails(closure_add(f->db, &by_coordinator, &closure, &id, &f->err), &f->err,
		ERR_INVALID, DATE_BAD);
	closure.from = closure.until;
	closure.has_hours = true;
	assert_fails(closure_add(f->db, &by_coordinator, &closure, &id, &f->err), &f->err,
		ERR_INVALID, HOURS_BAD);
	closure.has_hours = false;
	closure.name = NULL;
	assert_fails(closure_add(f->db, &by_coordinator, &closure, &id, &f->err), &f->err,
		ERR_INVALID, TEXT_EMPTY);
}

TEST(closures_to_come_are_listed_in_order, folk)
{
	struct folk *f = *state;
	struct closure *list = NULL;

	close_days(
		f, &(struct closure){
			   .from = day("2026-12-31"), .until = day("2027-01-01"), .name = "元旦" });
	close_days(f, &(struct closure){ .from = day("2026-11-20"),
			      .until = day("2026-11-21"),
			      .has_hours = true,
			      .opens = H(22),
			      .closes = H(26),
			      .name = "夜市" });
	close_days(
		f, &(struct closure){
			   .from = day("2026-11-19"), .until = day("2026-11-20"), .name = "过去" });
	int count = hours_closures(f->db, day("2026-11-21"), &list, &f->err);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].name, "夜市");
	assert_int_equal(list[0].closes, H(26));
	assert_true(list[0].has_hours);
	assert_string_equal(list[1].name, "元旦");
	assert_int_equal(list[1].until.year, 2027);
	hours_closures_finish(list, count);
}

TEST(the_night_of_a_clock_change_is_as_long_as_it_is, folk)
{
	struct folk *f = *state;
	struct period periods[HOURS_PERIODS_MAX];

	OK(f, when_set_zone("Europe/Berlin", &f->err));
	SET(f, { 6, H(22), H(27) });
	/* 2026-03-28 to 29: 2:00 becomes 3:00, so the night ends after four hours … */
	assert_int_equal(hours_on(f->db, day("2026-03-28"), periods, &f->err), 1);
	assert_int_equal(periods[0].end_at - periods[0].start_at, 4 * 3600);
	OK(f, when_set_zone("Asia/Shanghai", &f->err));
}

TEST(an_hour_that_the_clock_skips_is_no_opening_time, folk)
{
	struct folk *f = *state;
	struct period periods[HOURS_PERIODS_MAX];

	OK(f, when_set_zone("Europe/Berlin", &f->err));
	SET(f, { 7, H(2), H(3) }, { 7, H(10), H(12) });
	assert_int_equal(hours_on(f->db, day("2026-03-29"), periods, &f->err), 1);
	assert_int_equal(periods[0].start_at, at("2026-03-29T10:00"));
	/* On the day of the doubled hour it lasts two. */
	assert_int_equal(hours_on(f->db, day("2026-10-25"), periods, &f->err), 2);
	assert_int_equal(periods[0].end_at - periods[0].start_at, 2 * 3600);
	OK(f, when_set_zone("Asia/Shanghai", &f->err));
}

/* is_open against a walk over all periods of the days around. */
TEST(open_is_what_the_periods_say, folk)
{
	struct folk *f = *state;
	srand((unsigned)chance_seed());
	SET(f, { 1, H(9), H(12) }, { 1, H(13), H(18) }, { 3, H(20), H(28) }, { 5, H(22), H(26) },
		{ 7, 0, H(24) });
	close_days(f, &(struct closure){
			      .from = day("2026-11-23"), .until = day("2026-11-25"), .name = "x" });
	for (int i = 0; i < 500; i++) {
		int64_t when = SATURDAY + rand() % (21 * 86400);
		bool expected = false;
		for (int back = -1; back <= 1; back++) {
			struct period p[HOURS_PERIODS_MAX];
			int n = hours_on(f->db, day_add(when_day(when), back), p, &f->err);
			for (int k = 0; k < n; k++)
				expected |= when >= p[k].start_at && when < p[k].end_at;
		}
		assert_int_equal(hours_is_open(f->db, when, NULL, &f->err), expected);
	}
}

TEST(a_pattern_is_written_as_short_as_people_would, folk)
{
	static const char *const texts[] = { "1-5 09:00-12:00, 1-5 14:00-21:00, 6-7 09:00-21:00",
		"1 09:00-12:00, 3-4 09:00-12:00, 5 22:00-02:00", "" };
	struct folk *f = *state;

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		CLEANUP(mem_free) struct opening *week = NULL;
		int count = hours_parse(texts[i], &week, &f->err);
		CLEANUP(mem_free) char *written = hours_write(week, count);
		assert_string_equal(written, texts[i]);
	}
}
