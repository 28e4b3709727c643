/* A volunteer inspects an item that came back (待检查; core/items/lending/item_look.h). */
#pragma once

#include "core/store/act.h"

/* A volunteer has inspected it: these parts are missing (0: it is complete), and it goes to repair
 * or back into use. Missing parts are recorded with the loan that it came back from, unless it has
 * been inspected before. ERR_NOT_FOUND ITEM_UNKNOWN; ERR_INVALID NUMBER_BAD "parts" for a bit that
 * is no part; ERR_REFUSED ITEM_OUT_OTHER (due), ITEM_MISSING, ITEM_RETIRED. */
int item_look(struct db *, const struct act *, int64_t item, int64_t parts_missing,
	bool is_for_repair, struct err *err);
