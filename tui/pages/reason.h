/* Asks for a line of text that says why. */
#pragma once

#include "tui/app.h"

/* `done` gets the text, or NULL for Esc. */
struct reason_request {
	const char *title, *text; /* translated, copied */
	const char *const *ready; /* N_(), NULL-terminated, taken by digit; NULL: usual reasons */
	int max_chars;            /* 0: 100 */
	void (*done)(struct app *app, void *context, const char *why);
	void *context;
};
void reason_open(struct app *, const struct reason_request *);
