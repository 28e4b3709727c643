/* From the tables to the planner and back: the week's or the month's problem, and what is done with
 * the answer (core/duty/plan/plan.h). */
#pragma once

#include "core/duty/plan/plan.h"
#include "core/duty/roster.h"

#define ROSTER_HISTORY_WEEKS 8

/* The problem of all shifts from `from` to `until`: everybody who serves, the places that they may
 * be asked for (not those at refused times), wishes, partners, what they have served in the eight
 * weeks before, locks (what was done by hand, confirmed places and people without a volunteer's
 * row), bars (whoever has left a shift or was taken off it by hand, see shift_kept_off), and the
 * current roster as the one to stay close to. Shifts that have begun are left alone. Role 0 is the
 * leader, the others follow in the order of duty_role_list. */
struct roster_problem {
	struct plan_problem problem;
	struct day from, until;
	struct plan_shift *shifts;
	struct plan_person *people;
	struct plan_offer *offers;
	struct plan_pair *pairs;
	struct plan_assignment *locks, *bars, *previous;
	struct plan_taken *taken;
};
void roster_problem_finish(struct roster_problem *);
int roster_problem(struct db *, struct day from, struct day until, struct roster_problem *ret,
	struct err *err);

/* Applies the answer, in one act: places that it does not name are cancelled, unless they are
 * locked; new ones are pending. The planner knows one rest and one maximum of days in a row for
 * all: where a volunteer's own limits (or what has happened meanwhile) say no, the place stays
 * open. */
enum roster_why {
	/* Put on: */
	ROSTER_WHY_LEADS,
	ROSTER_WHY_ROLE, /* has `role`, which was missing */
	ROSTER_WHY_WISH, /* likes to serve then */
	ROSTER_WHY_LOAD, /* a place was open, and they had `served` shifts in eight weeks */
	/* Taken off: */
	ROSTER_WHY_AGAINST, /* objection `against` has arisen */
	ROSTER_WHY_MOVED,   /* they are needed in the shift `other` */
	ROSTER_WHY_YIELDED, /* the place is of more use to the resident `other`; 0: to nobody */
	ROSTER_WHY_COUNT,
};
struct roster_change {
	int64_t shift, resident;
	bool is_added; /* else taken off */
	enum roster_why why;
	char *role;
	int64_t served, other;
	struct reason against;
};
struct roster_taken {
	int added, cancelled, left_open;
	struct roster_change *changes; /* the people it took off, then those it put on, by shift */
	int change_count;
};
void roster_taken_finish(struct roster_taken *);
int roster_plan_take(struct db *, const struct act *, const struct roster_problem *,
	const struct plan_answer *, struct roster_taken *ret, struct err *err);
