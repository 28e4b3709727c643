/* What a booking costs in points, posted within the act that causes it.
 *
 * Fee and deposit are taken from the venue's policy at the time and stored with the booking. Both
 * are frozen when it is placed; when the room has been used the fee goes into the pool and the
 * deposit comes back; if the booking is given up or missed, all of it comes back. A body's booking
 * is not charged: the body is only free text there. */
#pragma once

#include "core/venues/booking.h"

struct acting;

enum charge_moment {
	CHARGE_BOOKED,   /* placed, or approved, or served from the waiting list */
	CHARGE_GIVEN_UP, /* cancelled or declined */
	CHARGE_USED,     /* signed in */
	CHARGE_OVER,     /* signed out */
	CHARGE_MISSED,   /* nobody came */
};

/* ERR_REFUSED POINTS_SHORT stops the act. */
int charge_booking(struct acting *, enum charge_moment, const struct booking *, struct err *err);
