/* 感谢单: for donors of things or money, on a roll; thanked as they wish. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* *ret is the caller's. `width_mm` is the roll's; the sheet's date is the donation's. ERR_NOT_FOUND
 * MOVE_UNKNOWN. */
int thanks_build(struct db *, const struct letterhead *, int64_t donation, double width_mm,
	struct sheet **ret, struct err *err);
