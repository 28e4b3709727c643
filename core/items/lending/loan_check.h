/* Objections to a loan or a renewal: the rules of lending, writing nothing.
 *
 * A refusal carries all of its reasons. With act->is_override a volunteer overrides the reasons
 * that loan_reason_is_overridable names; if there is any other, the whole refusal stands.
 * OVERDUE_ASK, and RENEW_OVERDUE where the policy asks, are questions to a volunteer: they refuse a
 * resident alone. */
#pragma once

#include "core/store/act.h"

/* `visit` is the desk's, or 0. */
struct loan_request {
	int64_t item, resident, visit;
};

struct loan_terms {
	int64_t due_at;
	bool is_override; /* only because of act->is_override */
	int64_t deposit;  /* points to freeze; 0 also when it is waived */
	int64_t hold;     /* the resident's, that the loan fulfils; 0: none */
};

/* Whether `request` would be lent at `at` (the act's time), and until when; `ret` may be NULL.
 * ERR_NOT_FOUND ITEM_UNKNOWN, RESIDENT_UNKNOWN. ERR_REFUSED of admit_check (pause.h),
 * ITEM_OUT_SAME_VISIT, ITEM_OUT_SELF (due), ITEM_OUT_OTHER (due), ITEM_MAINTENANCE, ITEM_MISSING,
 * ITEM_RETIRED, ITEM_TURNAROUND (until), ITEM_NOT_FOR_LOAN, what item_conditions says
 * (condition.h), ITEM_HELD, ITEM_CHECK (to a resident alone), OVERDUE_ASK or OVERDUE_BLOCK (how
 * many, days of the longest), SUSPENDED (until), LIMIT_TOTAL (has, limit), LIMIT_CATEGORY (has,
 * limit, category), DEPOSIT_SHORT (asked, there): if overridden, it is waived. */
int loan_check(struct db *, const struct act *, const struct loan_request *request, int64_t at,
	struct loan_terms *ret, struct err *err);

/* The same for renewing. ERR_NOT_FOUND LOAN_UNKNOWN. ERR_REFUSED of admit_check, LOAN_CLOSED,
 * RENEW_LIMIT (limit), RENEW_RECALLED, RENEW_TOO_EARLY (from when), RENEW_WAITED (how many wait,
 * and no other copy can serve the first), RENEW_OVERDUE (past grace, where the policy asks or
 * blocks), RENEW_NOT_LATER (due; the new time would not be later). */
int loan_renew_check(struct db *, const struct act *, int64_t loan, int64_t at,
	struct loan_terms *ret, struct err *err);

/* True for a reason that can be overridden: limits, standing, turnaround. Never for an item that is
 * out, missing or unfit. */
bool loan_reason_is_overridable(int reason);
