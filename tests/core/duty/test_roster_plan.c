#include <string.h>

#include "core/duty/reasons.h"
#include "core/duty/roster_plan.h"
#include "core/duty/shift_acts.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/store/role_reasons.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static const struct day first = { 2026, 11, 23 };

/* Without its helper the planner uses its start solution: enough to see how an answer is used. */
static const struct plan_options no_helper = { .helper = "/nonexistent" };

static struct roster_problem problem(struct crew *c)
{
	struct roster_problem p = { 0 };

	assert_ok(roster_problem(c->shop->db, first, day_add(first, 6), &p, &c->shop->err),
		&c->shop->err);
	return p;
}

static bool offers(const struct roster_problem *p, int64_t person, int64_t shift, int *ret_cost)
{
	for (int i = 0; i < p->problem.offer_count; i++)
		if (p->offers[i].person == person && p->offers[i].shift == shift) {
			if (ret_cost)
				*ret_cost = p->offers[i].cost;
			return true;
		}
	return false;
}

static const struct plan_person *person(const struct roster_problem *p, int64_t id)
{
	for (int i = 0; i < p->problem.people_count; i++)
		if (p->people[i].id == id)
			return &p->people[i];
	return NULL;
}

/* Plans the week and applies the answer; only the counts. */
static struct roster_taken plan(struct crew *c)
{
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_taken_finish) struct roster_taken taken = { 0 };

	c->shop->err = (struct err){ 0 };
	assert_ok(plan_solve(&p.problem, &no_helper, &answer, &c->shop->err), &c->shop->err);
	assert_ok(
		roster_plan_take(c->shop->db, &by_coordinator, &p, &answer, &taken, &c->shop->err),
		&c->shop->err);
	return (struct roster_taken){
		.added = taken.added, .cancelled = taken.cancelled, .left_open = taken.left_open
	};
}

static int64_t shift_on(struct crew *c, int day, const char *from, const char *until)
{
	CLEANUP(mem_free) char *start = mem_printf("2026-11-%02dT%s", day, from);
	CLEANUP(mem_free) char *end = mem_printf("2026-11-%02dT%s", day, until);

	return crew_shift(c, start, end);
}

TEST(a_refused_time_is_no_offer_and_a_wish_has_its_price, crew)
{
	struct crew *c = *state;
	int64_t monday = shift_on(c, 23, "09:00", "12:00");
	int64_t tuesday = shift_on(c, 24, "09:00", "12:00");
	const struct volunteer_time times[] = {
		{ .stance = TIME_AWAY, .weekday = 1, .ends = 1440 },
		{ .stance = TIME_DISLIKE, .weekday = 2, .ends = 1440 },
	};
	int cost = 0;

	crew_times(c, c->zhen, times, 2);
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_false(offers(&p, c->zhen, monday, NULL));
	assert_true(offers(&p, c->zhen, tuesday, &cost));
	assert_int_equal(cost, 1);
	assert_true(offers(&p, c->chen, monday, &cost));
	assert_int_equal(cost, 0);
}

TEST(shifts_and_people_are_told_as_they_are, crew)
{
	struct crew *c = *state;
	int64_t night = shift_on(c, 25, "22:00", "23:30");
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;

	draft.resident = c->zhen;
	draft.cap_week = 2;
	draft.partner = c->chen;
	crew_set(c, &draft);
	crew_assign(c, crew_shift(c, "2026-11-22T09:00", "2026-11-22T12:00"), c->zhen);
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_int_equal(p.problem.shift_count, 1);
	assert_true(p.shifts[0].id == night);
	assert_int_equal(p.shifts[0].day, 2);
	assert_int_equal(p.shifts[0].start, 22 * 60);
	assert_int_equal(p.shifts[0].end, 23 * 60 + 30);
	assert_int_equal(p.shifts[0].headcount, 2);
	assert_int_equal(p.shifts[0].needed[PLAN_LEADER], 1);
	assert_true(person(&p, c->chen)->roles & 1u << PLAN_LEADER);
	assert_false(person(&p, c->zhen)->roles & 1u << PLAN_LEADER);
	assert_int_equal(person(&p, c->zhen)->max_per_week, 2);
	assert_int_equal(person(&p, c->zhen)->history, 1);
	assert_int_equal(p.problem.pair_count, 1);
	assert_int_equal(p.problem.taken_count, 1);
	assert_int_equal(p.taken[0].day, -1);
	assert_int_equal(p.problem.first_weekday, 0);
}

TEST(what_is_confirmed_or_locked_or_by_hand_stays, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_on(c, 23, "09:00", "12:00"), neighbour = shop_resident(c->shop);
	int64_t confirmed = crew_assign(c, shift, c->zhen);

	assert_ok(assignment_confirm(c->shop->db, &by_coordinator, confirmed, &c->shop->err),
		&c->shop->err);
	crew_assign(c, shift_on(c, 24, "09:00", "12:00"), neighbour);
	crew_assign(c, shift_on(c, 25, "09:00", "12:00"), c->huang);
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_int_equal(p.problem.lock_count, 3);
	assert_int_equal(p.problem.previous_count, 3);
	plan(c);
	assert_int_equal(crew_get(c, confirmed).gone_at, 0);
}

/* A shift for one, of no kind. */
static int64_t shift_for_one(struct crew *c)
{
	const struct shift_draft draft = { "看门", at(MONDAY "T09:00"), at(MONDAY "T12:00"), 1, 0 };
	int64_t id = 0;

	assert_ok(
		shift_add(c->shop->db, &by_coordinator, &draft, &id, &c->shop->err), &c->shop->err);
	return id;
}

/* The assignment of the person on a shift for one. */
static struct assignment on_it(struct crew *c, int64_t shift)
{
	CLEANUP(shift_finish) struct shift row = crew_shift_get(c, shift);

	assert_int_equal(row.people_count, 1);
	return row.people[0];
}

TEST(who_asked_for_leave_from_a_shift_is_not_planned_into_it_again, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_for_one(c), back = 0;

	plan(c);
	struct assignment planned = on_it(c, shift);
	const struct act self = crew_self(planned.resident);
	assert_ok(assignment_excuse(c->shop->db, &self, planned.id, &c->shop->err), &c->shop->err);
	for (int i = 0; i < 3; i++) {
		plan(c); /* two others are free */
		struct assignment other = on_it(c, shift);
		assert_true(other.resident != planned.resident);
	}
	/* Nor if nobody else is free: the place stays open, with the reason. */
	struct assignment other = on_it(c, shift);
	const struct act second = crew_self(other.resident);
	assert_ok(assignment_excuse(c->shop->db, &second, other.id, &c->shop->err), &c->shop->err);
	plan(c);
	other = on_it(c, shift);
	const struct act third = crew_self(other.resident);
	assert_ok(assignment_excuse(c->shop->db, &third, other.id, &c->shop->err), &c->shop->err);
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	assert_ok(plan_solve(&p.problem, &no_helper, &answer, &c->shop->err), &c->shop->err);
	assert_int_equal(answer.gap_count, 1);
	assert_int_equal(answer.gaps[0].people[PLAN_BLOCK_BARRED], 3);
	/* Until it is taken back: then it is a yes. */
	assert_ok(assignment_return(c->shop->db, &self, planned.id, &back, &c->shop->err),
		&c->shop->err);
	assert_true(crew_get(c, back).confirmed_at != 0);
	plan(c);
	assert_true(on_it(c, shift).resident == planned.resident);
}

TEST(who_was_taken_off_by_hand_stays_off_until_let_go, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_for_one(c);
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };

	crew_times(c, c->zhen, &no, 1);
	crew_times(c, c->chen, &no, 1); /* only huang is left */
	plan(c);
	struct assignment planned = on_it(c, shift);
	assert_true(planned.resident == c->huang);
	assert_ok(assignment_cancel(c->shop->db, &by_coordinator, planned.id, &c->shop->err),
		&c->shop->err);
	struct roster_taken taken = plan(c);
	assert_int_equal(taken.added, 0);
	assert_ok(assignment_let_go(c->shop->db, &by_coordinator, planned.id, &c->shop->err),
		&c->shop->err);
	assert_refused(assignment_let_go(c->shop->db, &by_coordinator, planned.id, &c->shop->err),
		&c->shop->err, ASSIGNMENT_NOT_LEFT);
	taken = plan(c);
	assert_int_equal(taken.added, 1);
	assert_true(on_it(c, shift).resident == c->huang);
}

TEST(who_was_put_on_by_hand_stays_on_until_let_go, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_for_one(c), id = crew_assign(c, shift, c->zhen);
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };

	crew_times(c, c->zhen, &no, 1); /* never mind who: it was done by hand */
	plan(c);
	assert_true(on_it(c, shift).id == id);
	assert_true(on_it(c, shift).is_locked);
	assert_ok(assignment_lock(c->shop->db, &by_coordinator, id, false, &c->shop->err),
		&c->shop->err);
	struct roster_taken taken = plan(c);
	assert_int_equal(taken.cancelled, 1);
	assert_true(on_it(c, shift).resident != c->zhen);
	/* A person whom one plan took off may be put back by another. */
	crew_times(c, c->zhen, NULL, 0);
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_int_equal(p.problem.bar_count, 0);
}

TEST(a_sign_up_takes_the_place_that_only_a_plan_had_given_away, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_for_one(c), id = 0;

	plan(c);
	struct assignment planned = on_it(c, shift);
	int64_t other = planned.resident == c->zhen ? c->chen : c->zhen;
	const struct act self = crew_self(other);
	assert_ok(
		shift_sign_up(c->shop->db, &self,
			&(struct sign_up){ .shift = shift, .resident = other }, &id, &c->shop->err),
		&c->shop->err);
	assert_true(on_it(c, shift).resident == other);
	plan(c);
	assert_true(on_it(c, shift).id == id);
	/* No plan may take one that was confirmed. */
	const struct act late = crew_self(planned.resident);
	assert_refused(shift_sign_up(c->shop->db, &late,
			       &(struct sign_up){ .shift = shift, .resident = planned.resident },
			       &id, &c->shop->err),
		&c->shop->err, SHIFT_FULL);
}

TEST(a_sign_up_for_a_place_that_is_theirs_already_confirms_it, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_for_one(c), id = 0;

	plan(c);
	struct assignment planned = on_it(c, shift);
	const struct act self = crew_self(planned.resident);
	assert_ok(shift_sign_up(c->shop->db, &self,
			  &(struct sign_up){ .shift = shift, .resident = planned.resident }, &id,
			  &c->shop->err),
		&c->shop->err);
	assert_true(id == planned.id);
	assert_true(on_it(c, shift).confirmed_at != 0);
}

TEST(a_sign_up_does_not_push_the_only_leader_out, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_on(c, 23, "09:00", "12:00"), id = 0;

	plan(c); /* one leader and zhen, or both leaders */
	int64_t late = crew_member(c, 0);
	const struct act self = crew_self(late);
	assert_ok(
		shift_sign_up(c->shop->db, &self,
			&(struct sign_up){ .shift = shift, .resident = late }, &id, &c->shop->err),
		&c->shop->err);
	CLEANUP(shift_finish) struct shift row = crew_shift_get(c, shift);
	assert_int_equal(row.people_count, 2);
	assert_true(row.people[0].is_leader);
	int64_t later = crew_member(c, 0);
	const struct act second = crew_self(later);
	assert_refused(
		shift_sign_up(c->shop->db, &second,
			&(struct sign_up){ .shift = shift, .resident = later }, &id, &c->shop->err),
		&c->shop->err, SHIFT_FULL);
}

TEST(a_plan_names_whom_it_put_on_took_off_and_why, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_on(c, 23, "09:00", "12:00");
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_taken_finish) struct roster_taken taken = { 0 };

	assert_ok(plan_solve(&p.problem, &no_helper, &answer, &c->shop->err), &c->shop->err);
	assert_ok(
		roster_plan_take(c->shop->db, &by_coordinator, &p, &answer, &taken, &c->shop->err),
		&c->shop->err);
	assert_int_equal(taken.change_count, 2);
	assert_true(taken.changes[0].is_added);
	assert_true(taken.changes[0].shift == shift);
	assert_int_equal(taken.changes[0].why, ROSTER_WHY_LEADS);
	assert_int_equal(taken.changes[1].why, ROSTER_WHY_LOAD);
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };
	int64_t off = taken.changes[1].resident;
	crew_times(c, off, &no, 1);
	CLEANUP(roster_problem_finish) struct roster_problem q = problem(c);
	CLEANUP(plan_answer_finish) struct plan_answer again = { 0 };
	CLEANUP(roster_taken_finish) struct roster_taken later = { 0 };
	assert_ok(plan_solve(&q.problem, &no_helper, &again, &c->shop->err), &c->shop->err);
	assert_ok(roster_plan_take(c->shop->db, &by_coordinator, &q, &again, &later, &c->shop->err),
		&c->shop->err);
	assert_int_equal(later.change_count, 2);
	assert_false(later.changes[0].is_added);
	assert_true(later.changes[0].resident == off);
	assert_int_equal(later.changes[0].why, ROSTER_WHY_AGAINST);
	assert_int_equal(later.changes[0].against.code, REASON_DUTY_AWAY);
	assert_true(later.changes[1].is_added);
}

TEST(a_plan_fills_the_week_with_a_leader_each, crew)
{
	struct crew *c = *state;

	shift_on(c, 23, "09:00", "12:00");
	shift_on(c, 25, "09:00", "12:00");
	shift_on(c, 27, "09:00", "12:00");
	struct roster_taken taken = plan(c);
	assert_int_equal(taken.added, 6);
	assert_int_equal(taken.left_open, 0);
	CLEANUP(roster_finish) struct roster roster = { 0 };
	assert_ok(roster_get(c->shop->db, next_week, &roster, &c->shop->err), &c->shop->err);
	for (int i = 0; i < roster.shifts.count; i++) {
		assert_int_equal(shift_open_slots(&roster.shifts.rows[i]), 0);
		assert_true(roster.shifts.rows[i].people[0].is_leader);
	}
	taken = plan(c); /* again: nobody is replaced */
	assert_int_equal(taken.added, 0);
	assert_int_equal(taken.cancelled, 0);
}

TEST(a_drop_out_is_replanned_with_least_change, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_on(c, 23, "09:00", "12:00");

	shift_on(c, 25, "09:00", "12:00");
	plan(c);
	CLEANUP(shift_finish) struct shift before = crew_shift_get(c, shift);
	assert_int_equal(before.people_count, 2);
	struct act self = crew_self(before.people[1].resident);
	assert_ok(assignment_excuse(c->shop->db, &self, before.people[1].id, &c->shop->err),
		&c->shop->err);
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };
	crew_times(c, before.people[1].resident, &no, 1);
	struct roster_taken taken = plan(c);
	CLEANUP(shift_finish) struct shift after = crew_shift_get(c, shift);
	assert_int_equal(after.people_count, 2);
	assert_true(after.people[0].resident == before.people[0].resident);
	assert_int_equal(taken.added, 1);
	assert_int_equal(taken.cancelled, 0);
}

TEST(ones_own_limits_hold_whatever_the_planner_says, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_on(c, 23, "09:00", "12:00");
	struct plan_assignment wrong = { c->zhen, shift };
	const struct plan_answer answer = { .assignments = &wrong, .assignment_count = 1 };
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };
	CLEANUP(roster_taken_finish) struct roster_taken taken = { 0 };

	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	crew_times(c, c->zhen, &no, 1); /* said meanwhile */
	assert_ok(
		roster_plan_take(c->shop->db, &by_coordinator, &p, &answer, &taken, &c->shop->err),
		&c->shop->err);
	assert_int_equal(taken.added, 0);
	assert_int_equal(taken.left_open, 1);
}

TEST(shifts_that_have_begun_are_left_alone, crew)
{
	struct crew *c = *state;

	shop_set_clock(c->shop, MONDAY "T09:00");
	shift_on(c, 23, "09:00", "12:00");
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_int_equal(p.problem.shift_count, 0);
}

static void make_child(struct crew *c, int64_t resident)
{
	struct resident_edit edit = RESIDENT_EDIT_INIT;

	edit.birth_year = 2011; /* 15 or younger in 2026 */
	assert_ok(resident_edit(c->shop->db, &by_volunteer, resident, &edit, &c->shop->err),
		&c->shop->err);
}

TEST(a_child_is_planned_and_never_as_leader, crew)
{
	struct crew *c = *state;
	int64_t shift = shift_on(c, 23, "09:00", "12:00");

	make_child(c, c->huang); /* had the role before */
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_true(offers(&p, c->huang, shift, NULL));
	assert_int_equal(person(&p, c->huang)->roles & 1u << PLAN_LEADER, 0);
	assert_int_not_equal(person(&p, c->chen)->roles & 1u << PLAN_LEADER, 0);
}

TEST(a_child_is_not_put_at_the_head_of_a_shift_by_hand, crew)
{
	struct crew *c = *state;
	const struct assignment_draft draft = {
		.shift = shift_on(c, 23, "09:00", "12:00"), .resident = c->huang, .is_leader = true
	};
	int64_t id;

	make_child(c, c->huang);
	assert_refused(shift_assign(c->shop->db, &by_coordinator, &draft, &id, &c->shop->err),
		&c->shop->err, LEADER_CHILD);
	assert_refused(shift_assign(c->shop->db, &by_override, &draft, &id, &c->shop->err),
		&c->shop->err, ROLE_NEEDED);
}

TEST(a_child_that_signs_up_first_does_not_lead, crew)
{
	struct crew *c = *state;
	const struct act self = crew_self(c->huang);
	int64_t id;

	make_child(c, c->huang);
	assert_ok(shift_sign_up(c->shop->db, &self,
			  &(struct sign_up){ .shift = shift_on(c, 23, "09:00", "12:00"),
				  .resident = c->huang },
			  &id, &c->shop->err),
		&c->shop->err);
	assert_false(crew_get(c, id).is_leader);
}

TEST(the_role_of_leader_is_not_given_to_a_child, crew)
{
	struct crew *c = *state;
	const struct volunteer_role leads = { .role = c->leader };

	make_child(c, c->zhen);
	assert_refused(volunteer_roles_set(c->shop->db, &by_volunteer,
			       crew_volunteer_of(c, c->zhen), &leads, 1, &c->shop->err),
		&c->shop->err, LEADER_CHILD);
}

TEST(a_paused_volunteer_is_not_planned_until_the_pause_is_over, crew)
{
	struct crew *c = *state;
	const struct act self = crew_self(c->zhen);
	int64_t monday = shift_on(c, 23, "09:00", "12:00"), id;
	int64_t friday = shift_on(c, 27, "09:00", "12:00");

	assert_ok(pause_begin(c->shop->db, &by_coordinator, c->zhen, (struct day){ 2026, 11, 24 },
			  "生病", &c->shop->err),
		&c->shop->err);
	CLEANUP(roster_problem_finish) struct roster_problem p = problem(c);
	assert_false(offers(&p, c->zhen, monday, NULL));
	assert_true(offers(&p, c->zhen, friday, NULL));
	assert_refused(crew_assign_by(c, &by_coordinator, monday, c->zhen, NULL), &c->shop->err,
		RESIDENT_PAUSED);
	assert_refused(shift_sign_up(c->shop->db, &self,
			       &(struct sign_up){ .shift = friday, .resident = c->zhen }, &id,
			       &c->shop->err),
		&c->shop->err, RESIDENT_PAUSED);
}
