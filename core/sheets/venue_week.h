/* The week of a room for its door (A4 landscape), and a day of all rooms for the counter. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* Days across with their hours, and the bookings under each: the purpose or the body, never a
 * person's name. `monday` begins the week. *ret is the caller's. ERR_NOT_FOUND VENUE_UNKNOWN. */
int venue_week_build(struct db *, const struct letterhead *, int64_t venue, struct day monday,
	struct sheet **ret, struct err *err);

/* All bookings of a day by time, with room for headcount, keys and remarks: for the volunteer.
 * Names are masked. */
int venue_day_build(struct db *, const struct letterhead *, struct day day, struct sheet **ret,
	struct err *err);
