/* All drawing. Nothing is ever printed to the terminal in another way.
 *
 * `row` and `col` count from the area's corner. Everything is clipped to the area by cells; a wide
 * character that crosses either edge becomes a space. Control, bidi and zero-width characters are
 * dropped, so text from anywhere may be drawn. Drawing outside of a screen's `draw` is a mistake:
 * each frame starts empty. */
#pragma once

#include <stdbool.h>

#include "tui/key.h"
#include "tui/palette.h"
#include "tui/rect.h"

/* Writes `text` and returns the column after it (also when it was clipped). */
int draw_text(struct rect area, int row, int col, enum style style, const char *text);
int draw_textf(struct rect area, int row, int col, enum style style, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));
/* Shortened with … to the `cells` from `col` on; the rest of them is filled with spaces. */
void draw_fit(struct rect area, int row, int col, int cells, enum style style, const char *text);
void draw_right(struct rect area, int row, enum style style, const char *text);
void draw_center(struct rect area, int row, enum style style, const char *text);
/* Large type: Chinese spaced out. Latin text, and text that would not fit the area that way, stays
 * plain. Same return as draw_text. */
int draw_large(struct rect area, int row, int col, enum style style, const char *text);
int draw_large_width(const char *text); /* cells that it wants */
/* Digits and ':' three rows high, as a clock on a wall; returns the column after it. */
int draw_digits(struct rect area, int row, int col, enum style style, const char *text);
int draw_digits_width(const char *text);

void draw_fill(struct rect area, enum style style);
/* Keeps the text and changes its style: dims what is under a dialog. */
void draw_restyle(struct rect area, enum style style);
void draw_hline(struct rect area, int row, int col, int cols);
void draw_vline(struct rect area, int row, int col, int rows);
void draw_box(struct rect area, enum style style); /* thin line, one frame deep */

/* A button as it looks everywhere, key first: `[1 场地]` on the button's background. Pressing it is
 * pressing `key`. Returns the column after it. */
int draw_button(struct rect area, int row, int col, const char *key_name, const char *label,
	struct key key, bool is_marked);
int draw_button_width(const char *key_name, const char *label);

/* Pressing anywhere in `area` acts like `key`. Later areas lie above earlier ones. */
void draw_hot(struct rect area, struct key key);
/* Forgets all hot areas: what is under an overlay can't be pressed. */
void draw_hot_clear(void);

/* Shows the terminal's cursor here. Without a call in a frame it is hidden. */
void draw_caret(struct rect area, int row, int col);

/* Characters that are never drawn: controls, those that change direction, those without width. */
bool draw_is_hidden(unsigned character);

/* True with the large theme: widgets leave more space and set headings in large type. */
bool draw_is_large(void);
