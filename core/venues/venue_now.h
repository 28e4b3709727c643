/* Venues as they are used at the clock's now. */
#pragma once

#include "core/venues/venue.h"

/* All of them by number, with who is in and whether it is open. */
int venues_now(struct db *, struct venue_list *ret, struct err *err);
