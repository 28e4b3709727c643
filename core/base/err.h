/* How a call reports that it failed. Filled once, where the fault was found, and passed up
 * unchanged.
 *
 * A function that can fail returns 0 (or a count) on success and a negative err_code otherwise, and
 * fills the struct err it was given, which is never NULL. Outputs are written only on success. */
#pragma once

#include <stdbool.h>

#include "core/base/reason.h"

enum err_code {
	ERR_NONE = 0,
	ERR_NOT_FOUND = -1, /* what was named does not exist */
	ERR_REFUSED = -2,   /* a rule says no: reasons[] lists all of them */
	ERR_INVALID = -3,   /* what came in is malformed */
	ERR_BUSY = -4,      /* another process is writing: nothing happened, try again */
	ERR_STORAGE = -5,   /* database or file system */
	ERR_DEVICE = -6,    /* camera, scanner, printer, helper process */
	ERR_UNSURE = -7,    /* a commit failed half-way: look it up by its idempotency key */
};

#define ERR_REASONS_MAX 12

struct err {
	enum err_code code;
	int reason_count; /* sorted in the order of REASON_BLOCKS, without repeats */
	struct reason reasons[ERR_REASONS_MAX];
	char detail[256]; /* for a log or -v: technical, English, may be empty */
};

/* Starts (or restarts) an error with one reason. Returns `code`, so that `return err_set(…)` reads
 * well. */
int err_set(struct err *err, enum err_code code, struct reason reason);

/* The same with a technical detail, printf style. */
int err_setf(struct err *err, enum err_code code, struct reason reason, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds one more reason to a refusal, in its place; code becomes ERR_REFUSED. */
void err_refuse(struct err *err, struct reason reason);

/* True if `code` is among the reasons. */
bool err_has(const struct err *err, int code);

/* Returns early with a negative result. */
#define TRY(call)                    \
	do {                         \
		int try_ = (call);   \
		if (try_ < 0)        \
			return try_; \
	} while (0)
