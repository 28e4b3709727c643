/* Why something was refused or failed, as a code with typed arguments.
 *
 * No code below the screens writes sentences: core/words.c turns a reason into one, with what would
 * cure it, for screens, papers and verbs alike.
 *
 * Each noun lists its reasons in a reasons.h of its own folder, which only the .c files that name
 * them include, so that a new reason recompiles few files. A list is REASONS_ITEM(X) with a row
 * X(name, args) for each reason and REASON_CODES(ITEM) below it; args names the arguments in order,
 * one letter each:
 *   i integer (n1, then n2)   t instant, UTC seconds (n1, then n2)   s text   - none */
#pragma once

#include <assert.h>
#include <stdint.h>

/* All lists. Their order, then the order within a list, is the order in which a refusal's reasons
 * are shown (doc/rules.md, Scanning 6), so a person always reads them in the same sequence. */
#define REASON_BLOCKS(X)                          \
	/* what was read or typed */              \
	X(READ)                                   \
	X(SETTING)                                \
	/* who */                                 \
	X(PERSON)                                 \
	X(ROLE)                                   \
	X(REGISTER)                               \
	/* the thing */                           \
	X(BLANK)                                  \
	X(ITEM)                                   \
	X(NAME)                                   \
	X(LOAN)                                   \
	X(POINTS)                                 \
	X(REWARD)                                 \
	X(STOCKTAKE)                              \
	X(VENUE)                                  \
	X(SHIFT)                                  \
	X(SIGNUP)                                 \
	X(ASSIGNMENT)                             \
	X(HOURS)                                  \
	/* the person's standing */               \
	X(STANDING)                               \
	X(QUOTA)                                  \
	X(DEPOSIT)                                \
	X(BALANCE)                                \
	X(REWARD_LIMIT)                           \
	/* renewing, undoing, backdating */       \
	X(RENEW)                                  \
	/* the act, the store, files, settings */ \
	X(ACT)                                    \
	X(STORE)                                  \
	X(FILE)                                   \
	X(TABLE)                                  \
	X(CONFIG)                                 \
	/* papers and devices */                  \
	X(PAPER)                                  \
	X(LABEL)                                  \
	X(CAMERA)                                 \
	X(PRINTER)                                \
	X(PROGRAM)

#define REASON_BLOCK_ENUM(block) REASON_BLOCK_##block,
enum { REASON_NONE, REASON_BLOCKS(REASON_BLOCK_ENUM) REASON_BLOCK_END };

/* A code is made of its list's number and its place in that list. It is valid within one run; what
 * is stored or sent is the name. */
#define REASON_BLOCK_SIZE       256
#define REASON_ENUM(name, args) REASON_##name,
#define REASON_CODES(block)                                                                   \
	enum {                                                                                \
		REASON_BEFORE_##block = REASON_BLOCK_##block * REASON_BLOCK_SIZE - 1,         \
		REASONS_##block(REASON_ENUM) REASON_AFTER_##block                             \
	};                                                                                    \
	static_assert(REASON_AFTER_##block <= (REASON_BLOCK_##block + 1) * REASON_BLOCK_SIZE, \
		"a list of reasons is full")

struct reason {
	int code; /* REASON_…; REASON_NONE: none */
	int64_t n1, n2;
	char text[96]; /* UTF-8, cut at a whole character */
};

/* REASON(ITEM_OUT_SELF, .n1 = due_at), REASON_TEXT(CONFIG_BAD, "kiosk.conf:3: …") */
#define REASON(name, ...)    ((struct reason){ .code = REASON_##name, ##__VA_ARGS__ })
#define REASON_TEXT(name, s) reason_with_text(REASON_##name, (s), 0)

struct reason reason_with_text(int code, const char *text, int64_t n1);
