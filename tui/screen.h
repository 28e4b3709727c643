/* A screen is a const struct of functions and a `self` of its own type.
 *
 * Functions may be NULL. A handler may push, pop and replace freely: `leave` of a screen that was
 * taken off the stack is called after the running handler has returned. Nothing in a handler
 * waits. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "tui/action.h"
#include "tui/draw.h"
#include "tui/key.h"

struct app;

struct screen {
	const char *title;            /* N_(): follows the house's name; NULL: the name alone */
	const struct action *actions; /* ended by { 0 }; NULL: none */
	bool is_overlay; /* the screens below show around it; it keeps their top line */
	bool is_modal;   /* the common actions (F2 …) are off; F1 and F12 work */

	/* once, on top of the stack for the first time */
	void (*enter)(struct app *app, void *self);
	void (*resume)(struct app *app, void *self); /* the screen above has gone */
	void (*leave)(struct app *app, void *self);  /* once, off the stack for good: frees self */

	/* The area between top line and footer, empty paper. */
	void (*draw)(struct app *app, void *self, struct rect area);
	/* What is on the right of the top line instead of the clock; the app frees it. Its parts
	 * are two spaces apart: the last gives way to the devices' notices. */
	char *(*top)(struct app *app, void *self);

	/* True: consumed. Otherwise the action table and then the app's common actions are
	 * tried. */
	bool (*key)(struct app *app, void *self, const struct key *key);
	/* Bytes of a code from any scanner. NULL: a scan is ignored here. */
	void (*scan)(struct app *app, void *self, const char *bytes, size_t len);
	/* A whole pasted text, line ends as \n. NULL: ignored. */
	void (*paste)(struct app *app, void *self, const char *text);
	/* Once a second while on top. Call app_redraw if something shown has changed. */
	void (*tick)(struct app *app, void *self);
};
