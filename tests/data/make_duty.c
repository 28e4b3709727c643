/* Volunteers, rosters, attendance and certified hours: the week from 23 November. */
#include "core/duty/assignment.h"
#include "core/duty/attendance.h"
#include "core/duty/certificate.h"
#include "core/duty/duty_role.h"
#include "core/duty/plan/plan.h"
#include "core/duty/roster.h"
#include "core/duty/roster_plan.h"
#include "core/duty/service_hours.h"
#include "core/duty/service_record.h"
#include "core/duty/shift.h"
#include "core/duty/shift_type.h"
#include "core/duty/team.h"
#include "core/duty/template.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "tests/data/make.h"

#define FIRST 12 /* of people: these serve, up to 21 */

static const struct week week = { 2020, 48 }; /* from 23 November */

static int64_t type_id, leader_role;

static void make_types(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	int64_t aid;
	int n;

	MUST(m, duty_role_add(m->db, &coordinator, "leader", "负责人", &leader_role, &m->err));
	MUST(m, duty_role_add(m->db, &coordinator, "first-aid", "急救", &aid, &m->err));
	struct shift_need need = { aid, 1 };
	const struct shift_type desk = { .name = (char *)"服务台",
		.purpose = (char *)"借还",
		.place = (char *)"一楼",
		.needed = 2,
		.wants_leader = true,
		.is_creditable = true,
		.is_reportable = true };
	const struct shift_type patrol = { .name = (char *)"巡逻",
		.purpose = (char *)"",
		.place = (char *)"小区",
		.needed = 3,
		.is_creditable = true,
		.needs = &need,
		.need_count = 1 };
	int64_t patrol_id;
	MUST(m, shift_type_set(m->db, &coordinator, &desk, &type_id, &m->err));
	MUST(m, shift_type_set(m->db, &coordinator, &patrol, &patrol_id, &m->err));
	struct template_row rows[8];
	for (int i = 0; i < 7; i++)
		rows[i] = (struct template_row){ type_id, i + 1, 540, 720, false };
	rows[7] = (struct template_row){ patrol_id, 5, 1320, 1500, true };
	MUST(m, template_set(m->db, &coordinator, rows, 8, &m->err));
	MUST(m, shifts_make(m->db, &coordinator, week, &n, &m->err));
	MUST(m, shifts_make(m->db, &coordinator, (struct week){ 2020, 49 }, &n, &m->err));
}

static void make_volunteers(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), coordinator = by_coordinator(m);
	const struct volunteer_role leads = { .role = leader_role };
	const struct volunteer_time away = { .stance = TIME_AWAY, .weekday = 7, .ends = 1440 };
	int64_t team[] = { m->people[FIRST], m->people[FIRST + 1] };
	const struct duty_team night = { .name = (char *)"夜巡队", .residents = team, .count = 2 };
	int64_t ids[10], id;

	for (int i = 0; i < 10; i++) {
		struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
		draft.resident = m->people[FIRST + i];
		draft.cap_week = 7;
		draft.days_in_row = 7;
		draft.number = i ? NULL : "440600000000000";
		MUST(m, volunteer_set(m->db, &volunteer, &draft, &ids[i], &m->err));
		if (i < 5)
			MUST(m, volunteer_roles_set(m->db, &volunteer, ids[i], &leads, 1, &m->err));
	}
	MUST(m, volunteer_times_set(m->db, &volunteer, ids[3], &away, 1, &m->err));
	MUST(m, volunteer_end(m->db, &coordinator, ids[9], &m->err));
	MUST(m, duty_team_set(m->db, &coordinator, &night, &id, &m->err));
	const struct shift_draft patrol = { "夜巡", make_instant(m, "2020-11-26T20:00"),
		make_instant(m, "2020-11-26T22:00"), 2, 0 };
	int64_t shift;
	int n;
	MUST(m, shift_add(m->db, &coordinator, &patrol, &shift, &m->err));
	MUST(m, duty_team_assign(m->db, &coordinator, id, shift, &n, &m->err));
}

static void make_plan(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	const struct plan_options quick = { .helper = "/nonexistent" };
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	struct roster_taken taken;
	int version;

	MUST(m, roster_problem(m->db, make_day(m, "2020-11-23"), make_day(m, "2020-11-29"),
			&problem, &m->err));
	MUST(m, plan_solve(&problem.problem, &quick, &answer, &m->err));
	MUST(m, roster_plan_take(m->db, &coordinator, &problem, &answer, &taken, &m->err));
	MUST(m, roster_publish(m->db, &coordinator, week, &version, &m->err));
}

/* The shift that starts then; 0: none. */
static int64_t shift_on(struct maker *m, const char *local)
{
	int64_t id = 0;

	MUST(m, db_integer(m->db,
			"SELECT id FROM shift WHERE start_at = :at AND cancelled_at IS NULL",
			FIELDS(F_INT("at", make_instant(m, local))), 0, &id, &m->err));
	return id;
}

static int64_t assign(struct maker *m, int64_t shift, int person)
{
	struct act coordinator = by_coordinator(m);
	int64_t id = 0;

	coordinator.is_override = true;
	coordinator.why = "试用";
	MUST(m, shift_assign(m->db, &coordinator,
			&(struct assignment_draft){ shift, m->people[person], false }, &id,
			&m->err));
	return id;
}

static void make_changes(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	int64_t monday = shift_on(m, "2020-12-01T09:00"), tuesday = shift_on(m, "2020-12-02T09:00");
	int64_t one = assign(m, monday, FIRST), other = assign(m, tuesday, FIRST + 1), id;
	struct act self = by_self(m->people[FIRST]);
	int version;

	MUST(m, assignment_confirm(m->db, &self, one, &m->err));
	MUST(m, assignment_lock(m->db, &coordinator, one, true, &m->err));
	MUST(m, assignment_lock(m->db, &coordinator, one, false, &m->err));
	MUST(m, assignment_swap(m->db, &coordinator, one, other, &m->err));
	self = by_self(m->people[FIRST + 2]);
	MUST(m, shift_sign_up(m->db, &self, monday, m->people[FIRST + 2], &id, &m->err));
	MUST(m, assignment_hand_over(m->db, &self, id, m->people[FIRST + 4], &id, &m->err));
	self = by_self(m->people[FIRST + 4]);
	MUST(m, assignment_ask(m->db, &self, id, &m->err));
	self = by_self(m->people[FIRST + 5]);
	MUST(m, shift_sign_up(m->db, &self, monday, m->people[FIRST + 5], &id, &m->err));
	id = assign(m, shift_on(m, "2020-12-03T09:00"), FIRST + 6);
	self = by_self(m->people[FIRST + 6]);
	MUST(m, assignment_excuse(m->db, &self, id, &m->err));
	MUST(m, assignment_cancel(m->db, &coordinator,
			assign(m, shift_on(m, "2020-12-03T09:00"), FIRST + 7), &m->err));
	assign(m, shift_on(m, "2020-12-04T09:00"), FIRST + 7);
	MUST(m, shift_cancel(m->db, &coordinator, shift_on(m, "2020-12-04T09:00"), &m->err));
	MUST(m, roster_publish(m->db, &coordinator, (struct week){ 2020, 49 }, &version, &m->err));
}

/* Who came, in the week from the 23rd: in and out, in and never out, not at all, written by hand.
 */
static void attend(struct maker *m, int day)
{
	CLEANUP(mem_free) char *start = mem_printf("2020-11-%02dT09:00", day);
	CLEANUP(mem_free) char *end = mem_printf("2020-11-%02dT12:00", day);
	CLEANUP(shift_finish) struct shift shift = { 0 };
	int64_t id = shift_on(m, start);

	if (!id)
		return;
	MUST(m, shift_get(m->db, id, &shift, &m->err));
	make_clock(m, start);
	for (int i = 0; i < shift.people_count; i++) {
		const struct act self = by_self(shift.people[i].resident);
		if (day != 25 || i == 0)
			MUST(m, attendance_in(m->db, &self, id, self.resident, &m->err));
	}
	make_clock(m, end);
	for (int i = 0; i < shift.people_count; i++) {
		struct act volunteer = by_volunteer(m);
		const struct act self = by_self(shift.people[i].resident);
		volunteer.why = "本人说的";
		if (day == 25 && i > 0)
			MUST(m, attendance_missed(m->db, &volunteer, shift.people[i].id, &m->err));
		else if (day != 24 || i == 0)
			MUST(m, attendance_out(m->db, &self, id, self.resident, &m->err));
	}
}

static void make_hours(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	struct act volunteer = by_volunteer(m);
	CLEANUP(service_lines_finish) struct service_lines waiting = { 0 };
	struct service_record record;
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };
	int64_t shift = shift_on(m, "2020-11-26T20:00"), line = 0;
	CLEANUP(shift_finish) struct shift patrol = { 0 };
	int n;

	volunteer.why = "纸上签到";
	MUST(m, attendance_close(m->db, &volunteer, &n, &m->err));
	MUST(m, shift_get(m->db, shift, &patrol, &m->err));
	MUST(m, attendance_enter(m->db, &volunteer, patrol.people[0].id, patrol.start_at,
			patrol.end_at, &m->err));
	MUST(m, service_hours_waiting(m->db, &waiting, &m->err));
	MUST(m, service_hours_approve(m->db, &coordinator, waiting.rows[0].id, &m->err));
	MUST(m, db_integer(m->db,
			"SELECT max(id) FROM service_hours WHERE reverses IS NULL AND is_waiting = "
			"0",
			NO_FIELDS, 0, &line, &m->err));
	MUST(m, service_hours_reverse(m->db, &coordinator, line, &m->err));
	int64_t served = patrol.people[1].resident;
	MUST(m, service_record_issue(m->db, &coordinator, served, make_day(m, "2020-11-01"),
			make_day(m, "2020-11-30"), &record, &m->err));
	MUST(m, db_integer(m->db,
			"SELECT resident FROM service_hours WHERE is_waiting = 0 GROUP BY resident"
			" HAVING sum(credited) > 0 ORDER BY sum(credited) DESC LIMIT 1",
			NO_FIELDS, 0, &served, &m->err));
	MUST(m, certificate_issue(m->db, &coordinator,
			&(struct certificate_draft){ .resident = served, .year = 2020 },
			&certificate, &m->err));
}

void make_duty(struct maker *m)
{
	make_types(m);
	make_volunteers(m);
	make_plan(m);
	make_changes(m);
	for (int day = 23; day <= 29; day++)
		attend(m, day);
	make_hours(m);
}
