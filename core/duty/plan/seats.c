#include "core/duty/plan/seats.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

/* ---- what each thing costs at the margin ---- */

/* What one more person with a role in a shift saves. */
static int64_t role_saved(const struct seats *s, int shift, uint32_t roles, int before)
{
	const struct model *m = s->m;
	const struct model_shift *at = &m->shifts[shift];
	int64_t saved = 0;

	for (uint32_t left = roles & at->needs; left; left &= left - 1) {
		int role = __builtin_ctz(left);
		if (s->have[shift * PLAN_ROLES_MAX + role] - before < at->needed[role])
			saved += m->weight[model_role_stage(role)] * m->role[role];
	}
	return saved;
}

static int64_t twins_seated(const struct seats *s, const struct model_offer *at)
{
	int64_t count = 0;

	for (int t = at->first_twin; t < at->end_twin; t++)
		count += s->place[s->m->twins[t]] >= 0;
	return count;
}

/* The cost of an offer if its person has `total` other shifts and its shift `count` others. */
static int64_t marginal(const struct seats *s, int offer, int total, int count, int before)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	const struct model_person *person = &m->people[at->person];
	int64_t cost = m->weight[PLAN_FAIRNESS] * (2 * (person->history + total + 1) - 1);

	cost += m->weight[PLAN_WISHES] * (at->cost - twins_seated(s, at) * m->pair_bonus);
	if (at->is_previous)
		cost -= m->weight[PLAN_CHANGES] * m->change;
	if (count < m->shifts[at->shift].headcount)
		cost -= m->weight[PLAN_COVERAGE] * m->unfilled;
	return cost - role_saved(s, at->shift, person->roles, before);
}

int64_t seats_gain(const struct seats *s, int offer)
{
	const struct model_offer *at = &s->m->offers[offer];

	return marginal(s, offer, s->total[at->person], s->count[at->shift], 0);
}

int64_t seats_loss(const struct seats *s, int offer)
{
	const struct model_offer *at = &s->m->offers[offer];

	return -marginal(s, offer, s->total[at->person] - 1, s->count[at->shift] - 1, 1);
}

/* ---- what stands against it ---- */

static bool rests_too_little(const struct model *m, int end, int start)
{
	return start + 1440 - end < m->rest_minutes;
}

/* The length of the run of days around one, including it, if it were taken. */
static int run_length(const struct model_use *day)
{
	int length = 1;

	for (const struct model_use *d = day - 1; d->count > 0; d--)
		length++;
	for (const struct model_use *d = day + 1; d->count > 0; d++)
		length++;
	return length;
}

static const struct model_use *use_of(const struct seats *s, int person, int day)
{
	return &s->use[(size_t)person * (size_t)s->m->span + (size_t)(s->m->margin + day)];
}

static bool rest_is_short(
	const struct model *m, const struct model_use *day, const struct model_shift *shift)
{
	return (day[-1].count > 0 && rests_too_little(m, day[-1].end, shift->start)) ||
	       (day[1].count > 0 && rests_too_little(m, shift->end, day[1].start));
}

enum plan_block seats_block(const struct seats *s, int offer)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	const struct model_person *person = &m->people[at->person];
	const struct model_shift *shift = &m->shifts[at->shift];
	const struct model_use *day = use_of(s, at->person, shift->day);

	if (s->place[offer] >= 0)
		return PLAN_BLOCK_HERE;
	if (person->is_exempt)
		return PLAN_BLOCK_EXEMPT;
	if (at->is_only_locked)
		return PLAN_BLOCK_UNAVAILABLE;
	if (day->count > 0)
		return PLAN_BLOCK_DAY;
	if (rest_is_short(m, day, shift))
		return PLAN_BLOCK_REST;
	if (s->week[at->person * m->weeks + model_week(m, shift->day)] >= person->week_cap)
		return PLAN_BLOCK_WEEK;
	if (s->total[at->person] >= person->period_cap)
		return PLAN_BLOCK_PERIOD;
	if (run_length(day) > m->max_consecutive)
		return PLAN_BLOCK_CONSECUTIVE;
	return PLAN_BLOCK_NONE;
}

uint32_t seats_blocks(const struct seats *s, int p, int sh)
{
	const struct model *m = s->m;
	const struct model_person *person = &m->people[p];
	const struct model_shift *shift = &m->shifts[sh];
	const struct model_use *day = use_of(s, p, shift->day);
	int offer = model_offer(m, p, sh);
	uint32_t bits = 0;

	if (offer >= 0 && s->place[offer] >= 0)
		return 1u << PLAN_BLOCK_HERE;
	if (person->is_exempt)
		bits |= 1u << PLAN_BLOCK_EXEMPT;
	if (model_is_barred(m, p, sh))
		bits |= 1u << PLAN_BLOCK_BARRED;
	if (offer < 0 || m->offers[offer].is_only_locked)
		bits |= 1u << PLAN_BLOCK_UNAVAILABLE;
	if (day->count > 0)
		bits |= 1u << PLAN_BLOCK_DAY;
	if (rest_is_short(m, day, shift))
		bits |= 1u << PLAN_BLOCK_REST;
	if (s->week[p * m->weeks + model_week(m, shift->day)] >= person->week_cap)
		bits |= 1u << PLAN_BLOCK_WEEK;
	if (s->total[p] >= person->period_cap)
		bits |= 1u << PLAN_BLOCK_PERIOD;
	if (day->count == 0 && run_length(day) > m->max_consecutive)
		bits |= 1u << PLAN_BLOCK_CONSECUTIVE;
	return bits;
}

/* ---- changing ---- */

/* Updates the counts, the roles and the place in the shift's list, unchecked. */
static void sit(struct seats *s, int offer)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	int count = s->count[at->shift]++;

	s->sitting[m->shifts[at->shift].first_candidate + count] = offer;
	s->place[offer] = count;
	s->total[at->person]++;
	s->week[at->person * m->weeks + model_week(m, m->shifts[at->shift].day)]++;
	for (uint32_t left = m->people[at->person].roles & m->shifts[at->shift].needs; left;
		left &= left - 1)
		s->have[at->shift * PLAN_ROLES_MAX + __builtin_ctz(left)]++;
}

static void occupy(struct model_use *day, const struct model_shift *shift)
{
	day->start = day->count && day->start < shift->start ? day->start : shift->start;
	day->end = day->count && day->end > shift->end ? day->end : shift->end;
	day->count++;
}

void seats_put(struct seats *s, int offer)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	const struct model_shift *shift = &m->shifts[at->shift];
	size_t day = (size_t)at->person * (size_t)m->span + (size_t)(m->margin + shift->day);

	s->value += seats_gain(s, offer);
	sit(s, offer);
	occupy(&s->use[day], shift);
	s->on_day[day] = offer;
}

void seats_drop(struct seats *s, int offer)
{
	const struct model *m = s->m;
	const struct model_offer *at = &m->offers[offer];
	const struct model_shift *shift = &m->shifts[at->shift];
	size_t day = (size_t)at->person * (size_t)m->span + (size_t)(m->margin + shift->day);
	int last = s->sitting[shift->first_candidate + s->count[at->shift] - 1];

	s->value += seats_loss(s, offer);
	s->sitting[shift->first_candidate + s->place[offer]] = last;
	s->place[last] = s->place[offer];
	s->place[offer] = -1;
	s->count[at->shift]--;
	s->total[at->person]--;
	s->week[at->person * m->weeks + model_week(m, shift->day)]--;
	for (uint32_t left = m->people[at->person].roles & shift->needs; left; left &= left - 1)
		s->have[at->shift * PLAN_ROLES_MAX + __builtin_ctz(left)]--;
	s->use[day].count--;
	s->on_day[day] = -1;
}

/* ---- the whole ---- */

static void allocate(struct seats *s, const struct model *m)
{
	size_t days = (size_t)m->person_count * (size_t)m->span + 1;
	size_t people = (size_t)m->person_count + 1, shifts = (size_t)m->shift_count + 1;
	size_t offers = (size_t)m->offer_count + 1;

	*s = (struct seats){
		.m = m,
		.use = mem_alloc(days * sizeof(*s->use)),
		.on_day = mem_alloc(days * sizeof(*s->on_day)),
		.total = mem_alloc(people * sizeof(*s->total)),
		.week = mem_alloc(people * (size_t)m->weeks * sizeof(*s->week)),
		.count = mem_alloc(shifts * sizeof(*s->count)),
		.sitting = mem_alloc(offers * sizeof(*s->sitting)),
		.locked = mem_alloc(shifts * sizeof(*s->locked)),
		.place = mem_alloc(offers * sizeof(*s->place)),
		.have = mem_alloc(shifts * PLAN_ROLES_MAX * sizeof(*s->have)),
	};
}

void seats_copy(struct seats *to, const struct seats *from)
{
	const struct model *m = from->m;
	size_t days = (size_t)m->person_count * (size_t)m->span;
	size_t people = (size_t)m->person_count, shifts = (size_t)m->shift_count;
	size_t offers = (size_t)m->offer_count;

	if (!to->m)
		allocate(to, m);
	memcpy(to->use, from->use, days * sizeof(*to->use));
	memcpy(to->on_day, from->on_day, days * sizeof(*to->on_day));
	memcpy(to->total, from->total, people * sizeof(*to->total));
	memcpy(to->week, from->week, people * (size_t)m->weeks * sizeof(*to->week));
	memcpy(to->count, from->count, shifts * sizeof(*to->count));
	memcpy(to->sitting, from->sitting, offers * sizeof(*to->sitting));
	memcpy(to->locked, from->locked, shifts * sizeof(*to->locked));
	memcpy(to->place, from->place, offers * sizeof(*to->place));
	memcpy(to->have, from->have, shifts * PLAN_ROLES_MAX * sizeof(*to->have));
	to->value = from->value;
}

void seats_init(struct seats *s, const struct model *m)
{
	size_t days = (size_t)m->person_count * (size_t)m->span;
	int64_t cost[PLAN_STAGE_COUNT];

	allocate(s, m);
	memset(s->on_day, 0xFF, days * sizeof(*s->on_day));
	memset(s->place, 0xFF, (size_t)m->offer_count * sizeof(*s->place));
	memcpy(s->use, m->taken, days * sizeof(*s->use));
	for (int p = 0; p < m->person_count; p++)
		for (int d = -m->margin; d < m->days + m->margin; d++)
			s->week[p * m->weeks + model_week(m, d)] += use_of(s, p, d)->count;
	for (int o = 0; o < m->offer_count; o++) {
		const struct model_offer *at = &m->offers[o];
		if (!at->is_locked)
			continue;
		sit(s, o);
		s->locked[at->shift]++;
		occupy((struct model_use *)use_of(s, at->person, m->shifts[at->shift].day),
			&m->shifts[at->shift]);
	}
	seats_cost(s, cost);
	s->value = model_sum(m, cost);
}

void seats_finish(struct seats *s)
{
	free(s->use);
	free(s->on_day);
	free(s->total);
	free(s->week);
	free(s->count);
	free(s->sitting);
	free(s->locked);
	free(s->place);
	free(s->have);
	*s = (struct seats){ 0 };
}

void seats_cost(const struct seats *s, int64_t ret[PLAN_STAGE_COUNT])
{
	const struct model *m = s->m;

	memset(ret, 0, PLAN_STAGE_COUNT * sizeof(*ret));
	ret[PLAN_CHANGES] = m->change * m->lost_previous;
	for (int i = 0; i < m->shift_count; i++) {
		const struct model_shift *shift = &m->shifts[i];
		if (s->count[i] < shift->headcount)
			ret[PLAN_COVERAGE] += m->unfilled * (shift->headcount - s->count[i]);
		for (int r = 0; r < PLAN_ROLES_MAX; r++) {
			int missing = shift->needed[r] - s->have[i * PLAN_ROLES_MAX + r];
			if (missing > 0)
				ret[model_role_stage(r)] += m->role[r] * missing;
		}
	}
	for (int o = 0; o < m->offer_count; o++) {
		const struct model_offer *at = &m->offers[o];
		if (s->place[o] < 0)
			ret[PLAN_CHANGES] += at->is_previous ? m->change : 0;
		else
			/* A pair is seen from both sides. */
			ret[PLAN_WISHES] += 2 * at->cost - twins_seated(s, at) * m->pair_bonus;
	}
	ret[PLAN_WISHES] /= 2;
	for (int p = 0; p < m->person_count; p++) {
		int64_t h = m->people[p].history, n = s->total[p];
		ret[PLAN_FAIRNESS] += (h + n) * (h + n) - h * h;
	}
}
