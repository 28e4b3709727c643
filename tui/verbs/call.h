/* A call of a verb as the files of this folder share it; verbs see verb.h alone. */
#pragma once

#include "core/people/staff.h"
#include "tui/verbs/numbers.h"
#include "tui/verbs/verb.h"

#define CALL_OPTIONS_MAX 24

struct call {
	const struct verb *verb;
	struct context *context;
	int argc; /* operands */
	char **argv;
	/* Values by place in `known`; "" for an option that takes none. */
	const struct verb_option *known[CALL_OPTIONS_MAX];
	const char *values[CALL_OPTIONS_MAX];
	int known_count;

	struct numbers numbers;          /* what argv points to where lists of numbers are taken */
	struct db *db;                   /* opened by call_db */
	unsigned char key[ACT_KEY_SIZE]; /* of the latest act */
	bool is_staff_known;
	struct staff staff;
};

/* The options that every verb takes, those that `verb` shares with others, and its own, in the
 * order of help. */
void call_know(struct call *call, const struct verb *verb);
void call_finish(struct call *call);

/* True, with ERR_REFUSED SERVICE_ONLY, when --as names a service account and the verb is none of
 * those that it may do (VERB_SERVICE), acts and lists alike. */
bool call_is_beyond_service(struct call *call, struct err *err);

/* The verb's operands in the current language; "" for none, which is no message. */
const char *verb_usage(const struct verb *verb);
