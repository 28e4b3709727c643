/* Is the machine's clock to be believed? A board whose battery is dead starts in 1970 or 2000, and
 * there is no network to put it right.
 *
 * The journal knows when its last act was recorded. A clock that is before that, or far behind it
 * in days, is doubted: meanwhile things are taken back, at the time of the last act, and nothing
 * else happens, until the clock is put right or a member of staff says that it is. */
#pragma once

#include "core/store/act.h"

enum clock_doubt {
	CLOCK_SURE,
	CLOCK_BEHIND, /* before the last act, by more than what a correction over a network moves */
	CLOCK_AHEAD,  /* later than that act by more than `far_days` */
};

/* From now on acts on this handle ask the clock. 0 days: they do not, as on a new handle. */
void db_watch_clock(struct db *, int far_days);

/* *ret_last_at (may be NULL): when the last act was recorded; 0 for an empty journal, whose clock
 * is sure, as it is on a handle that is not watched. */
int db_clock_doubt(struct db *, enum clock_doubt *ret, int64_t *ret_last_at, struct err *err);

/* What the clock would say had it not been doubted or moved since this handle was first asked: for
 * what must not end because a clock is set. Not watched: db_now. */
int64_t db_sure_now(struct db *);

/* A volunteer and up says that the clock is right: an act, after which it is sure. Nothing when it
 * is already. ERR_REFUSED ROLE_NEEDED. */
int clock_accept(struct db *, const struct act *, struct err *err);
