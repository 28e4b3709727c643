/* Rosters judged apart from the planner: instances in a file or made at random, and a checker that
 * shares nothing with core/duty/plan but the shape of a problem. */
#pragma once

#include <stdint.h>

#include "core/duty/plan/plan.h"

/* A problem with its arrays. People and shifts of a file have ids from 1, in the file's order. */
struct duty_case {
	struct plan_problem problem;
	struct plan_shift *shifts;
	struct plan_person *people;
	struct plan_offer *offers;
	struct plan_pair *pairs;
	struct plan_assignment *locks, *bars, *previous;
	struct plan_taken *taken;
};
void duty_case_finish(struct duty_case *); /* for CLEANUP, too */

/* Reads a file of the format that the instances' README tells; 0, or −1 with a word on stderr. */
int duty_case_read(const char *path, struct duty_case *ret);

struct duty_size {
	int days, shifts_a_day, people, pairs, locks;
	int offers_in_100; /* how many of the shifts somebody offers */
	int previous, taken, bars;
};
/* An instance that looks like those files. */
void duty_case_random(uint64_t seed, const struct duty_size *size, struct duty_case *ret);

/* Counts costs by stage from the assignments alone (missing roles, open places and changes at the
 * problem's weights in PLAN_WEIGHTS), and looks for broken rules: NULL, or a static text that names
 * the first. Locks may break rules. */
const char *duty_case_check(const struct plan_problem *problem,
	const struct plan_assignment *assignments, int count, int64_t ret_cost[PLAN_STAGE_COUNT]);
