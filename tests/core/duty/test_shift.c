#include <string.h>

#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static int64_t shift(struct shop *s, const char *start, const char *end, int64_t needed)
{
	struct shift_draft draft = { "值班", at(start), at(end), needed };
	int64_t id = 0;

	assert_ok(shift_add(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
	return id;
}

/* Saturday 14:00–17:00, two people. */
static int64_t afternoon(struct shop *s)
{
	return shift(s, "2026-11-21T14:00", "2026-11-21T17:00", 2);
}

static int assign_by(
	struct shop *s, const struct act *act, int64_t shift_id, int64_t resident, bool is_leader)
{
	struct assignment_draft draft = { shift_id, resident, is_leader };
	int64_t id;

	s->err = (struct err){ 0 };
	return shift_assign(s->db, act, &draft, &id, &s->err);
}

static int assign(struct shop *s, int64_t shift_id, int64_t resident)
{
	return assign_by(s, &by_coordinator, shift_id, resident, false);
}

static struct shift get(struct shop *s, int64_t id)
{
	struct shift row = { 0 };

	assert_ok(shift_get(s->db, id, &row, &s->err), &s->err);
	return row;
}

static int sign_in(struct shop *s, int64_t shift_id, int64_t resident)
{
	s->err = (struct err){ 0 };
	return attendance_in(s->db, &by_resident, shift_id, resident, &s->err);
}

static int sign_out(struct shop *s, int64_t shift_id, int64_t resident)
{
	s->err = (struct err){ 0 };
	return attendance_out(s->db, &by_resident, shift_id, resident, &s->err);
}

TEST(a_shift_has_people_and_open_slots, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s), helper = shop_resident(s), leader = shop_resident(s);

	CLEANUP(shift_finish) struct shift empty = get(s, id);
	assert_int_equal(shift_open_slots(&empty), 2);
	assert_ok(assign(s, id, helper), &s->err);
	assert_ok(assign_by(s, &by_coordinator, id, leader, true), &s->err);
	CLEANUP(shift_finish) struct shift full = get(s, id);
	assert_int_equal(shift_open_slots(&full), 0);
	assert_int_equal(full.people_count, 2);
	assert_int_equal(full.people[0].resident, leader);
	assert_true(full.people[0].is_leader);
	assert_int_equal(full.people[1].resident, helper);
	assert_int_equal(shift_get(s->db, 4711, &full, &s->err), ERR_NOT_FOUND);
}

TEST(nobody_is_assigned_twice_or_beyond_what_is_needed, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s), resident = shop_resident(s), third = shop_resident(s);
	struct act override = by_override;

	assert_ok(assign(s, id, resident), &s->err);
	assert_refused(assign(s, id, resident), &s->err, SHIFT_ASSIGNED);
	assert_ok(assign(s, id, shop_resident(s)), &s->err);
	assert_refused(assign(s, id, third), &s->err, SHIFT_FULL);
	assert_int_equal(s->err.reasons[0].n1, 2);
	override.role = ROLE_COORDINATOR;
	assert_ok(assign_by(s, &override, id, third, false), &s->err);
	CLEANUP(shift_finish) struct shift row = get(s, id);
	assert_int_equal(shift_open_slots(&row), 0);
}

TEST(a_shift_has_one_leader, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s);

	assert_ok(assign_by(s, &by_coordinator, id, shop_resident(s), true), &s->err);
	assert_refused(assign_by(s, &by_coordinator, id, shop_resident(s), true), &s->err,
		SHIFT_HAS_LEADER);
}

TEST(who_is_unknown_or_gone_is_not_assigned, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s), resident = shop_resident(s);

	assert_int_equal(assign(s, 4711, resident), ERR_NOT_FOUND);
	assert_int_equal(assign(s, id, 4711), ERR_NOT_FOUND);
	assert_ok(resident_leave(s->db, &by_coordinator, resident, &s->err), &s->err);
	assert_refused(assign(s, id, resident), &s->err, RESIDENT_LEFT);
}

TEST(a_shift_has_a_name_an_end_and_a_need, shop)
{
	struct shop *s = *state;
	int64_t start = at("2026-11-21T14:00"), id;
	const struct shift_draft bad[] = {
		{ "", start, start + 3600, 1 },
		{ "值班", start, start, 1 },
		{ "值班", start, start - 1, 1 },
		{ "值班", start, start + 100 * 3600, 1 },
		{ "值班", start, start + 3600, 0 },
	};

	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_int_equal(
			shift_add(s->db, &by_coordinator, &bad[i], &id, &s->err), ERR_INVALID);
}

TEST(a_day_lists_its_shifts_and_those_that_run_into_it, shop)
{
	struct shop *s = *state;
	CLEANUP(shift_list_finish) struct shift_list list = { 0 };

	shift(s, "2026-11-20T18:00", "2026-11-21T00:00", 1); /* ends as the day begins */
	shift(s, "2026-11-21T17:00", "2026-11-21T21:00", 1);
	int64_t night = shift(s, "2026-11-20T22:00", "2026-11-21T02:00", 1);
	int64_t early = shift(s, "2026-11-21T09:00", "2026-11-21T12:00", 1);
	shift(s, "2026-11-22T00:00", "2026-11-22T06:00", 1); /* the next day */
	assert_ok(assign(s, early, shop_resident(s)), &s->err);
	assert_ok(shifts_on(s->db, (struct day){ 2026, 11, 21 }, &list, &s->err), &s->err);
	assert_int_equal(list.count, 3);
	assert_int_equal(list.rows[0].id, night);
	assert_int_equal(list.rows[1].id, early);
	assert_int_equal(list.rows[1].people_count, 1);
}

TEST(who_is_on_duty_now_is_half_open, shop)
{
	struct shop *s = *state;
	int64_t person = shop_resident(s);
	int64_t id = afternoon(s), next = shift(s, "2026-11-21T17:00", "2026-11-21T21:00", 1);
	struct shift now;

	assert_ok(assign(s, id, person), &s->err);
	assert_ok(assign(s, next, person), &s->err);
	assert_int_equal(
		shift_of_resident(s->db, person, at("2026-11-21T14:00"), &now, &s->err), 1);
	assert_int_equal(now.id, id);
	shift_finish(&now);
	assert_int_equal(
		shift_of_resident(s->db, person, at("2026-11-21T17:00"), &now, &s->err), 1);
	assert_int_equal(now.id, next);
	shift_finish(&now);
}

TEST(a_volunteers_card_means_their_shift, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s), resident = shop_resident(s);
	CLEANUP(shift_finish) struct shift row = { 0 };

	assert_ok(assign(s, id, resident), &s->err);
	assert_int_equal(
		shift_of_resident(s->db, resident, at("2026-11-21T12:59"), &row, &s->err), 0);
	assert_int_equal(
		shift_of_resident(s->db, resident, at("2026-11-21T17:00"), &row, &s->err), 0);
	assert_int_equal(
		shift_of_resident(s->db, shop_resident(s), at("2026-11-21T15:00"), &row, &s->err),
		0);
	assert_int_equal(
		shift_of_resident(s->db, resident, at("2026-11-21T13:00"), &row, &s->err), 1);
	assert_int_equal(row.id, id);
}

TEST(attendance_is_signed_in_and_out, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s), resident = shop_resident(s);

	assert_ok(assign(s, id, resident), &s->err);
	assert_refused(sign_out(s, id, resident), &s->err, SHIFT_NOT_SIGNED_IN);
	assert_ok(sign_in(s, id, resident), &s->err);
	assert_refused(sign_in(s, id, resident), &s->err, SHIFT_SIGNED_IN);
	shop_set_clock(s, "2026-11-21T17:20");
	assert_ok(sign_out(s, id, resident), &s->err);
	assert_refused(sign_out(s, id, resident), &s->err, SHIFT_NOT_SIGNED_IN);
	CLEANUP(shift_finish) struct shift row = get(s, id);
	assert_instant(row.people[0].in_at, "2026-11-21T14:00");
	assert_instant(row.people[0].out_at, "2026-11-21T17:20");
}

TEST(only_the_assigned_sign_in_and_only_around_the_shift, shop)
{
	struct shop *s = *state;
	int64_t id = shift(s, "2026-11-21T16:00", "2026-11-21T17:00", 2);
	int64_t resident = shop_resident(s);

	assert_refused(sign_in(s, id, resident), &s->err, SHIFT_NOT_ASSIGNED);
	assert_refused(sign_out(s, id, resident), &s->err, SHIFT_NOT_ASSIGNED);
	assert_ok(assign(s, id, resident), &s->err);
	shop_set_clock(s, "2026-11-21T14:59");
	assert_refused(sign_in(s, id, resident), &s->err, SHIFT_NOT_NOW);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T15:00");
	assert_instant(s->err.reasons[0].n2, "2026-11-21T17:00");
	shop_set_clock(s, "2026-11-21T17:00");
	assert_refused(sign_in(s, id, resident), &s->err, SHIFT_NOT_NOW);
	shop_set_clock(s, "2026-11-21T15:00");
	assert_ok(sign_in(s, id, resident), &s->err);
	assert_int_equal(sign_in(s, 4711, resident), ERR_NOT_FOUND);
}

static int64_t worked(const struct shift *row, const char *in, const char *out, const char *now,
	bool *is_forgotten)
{
	struct assignment who = { .in_at = in ? at(in) : 0, .out_at = out ? at(out) : 0 };

	return assignment_worked(row, &who, at(now), is_forgotten).n;
}

TEST(hours_are_clipped_to_the_shift, shop)
{
	struct shop *s = *state;
	CLEANUP(shift_finish) struct shift row = get(s, afternoon(s));
	const char *now = "2026-11-21T20:00";
	bool is_forgotten;

	assert_int_equal(worked(&row, "2026-11-21T13:30", "2026-11-21T17:20", now, NULL), 180);
	assert_int_equal(worked(&row, "2026-11-21T14:10", "2026-11-21T16:00", now, NULL), 110);
	assert_int_equal(
		worked(&row, "2026-11-21T13:10", "2026-11-21T13:50", now, &is_forgotten), 0);
	assert_false(is_forgotten);
	assert_int_equal(worked(&row, NULL, NULL, now, &is_forgotten), 0);
	assert_false(is_forgotten);
}

TEST(a_forgotten_sign_out_is_the_shifts_end_and_flagged, shop)
{
	struct shop *s = *state;
	CLEANUP(shift_finish) struct shift row = get(s, afternoon(s));
	bool is_forgotten;

	assert_int_equal(
		worked(&row, "2026-11-21T15:00", NULL, "2026-11-21T16:00", &is_forgotten), 60);
	assert_false(is_forgotten);
	assert_int_equal(
		worked(&row, "2026-11-21T15:00", NULL, "2026-11-25T16:00", &is_forgotten), 120);
	assert_true(is_forgotten);
}

TEST(the_same_key_signs_in_once, shop)
{
	struct shop *s = *state;
	int64_t id = afternoon(s), resident = shop_resident(s);
	struct act act = by_resident;

	assert_ok(assign(s, id, resident), &s->err);
	act_new_key(act.key);
	assert_ok(attendance_in(s->db, &act, id, resident, &s->err), &s->err);
	assert_ok(attendance_in(s->db, &act, id, resident, &s->err), &s->err);
}
