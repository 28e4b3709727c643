/* Reasons of points and the fund (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* accounts and what moves between them */
#define REASONS_POINTS(X)             \
	X(FUND_LINE_UNKNOWN, "-")     \
	X(FUND_REVERSED, "-")         \
	X(BODY_UNKNOWN, "-")          \
	X(TRANSFER_UNKNOWN, "-")      \
	X(TRANSFER_REVERSED, "-")     \
	X(TRANSFER_BOUND, "-")        \
	X(REVERSAL_UNKNOWN, "-")      \
	X(REVERSAL_WAITS, "-")        \
	X(REVERSAL_SETTLED, "-")      \
	X(SECOND_PERSON, "-")         \
	X(OPENING_DIFFERS, "i")       \
	X(FREEZE_UNKNOWN, "-")        \
	X(FREEZE_EXISTS, "-")         \
	X(FREEZE_SETTLED, "-")        \
	X(EARN_RULE_UNKNOWN, "-")     \
	X(EARN_RULE_ENDED, "-")       \
	X(EARNED_ALREADY, "-")        \
	X(EARNING_UNKNOWN, "-")       \
	X(EARNING_SETTLED, "-")       \
	X(SKILL_SERVICE_UNKNOWN, "-") \
	X(SKILL_SERVICE_ENDED, "-")   \
	X(NOT_A_SIDE, "-")
REASON_CODES(POINTS);

/* points */
#define REASONS_BALANCE(X)    \
	X(POINTS_SHORT, "ii") \
	X(POINTS_CAP, "i")    \
	X(NOT_KIN, "-")
REASON_CODES(BALANCE);
