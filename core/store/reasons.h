/* Reasons of the database, its backups and recovery (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

#define REASONS_STORE(X)         \
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
	X(STORE_FAILED, "s")     \
	X(STORE_UNSURE, "-")     \
	X(KIOSK_RUNNING, "-")
REASON_CODES(STORE);
