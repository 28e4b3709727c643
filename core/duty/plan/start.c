#include "core/duty/plan/start.h"

#include "core/duty/plan/search.h"

#define STEPS_AN_OFFER 300

/* Each stage is annealed at its own temperatures, then the later ones at theirs: those are too low
 * to give up what was gained before. */
void start_make(struct seats *seats, int effort)
{
	const struct model *m = seats->m;
	int64_t steps = (int64_t)m->offer_count * STEPS_AN_OFFER * effort / 100;

	if (m->mode == PLAN_WEIGHTS) {
		search_anneal(seats, &(struct search_plan){ steps / 6, 300, 8, 1 });
		search_anneal(seats, &(struct search_plan){ steps, 8, 0.15, 2 });
		return;
	}
	for (int i = 0; i < PLAN_STAGE_COUNT; i++)
		search_anneal(seats,
			&(struct search_plan){ steps / PLAN_STAGE_COUNT, 3 * (double)m->weight[i],
				0.15 * (double)m->weight[i], (uint64_t)i + 1 });
}
