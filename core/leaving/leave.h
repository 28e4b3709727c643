/* Somebody moves away: what is in their name is given back, given up or handed on, and their card
 * ends. One act. */
#pragma once

#include "core/store/act.h"

/* What stands against it: RESIDENT_LEFT, RESIDENT_HAS_LOANS (how many), RESIDENT_HAS_KEYS (how
 * many), RESIDENT_IS_GUARDIAN (of how many), RESIDENT_IS_STAFF (code), RESIDENT_OWNS (things and
 * rights of use). ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int leave_check(struct db *, int64_t resident, struct err *ret_refusal, struct err *err);

/* Ends a use of a room and a shift that go on, cancels holds and what is booked ahead, opens their
 * places on the roster; they serve no more, are in no team and nobody's kin. Their points go to
 * `points_to`, a resident, or with 0 into the pool. ERR_REFUSED as leave_check,
 * RESIDENT_HAS_DEPOSIT (points) while a deposit is held; RESIDENT_LEFT also when `points_to` has
 * left. */
int person_leave(
	struct db *, const struct act *, int64_t resident, int64_t points_to, struct err *err);
