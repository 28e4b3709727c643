/* What an import is asked for (import.h). */
#pragma once

#include "core/base/reason.h"
#include "core/exchange/columns.h"

struct import {
	enum exchange_kind kind;
	const char *path;
	bool is_dry_run;
	/* NULL: all or nothing. Else the good lines are taken over and the bad ones, each with its
	 * reason, written to this file: encoded and parted as the one that came, mode 0600. Without
	 * bad lines no file is written. */
	const char *skip_bad;
	/* What the reason in that file says; the caller's. NULL: its name (REASON_…). */
	char *(*say)(const struct reason *reason, const void *context);
	const void *context;
	/* Questions are answered: what resembles somebody or something that is here is another one.
	 */
	bool is_again;
	/* Of residents: */
	const char *category; /* code for rows that name none */
	/* of the paper form that they signed, unless a row names one; NULL: the next visit asks */
	const char *consent_version;
};
