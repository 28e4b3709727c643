/* What can be done on a screen: one const table each. Key, footer, buttons, tiles and the help page
 * all come from it; pressing what is drawn runs the same function.
 *
 *   static const struct action idle_actions[] = {
 *           { '0', N_("Type a number"), N_("For a card that can't be scanned."), type_number,
 *                   .place = ACTION_TILE },
 *           { K_F9, N_("Volunteers"), N_("Opens volunteer mode."), .opens = login_open },
 *           { 0 },
 *   }; */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct app;

enum action_place {
	ACTION_FOOTER, /* in the footer and on the help page */
	ACTION_TILE,   /* drawn by the screen itself, as a tile or button; on the help page */
	ACTION_HELP,   /* only on the help page */
	ACTION_HIDDEN, /* nowhere: a second key for something */
};

struct action {
	uint32_t key;      /* keys.h: a character or K_…; 0 ends the table */
	const char *label; /* N_(): two or three words */
	const char *help;  /* N_(): a sentence; NULL: the label says it all */
	void (*run)(struct app *app, void *self);
	/* NULL: always. What is not available is not shown either. */
	bool (*is_available)(struct app *app, void *self);
	enum action_place place;
	void (*opens)(
		struct app *app); /* instead of run: a screen that needs nothing from this one */
};

/* A table, and what its functions are called with. */
struct action_source {
	const struct action *actions;
	void *self;
};

/* The available action for `key` in `actions`, or NULL. NULL as a table is empty. */
const struct action *action_find(
	const struct action *actions, uint32_t key, struct app *app, void *self);
/* False for one that is only on the help page. */
bool action_run(const struct action *action, struct app *app, void *self);
bool action_is_available(const struct action *action, struct app *app, void *self);
