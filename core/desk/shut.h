/* An unannounced closure of the house: loans fall due later, and bookings in it are cancelled, in
 * one act (doc/rules.md, Lending and Venues). */
#pragma once

#include "core/site/hours.h"

struct shut {
	int64_t closure;
	int loans;    /* that are due later */
	int bookings; /* that were cancelled */
};
/* Errors as closure_add. */
int desk_shut(
	struct db *, const struct act *, const struct closure *, struct shut *ret, struct err *err);
