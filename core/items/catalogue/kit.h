/* Kits: an item that holds other items (a tool box, a first-aid box). It is lent and returned as
 * one: its parts (items_in_kit) share the kit's loan and are not lent alone. A kit holds single
 * items, never another kit. */
#pragma once

#include "core/items/catalogue/item.h"

/* Puts `item` into `kit`. ERR_NOT_FOUND ITEM_UNKNOWN. ERR_REFUSED ITEM_OUT_OTHER (either is out),
 * ITEM_RETIRED (either), ITEM_IN_KIT (it is in one already), KIT_NESTED. */
int kit_add(struct db *, const struct act *, int64_t kit, int64_t item, struct err *err);
/* Takes it out again. ERR_NOT_FOUND ITEM_UNKNOWN, ERR_REFUSED KIT_NOT_IN, ITEM_OUT_OTHER (the kit
 * is out). */
int kit_remove(struct db *, const struct act *, int64_t item, struct err *err);
