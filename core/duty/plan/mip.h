/* A roster as an integer program, for GLPK: the free offers on top of what is seated already.
 *
 * Columns: x for each free offer (0 or 1), u for places left open, m for missing roles, y for the
 * steps of a person's load (convex, so they fill in order), z for a pair that shares a shift. Only
 * x must be declared integer: given integer x, the others are. All columns have costs by stage, all
 * integers, so a bound may be rounded up. */
#pragma once

#include <glpk.h>

#include "core/duty/plan/seats.h"

struct mip_column {
	int offer; /* −1: not an x */
	int64_t cost[PLAN_STAGE_COUNT];
	int twins[2]; /* z: the columns of the two x; u, m, y: the row that they relax, and 0 */
};

struct mip {
	const struct model *m;
	glp_prob *lp;
	struct mip_column *columns; /* from 1, as GLPK counts */
	int column_count, row_count;
	int64_t base[PLAN_STAGE_COUNT]; /* the cost that does not depend on any column */
	int *column_of;                 /* of an offer, or 0 */
	int *visited; /* by day: when it was last counted; shifts' ids need not follow the days */
	int visit;
	int *index; /* scratch for a row */
	double *value;
};

/* On top of `base`, with the offers that are not excluded (NULL: all) and can be seated. */
void mip_init(struct mip *, const struct seats *base, const bool *excluded);
void mip_finish(struct mip *); /* also for CLEANUP */

/* The objective: stages by weight. */
void mip_weigh(struct mip *, const double weight[PLAN_STAGE_COUNT]);
/* Constrains stages up to now to what they have reached. */
void mip_limit(struct mip *, enum plan_stage stage, int64_t cost);

/* Starts the simplex at a roster of the same base. */
void mip_start_at(struct mip *, const struct seats *);

/* How much work is left, measured by what the simplex does, never by the clock: pivots times the
 * size of the program. Some 60 million are a second. */
struct mip_work {
	int64_t left;
};

/* The smallest integer that a floating-point optimum can mean. */
int64_t mip_round_up(double value);

/* Solves the relaxation; 1 and its optimum, or 0 when the work left did not suffice. */
int mip_relax(struct mip *, struct mip_work *, double *ret);
/* After mip_relax: which offers can be in a roster that costs at most `most`, by their reduced
 * costs, besides those in `seats`; the others are marked in `excluded`. Returns how many remain. */
int mip_exclude(
	const struct mip *, const struct seats *, double relaxed, double most, bool *excluded);
/* The same, for the offers that the relaxation uses. */
int mip_exclude_unused(const struct mip *, const struct seats *, bool *excluded);
/* Fixes what is excluded at its current value; the relaxation stays solved. */
void mip_fix(struct mip *, const bool *excluded);
/* Branch and bound from mip_relax; a roster that costs less than `seats` replaces it. *ret_bound:
 * what was proved. 1: there is nothing better in this program; 0: stopped. */
int mip_branch(struct mip *, struct seats *seats, struct mip_work *, double *ret_bound);
