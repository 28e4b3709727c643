/* Problems, rosters and results as messages between jiaplus and jiaplus-planner (pipe.h).
 *
 * To the helper: {"do": "plan", "problem": …, "effort": n}, one in its life. From it, with "event":
 *
 *   better   roster                                   each time that it has found a better one
 *   done     roster bound proven status
 *   failed   what                                     the problem makes no sense
 *
 * A roster is a list of offers: [person id, shift id, person id, shift id, …], locks included. */
#pragma once

#include <jansson.h>

#include "core/duty/plan/plan.h"
#include "core/duty/plan/seats.h"
#include "core/duty/plan/solve.h"

#define PLANNER_PROGRAM "jiaplus-planner"

json_t *wire_problem(const struct plan_problem *, int effort);

/* A problem read from a message: the arrays are its own. */
struct wire_problem {
	struct plan_problem problem;
	int effort;
	void *owned[8];
};
/* ERR_INVALID PLAN_BAD. model_init checks whether the problem is consistent. */
int wire_problem_read(const json_t *message, struct wire_problem *ret, struct err *err);
void wire_problem_finish(struct wire_problem *); /* also for CLEANUP */

/* `result` NULL: better, else done. */
json_t *wire_event(const struct seats *, const struct solve_result *result);

/* 1: a roster that is better than nothing came, now in `seats` (which held only the base);
 * *ret_done: it was the last. 0: the message says failed. ERR_DEVICE HELPER_FAILED for any other
 * message, or a roster that breaks a hard rule: nothing of it is used. */
int wire_event_read(const json_t *message, struct seats *seats, struct solve_result *ret_result,
	bool *ret_done, struct err *err);
