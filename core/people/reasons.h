/* Reasons of residents, cards and staff (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* who */
#define REASONS_PERSON(X)           \
	X(STAFF_CODE_BAD, "s")      \
	X(CARD_UNKNOWN, "-")        \
	X(CARD_REVOKED, "-")        \
	X(CARD_NONE, "-")           \
	X(RESIDENT_UNKNOWN, "-")    \
	X(RESIDENT_LEFT, "-")       \
	X(RESIDENT_NO_CONSENT, "-") \
	X(RESIDENT_PAUSED, "t")     \
	X(PAUSE_NONE, "-")          \
	X(CONSENT_OPEN, "-")        \
	X(CONSENT_GUARDIAN, "-")    \
	X(GUARDIAN_NEEDED, "-")     \
	X(GUARDIAN_UNFIT, "-")      \
	X(FETCHER_BAD, "s")         \
	X(FETCHERS_MANY, "i")       \
	X(NUMBER_TAKEN, "i")        \
	X(STAFF_UNKNOWN, "s")       \
	X(STAFF_EXISTS, "s")        \
	X(PIN_WRONG, "i")           \
	X(PIN_LOCKED, "t")          \
	X(PIN_SHAPE, "i")           \
	X(PIN_WEAK, "-")            \
	X(PIN_NONE, "-")            \
	X(TOKEN_WRONG, "-")         \
	X(STAFF_NOT_SERVICE, "s")   \
	X(STAFF_HAS_CARD, "i")      \
	X(STAFF_CARD_ONLY, "-")
REASON_CODES(PERSON);

/* the register */
#define REASONS_REGISTER(X)          \
	X(PERSON_EXISTS, "i")        \
	X(PERSON_ALIKE, "i")         \
	X(PERSON_SEVERAL, "s")       \
	X(NUMBER_OF_OTHER, "i")      \
	X(RESIDENT_HAS_LOANS, "i")   \
	X(RESIDENT_HAS_KEYS, "i")    \
	X(RESIDENT_HAS_DEPOSIT, "i") \
	X(RESIDENT_OWNS, "i")        \
	X(RESIDENT_IS_GUARDIAN, "i") \
	X(RESIDENT_IS_STAFF, "s")    \
	X(MERGE_SAME, "-")           \
	X(MERGE_SHIFT, "-")          \
	X(MERGE_SERVED, "-")         \
	X(MERGE_STAFF, "-")          \
	X(MESSAGE_UNKNOWN, "-")
REASON_CODES(REGISTER);
