/* People: the residents and what is kept about them. For the other rooms and the kiosk. */
#pragma once

#include "tui/app.h"

/* resident_find.c (F7) */
void resident_find_open(struct app *);
/* Picks somebody for the screen below; `done` is not called for Esc. */
struct resident_pick {
	void (*done)(struct app *app, void *context, int64_t resident);
	void *context;
};
void resident_pick_open(struct app *, const struct resident_pick *);

/* resident_page.c: one of them. */
void resident_page_open(struct app *, int64_t resident);
/* resident_form.c; 0: registers a new one. */
void resident_form_open(struct app *, int64_t resident);

/* kept.c: everything that is kept about somebody, line by line, and its paper. */
void kept_open(struct app *, int64_t resident);
