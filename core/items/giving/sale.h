/* 义卖: an item sold for points, which go to the pool, or for yuan, which go to the fund. The
 * journal's subject is the item. */
#pragma once

#include "core/items/catalogue/item.h"

enum sale_currency { SALE_FOR_POINTS, SALE_FOR_YUAN };

struct sale_draft {
	int64_t item;
	int64_t resident; /* the buyer; may be 0 (anybody) for yuan */
	enum sale_currency currency;
	int64_t price; /* points or fen; 0: as the title's value says */
};
/* Retires the item as sold. ERR_NOT_FOUND ITEM_UNKNOWN, RESIDENT_UNKNOWN; ERR_INVALID NUMBER_BAD
 * "price"; ERR_REFUSED RESIDENT_LEFT, POINTS_SHORT, PRICE_NONE (name: neither the title nor the
 * draft has one), PRICE_FIXED (the draft's is not the title's, and act->is_override is not set),
 * and as item_retire. */
int sale_make(struct db *, const struct act *, const struct sale_draft *, int64_t *ret_id,
	struct err *err);

struct sale {
	int64_t id, number;
	int64_t item, resident;
	int64_t points, fen; /* one of them is 0 */
	int64_t fund_line;   /* of yuan */
	int64_t transfer;    /* of points */
	int64_t sold_at;
};
/* ERR_NOT_FOUND MOVE_UNKNOWN. */
int sale_get(struct db *, int64_t id, struct sale *ret, struct err *err);
