/* Local search on a roster: simulated annealing, whose steps seat somebody where they are not, make
 * room for them, and fill what that leaves open. Limited by counts; deterministic. */
#pragma once

#include "core/duty/plan/seats.h"

/* Pseudo-random numbers, the same in every run. */
struct dice {
	uint64_t state;
};
uint64_t dice_roll(struct dice *);
int dice_below(struct dice *, int n); /* 0 … n−1; n > 0 */

struct search_plan {
	int64_t steps;
	double hot, cold; /* temperatures, in costs of the last stage */
	uint64_t seed;
};

/* Leaves the best roster that was seen in `seats`. */
void search_anneal(struct seats *, const struct search_plan *);
