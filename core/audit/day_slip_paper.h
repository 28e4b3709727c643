/* The day slip on a roll: counts, sums, and the code that vouches for the journal, to be signed and
 * filed. */
#pragma once

#include "core/sheets/letterhead.h"

/* *ret is the caller's. */
int day_slip_build(struct db *, const struct letterhead *, struct day on, double width_mm,
	struct sheet **ret, struct err *err);

/* What a day slip calls a kind of act; NULL for one that it does not list separately. */
const char *day_slip_words(const char *kind);
