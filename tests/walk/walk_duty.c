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
#include "core/duty/shift_acts.h"
#include "core/duty/shift_type.h"
#include "core/duty/team.h"
#include "core/duty/template.h"
#include "core/duty/volunteer.h"
#include "core/duty/volunteer_time.h"
#include "tests/walk/walk.h"

#define FIRST 12 /* of people: these serve, up to 21 */

static const struct week week = { 2020, 48 }; /* from 23 November */

static int64_t type_id, leader_role;

static void make_types(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
	int64_t aid;
	int n;

	MUST(w, duty_role_add(w->db, &coordinator, "leader", "负责人", &leader_role, &w->err));
	MUST(w, duty_role_add(w->db, &coordinator, "first-aid", "急救", &aid, &w->err));
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
	MUST(w, shift_type_set(w->db, &coordinator, &desk, &type_id, &w->err));
	MUST(w, shift_type_set(w->db, &coordinator, &patrol, &patrol_id, &w->err));
	struct template_row rows[8];
	for (int i = 0; i < 7; i++)
		rows[i] = (struct template_row){ type_id, i + 1, 540, 720, false };
	rows[7] = (struct template_row){ patrol_id, 5, 1320, 1500, true };
	MUST(w, template_set(w->db, &coordinator, rows, 8, &w->err));
	MUST(w, shifts_make(w->db, &coordinator, week, &n, &w->err));
	MUST(w, shifts_make(w->db, &coordinator, (struct week){ 2020, 49 }, &n, &w->err));
}

static void make_volunteers(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), coordinator = by_coordinator(w);
	const struct volunteer_role leads = { .role = leader_role };
	const struct volunteer_time away = { .stance = TIME_AWAY, .weekday = 7, .ends = 1440 };
	int64_t team[] = { w->people[FIRST], w->people[FIRST + 1] };
	const struct duty_team night = { .name = (char *)"夜巡队", .residents = team, .count = 2 };
	int64_t ids[10], id;

	for (int i = 0; i < 10; i++) {
		struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
		draft.resident = w->people[FIRST + i];
		draft.cap_week = 7;
		draft.days_in_row = 7;
		draft.number = i ? NULL : "440600000000000";
		MUST(w, volunteer_set(w->db, &volunteer, &draft, &ids[i], &w->err));
		if (i < 5)
			MUST(w, volunteer_roles_set(w->db, &volunteer, ids[i], &leads, 1, &w->err));
	}
	MUST(w, volunteer_times_set(w->db, &volunteer, ids[3], &away, 1, &w->err));
	MUST(w, volunteer_end(w->db, &coordinator, ids[9], &w->err));
	MUST(w, duty_team_set(w->db, &coordinator, &night, &id, &w->err));
	const struct shift_draft patrol = { "夜巡", walk_instant(w, "2020-11-26T20:00"),
		walk_instant(w, "2020-11-26T22:00"), 2, 0 };
	int64_t shift;
	int n;
	MUST(w, shift_add(w->db, &coordinator, &patrol, &shift, &w->err));
	MUST(w, duty_team_assign(
			w->db, &coordinator, &(struct team_sign_up){ id, shift }, &n, &w->err));
}

static void make_plan(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
	const struct plan_options quick = { .helper = "/nonexistent" };
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_taken_finish) struct roster_taken taken = { 0 };
	int version;

	MUST(w, roster_problem(w->db, walk_day(w, "2020-11-23"), walk_day(w, "2020-11-29"),
			&problem, &w->err));
	MUST(w, plan_solve(&problem.problem, &quick, &answer, &w->err));
	MUST(w, roster_plan_take(w->db, &coordinator, &problem, &answer, &taken, &w->err));
	MUST(w, roster_publish(w->db, &coordinator, week, &version, &w->err));
}

/* The shift that starts then; 0: none. */
static int64_t shift_on(struct walk *w, const char *local)
{
	int64_t id = 0;

	MUST(w, db_integer(w->db,
			"SELECT id FROM shift WHERE start_at = :at AND cancelled_at IS NULL",
			FIELDS(F_INT("at", walk_instant(w, local))), 0, &id, &w->err));
	return id;
}

static int64_t assign(struct walk *w, int64_t shift, int person)
{
	struct act coordinator = by_coordinator(w);
	int64_t id = 0;

	coordinator.is_override = true;
	coordinator.why = "试用";
	MUST(w, shift_assign(w->db, &coordinator,
			&(struct assignment_draft){ shift, w->people[person], false }, &id,
			&w->err));
	return id;
}

static void make_changes(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
	int64_t monday = shift_on(w, "2020-12-01T09:00"), tuesday = shift_on(w, "2020-12-02T09:00");
	int64_t one = assign(w, monday, FIRST), other = assign(w, tuesday, FIRST + 1), id;
	struct act self = by_self(w->people[FIRST]);
	int version;

	MUST(w, assignment_confirm(w->db, &self, one, &w->err));
	MUST(w, assignment_lock(w->db, &coordinator, one, true, &w->err));
	MUST(w, assignment_lock(w->db, &coordinator, one, false, &w->err));
	MUST(w, assignment_swap(w->db, &coordinator, one, other, &w->err));
	self = by_self(w->people[FIRST + 2]);
	MUST(w, shift_sign_up(w->db, &self,
			&(struct sign_up){ .shift = monday, .resident = w->people[FIRST + 2] }, &id,
			&w->err));
	MUST(w, assignment_hand_over(w->db, &self,
			&(struct handing_over){ id, w->people[FIRST + 4] }, &id, &w->err));
	self = by_self(w->people[FIRST + 4]);
	MUST(w, assignment_ask(w->db, &self, id, &w->err));
	MUST(w, assignment_ask_end(w->db, &self, id, &w->err));
	MUST(w, assignment_ask(w->db, &self, id, &w->err));
	self = by_self(w->people[FIRST + 5]);
	MUST(w, shift_sign_up(w->db, &self,
			&(struct sign_up){ .shift = monday, .resident = w->people[FIRST + 5] }, &id,
			&w->err));
	id = assign(w, shift_on(w, "2020-12-03T09:00"), FIRST + 6);
	self = by_self(w->people[FIRST + 6]);
	MUST(w, assignment_excuse(w->db, &self, id, &w->err));
	MUST(w, assignment_return(w->db, &self, id, &id, &w->err));
	id = assign(w, shift_on(w, "2020-12-03T09:00"), FIRST + 7);
	MUST(w, assignment_cancel(w->db, &coordinator, id, &w->err));
	MUST(w, assignment_let_go(w->db, &coordinator, id, &w->err));
	assign(w, shift_on(w, "2020-12-04T09:00"), FIRST + 7);
	MUST(w, shift_cancel(w->db, &coordinator, shift_on(w, "2020-12-04T09:00"), &w->err));
	MUST(w, roster_publish(w->db, &coordinator, (struct week){ 2020, 49 }, &version, &w->err));
}

/* Who came, in the week from the 23rd: in and out, in and never out, not at all, entered by
 * hand. */
static void attend(struct walk *w, int day)
{
	CLEANUP(mem_free) char *start = mem_printf("2020-11-%02dT09:00", day);
	CLEANUP(mem_free) char *end = mem_printf("2020-11-%02dT12:00", day);
	CLEANUP(shift_finish) struct shift shift = { 0 };
	int64_t id = shift_on(w, start);

	if (!id)
		return;
	MUST(w, shift_get(w->db, id, &shift, &w->err));
	walk_clock(w, start);
	for (int i = 0; i < shift.people_count; i++) {
		const struct act self = by_self(shift.people[i].resident);
		if (day != 25 || i == 0)
			MUST(w, attendance_in(w->db, &self, id, self.resident, &w->err));
	}
	walk_clock(w, end);
	for (int i = 0; i < shift.people_count; i++) {
		struct act volunteer = by_volunteer(w);
		const struct act self = by_self(shift.people[i].resident);
		volunteer.why = "本人说的";
		if (day == 25 && i > 0)
			MUST(w, attendance_missed(w->db, &volunteer, shift.people[i].id, &w->err));
		else if (day != 24 || i == 0)
			MUST(w, attendance_out(w->db, &self, id, self.resident, &w->err));
	}
}

static void make_hours(struct walk *w)
{
	const struct act coordinator = by_coordinator(w);
	struct act volunteer = by_volunteer(w);
	CLEANUP(service_lines_finish) struct service_lines waiting = { 0 };
	struct service_record record;
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };
	int64_t shift = shift_on(w, "2020-11-26T20:00"), line = 0;
	CLEANUP(shift_finish) struct shift patrol = { 0 };
	int n;

	volunteer.why = "纸上签到";
	MUST(w, attendance_close(w->db, &volunteer, &n, &w->err));
	MUST(w, shift_get(w->db, shift, &patrol, &w->err));
	MUST(w, attendance_enter(w->db, &volunteer, patrol.people[0].id, patrol.start_at,
			patrol.end_at, &w->err));
	MUST(w, service_hours_waiting(w->db, &waiting, &w->err));
	MUST(w, service_hours_approve(w->db, &coordinator, waiting.rows[0].id, &w->err));
	MUST(w, db_integer(w->db,
			"SELECT max(id) FROM service_hours WHERE reverses IS NULL AND is_waiting = "
			"0",
			NO_FIELDS, 0, &line, &w->err));
	MUST(w, service_hours_reverse(w->db, &coordinator, line, &w->err));
	int64_t served = patrol.people[1].resident;
	MUST(w, service_record_issue(w->db, &coordinator, served, walk_day(w, "2020-11-01"),
			walk_day(w, "2020-11-30"), &record, &w->err));
	MUST(w, db_integer(w->db,
			"SELECT resident FROM service_hours WHERE is_waiting = 0 GROUP BY resident"
			" HAVING sum(credited) > 0 ORDER BY sum(credited) DESC LIMIT 1",
			NO_FIELDS, 0, &served, &w->err));
	MUST(w, certificate_issue(w->db, &coordinator,
			&(struct certificate_draft){ .resident = served, .year = 2020 },
			&certificate, &w->err));
}

void walk_duty(struct walk *w)
{
	make_types(w);
	make_volunteers(w);
	make_plan(w);
	make_changes(w);
	for (int day = 23; day <= 29; day++)
		attend(w, day);
	make_hours(w);
}
