/* Somebody moves away: what is in their name is returned, given up or handed on, and their card
 * ends. One act. */
#pragma once

#include "core/store/act.h"

/* What prevents it: RESIDENT_LEFT, RESIDENT_HAS_LOANS (how many), RESIDENT_HAS_KEYS (how many),
 * RESIDENT_IS_GUARDIAN (of how many), RESIDENT_IS_STAFF (code), RESIDENT_OWNS (things and rights of
 * use). ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int leave_check(struct db *, int64_t resident, struct err *ret_refusal, struct err *err);

/* Ends a running session and shift, cancels holds and future bookings, opens their places on the
 * roster; they no longer serve, are in no team and nobody's kin. Their points go to `points_to`, a
 * resident, or with 0 into the pool. ERR_REFUSED as leave_check, RESIDENT_HAS_DEPOSIT (points)
 * while a deposit is held; RESIDENT_LEFT also when `points_to` has left. */
int person_leave(
	struct db *, const struct act *, int64_t resident, int64_t points_to, struct err *err);
