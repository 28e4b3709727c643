/* Reasons that no noun owns: text, files, kiosk.conf, the program itself (core/base/reason.h). */
#pragma once

#include "core/base/reason.h"

/* what was read or typed */
#define REASONS_READ(X)         \
	X(CODE_FOREIGN, "-")    \
	X(CODE_PAYMENT, "-")    \
	X(CODE_DAMAGED, "-")    \
	X(CODE_WRONG_TYPE, "s") \
	X(CODE_OUTDATED, "-")   \
	X(TEXT_EMPTY, "s")      \
	X(TEXT_TOO_LONG, "si")  \
	X(TEXT_NOT_UTF8, "s")   \
	X(TEXT_CONTROL, "s")    \
	X(OPERAND_BAD, "s")     \
	X(NUMBERS_BAD, "s")     \
	X(NUMBER_BAD, "s")      \
	X(NUMBER_RANGE, "sii")  \
	X(WORD_BAD, "s")        \
	X(DATE_BAD, "s")        \
	X(WEEK_BAD, "s")        \
	X(MONTH_BAD, "s")       \
	X(PHONE_BAD, "s")       \
	X(NUMBER_CUT, "s")      \
	X(PIN_UNASKED, "-")
REASON_CODES(READ);

/* names */
#define REASONS_NAME(X)          \
	X(CATEGORY_UNKNOWN, "s") \
	X(NAME_EXISTS, "s")
REASON_CODES(NAME);

/* files */
#define REASONS_FILE(X)          \
	X(ZONE_UNKNOWN, "s")     \
	X(FILE_MISSING, "s")     \
	X(FILE_UNREADABLE, "s")  \
	X(FILE_UNWRITABLE, "s")  \
	X(FILE_EXISTS, "s")      \
	X(FILE_OURS, "s")        \
	X(FILE_EMPTY, "s")       \
	X(FILE_TOO_LARGE, "s")   \
	X(FILE_BAD, "s")         \
	X(FILE_SPREADSHEET, "s") \
	X(FILE_OPEN, "s")        \
	X(FOLDER_OPEN, "s")      \
	X(FILE_FOREIGN, "si")    \
	X(KEYS_LOST, "s")        \
	X(DISK_LOW, "si")        \
	X(DISK_READ_ONLY, "s")   \
	X(FORMAT_UNKNOWN, "s")
REASON_CODES(FILE);

/* kiosk.conf */
#define REASONS_CONFIG(X) X(CONFIG_BAD, "s")
REASON_CODES(CONFIG);

/* the program and its helpers */
#define REASONS_PROGRAM(X)     \
	X(TERMINAL_UNFIT, "s") \
	X(PLAN_BAD, "s")       \
	X(HELPER_FAILED, "s")
REASON_CODES(PROGRAM);
