/* Objections to a person having one more thing, whatever the thing: their standing, and the limits
 * of the rules. Loans and holds count alike: somebody with two things at home and one reserved has
 * three. Shared by loan_check.c and hold.c. */
#pragma once

#include "core/items/lending/rule.h"
#include "core/people/resident.h"

struct eligible_question {
	const struct act *act; /* OVERDUE_ASK is a question to a volunteer: it refuses a resident */
	const struct resident *resident;
	const struct rule *rule; /* the one in force for the resident and the item's category */
	int64_t at;
	int64_t hold; /* the hold that would become the loan, counted once; 0: none */
};

/* Adds to `refusal`: what admit_check says (pause.h), OVERDUE_ASK or OVERDUE_BLOCK (how many, days
 * of the longest), SUSPENDED (until), LIMIT_TOTAL (has, limit), LIMIT_CATEGORY (has, limit,
 * category), ITEM_NOT_FOR_LOAN. */
int eligible_check(
	struct db *, const struct eligible_question *, struct err *refusal, struct err *err);

/* The end of a check: 0 with *ret_is_override (there were reasons, all of them overridden by
 * act->is_override), or ERR_REFUSED with the complete refusal. */
int eligible_conclude(
	const struct act *, const struct err *refusal, bool *ret_is_override, struct err *err);

/* True for a reason that can be overridden: limits, standing, turnaround, the queue. Never for an
 * item that is out, missing or unfit. */
bool eligible_is_overridable(int reason);
