/* Reasons of imported tables and lists of sign-ups (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* a list of sign-ups */
#define REASONS_SIGNUP(X)           \
	X(SIGNUP_NAME_UNKNOWN, "s") \
	X(SIGNUP_NO, "-")           \
	X(SIGNUP_TIME_NONE, "-")    \
	X(SIGNUP_OTHER_WEEK, "s")   \
	X(SIGNUP_SHIFT_NONE, "ts")
REASON_CODES(SIGNUP);

/* imported tables */
#define REASONS_TABLE(X)        \
	X(COLUMN_MISSING, "si") \
	X(LINE_REPEATED, "i")   \
	X(IMPORT_FAULTS, "i")
REASON_CODES(TABLE);
