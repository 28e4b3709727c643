/* When closing time ended what nobody signed out of: worked out whenever it is read. */
#pragma once

#include "core/venues/venue_hours.h"

/* A venue that has not closed for so many days (no hours entered) is taken to close at midnight. */
#define CLOSING_SEARCH_DAYS 14

/* The hours that the two below need around `at`; a sign-in before that has ended long ago. */
int closing_read(
	struct db *, const struct venue *, int64_t at, struct venue_hours *ret, struct err *err);
/* The same of one of many: the house's part of them is read before, and outlives them. */
int closing_house(struct db *, int64_t at, struct house_hours *ret, struct err *err);
int closing_read_in(struct db *, const struct house_hours *, const struct venue *, int64_t at,
	struct venue_hours *ret, struct err *err);

/* The latest closing time up to `at`: whoever came in before it has gone home. */
int64_t closing_before(const struct venue_hours *, int64_t at);
/* The first closing time after a sign-in at `in_at`, not after `last_at`, which is closing_before
 * of now. */
int64_t closing_after(const struct venue_hours *, int64_t in_at, int64_t last_at);
