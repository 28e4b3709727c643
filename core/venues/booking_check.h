/* What stands against a booking, rule by rule: for the files of core/venues. */
#pragma once

#include "core/venues/booking.h"

/* BOOKING_CHECK_TIME: whether it is taken is asked too. */
enum booking_question { BOOKING_CHECK_ALL, BOOKING_CHECK_WAITING };

/* Adds all reasons to *refusal, those left out that the act overrides. `venue` is the draft's. A
 * draft that makes no sense (its end before its start) is ERR_INVALID. */
int booking_reasons(struct db *, const struct act *, const struct venue *venue,
	const struct booking_draft *, int64_t except, enum booking_question, struct err *refusal,
	struct err *err);
