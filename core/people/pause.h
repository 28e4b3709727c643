/* Pauses: for a time somebody cannot borrow, book, use a room, redeem points or sign up. They can
 * give things back, and leave a room, as always.
 * And what keeps a person from all of these at once. */
#pragma once

#include "core/people/resident.h"

#define PAUSE_WHY_MAX 100 /* characters */

/* Until that day, itself included; one that runs is changed. `why` is for staff alone, and needed.
 * ERR_INVALID DATE_BAD "until" for a day that is over, TEXT_… "why"; ERR_REFUSED RESIDENT_LEFT;
 * ERR_NOT_FOUND RESIDENT_UNKNOWN. */
int pause_begin(struct db *, const struct act *, int64_t resident, struct day until,
	const char *why, struct err *err);
/* ERR_REFUSED PAUSE_NONE when there is none today. */
int pause_end(struct db *, const struct act *, int64_t resident, struct err *err);

/* On that day? */
bool resident_is_paused(const struct resident *, struct day day);
/* Adds RESIDENT_LEFT and RESIDENT_PAUSED (until) to `refusal`: what stands against anything that
 * somebody would have here now. Neither can be overridden; a pause is ended. */
void presence_check(struct db *, const struct resident *, struct err *refusal);

/* Adds to `refusal` what stands against lending to them, booking for them and signing them up now,
 * whatever it is: as presence_check, and of a person alone at the kiosk CONSENT_OPEN or
 * CONSENT_GUARDIAN: staff who serve them ask by word of mouth. */
int admit_check(struct db *, const struct act *, const struct resident *, struct err *refusal,
	struct err *err);
