/* Asks for a whole number, typed large. */
#pragma once

#include "tui/app.h"

/* 0 … max; `preview` (may be NULL) describes the effect, amount.c frees its text; `done` gets the
 * number, or -1 for Esc. */
struct amount_request {
	const char *title, *text; /* translated, copied; text may be NULL */
	int64_t max;
	char *(*preview)(void *context, int64_t n);
	void (*done)(struct app *app, void *context, int64_t n);
	void *context;
};
void amount_open(struct app *, const struct amount_request *);
