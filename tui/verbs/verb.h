/* Verbs: what a command line can say after `jiaplus` (doc/architecture.md, Contract of the command
 * line).
 *
 * A file of tui/verbs has one const array of rows, ended by an empty one, and is listed in verb.c.
 * Options, help and the reaction to wrong use come from the rows. When a row's function runs, which
 * works with call.h, the database is open, the person who acts is known, and operands and options
 * have been read by their types. No file here uses ncurses. */
#pragma once

#include "core/base/err.h"
#include "tui/context.h"
#include "tui/verbs/operand.h"
#include "tui/verbs/table.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1, /* refused by a rule, or not found */
	EXIT_USAGE = 2,
	EXIT_STORAGE = 3,
	EXIT_DEVICE = 4,
};

struct call;

/* Files that an option names for output: checked before the verb runs. */
enum verb_output {
	OUTPUT_NONE,
	OUTPUT_KEPT,    /* over another file only with --replace, if the verb has that */
	OUTPUT_REDRAWN, /* a paper, drawn again from what the venue knows: over an older one */
};

struct verb_option {
	const char *name;     /* "to": --to */
	struct operand value; /* what it takes, or NO_VALUE */
	const char *help;     /* msgid */
	enum verb_output output;
};
#define NO_VALUE             \
	{                    \
		OPERAND_NONE \
	}

/* Options and operands that several verbs share. */
enum verb_takes {
	VERB_JSON = 1 << 0,  /* --json: one array of objects */
	VERB_STAFF = 1 << 1, /* --as, --pin-file; the verb asks for them: call_staff */
	/* … are checked when given: names in full */
	VERB_NAMES = VERB_STAFF | 1 << 2,
	/* … are needed: the verb acts */
	VERB_ACT = VERB_STAFF | 1 << 3,
	VERB_KEY = 1 << 4, /* --key: repeated, it happens once */
	/* the last operand is an output file, which replaces another one only with --replace */
	VERB_OUTPUT = 1 << 5,
	/* With VERB_STAFF: a service account may do it; it is told no names and no phone numbers.
	 */
	VERB_SERVICE = 1 << 6,
	VERB_NO_DB = 1 << 7, /* the database is not opened for it */
};

struct verb_columns {
	const struct table_column *rows; /* NULL: the verb prints no table */
	int count;
};
#define COLUMNS(array)                      \
	{                                   \
		(array), ARRAY_LEN((array)) \
	}

#define OPERANDS_MAX 4

struct verb {
	const char *name; /* "lend", "resident add" */
	/* Ended by an empty one; only the last may be left out or repeated. */
	struct operand operands[OPERANDS_MAX + 1];
	const char *help;                  /* one line, msgid */
	int takes;                         /* of enum verb_takes */
	const struct verb_option *options; /* ended by an empty row; NULL: none */
	/* Of the table that `run` fills: printed when it has returned 0. */
	struct verb_columns columns;
	bool is_record; /* a line for each cell, as `show` has them */
	/* 0 done; negative: err says why, the caller prints it and finds the exit code; positive:
	 * that exit code, and everything has been said. */
	int (*run)(struct call *call, struct err *err);
};

/* The rows of all files, in the order of help; ended by NULL. */
const struct verb *const *verb_groups(void);
/* The verb's operands in the current language; "" for none. The caller's. */
char *verb_usage(const struct verb *verb);
