/* KEY=VALUE operands into the members of a struct: "loan_days=14 overdue=ask". */
#pragma once

#include <stddef.h>

#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

enum pair_kind {
	PAIR_NUMBER, /* int64_t */
	PAIR_YUAN,   /* int64_t, in fen */
	PAIR_TEXT,   /* char *, freed before it is set; NULL never */
	PAIR_WORD,   /* an enum or int64_t: the number of the word */
	PAIR_DAY,    /* char[11]: a day, or a word of its own */
	PAIR_FACT,   /* bool: yes or no */
};

struct pair {
	const char *name;
	enum pair_kind kind;
	size_t offset, size;
	int64_t max;                     /* of PAIR_NUMBER */
	const char *(*word)(int index);  /* of PAIR_WORD; of PAIR_DAY the one word, or NULL */
	const char *(*shown)(int index); /* of PAIR_WORD: for people; NULL: the word */
	int words;
	bool may_be_blank; /* "" is PAIR_BLANK, or no day */
};
#define PAIR_BLANK         (-1)
#define PAIR(type, member) PAIR_AS(#member, type, member)
#define PAIR_AS(key, type, member) \
	.name = (key), .offset = offsetof(type, member), .size = sizeof(((type *)0)->member)

/* Sets the members that the operands from `from` on name; `keys` end with an empty row. 0;
 * EXIT_USAGE after saying which keys or words there are; ERR_INVALID NUMBER_RANGE, NUMBER_BAD,
 * DATE_BAD naming the key. */
int pairs_read(struct call *call, int from, const struct pair *keys, void *object, struct err *err);

/* A cell for each key, in order: null where it is blank. */
void pairs_table(struct table *table, const struct pair *keys, const void *object);
