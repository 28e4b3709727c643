/* 预约单: for the person who has booked a room; its code signs them in without a card. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* The room, when, for how many, by when to sign in, what keys and remotes are handed over, the code
 * (booking_code). *ret is the caller's. `width_mm` is the roll's. ERR_NOT_FOUND BOOKING_UNKNOWN;
 * ERR_REFUSED BOOKING_ENDED for one that is not in force. */
int booking_slip_build(struct db *, const struct letterhead *, int64_t booking, const char *code,
	double width_mm, struct sheet **ret, struct err *err);
