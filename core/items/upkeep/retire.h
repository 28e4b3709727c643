/* Items that leave for good: retired, with a cause that reports can count. Retiring by
 * item_set_status alone records none; an item set active again loses its cause. */
#pragma once

#include "core/items/catalogue/item.h"

/* Retires it, with everything that it holds (kit.h); this ends an open ticket. The cause is the
 * reason: act->why may be empty. ERR_NOT_FOUND ITEM_UNKNOWN; ERR_REFUSED ITEM_OUT_OTHER (due),
 * ITEM_RETIRED, ITEM_IN_KIT (its number), ITEM_HELD (put aside for somebody). To be handed to
 * somebody (all causes but worn out and lost) it must be in use and the venue's own:
 * ITEM_MAINTENANCE, ITEM_MISSING, ITEM_OWNED. act->is_override overrides ITEM_HELD and
 * ITEM_OWNED. */
int item_retire(struct db *, const struct act *, int64_t item, enum retire_cause, struct err *err);
