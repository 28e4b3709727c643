/* What may follow a verb: one table of types says how each is shown in the usage and how it is
 * read. Strict numbers, days and names are the same for every verb, because they are read only
 * here. */
#pragma once

#include "core/base/when.h"
#include "core/points/account.h"
#include "core/store/db.h"

enum operand_type {
	OPERAND_NONE, /* ends a list of operands; an option of it takes no value */
	OPERAND_TEXT, /* anything: the verb reads it, or keeps it as it is */
	OPERAND_FILE,
	/* Read before anybody is asked for a PIN. */
	OPERAND_NUMBER, /* min to max; without a max 1 to 999999999, the numbers on papers */
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
	const char *word; /* msgid: its word in the usage; NULL: its type's */
	/* What a refusal calls a number; NULL: its option's name, else "number". */
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

/* Its form in the usage: "CARD", "[CARD…]". The caller's. */
char *operand_usage(const struct operand *operand);
/* The same without brackets: "CARD". The caller's. */
char *operand_word(const struct operand *operand);
/* What must be available before it can be read. */
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
 * NUMBER_RANGE, DATE_BAD, WEEK_BAD, MONTH_BAD, and errors of the look-up. A text that is not a
 * choice is refused by the caller: operand_choice. */
int operand_read(struct db *db, const struct operand *operand, const char *name, const char *text,
	union value *ret, struct err *err);
/* "a4, a3, tiled". The caller's. */
char *operand_choices(const struct operand *operand);
/* The index of `text` among the choices; -1: none of them. */
int operand_choice(const struct operand *operand, const char *text);
