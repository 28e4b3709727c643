/* Rosters judged independently of the planner: instances from a file or made at random, and a
 * checker that shares nothing with core/duty/plan but the form of a problem. */
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
void duty_case_finish(struct duty_case *); /* also for CLEANUP */

/* Reads a file in the format that the instances' README describes; 0, or −1 after a message on
 * stderr. */
int duty_case_read(const char *path, struct duty_case *ret);

struct duty_size {
	int days, shifts_a_day, people, pairs, locks;
	int offers_in_100; /* how many of the shifts a person offers to serve */
	int previous, taken, bars;
};
/* A random instance that looks like those files. */
void duty_case_random(uint64_t seed, const struct duty_size *size, struct duty_case *ret);

/* Counts costs by stage from the assignments alone (missing roles, open places and changes at the
 * problem's weights in PLAN_WEIGHTS), and looks for broken rules: NULL, or a static text that names
 * the first. Locks may break rules. */
const char *duty_case_check(const struct plan_problem *problem,
	const struct plan_assignment *assignments, int count, int64_t ret_cost[PLAN_STAGE_COUNT]);
