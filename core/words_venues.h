/* Words of rooms and bookings; borrowed until the language changes unless said otherwise. */
#pragma once

#include "core/venues/booking.h"
#include "core/venues/session.h"

const char *words_booking_status(enum booking_status status); /* 待确认, 已约 … */
const char *words_venue_holidays(enum venue_holidays which);
/* Until when a room is theirs: "可用到 16:30，之后有人预约"; "" if unknown. The caller's. */
char *words_entry(const struct entry *entry);
/* What strangers may see of a booking: its purpose, else the body's name, else "booked". The
 * caller's. */
char *words_booking_public(const struct booking *booking);
