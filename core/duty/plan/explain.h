/* What a roster means to people: its assignments, its costs, and why each gap stays open. */
#pragma once

#include "core/duty/plan/seats.h"

/* Fills assignments, costs and gaps of `ret`, which is empty; objective is the sum of the costs in
 * PLAN_WEIGHTS, else the coverage's. `seats` is changed while trying, and restored. */
void explain(struct seats *, struct plan_answer *ret);
