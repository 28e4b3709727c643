#include <string.h>

#include "core/duty/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static const struct day monday = { 2026, 11, 23 };

static bool allows(const struct volunteer_time *times, int count, const char *start,
	const char *end, int *ret_wish)
{
	int ignored;

	return volunteer_times_allow(
		times, count, at(start), at(end), ret_wish ? ret_wish : &ignored);
}

TEST(a_resident_becomes_a_volunteer_with_roles_that_end, crew)
{
	struct crew *c = *state;
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	const struct volunteer_role roles[] = { { .role = c->leader },
		{ .role = c->first_aid, .has_end = true, .until = { 2026, 11, 23 } } };

	assert_ok(volunteer_roles_set(c->shop->db, &by_volunteer, crew_volunteer_of(c, c->zhen),
			  roles, 2, &c->shop->err),
		&c->shop->err);
	assert_int_equal(volunteer_of(c->shop->db, c->zhen, &v, &c->shop->err), 1);
	assert_true(volunteer_has_role(&v, c->leader, day_add(monday, 900)));
	assert_true(volunteer_has_role(&v, c->first_aid, monday));
	assert_false(volunteer_has_role(&v, c->first_aid, day_add(monday, 1)));
	assert_int_equal(volunteer_of(c->shop->db, shop_resident(c->shop), &v, &c->shop->err), 0);
}

TEST(a_role_is_known_and_given_once, crew)
{
	struct crew *c = *state;
	const struct volunteer_role twice[] = { { .role = c->leader }, { .role = c->leader } };
	const struct volunteer_role unknown = { .role = 4711 };
	int64_t id = crew_volunteer_of(c, c->zhen);

	assert_int_equal(
		volunteer_roles_set(c->shop->db, &by_volunteer, id, twice, 2, &c->shop->err),
		ERR_INVALID);
	assert_int_equal(
		volunteer_roles_set(c->shop->db, &by_volunteer, id, &unknown, 1, &c->shop->err),
		ERR_NOT_FOUND);
	assert_int_equal(
		volunteer_roles_set(c->shop->db, &by_volunteer, 4711, twice, 1, &c->shop->err),
		ERR_NOT_FOUND);
}

TEST(limits_are_ones_own_or_the_settings, crew)
{
	struct crew *c = *state;
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	struct volunteer_limits limits;
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };

	draft.resident = c->zhen;
	draft.cap_week = 1;
	draft.number = "GD12345678";
	crew_set(c, &draft);
	assert_int_equal(volunteer_of(c->shop->db, c->zhen, &v, &c->shop->err), 1);
	assert_ok(volunteer_limits(c->shop->db, &v, &limits, &c->shop->err), &c->shop->err);
	assert_int_equal(limits.week, 1);
	assert_int_equal(limits.month, setting_table[SETTING_DUTY_MONTH_MAX].initial);
	CLEANUP(mem_free) char *number = NULL;
	assert_ok(volunteer_number(c->shop->db, v.id, &number, &c->shop->err), &c->shop->err);
	assert_string_equal(number, "GD12345678");
	draft.days_in_row = 0;
	int64_t id;
	assert_int_equal(
		volunteer_set(c->shop->db, &by_volunteer, &draft, &id, &c->shop->err), ERR_INVALID);
}

TEST(who_names_free_times_serves_only_then, crew)
{
	const struct volunteer_time times[] = {
		{ .stance = TIME_FREE, .weekday = 1, .starts = 9 * 60, .ends = 12 * 60 },
		{ .stance = TIME_FREE, .weekday = 1, .starts = 12 * 60, .ends = 18 * 60 },
	};

	assert_true(allows(times, 2, MONDAY "T10:00", MONDAY "T14:00", NULL)); /* joined */
	assert_false(allows(times, 2, MONDAY "T08:00", MONDAY "T10:00", NULL));
	assert_false(allows(times, 2, "2026-11-24T10:00", "2026-11-24T11:00", NULL));
	assert_true(allows(NULL, 0, MONDAY "T08:00", MONDAY "T10:00", NULL)); /* nothing said */
}

TEST(a_refused_time_is_a_hard_no_and_a_date_goes_before_the_week, crew)
{
	const struct volunteer_time times[] = {
		{ .stance = TIME_AWAY, .weekday = 1, .starts = 9 * 60, .ends = 12 * 60 },
		{ .stance = TIME_FREE,
			.from = { 2026, 11, 30 },
			.until = { 2026, 11, 30 },
			.ends = 1440 },
		{ .stance = TIME_AWAY,
			.from = { 2026, 12, 1 },
			.until = { 2026, 12, 3 },
			.ends = 1440 },
	};

	assert_false(allows(times, 3, MONDAY "T11:00", MONDAY "T14:00", NULL)); /* touches it */
	assert_true(allows(times, 3, MONDAY "T12:00", MONDAY "T14:00", NULL));
	assert_true(allows(times, 3, "2026-11-30T09:00", "2026-11-30T12:00", NULL));
	assert_false(allows(times, 3, "2026-12-02T18:00", "2026-12-02T20:00", NULL));
	assert_true(allows(times, 3, "2026-12-04T18:00", "2026-12-04T20:00", NULL));
}

TEST(nights_belong_to_the_day_they_begin_on, crew)
{
	const struct volunteer_time times[] = {
		{ .stance = TIME_FREE, .weekday = 5, .starts = 22 * 60, .ends = 26 * 60 },
	};

	assert_true(allows(times, 1, "2026-11-27T22:00", "2026-11-28T02:00", NULL));
	assert_true(allows(times, 1, "2026-11-28T00:30", "2026-11-28T02:00", NULL));
	assert_false(allows(times, 1, "2026-11-28T22:00", "2026-11-29T02:00", NULL));
}

TEST(likes_and_dislikes_are_wishes, crew)
{
	const struct volunteer_time times[] = {
		{ .stance = TIME_LIKE, .weekday = 1, .starts = 9 * 60, .ends = 12 * 60 },
		{ .stance = TIME_DISLIKE, .weekday = 2, .ends = 1440 },
	};
	int wish;

	assert_true(allows(times, 2, MONDAY "T09:00", MONDAY "T12:00", &wish));
	assert_int_equal(wish, -1);
	assert_true(allows(times, 2, "2026-11-24T09:00", "2026-11-24T12:00", &wish));
	assert_int_equal(wish, 1);
	assert_true(allows(times, 2, "2026-11-25T09:00", "2026-11-25T12:00", &wish));
	assert_int_equal(wish, 0);
}

TEST(times_are_kept_and_replaced_as_a_whole, crew)
{
	struct crew *c = *state;
	const struct volunteer_time times[] = {
		{ .stance = TIME_AWAY,
			.from = { 2026, 12, 1 },
			.until = { 2026, 12, 3 },
			.ends = 1440 },
		{ .stance = TIME_LIKE, .weekday = 7, .starts = 60, .ends = 120 },
	};
	const struct volunteer_time bad = { .stance = TIME_LIKE, .weekday = 8, .ends = 120 };
	CLEANUP(mem_free) struct volunteer_time *read = NULL;
	int64_t id = crew_volunteer_of(c, c->zhen);

	crew_times(c, c->zhen, times, 2);
	crew_times(c, c->zhen, times, 2);
	assert_int_equal(volunteer_times(c->shop->db, id, &read, &c->shop->err), 2);
	assert_int_equal(read[0].weekday, 7);
	assert_int_equal(read[0].stance, TIME_LIKE);
	assert_int_equal(day_compare(read[1].until, times[0].until), 0);
	assert_int_equal(
		volunteer_times_set(c->shop->db, &by_volunteer, id, &bad, 1, &c->shop->err),
		ERR_INVALID);
}

TEST(times_are_read_from_text, none)
{
	struct volunteer_time rows[VOLUNTEER_TIME_ROWS_MAX];
	static const char *const bad[] = { "", "0", "8", "5-1", "1-9", "1 9:00", "1 12:00-9:00x",
		"2026-13-01", "2026-12-01..", "x" };
	struct err err = { 0 };
	int count;

	assert_ok(volunteer_time_parse("1-5 9:00-12:00", TIME_FREE, rows, &count, &err), &err);
	assert_int_equal(count, 5);
	assert_int_equal(rows[4].weekday, 5);
	assert_int_equal(rows[4].starts, 540);
	assert_int_equal(rows[4].ends, 720);
	assert_ok(volunteer_time_parse("7", TIME_AWAY, rows, &count, &err), &err);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].ends, 1440);
	assert_ok(volunteer_time_parse("2026-12-01..2026-12-03", TIME_AWAY, rows, &count, &err),
		&err);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].weekday, 0);
	assert_int_equal(rows[0].until.day, 3);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(
			volunteer_time_parse(bad[i], TIME_AWAY, rows, &count, &err), ERR_INVALID);
}

TEST(residents_set_their_own_times_alone, crew)
{
	struct crew *c = *state;
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };
	const struct act self = crew_self(c->zhen), other = crew_self(c->chen);
	int64_t id = crew_volunteer_of(c, c->zhen);

	assert_ok(
		volunteer_times_set(c->shop->db, &self, id, &no, 1, &c->shop->err), &c->shop->err);
	assert_refused(volunteer_times_set(c->shop->db, &other, id, NULL, 0, &c->shop->err),
		&c->shop->err, ROLE_NEEDED);
}

TEST(who_has_ended_is_no_longer_listed, crew)
{
	struct crew *c = *state;
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };
	int64_t id = crew_volunteer_of(c, c->zhen);

	assert_ok(volunteer_end(c->shop->db, &by_coordinator, id, &c->shop->err), &c->shop->err);
	assert_refused(volunteer_end(c->shop->db, &by_coordinator, id, &c->shop->err),
		&c->shop->err, VOLUNTEER_ENDED);
	assert_ok(volunteer_list(c->shop->db, &list, &c->shop->err), &c->shop->err);
	assert_int_equal(list.count, 2);
	assert_true(list.rows[0].resident == c->chen);
}
