/* A roster as an integer programme, for GLPK: the free offers on top of what sits already.
 *
 * Columns: x for each free offer (0 or 1), u for places left open, m for missing roles, y for the
 * steps of a person's load (convex, so they fill in order), z for a pair that shares a shift. Only
 * x must be whole: given whole x, the others are. All columns cost by stage, all in whole numbers,
 * so a bound may be rounded up. */
#pragma once

#include <glpk.h>

#include "core/duty/plan/seats.h"

struct mip_column {
	int offer; /* −1: not an x */
	int64_t cost[PLAN_STAGE_COUNT];
	int twins[2]; /* z: the columns of the two x; u, m, y: the row they relieve, and 0 */
};

struct mip {
	const struct model *m;
	glp_prob *lp;
	struct mip_column *columns; /* from 1, as GLPK counts */
	int column_count, row_count;
	int64_t base[PLAN_STAGE_COUNT]; /* what it costs apart from all columns */
	int *column_of; /* of an offer, or 0 */
	int *index;     /* scratch for a row */
	double *value;
};

/* On top of `base`, with the offers that are not excluded (NULL: all) and can be seated. */
void mip_init(struct mip *, const struct seats *base, const bool *excluded);
void mip_finish(struct mip *); /* for CLEANUP, too */

/* The objective: stages by weight. */
void mip_weigh(struct mip *, const double weight[PLAN_STAGE_COUNT]);
/* What stages up to now have reached may not be lost. */
void mip_limit(struct mip *, enum plan_stage stage, int64_t cost);

/* Begins the simplex at a roster of the same base. */
void mip_start_at(struct mip *, const struct seats *);
/* The relaxation's optimum; 1, or 0 when it was not reached within the iterations. */
int mip_relax(struct mip *, int iterations, double *ret);
/* Branch and bound, for at most `nodes`; a roster better than `seats` replaces it. `ret_bound` as
 * far as it was proved. 1: done, it is the best of this programme; 0: stopped. */
int mip_branch(struct mip *, struct seats *seats, int nodes, double *ret_bound);
