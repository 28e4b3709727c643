/* Can the machine's clock be trusted? A board whose battery is dead starts in 1970 or 2000, and
 * there is no network to correct it.
 *
 * The journal knows when its last act was recorded. A clock that is earlier than that, or later by
 * many days, is doubted. Until it is set right, or a member of staff says that it is right, things
 * are taken back, with the time of the last act, and nothing else is accepted. */
#pragma once

#include "core/store/act.h"

enum clock_doubt {
	CLOCK_SURE,
	CLOCK_BEHIND, /* earlier than the last act by more than a correction over a network would be
		       */
	CLOCK_AHEAD,  /* later than that act by more than `far_days` */
};

/* From now on acts on this handle check the clock. 0 days: they do not, as on a new handle. */
void db_watch_clock(struct db *, int far_days);

/* *ret_last_at (may be NULL): when the last act was recorded; 0 for an empty journal. With an empty
 * journal and on a handle that is not watched, the clock is never doubted. */
int db_clock_doubt(struct db *, enum clock_doubt *ret, int64_t *ret_last_at, struct err *err);
