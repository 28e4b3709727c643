/* What somebody gets with a reward: what it was, what it cost, what they have left; for a
 * merchant's voucher its QR code and number, and until when it is valid. On a roll. */
#pragma once

#include "core/sheets/letterhead.h"

/* `code` is the voucher's (voucher_code), or "". ERR_NOT_FOUND REDEMPTION_UNKNOWN. *ret is the
 * caller's. */
int redemption_slip_build(struct db *, const struct letterhead *, int64_t redemption,
	const char *code, double width_mm, struct sheet **ret, struct err *err);
