#include <string.h>

#include "core/duty/reasons.h"
#include "core/people/staff.h"
#include "core/points/earn_rule.h"
#include "core/points/ledger.h"
#include "core/store/act_reasons.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static const struct day saturday = { 2026, 11, 21 };

static int64_t staff(struct crew *c, const char *code)
{
	const struct staff_new draft = { .code = code, .name = "员工", .role = ROLE_COORDINATOR };
	const struct act admin = { .role = ROLE_ADMIN };
	int64_t id = 0;

	assert_ok(staff_add(c->shop->db, &admin, &draft, &id, &c->shop->err), &c->shop->err);
	return id;
}

/* zhen, this afternoon from two to five. */
static int64_t afternoon(struct crew *c, int64_t *ret_assignment)
{
	int64_t shift = crew_shift(c, "2026-11-21T14:00", "2026-11-21T17:00");

	*ret_assignment = crew_assign(c, shift, c->zhen);
	return shift;
}

static void served(struct crew *c, int64_t shift, const char *in, const char *out)
{
	const struct act self = crew_self(c->zhen);

	shop_set_clock(c->shop, in);
	assert_ok(attendance_in(c->shop->db, &self, shift, c->zhen, &c->shop->err), &c->shop->err);
	shop_set_clock(c->shop, out);
	assert_ok(attendance_out(c->shop->db, &self, shift, c->zhen, &c->shop->err), &c->shop->err);
}

static int64_t total(struct crew *c)
{
	struct minutes minutes = { 0 };

	assert_ok(
		service_hours_total(c->shop->db, c->zhen, &minutes, &c->shop->err), &c->shop->err);
	return minutes.n;
}

static struct service_lines lines(struct crew *c)
{
	struct service_lines lines = { 0 };

	assert_ok(service_hours_between(c->shop->db, c->zhen, saturday, day_add(saturday, 30),
			  &lines, &c->shop->err),
		&c->shop->err);
	return lines;
}

TEST(signing_out_puts_clipped_time_on_record, crew)
{
	struct crew *c = *state;
	int64_t id, shift = afternoon(c, &id);

	served(c, shift, "2026-11-21T13:30", "2026-11-21T16:50");
	assert_int_equal(total(c), 170);
	CLEANUP(service_lines_finish) struct service_lines all = lines(c);
	assert_int_equal(all.count, 1);
	assert_int_equal(all.rows[0].number, 1);
	assert_int_equal(all.rows[0].planned.n, 180);
	assert_int_equal(all.rows[0].actual.n, 170);
	assert_int_equal(all.rows[0].credited.n, 170);
	CLEANUP(shift_finish) struct shift row = crew_shift_get(c, shift);
	assert_int_equal(attendance_late(&row, &row.people[0]), 0);
	assert_int_equal(attendance_early(&row, &row.people[0]), 10);
}

TEST(a_kind_that_is_not_credited_gives_none, crew)
{
	struct crew *c = *state;
	const struct shift_type type = { .id = c->desk, .name = (char *)"服务台", .needed = 2 };
	int64_t id, shift;

	crew_type(c->shop, &type);
	shift = afternoon(c, &id);
	served(c, shift, "2026-11-21T14:00", "2026-11-21T17:00");
	assert_int_equal(total(c), 0);
}

TEST(a_forgotten_sign_out_is_closed_at_the_shifts_end_and_flagged, crew)
{
	struct crew *c = *state;
	int64_t id, shift = afternoon(c, &id);
	const struct act self = crew_self(c->zhen);
	int count = -1;

	shop_set_clock(c->shop, "2026-11-21T14:20");
	assert_ok(attendance_in(c->shop->db, &self, shift, c->zhen, &c->shop->err), &c->shop->err);
	assert_ok(
		attendance_close(c->shop->db, &by_resident, &count, &c->shop->err), &c->shop->err);
	assert_int_equal(count, 0); /* it is not over yet */
	shop_set_clock(c->shop, "2026-11-21T17:00");
	assert_ok(
		attendance_close(c->shop->db, &by_resident, &count, &c->shop->err), &c->shop->err);
	assert_int_equal(count, 1);
	assert_true(crew_get(c, id).is_forgotten);
	assert_instant(crew_get(c, id).out_at, "2026-11-21T17:00");
	CLEANUP(service_lines_finish) struct service_lines all = lines(c);
	assert_int_equal(all.rows[0].credited.n, 160);
	assert_int_equal(service_flags(&all, 0), SERVICE_FORGOTTEN);
	assert_ok(
		attendance_close(c->shop->db, &by_resident, &count, &c->shop->err), &c->shop->err);
	assert_int_equal(count, 0);
}

TEST(time_written_by_hand_needs_a_reason_and_a_second_person, crew)
{
	struct crew *c = *state;
	int64_t id, author = staff(c, "author"), approver = staff(c, "approver");
	struct act act = { .role = ROLE_COORDINATOR, .actor = author };

	afternoon(c, &id);
	int64_t in = at("2026-11-21T14:00"), out = at("2026-11-21T16:00");
	shop_set_clock(c->shop, "2026-11-21T18:00");
	assert_refused(attendance_enter(c->shop->db, &act, id, in, out, &c->shop->err),
		&c->shop->err, WHY_NEEDED);
	act.why = "忘带卡";
	assert_ok(attendance_enter(c->shop->db, &act, id, in, out, &c->shop->err), &c->shop->err);
	assert_int_equal(total(c), 0);
	CLEANUP(service_lines_finish) struct service_lines waiting = { 0 };
	assert_ok(service_hours_waiting(c->shop->db, &waiting, &c->shop->err), &c->shop->err);
	assert_int_equal(waiting.count, 1);
	int64_t line = waiting.rows[0].id;
	assert_refused(service_hours_approve(c->shop->db, &act, line, &c->shop->err), &c->shop->err,
		APPROVER_SAME);
	act.actor = approver;
	assert_ok(service_hours_approve(c->shop->db, &act, line, &c->shop->err), &c->shop->err);
	assert_int_equal(total(c), 120);
	CLEANUP(service_lines_finish) struct service_lines all = lines(c);
	assert_int_equal(all.rows[0].approver, approver);
	assert_int_equal(service_flags(&all, 0), SERVICE_MANUAL);
}

TEST(time_written_by_hand_lies_around_the_shift, crew)
{
	struct crew *c = *state;
	struct act act = { .role = ROLE_COORDINATOR, .why = "忘带卡" };
	int64_t id;

	afternoon(c, &id);
	shop_set_clock(c->shop, "2026-11-21T16:00");
	assert_int_equal(attendance_enter(c->shop->db, &act, id, at("2026-11-21T12:00"),
				 at("2026-11-21T15:00"), &c->shop->err),
		ERR_INVALID);
	assert_int_equal(attendance_enter(c->shop->db, &act, id, at("2026-11-21T14:00"),
				 at("2026-11-21T16:30"), &c->shop->err),
		ERR_INVALID); /* still to come */
	shop_set_clock(c->shop, "2026-11-21T13:00");
	assert_refused(attendance_enter(c->shop->db, &act, id, at("2026-11-21T14:00"),
			       at("2026-11-21T15:00"), &c->shop->err),
		&c->shop->err, SHIFT_NOT_STARTED);
}

TEST(a_wrong_line_is_taken_back_by_another_once, crew)
{
	struct crew *c = *state;
	int64_t id, author = staff(c, "author"), approver = staff(c, "approver");
	int64_t shift = afternoon(c, &id);
	struct act act = { .role = ROLE_COORDINATOR, .actor = author, .approver = approver };

	served(c, shift, "2026-11-21T14:00", "2026-11-21T17:00");
	CLEANUP(service_lines_finish) struct service_lines all = lines(c);
	assert_refused(service_hours_reverse(c->shop->db, &act, all.rows[0].id, &c->shop->err),
		&c->shop->err, WHY_NEEDED);
	act.why = "人走了";
	assert_refused(attendance_enter(c->shop->db, &act, id, at("2026-11-21T14:00"),
			       at("2026-11-21T15:00"), &c->shop->err),
		&c->shop->err, HOURS_ALREADY);
	c->shop->err = (struct err){ 0 };
	assert_ok(service_hours_reverse(c->shop->db, &act, all.rows[0].id, &c->shop->err),
		&c->shop->err);
	assert_int_equal(total(c), 0);
	assert_refused(service_hours_reverse(c->shop->db, &act, all.rows[0].id, &c->shop->err),
		&c->shop->err, HOURS_REVERSED);
	assert_ok(attendance_enter(c->shop->db, &act, id, at("2026-11-21T14:00"),
			  at("2026-11-21T15:00"), &c->shop->err),
		&c->shop->err);
	assert_int_equal(total(c), 60);
}

TEST(a_rejected_line_counts_for_nothing, crew)
{
	struct crew *c = *state;
	struct act act = { .role = ROLE_COORDINATOR, .why = "补登" };
	int64_t id;

	afternoon(c, &id);
	shop_set_clock(c->shop, "2026-11-21T18:00");
	assert_ok(attendance_enter(c->shop->db, &act, id, at("2026-11-21T14:00"),
			  at("2026-11-21T15:00"), &c->shop->err),
		&c->shop->err);
	CLEANUP(service_lines_finish) struct service_lines all = lines(c);
	assert_ok(service_hours_reverse(c->shop->db, &act, all.rows[0].id, &c->shop->err),
		&c->shop->err);
	assert_int_equal(total(c), 0);
	CLEANUP(service_lines_finish) struct service_lines waiting = { 0 };
	assert_ok(service_hours_waiting(c->shop->db, &waiting, &c->shop->err), &c->shop->err);
	assert_int_equal(waiting.count, 0);
}

TEST(missed_needs_a_name_and_a_reason, crew)
{
	struct crew *c = *state;
	struct act act = by_volunteer;
	int64_t id;

	afternoon(c, &id);
	shop_set_clock(c->shop, "2026-11-21T18:00");
	assert_refused(
		attendance_missed(c->shop->db, &act, id, &c->shop->err), &c->shop->err, WHY_NEEDED);
	act.why = "没来，电话不通";
	assert_ok(attendance_missed(c->shop->db, &act, id, &c->shop->err), &c->shop->err);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_MISSED);
	assert_refused(attendance_missed(c->shop->db, &act, id, &c->shop->err), &c->shop->err,
		ASSIGNMENT_GONE);
	/* They are not given the same shift again. */
	const struct assignment row = crew_get(c, id);
	assert_refused(crew_assign_by(c, &by_coordinator, row.shift, row.resident, NULL),
		&c->shop->err, SHIFT_ASSIGNED);
}

TEST(long_days_and_many_pairs_are_flagged, crew)
{
	struct service_line rows[5] = { 0 };
	struct service_lines all = { rows, 4 };

	for (int i = 0; i < 5; i++)
		rows[i] = (struct service_line){ .id = i + 1,
			.resident = 7,
			.served_on = saturday,
			.credited = { 120 },
			.is_reportable = true,
			.name = (char *)"服务台" };
	assert_int_equal(service_flags(&all, 0), SERVICE_PAIRS);
	rows[0].credited.n = 121;
	assert_int_equal(service_flags(&all, 3), SERVICE_PAIRS | SERVICE_OVER_8_HOURS);
	rows[1].is_reversed = true;
	assert_int_equal(service_flags(&all, 0), 0);
	rows[1].is_reversed = false;
	rows[4].credited.n = 240;
	rows[4].name = (char *)"花园";
	rows[4].is_reportable = false;
	all.count = 5;
	assert_int_equal(service_flags(&all, 4),
		SERVICE_OVER_8_HOURS | SERVICE_OVER_12_HOURS | SERVICE_NOT_TAKEN);
	rows[4].resident = 8;
	assert_int_equal(service_flags(&all, 4), SERVICE_NOT_TAKEN);
}

static int64_t points_of(struct crew *c)
{
	struct points points = { 0 };

	assert_ok(points_balance(c->shop->db, c->zhen, &points, &c->shop->err), &c->shop->err);
	return points.n;
}

TEST(a_shift_earns_by_the_rule_and_a_line_taken_back_gives_them_back, crew)
{
	struct crew *c = *state;
	const struct earn_rule rule = { .code = (char *)"duty",
		.name = (char *)"值班",
		.points = 10,
		.night_percent = 100,
		.holiday_percent = 100 };
	struct act act = { .role = ROLE_COORDINATOR, .actor = staff(c, "author"), .why = "没来" };
	int64_t id, rule_id, shift = afternoon(c, &id);

	assert_ok(earn_rule_set(c->shop->db, &by_coordinator, &rule, &rule_id, &c->shop->err),
		&c->shop->err);
	served(c, shift, "2026-11-21T13:30", "2026-11-21T16:30");
	assert_int_equal(total(c), 150);
	assert_int_equal(points_of(c), 25);
	CLEANUP(service_lines_finish) struct service_lines all = lines(c);
	assert_ok(service_hours_reverse(c->shop->db, &act, all.rows[0].id, &c->shop->err),
		&c->shop->err);
	assert_int_equal(total(c), 0);
	assert_int_equal(points_of(c), 0);
	assert_ok(ledger_prove(c->shop->db, &c->shop->err), &c->shop->err);
}

TEST(stars_come_with_hours, crew)
{
	const struct {
		int64_t minutes;
		int stars;
	} cases[] = { { 0, 0 }, { 5999, 0 }, { 6000, 1 }, { 300 * 60, 2 }, { 600 * 60, 3 },
		{ 1000 * 60, 4 }, { 1500 * 60 - 1, 4 }, { 1500 * 60, 5 }, { 90000 * 60, 5 } };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(
			service_stars((struct minutes){ cases[i].minutes }), cases[i].stars);
}
