#include "core/duty/plan/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define UNDO_MAX   32
#define LUCK_COUNT 4096 /* values of −ln u that the dice index */
#define SAMPLE_MAX 6    /* candidates considered for a place that was left */
#define PAIR_EVERY 8    /* one step in this many moves a pair together */
#define COOL_EVERY 256  /* steps at one temperature */

uint64_t dice_roll(struct dice *dice)
{
	/* splitmix64 (Steele, Lea, Flood 2014) */
	uint64_t z = dice->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

int dice_below(struct dice *dice, int n)
{
	return (int)((dice_roll(dice) >> 32) * (uint64_t)n >> 32);
}

/* ---- a step that can be taken back ---- */

struct search {
	struct seats *s;
	struct dice dice;
	int done[UNDO_MAX]; /* offers seated (as they are) and dropped (as ~offer), in order */
	int done_count;
	int left[UNDO_MAX]; /* shifts that lost somebody in this step */
	int left_count;
	int *paired; /* offers that have a twin */
	int paired_count;
	double luck[LUCK_COUNT];
};

static bool put(struct search *x, int offer)
{
	if (x->done_count == UNDO_MAX)
		return false;
	seats_put(x->s, offer);
	x->done[x->done_count++] = offer;
	return true;
}

static bool drop(struct search *x, int offer)
{
	if (x->done_count == UNDO_MAX)
		return false;
	seats_drop(x->s, offer);
	x->done[x->done_count++] = ~offer;
	return true;
}

static void take_back(struct search *x)
{
	while (x->done_count > 0) {
		int offer = x->done[--x->done_count];
		if (offer >= 0)
			seats_drop(x->s, offer);
		else
			seats_put(x->s, ~offer);
	}
}

/* Takes a person out of the shift that they have on a day; it must then be filled. */
static bool leave_day(struct search *x, int person, int day)
{
	const struct model *m = x->s->m;
	int offer = x->s->on_day[(size_t)person * (size_t)m->span + (size_t)(m->margin + day)];

	if (offer < 0 || !drop(x, offer))
		return false;
	x->left[x->left_count++] = m->offers[offer].shift;
	return true;
}

/* A random day between the two on which the person can be taken out; or none. */
static bool leave_one_of(struct search *x, int person, int from, int to)
{
	const struct model *m = x->s->m;
	const int *on_day = &x->s->on_day[(size_t)person * (size_t)m->span + (size_t)m->margin];
	int chosen = 0, seen = 0;

	from = from < 0 ? 0 : from;
	to = to >= m->days ? m->days - 1 : to;
	for (int day = from; day <= to; day++)
		if (on_day[day] >= 0 && dice_below(&x->dice, ++seen) == 0)
			chosen = day;
	return seen > 0 && leave_day(x, person, chosen);
}

/* Removes what blocks an offer, if that is at most one shift. */
static bool clear_one(struct search *x, int offer, enum plan_block block)
{
	const struct model *m = x->s->m;
	const struct model_offer *at = &m->offers[offer];
	int day = m->shifts[at->shift].day;
	int monday = model_week(m, day) * 7 - m->margin - m->first_weekday;

	switch (block) {
	case PLAN_BLOCK_DAY:
		return leave_day(x, at->person, day);
	case PLAN_BLOCK_REST:
		return leave_one_of(x, at->person, day - 1, day + 1);
	case PLAN_BLOCK_WEEK:
		return leave_one_of(x, at->person, monday, monday + 6);
	case PLAN_BLOCK_PERIOD:
		return leave_one_of(x, at->person, 0, m->days - 1);
	case PLAN_BLOCK_CONSECUTIVE:
		return leave_one_of(x, at->person, day - 1, day + 1);
	case PLAN_BLOCK_HERE:
	case PLAN_BLOCK_EXEMPT:
	case PLAN_BLOCK_BARRED:
	case PLAN_BLOCK_UNAVAILABLE:
	case PLAN_BLOCK_ROLE:
	case PLAN_BLOCK_NONE:
	case PLAN_BLOCK_COUNT:
		break;
	}
	return false;
}

/* Makes an offer possible by taking its person out of up to two other shifts. */
static bool clear_person(struct search *x, int offer)
{
	for (int i = 0; i < 3; i++) {
		enum plan_block block = seats_block(x->s, offer);
		if (block == PLAN_BLOCK_NONE)
			return true;
		if (i == 2 || !clear_one(x, offer, block))
			return false;
	}
	return false;
}

/* Somebody random who is not locked, and not `but`, gives way; −1: nobody can. */
static int give_way(struct search *x, int shift, int but)
{
	struct seats *s = x->s;
	int first = s->m->shifts[shift].first_candidate, locked = s->locked[shift];
	int free = s->count[shift] - locked;

	if (free <= 0)
		return -1;
	int chosen = s->sitting[first + locked + dice_below(&x->dice, free)];
	if (chosen == but)
		chosen = free == 1
				 ? -1
				 : s->sitting[first + locked + (s->place[but] - locked + 1) % free];
	return chosen >= 0 && drop(x, chosen) ? chosen : -1;
}

/* Who fills a place that was left: the best of `displaced` and some at random. */
static void refill(struct search *x, int shift, const int *displaced, int displaced_count)
{
	struct seats *s = x->s;
	const struct model_shift *at = &s->m->shifts[shift];
	int candidates = at->end_candidate - at->first_candidate, best = -1;
	int64_t best_gain = 0;

	if (s->count[shift] >= at->headcount)
		return;
	for (int i = 0; i < SAMPLE_MAX + displaced_count; i++) {
		int offer = i < displaced_count
				    ? model_offer(s->m, s->m->offers[displaced[i]].person, shift)
				    : s->m->candidates[at->first_candidate +
						       dice_below(&x->dice, candidates)];
		if (offer < 0 || seats_block(s, offer) != PLAN_BLOCK_NONE)
			continue;
		int64_t gain = seats_gain(s, offer);
		if (best < 0 || gain < best_gain) {
			best = offer;
			best_gain = gain;
		}
	}
	if (best >= 0)
		put(x, best);
}

/* Seats an offer by force; records whoever gave way. */
static bool force(struct search *x, int offer, int but, int *displaced, int *displaced_count)
{
	struct seats *s = x->s;
	int shift = s->m->offers[offer].shift;

	if (!clear_person(x, offer))
		return false;
	if (s->count[shift] >= s->m->shifts[shift].headcount) {
		int gone = give_way(x, shift, but);
		if (gone < 0)
			return false;
		displaced[(*displaced_count)++] = gone;
	}
	return put(x, offer);
}

static bool step(struct search *x)
{
	const struct model *m = x->s->m;
	int displaced[2], count = 0;
	bool is_pair = x->paired_count > 0 && dice_below(&x->dice, PAIR_EVERY) == 0;
	int offer = is_pair ? x->paired[dice_below(&x->dice, x->paired_count)]
			    : dice_below(&x->dice, m->offer_count);

	if (seats_has(x->s, offer) && !is_pair)
		return false;
	if (!seats_has(x->s, offer) && !force(x, offer, -1, displaced, &count))
		return false;
	if (is_pair) {
		const struct model_offer *at = &m->offers[offer];
		int twin = m->twins[at->first_twin +
				    dice_below(&x->dice, at->end_twin - at->first_twin)];
		if (seats_has(x->s, twin) || !force(x, twin, offer, displaced, &count))
			return false;
	}
	for (int i = 0; i < x->left_count; i++)
		refill(x, x->left[i], displaced, count);
	return true;
}

/* ---- annealing ---- */

static void search_init(struct search *x, struct seats *s, uint64_t seed)
{
	const struct model *m = s->m;

	*x = (struct search){ .s = s, .dice = { seed } };
	x->paired = mem_alloc((size_t)(m->offer_count + 1) * sizeof(*x->paired));
	for (int o = 0; o < m->offer_count; o++)
		if (m->offers[o].end_twin > m->offers[o].first_twin)
			x->paired[x->paired_count++] = o;
	for (int i = 0; i < LUCK_COUNT; i++)
		x->luck[i] = -log((i + 0.5) / LUCK_COUNT);
}

static void anneal(struct search *x, const struct search_plan *plan, struct seats *best)
{
	double heat = plan->hot;
	double cooling = pow(plan->cold / plan->hot,
		(double)COOL_EVERY / (double)(plan->steps > COOL_EVERY ? plan->steps : COOL_EVERY));

	for (int64_t i = 0; i < plan->steps; i++) {
		int64_t before = x->s->value;
		x->done_count = x->left_count = 0;
		bool is_done = step(x);
		double worse = (double)(x->s->value - before);
		if (!is_done || (worse > 0 && worse > heat * x->luck[dice_roll(&x->dice) >> 52]))
			take_back(x);
		else if (x->s->value < best->value)
			seats_copy(best, x->s);
		if (i % COOL_EVERY == COOL_EVERY - 1)
			heat *= cooling;
	}
}

void search_anneal(struct seats *s, const struct search_plan *plan)
{
	struct search x;
	CLEANUP(seats_finish) struct seats best = { 0 };

	if (s->m->offer_count == 0)
		return;
	search_init(&x, s, plan->seed);
	seats_copy(&best, s);
	anneal(&x, plan, &best);
	seats_copy(s, &best);
	free(x.paired);
}
