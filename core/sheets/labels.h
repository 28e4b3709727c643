/* Labels for items: on a roll of 40 × 30 mm, or on A4 sheets of 24 labels of 70 × 37 mm. */
#pragma once

#include "core/sheets/letterhead.h"

#define LABELS_ON_A_SHEET 24

enum labels_paper { LABELS_ROLL, LABELS_A4 };

/* One label an item, in the order given: title, number, QR symbol and its text. *ret is the
 * caller's. ERR_NOT_FOUND ITEM_UNKNOWN. */
int labels_build(struct db *, const struct letterhead *, enum labels_paper, const int64_t *items,
	int count, struct sheet **ret, struct err *err);
