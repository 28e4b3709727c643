/* Local search on a roster: simulated annealing, whose steps seat somebody where they are not, make
 * room for them, and fill what that leaves open. Ends by count; the same every time. */
#pragma once

#include "core/duty/plan/seats.h"

/* Numbers that look random and are the same in every run. */
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

/* Leaves the best that was seen in `seats`. */
void search_anneal(struct seats *, const struct search_plan *);
