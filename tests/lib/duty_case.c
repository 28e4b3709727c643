#include "tests/lib/duty_case.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

#define ROLES_IN_FILE 3

void duty_case_finish(struct duty_case *c)
{
	free(c->shifts);
	free(c->people);
	free(c->offers);
	free(c->pairs);
	free(c->locks);
	free(c->bars);
	free(c->previous);
	free(c->taken);
	*c = (struct duty_case){ 0 };
}

static void point(struct duty_case *c)
{
	c->problem.shifts = c->shifts;
	c->problem.people = c->people;
	c->problem.offers = c->offers;
	c->problem.pairs = c->pairs;
	c->problem.locks = c->locks;
	c->problem.bars = c->bars;
	c->problem.previous = c->previous;
	c->problem.taken = c->taken;
}

/* ---- files ---- */

/* The next number; once one is missing, 0 and *bad. */
static int number(FILE *in, bool *bad)
{
	int n = 0;

	if (*bad || fscanf(in, "%d", &n) != 1)
		*bad = true;
	return *bad ? 0 : n;
}

static void read_person(FILE *in, struct duty_case *c, int i, bool *bad)
{
	struct plan_problem *p = &c->problem;
	struct plan_person *who = &c->people[i];

	who->id = i + 1;
	for (int r = 0; r < ROLES_IN_FILE; r++)
		who->roles |= number(in, bad) ? 1u << r : 0;
	who->max_per_week = number(in, bad);
	who->max_per_period = number(in, bad);
	who->history = number(in, bad);
	int count = number(in, bad);
	c->offers =
		mem_resize(c->offers, (size_t)(p->offer_count + count + 1) * sizeof(*c->offers));
	for (int k = 0; k < count && !*bad; k++) {
		struct plan_offer *offer = &c->offers[p->offer_count++];
		offer->person = who->id;
		offer->shift = number(in, bad) + 1;
		offer->cost = number(in, bad);
	}
}

static void read_all(FILE *in, struct duty_case *c, bool *bad)
{
	struct plan_problem *p = &c->problem;

	number(in, bad); /* days: given by the shifts */
	p->shift_count = number(in, bad);
	p->people_count = number(in, bad);
	p->pair_count = number(in, bad);
	p->lock_count = number(in, bad);
	p->rest_minutes = number(in, bad);
	p->max_consecutive = number(in, bad);
	p->pair_bonus = number(in, bad);
	p->weights.unfilled = number(in, bad);
	for (int r = 0; r < ROLES_IN_FILE; r++)
		p->weights.role[r] = number(in, bad);
	p->mode = PLAN_WEIGHTS;
	c->shifts = mem_alloc((size_t)(p->shift_count + 1) * sizeof(*c->shifts));
	c->people = mem_alloc((size_t)(p->people_count + 1) * sizeof(*c->people));
	c->pairs = mem_alloc((size_t)(p->pair_count + 1) * sizeof(*c->pairs));
	c->locks = mem_alloc((size_t)(p->lock_count + 1) * sizeof(*c->locks));
	for (int i = 0; i < p->shift_count && !*bad; i++) {
		struct plan_shift *shift = &c->shifts[i];
		shift->id = i + 1;
		shift->day = number(in, bad);
		shift->start = number(in, bad);
		shift->end = number(in, bad);
		shift->headcount = number(in, bad);
		for (int r = 0; r < ROLES_IN_FILE; r++)
			shift->needed[r] = number(in, bad);
	}
	for (int i = 0; i < p->people_count && !*bad; i++)
		read_person(in, c, i, bad);
	for (int i = 0; i < p->pair_count && !*bad; i++) {
		c->pairs[i].a = number(in, bad) + 1;
		c->pairs[i].b = number(in, bad) + 1;
	}
	for (int i = 0; i < p->lock_count && !*bad; i++) {
		c->locks[i].person = number(in, bad) + 1;
		c->locks[i].shift = number(in, bad) + 1;
	}
}

int duty_case_read(const char *path, struct duty_case *ret)
{
	FILE *in = fopen(path, "re");
	bool bad = false;

	*ret = (struct duty_case){ 0 };
	if (!in) {
		perror(path);
		return -1;
	}
	read_all(in, ret, &bad);
	fclose(in);
	if (bad) {
		fprintf(stderr, "%s: not an instance\n", path);
		duty_case_finish(ret);
		return -1;
	}
	point(ret);
	return 0;
}

/* ---- at random ---- */

static int below(uint64_t *state, int n)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((*state >> 33) % (uint64_t)n);
}

static void random_offers(struct duty_case *c, const struct duty_size *size, uint64_t *state)
{
	struct plan_problem *p = &c->problem;
	static const int costs[] = { 0, 0, 0, -2, 3 };

	c->offers = mem_alloc(
		((size_t)p->people_count * (size_t)p->shift_count + 1) * sizeof(*c->offers));
	for (int i = 0; i < p->people_count; i++)
		for (int s = 0; s < p->shift_count; s++)
			if (below(state, 100) < size->offers_in_100)
				c->offers[p->offer_count++] = (struct plan_offer){ i + 1, s + 1,
					costs[below(state, ARRAY_LEN(costs))] };
}

/* Some of the offers, each once, and shifts that people have before, after and during the plan. */
static void random_past(struct duty_case *c, const struct duty_size *size, uint64_t *state)
{
	struct plan_problem *p = &c->problem;

	c->previous = mem_alloc((size_t)(p->offer_count + 1) * sizeof(*c->previous));
	for (int i = 0; i < p->offer_count && p->previous_count < size->previous; i++)
		if (below(state, 3) == 0)
			c->previous[p->previous_count++] =
				(struct plan_assignment){ c->offers[i].person, c->offers[i].shift };
	c->taken = mem_alloc((size_t)(size->taken + 1) * sizeof(*c->taken));
	for (int i = 0; i < size->taken; i++)
		c->taken[p->taken_count++] = (struct plan_taken){ 1 + below(state, p->people_count),
			below(state, size->days + 6) - 3, 1110, 1290 };
}

/* Mostly places that are offered: banning others changes nothing. */
static void random_bars(struct duty_case *c, const struct duty_size *size, uint64_t *state)
{
	struct plan_problem *p = &c->problem;

	c->bars = mem_alloc((size_t)(size->bars + 1) * sizeof(*c->bars));
	for (int i = 0; i < size->bars; i++) {
		struct plan_assignment *bar = &c->bars[p->bar_count++];
		*bar = (struct plan_assignment){ 1 + below(state, p->people_count),
			1 + below(state, p->shift_count) };
		if (p->offer_count == 0 || below(state, 5) == 0)
			continue;
		const struct plan_offer *offer = &c->offers[below(state, p->offer_count)];
		*bar = (struct plan_assignment){ offer->person, offer->shift };
	}
}

void duty_case_random(uint64_t seed, const struct duty_size *size, struct duty_case *ret)
{
	static const int starts[] = { 540, 840, 1110, 720 };
	uint64_t state = seed * UINT64_C(2654435761) + 1;
	struct plan_problem *p = &ret->problem;

	*ret = (struct duty_case){ 0 };
	*p = (struct plan_problem){
		.shift_count = size->days * size->shifts_a_day,
		.people_count = size->people,
		.first_weekday = below(&state, 7),
		.rest_minutes = 780,
		.max_consecutive = 2 + below(&state, 2),
		.pair_bonus = 4 + below(&state, 7),
		.mode = PLAN_WEIGHTS,
		.weights = { .unfilled = 1000, .role = { 600, 300, 300 }, .change = 20 },
	};
	ret->shifts = mem_alloc((size_t)(p->shift_count + 1) * sizeof(*ret->shifts));
	ret->people = mem_alloc((size_t)(p->people_count + 1) * sizeof(*ret->people));
	ret->pairs = mem_alloc((size_t)(size->pairs + 1) * sizeof(*ret->pairs));
	ret->locks = mem_alloc((size_t)(size->locks + 1) * sizeof(*ret->locks));
	for (int s = 0; s < p->shift_count; s++) {
		int start = starts[s % size->shifts_a_day % (int)ARRAY_LEN(starts)];
		ret->shifts[s] = (struct plan_shift){
			.id = s + 1,
			.day = s / size->shifts_a_day,
			.start = start,
			.end = start + 180,
			.headcount = 1 + below(&state, 3),
			.needed = { 1, below(&state, 4) == 0, below(&state, 3) == 0 },
		};
	}
	/* Ids have no pattern. */
	for (int at = p->shift_count - 1; at > 0; at--) {
		int other = below(&state, at + 1);
		int64_t id = ret->shifts[at].id;
		ret->shifts[at].id = ret->shifts[other].id;
		ret->shifts[other].id = id;
	}
	for (int i = 0; i < p->people_count; i++)
		ret->people[i] = (struct plan_person){
			.id = i + 1,
			.roles = (uint32_t)(below(&state, 4) == 0) |
				 (uint32_t)(below(&state, 3) == 0) << 1 |
				 (uint32_t)(below(&state, 5) == 0) << 2,
			.max_per_week = 1 + below(&state, 6),
			.max_per_period = 1 + below(&state, 12),
			.history = below(&state, 5),
			.is_exempt = below(&state, 20) == 0,
		};
	random_offers(ret, size, &state);
	for (int i = 0; i < size->pairs; i++)
		ret->pairs[p->pair_count++] = (struct plan_pair){ 2 * i + 1, 2 * i + 2 };
	for (int i = 0; i < size->locks; i++)
		ret->locks[p->lock_count++] =
			(struct plan_assignment){ 1 + below(&state, p->people_count),
				1 + below(&state, p->shift_count) };
	random_past(ret, size, &state);
	random_bars(ret, size, &state);
	point(ret);
}

/* ---- the checker: slow, plain, by the rules' words ---- */

static const struct plan_shift *shift_of(const struct plan_problem *p, int64_t id)
{
	for (int i = 0; i < p->shift_count; i++)
		if (p->shifts[i].id == id)
			return &p->shifts[i];
	return NULL;
}

static const struct plan_person *person_of(const struct plan_problem *p, int64_t id)
{
	for (int i = 0; i < p->people_count; i++)
		if (p->people[i].id == id)
			return &p->people[i];
	return NULL;
}

static const struct plan_offer *offer_of(
	const struct plan_problem *p, const struct plan_assignment *a)
{
	for (int i = 0; i < p->offer_count; i++)
		if (p->offers[i].person == a->person && p->offers[i].shift == a->shift)
			return &p->offers[i];
	return NULL;
}

static bool is_among(const struct plan_assignment *a, const struct plan_assignment *rows, int count)
{
	for (int i = 0; i < count; i++)
		if (rows[i].person == a->person && rows[i].shift == a->shift)
			return true;
	return false;
}

static int week_of(const struct plan_problem *p, int day)
{
	return (day + p->first_weekday + 700) / 7;
}

/* What one person does: this plan's shifts and those taken elsewhere. */
struct duty {
	int day, start, end;
	bool is_ours, is_locked;
};

static int duties_of(const struct plan_problem *p, int64_t person,
	const struct plan_assignment *rows, int count, struct duty *ret)
{
	int n = 0;

	for (int i = 0; i < count; i++) {
		const struct plan_shift *s = shift_of(p, rows[i].shift);
		if (rows[i].person == person)
			ret[n++] = (struct duty){ s->day, s->start, s->end, true,
				is_among(&rows[i], p->locks, p->lock_count) };
	}
	for (int i = 0; i < p->taken_count; i++)
		if (p->taken[i].person == person)
			ret[n++] = (struct duty){ p->taken[i].day, p->taken[i].start,
				p->taken[i].end, false, false };
	return n;
}

/* A broken rule is reported only if a free assignment takes part in it. */
static const char *check_two(
	const struct plan_problem *p, const struct duty *a, const struct duty *b)
{
	if (!(a->is_ours && !a->is_locked))
		return NULL;
	if (a->day == b->day)
		return "two shifts on one day";
	if (b->day == a->day + 1 && b->start + 1440 - a->end < p->rest_minutes)
		return "too little rest after";
	if (b->day == a->day - 1 && a->start + 1440 - b->end < p->rest_minutes)
		return "too little rest before";
	return NULL;
}

static bool serves_on(const struct duty *duties, int count, int day)
{
	for (int i = 0; i < count; i++)
		if (duties[i].day == day)
			return true;
	return false;
}

static const char *check_duty(const struct plan_problem *p, const struct plan_person *who,
	const struct duty *duties, int count, int i)
{
	int in_week = 0, ours = 0, length = 1;

	if (!duties[i].is_ours || duties[i].is_locked)
		return NULL;
	for (int j = 0; j < count; j++) {
		const char *fault = j == i ? NULL : check_two(p, &duties[i], &duties[j]);
		if (fault)
			return fault;
		in_week += week_of(p, duties[j].day) == week_of(p, duties[i].day);
		ours += duties[j].is_ours;
	}
	for (int day = duties[i].day - 1; serves_on(duties, count, day); day--)
		length++;
	for (int day = duties[i].day + 1; serves_on(duties, count, day); day++)
		length++;
	if (who->is_exempt)
		return "an exempt person serves";
	if (in_week > who->max_per_week)
		return "too many shifts in a week";
	if (ours > who->max_per_period)
		return "too many shifts in the plan";
	return length > p->max_consecutive ? "too many days in a row" : NULL;
}

static const char *check_people(
	const struct plan_problem *p, const struct plan_assignment *rows, int count)
{
	CLEANUP(mem_free)
	struct duty *duties = mem_alloc((size_t)(count + p->taken_count + 1) * sizeof(*duties));

	for (int i = 0; i < p->people_count; i++) {
		int n = duties_of(p, p->people[i].id, rows, count, duties);
		for (int j = 0; j < n; j++) {
			const char *fault = check_duty(p, &p->people[i], duties, n, j);
			if (fault)
				return fault;
		}
	}
	return NULL;
}

static const char *check_rows(
	const struct plan_problem *p, const struct plan_assignment *rows, int count)
{
	for (int i = 0; i < p->lock_count; i++)
		if (!is_among(&p->locks[i], rows, count))
			return "a lock is not kept";
	for (int i = 0; i < count; i++) {
		bool is_locked = is_among(&rows[i], p->locks, p->lock_count);
		if (!shift_of(p, rows[i].shift) || !person_of(p, rows[i].person))
			return "nobody, or no shift";
		if (is_among(&rows[i], rows, i))
			return "the same place twice";
		if (!is_locked && !offer_of(p, &rows[i]))
			return "a shift that was not offered";
		if (!is_locked && is_among(&rows[i], p->bars, p->bar_count))
			return "somebody where they are barred";
	}
	return NULL;
}

static const char *count_shift(const struct plan_problem *p, const struct plan_shift *s,
	const struct plan_assignment *rows, int count, int64_t cost[PLAN_STAGE_COUNT])
{
	bool is_weighed = p->mode == PLAN_WEIGHTS;
	int people = 0, locked = 0, have[PLAN_ROLES_MAX] = { 0 };

	for (int i = 0; i < count; i++) {
		if (rows[i].shift != s->id)
			continue;
		people++;
		locked += is_among(&rows[i], p->locks, p->lock_count);
		for (int r = 0; r < PLAN_ROLES_MAX; r++)
			have[r] += person_of(p, rows[i].person)->roles >> r & 1;
	}
	if (people > s->headcount && people > locked)
		return "too many people in a shift";
	if (people < s->headcount)
		cost[PLAN_COVERAGE] +=
			(int64_t)(s->headcount - people) * (is_weighed ? p->weights.unfilled : 1);
	for (int r = 0; r < PLAN_ROLES_MAX; r++)
		if (have[r] < s->needed[r])
			cost[r == 0 ? PLAN_LEADERS : PLAN_ROLES] +=
				(int64_t)(s->needed[r] - have[r]) *
				(is_weighed ? p->weights.role[r] : 1);
	return NULL;
}

static void count_wishes(const struct plan_problem *p, const struct plan_assignment *rows,
	int count, int64_t cost[PLAN_STAGE_COUNT])
{
	for (int i = 0; i < count; i++) {
		const struct plan_offer *offer = offer_of(p, &rows[i]);
		cost[PLAN_WISHES] += offer ? offer->cost : 0;
	}
	for (int i = 0; i < p->pair_count; i++)
		for (int s = 0; s < p->shift_count; s++) {
			struct plan_assignment a = { p->pairs[i].a, p->shifts[s].id };
			struct plan_assignment b = { p->pairs[i].b, p->shifts[s].id };
			if (is_among(&a, rows, count) && is_among(&b, rows, count))
				cost[PLAN_WISHES] -= p->pair_bonus;
		}
}

const char *duty_case_check(const struct plan_problem *p, const struct plan_assignment *rows,
	int count, int64_t ret_cost[PLAN_STAGE_COUNT])
{
	const char *fault = check_rows(p, rows, count);

	memset(ret_cost, 0, PLAN_STAGE_COUNT * sizeof(*ret_cost));
	if (!fault)
		fault = check_people(p, rows, count);
	for (int s = 0; s < p->shift_count && !fault; s++)
		fault = count_shift(p, &p->shifts[s], rows, count, ret_cost);
	if (fault)
		return fault;
	for (int i = 0; i < p->previous_count; i++)
		if (!is_among(&p->previous[i], rows, count))
			ret_cost[PLAN_CHANGES] += p->mode == PLAN_WEIGHTS ? p->weights.change : 1;
	count_wishes(p, rows, count, ret_cost);
	for (int i = 0; i < p->people_count; i++) {
		int served = p->people[i].history;
		for (int j = 0; j < count; j++)
			if (rows[j].person == p->people[i].id)
				ret_cost[PLAN_FAIRNESS] += 2 * ++served - 1;
	}
	return NULL;
}
