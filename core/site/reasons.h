/* Reasons of settings and opening hours (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* what was set */
#define REASONS_SETTING(X)      \
	X(SETTING_UNKNOWN, "s") \
	X(SETTING_BAD, "s")     \
	X(HOURS_BAD, "i")
REASON_CODES(SETTING);

/* blank slips */
#define REASONS_BLANK(X)       \
	X(BLANK_ENTERED, "it") \
	X(BLANK_LINE, "s")
REASON_CODES(BLANK);

/* opening hours */
#define REASONS_HOURS(X)        \
	X(CLOSURE_UNKNOWN, "-") \
	X(HOURS_NONE, "i")
REASON_CODES(HOURS);
