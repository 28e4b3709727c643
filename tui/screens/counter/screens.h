/* The counter: the board, the visit, and what people there may type or scan; volunteer mode with
 * its menus. For the other rooms and the kiosk. */
#pragma once

#include "tui/kiosk.h"

/* ---- counter.c: what a scan does, whatever screen is up ----
 * The desk decides; the visit's screen shows it when there is a visit, anything else is told on the
 * board's or the caller's banner. */

struct outcome;

/* A screen's `scan` calls this with its own banner, which shows news that belongs to no visit. The
 * banner must live as long as the screen. */
void counter_scan(struct app *, struct banner *, const char *bytes, size_t len);

/* Routes an outcome that came from elsewhere (a typed number, a list, a key). Resets it. */
void counter_outcome(struct app *, struct banner *, struct outcome *);

/* At the start: reports what a crash left lent. */
void counter_tell_left(struct app *);

/* Once a second, from the kiosk's own timer: watches the idle time; asks, then ends visit and
 * volunteer mode. True: nobody is at the counter. */
bool counter_tick(struct app *);

/* idle.c: the board. The bottom of the stack. */
extern const struct screen idle_screen;
void *idle_create(void);

/* visit.c: what one person does between card and finish: the desk's visit on the screen. */
extern const struct screen visit_screen;
/* The visit's banner when its screen is up, else the board's. */
struct banner *visit_banner(struct app *);

/* headcount.c: how many they are, asked once after a sign-in. */
void headcount_open(struct app *, int64_t session);

/* volunteer_menu.c: the menu of volunteer mode (F9). Leaves the mode when it is left. */
void volunteer_menu_open(struct app *);

/* login.c: card, then PIN; on success volunteer mode and the volunteer's menu. */
void login_open(struct app *);
/* The same against another database; this screen is still on the stack when `done` is called. */
struct db;
struct staff;
struct login_ask {
	struct db *db;    /* outlives the screen */
	const char *dir;  /* of its pepper; outlives the screen */
	const char *hint; /* N_(): for who has no card */
	int (*of_card)(struct app *, void *context, const char *bytes, size_t len,
		struct staff *ret, struct err *err);
	void (*other_scan)(struct app *, void *context, const char *bytes, size_t len);
	bool (*may_try)(struct app *, const struct staff *); /* says why not */
	void (*without_card)(struct app *, void *context);   /* the recovery sheet; NULL: no way */
	void (*done)(struct app *, void *context, const struct staff *);
	void *context;
};
void login_ask_open(struct app *, const struct login_ask *);
