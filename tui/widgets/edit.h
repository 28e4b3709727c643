/* One line of UTF-8 text with a cursor: the basis of every text field.
 *
 * The cursor moves over whole characters (a base and its combining marks). Text enters by the rules
 * of text_accept: controls, bidi and zero-width characters never get in. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "tui/draw.h"

struct edit;

struct edit *edit_create(int max_chars);
void edit_destroy(struct edit *edit);

const char *edit_text(const struct edit *edit); /* borrowed until the next change */
bool edit_is_empty(const struct edit *edit);
int edit_length(const struct edit *edit);           /* characters */
void edit_set(struct edit *edit, const char *text); /* cursor to the end; too long a text is cut */
void edit_insert(struct edit *edit, const char *text); /* line ends and tabs become spaces */
/* Printable characters, ← → Home End Backspace Delete. True: consumed; Backspace at the start is
 * not. */
bool edit_key(struct edit *edit, const struct key *key);

/* One row, scrolled so that the cursor is visible; caret set when `is_active`. `mask`: dots instead
 * of the text (passwords). */
struct edit_look {
	bool is_active;
	bool is_masked;
	const char *hint; /* shown while empty; NULL: none */
};
void edit_draw(const struct edit *edit, struct rect area, int row, int col, int cells,
	const struct edit_look *look);
