/* A bitmap face for words drawn large: 16 rows of pixels a character, out of a file in the .hex
 * form of GNU Unifont (a line a character, the lowest code point first: "626B:10001000…" for 16
 * columns, half as many digits for 8). Only the characters that are asked for are read, each once:
 * the file has some sixty thousand. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define FACE_ROWS 16

struct glyph {
	int cols;                 /* 8 or 16 */
	uint16_t rows[FACE_ROWS]; /* the leftmost pixel is bit 15 */
};

struct face;

/* NULL when there is no such file. */
struct face *face_open(const char *path);
void face_close(struct face *); /* NULL is allowed */

/* False without a face, and for a character that it lacks or that cannot be read. */
bool face_glyph(struct face *, unsigned character, struct glyph *ret);
