/* What becomes of bookings, written within an act: shared by the files of core/venues. */
#pragma once

#include "core/people/message.h"
#include "core/venues/booking.h"

struct acting;

/* What became of a booking, at `at`. */
int booking_end(
	struct acting *, int64_t id, enum booking_status status, int64_t at, struct err *err);

/* Stores what time has made of a venue's bookings: no-shows, and requests and places on the waiting
 * list that have lapsed. Called before anything is booked there. */
int booking_settle(struct acting *, int64_t venue, struct err *err);

/* Tells the person what became of it, at their next visit; a body is not told. */
int booking_tell(struct acting *, const struct booking *, enum message_kind, struct err *err);
