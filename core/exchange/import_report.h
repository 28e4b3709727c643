/* What an import reports about a table (import.h), line by line. */
#pragma once

#include <stdbool.h>

#include "core/base/reason.h"

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
	char *name; /* whom or what it is about, as in the table */
	/* for a changed one: which, by their English headers, "phone, room"; else "" */
	char *columns;
};

/* Readings of the table that people should know about. */
enum import_told_kind {
	IMPORT_TOLD_NOTHING,
	IMPORT_TOLD_SEPARATOR, /* the line that names it */
	IMPORT_TOLD_ABOVE,     /* a row above the header */
	IMPORT_TOLD_HEADING,   /* a header that was read without its symbols and remarks */
	IMPORT_TOLD_HEADER,    /* a repeated header */
	IMPORT_TOLD_TOTAL,
	IMPORT_TOLD_REMARK,
	IMPORT_TOLD_EXAMPLE,
	IMPORT_TOLD_MERGED, /* an empty cell got the text of the line above */
	IMPORT_TOLD_COUNT,
};
struct import_told {
	int line;
	enum import_told_kind kind;
	char *text; /* as written in the table, shortened */
};

struct import_fault {
	int line;           /* of the file, from 1; a quoted field may span several */
	int column;         /* of the file, from 1; 0: the line as a whole */
	const char *header; /* English header of that column, or ""; borrowed for ever */
	struct reason reason;
};

struct import_report {
	int rows;                       /* below the header, without empty lines */
	int count[IMPORT_CHANGE_COUNT]; /* of lines; the result, whether it is kept or not */
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
