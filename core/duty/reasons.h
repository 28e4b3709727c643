/* Reasons of shifts, rosters and hours served (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* shifts and who may serve */
#define REASONS_SHIFT(X)            \
	X(SHIFT_UNKNOWN, "-")       \
	X(SHIFT_NOT_ASSIGNED, "-")  \
	X(SHIFT_ASSIGNED, "-")      \
	X(SHIFT_FULL, "i")          \
	X(SHIFT_HAS_LEADER, "-")    \
	X(LEADER_CHILD, "-")        \
	X(SHIFT_NOT_NOW, "tt")      \
	X(SHIFT_SIGNED_IN, "t")     \
	X(SHIFT_NOT_SIGNED_IN, "-") \
	X(SHIFT_CANCELLED, "-")     \
	X(SHIFT_OVER, "t")          \
	X(SHIFT_NOT_STARTED, "t")   \
	X(SHIFT_EXISTS, "-")        \
	X(SHIFT_TYPE_UNKNOWN, "-")  \
	X(DUTY_ROLE_UNKNOWN, "s")   \
	X(VOLUNTEER_UNKNOWN, "-")   \
	X(VOLUNTEER_ENDED, "-")     \
	X(VOLUNTEER_EXEMPT, "s")    \
	X(DUTY_AWAY, "-")           \
	X(DUTY_LEAVE, "-")          \
	X(DUTY_CANNOT_TAKE, "-")    \
	X(DUTY_WOULD_LACK, "s")     \
	X(DUTY_OVERLAP, "tt")       \
	X(DUTY_DAY_TAKEN, "t")      \
	X(DUTY_REST, "i")           \
	X(DUTY_WEEK_FULL, "i")      \
	X(DUTY_MONTH_FULL, "i")     \
	X(DUTY_DAYS_FULL, "i")      \
	X(DUTY_ROLE_LACKING, "s")
REASON_CODES(SHIFT);

/* who serves, and the hours served */
#define REASONS_ASSIGNMENT(X)       \
	X(ASSIGNMENT_UNKNOWN, "-")  \
	X(ASSIGNMENT_GONE, "-")     \
	X(ASSIGNMENT_NOT_LEFT, "-") \
	X(ASSIGNMENT_ATTENDED, "t") \
	X(DUTY_LEAD_TIME, "i")      \
	X(TEAM_UNKNOWN, "-")        \
	X(ROSTER_EMPTY, "-")        \
	X(ROSTER_UNCHANGED, "i")    \
	X(HOURS_UNKNOWN, "-")       \
	X(HONOUR_NONE, "-")         \
	X(CERTIFICATE_UNKNOWN, "-") \
	X(HOURS_ALREADY, "-")       \
	X(HOURS_REVERSED, "-")      \
	X(APPROVER_SAME, "-")
REASON_CODES(ASSIGNMENT);
