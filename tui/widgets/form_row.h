/* A row of a form: what is drawn, which member of a struct it fills in, within which limits, and
 * which refusals are told below it.
 *
 *   [DAYS] = { FIELD_DIGITS(N_("Days"), 5), HINT(N_("as above")),
 *           BIND_NUMBER_OR(RULE_BLANK, "loan_days", struct rule_form, row.loan_days, 0, 99999) },
 *
 * A row that is not bound is shown and taken by its page. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/when.h"
#include "tui/widgets/form.h"

struct app;

enum form_binding {
	BOUND_NOT,
	BOUND_TEXT,       /* char * or const char * */
	BOUND_NUMBER,     /* int64_t */
	BOUND_HUNDREDTHS, /* int64_t, typed with up to two decimals; empty: 0;
			     `nothing` is shown as empty */
	BOUND_MONEY,      /* int64_t in fen, typed in yuan; empty: 0 */
	BOUND_FACT,       /* bool */
	BOUND_CHOICE,     /* an enum or int */
	BOUND_CHOICE64,   /* an enum in an int64_t */
	BOUND_PICK,       /* int64_t: the id of one of the page's picks */
	BOUND_DAY,        /* struct day */
	BOUND_TIME,       /* int: minutes of the day; -1 is shown as nothing */
};

#define FORM_ROW_NAMES 2
#define FORM_ROW_CODES 6

struct form_row {
	struct form_field field;
	enum form_binding binding;
	size_t offset, flag; /* flag: of the bool that says whether there is a day */
	int64_t min, max, nothing;
	bool may_be_empty; /* a number or time is then `nothing`, and a day's flag is false */
	/* The names by which refusals refer to it. A binding uses the first; without one, the
	 * refusal quotes what is typed, below this row. */
	const char *names[FORM_ROW_NAMES];
	int codes[FORM_ROW_CODES]; /* reasons that are shown here, whatever they name */
	/* Looks up what is written, once this row and those above it have been read; NULL: nothing.
	 * Called like a page's save, which may rely on it. */
	int (*take)(struct app *app, void *self, void *filled, struct err *err);
};

/* What is drawn. Without a number of characters, 60 are accepted. */
#define FORM_FIELD_(kind_, label_)  .field.kind = (kind_), .field.label = (label_)
#define FIELD_TEXT(label, chars)    FORM_FIELD_(FORM_TEXT, label), .field.max_chars = (chars)
#define FIELD_CHINESE(label, chars) FIELD_TEXT(label, chars), .field.is_chinese = true
#define FIELD_DIGITS(label, chars)  FORM_FIELD_(FORM_DIGITS, label), .field.max_chars = (chars)
#define FIELD_CHECK(label)          FORM_FIELD_(FORM_CHECK, label)
#define FIELD_CHOICE(label, list)   FORM_FIELD_(FORM_CHOICE, label), .field.choices = (list)
#define HINT(words)                 .field.hint = (words)
#define HELP(words)                 .field.help = (words)

/* The offset of a member, which must have one of the types. */
#define FORM_MEMBER(type, member, ...) \
	(offsetof(type, member) + 0 * sizeof(_Generic(((type *)0)->member, __VA_ARGS__)))

#define BIND_TEXT(name, type, member)              \
	.binding = BOUND_TEXT, .names[0] = (name), \
	.offset = FORM_MEMBER(type, member, char * : 1, const char * : 1)
#define BIND_INT64_(binding_, name, type, member) \
	.binding = (binding_), .names[0] = (name), .offset = FORM_MEMBER(type, member, int64_t : 1)
#define BIND_NUMBER(name, type, member, min_, max_) \
	BIND_INT64_(BOUND_NUMBER, name, type, member), .min = (min_), .max = (max_)
#define BIND_NUMBER_OR(nothing_, name, type, member, min_, max_) \
	BIND_NUMBER(name, type, member, min_, max_), .may_be_empty = true, .nothing = (nothing_)
#define BIND_HUNDREDTHS(name, type, member) BIND_HUNDREDTHS_OR(-1, name, type, member)
#define BIND_HUNDREDTHS_OR(nothing_, name, type, member) \
	BIND_INT64_(BOUND_HUNDREDTHS, name, type, member), .nothing = (nothing_)
#define BIND_MONEY(name, type, member) BIND_INT64_(BOUND_MONEY, name, type, member)
#define BIND_PICK(type, member) \
	.binding = BOUND_PICK, .offset = FORM_MEMBER(type, member, int64_t : 1)
#define BIND_FACT(type, member) .binding = BOUND_FACT, .offset = FORM_MEMBER(type, member, bool : 1)
/* The first choice is `min`, the others follow it. */
#define BIND_CHOICE(type, member) \
	.binding = BOUND_CHOICE, .offset = FORM_MEMBER(type, member, int : 1, unsigned : 1)
#define BIND_CHOICE64(type, member, min_) \
	BIND_INT64_(BOUND_CHOICE64, NULL, type, member), .min = (min_)
#define BIND_DAY(name, type, member)              \
	.binding = BOUND_DAY, .names[0] = (name), \
	.offset = FORM_MEMBER(type, member, struct day : 1)
#define BIND_DAY_IF(flag_, name, type, member)              \
	BIND_DAY(name, type, member), .may_be_empty = true, \
				      .flag = FORM_MEMBER(type, flag_, bool : 1)

#define BIND_TIME(name, type, member)                             \
	.binding = BOUND_TIME, .names[0] = (name), .nothing = -1, \
	.offset = FORM_MEMBER(type, member, int : 1)
#define BIND_TIME_OR(nothing_, name, type, member)                                              \
	.binding = BOUND_TIME, .names[0] = (name), .nothing = (nothing_), .may_be_empty = true, \
	.offset = FORM_MEMBER(type, member, int : 1)

/* The choices of a field that are read from the database. */
struct form_picks {
	const char **names; /* NULL-terminated */
	int64_t *ids;
	int count;
};
void form_picks_add(struct form_picks *, int64_t id, const char *name); /* copied */
void form_picks_finish(struct form_picks *);

/* Writes the member into its field. */
void form_row_show(const struct form_row *, const struct form_picks *, struct form *, int field,
	const void *from);
/* Writes the field into its member; texts are borrowed until the form changes. ERR_INVALID
 * NUMBER_BAD or DATE_BAD. */
int form_row_take(const struct form_row *, const struct form_picks *, const struct form *,
	int field, void *to, struct err *err);

/* ---- for rows that are not bound ---- */

/* A number in a field; `empty` when nothing is written. ERR_INVALID NUMBER_BAD naming `what`. */
int form_number(const struct form *, int field, const char *what, int64_t empty, int64_t *ret,
	struct err *err);
/* Writes a number into a field; `nothing` leaves it empty. */
void form_set_number(struct form *, int field, int64_t value, int64_t nothing);
