#include "core/duty/plan/wire.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

/* Rows are flat lists of integers: a month of 500 people is 100 kB. */

static void add(json_t *list, int64_t n)
{
	json_array_append_new(list, json_integer(n));
}

/* ---- the problem ---- */

static json_t *shifts_of(const struct plan_problem *p)
{
	json_t *list = json_array();

	for (int i = 0; i < p->shift_count; i++) {
		const struct plan_shift *s = &p->shifts[i];
		json_t *row = json_array();
		add(row, s->id);
		add(row, s->day);
		add(row, s->start);
		add(row, s->end);
		add(row, s->headcount);
		for (int r = 0; r < PLAN_ROLES_MAX; r++)
			add(row, s->needed[r]);
		json_array_append_new(list, row);
	}
	return list;
}

static json_t *people_of(const struct plan_problem *p)
{
	json_t *list = json_array();

	for (int i = 0; i < p->people_count; i++) {
		const struct plan_person *who = &p->people[i];
		add(list, who->id);
		add(list, who->roles);
		add(list, who->max_per_week);
		add(list, who->max_per_period);
		add(list, who->history);
		add(list, who->is_exempt);
	}
	return list;
}

static json_t *assignments_of(const struct plan_assignment *rows, int count)
{
	json_t *list = json_array();

	for (int i = 0; i < count; i++) {
		add(list, rows[i].person);
		add(list, rows[i].shift);
	}
	return list;
}

static json_t *offers_of(const struct plan_problem *p)
{
	json_t *list = json_array();

	for (int i = 0; i < p->offer_count; i++) {
		add(list, p->offers[i].person);
		add(list, p->offers[i].shift);
		add(list, p->offers[i].cost);
	}
	return list;
}

static json_t *pairs_of(const struct plan_problem *p)
{
	json_t *list = json_array();

	for (int i = 0; i < p->pair_count; i++) {
		add(list, p->pairs[i].a);
		add(list, p->pairs[i].b);
	}
	return list;
}

static json_t *taken_of(const struct plan_problem *p)
{
	json_t *list = json_array();

	for (int i = 0; i < p->taken_count; i++) {
		add(list, p->taken[i].person);
		add(list, p->taken[i].day);
		add(list, p->taken[i].start);
		add(list, p->taken[i].end);
	}
	return list;
}

static json_t *rules_of(const struct plan_problem *p)
{
	json_t *list = json_array();

	add(list, p->first_weekday);
	add(list, p->rest_minutes);
	add(list, p->max_consecutive);
	add(list, p->pair_bonus);
	add(list, p->mode);
	add(list, p->weights.unfilled);
	add(list, p->weights.change);
	for (int r = 0; r < PLAN_ROLES_MAX; r++)
		add(list, p->weights.role[r]);
	return list;
}

json_t *wire_problem(const struct plan_problem *p, int effort)
{
	json_t *message = json_pack("{s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "do",
		"plan", "effort", effort, "rules", rules_of(p), "shifts", shifts_of(p), "people",
		people_of(p), "offers", offers_of(p), "pairs", pairs_of(p), "locks",
		assignments_of(p->locks, p->lock_count), "bars",
		assignments_of(p->bars, p->bar_count), "previous",
		assignments_of(p->previous, p->previous_count), "taken", taken_of(p));

	assert(message);
	return message;
}

/* ---- and back ---- */

/* A list of rows of `width` integers; the position moves on with each one read. */
struct reader {
	const json_t *list;
	size_t at;
};

static int64_t take(struct reader *r)
{
	return json_integer_value(json_array_get(r->list, r->at++));
}

/* The list under `key`, and how many rows of `width` it has; −1 when it is not such a list. */
static int rows_of(const json_t *message, const char *key, size_t width, struct reader *ret)
{
	const json_t *list = json_object_get(message, key);
	size_t size = json_array_size(list), i;
	const json_t *n;

	if (!json_is_array(list) || size % width != 0)
		return -1;
	json_array_foreach(list, i, n) if (!json_is_integer(n) && width > 1) return -1;
	*ret = (struct reader){ list, 0 };
	return (int)(size / width);
}

static int read_shifts(struct wire_problem *w, const json_t *message)
{
	struct reader list, row;
	int count = rows_of(message, "shifts", 1, &list);
	struct plan_shift *shifts = mem_alloc((size_t)(count + 1) * sizeof(*shifts));

	w->owned[0] = shifts;
	w->problem.shifts = shifts;
	w->problem.shift_count = count;
	for (int i = 0; i < count; i++) {
		row = (struct reader){ json_array_get(list.list, (size_t)i), 0 };
		shifts[i].id = take(&row);
		shifts[i].day = (int)take(&row);
		shifts[i].start = (int)take(&row);
		shifts[i].end = (int)take(&row);
		shifts[i].headcount = (int)take(&row);
		for (int r = 0; r < PLAN_ROLES_MAX; r++)
			shifts[i].needed[r] = (int)take(&row);
	}
	return count;
}

static int read_people(struct wire_problem *w, const json_t *message)
{
	struct reader list;
	int count = rows_of(message, "people", 6, &list);
	struct plan_person *people = mem_alloc((size_t)(count + 1) * sizeof(*people));

	w->owned[1] = people;
	w->problem.people = people;
	w->problem.people_count = count;
	for (int i = 0; i < count; i++) {
		people[i].id = take(&list);
		people[i].roles = (uint32_t)take(&list);
		people[i].max_per_week = (int)take(&list);
		people[i].max_per_period = (int)take(&list);
		people[i].history = (int)take(&list);
		people[i].is_exempt = take(&list) != 0;
	}
	return count;
}

static int read_offers(struct wire_problem *w, const json_t *message)
{
	struct reader list;
	int count = rows_of(message, "offers", 3, &list);
	struct plan_offer *offers = mem_alloc((size_t)(count + 1) * sizeof(*offers));

	w->owned[2] = offers;
	w->problem.offers = offers;
	w->problem.offer_count = count;
	for (int i = 0; i < count; i++) {
		offers[i].person = take(&list);
		offers[i].shift = take(&list);
		offers[i].cost = (int)take(&list);
	}
	return count;
}

static int read_pairs(struct wire_problem *w, const json_t *message)
{
	struct reader list;
	int count = rows_of(message, "pairs", 2, &list);
	struct plan_pair *pairs = mem_alloc((size_t)(count + 1) * sizeof(*pairs));

	w->owned[3] = pairs;
	w->problem.pairs = pairs;
	w->problem.pair_count = count;
	for (int i = 0; i < count; i++) {
		pairs[i].a = take(&list);
		pairs[i].b = take(&list);
	}
	return count;
}

static int read_assignments(const json_t *message, const char *key, void **owned,
	const struct plan_assignment **ret, int *ret_count)
{
	struct reader list;
	int count = rows_of(message, key, 2, &list);
	struct plan_assignment *rows = mem_alloc((size_t)(count + 1) * sizeof(*rows));

	*owned = rows;
	*ret = rows;
	*ret_count = count;
	for (int i = 0; i < count; i++) {
		rows[i].person = take(&list);
		rows[i].shift = take(&list);
	}
	return count;
}

static int read_taken(struct wire_problem *w, const json_t *message)
{
	struct reader list;
	int count = rows_of(message, "taken", 4, &list);
	struct plan_taken *taken = mem_alloc((size_t)(count + 1) * sizeof(*taken));

	w->owned[6] = taken;
	w->problem.taken = taken;
	w->problem.taken_count = count;
	for (int i = 0; i < count; i++) {
		taken[i].person = take(&list);
		taken[i].day = (int)take(&list);
		taken[i].start = (int)take(&list);
		taken[i].end = (int)take(&list);
	}
	return count;
}

static int read_rules(struct wire_problem *w, const json_t *message)
{
	struct plan_problem *p = &w->problem;
	struct reader list;
	int count = rows_of(message, "rules", 7 + PLAN_ROLES_MAX, &list);

	if (count != 1)
		return -1;
	p->first_weekday = (int)take(&list);
	p->rest_minutes = (int)take(&list);
	p->max_consecutive = (int)take(&list);
	p->pair_bonus = (int)take(&list);
	p->mode = take(&list) == PLAN_WEIGHTS ? PLAN_WEIGHTS : PLAN_STAGES;
	p->weights.unfilled = (int)take(&list);
	p->weights.change = (int)take(&list);
	for (int r = 0; r < PLAN_ROLES_MAX; r++)
		p->weights.role[r] = (int)take(&list);
	return 1;
}

void wire_problem_finish(struct wire_problem *w)
{
	for (size_t i = 0; i < ARRAY_LEN(w->owned); i++)
		free(w->owned[i]);
	*w = (struct wire_problem){ 0 };
}

int wire_problem_read(const json_t *message, struct wire_problem *ret, struct err *err)
{
	CLEANUP(wire_problem_finish) struct wire_problem w = { 0 };

	w.effort = (int)json_integer_value(json_object_get(message, "effort"));
	if (read_rules(&w, message) < 0 || read_shifts(&w, message) < 0 ||
		read_people(&w, message) < 0 || read_offers(&w, message) < 0 ||
		read_pairs(&w, message) < 0 || read_taken(&w, message) < 0 ||
		read_assignments(message, "locks", &w.owned[4], &w.problem.locks,
			&w.problem.lock_count) < 0 ||
		read_assignments(
			message, "bars", &w.owned[7], &w.problem.bars, &w.problem.bar_count) < 0 ||
		read_assignments(message, "previous", &w.owned[5], &w.problem.previous,
			&w.problem.previous_count) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(PLAN_BAD, "message"));
	*ret = w;
	w = (struct wire_problem){ 0 };
	return 0;
}

/* ---- events ---- */

json_t *wire_event(const struct seats *seats, const struct solve_result *result)
{
	const struct model *m = seats->m;
	json_t *roster = json_array();

	for (int o = 0; o < m->offer_count; o++) {
		if (!seats_has(seats, o) || m->offers[o].is_locked)
			continue;
		add(roster, m->people[m->offers[o].person].id);
		add(roster, m->shifts[m->offers[o].shift].id);
	}
	json_t *message = result ? json_pack("{s:s, s:o, s:I, s:i, s:i}", "event", "done", "roster",
					   roster, "bound", (json_int_t)result->bound, "proven",
					   result->proven, "status", (int)result->status)
				 : json_pack("{s:s, s:o}", "event", "better", "roster", roster);
	assert(message);
	return message;
}

/* Seats the roster, one by one, as far as the rules allow. */
static bool seat_all(struct seats *seats, const json_t *message)
{
	const struct model *m = seats->m;
	struct reader list;
	int count = rows_of(message, "roster", 2, &list);

	for (int i = 0; i < count; i++) {
		int64_t person_id = take(&list), shift_id = take(&list);
		int person = model_person(m, person_id), shift = model_shift(m, shift_id);
		int offer = person < 0 || shift < 0 ? -1 : model_offer(m, person, shift);
		if (offer < 0 || seats_block(seats, offer) != PLAN_BLOCK_NONE ||
			seats->count[shift] >= m->shifts[shift].headcount)
			return false;
		seats_put(seats, offer);
	}
	return count >= 0;
}

int wire_event_read(const json_t *message, struct seats *seats, struct solve_result *ret_result,
	bool *ret_done, struct err *err)
{
	const char *event = json_string_value(json_object_get(message, "event"));
	bool is_done = event && strcmp(event, "done") == 0;

	if (event && strcmp(event, "failed") == 0)
		return 0;
	if (!is_done && !(event && strcmp(event, "better") == 0))
		return err_setf(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, PLANNER_PROGRAM),
			"an event that is not known");
	if (!seat_all(seats, message))
		return err_setf(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, PLANNER_PROGRAM),
			"a roster that breaks a rule");
	if (is_done)
		*ret_result = (struct solve_result){
			.bound = json_integer_value(json_object_get(message, "bound")),
			.proven = (int)json_integer_value(json_object_get(message, "proven")),
			.status = json_integer_value(json_object_get(message, "status")) ==
						  PLAN_PROVEN
					  ? PLAN_PROVEN
					  : PLAN_STOPPED,
		};
	*ret_done = is_done;
	return 1;
}
