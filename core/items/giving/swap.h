/* 置换: one thing in, one out, by their titles' values in points. The journal's subject is the item
 * that goes. */
#pragma once

#include "core/items/giving/arrival.h"

struct swap_draft {
	int64_t resident;  /* needed */
	struct arrival in; /* with a value, unless its title exists and has one */
	int64_t out;       /* item */
	int64_t value_out; /* points; stored with its title if that has none; 0: not given */
};
/* What goes may be worth more than what comes: the resident pays the difference in points into the
 * pool. Any excess value of what comes is a gift. ERR_NOT_FOUND RESIDENT_UNKNOWN, ITEM_UNKNOWN;
 * ERR_REFUSED RESIDENT_LEFT, VALUE_NONE (name of the one without), POINTS_SHORT, and as
 * item_retire; ERR_INVALID as title_add and item_add. */
int swap_make(struct db *, const struct act *, const struct swap_draft *, int64_t *ret_id,
	struct err *err);

struct swap {
	int64_t id, number, resident;
	int64_t item_in, item_out;
	int64_t value_in, value_out; /* points */
	int64_t transfer;            /* of the difference, or 0 */
	int64_t swapped_at;
};
/* ERR_NOT_FOUND MOVE_UNKNOWN. */
int swap_get(struct db *, int64_t id, struct swap *ret, struct err *err);
