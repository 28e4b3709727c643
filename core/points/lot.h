/* Points that expire (doc/rules.md, Points and hours): off by default. Once the setting
 * points_months is on, issued points are kept in lots with a date that is fixed at that time; what
 * leaves an account leaves its oldest lots first, and keeps its dates when it goes to somebody
 * else. What expires has been announced before and goes into the pool. */
#pragma once

#include "core/points/account.h"

/* What expires next of a resident's points, all on one day; 0 points: nothing has a date. */
struct expiring {
	struct points points;
	struct day on;
	bool is_noticed; /* within the days of notice, and the holder has been told */
};
int points_expiring(struct db *, int64_t resident, struct expiring *ret, struct err *err);

/* For the night: gives notice of the lots that expire within the setting points_notice_days, with a
 * message to each resident who owns some (notice.h), and lets those expire whose day has come and
 * whose notice is old enough. */
struct expiry {
	int64_t noticed, expired; /* lots */
	struct points points;     /* that went into the pool */
};
int points_expire(struct db *, const struct act *, struct expiry *ret, struct err *err);
