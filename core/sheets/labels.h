/* Labels for items, on a roll or on sheets of many (core/items/catalogue/label_size.h). */
#pragma once

#include "core/items/catalogue/label_size.h"
#include "core/sheets/letterhead.h"

/* One label per item, in the given order: title, number, QR symbol and its text. *ret is the
 * caller's. ERR_NOT_FOUND ITEM_UNKNOWN. */
int labels_build(struct db *, const struct letterhead *, const struct label_size *,
	const int64_t *items, int count, struct sheet **ret, struct err *err);
