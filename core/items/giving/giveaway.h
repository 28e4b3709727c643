/* 赠送: an item leaves for good, to a resident, or donated on to a body outside. The journal's
 * subject is the item. */
#pragma once

#include "core/items/catalogue/item.h"

struct giveaway_draft {
	int64_t item;
	int64_t resident; /* or 0: */
	const char *name; /* the body's. Kept out of the journal */
};
/* Retires the item as given away or donated on. The setting give_away_max limits how many things
 * one person may receive in a calendar month (0, the default: any number). ERR_INVALID TEXT_…
 * "receiver"; ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_REFUSED RESIDENT_LEFT, LIMIT_GIVEN (has, limit),
 * which act->is_override overrides, and as item_retire. */
int giveaway_make(struct db *, const struct act *, const struct giveaway_draft *, int64_t *ret_id,
	struct err *err);

struct giveaway {
	int64_t id, number;
	int64_t item, resident;
	int64_t given_at;
	char *receiver; /* masked for a resident; "" once erased */
};
void giveaway_finish(struct giveaway *);

/* ERR_NOT_FOUND MOVE_UNKNOWN. */
int giveaway_get(struct db *, int64_t id, struct giveaway *ret, struct err *err);
