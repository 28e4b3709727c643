/* Reasons of acts and of the database (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* whose role */
#define REASONS_ROLE(X)     \
	X(ROLE_NEEDED, "i") \
	X(SERVICE_ONLY, "-")
REASON_CODES(ROLE);

/* the act, the database */
#define REASONS_ACT(X)           \
	X(BACKDATE_BEFORE, "t")  \
	X(BACKDATE_FUTURE, "-")  \
	X(WHY_NEEDED, "-")       \
	X(CLOCK_BEHIND, "t")     \
	X(CLOCK_AHEAD, "t")      \
	X(KEY_REUSED, "-")       \
	X(STORE_MISSING, "s")    \
	X(STORE_EXISTS, "s")     \
	X(STORE_NEWER, "ii")     \
	X(STORE_OLDER, "s")      \
	X(STORE_TRIAL, "s")      \
	X(STORE_NOT_OURS, "s")   \
	X(STORE_READ_ONLY, "s")  \
	X(STORE_FULL, "s")       \
	X(STORE_BUSY, "-")       \
	X(STORE_DAMAGED, "si")   \
	X(STORE_BEHIND, "si")    \
	X(STORE_REPLACED, "s")   \
	X(STORE_LEFT, "s")       \
	X(BACKUP_BAD, "s")       \
	X(BACKUP_LOCKED, "s")    \
	X(BACKUP_SHEET, "s")     \
	X(BACKUP_OTHER, "s")     \
	X(RECOVERY_BAD, "-")     \
	X(RECOVERY_WRONG, "-")   \
	X(RECOVERY_MISSING, "s") \
	X(TRY_FOLDER, "s")       \
	X(SLIP_LOST, "-")        \
	X(STORE_FAILED, "s")     \
	X(PRIVATE_CHANGED, "-")  \
	X(STORE_UNSURE, "-")     \
	X(KIOSK_RUNNING, "-")
REASON_CODES(ACT);
