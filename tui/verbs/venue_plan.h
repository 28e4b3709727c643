/* A new venue's database: what both an empty and a demo venue have. */
#pragma once

#include "core/people/staff.h"
#include "tui/context.h"

struct venue_plan {
	const char *zone; /* "Asia/Shanghai" */
	int site;         /* 0–16383, in every id */
	const struct clock *clock;
};

/* Makes the folder (0700), the pepper unless there is one, and a draft of the database, which the
 * caller publishes once everything that belongs to the venue is in it and beside it (db_draft): a
 * power cut before that leaves nothing that looks like a venue. ERR_REFUSED STORE_EXISTS,
 * ERR_STORAGE FILE_UNWRITABLE, ERR_INVALID ZONE_UNKNOWN. */
int venue_begin(const struct context *context, const struct venue_plan *plan, struct db **ret_db,
	struct pepper *ret_pepper, struct err *err);
