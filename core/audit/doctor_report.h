/* What the doctor (doctor.h) checks, and what it reports, line by line. */
#pragma once

#include "core/base/err.h"
#include "core/base/when.h"
#include "core/config.h"

enum doctor_check {
	DOCTOR_FOLDER,
	DOCTOR_FILES, /* their permissions and owners */
	DOCTOR_SPACE,
	DOCTOR_DATABASE, /* it opens, and can be written */
	DOCTOR_CHAIN,    /* structure, chain, tripwire, books */
	DOCTOR_KEYS,     /* the pepper */
	DOCTOR_CLOCK,
	DOCTOR_PRINTER, /* one line for each purpose */
	DOCTOR_CAMERA,
	DOCTOR_CHECK_COUNT,
};

enum doctor_verdict {
	DOCTOR_WELL,
	DOCTOR_WARNS, /* the kiosk runs without it */
	DOCTOR_FAILS, /* it does not run, or not safely */
	DOCTOR_VERDICT_COUNT,
};

struct doctor_line {
	enum doctor_check check;
	enum print_purpose purpose; /* for DOCTOR_PRINTER */
	enum doctor_verdict verdict;
	struct reason reason; /* REASON_NONE when all is well */
};
struct doctor_report {
	struct doctor_line *rows; /* by check */
	int count;
	bool is_missing; /* the folder has no database; its other files were not checked */
};
void doctor_report_finish(struct doctor_report *); /* for CLEANUP */

struct doctor_options {
	const char *dir;
	const struct config *config;
	const struct clock *clock;
	const char *paper; /* jiaplus-paper; NULL: this installation's */
};

/* For the files of the doctor. */
void doctor_add(struct doctor_report *, struct doctor_line line);
