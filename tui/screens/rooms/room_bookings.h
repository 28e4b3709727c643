/* Bookings with who has made them, as the person at the screen may see it. */
#pragma once

#include "core/site/hours.h"
#include "core/venues/booking.h"

struct app;

/* Who has booked: the name in volunteer mode, else the purpose or "booked". The caller's. */
int room_read_who(struct app *, const struct booking *, char **ret, struct err *err);

struct room_bookings {
	struct booking_list all;
	char **who; /* of each of them */
};
void room_bookings_finish(struct room_bookings *);
/* As bookings_between. *ret has to be finished even if that fails. */
int room_bookings_read(struct app *, int64_t venue, const struct period *,
	struct room_bookings *ret, struct err *err);
/* The one that is live in `venue` at some time of the period, or −1. */
int room_bookings_find(const struct room_bookings *, int64_t venue, const struct period *);
