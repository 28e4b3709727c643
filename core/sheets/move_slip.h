/* Slips for things that leave for good: sold, swapped or given away. They mask people's names. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

enum move_kind { MOVE_SALE, MOVE_SWAP, MOVE_GIVEAWAY };

/* `id` is the sale's, swap's or giveaway's. *ret is the caller's. `width_mm` is the roll's; the
 * sheet's date is the move's. ERR_NOT_FOUND MOVE_UNKNOWN. */
int move_slip_build(struct db *, const struct letterhead *, enum move_kind, int64_t id,
	double width_mm, struct sheet **ret, struct err *err);
