/* A problem of plan.h prepared for solving: checked, sorted by id, everything by index.
 *
 * People, shifts and offers are numbered from 0; offers are ordered by person, then shift. Locks
 * and shifts that people have outside the plan form the `base`, to which free offers are added. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/duty/plan/plan.h"

struct model_person {
	int64_t id;
	uint32_t roles;
	int week_cap, period_cap;
	int history;
	bool is_exempt;
	int first_offer, end_offer;
};

struct model_shift {
	int64_t id;
	int day, start, end, headcount;
	uint32_t needs; /* roles that some shift needs */
	int needed[PLAN_ROLES_MAX];
	int first_candidate, end_candidate; /* in candidates */
};

struct model_bar {
	int person, shift;
};

struct model_offer {
	int person, shift, cost;
	bool is_locked;
	bool is_previous;
	bool is_only_locked; /* it was never offered, only locked */
	/* offers for the same shift by people who like to serve with them */
	int first_twin, end_twin;
};

/* A person's shift on a day; several shifts (of locks) become one that spans them. */
struct model_use {
	int16_t count;
	int start, end;
};

struct model {
	struct model_person *people;
	struct model_shift *shifts;
	struct model_offer *offers;
	int *candidates; /* offers by shift */
	int *twins;
	int *offer_at;          /* [person × shifts + shift], or −1 */
	struct model_bar *bars; /* sorted */
	int bar_count;
	int person_count, shift_count, offer_count;
	int lost_previous; /* places of the previous roster that nobody can keep */

	int days, first_weekday, weeks;
	int margin; /* days before and after the plan that still matter */
	int span;   /* days + 2 × margin */
	int rest_minutes, max_consecutive, pair_bonus;

	enum plan_mode mode;
	/* The cost of one of each, in the unit of its stage … */
	int64_t unfilled, role[PLAN_ROLES_MAX], change;
	/* … and the stage's weight, so that in PLAN_STAGES one sum keeps their order. */
	int64_t weight[PLAN_STAGE_COUNT];
	int64_t spread[PLAN_STAGE_COUNT]; /* the most that its cost can differ between rosters */

	struct model_use *taken; /* [person × span + margin + day], without locks */
};

/* ERR_INVALID PLAN_BAD, as plan_solve. */
int model_init(struct model *, const struct plan_problem *, struct err *err);
void model_finish(struct model *); /* also for CLEANUP; zeroed is allowed */

/* The index of an id, or −1. */
int model_person(const struct model *, int64_t id);
int model_shift(const struct model *, int64_t id);
/* The offer's index, or −1. */
int model_offer(const struct model *, int person, int shift);
bool model_is_barred(const struct model *, int person, int shift);
/* The week of a day, 0 …; days outside the plan have their own weeks. */
int model_week(const struct model *, int day);
/* The stage that a missing role counts in. */
enum plan_stage model_role_stage(int role);
int64_t model_sum(const struct model *, const int64_t cost[PLAN_STAGE_COUNT]);
