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
	int *column_of;                 /* of an offer, or 0 */
	int *visited; /* by day: when it was last counted; shifts' ids need not follow the days */
	int visit;
	int *index; /* scratch for a row */
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

/* How much may still be done, counted by what the simplex does, never by the clock: pivots times
 * the size of the programme. Some 60 million are a second. */
struct mip_work {
	int64_t left;
};

/* The least whole number that an optimum of floating point can mean. */
int64_t mip_round_up(double value);

/* The relaxation's optimum; 1, or 0 when it was not reached with the work left. */
int mip_relax(struct mip *, struct mip_work *, double *ret);
/* After mip_relax: which offers can be in a roster that costs at most `most`, by their reduced
 * costs, besides those that sit in `seats`; the others are marked in `excluded`. The count that
 * stays. */
int mip_exclude(
	const struct mip *, const struct seats *, double relaxed, double most, bool *excluded);
/* The same, of what the relaxation uses. */
int mip_exclude_unused(const struct mip *, const struct seats *, bool *excluded);
/* Fixes what is excluded, where it is; the relaxation stays solved. */
void mip_fix(struct mip *, const bool *excluded);
/* Branch and bound from mip_relax; a roster that costs less than `seats` replaces it. *ret_bound:
 * what was proved. 1: there is nothing better in this programme; 0: stopped. */
int mip_branch(struct mip *, struct seats *seats, struct mip_work *, double *ret_bound);
