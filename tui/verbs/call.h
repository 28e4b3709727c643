/* A call of a verb: what the dispatcher has prepared, and what was typed. */
#pragma once

#include "core/people/staff.h"
#include "tui/verbs/numbers.h"
#include "tui/verbs/verb.h"

#define CALL_OPTIONS_MAX 24

struct call {
	const struct verb *verb;
	struct context *context;
	struct db *db; /* open, unless the verb has VERB_NO_DB */
	/* With VERB_ACT: the person named with --as, who has proved it, --why, --override, and
	 * call_key's first. */
	struct act act;
	bool is_staff;       /* with VERB_NAMES and VERB_ACT: names are shown in full */
	struct table *table; /* of the verb's columns */

	/* What was typed: only for the functions below. */
	int argc; /* operands */
	char **argv;
	/* Values by place in `known`; "" for an option that takes none. */
	const struct verb_option *known[CALL_OPTIONS_MAX];
	const char *values[CALL_OPTIONS_MAX];
	int known_count;
	union value operands_read[OPERANDS_MAX], options_read[CALL_OPTIONS_MAX];
	struct numbers numbers; /* what argv points to where lists of numbers are taken */
	bool is_printed;
};

/* ---- for the functions of verbs ---- */

struct context *call_context(struct call *call);
int64_t call_now(const struct call *call);

/* What was typed. */
int call_count(const struct call *call); /* operands */
const char *call_operand(const struct call *call, int index);
/* The operands from `from` on with spaces between them. The caller's. */
char *call_rest(const struct call *call, int from);
/* The value of --name, or NULL. */
const char *call_option(const struct call *call, const char *name);
bool call_has(const struct call *call, const char *name);
/* --json was given. */
bool call_is_json(const struct call *call);

/* The value that an operand was read as; the row gives its type. If left out, `otherwise`, or 0. */
int64_t call_id(const struct call *call, int index);
int64_t call_number(const struct call *call, int index);
int64_t call_number_or(const struct call *call, int index, int64_t otherwise);
int64_t call_time(const struct call *call, int index);
struct day call_day(const struct call *call, int index); /* for a month: its first */
struct day call_day_or(const struct call *call, int index, struct day otherwise);
struct week call_week(const struct call *call, int index);
struct days call_period(const struct call *call, int index);
struct holder call_holder(const struct call *call, int index);
/* The same of --name. */
int64_t call_option_id(const struct call *call, const char *name, int64_t otherwise);
int64_t call_option_number(const struct call *call, const char *name, int64_t otherwise);
int64_t call_option_time(const struct call *call, const char *name);
struct day call_option_day(const struct call *call, const char *name, struct day otherwise);
struct week call_option_week(const struct call *call, const char *name, struct week otherwise);
/* Looks up one operand of several, CARD…, ITEM…, LOAN…: errors as its type's. */
int call_look_up(const struct call *call, int index, int64_t *ret_id, struct err *err);

/* The database of --dir, for a verb with VERB_NO_DB; closed when the verb has run. */
int call_db(struct call *call, struct err *err);
/* For a verb with VERB_STAFF, when it is going to act after all: --as with the PIN from --pin-file
 * or typed on a terminal without echo, or a service account with its token file. Afterwards
 * call->act is ready. Errors as staff_pin_check and staff_token_check; without --as EXIT_USAGE,
 * positive. */
int call_staff(struct call *call, struct err *err);
/* The key of the call's act number `index`, from 0, into call->act: random, or derived from --key,
 * so that the same call with the same --key is the same acts. */
void call_key(struct call *call, int index);

/* Uses other columns than the verb's. */
void call_table(struct call *call, const struct table_column *columns, int count);
/* Prints the table now: before other output, or although the exit code is not 0. */
void call_print(struct call *call);
/* For spreadsheets instead. */
void call_print_csv(struct call *call);

/* `jiaplus: …` on stderr, for wrong use that the rows could not detect. Returns EXIT_USAGE. */
int call_usage(const struct call *call, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Prints the reasons of an err on stderr, one `jiaplus: …` each, `about` (may be NULL) before them.
 * Whether an act whose commit failed half-way has happened is looked up first, by the last
 * call_key. Returns the exit code that goes with it. */
int call_complain(struct call *call, const char *about, const struct err *err);

/* ---- for dispatch.c, help.c and options.c ---- */

/* The options that every verb takes, those that `verb` shares with others, and its own, in the
 * order of help. */
void call_know(struct call *call, const struct verb *verb);
/* Everything that the row requires: operands counted and read, output files checked, the database,
 * the person who acts, the table. 0, an error, or EXIT_USAGE. */
int call_begin(struct call *call, struct err *err);
void call_finish(struct call *call);

/* True when the verb takes all of `what`; a plain & would find VERB_STAFF in VERB_ACT. */
bool call_takes(const struct call *call, int what);
/* The type of the operand at `index`; the last one's for those that may be repeated. */
const struct operand *call_operand_type(const struct call *call, int index);
/* Reads the operands and options of that stage. If there are several, the verb looks up each
 * itself: a wrong one does not stop the others. 0, an error, or EXIT_USAGE. */
int call_read(struct call *call, enum operand_stage stage, struct err *err);
/* True, with ERR_REFUSED SERVICE_ONLY, when --as names a service account and the verb is none of
 * those that it may do, acts and lists alike. */
bool call_is_beyond_service(struct call *call, struct err *err);
/* call_staff for VERB_ACT, and for VERB_NAMES when --as was given. */
int call_know_staff(struct call *call, struct err *err);
