/* The condition of an item, changed by hand or by repair, stocktake or retiring. */
#pragma once

#include "core/items/catalogue/item.h"

/* Any status but active needs act->why (ERR_REFUSED WHY_NEEDED). An item that is out cannot be
 * retired or put under maintenance: ERR_REFUSED ITEM_OUT_OTHER; it can be missing, and a return
 * finds it again. A retired item leaves its kit and releases what it holds. ERR_NOT_FOUND
 * ITEM_UNKNOWN. */
int item_set_status(
	struct db *, const struct act *, int64_t item, enum item_status, struct err *err);
