/* A QR code on the screen, readable by a phone: black on white whatever the theme, four modules of
 * quiet zone (doc/facts.md, Terminal). Two modules of height a row. */
#pragma once

#include <stdbool.h>

#include "tui/draw.h"

/* The rows and columns that it needs, including the quiet zone; false when `text` can't be a QR
 * code (empty or longer than 2,900 bytes). */
bool qr_size(const char *text, int *ret_rows, int *ret_cols);
/* Draws the whole code in the area's upper left, or nothing and false if it does not fit: half a
 * code is worse than none. */
bool qr_draw(struct rect area, const char *text);
