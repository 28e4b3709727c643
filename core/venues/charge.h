/* What a booking costs in points, posted inside the act that brings it about.
 *
 * Fee and deposit are resolved and kept with the booking from the venue's policy at the time. Both
 * are frozen when it is placed; when the room has been used the fee goes into the common pool and
 * the deposit comes back; given up or missed, all of it comes back. A body's booking is not
 * charged: who it is stands there in words alone. */
#pragma once

#include "core/venues/booking.h"

struct acting;

enum charge_moment {
	CHARGE_BOOKED,   /* placed, or said yes to, or served from the waiting list */
	CHARGE_GIVEN_UP, /* cancelled or declined */
	CHARGE_USED,     /* signed in */
	CHARGE_OVER,     /* signed out */
	CHARGE_MISSED,   /* nobody came */
};

/* ERR_REFUSED POINTS_SHORT stops the act. */
int charge_booking(struct acting *, enum charge_moment, const struct booking *, struct err *err);
