/* A resident's standing: what they owe, and whether late returns keep them from borrowing. Computed
 * from the loans whenever it is read, never stored by a timer that may not have run. */
#pragma once

#include "core/items/lending/rule.h"

struct standing {
	int64_t open_count;
	int64_t overdue_count;      /* of those, due before `at` and not claimed as returned */
	int64_t overdue_days;       /* of the longest overdue */
	int64_t past_grace_count;   /* of the overdue ones, whose rule asks or blocks */
	enum overdue_policy policy; /* the strictest rule of an overdue loan past grace */
	int64_t suspended_until;    /* 0: not suspended at `at` */
};

/* `resident_category` is the resident's own. Each loan is judged by the rule for its item's
 * category. A suspension runs from the return, suspend_days for each day late beyond grace, at most
 * suspend_cap days; the longest counts, they do not add up. An item claimed as returned counts as
 * back since then; a lost one suspends nobody. */
int standing_at(struct db *, int64_t resident, int64_t resident_category, int64_t at,
	struct standing *ret, struct err *err);
