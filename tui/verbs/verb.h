/* Verbs: what a command line can say after `jiaplus` (doc/architecture.md, Contract of the command
 * line).
 *
 * A file of tui/verbs holds one const array of rows, ended by an empty one, and is listed in
 * verbs.c. Options, help and wrong use come from the rows; a row's function finds its operands
 * counted and its options parsed. No file here uses ncurses. */
#pragma once

#include "core/store/act.h"
#include "tui/context.h"

enum exit_code {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1, /* refused by a rule, or not found */
	EXIT_USAGE = 2,
	EXIT_STORAGE = 3,
	EXIT_DEVICE = 4,
};

struct call;

/* Files that an option names for writing: looked at before the verb runs. */
enum verb_output {
	OUTPUT_NONE,
	OUTPUT_KEPT,    /* over another file only with --replace, if the verb has that */
	OUTPUT_REDRAWN, /* a paper, drawn again from what the venue knows: over an older one */
};

struct verb_option {
	const char *name;  /* "to": --to */
	const char *value; /* "FILE.pdf": what it takes; NULL: nothing */
	const char *help;  /* msgid */
	enum verb_output output;
};

/* Which of the options that several verbs share a verb takes. */
enum verb_takes {
	VERB_JSON = 1 << 0,  /* --json: one array of objects */
	VERB_STAFF = 1 << 1, /* --as, --pin-file: names in full; an act needs it */
	VERB_KEY = 1 << 2,   /* --key: said twice, it happens once */
	/* the last operand is a file that is written, over another one only with --replace */
	VERB_OUTPUT = 1 << 3,
	/* With VERB_STAFF: a service account may do it; it is told no names and no phone numbers.
	 */
	VERB_SERVICE = 1 << 4,
};

struct verb {
	const char *name;  /* "lend", "resident add" */
	const char *usage; /* the operands: "CARD ITEM…"; NULL or "": none */
	const char *help;  /* one line, msgid */
	int min, max;      /* how many operands; max −1: any number */
	/* the first operand that may be a list of numbers, "3,5,9-12", as all behind it; counted
	 * from 1, 0: none */
	int numbers_from;
	int takes;                         /* of enum verb_takes */
	const struct verb_option *options; /* ended by an empty row; NULL: none */
	/* 0 done; negative: err says why, the caller prints it and finds the exit code; positive:
	 * that exit code, and whatever is to be said has been. */
	int (*run)(struct call *call, struct err *err);
};

/* ---- for the functions of verbs ---- */

struct context *call_context(struct call *call);
int64_t call_now(const struct call *call);
int call_count(const struct call *call); /* operands */
const char *call_operand(const struct call *call, int index);
/* The operands from `from` on with spaces between them. The caller's. */
char *call_rest(const struct call *call, int from);
/* The value of --name, or NULL. */
const char *call_option(const struct call *call, const char *name);
bool call_has(const struct call *call, const char *name);
/* --json was given. */
bool call_is_json(const struct call *call);

/* The database of --dir, opened once and closed when the verb is over. */
int call_db(struct call *call, struct db **ret, struct err *err);

/* Who acts: --as with the PIN from --pin-file or typed on a terminal without echo, or a service
 * account with its token file. *ret is ready for an act; its key is call_key's first. Asked once a
 * call.
 * Errors as staff_pin_check and staff_token_check; without --as EXIT_USAGE, positive. */
int call_staff(struct call *call, struct act *ret, struct err *err);
/* Most acts: call_staff and call_db, with --why and --override where the verb has them. 0, or what
 * call_staff said. */
int call_act(struct call *call, struct act *ret_act, struct db **ret_db, struct err *err);
/* True when --as was given: names are shown in full. Checks the PIN as call_staff does: 1, 0 or
 * an error. */
int call_is_staff(struct call *call, struct err *err);
/* The key of the call's act number `index`: drawn fresh, or made from --key, so that the same call
 * with the same --key is the same acts. */
void call_key(struct call *call, int index, unsigned char ret[ACT_KEY_SIZE]);

/* `jiaplus: …` on stderr, for wrong use that the table could not see. Returns EXIT_USAGE. */
int call_usage(const struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Prints the reasons of an err on stderr, one `jiaplus: …` each, `about` (may be NULL) before them.
 * Whether an act whose commit failed half-way has happened is looked up first, by the last
 * call_key. Returns the exit code that goes with it. */
int call_complain(struct call *call, const char *about, const struct err *err);

/* ---- for main() ---- */

/* The rows of all files, in the order of help; ended by NULL. */
const struct verb *const *verb_groups(void);
/* Sets the locale, parses the command line and runs the verb it names; without one, `kiosk`.
 * Returns the program's exit code. */
int verb_main(int argc, char **argv, int (*kiosk)(struct context *));
