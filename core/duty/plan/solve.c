#include "core/duty/plan/solve.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/plan/mip.h"
#include "core/duty/plan/search.h"

#define WORK_USUAL    INT64_C(300000000)
#define WORK_FIRST    12   /* 1/12 of it for each first try, which luck often ends */
#define WORK_CHOICE   40   /* 1/40 at most for one neighbourhood */
#define WORK_LAST     8    /* 1/8 reserved for the last try */
#define CHOICE_OFFERS 2500 /* how many days the first neighbourhoods have */
#define CHOICE_STEP   3    /* days */
#define REACH_GAP     15   /* branching over the whole is tried when no more can be gained … */
#define REACH_COLUMNS 7000 /* … or no more has to be searched */
#define GROUP_MAX     1e7  /* stages are solved as one while their sum stays below this */

/* One or more stages, solved as one sum. */
struct phase {
	int first, end; /* stages */
	double weight[PLAN_STAGE_COUNT];
};

struct solve {
	struct seats *best;
	const struct seats *base;
	struct mip_work work;
	int64_t work_all;
	struct phase phase;
	solve_report *report;
	void *context;
	bool *excluded;
};

static int64_t phase_sum(const struct phase *p, const int64_t cost[PLAN_STAGE_COUNT])
{
	int64_t sum = 0;

	for (int i = p->first; i < p->end; i++)
		sum += (int64_t)p->weight[i] * cost[i];
	return sum;
}

static int64_t phase_value(const struct solve *x, const struct seats *seats)
{
	int64_t cost[PLAN_STAGE_COUNT];

	seats_cost(seats, cost);
	return phase_sum(&x->phase, cost);
}

/* The program of this phase over what is not excluded, starting from `from`. */
static void programme(struct solve *x, struct mip *mip, const struct seats *base,
	const bool *excluded, const struct seats *from)
{
	int64_t cost[PLAN_STAGE_COUNT];

	seats_cost(from, cost);
	mip_init(mip, base, excluded);
	mip_weigh(mip, x->phase.weight);
	for (int i = 0; i < x->phase.first; i++)
		mip_limit(mip, (enum plan_stage)i, cost[i]);
	mip_start_at(mip, from);
}

/* How much of a program is branched over. */
enum scope {
	SCOPE_SUPPORT, /* offers that the relaxation or the current roster uses */
	SCOPE_FLAT,    /* also those with reduced cost 0 */
	SCOPE_WHOLE,   /* all that could be in a better roster */
};

/* Branches over a program whose relaxation is solved, with at most `work` of what is left. 1: it
 * contains nothing better than x->best any more. */
static int branch_over(struct solve *x, struct mip *mip, int64_t work, double *ret_proved)
{
	CLEANUP(seats_finish) struct seats found = { 0 };
	struct mip_work allowed = { work < x->work.left ? work : x->work.left };
	int64_t granted = allowed.left;

	seats_copy(&found, x->best);
	int rc = mip_branch(mip, &found, &allowed, ret_proved);
	x->work.left -= granted - allowed.left;
	if (phase_value(x, &found) < phase_value(x, x->best)) {
		seats_copy(x->best, &found);
		x->report(x->context, x->best);
	}
	return rc;
}

/* Branches over a part of the whole. 1: over all of it, and there is nothing better than x->best.
 * *bound is raised as far as it was proved. */
static int branch(struct solve *x, const struct mip *whole, double relaxed, enum scope scope,
	int64_t work, int64_t *bound)
{
	CLEANUP(mip_finish) struct mip mip = { 0 };
	int64_t value = phase_value(x, x->best);
	double again = 0, proved = relaxed;

	if (scope == SCOPE_SUPPORT)
		mip_exclude_unused(whole, x->best, x->excluded);
	else
		mip_exclude(whole, x->best, relaxed,
			scope == SCOPE_FLAT ? relaxed : (double)(value - 1), x->excluded);
	programme(x, &mip, x->base, x->excluded, x->best);
	int rc = mip_relax(&mip, &x->work, &again);
	if (rc > 0)
		rc = branch_over(x, &mip, work, &proved);
	if (scope != SCOPE_WHOLE)
		return 0;
	/* What was excluded costs at least as much as the current roster, so the bound holds. */
	value = phase_value(x, x->best);
	int64_t up = rc > 0 ? value : mip_round_up(proved);
	up = up > value ? value : up;
	*bound = up > *bound ? up : *bound;
	return rc > 0;
}

/* ---- neighbourhoods ---- */

/* Solves the chosen days again, leaving all others as they are. True when that was better. */
static bool improve_days(struct solve *x, const bool *is_chosen)
{
	const struct model *m = x->best->m;
	CLEANUP(mip_finish) struct mip mip = { 0 };
	CLEANUP(seats_finish) struct seats fixed = { 0 };
	CLEANUP(mem_free) bool *excluded = mem_alloc((size_t)(m->offer_count + 1));
	int64_t value = phase_value(x, x->best);
	double relaxed = 0, proved = 0;

	seats_copy(&fixed, x->best);
	for (int o = 0; o < m->offer_count; o++) {
		excluded[o] = !is_chosen[m->shifts[m->offers[o].shift].day];
		if (!excluded[o] && seats_has(&fixed, o) && !m->offers[o].is_locked)
			seats_drop(&fixed, o);
	}
	programme(x, &mip, &fixed, excluded, x->best);
	if (mip.column_count == 0 || !mip_relax(&mip, &x->work, &relaxed) ||
		mip_round_up(relaxed) >= value)
		return false;
	mip_exclude(&mip, x->best, relaxed, (double)(value - 1), excluded);
	mip_fix(&mip, excluded);
	branch_over(x, &mip, x->work_all / WORK_CHOICE, &proved);
	return phase_value(x, x->best) < value;
}

static int greatest_divisor(int a, int b)
{
	return b == 0 ? a : greatest_divisor(b, a % b);
}

/* This many days in a row from `from`; below 0: as many scattered ones. */
static void choose_days(const struct model *m, struct dice *dice, int from, int length, bool *ret)
{
	memset(ret, 0, (size_t)m->days * sizeof(*ret));
	for (int i = 0; i < length;) {
		int day = from < 0 ? dice_below(dice, m->days) : from + i;
		i += !ret[day];
		ret[day] = true;
	}
}

/* Solves neighbourhoods of days, larger ones whenever none of the current size helps, while work
 * above `reserve` is left. `bound`: what cannot be beaten. */
static void improve(struct solve *x, int64_t bound, int64_t reserve)
{
	const struct model *m = x->best->m;
	CLEANUP(mem_free) bool *is_chosen = mem_alloc((size_t)m->days + 1);
	int length = (int)((int64_t)CHOICE_OFFERS * m->days / (m->offer_count + 1)) + 1;
	struct dice dice = { 1 };

	for (; length < m->days; length += CHOICE_STEP) {
		/* Moves on half a window each time, in an order that visits all positions; every
		 * second choice is of scattered days. */
		int places = m->days - length + 1, stride = length / 2 + 1, from = 0;
		while (greatest_divisor(stride, places) > 1)
			stride++;
		for (int i = 0, dry = 0; dry < 2 * places; i++) {
			if (x->work.left <= reserve || phase_value(x, x->best) <= bound)
				return;
			choose_days(m, &dice, i % 2 ? -1 : from, length, is_chosen);
			from = i % 2 ? from : (from + stride) % places;
			dry = improve_days(x, is_chosen) ? 0 : dry + 1;
		}
	}
}

/* ---- phases ---- */

/* Whether branching over the whole has a chance: little to gain, or little to search. */
static bool is_within_reach(const struct solve *x, const struct mip *mip, int64_t bound)
{
	return phase_value(x, x->best) - bound <= REACH_GAP || mip->column_count <= REACH_COLUMNS;
}

/* Solves the phase; *ret_bound for its sum. 1: proven. */
static int solve_phase(struct solve *x, int64_t *ret_bound)
{
	CLEANUP(mip_finish) struct mip mip = { 0 };
	double relaxed = 0;

	*ret_bound = INT64_MIN;
	programme(x, &mip, x->base, NULL, x->best);
	if (mip.column_count == 0)
		*ret_bound = phase_value(x, x->best);
	else if (mip_relax(&mip, &x->work, &relaxed))
		*ret_bound = mip_round_up(relaxed);
	else
		return 0;
	for (enum scope scope = SCOPE_SUPPORT; scope <= SCOPE_WHOLE; scope++) {
		if (*ret_bound >= phase_value(x, x->best))
			return 1;
		if (scope > SCOPE_SUPPORT && !is_within_reach(x, &mip, *ret_bound))
			break;
		if (branch(x, &mip, relaxed, scope, x->work_all / WORK_FIRST, ret_bound))
			return 1;
	}
	improve(x, *ret_bound, is_within_reach(x, &mip, *ret_bound) ? x->work_all / WORK_LAST : 0);
	if (*ret_bound >= phase_value(x, x->best))
		return 1;
	return branch(x, &mip, relaxed, SCOPE_WHOLE, x->work.left, ret_bound);
}

/* The stages from `first` that fit into one sum. */
static void next_phase(const struct model *m, struct phase *p, int first)
{
	*p = (struct phase){ .first = first, .end = PLAN_STAGE_COUNT };
	if (m->mode == PLAN_STAGES) {
		double size = (double)m->spread[first] + 1;
		p->end = first + 1;
		while (p->end < PLAN_STAGE_COUNT &&
			size * ((double)m->spread[p->end] + 1) <= GROUP_MAX)
			size *= (double)m->spread[p->end++] + 1;
	}
	p->weight[p->end - 1] = 1;
	for (int i = p->end - 2; i >= first; i--)
		p->weight[i] = m->mode == PLAN_WEIGHTS
				       ? 1
				       : p->weight[i + 1] * ((double)m->spread[i + 1] + 1);
}

/* How many of its stages a phase has proven, given the proven minimum of its sum. */
static void count_proven(const struct solve *x, const int64_t cost[PLAN_STAGE_COUNT], int64_t bound,
	struct solve_result *ret)
{
	const struct model *m = x->best->m;
	int64_t rest = 0;

	ret->bound = bound;
	if (bound == INT64_MIN)
		return;
	for (int i = x->phase.first + 1; i < x->phase.end; i++)
		rest += (int64_t)x->phase.weight[i] * m->spread[i];
	for (int i = x->phase.first; i < x->phase.end; i++) {
		int64_t weight = (int64_t)x->phase.weight[i];
		int64_t above = bound - rest;
		ret->bound = above > 0 ? (above + weight - 1) / weight : -(-above / weight);
		if (ret->bound < cost[i])
			return;
		bound -= weight * cost[i];
		ret->proven++;
		if (i + 1 < x->phase.end)
			rest -= (int64_t)x->phase.weight[i + 1] * m->spread[i + 1];
	}
}

void solve_best(struct seats *seats, int effort, solve_report *report, void *context,
	struct solve_result *ret)
{
	const struct model *m = seats->m;
	CLEANUP(seats_finish) struct seats base = { 0 };
	CLEANUP(mem_free) bool *excluded = mem_alloc((size_t)(m->offer_count + 1));
	struct solve x = {
		.best = seats,
		.base = &base,
		.work_all = WORK_USUAL / 100 * effort,
		.report = report,
		.context = context,
		.excluded = excluded,
	};

	x.work.left = x.work_all;
	*ret = (struct solve_result){ .status = PLAN_STOPPED };
	seats_init(&base, m);
	for (int first = 0; first < PLAN_STAGE_COUNT; first = x.phase.end) {
		int64_t cost[PLAN_STAGE_COUNT], bound;
		next_phase(m, &x.phase, first);
		/* Some work is reserved for the stages after it. */
		int64_t kept = x.phase.end < PLAN_STAGE_COUNT ? x.work.left / 2 : 0;
		x.work.left -= kept;
		int rc = solve_phase(&x, &bound);
		x.work.left += kept;
		seats_cost(seats, cost);
		/* A stage is proven given those before it, so the first unproven one ends the
		 * proof. */
		if (ret->proven < first)
			continue;
		if (rc == 0 && m->mode == PLAN_STAGES) {
			count_proven(&x, cost, bound, ret);
			continue;
		}
		ret->bound = m->mode == PLAN_STAGES ? cost[PLAN_STAGE_COUNT - 1] : bound;
		ret->proven = rc ? x.phase.end : 0;
	}
	if (ret->proven == PLAN_STAGE_COUNT)
		ret->status = PLAN_PROVEN;
}
