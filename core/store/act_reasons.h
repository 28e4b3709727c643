/* Reasons of acts: their time, their reason, their key (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

#define REASONS_ACT(X)          \
	X(BACKDATE_BEFORE, "t") \
	X(BACKDATE_FUTURE, "-") \
	X(WHY_NEEDED, "-")      \
	X(CLOCK_BEHIND, "t")    \
	X(CLOCK_AHEAD, "t")     \
	X(KEY_REUSED, "-")      \
	X(PRIVATE_CHANGED, "-") \
	X(SLIP_LOST, "-")
REASON_CODES(ACT);
