/* A sentence drawn large, in half blocks out of a bitmap face: 8 rows, 16 columns a Chinese
 * character, 8 a digit or letter. What to do now, or what goes home and when: one a screen. */
#pragma once

#include "tui/draw.h"
#include "tui/widgets/face.h"

#define BIG_ROWS 8

/* Columns that it takes; 0 when it cannot be drawn large: without a face, and when a character is
 * not in it. */
int big_words_cols(struct face *, const char *text);
bool big_words_fit(struct face *, const char *text, struct rect area);
/* Draws it in the area's upper rows: from the left, or in the middle. False, and nothing is drawn,
 * when it does not fit whole. */
bool big_words_draw(struct rect area, struct face *, const char *text);
bool big_words_center(struct rect area, struct face *, const char *text);
