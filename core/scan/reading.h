/* What was read off a picture. */
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
	const char *bytes; /* may hold anything, NULs too: use the size */
	size_t size;
	int x, y, width, height; /* where it is in the frame, in the frame's pixels */
};
