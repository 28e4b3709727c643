/* The house shut without notice: loans fall due later, and what is booked is called off, in one act
 * (doc/rules.md, Lending and Venues). */
#pragma once

#include "core/site/hours.h"

struct shut {
	int64_t closure;
	int loans;    /* that are due later */
	int bookings; /* that were called off */
};
/* Errors as closure_add. */
int desk_shut(
	struct db *, const struct act *, const struct closure *, struct shut *ret, struct err *err);
