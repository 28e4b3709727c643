/* What the idle board shows, as data: the screen has the words. */
#pragma once

#include "core/duty/shift.h"
#include "core/site/hours.h"
#include "core/site/site.h"
#include "core/venues/booking.h"

struct board_shift {
	struct shift shift;
	char **names; /* as on the wall, one for each of shift.people */
};

struct board {
	struct site site;
	struct hours_today hours;
	struct venue_list venues;
	struct booking_list bookings; /* today's, not cancelled and not over */
	struct board_shift *shifts;   /* today's, in a published week, not over */
	int shift_count;
};

int board_get(struct db *, int64_t now, struct board *ret, struct err *err);
void board_finish(struct board *);
