/* Consent to what is kept (doc/rules.md, People and privacy): which notice, when, and by whom.
 * People imported from a table have not been asked yet: the next visit asks, and the answer is an
 * act. */
#pragma once

#include "core/people/resident.h"

/* Has nobody consented yet, or for a child under 14 no guardian? 1 or 0. */
int consent_is_open(struct db *, const struct resident *, struct err *err);

/* For whom a visitor is to be asked: themselves, or a child under 14 whose guardian they are; a
 * child that visits alone is not asked. 1 and *ret, or 0. */
int consent_to_ask(struct db *, int64_t visitor, int64_t *ret, struct err *err);

/* The notice of this version was read out and agreed to: by the person, for a child under 14 by its
 * guardian. At the kiosk only the person who is there (act->resident) can agree. ERR_REFUSED
 * RESIDENT_NO_CONSENT without a version, GUARDIAN_NEEDED, CONSENT_GUARDIAN when somebody other than
 * the guardian agrees, ROLE_NEEDED, RESIDENT_LEFT; ERR_INVALID TEXT_… "consent"; ERR_NOT_FOUND
 * RESIDENT_UNKNOWN. */
int consent_give(
	struct db *, const struct act *, int64_t resident, const char *version, struct err *err);
/* The version as it would be stored: ERR_REFUSED RESIDENT_NO_CONSENT, ERR_INVALID TEXT_…
 * "consent". */
int consent_check(const char *version, struct err *err);
