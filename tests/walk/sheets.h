/* Each function of core that builds a sheet, and the rows of the walk's venue that it can build one
 * of: for tests that draw them all. */
#pragma once

#include <stdint.h>

#include "core/base/err.h"
#include "core/sheets/letterhead.h"
#include "core/store/db.h"

struct sheet;

struct walk_sheet {
	const char *builder; /* "receipt_build" */
	const char *rows;    /* a query that gives their `id` */
	int (*draw)(struct db *, const struct letterhead *, int64_t id, struct sheet **ret,
		struct err *err);
};

extern const struct walk_sheet walk_sheets[]; /* ended by an empty row */
