/* What an import is asked to do (import.h). */
#pragma once

#include "core/base/reason.h"
#include "core/exchange/columns.h"

struct import {
	enum exchange_kind kind;
	const char *path;
	bool is_dry_run;
	/* NULL: all or nothing. Otherwise the good lines are imported and the bad ones, each with
	 * its reason, written to this file: encoded and separated like the original, mode 0600.
	 * Without bad lines no file is written. */
	const char *skip_bad;
	/* The text of the reason in that file; the caller's. NULL: its name (REASON_…). */
	char *(*say)(const struct reason *reason, const void *context);
	const void *context;
	/* Answers all questions: whatever resembles an existing person or thing is another one. */
	bool is_again;
	/* Of residents: */
	const char *category; /* code for rows that name none */
	/* of the paper form that they signed, unless a row names one; NULL: the next visit asks */
	const char *consent_version;
};
