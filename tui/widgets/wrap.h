/* Breaking text into lines of cells: between words, between Chinese characters, never before
 * 。，）and their like, never after （「. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

/* The next line of at most `cells` cells (≥ 2) from *text; moves *text past it and its spaces.
 * Returns its length in bytes, -1 at the end of the text. A \n ends a line. */
int wrap_next(const char **text, int cells, const char **ret_line);
/* How many lines that makes. */
int wrap_rows(const char *text, int cells);
/* Draws from `row` on; returns the row after the last line. */
int wrap_draw(struct rect area, int row, enum style style, const char *text);
