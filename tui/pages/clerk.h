/* Shared by the volunteers' screens: acts in the volunteer's name, the news line, questions. */
#pragma once

#include "core/points/account.h"
#include "tui/kiosk.h"

struct staff;

/* True in volunteer mode; fits is_available of an action. */
bool clerk_is_on(struct app *, void *self);
/* True for a coordinator or a higher role in volunteer mode. */
bool clerk_is_coordinator(struct app *, void *self);
/* "陈丽芳 · 负责人": as the name appears on the wall. The caller's. */
struct db;
char *clerk_title(struct db *, const struct staff *);

/* "今天 14:00–16:00". The caller's. */
char *clerk_when(const struct kiosk *, int64_t start_at, int64_t end_at);

/* A person's full name; "" for nobody, for whom there is no more, and once erased. The caller's. */
int clerk_name(struct kiosk *, int64_t resident, char **ret, struct err *err);
/* Whose account it is: a person's full name, a body's, or the word for one of the system's. The
 * caller's. */
int clerk_holder_name(struct kiosk *, struct holder, char **ret, struct err *err);

/* Until when a pause or a late return keeps them from borrowing, in words; NULL if nothing does.
 * The caller's. */
char *clerk_suspension(struct kiosk *, int64_t resident);

/* An act of the person at the counter, for `resident` (0: nobody in particular). */
struct act clerk_act(struct app *, int64_t resident);
/* Adds `why` to the reason for backdating that the act has already. The caller's. */
char *clerk_why(const struct act *, const char *why);

/* Handles a code from any scanner on these screens: it does what it does at the counter. */
void clerk_scan(struct app *, void *self, const char *bytes, size_t len);
/* The same while a form is being filled in, where that would lose what was typed: says so
 * instead. */
void clerk_scan_later(struct app *, void *self, const char *bytes, size_t len);

/* ---- news: what the last act led to, one line for all of these screens ---- */

void clerk_tell_err(struct app *, const struct err *);
void clerk_tell_done(struct app *, const char *title, const char *text); /* text may be NULL */
/* For enter and resume of a screen: clears news from elsewhere. */
void clerk_hush(struct app *);
/* Cuts its rows off the bottom of the area and draws it there. */
void clerk_draw_news(struct app *, struct rect *area);

/* ---- pieces of a screen ---- */

/* A line of strong type with a free line below, cut off the top. */
void clerk_heading(struct rect *area, const char *text);

/* The tiles of `actions`, as high as the area can spare, cut off its bottom with a gap above. */
void clerk_draw_tiles(
	struct app *, const struct action *actions, void *self, struct rect *area, uint32_t marked);

/* Labelled facts below each other, with aligned texts; those without text are left out. Returns the
 * row after them. */
struct clerk_fact {
	const char *label; /* translated */
	const char *text;
};
int clerk_draw_facts(struct rect area, int row, const struct clerk_fact *, int count);

/* Keys of a screen's list; Enter, a digit or a press on a line runs `chosen` (NULL: nothing). True:
 * taken. */
struct list;
bool clerk_list_key(struct app *, struct list *, const struct key *,
	void (*chosen)(struct app *app, void *self), void *self);

/* Shows a refusal with all of its reasons and cures. `button`: what can be done nevertheless, or
 * NULL. `done` as a dialog's; 0 is the button. */
struct clerk_refusal {
	const char *title;
	const struct err *err;
	const char *button;
	void (*done)(struct app *app, void *context, int button);
	void *context;
};
void clerk_refuse(struct app *, const struct clerk_refusal *);
/* Only the reasons, one after the other, for a line of a list; "" without any. The caller's. */
char *clerk_against(struct kiosk *, const struct err *);

/* "The shift would be left without: 负责人" after that change; NULL when no role would be missing
 * that is there now. The caller's. */
struct shift_change;
char *clerk_would_lack(struct kiosk *, int64_t shift, const struct shift_change *);
/* Asks before such a thing is done: as clerk_refuse, with that text; without one `done` is called
 * at once with 0. */
struct clerk_loss {
	const char *title;
	const char *text; /* from clerk_would_lack, or NULL */
	const char *button;
	void (*done)(struct app *app, void *context, int button);
	void *context;
};
void clerk_ask_loss(struct app *, const struct clerk_loss *);

/* What was done today, for a rule: `number` minutes (from `began` on, "19:30"; "": by day) for
 * rules per hour, or that many times. ERR_INVALID NUMBER_BAD "count", DATE_BAD "began". */
struct earn_rule;
struct earn_draft;
int clerk_earn_draft(struct kiosk *, const struct earn_rule *, const char *number,
	const char *began, struct earn_draft *ret, struct err *err);
