/* A screen that is a form: a table of rows, how they are read and how they are saved. Enter in the
 * last field or F10 saves, Esc asks before what was typed is lost.
 *
 *   static const struct form_page body_page = {
 *           .screen = FORM_SCREEN(N_("Bodies")),
 *           .rows = rows, .count = ARRAY_LEN(rows), .size = sizeof(struct body_form),
 *           .save = body_form_save,
 *   };
 *   form_page_open(app, &body_page, &(struct body_form){ .kind = BODY_TEAM });
 *
 * `self`, here as in the screen's own actions, is the page's private part: a struct of `size`
 * bytes, which the rows bind to. */
#pragma once

#include "tui/pages/clerk.h"
#include "tui/widgets/form_row.h"

/* What is told once the page has gone. */
struct form_done {
	char *title, *text;
};
void form_done(struct form_done *, const char *title, const char *text); /* copied; may be NULL */

/* When the last news is cleared. */
enum form_hush {
	FORM_HUSH_OPEN = 1,   /* before the page is opened */
	FORM_HUSH_RESUME = 2, /* when the screen above it has gone */
	FORM_HUSH_SAVE = 4,   /* before it is saved */
	FORM_HUSH_ALL = 7,
};

/* All functions except save may be NULL. */
struct form_page {
	struct screen screen; /* FORM_SCREEN */
	const struct form_row *rows;
	int count;
	size_t size;
	unsigned hush; /* enum form_hush */

	/* Reads what is needed into self, with the page's picks (form_page_pick). On an error the
	 * page is not opened, and the error is told. */
	int (*load)(struct app *app, void *self, struct err *err);
	/* Changes this page's copy of the rows; returns how many there are. */
	int (*shape)(void *self, struct form_row *rows);
	/* Fills in fields that are not bound. */
	void (*show)(struct app *app, void *self, struct form *form);
	/* Draws above the form, and cuts the rows it used off the area. */
	void (*head)(struct app *app, void *self, struct rect *area);
	/* If there are at most this many rows the page begins at the top; 0: one row below. */
	int roomy_rows;
	/* The form gets this many rows; 0: all. `below` draws in the others. */
	int form_rows;
	void (*below)(struct app *app, void *self, struct rect area);
	/* Something was typed, pasted or picked. */
	void (*changed)(struct app *app, void *self);
	/* Asked before anything is saved: false when something has to be answered first, after
	 * which the page is submitted again. */
	bool (*is_ready)(struct app *app, void *self);
	/* `filled` is a copy of self with the fields in the bound members; its texts are borrowed
	 * from the form. */
	int (*save)(
		struct app *app, void *self, void *filled, struct form_done *done, struct err *err);
	/* After saving: called instead of leaving the page and telling what was done. */
	void (*saved)(struct app *app, void *self, const struct form_done *done);
	/* A refusal that is shown in another way than below the fields: true. */
	bool (*refused)(struct app *app, void *self, const struct err *err);
	void (*finish)(void *self); /* frees what self owns */
};

/* `seed`: the initial value of self; copied. Returns self, or NULL when it was not opened. */
void *form_page_open(struct app *, const struct form_page *, const void *seed);

/* Adds a choice to a row; for load. Copied. */
void form_page_pick(void *self, int row, int64_t id, const char *name);
/* Selects the pick with that id, if there is one. */
void form_page_choose(void *self, int row, int64_t id);

struct form *form_page_form(const void *self);
/* Makes the present content the one that leaving does not lose. */
void form_page_remember(void *self);
/* Shows each reason below the row that it concerns, and those without a row as news. */
void form_page_blame(struct app *, void *self, const struct err *err);

/* The name and a muted remark on the right, with a gap below: for head. */
void form_page_head(struct rect *area, const char *name, const char *remark);

/* ---- for tables of actions ---- */

extern const struct action form_page_actions[];        /* F10 Save, Esc Back */
extern const struct action form_page_pinyin_actions[]; /* and F11 on the help page */
void form_page_submit(struct app *app, void *self);
void form_page_back(struct app *app, void *self);

/* ---- for FORM_SCREEN ---- */

void form_page_resume(struct app *app, void *self);
void form_page_leave(struct app *app, void *self);
void form_page_draw(struct app *app, void *self, struct rect area);
bool form_page_key(struct app *app, void *self, const struct key *key);
void form_page_paste(struct app *app, void *self, const char *text);

#define FORM_SCREEN(title_) FORM_SCREEN_WITH(title_, form_page_actions, clerk_scan_later)
#define FORM_SCREEN_WITH(title_, actions_, scan_) \
	FORM_SCREEN_KEYS(title_, actions_, scan_, form_page_key)
#define FORM_SCREEN_KEYS(title_, actions_, scan_, key_)                                       \
	{                                                                                     \
		.title = title_, .actions = actions_, .is_modal = true,                       \
		.resume = form_page_resume, .leave = form_page_leave, .draw = form_page_draw, \
		.key = key_, .scan = scan_, .paste = form_page_paste,                         \
	}
