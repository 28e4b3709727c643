/* What stands against a booking. */
#pragma once

#include "core/venues/booking.h"

struct booking_draft {
	int64_t venue;
	int64_t resident;    /* or 0 and a body; volunteers */
	const char *body;    /* 老年大学; NULL: none */
	const char *purpose; /* 粤曲练习: shown on the board; NULL: none */
	int64_t start_at, end_at;
	int64_t people; /* 0: one */
	bool is_whole;  /* of a shared venue: all of it */
};

/* All reasons against a booking, as booking_place would give them; `except` is a booking that is
 * left out of account (the one that changes), or 0. What `act` may override is not among them.
 * 0 and *ret_refusal, whose code says whether there are any. */
int booking_check(struct db *, const struct act *, const struct booking_draft *, int64_t except,
	struct err *ret_refusal, struct err *err);
/* True for what a volunteer may let pass with a reason. */
bool booking_reason_is_overridable(int code);

/* ---- rule by rule: for the files of core/venues ---- */

/* BOOKING_CHECK_TIME: whether it is taken is asked too. */
enum booking_question { BOOKING_CHECK_ALL, BOOKING_CHECK_WAITING };

/* Adds all reasons to *refusal, those left out that the act overrides. `venue` is the draft's. A
 * draft that makes no sense (its end before its start) is ERR_INVALID. */
int booking_reasons(struct db *, const struct act *, const struct venue *venue,
	const struct booking_draft *, int64_t except, enum booking_question, struct err *refusal,
	struct err *err);
