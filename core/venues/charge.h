/* What a booking costs in points, posted inside the act that brings it about.
 *
 * The amounts are resolved and kept with the booking (booking.fee, booking.deposit) from the
 * venue's policy at the time. Nothing is posted yet: core/points fills this in, and may refuse. */
#pragma once

#include "core/venues/booking.h"

enum charge_moment {
	CHARGE_BOOKED,   /* placed, or said yes to, or served from the waiting list */
	CHARGE_GIVEN_UP, /* cancelled or declined */
	CHARGE_USED,     /* signed in */
	CHARGE_OVER,     /* signed out: the deposit is due back */
	CHARGE_MISSED,   /* nobody came */
};

/* ERR_REFUSED POINTS_SHORT stops the act. */
int charge_booking(struct acting *, enum charge_moment, const struct booking *, struct err *err);
