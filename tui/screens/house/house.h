/* Shared by the screens of the house. */
#pragma once

#include "tui/screens/house/screens.h"

/* house_form.c: its name, phone and address, and opening hours. */
void house_form_open(struct app *);
/* sheet_form.c: the words of the recovery sheet, typed or scanned; `done` gets them, the screen
 * already off the stack. `text`: translated, copied. */
struct recovery;
struct sheet_form_request {
	const char *text;
	void (*done)(struct app *app, void *context, const struct recovery *);
	void *context;
};
void sheet_form_open(struct app *, const struct sheet_form_request *);
