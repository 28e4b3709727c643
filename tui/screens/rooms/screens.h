/* Rooms: bookings and who is in them. For the other rooms of the screens and the kiosk. */
#pragma once

#include "tui/app.h"

/* rooms.c (F3): the rooms, what is going on in them. */
void rooms_open(struct app *);
