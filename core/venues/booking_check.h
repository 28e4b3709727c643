/* Objections to a booking. */
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
 * ignored (the one that is being changed), or 0. Those that `act` may override are not among them.
 * 0 and *ret_refusal, whose code says whether there are any. */
int booking_check(struct db *, const struct act *, const struct booking_draft *, int64_t except,
	struct err *ret_refusal, struct err *err);
/* True for what a volunteer may override with a reason. */
bool booking_reason_is_overridable(int code);

/* ---- rule by rule: for the files of core/venues ---- */

/* BOOKING_CHECK_TIME: also checks whether it is taken. */
enum booking_question { BOOKING_CHECK_ALL, BOOKING_CHECK_WAITING };

/* Adds all reasons to *refusal, except those that the act overrides. `venue` is the draft's. An
 * invalid draft (its end before its start) is ERR_INVALID. */
int booking_reasons(struct db *, const struct act *, const struct venue *venue,
	const struct booking_draft *, int64_t except, enum booking_question, struct err *refusal,
	struct err *err);
