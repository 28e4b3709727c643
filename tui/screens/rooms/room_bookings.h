/* Bookings with who has made them, as whoever is at the screen may see it. */
#pragma once

#include "core/site/hours.h"
#include "core/venues/booking.h"

struct app;

struct room_bookings {
	struct booking_list all;
	char **who; /* of each of them */
};
void room_bookings_finish(struct room_bookings *);
/* As bookings_between. *ret is to be finished even if that fails. */
int room_bookings_read(struct app *, int64_t venue, const struct period *,
	struct room_bookings *ret, struct err *err);
/* The one that is live in `venue` at some time of the period, or −1. */
int room_bookings_find(const struct room_bookings *, int64_t venue, const struct period *);
