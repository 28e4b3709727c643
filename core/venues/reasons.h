/* Reasons of rooms and bookings (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* rooms, bookings, what is handed over */
#define REASONS_VENUE(X)            \
	X(VENUE_UNKNOWN, "-")       \
	X(VENUE_FULL, "ii")         \
	X(VENUE_SIGNED_IN, "t")     \
	X(VENUE_NOT_SIGNED_IN, "-") \
	X(VENUE_NOT_BOOKABLE, "-")  \
	X(VENUE_CLOSED, "tt")       \
	X(VENUE_BLACKOUT, "ts")     \
	X(VENUE_BOOKED, "tt")       \
	X(VENUE_OPENS, "t")         \
	X(VENUE_SHUT, "-")          \
	X(VENUE_PLACES, "ii")       \
	X(VENUE_ELSEWHERE, "ts")    \
	X(VENUE_GROUP, "it")        \
	X(BOOKING_UNKNOWN, "-")     \
	X(BOOKING_ENDED, "-")       \
	X(BOOKING_BEGUN, "-")       \
	X(BOOKING_NOT_ASKED, "-")   \
	X(BOOKING_PAST, "-")        \
	X(BOOKING_SOON, "t")        \
	X(BOOKING_FAR, "t")         \
	X(BOOKING_SHORT, "i")       \
	X(BOOKING_LONG, "i")        \
	X(BOOKING_OFF_SLOT, "tt")   \
	X(BOOKING_PEOPLE, "ii")     \
	X(BOOKING_TAKEN, "tt")      \
	X(BOOKING_CROWDED, "ii")    \
	X(BOOKING_OWN, "tt")        \
	X(BOOKING_FREE, "-")        \
	X(BOOKING_EARLY, "t")       \
	X(BOOKING_AHEAD, "t")       \
	X(BOOKING_UNAPPROVED, "-")  \
	X(BOOKING_RELEASED, "t")    \
	X(SERIES_CONFLICTS, "i")    \
	X(SERIES_UNKNOWN, "-")      \
	X(SESSION_UNKNOWN, "-")     \
	X(BLACKOUT_UNKNOWN, "-")    \
	X(BLACKOUT_BOOKED, "i")     \
	X(EXCEPTION_UNKNOWN, "-")   \
	X(THING_UNKNOWN, "-")       \
	X(THING_OUT, "t")           \
	X(THING_NOT_OUT, "-")
REASON_CODES(VENUE);

/* hours in rooms */
#define REASONS_QUOTA(X)    \
	X(QUOTA_WEEK, "ii") \
	X(QUOTA_MONTH, "ii")
REASON_CODES(QUOTA);
