/* Points at a glance: of a household, of everybody who may be ranked, of a month. */
#pragma once

#include "core/points/account.h"

struct member_points {
	int64_t resident;
	struct points balance, frozen;
};
struct household_points {
	struct member_points *rows; /* by number */
	int count;
	struct points total; /* of the balances */
};
void household_points_finish(struct household_points *);
int points_of_household(
	struct db *, int64_t household, struct household_points *ret, struct err *err);

/* Who earned most by rules from `from` to before `until`; reversed points do not count, and those
 * who do not wish to be ranked are left out. Equal points share a place. */
struct ranked {
	int64_t resident;
	int place;
	struct points earned;
};
struct ranking {
	struct ranked *rows;
	int count;
};
void ranking_finish(struct ranking *);
int points_ranking(struct db *, struct day from, struct day until, int limit, struct ranking *ret,
	struct err *err);

/* What was moved between two instants, by kind of transfer. */
struct kind_sum {
	char *kind;
	int64_t transfers;
	struct points points; /* moved: one side of the transfers */
};
struct period_sums {
	struct kind_sum *rows; /* by kind */
	int count;
	struct points balances[SYSTEM_ACCOUNT_COUNT]; /* now */
	struct points held;                           /* held by people and bodies, now */
};
void period_sums_finish(struct period_sums *);
int points_sums(struct db *, int64_t from, int64_t until, struct period_sums *ret, struct err *err);
