/* 预借待取: the slip that is put with a copy on the pick-up shelf. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* For whom (masked, with their number), its place on the shelf, the item, and until when. *ret is
 * the caller's. `width_mm` is the roll's. ERR_NOT_FOUND HOLD_UNKNOWN; ERR_REFUSED HOLD_ENDED when
 * nothing is ready for it now. */
int hold_slip_build(struct db *, const struct letterhead *, int64_t hold, double width_mm,
	struct sheet **ret, struct err *err);
