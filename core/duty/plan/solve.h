/* From a problem to the best roster within a given amount of work: a start by local search, the
 * relaxation's bound, neighbourhoods solved exactly, and branch and bound on what is left. */
#pragma once

#include "core/duty/plan/seats.h"

/* Called with each better roster. */
typedef void solve_report(void *context, const struct seats *better);

struct solve_result {
	/* As in plan_answer. */
	int64_t bound;
	int proven;
	enum plan_status status; /* PLAN_PROVEN or PLAN_STOPPED */
};

/* Improves `seats`, which start_make made. `effort`: per cent of the usual. */
void solve_best(
	struct seats *, int effort, solve_report *report, void *context, struct solve_result *ret);
