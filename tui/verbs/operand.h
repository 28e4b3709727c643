/* What may follow a verb: one table of types says what the usage calls each and how it is read.
 * Strict numbers, days and names are the same for every verb, because they are read here alone. */
#pragma once

#include "core/base/when.h"
#include "core/points/account.h"
#include "core/store/db.h"

enum operand_type {
	OPERAND_NONE, /* ends a list of operands; an option of it takes no value */
	OPERAND_TEXT, /* anything: the verb reads it, or keeps it as it is */
	OPERAND_FILE,
	/* Read before anybody is asked for a PIN. */
	OPERAND_NUMBER, /* min to max; without a max 1 to 999999999, as papers have them */
	OPERAND_CHOICE, /* one of `choices` */
	OPERAND_DAY,    /* 2026-11-21 */
	OPERAND_MONTH,  /* 2026-11: its first day */
	OPERAND_WEEK,   /* 2026-W48 */
	OPERAND_PERIOD, /* a week or a month: first and last day */
	OPERAND_TIME,   /* 2026-11-21T14:00, in the venue's time */
	/* Looked up: the id. The errors are those of named.h. */
	OPERAND_CARD,
	OPERAND_CARD_OR_NONE, /* "-": 0 */
	OPERAND_ITEM,
	OPERAND_LOAN,
	OPERAND_VENUE,
	OPERAND_BOOKING,
	OPERAND_SHIFT,
	OPERAND_CATEGORY,
	OPERAND_REWARD,
	OPERAND_MERCHANT,
	OPERAND_STAFF,
	OPERAND_HOLDER, /* of points */
	OPERAND_TYPE_COUNT
};

enum operand_times {
	TIMES_ONE,
	TIMES_MAYBE, /* [CARD] */
	TIMES_MANY,  /* CARD… */
	TIMES_ANY,   /* [CARD…] */
};

struct operand {
	enum operand_type type;
	enum operand_times times;
	const char *word; /* msgid: what the usage calls it; NULL: as its type is called */
	/* What a refusal calls a number; NULL: as its option is called, else "number". */
	const char *key;
	int64_t min, max;           /* of a number */
	const char *const *choices; /* ended by NULL */
	bool may_be_none;           /* "none" is none: all zeros */
};

struct days {
	struct day from, until;
};

union value {
	int64_t number; /* or the index of a choice */
	int64_t at;
	int64_t id;
	struct day day;
	struct week week;
	struct days period;
	struct holder holder;
};

/* What the usage calls it: "CARD", "[CARD…]". The caller's. */
char *operand_usage(const struct operand *operand);
/* The same without brackets: "CARD". The caller's. */
char *operand_word(const struct operand *operand);
/* What has to be there before it can be read. */
enum operand_stage {
	OPERAND_AT_ONCE,
	OPERAND_IN_ZONE, /* times: the database has the venue's zone */
	OPERAND_BY_NAME, /* what is looked up in the database, for those who may */
};
enum operand_stage operand_stage(const struct operand *operand);
/* True when a list of numbers, "3,5,9-12", names several of them. */
bool operand_takes_numbers(const struct operand *operand);
bool operand_is_repeated(const struct operand *operand);
bool operand_is_needed(const struct operand *operand);

/* Reads `text`; `name` is what a refusal calls a number without a key. ERR_INVALID NUMBER_BAD,
 * NUMBER_RANGE, DATE_BAD, WEEK_BAD, MONTH_BAD, and what looking up finds. A text
 * that is no choice is the caller's to refuse: operand_choice. */
int operand_read(struct db *db, const struct operand *operand, const char *name, const char *text,
	union value *ret, struct err *err);
/* "a4, a3, tiled". The caller's. */
char *operand_choices(const struct operand *operand);
/* The index of `text` among the choices; -1: none of them. */
int operand_choice(const struct operand *operand, const char *text);
