/* What a roster means to people: its assignments, its costs, and why each gap stays open. */
#pragma once

#include "core/duty/plan/seats.h"

/* Assignments, costs and gaps of `ret`, which is empty; objective is the cost's sum in
 * PLAN_WEIGHTS, else the coverage's. `seats` is tried upon and comes back as it was. */
void explain(struct seats *, struct plan_answer *ret);
