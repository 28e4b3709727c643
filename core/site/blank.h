/* Blank slips: what happens while the power is out is written on them by hand and entered from them
 * afterwards, each slip once. Each has a code of 64 random bits (CODE_BLANK, J1P…), of which only
 * the hash is kept: the code is returned when the slips are printed, and works until it is used,
 * however many have been printed since. */
#pragma once

#include "core/base/code.h"
#include "core/store/act.h"

/* What is written on it. */
enum blank_use { BLANK_LEND, BLANK_RETURN, BLANK_ROOM, BLANK_USE_COUNT };

struct blank {
	int64_t id, number; /* the number is printed on it */
	enum blank_use use;
	int64_t issued_at;
	int64_t entered_at; /* 0: nothing has been entered from it */
};

/* For the paper that is printed now. */
struct blank_issued {
	int64_t number;
	enum blank_use use;
	char code[CODE_TEXT_MAX];
};
/* As many of each use as given, in the order of the uses, into `ret`, which has room for all of
 * them. A repeat of the act has no codes to return: ERR_REFUSED CODE_OUTDATED. */
int blanks_issue(struct db *, const struct act *, const int counts[BLANK_USE_COUNT],
	struct blank_issued *ret, struct err *err);

/* ERR_NOT_FOUND CODE_OUTDATED: invented, or from another database. */
int blank_by_code(struct db *, const struct code *, struct blank *ret, struct err *err);
/* ERR_NOT_FOUND CODE_OUTDATED. */
int blank_get(struct db *, int64_t id, struct blank *ret, struct err *err);
/* When the latest were issued; 0: never. */
int blanks_latest(struct db *, int64_t *ret_at, struct err *err);

/* A line of a slip: the loan that was lent or returned, or the session in a room. */
struct blank_entry {
	int64_t loan, session; /* one of them; the other is 0 */
};
/* Stores what has been entered, within the transaction in which that was done. ERR_REFUSED
 * BLANK_ENTERED (its number, since when). */
int blank_enter(struct db *, const struct act *, int64_t blank, const struct blank_entry *entries,
	int count, struct err *err);
/* In the order of the slip; *ret is the caller's. */
int blank_entries(
	struct db *, int64_t blank, struct blank_entry **ret, int *ret_count, struct err *err);
