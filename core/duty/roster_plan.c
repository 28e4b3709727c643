#include "core/duty/roster_plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/assignment.h"
#include "core/duty/candidate.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_gap.h"
#include "core/duty/shift_type.h"
#include "core/site/setting.h"
#include "core/store/acting.h"

#define UNLIMITED 1000

/* One more row of an array of the problem. */
#define APPEND(array, count)                                                      \
	((array) = mem_resize((array), ((size_t)(count) + 1) * sizeof(*(array))), \
		&(array)[(count)++])

void roster_problem_finish(struct roster_problem *p)
{
	free(p->shifts);
	free(p->people);
	free(p->offers);
	free(p->pairs);
	free(p->locks);
	free(p->bars);
	free(p->previous);
	free(p->taken);
	*p = (struct roster_problem){ 0 };
}

/* The data from which the parts of the problem are built. */
struct making {
	struct db *db;
	struct roster_problem *p;
	struct shift_list shifts;
	struct duty_role_list roles;
	bool has_leader_role;
};

static void making_finish(struct making *m)
{
	shift_list_finish(&m->shifts);
	duty_role_list_finish(&m->roles);
}

/* The bit of the role at `index` of the list: the leader's is the first, whether or not there is
 * one. */
static int bit_of(const struct making *m, int index)
{
	return index + (m->has_leader_role ? 0 : 1);
}

/* ---- shifts ---- */

static int add_shift(struct making *m, const struct shift *shift, struct err *err)
{
	CLEANUP(shift_type_finish) struct shift_type type = { 0 };
	struct local start = when_local(shift->start_at);
	struct plan_shift *row = APPEND(m->p->shifts, m->p->problem.shift_count);

	*row = (struct plan_shift){
		.id = shift->id,
		.day = day_distance(m->p->from, start.day),
		.start = start.hour * 60 + start.minute,
		.headcount = (int)shift->needed,
	};
	row->end = row->start + (int)((shift->end_at - shift->start_at) / 60);
	if (!shift->type)
		return 0;
	TRY(shift_type_get(m->db, shift->type, &type, err));
	row->needed[PLAN_LEADER] = type.wants_leader && m->has_leader_role;
	for (int i = 0; i < type.need_count; i++)
		for (int r = 0; r < m->roles.count; r++)
			if (m->roles.rows[r].id == type.needs[i].role)
				row->needed[bit_of(m, r)] = (int)type.needs[i].needed;
	return 0;
}

/* Shifts that have begun are no longer planned. */
static int read_shifts(struct making *m, struct err *err)
{
	int kept = 0;

	TRY(shifts_between(m->db, m->p->from, m->p->until, &m->shifts, err));
	for (int i = 0; i < m->shifts.count; i++) {
		if (m->shifts.rows[i].start_at > db_now(m->db))
			m->shifts.rows[kept++] = m->shifts.rows[i];
		else
			shift_finish(&m->shifts.rows[i]);
	}
	m->shifts.count = kept;
	for (int i = 0; i < kept; i++)
		TRY(add_shift(m, &m->shifts.rows[i], err));
	return 0;
}

static bool is_planned(const struct making *m, int64_t shift)
{
	for (int i = 0; i < m->shifts.count; i++)
		if (m->shifts.rows[i].id == shift)
			return true;
	return false;
}

/* ---- people ---- */

static uint32_t roles_of(const struct making *m, const struct candidate *c)
{
	uint32_t bits = 0;

	for (int i = 0; i < m->roles.count; i++)
		if (volunteer_has_role(&c->volunteer, m->roles.rows[i].id, m->p->until))
			bits |= UINT32_C(1) << bit_of(m, i);
	return c->is_child ? bits & ~(UINT32_C(1) << PLAN_LEADER) : bits;
}

static bool is_same_month(struct day one, struct day other)
{
	return one.year == other.year && one.month == other.month;
}

/* How many more shifts the months of the plan allow besides those outside it. */
static int period_cap(const struct making *m, const struct candidate *c)
{
	bool is_one = is_same_month(m->p->from, m->p->until);
	int64_t cap = c->limits.month * (is_one ? 1 : 2);

	for (int i = 0; i < c->taken_count; i++) {
		struct day day = when_day(c->taken[i].start_at);
		if (!is_planned(m, c->taken[i].shift) &&
			(is_same_month(day, m->p->from) || is_same_month(day, m->p->until)))
			cap--;
	}
	return cap > 0 ? (int)cap : 0;
}

static int history_of(struct making *m, int64_t resident, int64_t *ret, struct err *err)
{
	struct day from = day_add(m->p->from, -7 * ROSTER_HISTORY_WEEKS);

	return db_integer(m->db,
		"SELECT count(*) FROM assignment JOIN shift ON shift.id = assignment.shift"
		" WHERE resident = :resident AND gone IS NULL AND cancelled_at IS NULL"
		" AND start_at >= :from AND start_at < :until",
		FIELDS(F_INT("resident", resident), F_INT("from", when_day_start(from)),
			F_INT("until", when_day_start(m->p->from))),
		0, ret, err);
}

static void add_taken(struct making *m, const struct candidate *c)
{
	for (int i = 0; i < c->taken_count; i++) {
		const struct candidate_shift *shift = &c->taken[i];
		struct local start = when_local(shift->start_at);
		if (is_planned(m, shift->shift))
			continue;
		struct plan_taken *row = APPEND(m->p->taken, m->p->problem.taken_count);
		*row = (struct plan_taken){ .person = c->resident,
			.day = day_distance(m->p->from, start.day),
			.start = start.hour * 60 + start.minute };
		row->end = row->start + (int)((shift->end_at - shift->start_at) / 60);
	}
}

static void add_offers(struct making *m, const struct candidate *c)
{
	for (int i = 0; i < m->shifts.count; i++) {
		const struct shift *shift = &m->shifts.rows[i];
		int wish;
		if (volunteer_is_exempt(&c->volunteer, when_day(shift->start_at)) ||
			candidate_is_paused(c, when_day(shift->start_at)) ||
			!candidate_is_free(c, shift, &wish))
			continue;
		struct plan_offer *row = APPEND(m->p->offers, m->p->problem.offer_count);
		*row = (struct plan_offer){ c->resident, shift->id, wish };
	}
}

/* Each pair once, whichever of the two has named the other. */
static void add_pair(struct making *m, const struct volunteer *v)
{
	int64_t a = v->resident < v->partner ? v->resident : v->partner;
	int64_t b = v->resident < v->partner ? v->partner : v->resident;

	for (int i = 0; i < m->p->problem.pair_count; i++)
		if (m->p->pairs[i].a == a && m->p->pairs[i].b == b)
			return;
	struct plan_pair *row = APPEND(m->p->pairs, m->p->problem.pair_count);
	*row = (struct plan_pair){ a, b };
}

static int add_person(struct making *m, int64_t resident, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	int64_t history;

	TRY(candidate_get(m->db, resident, m->p->from, m->p->until, &c, err));
	TRY(history_of(m, resident, &history, err));
	struct plan_person *row = APPEND(m->p->people, m->p->problem.people_count);
	*row = (struct plan_person){
		.id = resident,
		.roles = roles_of(m, &c),
		.max_per_week = c.is_volunteer ? (int)c.limits.week : UNLIMITED,
		.max_per_period = c.is_volunteer ? period_cap(m, &c) : UNLIMITED,
		.history = (int)history,
	};
	add_taken(m, &c);
	if (c.is_volunteer && !c.volunteer.has_ended && !c.has_left)
		add_offers(m, &c);
	return 0;
}

static bool has_person(const struct making *m, int64_t resident)
{
	for (int i = 0; i < m->p->problem.people_count; i++)
		if (m->p->people[i].id == resident)
			return true;
	return false;
}

static int read_people(struct making *m, struct err *err)
{
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };

	TRY(volunteer_list(m->db, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(add_person(m, list.rows[i].resident, err));
	for (int i = 0; i < list.count; i++)
		if (list.rows[i].partner && has_person(m, list.rows[i].partner))
			add_pair(m, &list.rows[i]);
	return 0;
}

/* ---- what is on the roster already ---- */

/* Somebody who serves can be planned again; 1, or 0. */
static int is_serving(const struct making *m, int64_t resident, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	int r = volunteer_of(m->db, resident, &v, err);

	return r <= 0 ? r : !v.has_ended;
}

static int add_assignment(struct making *m, const struct assignment *who, struct err *err)
{
	const struct plan_assignment row = { who->resident, who->shift };
	int serves = is_serving(m, who->resident, err);

	if (serves < 0)
		return serves;
	bool is_lock = who->is_locked || who->confirmed_at || who->in_at || !serves;
	if (!has_person(m, who->resident))
		TRY(add_person(m, who->resident, err));
	if (is_lock)
		*APPEND(m->p->locks, m->p->problem.lock_count) = row;
	*APPEND(m->p->previous, m->p->problem.previous_count) = row;
	return 0;
}

/* The people who are kept off a shift, each once. */
static void add_bars(struct making *m, const struct shift *shift)
{
	for (int i = 0; i < shift->gone_count; i++) {
		const struct assignment *who = &shift->gone[i];
		if (shift_kept_off(shift, who->resident) == who && has_person(m, who->resident))
			*APPEND(m->p->bars, m->p->problem.bar_count) =
				(struct plan_assignment){ who->resident, shift->id };
	}
}

static int read_roster(struct making *m, struct err *err)
{
	for (int i = 0; i < m->shifts.count; i++) {
		for (int j = 0; j < m->shifts.rows[i].people_count; j++)
			TRY(add_assignment(m, &m->shifts.rows[i].people[j], err));
		add_bars(m, &m->shifts.rows[i]);
	}
	return 0;
}

static int read_settings(struct making *m, struct err *err)
{
	int64_t rest, days;

	TRY(setting_int(m->db, SETTING_DUTY_REST_MINUTES, &rest, err));
	TRY(setting_int(m->db, SETTING_DUTY_DAYS_IN_ROW, &days, err));
	m->p->problem.rest_minutes = (int)rest;
	m->p->problem.max_consecutive = (int)days;
	m->p->problem.first_weekday = day_weekday(m->p->from) - 1;
	m->p->problem.pair_bonus = 1;
	m->p->problem.mode = PLAN_STAGES;
	return 0;
}

static int make(struct making *m, struct err *err)
{
	struct plan_problem *problem = &m->p->problem;

	TRY(duty_role_list(m->db, &m->roles, err));
	m->has_leader_role =
		m->roles.count > 0 && strcmp(m->roles.rows[0].code, DUTY_ROLE_LEADER) == 0;
	TRY(read_settings(m, err));
	TRY(read_shifts(m, err));
	TRY(read_people(m, err));
	TRY(read_roster(m, err));
	problem->shifts = m->p->shifts;
	problem->people = m->p->people;
	problem->offers = m->p->offers;
	problem->pairs = m->p->pairs;
	problem->locks = m->p->locks;
	problem->bars = m->p->bars;
	problem->previous = m->p->previous;
	problem->taken = m->p->taken;
	return 0;
}

int roster_problem(struct db *db, struct day from, struct day until, struct roster_problem *ret,
	struct err *err)
{
	CLEANUP(roster_problem_finish) struct roster_problem p = { .from = from, .until = until };
	CLEANUP(making_finish) struct making m = { .db = db, .p = &p };

	TRY(make(&m, err));
	*ret = p;
	p = (struct roster_problem){ 0 };
	return 0;
}

/* ---- taking the answer in ---- */

void roster_taken_finish(struct roster_taken *taken)
{
	for (int i = 0; i < taken->change_count; i++)
		free(taken->changes[i].role);
	free(taken->changes);
	*taken = (struct roster_taken){ 0 };
}

static bool names(const struct plan_answer *answer, int64_t resident, int64_t shift)
{
	for (int i = 0; i < answer->assignment_count; i++)
		if (answer->assignments[i].person == resident &&
			answer->assignments[i].shift == shift)
			return true;
	return false;
}

static bool is_lock(const struct roster_problem *p, int64_t resident, int64_t shift)
{
	for (int i = 0; i < p->problem.lock_count; i++)
		if (p->locks[i].person == resident && p->locks[i].shift == shift)
			return true;
	return false;
}

static bool was_on(const struct roster_problem *p, int64_t resident, int64_t shift)
{
	for (int i = 0; i < p->problem.previous_count; i++)
		if (p->previous[i].person == resident && p->previous[i].shift == shift)
			return true;
	return false;
}

/* A shift that the answer newly gives them, or 0. */
static int64_t moved_to(
	const struct roster_problem *p, const struct plan_answer *answer, int64_t resident)
{
	for (int i = 0; i < answer->assignment_count; i++) {
		const struct plan_assignment *one = &answer->assignments[i];
		if (one->person == resident && !was_on(p, resident, one->shift))
			return one->shift;
	}
	return 0;
}

/* Somebody whom the answer newly puts on the shift, or 0. */
static int64_t successor(
	const struct roster_problem *p, const struct plan_answer *answer, int64_t shift)
{
	for (int i = 0; i < answer->assignment_count; i++) {
		const struct plan_assignment *one = &answer->assignments[i];
		if (one->shift == shift && !was_on(p, one->person, shift))
			return one->person;
	}
	return 0;
}

static int note_removal(struct acting *a, const struct roster_problem *p,
	const struct plan_answer *answer, const struct shift *shift, int64_t resident,
	struct roster_taken *ret, struct err *err)
{
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(shift->start_at);
	struct err against;

	TRY(candidate_get(a->db, resident, day, day, &c, err));
	candidate_reasons(&c, shift, 0, &against);
	struct roster_change *row = APPEND(ret->changes, ret->change_count);
	*row = (struct roster_change){ .shift = shift->id, .resident = resident };
	for (int i = 0; i < against.reason_count; i++)
		if (against.reasons[i].code != REASON_SHIFT_ASSIGNED) {
			row->why = ROSTER_WHY_AGAINST;
			row->against = against.reasons[i];
			return 0;
		}
	row->why = ROSTER_WHY_MOVED;
	row->other = moved_to(p, answer, resident);
	if (row->other)
		return 0;
	row->why = ROSTER_WHY_YIELDED;
	row->other = successor(p, answer, shift->id);
	return 0;
}

static int cancel_unnamed(struct acting *a, const struct roster_problem *p,
	const struct plan_answer *answer, struct roster_taken *ret, struct err *err)
{
	for (int i = 0; i < p->problem.shift_count; i++) {
		CLEANUP(shift_finish) struct shift shift = { 0 };
		TRY(shift_get(a->db, p->shifts[i].id, &shift, err));
		for (int j = 0; j < shift.people_count; j++) {
			const struct assignment *who = &shift.people[j];
			if (who->in_at || who->is_locked || who->confirmed_at ||
				is_lock(p, who->resident, shift.id) ||
				names(answer, who->resident, shift.id))
				continue;
			TRY(note_removal(a, p, answer, &shift, who->resident, ret, err));
			TRY(assignment_unplan(a->db, a->act, who->id, err));
			ret->cancelled++;
		}
	}
	return 0;
}

/* Who leads: somebody who may, and has led least in recent weeks; the lower id among equals. 0:
 * nobody. */
static int choose_leader(struct db *db, const struct roster_problem *p,
	const struct plan_answer *answer, const struct plan_shift *shift, int64_t *ret,
	struct err *err)
{
	int64_t fewest = INT64_MAX, led;

	*ret = 0;
	for (int i = 0; i < p->problem.people_count; i++) {
		const struct plan_person *person = &p->people[i];
		if (!(person->roles & 1u << PLAN_LEADER) || !names(answer, person->id, shift->id))
			continue;
		TRY(db_integer(db,
			"SELECT count(*) FROM assignment WHERE resident = :resident"
			" AND is_leader = 1 AND gone IS NULL",
			FIELDS(F_INT("resident", person->id)), 0, &led, err));
		if (led < fewest || (led == fewest && person->id < *ret)) {
			fewest = led;
			*ret = person->id;
		}
	}
	return 0;
}

/* A missing role that they have; NULL: none. */
static const struct shift_gap *filled_gap(
	const struct candidate *c, const struct shift *shift, const struct shift_gaps *gaps)
{
	for (int i = 0; i < gaps->count; i++)
		if (volunteer_has_role(
			    &c->volunteer, gaps->rows[i].role, when_day(shift->start_at)))
			return &gaps->rows[i];
	return NULL;
}

static int64_t served_by(const struct roster_problem *p, int64_t resident)
{
	for (int i = 0; i < p->problem.people_count; i++)
		if (p->people[i].id == resident)
			return p->people[i].history;
	return 0;
}

/* Asked before they are on it. */
static int note_addition(struct acting *a, const struct roster_problem *p,
	const struct candidate *c, const struct shift *shift, bool is_leader,
	struct roster_taken *ret, struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	int wish;

	TRY(shift_gaps(a->db, shift, &gaps, err));
	const struct shift_gap *gap = filled_gap(c, shift, &gaps);
	struct roster_change *row = APPEND(ret->changes, ret->change_count);
	*row = (struct roster_change){ .shift = shift->id,
		.resident = c->resident,
		.is_added = true,
		.why = ROSTER_WHY_LOAD,
		.served = served_by(p, c->resident) };
	candidate_is_free(c, shift, &wish);
	if (is_leader) {
		row->why = ROSTER_WHY_LEADS;
	} else if (gap && !gap->is_leader) {
		row->why = ROSTER_WHY_ROLE;
		row->role = mem_text(gap->name);
	} else if (wish < 0) {
		row->why = ROSTER_WHY_WISH;
	}
	return 0;
}

static int add_one(struct acting *a, const struct roster_problem *p, const struct shift *shift,
	int64_t resident, bool is_leader, struct roster_taken *ret, struct err *err)
{
	struct assignment_draft draft = {
		.shift = shift->id,
		.resident = resident,
		.is_leader = is_leader,
		.is_planned = true,
	};
	CLEANUP(candidate_finish) struct candidate c = { 0 };
	struct day day = when_day(shift->start_at);
	struct err against;
	int64_t id;

	TRY(candidate_get(a->db, resident, day, day, &c, err));
	candidate_reasons(&c, shift, 0, &against);
	if (against.code || shift_open_slots(shift) == 0 || shift_kept_off(shift, resident)) {
		ret->left_open++;
		return 0;
	}
	TRY(note_addition(a, p, &c, shift, is_leader, ret, err));
	TRY(shift_assign(a->db, a->act, &draft, &id, err));
	ret->added++;
	return 0;
}

/* Leaders come first, so that nobody else takes their place. */
static int fill_shift(struct acting *a, const struct roster_problem *p,
	const struct plan_answer *answer, const struct plan_shift *row, struct roster_taken *ret,
	struct err *err)
{
	int64_t leader = 0;

	if (row->needed[PLAN_LEADER])
		TRY(choose_leader(a->db, p, answer, row, &leader, err));
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < answer->assignment_count; i++) {
			const struct plan_assignment *one = &answer->assignments[i];
			CLEANUP(shift_finish) struct shift shift = { 0 };
			if (one->shift != row->id || (one->person == leader) != (pass == 0))
				continue;
			TRY(shift_get(a->db, row->id, &shift, err));
			bool leads = shift.people_count > 0 && shift.people[0].is_leader;
			if (shift_assignment_of(&shift, one->person))
				continue;
			TRY(add_one(a, p, &shift, one->person, pass == 0 && !leads, ret, err));
		}
	return 0;
}

int roster_plan_take(struct db *db, const struct act *act, const struct roster_problem *p,
	const struct plan_answer *answer, struct roster_taken *ret, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(roster_taken_finish) struct roster_taken taken = { 0 };
	char from_on[11], until_on[11];

	day_format(p->from, from_on);
	day_format(p->until, until_on);
	TRY(act_begin(&a, db, act, ACT_ROSTER_PLAN,
		FIELDS(F_TEXT("from_on", from_on), F_TEXT("until_on", until_on)), err));
	if (!a.is_repeat) {
		TRY(cancel_unnamed(&a, p, answer, &taken, err));
		for (int i = 0; i < p->problem.shift_count; i++)
			TRY(fill_shift(&a, p, answer, &p->shifts[i], &taken, err));
		TRY(act_commit(&a, taken.added, err));
	}
	*ret = taken;
	taken = (struct roster_taken){ 0 };
	return 0;
}
