/* What somebody gets with a reward: what they had, what it cost, what they have left; for a
 * merchant's voucher its QR and number, and until when it is good. On a roll. */
#pragma once

#include "core/sheets/letterhead.h"

/* ERR_NOT_FOUND REDEMPTION_UNKNOWN. *ret is the caller's. */
int redemption_slip_build(struct db *, const struct letterhead *, int64_t redemption,
	double width_mm, struct sheet **ret, struct err *err);
