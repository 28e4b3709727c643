/* A code that was read from a picture. */
#pragma once

#include <stddef.h>

enum symbology {
	SYMBOLOGY_QR,
	SYMBOLOGY_EAN13,
	SYMBOLOGY_EAN8,
	SYMBOLOGY_CODE128,
	SYMBOLOGY_COUNT
};

/* "QR", "EAN13", "EAN8", "CODE128": part of the command line's contract. */
extern const char *const symbology_names[SYMBOLOGY_COUNT];

struct reading {
	enum symbology symbology;
	const char *bytes; /* may hold any bytes, including NUL: use the size */
	size_t size;
	int x, y, width, height; /* where it is in the frame, in the frame's pixels */
};

/* A list of readings: each text once; the list owns the bytes, with a NUL after them. */
struct reading_list {
	struct reading *items;
	int count;
};

/* Adds a copy unless the list has a reading with the same text. */
void reading_list_add(struct reading_list *list, const struct reading *reading);
void reading_list_finish(struct reading_list *list); /* clears: a card's text is a secret */

/* Bytes as text for a terminal or a table: valid UTF-8 stays, tab, newline and backslash become \t
 * \n \\, and what is not UTF-8 or would control a terminal (what text_accept refuses) becomes \xNN,
 * byte by byte. The caller's. */
char *reading_escape(const char *bytes, size_t size);
