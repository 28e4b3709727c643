/* When closing time ended a session that nobody signed out of: computed whenever it is read. */
#pragma once

#include "core/venues/venue_hours.h"

/* A venue that has not closed for this many days (no hours entered) is assumed to close at
 * midnight. */
#define CLOSING_SEARCH_DAYS 14

/* The hours around `at` that the two functions below need; a session from before that has ended
 * long ago. */
int closing_read(
	struct db *, const struct venue *, int64_t at, struct venue_hours *ret, struct err *err);
/* The same for one of many: the house's part of them is read first, and outlives them. */
int closing_house(struct db *, int64_t at, struct house_hours *ret, struct err *err);
int closing_read_in(struct db *, const struct house_hours *, const struct venue *, int64_t at,
	struct venue_hours *ret, struct err *err);

/* The latest closing time up to `at`: people who came in before it have gone home. */
int64_t closing_before(const struct venue_hours *, int64_t at);
/* The first closing time after a sign-in at `in_at`, not after `last_at`, which is closing_before
 * of now. */
int64_t closing_after(const struct venue_hours *, int64_t in_at, int64_t last_at);
