#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "tests/lib/chance.h"
#include "tests/lib/duty_case.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define HELPER JIAPLUS_BUILDDIR "/jiaplus-planner"
#define FOLDER JIAPLUS_SOURCEDIR "/../shared/roster"

static const struct plan_options usual = { .helper = HELPER };

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

TEST(no_hard_rule_is_ever_broken, none)
{
	static const struct duty_size sizes[] = {
		{ 7, 2, 12, 2, 3, 30, 6, 5, 6 },
		{ 14, 3, 30, 10, 4, 15, 30, 10, 20 },
		{ 10, 4, 25, 8, 6, 50, 0, 12 },
		{ 28, 3, 40, 12, 3, 20, 60, 0, 40 },
	};
	const struct plan_options quick = { .helper = HELPER, .effort = 10 };

	for (int round = 0; round < 12; round++) {
		CLEANUP(duty_case_finish) struct duty_case c = { 0 };
		duty_case_random(chance_seed() + (uint64_t)round, &sizes[round % 4], &c);
		c.problem.mode = round % 3 == 0 ? PLAN_STAGES : PLAN_WEIGHTS;
		CLEANUP(plan_answer_finish) struct plan_answer a = solve(&c.problem, &quick);
		if (c.problem.mode == PLAN_WEIGHTS)
			assert_true(a.bound <= a.objective);
		assert_true(a.status != PLAN_PROVEN || a.bound == a.objective ||
			    c.problem.mode == PLAN_STAGES);
	}
}

/* ---- against all rosters there are ---- */

static bool is_better(const struct plan_problem *p, const int64_t *a, const int64_t *b)
{
	int64_t x = 0, y = 0;

	for (int i = 0; i < PLAN_STAGE_COUNT; i++) {
		if (p->mode == PLAN_STAGES && a[i] != b[i])
			return a[i] < b[i];
		x += a[i];
		y += b[i];
	}
	return p->mode == PLAN_WEIGHTS && x < y;
}

/* Every set of offers in addition to the locks. */
static void best_of_all(const struct plan_problem *p, int64_t ret_best[PLAN_STAGE_COUNT])
{
	struct plan_assignment rows[32];
	bool has_any = false;

	for (uint32_t set = 0; set < 1u << p->offer_count; set++) {
		int64_t cost[PLAN_STAGE_COUNT];
		int count = 0;
		for (int i = 0; i < p->lock_count; i++)
			rows[count++] = p->locks[i];
		for (int i = 0; i < p->offer_count; i++)
			if (set >> i & 1)
				rows[count++] = (struct plan_assignment){ p->offers[i].person,
					p->offers[i].shift };
		if (duty_case_check(p, rows, count, cost))
			continue;
		if (!has_any || is_better(p, cost, ret_best))
			memcpy(ret_best, cost, sizeof(cost));
		has_any = true;
	}
	assert_true(has_any);
}

TEST(small_plans_are_the_best_of_all_rosters, none)
{
	static const struct duty_size size = { 3, 2, 4, 2, 1, 40, 3, 1, 2 };

	for (int round = 0, done = 0; done < 30; round++) {
		CLEANUP(duty_case_finish) struct duty_case c = { 0 };
		int64_t best[PLAN_STAGE_COUNT];
		duty_case_random(chance_seed() + (uint64_t)round, &size, &c);
		if (c.problem.offer_count > 12)
			continue;
		done++;
		c.problem.mode = round % 2 ? PLAN_STAGES : PLAN_WEIGHTS;
		best_of_all(&c.problem, best);
		CLEANUP(plan_answer_finish) struct plan_answer a = solve(&c.problem, &usual);
		assert_int_equal(a.status, PLAN_PROVEN);
		assert_false(is_better(&c.problem, best, a.cost));
		assert_false(is_better(&c.problem, a.cost, best));
	}
}

/* ---- instances whose optimum is known ---- */

TEST(known_instances_are_solved_to_their_optimum, none)
{
	static const struct {
		const char *name;
		int64_t optimum;
	} known[] = { { "S_1", 8756 }, { "S_2", 10487 }, { "S_3", 5406 }, { "M_1", 10166 },
		{ "HS_1", 21933 } };

	if (access(FOLDER, R_OK) != 0)
		test_skip("no instances in " FOLDER);
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		CLEANUP(duty_case_finish) struct duty_case c = { 0 };
		CLEANUP(mem_free) char *path = mem_printf(FOLDER "/%s.txt", known[i].name);
		assert_int_equal(duty_case_read(path, &c), 0);
		CLEANUP(plan_answer_finish) struct plan_answer a = solve(&c.problem, &usual);
		assert_int_equal(a.objective, known[i].optimum);
		assert_int_equal(a.bound, known[i].optimum);
		assert_int_equal(a.status, PLAN_PROVEN);
	}
}
