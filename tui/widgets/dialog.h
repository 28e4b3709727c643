/* A question or a message over the screen: a title, a sentence, reasons with their cures, buttons.
 * Digits press buttons, arrows mark one, Enter presses the marked one, Esc gives the last answer.
 *
 * A scan while it is open closes it and goes to the screen below: whoever scans has moved on. */
#pragma once

#include "tui/app.h"
#include "tui/widgets/banner.h"

struct dialog_line {
	const char *text; /* why */
	const char *cure; /* what would help; NULL: nothing */
};

struct dialog {
	enum banner_kind kind; /* mark and colour of the title; BANNER_NONE: a plain question */
	const char *title;
	const char *text;                /* NULL: none */
	const struct dialog_line *lines; /* NULL: none */
	int line_count;
	const char *const *buttons; /* NULL-terminated, at most 9; NULL: one, "OK" */
	int marked;                 /* the button that is marked at first */
	/* The button's index, or one of those below. Called once, when the dialog is off the stack
	 * already. */
	void (*done)(struct app *app, void *context, int button);
	void *context;
	int64_t timeout_ms; /* after this long, as Esc; 0: never. For 还在办理吗？ */
};
#define DIALOG_ESC     (-1)
#define DIALOG_SCANNED (-2) /* the scan is about to be passed on */

/* Pushes it. All texts are translated by the caller and copied. */
void dialog_open(struct app *app, const struct dialog *dialog);
