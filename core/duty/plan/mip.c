#include "core/duty/plan/mip.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define SLACK           1e-6
#define SLACK_RELATIVE  1e-9
#define NODE_ITERATIONS 8 /* the overhead of a node */

/* ---- columns ---- */

static int add_column(struct mip *x, int offer, double upper)
{
	int j = glp_add_cols(x->lp, 1);

	if (j % 1024 == 1)
		x->columns = mem_resize(x->columns, (size_t)(j + 1024) * sizeof(*x->columns));
	x->columns[j] = (struct mip_column){ .offer = offer };
	x->column_count = j;
	if (upper > 0)
		glp_set_col_bnds(x->lp, j, GLP_DB, 0, upper);
	else
		glp_set_col_bnds(x->lp, j, GLP_FX, 0, 0);
	glp_set_col_kind(x->lp, j, GLP_IV);
	return j;
}

static int count_twins(const struct seats *base, const struct model_offer *at)
{
	int count = 0;

	for (int t = at->first_twin; t < at->end_twin; t++)
		count += seats_has(base, base->m->twins[t]);
	return count;
}

static void add_offers(struct mip *x, const struct seats *base, const bool *excluded)
{
	const struct model *m = x->m;

	for (int o = 0; o < m->offer_count; o++) {
		const struct model_offer *at = &m->offers[o];
		if ((excluded && excluded[o]) ||
			base->count[at->shift] >= m->shifts[at->shift].headcount ||
			seats_block(base, o) != PLAN_BLOCK_NONE)
			continue;
		int j = add_column(x, o, 1);
		x->column_of[o] = j;
		x->columns[j].cost[PLAN_WISHES] =
			at->cost - (int64_t)count_twins(base, at) * m->pair_bonus;
		x->columns[j].cost[PLAN_CHANGES] = at->is_previous ? -m->change : 0;
	}
}

/* ---- rows ---- */

/* Adds a row of `count` entries, in index and value from 1. */
static int add_row(struct mip *x, int count, int type, double low, double high)
{
	int i = glp_add_rows(x->lp, 1);

	glp_set_row_bnds(x->lp, i, type, low, high);
	glp_set_mat_row(x->lp, i, count, x->index, x->value);
	x->row_count = i;
	return i;
}

static void enter(struct mip *x, int *count, int column, double value)
{
	x->index[++*count] = column;
	x->value[*count] = value;
}

/* The free x of a shift, only those with a role (−1: all). */
static int enter_shift(struct mip *x, int shift, int role)
{
	const struct model *m = x->m;
	int count = 0;

	for (int i = m->shifts[shift].first_candidate; i < m->shifts[shift].end_candidate; i++) {
		int o = m->candidates[i];
		if (x->column_of[o] &&
			(role < 0 || m->people[m->offers[o].person].roles >> role & 1))
			enter(x, &count, x->column_of[o], 1);
	}
	return count;
}

static void add_shift(struct mip *x, const struct seats *base, int shift)
{
	const struct model *m = x->m;
	const struct model_shift *at = &m->shifts[shift];
	int open = at->headcount - base->count[shift];

	if (open > 0) {
		int u = add_column(x, -1, open);
		int count = enter_shift(x, shift, PLAN_ANYBODY);
		x->columns[u].cost[PLAN_COVERAGE] = m->unfilled;
		enter(x, &count, u, 1);
		x->columns[u].twins[0] = add_row(x, count, GLP_FX, open, open);
	}
	for (int r = 0; r < PLAN_ROLES_MAX; r++) {
		int missing = at->needed[r] - base->have[shift * PLAN_ROLES_MAX + r];
		if (missing <= 0)
			continue;
		int v = add_column(x, -1, missing);
		int count = enter_shift(x, shift, r);
		x->columns[v].cost[model_role_stage(r)] = m->role[r];
		enter(x, &count, v, 1);
		x->columns[v].twins[0] = add_row(x, count, GLP_LO, missing, 0);
	}
}

/* The free x of a person on the days [from, to]; returns on how many days there are any. */
static int enter_days(struct mip *x, int person, int from, int to, int *count)
{
	const struct model *m = x->m;
	int days = 0;

	x->visit++;
	for (int o = m->people[person].first_offer; o < m->people[person].end_offer; o++) {
		int day = m->shifts[m->offers[o].shift].day;
		if (!x->column_of[o] || day < from || day > to)
			continue;
		enter(x, count, x->column_of[o], 1);
		days += x->visited[day] != x->visit;
		x->visited[day] = x->visit;
	}
	return days;
}

/* The sum of a person's x equals the steps of their load. */
static void add_load(struct mip *x, const struct seats *base, int person)
{
	const struct model *m = x->m;
	const struct model_person *who = &m->people[person];
	int count = 0, days = enter_days(x, person, 0, m->days, &count);
	int steps = who->period_cap - base->total[person];

	if (count == 0)
		return;
	steps = steps < days ? steps : days;
	int first = x->column_count + 1;
	for (int j = 1; j <= steps; j++) {
		int y = add_column(x, -1, 1);
		x->columns[y].cost[PLAN_FAIRNESS] =
			2 * (int64_t)(who->history + base->total[person] + j) - 1;
		enter(x, &count, y, -1);
	}
	int row = add_row(x, count, GLP_FX, 0, 0);
	for (int j = 0; j < steps; j++)
		x->columns[first + j].twins[0] = -row;
}

static void add_weeks(struct mip *x, const struct seats *base, int person)
{
	const struct model *m = x->m;

	for (int week = 0; week < m->weeks; week++) {
		int monday = week * 7 - m->margin - m->first_weekday, count = 0;
		int cap = m->people[person].week_cap - base->week[person * m->weeks + week];
		int days = enter_days(x, person, monday, monday + 6, &count);
		if (days > 0 && days > cap &&
			cap < m->people[person].period_cap - base->total[person])
			add_row(x, count, GLP_UP, 0, cap);
	}
}

static const struct model_use *use_of(const struct seats *s, int person, int day)
{
	return &s->use[(size_t)person * (size_t)s->m->span + (size_t)(s->m->margin + day)];
}

/* Of this many days in a row, one must be free. */
static void add_consecutive(struct mip *x, const struct seats *base, int person)
{
	const struct model *m = x->m;
	int length = m->max_consecutive + 1;

	int first = m->max_consecutive < m->margin ? -m->max_consecutive : -m->margin;
	for (int from = first; from < m->days && from + length <= m->days + m->margin; from++) {
		int count = 0, taken = 0;
		for (int day = from; day < from + length; day++)
			taken += use_of(base, person, day)->count > 0;
		int days = enter_days(x, person, from, from + length - 1, &count);
		if (days > 0 && days + taken == length)
			add_row(x, count, GLP_UP, 0, days - 1);
	}
}

/* One shift a day, and only one of a late shift and the early ones after it: the largest such sets.
 * Offers are sorted by shift id, so a day's are gathered and sorted by their end. */
struct late {
	int column, end, start;
};

static int by_end(const void *a, const void *b)
{
	const struct late *x = a, *y = b;

	return x->end != y->end ? (x->end > y->end) - (x->end < y->end)
				: (x->column > y->column) - (x->column < y->column);
}

static int gather_day(struct mip *x, int person, int day, struct late *ret)
{
	const struct model *m = x->m;
	int count = 0;

	for (int o = m->people[person].first_offer; o < m->people[person].end_offer; o++) {
		const struct model_shift *at = &m->shifts[m->offers[o].shift];
		if (x->column_of[o] && at->day == day)
			ret[count++] = (struct late){ x->column_of[o], at->end, at->start };
	}
	qsort(ret, (size_t)count, sizeof(*ret), by_end);
	return count;
}

/* Those of tomorrow that begin too early after `end`. */
static int enter_early(
	struct mip *x, const struct late *early, int early_count, int end, int *count)
{
	int before = *count;

	for (int i = 0; i < early_count; i++)
		if (early[i].start + 1440 - end < x->m->rest_minutes)
			enter(x, count, early[i].column, 1);
	return *count - before;
}

static void add_days(struct mip *x, int person, struct late *today, struct late *tomorrow)
{
	const struct model *m = x->m;
	int today_count = gather_day(x, person, 0, today);

	for (int day = 0; day < m->days; day++) {
		int tomorrow_count = gather_day(x, person, day + 1, tomorrow), most = 0;
		bool has_whole = false;
		for (int i = 0; i < today_count; i++) {
			int count = 0;
			int early = enter_early(x, tomorrow, tomorrow_count, today[i].end, &count);
			if (early <= most)
				continue;
			most = early;
			has_whole = has_whole || i == 0;
			for (int k = i; k < today_count; k++)
				enter(x, &count, today[k].column, 1);
			add_row(x, count, GLP_UP, 0, 1);
		}
		if (!has_whole && today_count > 1) {
			int count = 0;
			for (int k = 0; k < today_count; k++)
				enter(x, &count, today[k].column, 1);
			add_row(x, count, GLP_UP, 0, 1);
		}
		struct late *swap = today;
		today = tomorrow;
		tomorrow = swap;
		today_count = tomorrow_count;
	}
}

static void add_pairs(struct mip *x)
{
	const struct model *m = x->m;

	for (int o = 0; o < m->offer_count; o++) {
		for (int t = m->offers[o].first_twin; t < m->offers[o].end_twin; t++) {
			int a = x->column_of[o], b = x->column_of[m->twins[t]];
			if (!a || !b || a > b || m->pair_bonus == 0)
				continue;
			int z = add_column(x, -1, 1);
			x->columns[z].cost[PLAN_WISHES] = -m->pair_bonus;
			x->columns[z].twins[0] = a;
			x->columns[z].twins[1] = b;
			for (int i = 0; i < 2; i++) {
				int count = 0;
				enter(x, &count, z, 1);
				enter(x, &count, x->columns[z].twins[i], -1);
				add_row(x, count, GLP_UP, 0, 0);
			}
		}
	}
}

/* Pairs that share nobody take two places each: three places allow one pair, not one and a half. */
static void add_pair_limits(struct mip *x, const struct seats *base, int first)
{
	const struct model *m = x->m;

	for (int o = 0; o < m->offer_count; o++)
		if (m->offers[o].end_twin - m->offers[o].first_twin > 1)
			return;
	for (int s = 0; s < m->shift_count; s++) {
		int count = 0, open = m->shifts[s].headcount - base->count[s];
		for (int z = first; z <= x->column_count; z++)
			if (m->offers[x->columns[x->columns[z].twins[0]].offer].shift == s)
				enter(x, &count, z, 1);
		if (count > open / 2 && open % 2 == 1)
			add_row(x, count, GLP_UP, 0, (int)(open / 2));
	}
}

void mip_init(struct mip *x, const struct seats *base, const bool *excluded)
{
	const struct model *m = base->m;
	size_t room = (size_t)(m->offer_count + m->days + 64);
	CLEANUP(mem_free) struct late *today = mem_alloc(room * sizeof(*today));
	CLEANUP(mem_free) struct late *tomorrow = mem_alloc(room * sizeof(*tomorrow));

	*x = (struct mip){ .m = m, .lp = glp_create_prob() };
	x->column_of = mem_alloc(room * sizeof(*x->column_of));
	x->index = mem_alloc(2 * room * sizeof(*x->index));
	x->value = mem_alloc(2 * room * sizeof(*x->value));
	x->visited = mem_alloc(room * sizeof(*x->visited));
	x->columns = mem_alloc(1024 * sizeof(*x->columns));
	add_offers(x, base, excluded);
	for (int s = 0; s < m->shift_count; s++)
		add_shift(x, base, s);
	for (int p = 0; p < m->person_count; p++) {
		add_load(x, base, p);
		add_days(x, p, today, tomorrow);
		add_weeks(x, base, p);
		add_consecutive(x, base, p);
	}
	int first_pair = x->column_count + 1;
	add_pairs(x);
	add_pair_limits(x, base, first_pair);
	/* The cost of what is seated, without open places and missing roles, which have columns. */
	seats_cost(base, x->base);
	for (int j = 1; j <= x->column_count; j++) {
		const struct mip_column *c = &x->columns[j];
		double upper = glp_get_col_ub(x->lp, j);
		for (int i = 0; i < PLAN_CHANGES; i++)
			x->base[i] -= c->cost[i] * (int64_t)upper;
	}
}

void mip_finish(struct mip *x)
{
	if (x->lp)
		glp_delete_prob(x->lp);
	free(x->columns);
	free(x->column_of);
	free(x->visited);
	free(x->index);
	free(x->value);
	*x = (struct mip){ 0 };
}

/* ---- objective and limits ---- */

void mip_weigh(struct mip *x, const double weight[PLAN_STAGE_COUNT])
{
	double base = 0;

	for (int i = 0; i < PLAN_STAGE_COUNT; i++)
		base += weight[i] * (double)x->base[i];
	glp_set_obj_coef(x->lp, 0, base);
	for (int j = 1; j <= x->column_count; j++) {
		double cost = 0;
		for (int i = 0; i < PLAN_STAGE_COUNT; i++)
			cost += weight[i] * (double)x->columns[j].cost[i];
		glp_set_obj_coef(x->lp, j, cost);
	}
}

void mip_limit(struct mip *x, enum plan_stage stage, int64_t cost)
{
	int count = 0;
	CLEANUP(mem_free) int *index = mem_alloc((size_t)(x->column_count + 1) * sizeof(*index));
	CLEANUP(mem_free) double *value = mem_alloc((size_t)(x->column_count + 1) * sizeof(*value));

	for (int j = 1; j <= x->column_count; j++) {
		if (x->columns[j].cost[stage] == 0)
			continue;
		index[++count] = j;
		value[count] = (double)x->columns[j].cost[stage];
	}
	int i = glp_add_rows(x->lp, 1);
	glp_set_row_bnds(x->lp, i, GLP_UP, 0, (double)(cost - x->base[stage]));
	glp_set_mat_row(x->lp, i, count, index, value);
	x->row_count = i;
}

/* ---- rosters in and out ---- */

/* The values of all columns for a roster. */
static void columns_of(const struct mip *x, const struct seats *seats, double *ret)
{
	CLEANUP(mem_free) double *row = mem_alloc((size_t)(x->row_count + 1) * sizeof(*row));

	for (int j = 1; j <= x->column_count; j++) {
		const struct mip_column *c = &x->columns[j];
		ret[j] = c->offer >= 0 && seats_has(seats, c->offer);
		if (ret[j] > 0) {
			int count = glp_get_mat_col(x->lp, j, x->index, x->value);
			for (int k = 1; k <= count; k++)
				row[x->index[k]] += x->value[k];
		}
	}
	for (int j = 1; j <= x->column_count; j++) {
		const struct mip_column *c = &x->columns[j];
		if (c->offer >= 0)
			continue;
		if (c->twins[1]) {
			ret[j] = ret[c->twins[0]] > 0 && ret[c->twins[1]] > 0;
		} else if (c->twins[0] < 0) {
			ret[j] = row[-c->twins[0]] > 0.5;
			row[-c->twins[0]] -= ret[j];
		} else {
			double left = glp_get_row_lb(x->lp, c->twins[0]) - row[c->twins[0]];
			ret[j] = left > 0 ? left : 0;
		}
	}
}

void mip_start_at(struct mip *x, const struct seats *seats)
{
	CLEANUP(mem_free) double *value = mem_alloc((size_t)(x->column_count + 1) * sizeof(*value));

	columns_of(x, seats, value);
	for (int i = 1; i <= x->row_count; i++)
		glp_set_row_stat(x->lp, i, GLP_BS);
	for (int j = 1; j <= x->column_count; j++)
		glp_set_col_stat(x->lp, j, value[j] > 0.5 ? GLP_NU : GLP_NL);
}

/* How far a sum of whole numbers may be off. */
static double slack_of(double value)
{
	return SLACK + fabs(value) * SLACK_RELATIVE;
}

int64_t mip_round_up(double value)
{
	return (int64_t)ceil(value - slack_of(value));
}

/* The cost of an iteration. */
static int64_t size_of(const struct mip *x)
{
	return x->row_count + x->column_count;
}

int mip_relax(struct mip *x, struct mip_work *work, double *ret)
{
	int before = glp_get_it_cnt(x->lp);
	int64_t most = work->left / size_of(x);
	glp_smcp parm;

	if (most <= 0)
		return 0;
	glp_init_smcp(&parm);
	parm.msg_lev = GLP_MSG_OFF;
	parm.it_lim = most < INT_MAX ? (int)most : INT_MAX;
	int rc = glp_simplex(x->lp, &parm);
	work->left -= (glp_get_it_cnt(x->lp) - before) * size_of(x);
	if (rc != 0 || glp_get_status(x->lp) != GLP_OPT)
		return 0;
	*ret = glp_get_obj_val(x->lp);
	return 1;
}

int mip_exclude(
	const struct mip *x, const struct seats *seats, double relaxed, double most, bool *excluded)
{
	int kept = 0;

	for (int o = 0; o < x->m->offer_count; o++) {
		int j = x->column_of[o];
		excluded[o] = !j || (glp_get_col_stat(x->lp, j) == GLP_NL &&
					    relaxed + glp_get_col_dual(x->lp, j) >
						    most + slack_of(most) &&
					    !seats_has(seats, o));
		kept += !excluded[o];
	}
	return kept;
}

int mip_exclude_unused(const struct mip *x, const struct seats *seats, bool *excluded)
{
	int kept = 0;

	for (int o = 0; o < x->m->offer_count; o++) {
		int j = x->column_of[o];
		excluded[o] = !j || (glp_get_col_prim(x->lp, j) < SLACK && !seats_has(seats, o));
		kept += !excluded[o];
	}
	return kept;
}

void mip_fix(struct mip *x, const bool *excluded)
{
	for (int j = 1; j <= x->column_count; j++) {
		if (x->columns[j].offer < 0 || !excluded[x->columns[j].offer] ||
			glp_get_col_stat(x->lp, j) != GLP_NL)
			continue;
		glp_set_col_bnds(x->lp, j, GLP_FX, 0, 0);
		glp_set_col_stat(x->lp, j, GLP_NS);
	}
}

/* ---- branch and bound ---- */

struct branching {
	const struct mip *x;
	const double *start; /* the roster to be beaten */
	int64_t left;        /* work */
	int iterations;      /* seen so far */
	double bound;
	bool is_told;
};

/* Counts the work since the last event, at least `overhead` iterations. */
static void count_work(struct branching *b, glp_tree *tree, int overhead)
{
	int iterations = glp_get_it_cnt(b->x->lp);

	b->left -= (iterations - b->iterations + overhead) * size_of(b->x);
	b->iterations = iterations;
	if (b->left < 0)
		glp_ios_terminate(tree);
}

/* Choosing where to branch looks along a row for each fractional column. */
static int broken_columns(const struct branching *b, glp_tree *tree)
{
	int count = 0;

	for (int j = 1; j <= b->x->column_count; j++)
		count += glp_ios_can_branch(tree, j) != 0;
	return count;
}

static void on_event(glp_tree *tree, void *context)
{
	struct branching *b = context;
	int reason = glp_ios_reason(tree), best = 0;

	if (reason == GLP_IHEUR && !b->is_told) {
		glp_ios_heur_sol(tree, b->start);
		b->is_told = true;
	}
	if (reason == GLP_ISELECT)
		best = glp_ios_best_node(tree);
	if (best != 0 && glp_ios_node_bound(tree, best) > b->bound)
		b->bound = glp_ios_node_bound(tree, best);
	count_work(b, tree,
		reason == GLP_ISELECT   ? NODE_ITERATIONS
		: reason == GLP_IBRANCH ? broken_columns(b, tree)
					: 0);
}

/* Seats what the program found. */
static void take_found(struct mip *x, struct seats *seats)
{
	for (int j = 1; j <= x->column_count; j++) {
		int offer = x->columns[j].offer;
		if (offer >= 0 && seats_has(seats, offer) && glp_mip_col_val(x->lp, j) < 0.5)
			seats_drop(seats, offer);
	}
	for (int j = 1; j <= x->column_count; j++) {
		int offer = x->columns[j].offer;
		if (offer >= 0 && !seats_has(seats, offer) && glp_mip_col_val(x->lp, j) > 0.5)
			seats_put(seats, offer);
	}
}

int mip_branch(struct mip *x, struct seats *seats, struct mip_work *work, double *ret_bound)
{
	CLEANUP(mem_free) double *start = mem_alloc((size_t)(x->column_count + 1) * sizeof(*start));
	struct branching b = {
		.x = x,
		.start = start,
		.left = work->left,
		.iterations = glp_get_it_cnt(x->lp),
		.bound = glp_get_obj_val(x->lp),
	};
	glp_iocp parm;

	columns_of(x, seats, start);
	glp_init_iocp(&parm);
	parm.msg_lev = GLP_MSG_OFF;
	parm.gmi_cuts = GLP_ON;
	parm.tol_obj = SLACK_RELATIVE; /* the default misses what is better by one in ten million */
	parm.cb_func = on_event;
	parm.cb_info = &b;
	int rc = glp_intopt(x->lp, &parm);
	int status = glp_mip_status(x->lp);
	work->left = b.left;
	if (status == GLP_OPT || status == GLP_FEAS)
		take_found(x, seats);
	*ret_bound = b.bound;
	return rc == 0 && status == GLP_OPT;
}
