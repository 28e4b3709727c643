/* Words of rooms and bookings; borrowed until the language changes unless said otherwise. */
#pragma once

#include "core/venues/booking.h"

const char *words_booking_status(enum booking_status status); /* 待确认, 已约 … */
const char *words_venue_holidays(enum venue_holidays which);
/* What strangers may see of a booking: its purpose, else the body's name, else "booked". The
 * caller's. */
char *words_booking_public(const struct booking *booking);
