/* Pauses: for a time somebody cannot borrow, book, use a room, redeem points or sign up. They can
 * return things, and leave a room, as always. And everything that keeps a person from all of these
 * at once. */
#pragma once

#include "core/people/resident.h"

#define PAUSE_WHY_MAX 100 /* characters */

/* Until that day, inclusive; a running one is changed. `why` is for staff only, and required.
 * ERR_INVALID DATE_BAD "until" for a past day, TEXT_… "why"; ERR_REFUSED RESIDENT_LEFT;
 * ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int pause_begin(struct db *, const struct act *, int64_t resident, struct day until,
	const char *why, struct err *err);
/* ERR_REFUSED PAUSE_NONE when there is none today. */
int pause_end(struct db *, const struct act *, int64_t resident, struct err *err);

/* On that day? */
bool resident_is_paused(const struct resident *, struct day day);
/* Adds RESIDENT_LEFT and RESIDENT_PAUSED (until) to `refusal`: objections to anything that somebody
 * would do here now. Neither can be overridden; a pause has to be ended. */
void presence_check(struct db *, const struct resident *, struct err *refusal);

/* Adds to `refusal` all objections to lending to them, booking for them and signing them up now: as
 * presence_check, and for a person alone at the kiosk CONSENT_OPEN or CONSENT_GUARDIAN: staff who
 * serve them ask in person. */
int admit_check(struct db *, const struct act *, const struct resident *, struct err *refusal,
	struct err *err);
