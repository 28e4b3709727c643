/* A volunteer looks an item over that came back (待检查; core/items/lending/item_look.h). */
#pragma once

#include "core/store/act.h"

/* A volunteer has looked: these parts are missing (0: it is whole), and it goes to repair or back
 * into use. What is missing is noted with the loan that it came back from, unless somebody has
 * looked before. ERR_NOT_FOUND ITEM_UNKNOWN; ERR_INVALID NUMBER_BAD "parts" for a bit that is no
 * part; ERR_REFUSED ITEM_OUT_OTHER (due), ITEM_MISSING, ITEM_RETIRED. */
int item_look(struct db *, const struct act *, int64_t item, int64_t parts_missing,
	bool is_for_repair, struct err *err);
