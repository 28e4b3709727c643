#include "core/duty/plan/explain.h"

#include <stdlib.h>

#include "core/base/mem.h"

/* One way to fill a gap. */
struct way {
	int offer;     /* who comes */
	int from;      /* the offer that they leave, or −1 */
	int out;       /* the offer that makes room, or −1 */
	int64_t value; /* what it changes the sum by */
};

static void go(struct seats *s, const struct way *way)
{
	if (way->from >= 0)
		seats_drop(s, way->from);
	if (way->out >= 0)
		seats_drop(s, way->out);
	seats_put(s, way->offer);
}

static void go_back(struct seats *s, const struct way *way)
{
	seats_drop(s, way->offer);
	if (way->out >= 0)
		seats_put(s, way->out);
	if (way->from >= 0)
		seats_put(s, way->from);
}

static int64_t value_of(struct seats *s, const struct way *way)
{
	int64_t before = s->value;

	go(s, way);
	int64_t change = s->value - before;
	go_back(s, way);
	return change;
}

static void keep_cheaper(struct seats *s, struct way *best, struct way way)
{
	way.value = value_of(s, &way);
	if (best->offer < 0 || way.value < best->value)
		*best = way;
}

/* The shift that blocks an offer on its day, if its person can be taken out of it and nothing else
 * is in the way; −1: none. */
static int shift_to_leave(struct seats *s, int offer)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	int from = s->on_day[(size_t)at->person * (size_t)m->span +
			     (size_t)(m->margin + m->shifts[at->shift].day)];

	if (from < 0)
		return -1;
	seats_drop(s, from);
	bool is_clear = seats_block(s, offer) == PLAN_BLOCK_NONE;
	seats_put(s, from);
	return is_clear ? from : -1;
}

/* Tries an offer that `block` rules out; into a full shift, in place of each person who could give
 * way. */
static void try_offer(struct seats *s, int offer, enum plan_block block, struct way *best)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	const struct model_shift *shift = &m->shifts[at->shift];
	struct way way = { .offer = offer, .from = -1, .out = -1 };

	if (block == PLAN_BLOCK_DAY && (way.from = shift_to_leave(s, offer)) < 0)
		return;
	if (block != PLAN_BLOCK_DAY && block != PLAN_BLOCK_NONE &&
		seats_blocks(s, at->person, at->shift) != 1u << block)
		return;
	if (s->count[at->shift] < shift->headcount) {
		keep_cheaper(s, best, way);
		return;
	}
	int free = s->count[at->shift] - s->locked[at->shift];
	int *members = s->sitting + shift->first_candidate + s->locked[at->shift];
	CLEANUP(mem_free) int *outs = mem_alloc((size_t)(free + 1) * sizeof(*outs));
	for (int i = 0; i < free; i++)
		outs[i] = members[i]; /* trying reorders them */
	for (int i = 0; i < free; i++) {
		way.out = outs[i];
		keep_cheaper(s, best, way);
	}
}

static enum plan_block first_block(const struct seats *s, int person, int shift, int role)
{
	const struct model *m = s->m;
	const struct model_person *who = &m->people[person];
	int offer = model_offer(m, person, shift);

	if (offer >= 0 && seats_has(s, offer))
		return PLAN_BLOCK_HERE;
	if (who->is_exempt)
		return PLAN_BLOCK_EXEMPT;
	if (model_is_barred(m, person, shift))
		return PLAN_BLOCK_BARRED;
	if (offer < 0)
		return PLAN_BLOCK_UNAVAILABLE;
	enum plan_block block = seats_block(s, offer);
	if (block > PLAN_BLOCK_ROLE && role >= 0 && !(who->roles >> role & 1))
		return PLAN_BLOCK_ROLE;
	return block;
}

/* The change of each stage if this way were taken. */
static struct plan_fill describe(struct seats *s, const struct way *way)
{
	const struct model *m = s->m;
	struct plan_fill fill = { 0 };
	int64_t before[PLAN_STAGE_COUNT], after[PLAN_STAGE_COUNT];

	if (way->offer < 0)
		return fill;
	seats_cost(s, before);
	go(s, way);
	seats_cost(s, after);
	go_back(s, way);
	fill.person = m->people[m->offers[way->offer].person].id;
	if (way->from >= 0)
		fill.from = m->shifts[m->offers[way->from].shift].id;
	for (int i = 0; i < PLAN_STAGE_COUNT; i++)
		fill.change[i] = after[i] - before[i];
	return fill;
}

static void explain_gap(struct seats *s, int shift, int role, int missing, struct plan_answer *ret)
{
	const struct model *m = s->m;
	struct way best[PLAN_BLOCK_COUNT];

	ret->gaps = mem_resize(ret->gaps, (size_t)(ret->gap_count + 1) * sizeof(*ret->gaps));
	struct plan_gap *gap = &ret->gaps[ret->gap_count++];
	*gap = (struct plan_gap){
		.shift = m->shifts[shift].id,
		.role = role,
		.missing = missing,
	};
	for (int b = 0; b < PLAN_BLOCK_COUNT; b++)
		best[b] = (struct way){ .offer = -1 };
	for (int p = 0; p < m->person_count; p++) {
		enum plan_block block = first_block(s, p, shift, role);
		gap->people[block]++;
		if (block > PLAN_BLOCK_ROLE)
			try_offer(s, model_offer(m, p, shift), block, &best[block]);
	}
	for (int b = 0; b < PLAN_BLOCK_COUNT; b++)
		gap->fill[b] = describe(s, &best[b]);
}

void explain(struct seats *s, struct plan_answer *ret)
{
	const struct model *m = s->m;
	int count = 0;

	for (int i = 0; i < m->shift_count; i++)
		count += s->count[i];
	ret->assignments = mem_alloc((size_t)(count + 1) * sizeof(*ret->assignments));
	for (int i = 0; i < m->shift_count; i++) {
		const struct model_shift *shift = &m->shifts[i];
		for (int c = shift->first_candidate; c < shift->end_candidate; c++) {
			const struct model_offer *at = &m->offers[m->candidates[c]];
			if (seats_has(s, m->candidates[c]))
				ret->assignments[ret->assignment_count++] =
					(struct plan_assignment){ m->people[at->person].id,
						shift->id };
		}
		if (s->count[i] < shift->headcount)
			explain_gap(s, i, PLAN_ANYBODY, shift->headcount - s->count[i], ret);
		for (int r = 0; r < PLAN_ROLES_MAX; r++) {
			int missing = shift->needed[r] - s->have[i * PLAN_ROLES_MAX + r];
			if (missing > 0)
				explain_gap(s, i, r, missing, ret);
		}
	}
	seats_cost(s, ret->cost);
	ret->objective =
		m->mode == PLAN_WEIGHTS ? model_sum(m, ret->cost) : ret->cost[PLAN_COVERAGE];
}
