/* What somebody had before the program was used: carried over once, and journalled. */
#pragma once

#include "core/points/account.h"

/* 1 posted, 0 when the same was carried over before or there is nothing to carry over.
 * ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_INVALID NUMBER_BAD "amount"; ERR_REFUSED OPENING_DIFFERS
 * (what was carried over). */
int opening_post(struct db *, const struct act *, int64_t resident, struct points,
	int64_t *ret_transfer, struct err *err);
