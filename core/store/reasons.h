/* Reasons of acts and of the database (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* whose role */
#define REASONS_ROLE(X) X(ROLE_NEEDED, "i")
REASON_CODES(ROLE);

/* the act, the database */
#define REASONS_ACT(X)          \
	X(BACKDATE_BEFORE, "t") \
	X(BACKDATE_FUTURE, "-") \
	X(WHY_NEEDED, "-")      \
	X(CLOCK_BEHIND, "t")    \
	X(CLOCK_AHEAD, "t")     \
	X(KEY_REUSED, "-")      \
	X(STORE_MISSING, "s")   \
	X(STORE_EXISTS, "s")    \
	X(STORE_NEWER, "ii")    \
	X(STORE_OLDER, "s")     \
	X(STORE_TRIAL, "s")     \
	X(STORE_NOT_OURS, "s")  \
	X(STORE_READ_ONLY, "s") \
	X(STORE_FULL, "s")      \
	X(STORE_BUSY, "-")      \
	X(STORE_DAMAGED, "si")  \
	X(STORE_FAILED, "s")    \
	X(STORE_UNSURE, "-")    \
	X(KIOSK_RUNNING, "-")
REASON_CODES(ACT);
