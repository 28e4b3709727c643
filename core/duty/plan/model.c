#include "core/duty/plan/model.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

#define DAYS_MAX     1000
#define MINUTES_MAX  (14 * 1440)
#define NUMBER_MAX   1000000
#define OFFER_AT_MAX (1 << 26)
#define WEIGHT_MAX   (INT64_C(1) << 58) /* so that six of them can be added */
#define DAYS_A_WEEK  7
#define ROW_MAX      31 /* days in a row that count outside the plan */

static int bad(struct err *err, const char *what, int64_t id)
{
	return err_setf(
		err, ERR_INVALID, REASON_TEXT(PLAN_BAD, what), "%s %lld", what, (long long)id);
}

/* ---- looking up ---- */

/* Both structs begin with their id. */
static int find(const void *rows, int count, size_t size, int64_t id)
{
	int low = 0, high = count;

	while (low < high) {
		int middle = low + (high - low) / 2;
		int64_t at = *(const int64_t *)((const char *)rows + (size_t)middle * size);
		if (at == id)
			return middle;
		if (at < id)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

static_assert(offsetof(struct model_person, id) == 0, "find reads the id first");
static_assert(offsetof(struct model_shift, id) == 0, "find reads the id first");

int model_person(const struct model *m, int64_t id)
{
	return find(m->people, m->person_count, sizeof(*m->people), id);
}

int model_shift(const struct model *m, int64_t id)
{
	return find(m->shifts, m->shift_count, sizeof(*m->shifts), id);
}

int model_offer(const struct model *m, int person, int shift)
{
	return m->offer_at[(size_t)person * (size_t)m->shift_count + (size_t)shift];
}

int model_week(const struct model *m, int day)
{
	return (day + m->margin + m->first_weekday) / DAYS_A_WEEK;
}

enum plan_stage model_role_stage(int role)
{
	return role == PLAN_LEADER ? PLAN_LEADERS : PLAN_ROLES;
}

int64_t model_sum(const struct model *m, const int64_t cost[PLAN_STAGE_COUNT])
{
	int64_t sum = 0;

	for (int i = 0; i < PLAN_STAGE_COUNT; i++)
		sum += m->mode == PLAN_WEIGHTS ? cost[i] : m->weight[i] * cost[i];
	return sum;
}

/* ---- taking in ---- */

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int by_place(const void *a, const void *b)
{
	const struct model_offer *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

static bool is_within(int64_t n, int64_t low, int64_t high)
{
	return low <= n && n <= high;
}

static int take_shifts(struct model *m, const struct plan_problem *p, struct err *err)
{
	m->shifts = mem_alloc((size_t)(p->shift_count + 1) * sizeof(*m->shifts));
	for (int i = 0; i < p->shift_count; i++) {
		const struct plan_shift *from = &p->shifts[i];
		struct model_shift *to = &m->shifts[i];
		if (from->id <= 0 || !is_within(from->day, 0, DAYS_MAX) ||
			!is_within(from->start, 0, MINUTES_MAX) ||
			!is_within(from->end, from->start + 1, MINUTES_MAX) ||
			!is_within(from->headcount, 0, NUMBER_MAX))
			return bad(err, "shift", from->id);
		*to = (struct model_shift){
			.id = from->id,
			.day = from->day,
			.start = from->start,
			.end = from->end,
			.headcount = from->headcount,
		};
		for (int r = 0; r < PLAN_ROLES_MAX; r++) {
			if (!is_within(from->needed[r], 0, NUMBER_MAX))
				return bad(err, "shift", from->id);
			to->needed[r] = from->needed[r];
			if (from->needed[r] > 0)
				to->needs |= 1u << r;
		}
		if (from->day >= m->days)
			m->days = from->day + 1;
	}
	m->shift_count = p->shift_count;
	qsort(m->shifts, (size_t)m->shift_count, sizeof(*m->shifts), by_id);
	for (int i = 1; i < m->shift_count; i++)
		if (m->shifts[i].id == m->shifts[i - 1].id)
			return bad(err, "shift", m->shifts[i].id);
	return 0;
}

static int take_people(struct model *m, const struct plan_problem *p, struct err *err)
{
	m->people = mem_alloc((size_t)(p->people_count + 1) * sizeof(*m->people));
	for (int i = 0; i < p->people_count; i++) {
		const struct plan_person *from = &p->people[i];
		if (from->id <= 0 || !is_within(from->max_per_week, 0, NUMBER_MAX) ||
			!is_within(from->max_per_period, 0, NUMBER_MAX) ||
			!is_within(from->history, 0, NUMBER_MAX))
			return bad(err, "person", from->id);
		m->people[i] = (struct model_person){
			.id = from->id,
			.roles = from->roles,
			.week_cap = from->max_per_week,
			.period_cap = from->max_per_period,
			.history = from->history,
			.is_exempt = from->is_exempt,
		};
	}
	m->person_count = p->people_count;
	qsort(m->people, (size_t)m->person_count, sizeof(*m->people), by_id);
	for (int i = 1; i < m->person_count; i++)
		if (m->people[i].id == m->people[i - 1].id)
			return bad(err, "person", m->people[i].id);
	return 0;
}

static int take_offer(
	struct model *m, const char *what, int64_t person, int64_t shift, int cost, struct err *err)
{
	struct model_offer *to = &m->offers[m->offer_count];

	*to = (struct model_offer){
		.person = model_person(m, person),
		.shift = model_shift(m, shift),
		.cost = cost,
	};
	if (to->person < 0 || !is_within(cost, -NUMBER_MAX, NUMBER_MAX))
		return bad(err, what, person);
	if (to->shift < 0)
		return bad(err, what, shift);
	m->offer_count++;
	return 0;
}

static int by_bar(const void *a, const void *b)
{
	const struct model_bar *x = a, *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	return (x->shift > y->shift) - (x->shift < y->shift);
}

bool model_is_barred(const struct model *m, int person, int shift)
{
	const struct model_bar wanted = { person, shift };

	return m->bar_count > 0 &&
	       bsearch(&wanted, m->bars, (size_t)m->bar_count, sizeof(*m->bars), by_bar) != NULL;
}

static int take_bars(struct model *m, const struct plan_problem *p, struct err *err)
{
	m->bars = mem_alloc((size_t)(p->bar_count + 1) * sizeof(*m->bars));
	for (int i = 0; i < p->bar_count; i++) {
		struct model_bar *to = &m->bars[m->bar_count++];
		*to = (struct model_bar){ model_person(m, p->bars[i].person),
			model_shift(m, p->bars[i].shift) };
		if (to->person < 0 || to->shift < 0)
			return bad(err, "bar", p->bars[i].person);
	}
	qsort(m->bars, (size_t)m->bar_count, sizeof(*m->bars), by_bar);
	return 0;
}

/* A lock holds whatever rule it breaks. */
static void drop_barred(struct model *m)
{
	int kept = 0;

	for (int i = 0; i < m->offer_count; i++) {
		const struct model_offer *o = &m->offers[i];
		if (o->is_locked || !model_is_barred(m, o->person, o->shift))
			m->offers[kept++] = *o;
	}
	m->offer_count = kept;
}

/* Offers, and locked places that nobody offered, sorted; duplicates become one. */
static int take_offers(struct model *m, const struct plan_problem *p, struct err *err)
{
	int kept = 0;

	m->offers = mem_alloc((size_t)(p->offer_count + p->lock_count + 1) * sizeof(*m->offers));
	for (int i = 0; i < p->offer_count; i++)
		TRY(take_offer(m, "offer", p->offers[i].person, p->offers[i].shift,
			p->offers[i].cost, err));
	for (int i = 0; i < p->lock_count; i++) {
		TRY(take_offer(m, "lock", p->locks[i].person, p->locks[i].shift, 0, err));
		m->offers[m->offer_count - 1].is_locked = true;
		m->offers[m->offer_count - 1].is_only_locked = true;
	}
	qsort(m->offers, (size_t)m->offer_count, sizeof(*m->offers), by_place);
	for (int i = 0; i < m->offer_count; i++) {
		struct model_offer *last = kept > 0 ? &m->offers[kept - 1] : NULL;
		struct model_offer *o = &m->offers[i];
		if (!last || by_place(last, o) != 0) {
			m->offers[kept++] = *o;
		} else if (o->is_only_locked || last->is_only_locked) {
			last->cost = last->is_only_locked ? o->cost : last->cost;
			last->is_only_locked = last->is_only_locked && o->is_only_locked;
			last->is_locked = true;
		} else {
			return bad(err, "offer", m->people[o->person].id);
		}
	}
	m->offer_count = kept;
	drop_barred(m);
	return 0;
}

static void index_offers(struct model *m)
{
	size_t places = (size_t)m->person_count * (size_t)m->shift_count;

	m->offer_at = mem_alloc((places + 1) * sizeof(*m->offer_at));
	memset(m->offer_at, 0xFF, places * sizeof(*m->offer_at));
	m->candidates = mem_alloc((size_t)(m->offer_count + 1) * sizeof(*m->candidates));
	for (int o = 0; o < m->offer_count; o++) {
		const struct model_offer *at = &m->offers[o];
		m->offer_at[(size_t)at->person * (size_t)m->shift_count + (size_t)at->shift] = o;
		if (o == 0 || at->person != m->offers[o - 1].person)
			m->people[at->person].first_offer = o;
		m->people[at->person].end_offer = o + 1;
		m->shifts[at->shift].end_candidate++;
	}
	for (int s = 0, first = 0; s < m->shift_count; s++) {
		int count = m->shifts[s].end_candidate;
		m->shifts[s].first_candidate = m->shifts[s].end_candidate = first;
		first += count;
	}
	for (int o = 0; o < m->offer_count; o++)
		m->candidates[m->shifts[m->offers[o].shift].end_candidate++] = o;
}

/* Partners by person, each pair from both sides, sorted. */
struct partner {
	int64_t of;
	int with;
};

static int by_partner(const void *a, const void *b)
{
	const struct partner *x = a, *y = b;

	return by_id(a, b) ? by_id(a, b) : (x->with > y->with) - (x->with < y->with);
}

static int take_partners(struct model *m, const struct plan_problem *p, struct partner *partners,
	int *ret_count, struct err *err)
{
	int count = 0;

	for (int i = 0; i < p->pair_count; i++) {
		int a = model_person(m, p->pairs[i].a), b = model_person(m, p->pairs[i].b);
		if (a < 0 || b < 0 || a == b)
			return bad(err, "pair", a < 0 ? p->pairs[i].a : p->pairs[i].b);
		partners[count++] = (struct partner){ a, b };
		partners[count++] = (struct partner){ b, a };
	}
	qsort(partners, (size_t)count, sizeof(*partners), by_partner);
	int kept = 0;
	for (int i = 0; i < count; i++)
		if (kept == 0 || by_partner(&partners[kept - 1], &partners[i]) != 0)
			partners[kept++] = partners[i];
	*ret_count = kept;
	return 0;
}

static int take_pairs(struct model *m, const struct plan_problem *p, struct err *err)
{
	int count = 0, twins = 0;
	CLEANUP(mem_free)
	struct partner *partners = mem_alloc((size_t)(2 * p->pair_count + 1) * sizeof(*partners));

	TRY(take_partners(m, p, partners, &count, err));
	for (int i = 0; i < count; i++)
		twins +=
			m->people[partners[i].of].end_offer - m->people[partners[i].of].first_offer;
	m->twins = mem_alloc((size_t)(twins + 1) * sizeof(*m->twins));
	twins = 0;
	for (int i = 0, next; i < count; i = next) {
		const struct model_person *person = &m->people[partners[i].of];
		for (next = i; next < count && partners[next].of == partners[i].of; next++)
			;
		for (int o = person->first_offer; o < person->end_offer; o++) {
			m->offers[o].first_twin = twins;
			for (int j = i; j < next; j++) {
				int twin = model_offer(m, partners[j].with, m->offers[o].shift);
				if (twin >= 0)
					m->twins[twins++] = twin;
			}
			m->offers[o].end_twin = twins;
		}
	}
	return 0;
}

static int take_previous(struct model *m, const struct plan_problem *p, struct err *err)
{
	for (int i = 0; i < p->previous_count; i++) {
		int person = model_person(m, p->previous[i].person);
		int shift = model_shift(m, p->previous[i].shift);
		int offer = person < 0 || shift < 0 ? -1 : model_offer(m, person, shift);
		/* A person who dropped out, or a shift that no longer exists, is not an error. */
		if (offer < 0)
			m->lost_previous++;
		else
			m->offers[offer].is_previous = true;
	}
	return 0;
}

static int take_taken(struct model *m, const struct plan_problem *p, struct err *err)
{
	m->taken = mem_alloc(((size_t)m->person_count * (size_t)m->span + 1) * sizeof(*m->taken));
	for (int i = 0; i < p->taken_count; i++) {
		const struct plan_taken *t = &p->taken[i];
		int person = model_person(m, t->person);
		if (person < 0 || !is_within(t->start, 0, MINUTES_MAX) ||
			!is_within(t->end, t->start, MINUTES_MAX))
			return bad(err, "taken", t->person);
		/* The outermost days stay empty: counting ends there. */
		if (t->day <= -m->margin || t->day >= m->days + m->margin - 1)
			continue;
		struct model_use *use =
			&m->taken[(size_t)person * (size_t)m->span + (size_t)(t->day + m->margin)];
		use->start = use->count && use->start < t->start ? use->start : t->start;
		use->end = use->count && use->end > t->end ? use->end : t->end;
		use->count++;
	}
	return 0;
}

/* ---- what things weigh ---- */

static void measure_spread(struct model *m)
{
	int64_t places = 0, wish_low = 0, wish_high = 0, twins = 0, load = 0;
	int64_t *spread = m->spread;

	for (int s = 0; s < m->shift_count; s++) {
		places += m->shifts[s].headcount;
		for (int r = 0; r < PLAN_ROLES_MAX; r++)
			spread[model_role_stage(r)] += m->shifts[s].needed[r];
	}
	for (int o = 0; o < m->offer_count; o++) {
		const struct model_offer *at = &m->offers[o];
		const struct model_person *person = &m->people[at->person];
		int64_t top = person->history + person->period_cap;
		places += at->is_locked;
		spread[PLAN_CHANGES] += at->is_previous;
		wish_low = at->cost < wish_low ? at->cost : wish_low;
		wish_high = at->cost > wish_high ? at->cost : wish_high;
		twins = at->end_twin - at->first_twin > twins ? at->end_twin - at->first_twin
							      : twins;
		load = top > load ? top : load;
	}
	spread[PLAN_COVERAGE] = places;
	spread[PLAN_WISHES] = places * (wish_high - wish_low + twins * m->pair_bonus);
	spread[PLAN_FAIRNESS] = places * 2 * load;
}

static void weigh(struct model *m, const struct plan_problem *p)
{
	int64_t weight = 1;

	measure_spread(m);
	for (int i = PLAN_STAGE_COUNT - 1; i >= 0; i--) {
		/* Beyond this the sum is only a guide. */
		int64_t most = WEIGHT_MAX / (m->spread[i] + 1);
		m->weight[i] = weight < most ? weight : most;
		if (m->mode == PLAN_STAGES)
			weight = m->weight[i] * (m->spread[i] + 1);
	}
	m->unfilled = m->mode == PLAN_WEIGHTS ? p->weights.unfilled : 1;
	m->change = m->mode == PLAN_WEIGHTS ? p->weights.change : 1;
	for (int r = 0; r < PLAN_ROLES_MAX; r++)
		m->role[r] = m->mode == PLAN_WEIGHTS ? p->weights.role[r] : 1;
}

int model_init(struct model *m, const struct plan_problem *p, struct err *err)
{
	*m = (struct model){
		.mode = p->mode,
		.first_weekday = p->first_weekday,
		.rest_minutes = p->rest_minutes,
		.max_consecutive = p->max_consecutive,
		.pair_bonus = p->pair_bonus,
	};
	if (!is_within(p->first_weekday, 0, DAYS_A_WEEK - 1) ||
		!is_within(p->max_consecutive, 1, NUMBER_MAX) ||
		!is_within(p->pair_bonus, 0, NUMBER_MAX) ||
		!is_within(p->rest_minutes, 0, NUMBER_MAX))
		return bad(err, "plan", 0);
	TRY(take_shifts(m, p, err));
	TRY(take_people(m, p, err));
	if ((int64_t)m->person_count * m->shift_count > OFFER_AT_MAX)
		return bad(err, "plan", m->person_count);
	/* Whole weeks, so that weekdays stay where they are; a week's cap looks that far. */
	int rows = m->max_consecutive < ROW_MAX ? m->max_consecutive : ROW_MAX;
	m->margin = (rows / DAYS_A_WEEK + 1) * DAYS_A_WEEK;
	m->span = m->days + 2 * m->margin;
	m->weeks = (m->span + m->first_weekday) / DAYS_A_WEEK + 1;
	TRY(take_bars(m, p, err));
	TRY(take_offers(m, p, err));
	index_offers(m);
	TRY(take_pairs(m, p, err));
	TRY(take_previous(m, p, err));
	TRY(take_taken(m, p, err));
	weigh(m, p);
	return 0;
}

void model_finish(struct model *m)
{
	free(m->people);
	free(m->shifts);
	free(m->offers);
	free(m->candidates);
	free(m->twins);
	free(m->bars);
	free(m->offer_at);
	free(m->taken);
	*m = (struct model){ 0 };
}
