/* 恢复单: the words that open the venue's backups on another machine and let the administrator in
 * again. Kept locked away, apart from the machine. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"
#include "core/store/recovery.h"

/* One page of A4: the nine words, large, the same as a QR symbol, and what to do with them. *ret is
 * the caller's. */
int recovery_sheet_build(struct db *, const struct letterhead *, const struct recovery *,
	struct sheet **ret, struct err *err);
