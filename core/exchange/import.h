/* Tables that people bring: residents, titles, items, and the loans of an older system.
 *
 * A row names the columns (columns.h), in any order, in Chinese or English; others are left out and
 * reported, and so are rows above it and lines that are sums, remarks or examples. What is here
 * already is found again by its number or by what it is, and only what differs is changed; an empty
 * cell changes nothing. Every line is tried before anything is kept, so that a dry run promises
 * just what would happen. */
#pragma once

#include "core/exchange/columns.h"
#include "core/store/act.h"

enum import_change {
	IMPORT_SAME,
	IMPORT_CHANGED,
	IMPORT_ADDED,
	IMPORT_BAD,
	IMPORT_LEFT_OUT,
	IMPORT_CHANGE_COUNT,
};

/* "same", "changed", "added", "bad", "left_out". */
const char *import_change_name(enum import_change);

struct import_line {
	int line; /* of the file, from 1 */
	enum import_change change;
	char *name; /* of whom or what it is, as the table has it */
	/* of a changed one: which, by their English headers, "phone, room"; else "" */
	char *columns;
};

/* What was understood in a way that people should know of. */
enum import_told_kind {
	IMPORT_TOLD_NOTHING,
	IMPORT_TOLD_SEPARATOR, /* the line that names it */
	IMPORT_TOLD_ABOVE,     /* a row above the header */
	IMPORT_TOLD_HEADING,   /* a header that was read without its signs and remarks */
	IMPORT_TOLD_HEADER,    /* the header once more */
	IMPORT_TOLD_TOTAL,
	IMPORT_TOLD_REMARK,
	IMPORT_TOLD_EXAMPLE,
	IMPORT_TOLD_MERGED, /* a cell that was empty has the text of the line above */
	IMPORT_TOLD_COUNT,
};
struct import_told {
	int line;
	enum import_told_kind kind;
	char *text; /* as it stands there, shortened */
};

struct import_fault {
	int line;           /* of the file, from 1; a quoted field may run over several */
	int column;         /* of the file, from 1; 0: the line as a whole */
	const char *header; /* English header of that column, or ""; borrowed for ever */
	struct reason reason;
};

struct import_report {
	int rows;                       /* below the header, without empty lines */
	int count[IMPORT_CHANGE_COUNT]; /* of lines; what was found, whether it is kept or not */
	bool is_kept;
	const char *encoding;        /* borrowed for ever */
	char *unknown_columns;       /* their headers, comma separated, or "" */
	struct import_line *lines;   /* `rows` of them, in the file's order */
	struct import_fault *faults; /* by line, then column */
	int fault_count;
	struct import_told *told; /* by line */
	int told_count;
};
void import_report_finish(struct import_report *report);

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

/* 0: *ret says what happened (a dry run: what would). ERR_REFUSED IMPORT_FAULTS (n1 lines): nothing
 * was kept and *ret lists each fault. ERR_NOT_FOUND FILE_MISSING, ERR_INVALID FILE_EMPTY,
 * FILE_TOO_LARGE, FILE_BAD, FILE_SPREADSHEET,
 * COLUMN_MISSING "name" (n1: the line that was read as the header); ERR_STORAGE FILE_UNWRITABLE:
 * nothing was kept. *ret is always to be finished. Each line is an act of its own or several;
 * act->key makes a repeat of the whole a repeat of each. act->why is needed where rows have a date
 * in the past. */
int import_table(struct db *db, const struct act *act, const struct import *what,
	struct import_report *ret, struct err *err);
