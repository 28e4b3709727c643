/* 盘点报告: what a stocktake found, on A4: counts, what was not seen, what was in the wrong place,
 * what should not have been there; with lines to sign. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* Of a closed one, or of an open one as it is now. *ret is the caller's. ERR_NOT_FOUND
 * STOCKTAKE_UNKNOWN. */
int stocktake_report_build(struct db *, const struct letterhead *, int64_t stocktake,
	struct sheet **ret, struct err *err);
