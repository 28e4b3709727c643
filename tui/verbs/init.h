/* A venue's database as it begins: what both an empty and a demo venue have. */
#pragma once

#include "core/people/staff.h"
#include "tui/context.h"

struct venue_plan {
	const char *zone; /* "Asia/Shanghai" */
	int site;         /* 0–16383, in every id */
	const struct clock *clock;
};

/* Makes the folder (0700), the database and the pepper; the caller closes *ret_db. ERR_REFUSED
 * STORE_EXISTS, ERR_STORAGE FILE_UNWRITABLE, ERR_INVALID ZONE_UNKNOWN. */
int venue_begin(const struct context *context, const struct venue_plan *plan, struct db **ret_db,
	struct pepper *ret_pepper, struct err *err);
/* After a failure, with the database closed: takes away what venue_begin made. */
void venue_abandon(const struct context *context);
