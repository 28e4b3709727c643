/* Points that a holder gives away: to registered kin, and to the pool. */
#pragma once

#include "core/points/account.h"

/* Registers two residents as kin, both ways; if they are already, returns that row. ERR_NOT_FOUND
 * RESIDENT_UNKNOWN; ERR_INVALID NUMBER_BAD "resident" for one person twice; ERR_REFUSED
 * RESIDENT_LEFT. */
int kin_add(struct db *, const struct act *, int64_t resident, int64_t other, int64_t *ret_id,
	struct err *err);
/* ERR_NOT_FOUND RESIDENT_UNKNOWN when they are not kin. */
int kin_end(struct db *, const struct act *, int64_t resident, int64_t other, struct err *err);
/* The residents that `resident` may give to, by number. *ret is the caller's (mem_free). Returns
 * how many. */
int kin_of(struct db *, int64_t resident, int64_t **ret, struct err *err);

struct points_gift {
	int64_t from, to; /* residents */
	struct points points;
};
/* From one's own balance. ERR_INVALID NUMBER_BAD "amount"; ERR_REFUSED NOT_KIN, RESIDENT_LEFT,
 * POINTS_CAP (how many more the other may get), POINTS_SHORT. */
int points_give(struct db *, const struct act *, const struct points_gift *, int64_t *ret_transfer,
	struct err *err);
/* 捐给公益池. ERR_INVALID NUMBER_BAD "amount"; ERR_REFUSED POINTS_SHORT. */
int points_donate(struct db *, const struct act *, struct holder from, struct points,
	int64_t *ret_transfer, struct err *err);
