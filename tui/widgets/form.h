/* Labelled fields one below the other; ↑ ↓ Tab move, Enter moves on and finishes at the last.
 *
 * The screen passes on keys and pastes and reads the result. Fields for Chinese have a pinyin line
 * below (F11 switches it off and on) if the form was given a source. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"
#include "tui/widgets/pinyin.h"

enum form_kind {
	FORM_TEXT,
	FORM_PASSWORD,
	FORM_DIGITS, /* only digits; full-width ones become ASCII */
	FORM_CHOICE, /* ← → Space and digits change it; value is the index */
	FORM_CHECK,  /* Space changes it; value 0 or 1 */
};

struct form_field {
	const char *label; /* N_() */
	enum form_kind kind;
	const char *hint;           /* N_(): inside while empty; NULL: none */
	const char *help;           /* N_(): one line below while active; NULL: none */
	int max_chars;              /* text, digits, password; 0: 60 */
	bool is_chinese;            /* offers pinyin */
	const char *const *choices; /* N_(), NULL-terminated: FORM_CHOICE, up to 9 by digit */
	/* Called when the field is left and at the end: NULL, or what is wrong with it, a
	 * translated sentence that the form frees. NULL function: anything is valid. */
	char *(*check)(void *context, const char *text);
};

enum form_answer {
	FORM_IGNORED, /* the key is not for the form */
	FORM_TAKEN,
	FORM_DONE, /* Enter on the last field and every check passed */
};

struct form;

/* `fields` outlives the form; `source` may be NULL. */
struct form *form_create(const struct form_field *fields, int count, void *context,
	const struct pinyin_source *source);
void form_destroy(struct form *form);

enum form_answer form_key(struct form *form, const struct key *key);
void form_paste(struct form *form, const char *text);

const char *form_text(const struct form *form, int field); /* borrowed until the next change */
int form_choice(const struct form *form, int field);
void form_set_text(struct form *form, int field, const char *text);
void form_set_choice(struct form *form, int field, int choice);
int form_active(const struct form *form);
void form_activate(struct form *form, int field);
/* A sentence under a field, until it is changed: the act's refusal. NULL clears. Copied. */
void form_set_error(struct form *form, int field, const char *sentence);

void form_draw(struct form *form, struct rect area);
