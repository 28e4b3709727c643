#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/plan/seats.h"
#include "tests/lib/duty_case.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define HELPER JIAPLUS_BUILDDIR "/jiaplus-planner"
#define USUAL  (&(struct plan_options){ .helper = HELPER })
#define QUICK  (&(struct plan_options){ .helper = HELPER, .effort = 20 })

/* A small plan to fill by hand: evenings of a week, one place each unless stated otherwise. */
#define SHIFTS 7
#define PEOPLE 6
struct little {
	struct plan_shift shifts[SHIFTS];
	struct plan_person people[PEOPLE];
	struct plan_offer offers[SHIFTS * PEOPLE];
	struct plan_problem problem;
};

static void little_init(struct little *l, int shifts, int people)
{
	*l = (struct little){ 0 };
	for (int s = 0; s < shifts; s++)
		l->shifts[s] = (struct plan_shift){ 101 + s, s, 1110, 1260, 1, { 0 } };
	for (int p = 0; p < people; p++)
		l->people[p] = (struct plan_person){ 1 + p, 0, 7, 7, 0, false };
	l->problem = (struct plan_problem){
		.shifts = l->shifts,
		.shift_count = shifts,
		.people = l->people,
		.people_count = people,
		.offers = l->offers,
		.rest_minutes = 660,
		.max_consecutive = 7,
		.pair_bonus = 10,
	};
}

static void offer(struct little *l, int64_t person, int64_t shift, int cost)
{
	l->offers[l->problem.offer_count++] = (struct plan_offer){ person, shift, cost };
}

/* Solves, and checks the answer with the checker. */
static struct plan_answer solve(const struct plan_problem *p, const struct plan_options *options)
{
	struct plan_answer answer = { 0 };
	int64_t cost[PLAN_STAGE_COUNT];
	struct err err = { 0 };

	assert_ok(plan_solve(p, options, &answer, &err), &err);
	const char *fault = duty_case_check(p, answer.assignments, answer.assignment_count, cost);
	if (fault)
		fail_msg("%s", fault);
	for (int i = 0; i < PLAN_STAGE_COUNT; i++)
		assert_int_equal(cost[i], answer.cost[i]);
	return answer;
}

static bool serves(const struct plan_answer *a, int64_t person, int64_t shift)
{
	for (int i = 0; i < a->assignment_count; i++)
		if (a->assignments[i].person == person && a->assignments[i].shift == shift)
			return true;
	return false;
}

/* ---- the order of the stages ---- */

TEST(coverage_comes_before_a_leader, none)
{
	struct little l;

	/* Only the leader can take either shift; the first needs a leader, the second has two
	 * candidates. One of the two shifts stays without the leader. */
	little_init(&l, 2, 2);
	l.shifts[0].needed[PLAN_LEADER] = 1;
	l.shifts[1].start = 540, l.shifts[1].end = 720;
	l.shifts[1].day = 0;
	l.people[0].roles = 1u << PLAN_LEADER;
	offer(&l, 1, 101, 0);
	offer(&l, 1, 102, 0);
	offer(&l, 2, 101, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 1, 102));
	assert_true(serves(&a, 2, 101));
	assert_int_equal(a.cost[PLAN_COVERAGE], 0);
	assert_int_equal(a.cost[PLAN_LEADERS], 1);
	assert_int_equal(a.status, PLAN_PROVEN);
	assert_int_equal(a.proven, PLAN_STAGE_COUNT);
}

TEST(a_leader_comes_before_other_roles, none)
{
	struct little l;

	little_init(&l, 1, 2);
	l.shifts[0].needed[PLAN_LEADER] = 1;
	l.shifts[0].needed[1] = 1;
	l.shifts[0].needed[2] = 1;
	l.people[0].roles = 1u << 1 | 1u << 2;
	l.people[1].roles = 1u << PLAN_LEADER;
	offer(&l, 1, 101, 0);
	offer(&l, 2, 101, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 2, 101));
	assert_int_equal(a.cost[PLAN_ROLES], 2);
}

TEST(roles_come_before_changes, none)
{
	const struct plan_assignment previous = { 1, 101 };
	struct little l;

	little_init(&l, 1, 2);
	l.shifts[0].needed[3] = 1;
	l.people[1].roles = 1u << 3;
	offer(&l, 1, 101, 0);
	offer(&l, 2, 101, 0);
	l.problem.previous = &previous;
	l.problem.previous_count = 1;
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 2, 101));
	assert_int_equal(a.cost[PLAN_CHANGES], 1);
}

TEST(changes_come_before_wishes_and_fairness, none)
{
	const struct plan_assignment previous = { 1, 101 };
	struct little l;

	little_init(&l, 1, 2);
	l.people[0].history = 8;
	offer(&l, 1, 101, 3);
	offer(&l, 2, 101, -2);
	l.problem.previous = &previous;
	l.problem.previous_count = 1;
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 1, 101));
}

TEST(a_wish_comes_before_fairness, none)
{
	struct little l;

	little_init(&l, 1, 2);
	l.people[0].history = 8;
	offer(&l, 1, 101, 0);
	offer(&l, 2, 101, 1);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 1, 101));
}

TEST(the_load_of_eight_weeks_is_levelled, none)
{
	struct little l;

	little_init(&l, 4, 3);
	l.people[0].history = 3;
	for (int s = 0; s < 4; s++)
		for (int p = 1; p <= 3; p++)
			offer(&l, p, 101 + s, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	/* Two each for those who had none: 3·3 stays, 2·2 twice. */
	assert_int_equal(a.cost[PLAN_FAIRNESS], 8);
	for (int s = 0; s < 4; s++)
		assert_false(serves(&a, 1, 101 + s));
}

TEST(a_pair_is_put_together, none)
{
	const struct plan_pair pair = { 1, 4 };
	struct little l;

	little_init(&l, 2, 4);
	l.shifts[0].headcount = l.shifts[1].headcount = 2;
	for (int p = 1; p <= 4; p++) {
		offer(&l, p, 101, 0);
		offer(&l, p, 102, 0);
	}
	l.problem.pairs = &pair;
	l.problem.pair_count = 1;
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.cost[PLAN_WISHES], -20);
}

/* ---- hard rules, locks ---- */

TEST(a_refused_time_is_never_planned, none)
{
	struct little l;

	little_init(&l, 2, 2);
	offer(&l, 1, 101, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.assignment_count, 1);
	assert_int_equal(a.gap_count, 1);
	assert_int_equal(a.gaps[0].shift, 102);
	assert_int_equal(a.gaps[0].people[PLAN_BLOCK_UNAVAILABLE], 2);
	assert_int_equal(a.gaps[0].fill[PLAN_BLOCK_UNAVAILABLE].person, 0);
}

TEST(a_lock_stands_whatever_it_breaks, none)
{
	/* Not offered, exempt, twice on one day: and each such lock counts in every rule that
	 * follows. */
	const struct plan_assignment locks[] = { { 1, 101 }, { 1, 102 } };
	struct little l;

	little_init(&l, 3, 2);
	l.shifts[1].day = 0;
	l.people[0].is_exempt = true;
	offer(&l, 1, 103, -2);
	offer(&l, 2, 103, 3);
	l.problem.locks = locks;
	l.problem.lock_count = 2;
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 1, 101));
	assert_true(serves(&a, 1, 102));
	assert_true(serves(&a, 2, 103));
	assert_int_equal(a.gap_count, 0);
}

TEST(what_is_taken_elsewhere_counts, none)
{
	/* Yesterday's late shift, before the plan: too little rest before this morning. */
	const struct plan_taken taken = { 1, -1, 1110, 1320 };
	struct little l;

	little_init(&l, 1, 1);
	l.shifts[0].start = 480, l.shifts[0].end = 600;
	offer(&l, 1, 101, 0);
	l.problem.taken = &taken;
	l.problem.taken_count = 1;
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.assignment_count, 0);
	assert_int_equal(a.gaps[0].people[PLAN_BLOCK_REST], 1);
	assert_int_equal(a.gaps[0].fill[PLAN_BLOCK_REST].person, 1);
}

TEST(weeks_begin_on_monday, none)
{
	struct little l;

	/* Saturday to Tuesday, one shift a week: two in all. */
	little_init(&l, 4, 1);
	l.problem.first_weekday = 5;
	l.people[0].max_per_week = 1;
	for (int s = 0; s < 4; s++)
		offer(&l, 1, 101 + s, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.assignment_count, 2);
	assert_true(serves(&a, 1, 101) || serves(&a, 1, 102));
	assert_true(serves(&a, 1, 103) || serves(&a, 1, 104));
}

TEST(two_leaders_are_two, none)
{
	struct little l;

	little_init(&l, 1, 3);
	l.shifts[0].headcount = 2;
	l.shifts[0].needed[PLAN_LEADER] = 2;
	l.people[0].roles = l.people[2].roles = 1u << PLAN_LEADER;
	offer(&l, 1, 101, 3);
	offer(&l, 2, 101, -2);
	offer(&l, 3, 101, 3);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_true(serves(&a, 1, 101) && serves(&a, 3, 101));
}

/* ---- gaps ---- */

TEST(an_open_place_is_explained_by_first_reasons, none)
{
	struct little l;

	/* The second day wants two and has one. Of the others: one is exempt, one offered nothing,
	 * one has had the week, one the plan, one is busy that day. */
	little_init(&l, 3, 6);
	l.shifts[2].day = 1;
	l.shifts[2].start = 540, l.shifts[2].end = 720;
	l.shifts[1].headcount = 2;
	l.people[0].is_exempt = true;
	l.people[2].max_per_week = 1;
	l.people[3].max_per_period = 0;
	offer(&l, 1, 102, 0);
	offer(&l, 3, 101, 0);
	offer(&l, 3, 102, 0);
	offer(&l, 4, 102, 0);
	offer(&l, 5, 102, 0);
	offer(&l, 5, 103, 0);
	offer(&l, 6, 102, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.gap_count, 1);
	const struct plan_gap *gap = &a.gaps[0];
	assert_int_equal(gap->shift, 102);
	assert_int_equal(gap->role, PLAN_ANYBODY);
	assert_int_equal(gap->missing, 1);
	assert_int_equal(gap->people[PLAN_BLOCK_HERE], 1);
	assert_int_equal(gap->people[PLAN_BLOCK_EXEMPT], 1);
	assert_int_equal(gap->people[PLAN_BLOCK_UNAVAILABLE], 1);
	assert_int_equal(gap->people[PLAN_BLOCK_WEEK], 1);
	assert_int_equal(gap->people[PLAN_BLOCK_PERIOD], 1);
	assert_int_equal(gap->people[PLAN_BLOCK_DAY], 1);
	/* What it would cost: the one who is busy opens the place that they leave. */
	assert_int_equal(gap->fill[PLAN_BLOCK_DAY].person, 5);
	assert_int_equal(gap->fill[PLAN_BLOCK_DAY].from, 103);
	assert_int_equal(gap->fill[PLAN_BLOCK_DAY].change[PLAN_COVERAGE], 0);
	assert_int_equal(gap->fill[PLAN_BLOCK_WEEK].person, 3);
	assert_int_equal(gap->fill[PLAN_BLOCK_WEEK].change[PLAN_COVERAGE], -1);
	assert_int_equal(gap->fill[PLAN_BLOCK_WEEK].change[PLAN_FAIRNESS], 3);
	assert_int_equal(gap->fill[PLAN_BLOCK_EXEMPT].person, 0);
}

TEST(a_missing_role_is_explained, none)
{
	struct little l;

	little_init(&l, 2, 3);
	l.shifts[1].day = 0;
	l.shifts[0].needed[PLAN_LEADER] = l.shifts[1].needed[PLAN_LEADER] = 1;
	l.people[0].roles = 1u << PLAN_LEADER;
	for (int p = 1; p <= 3; p++) {
		offer(&l, p, 101, 0);
		offer(&l, p, 102, 0);
	}
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.gap_count, 1);
	const struct plan_gap *gap = &a.gaps[0];
	assert_int_equal(gap->role, PLAN_LEADER);
	assert_int_equal(gap->people[PLAN_BLOCK_DAY], 1);
	assert_int_equal(gap->people[PLAN_BLOCK_ROLE] + gap->people[PLAN_BLOCK_HERE], 2);
	assert_int_equal(gap->fill[PLAN_BLOCK_DAY].person, 1);
	assert_int_equal(gap->fill[PLAN_BLOCK_DAY].change[PLAN_LEADERS], 0);
}

/* ---- planning anew ---- */

TEST(a_drop_out_changes_as_little_as_can_be, none)
{
	struct duty_size size = { 7, 3, 40, 3, 0, 12 };
	CLEANUP(duty_case_finish) struct duty_case c = { 0 };

	duty_case_random(7, &size, &c);
	c.problem.mode = PLAN_STAGES;
	CLEANUP(plan_answer_finish) struct plan_answer first = solve(&c.problem, QUICK);
	assert_true(first.assignment_count > 10);
	int64_t gone = first.assignments[4].person;
	int places = 0, kept = 0;
	for (int i = 0; i < first.assignment_count; i++)
		places += first.assignments[i].person == gone;
	for (int i = 0; i < c.problem.offer_count; i++)
		if (c.offers[i].person != gone)
			c.offers[kept++] = c.offers[i];
	c.problem.offer_count = kept;
	c.problem.previous = first.assignments;
	c.problem.previous_count = first.assignment_count;
	CLEANUP(plan_answer_finish) struct plan_answer second = solve(&c.problem, QUICK);
	/* Coverage is as good as it can be; the others move only where that fills a place or a
	 * role. */
	CLEANUP(plan_answer_finish) struct plan_answer anew = { 0 };
	c.problem.previous_count = 0;
	anew = solve(&c.problem, QUICK);
	assert_int_equal(second.cost[PLAN_COVERAGE], anew.cost[PLAN_COVERAGE]);
	assert_int_equal(second.cost[PLAN_LEADERS], anew.cost[PLAN_LEADERS]);
	assert_true(second.cost[PLAN_CHANGES] >= places);
	assert_true(second.cost[PLAN_CHANGES] <= places + 4);
	assert_true(second.proven > PLAN_CHANGES);
}

/* ---- the same every time ---- */

static void shuffle(void *rows, int count, size_t size)
{
	char *at = rows;
	CLEANUP(mem_free) char *spare = mem_alloc(size);

	for (int i = 0; i < count / 2; i++) {
		memcpy(spare, at + (size_t)i * size, size);
		memcpy(at + (size_t)i * size, at + (size_t)(count - 1 - i) * size, size);
		memcpy(at + (size_t)(count - 1 - i) * size, spare, size);
	}
}

static void assert_same(const struct plan_answer *a, const struct plan_answer *b)
{
	assert_int_equal(a->assignment_count, b->assignment_count);
	assert_memory_equal(a->assignments, b->assignments,
		(size_t)a->assignment_count * sizeof(*a->assignments));
	assert_int_equal(a->bound, b->bound);
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->gap_count, b->gap_count);
}

TEST(the_order_of_the_lists_changes_nothing, none)
{
	struct duty_size size = { 7, 3, 40, 6, 2, 20 };
	CLEANUP(duty_case_finish) struct duty_case c = { 0 };

	duty_case_random(11, &size, &c);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&c.problem, QUICK);
	shuffle(c.shifts, c.problem.shift_count, sizeof(*c.shifts));
	shuffle(c.people, c.problem.people_count, sizeof(*c.people));
	shuffle(c.offers, c.problem.offer_count, sizeof(*c.offers));
	shuffle(c.pairs, c.problem.pair_count, sizeof(*c.pairs));
	CLEANUP(plan_answer_finish) struct plan_answer b = solve(&c.problem, QUICK);
	assert_same(&a, &b);
	assert_true(a.is_reproducible);
}

/* ---- when the helper fails ---- */

TEST(without_the_helper_a_start_is_made_and_said_so, none)
{
	struct duty_size size = { 7, 3, 40, 3, 2, 15 };
	CLEANUP(duty_case_finish) struct duty_case c = { 0 };
	const struct plan_options missing = { .helper = "/nowhere/jiaplus-planner" };
	const struct plan_options silent = { .helper = "/bin/true" };

	duty_case_random(3, &size, &c);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&c.problem, &missing);
	assert_int_equal(a.status, PLAN_FELL_BACK);
	assert_true(a.is_reproducible);
	assert_int_equal(a.proven, 0);
	CLEANUP(plan_answer_finish) struct plan_answer b = solve(&c.problem, &silent);
	assert_int_equal(b.status, PLAN_FELL_BACK);
	assert_same(&a, &b);
	CLEANUP(plan_answer_finish) struct plan_answer best = solve(&c.problem, USUAL);
	assert_true(best.objective <= a.objective);
}

/* A program that answers every request with one message; then it does `then`. */
static char *impostor(const char *json, const char *then)
{
	char *path = mem_text("/tmp/jiaplus-plan-XXXXXX");
	int fd = mkstemp(path);
	size_t n = strlen(json);

	assert_true(fd >= 0);
	dprintf(fd, "#!/bin/sh\nprintf '\\0\\0\\%03o\\%03o%%s' '%s'\n%s\n", (unsigned)(n >> 8),
		(unsigned)(n & 0xFF), json, then);
	fchmod(fd, 0700);
	close(fd);
	return path;
}

TEST(a_helper_that_breaks_a_rule_is_not_believed, none)
{
	static const char *const answers[] = {
		/* a shift that was not offered; no such person; twice; no roster; no event */
		"{\"event\":\"done\",\"roster\":[1,102],\"bound\":0,\"proven\":6,\"status\":0}",
		"{\"event\":\"better\",\"roster\":[99,101]}",
		"{\"event\":\"better\",\"roster\":[1,101,1,101]}",
		"{\"event\":\"done\"}",
		"{\"event\":\"failed\"}",
		"{\"what\":1}",
	};
	struct little l;

	little_init(&l, 2, 1);
	offer(&l, 1, 101, 0);
	for (size_t i = 0; i < ARRAY_LEN(answers); i++) {
		CLEANUP(mem_free) char *helper = impostor(answers[i], "cat >/dev/null");
		const struct plan_options options = { .helper = helper };
		CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, &options);
		assert_int_equal(a.status, PLAN_FELL_BACK);
		assert_true(serves(&a, 1, 101));
		unlink(helper);
	}
}

TEST(what_a_helper_told_before_it_was_killed_stands, none)
{
	CLEANUP(mem_free)
	char *helper = impostor(
		"{\"event\":\"better\",\"roster\":[2,101]}", "head -c 9 >/dev/null; kill -9 $$");
	const struct plan_options options = { .helper = helper };
	struct little l;

	/* Different from what our own start would give. */
	little_init(&l, 1, 2);
	offer(&l, 1, 101, -2);
	offer(&l, 2, 101, 3);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, &options);
	assert_int_equal(a.status, PLAN_FELL_BACK);
	assert_true(serves(&a, 2, 101));
	assert_int_equal(a.proven, 0);
	unlink(helper);
}

TEST(a_helper_that_is_silent_is_stopped_by_the_clock, none)
{
	CLEANUP(mem_free) char *helper = impostor("", "cat >/dev/null");
	const struct plan_options options = { .helper = helper, .backstop_ms = 1 };
	struct little l;

	little_init(&l, 1, 1);
	offer(&l, 1, 101, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, &options);
	assert_true(a.status == PLAN_LATE || a.status == PLAN_FELL_BACK);
	assert_true(serves(&a, 1, 101));
	unlink(helper);
}

TEST(a_loop_takes_the_best_so_far_when_it_will_not_wait, none)
{
	struct duty_size size = { 28, 3, 60, 20, 0, 30 };
	CLEANUP(duty_case_finish) struct duty_case c = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer a = { 0 };
	int64_t cost[PLAN_STAGE_COUNT];
	struct plan_run *run = NULL;
	struct err err = { 0 };

	duty_case_random(5, &size, &c);
	assert_ok(plan_run_start(&c.problem, USUAL, &run, &err), &err);
	struct pollfd polled = { plan_run_fd(run), plan_run_events(run), 0 };
	poll(&polled, 1, 1000);
	plan_run_turn(run);
	plan_run_take(run, &a);
	assert_null(duty_case_check(&c.problem, a.assignments, a.assignment_count, cost));
	assert_true(a.status == PLAN_LATE || a.status == PLAN_PROVEN);
	if (a.status == PLAN_LATE)
		assert_false(a.is_reproducible);
}

/* ---- problems that make no sense; rosters made by hand ---- */

TEST(a_problem_that_makes_no_sense_is_refused, none)
{
	struct plan_answer a = { 0 };
	struct err err = { 0 };
	struct little l;

	little_init(&l, 2, 2);
	offer(&l, 1, 999, 0);
	assert_int_equal(plan_solve(&l.problem, NULL, &a, &err), ERR_INVALID);
	assert_int_equal(err.reasons[0].code, REASON_PLAN_BAD);
	assert_string_equal(err.reasons[0].text, "offer");
	little_init(&l, 2, 2);
	l.people[1].id = 1;
	assert_int_equal(plan_solve(&l.problem, NULL, &a, &err), ERR_INVALID);
	assert_string_equal(err.reasons[0].text, "person");
	little_init(&l, 2, 2);
	l.shifts[1].end = l.shifts[1].start;
	assert_int_equal(plan_solve(&l.problem, NULL, &a, &err), ERR_INVALID);
	assert_string_equal(err.reasons[0].text, "shift");
}

TEST(nothing_to_plan_is_an_empty_roster, none)
{
	struct little l;

	little_init(&l, 0, 0);
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.assignment_count, 0);
	assert_int_equal(a.gap_count, 0);
	assert_int_equal(a.status, PLAN_PROVEN);
	little_init(&l, 2, 0);
	CLEANUP(plan_answer_finish) struct plan_answer b = solve(&l.problem, USUAL);
	assert_int_equal(b.cost[PLAN_COVERAGE], 2);
}

static uint32_t blocks_of(const struct little *l, int64_t person, int64_t shift)
{
	CLEANUP(model_finish) struct model model = { 0 };
	CLEANUP(seats_finish) struct seats seats = { 0 };
	struct err err = { 0 };

	assert_ok(model_init(&model, &l->problem, &err), &err);
	seats_init(&seats, &model);
	return seats_blocks(&seats, model_person(&model, person), model_shift(&model, shift));
}

TEST(all_reasons_against_somebody_are_told, none)
{
	const struct plan_assignment given[] = { { 1, 101 }, { 2, 103 } };
	struct little l;

	little_init(&l, 3, 2);
	l.shifts[1].day = 0;
	l.people[0].max_per_week = 1;
	offer(&l, 1, 101, 0);
	offer(&l, 1, 102, 0);
	l.problem.locks = given;
	l.problem.lock_count = 2;
	assert_int_equal(blocks_of(&l, 1, 102), 1u << PLAN_BLOCK_DAY | 1u << PLAN_BLOCK_WEEK);
	assert_int_equal(blocks_of(&l, 2, 102), 1u << PLAN_BLOCK_UNAVAILABLE);
	assert_int_equal(blocks_of(&l, 2, 103), 1u << PLAN_BLOCK_HERE);
	l.problem.lock_count = 0;
	assert_int_equal(blocks_of(&l, 1, 102), 0);
}

TEST(a_roster_made_by_hand_is_counted_as_it_is, none)
{
	const struct plan_assignment given[] = { { 1, 101 }, { 1, 102 }, { 2, 103 } };
	struct little l;

	little_init(&l, 4, 2);
	l.shifts[1].day = 0;
	offer(&l, 1, 101, -2);
	offer(&l, 1, 102, 3);
	l.problem.locks = given;
	l.problem.lock_count = 3;
	CLEANUP(plan_answer_finish) struct plan_answer a = solve(&l.problem, USUAL);
	assert_int_equal(a.assignment_count, 3);
	assert_int_equal(a.cost[PLAN_COVERAGE], 1);
	assert_int_equal(a.cost[PLAN_WISHES], 1);
	assert_int_equal(a.gap_count, 1);
	assert_int_equal(a.gaps[0].shift, 104);
}
