/* A form as a screen of its own: Enter on the last field or F10 saves, Esc asks before what was
 * typed is lost. A page is one const screen and one request:
 *
 *   static const struct screen kind_screen = FORM_PAGE(N_("Kind of shift"));
 *   form_page_open(app, &(struct form_page_request){ .screen = &kind_screen, … }); */
#pragma once

#include "tui/screens/clerk.h"

struct form_page_request {
	const struct screen *screen;     /* a FORM_PAGE */
	const struct form_field *fields; /* outlive the page, as what `context` owns may */
	int count;
	const char *head; /* translated, above the form; copied; NULL: none */
	void *context;
	void (*show)(void *context, struct form *); /* what is filled in at first; NULL: nothing */
	/* Says what it has done with clerk_tell_done, once the page is gone: *ret_done, translated.
	 */
	int (*save)(struct app *, void *context, const struct form *, const char **ret_done,
		struct err *err);
	const struct clerk_field *blames; /* outlive the page */
	int blame_count;
	void (*finish)(void *context); /* the page is gone; NULL: nothing */
};
void form_page_open(struct app *, const struct form_page_request *);

/* A number in a field; `empty` when nothing is written. ERR_INVALID NUMBER_BAD naming `what`. */
int form_page_number(const struct form *, int field, const char *what, int64_t empty, int64_t *ret,
	struct err *err);
/* Writes a number into a field; `nothing` leaves it empty. */
void form_page_set_number(struct form *, int field, int64_t value, int64_t nothing);

/* ---- for FORM_PAGE ---- */

extern const struct action form_page_actions[];
void form_page_leave(struct app *, void *self);
void form_page_draw(struct app *, void *self, struct rect area);
bool form_page_key(struct app *, void *self, const struct key *key);
void form_page_paste(struct app *, void *self, const char *text);

#define FORM_PAGE(title_)                                                                        \
	{                                                                                        \
		.name = "form", .title = title_, .actions = form_page_actions, .is_modal = true, \
		.leave = form_page_leave, .draw = form_page_draw, .key = form_page_key,          \
		.scan = clerk_scan_later, .paste = form_page_paste,                              \
	}
