/* Planning a roster: who serves in which shift (doc/rules.md, Duty). Plain data in, plain data out;
 * no database, no names.
 *
 * Hard rules, never broken: people serve only in shifts that they offered to take (a refused time
 * is not in the list) and are not barred from; one shift a day; the rest between a shift and one of
 * the next day; caps per week and for the whole plan; consecutive days; a shift's headcount. Locks
 * hold whatever they break. Everything else is a cost, so a plan is never infeasible: what could
 * not be filled is named and explained.
 *
 * Costs, in the order of the stages: places left open; leaders missing; other roles missing; places
 * of the previous roster that changed hands; wishes (an offer's own cost less the bonus of pairs
 * that serve together); fairness (a person's j-th shift costs 2(h+j)−1, h being the shifts of the
 * last eight weeks: the sum of squares, so the load is levelled).
 *
 * Same problem, same answer, whatever the order of the lists: everything is sorted by id, and
 * counts limit the work. Solved by jiaplus-planner; when that is missing or dies, the answer is the
 * best one that it reported, or a start that is made here, and says so. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"

#define PLAN_ROLES_MAX 32
#define PLAN_LEADER    0 /* the role whose bit is 1u << 0 has a stage of its own */

/* ---- the problem: texts there are none, arrays are borrowed, ids are the caller's (> 0) ---- */

struct plan_shift {
	int64_t id;
	int day;        /* from the plan's first day, 0 … */
	int start, end; /* minutes from that day's midnight; the end may lie beyond 1440 */
	int headcount;
	int needed[PLAN_ROLES_MAX]; /* how many of those in the shift must have the role */
};

struct plan_person {
	int64_t id;
	uint32_t roles;     /* bits */
	int max_per_week;   /* shifts in one week, including those `taken` elsewhere */
	int max_per_period; /* shifts in this plan */
	int history;        /* shifts in the last eight weeks */
	bool is_exempt;     /* ill, on leave …: only locked shifts */
};

/* This person can take this shift. Without an offer they are not available, or refused. */
struct plan_offer {
	int64_t person, shift;
	int cost; /* a wish: below 0 likes it, above 0 would rather not */
};

struct plan_pair {
	int64_t a, b; /* like to serve together: the bonus for each shift that they share */
};

struct plan_assignment {
	int64_t person, shift;
};

/* A shift that this person has outside this plan: the day before it, in another roster … It counts
 * for one shift a day, rest, the week's cap and consecutive days. */
struct plan_taken {
	int64_t person;
	int day, start, end; /* as in plan_shift; the day may be negative */
};

enum plan_stage {
	PLAN_COVERAGE,
	PLAN_LEADERS,
	PLAN_ROLES,
	PLAN_CHANGES,
	PLAN_WISHES,
	PLAN_FAIRNESS,
	PLAN_STAGE_COUNT,
};

enum plan_mode {
	PLAN_STAGES,  /* an earlier stage is never given up for a later one */
	PLAN_WEIGHTS, /* one sum */
};

struct plan_weights {
	int unfilled;             /* a place left open */
	int role[PLAN_ROLES_MAX]; /* a person with the role is missing */
	int change;               /* a place of the previous roster given to somebody else */
				  /* wishes, pairs and fairness weigh 1 */
};

struct plan_problem {
	const struct plan_shift *shifts;
	const struct plan_person *people;
	const struct plan_offer *offers;
	const struct plan_pair *pairs;
	const struct plan_assignment *locks;
	const struct plan_assignment *bars;     /* this person not in this shift, offered or not */
	const struct plan_assignment *previous; /* the roster to stay close to; none: a new one */
	const struct plan_taken *taken;
	int shift_count, people_count, offer_count, pair_count, lock_count, bar_count,
		previous_count, taken_count;

	int first_weekday;   /* of day 0: 0 Monday … 6; weeks begin on Monday */
	int rest_minutes;    /* between a shift's end and the start of one on the next day */
	int max_consecutive; /* days in a row with a shift */
	int pair_bonus;      /* ≥ 0; deducted from the wishes for each shift that a pair shares */
	enum plan_mode mode;
	struct plan_weights weights; /* PLAN_WEIGHTS */
};

/* ---- the answer ---- */

/* Why a person does not take an open place: the first that applies, in this order. */
enum plan_block {
	PLAN_BLOCK_HERE,        /* is in this shift already */
	PLAN_BLOCK_EXEMPT,      /* is exempt */
	PLAN_BLOCK_BARRED,      /* is barred: has asked for leave, or was taken off by hand */
	PLAN_BLOCK_UNAVAILABLE, /* made no offer, or refused */
	PLAN_BLOCK_ROLE,        /* does not have the missing role */
	PLAN_BLOCK_DAY,         /* has a shift on that day */
	PLAN_BLOCK_REST,        /* would rest too little before or after */
	PLAN_BLOCK_WEEK,        /* has the maximum of shifts in the week */
	PLAN_BLOCK_PERIOD,      /* has the maximum of shifts in the plan */
	PLAN_BLOCK_CONSECUTIVE, /* would serve too many days in a row */
	PLAN_BLOCK_NONE,        /* could, but it would cost more than it brings */
	PLAN_BLOCK_COUNT,
};

/* The cheapest way to fill a place with a person who is blocked, if that one rule were set aside:
 * the change of each stage. PLAN_BLOCK_DAY: they leave their other shift of the day, `from`. */
struct plan_fill {
	int64_t person; /* 0: nobody, even so */
	int64_t from;   /* the shift they would leave; 0: none */
	int64_t change[PLAN_STAGE_COUNT];
};

/* A place that stays open, or a role that stays missing in a shift. */
struct plan_gap {
	int64_t shift;
	int role;                     /* PLAN_ANYBODY: places; else the role that is missing */
	int missing;                  /* how many */
	int people[PLAN_BLOCK_COUNT]; /* all people, each counted once */
	struct plan_fill
		fill[PLAN_BLOCK_COUNT]; /* of those who are exempt, barred or unavailable: never */
};
#define PLAN_ANYBODY (-1)

enum plan_status {
	PLAN_PROVEN,    /* nothing better exists */
	PLAN_STOPPED,   /* by a count: the bound says how far from the optimum it can be */
	PLAN_LATE,      /* by the clock: another time the answer may differ */
	PLAN_FELL_BACK, /* the helper is missing or died: a start, or the last it reported */
	PLAN_STATUS_COUNT,
};

struct plan_answer {
	struct plan_assignment *assignments; /* by shift, then person; includes locks */
	int assignment_count;
	struct plan_gap *gaps; /* by shift; places before roles */
	int gap_count;

	enum plan_status status;
	bool is_reproducible; /* the same problem will get the same answer */

	/* The costs of the assignments by stage; in PLAN_WEIGHTS missing roles, open places and
	 * changes with their weights, so that `objective` is the sum. */
	int64_t cost[PLAN_STAGE_COUNT];
	/* PLAN_WEIGHTS: no roster costs less than `bound`. PLAN_STAGES: stages below `proven` are
	 * optimal (each given those before it), stage `proven` cannot cost less than `bound`;
	 * objective is its cost. All proven: PLAN_STAGE_COUNT. */
	int64_t objective, bound;
	int proven;
};
void plan_answer_finish(struct plan_answer *); /* also for CLEANUP */

/* ---- solving ---- */

struct plan_options {
	int effort;         /* 0: the usual counts; else per cent of them (1–1000) */
	int backstop_ms;    /* 0: 60 s; then the helper is stopped in any case */
	const char *helper; /* NULL: this installation's jiaplus-planner */
	int log_fd;         /* the helper's stderr; ≤ 0: discarded */
};

/* Solves and waits. `options` may be NULL. ERR_INVALID PLAN_BAD ("offer", …) for an invalid
 * problem: an id twice or unknown, a day or a headcount below 0, a shift that ends before it
 * starts. A helper that fails is not an error: see `status`. */
int plan_solve(const struct plan_problem *, const struct plan_options *options,
	struct plan_answer *ret, struct err *err);

/* The same for a loop: start, poll `plan_run_fd` for `plan_run_events`, and call plan_run_turn when
 * it is ready and from time to time (each second). 1 once the answer is there, 0 before. The
 * problem is copied. Nothing blocks for long, unless the helper is missing: then the start is made
 * here, a second for a month of 500 people. */
struct plan_run;
int plan_run_start(const struct plan_problem *, const struct plan_options *options,
	struct plan_run **ret, struct err *err);
int plan_run_fd(const struct plan_run *); /* −1: nothing to wait for */
short plan_run_events(const struct plan_run *);
int plan_run_turn(struct plan_run *);
/* Hands the answer over; after plan_run_turn has said 1, or before, to stop and take what is there
 * (PLAN_LATE). The run is finished with. */
void plan_run_take(struct plan_run *, struct plan_answer *ret);
void plan_run_stop(struct plan_run *); /* throws it away; NULL is allowed */
