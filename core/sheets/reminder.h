/* Reminders for overdue items, computed when they are printed: items returned since, or claimed as
 * returned, are left out. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* Whom to remind now, the longest overdue first. *ret is the caller's (mem_free). Returns how
 * many. */
int reminder_residents(struct db *, int64_t **ret, struct err *err);

/* A page for each of these residents, on a roll: what, since when, how many days late. Their names
 * are masked, with their number. *ret is the caller's. ERR_NOT_FOUND RESIDENT_UNKNOWN;
 * ERR_NOT_FOUND without reasons when one of them has nothing overdue. */
int reminder_build(struct db *, const struct letterhead *, const int64_t *residents, int count,
	double width_mm, struct sheet **ret, struct err *err);
