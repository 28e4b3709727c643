/* What is the same on every screen: the top line with the device corner, and the rule above the
 * footer. */
#pragma once

#include "tui/draw.h"

struct notice {
	char *slot, *text;
};

struct chrome {
	const char *house;
	const char *title; /* translated; NULL: none */
	const char *right; /* clock, or the screen's own text; its parts are two spaces apart */
	const struct notice *notices;
	int notice_count;
};

/* Draws it and returns the area for the screen; the footer's row goes to *ret_footer. */
struct rect chrome_draw(const struct chrome *chrome, struct rect all, struct rect *ret_footer);
