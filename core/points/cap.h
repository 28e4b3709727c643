/* The most that a person may save: the setting points_cap (0, the default: no limit). Earnings
 * beyond it go into the pool, gifts beyond it are refused. Bodies have no cap. */
#pragma once

#include "core/points/account.h"

/* How many more points `whose` may get; POINTS_MAX without a cap. */
int points_room(struct db *, struct holder whose, struct points *ret, struct err *err);
