/* One volunteer's next shifts, to take home: each with the code that signs in. On the receipt
 * printer's roll. */
#pragma once

#include "core/sheets/letterhead.h"

/* ERR_NOT_FOUND RESIDENT_UNKNOWN; ERR_REFUSED SHIFT_NOT_ASSIGNED when they have no shift ahead. */
int duty_slip_build(struct db *, const struct letterhead *, int64_t resident, double width_mm,
	struct sheet **ret, struct err *err);
