/* Big numbered buttons, from the screen's own action table: those with .place = ACTION_TILE.
 * Laid out in rows as wide as the area allows; each pressed like its key. */
#pragma once

#include "tui/app.h"

struct tile {
	uint32_t key;
	const char *label; /* translated */
	const char *note;  /* translated, small, below; NULL: none */
};

/* The rows that they need at that width. */
int tiles_rows(const struct tile *tiles, int count, int cols);
/* `marked` (an index, or -1) is what Enter does. */
void tiles_draw(struct rect area, const struct tile *tiles, int count, int marked);
/* The same for a screen's actions; `max` tiles at most. */
int tiles_actions_rows(struct app *app, const struct action *actions, void *self, int cols);
void tiles_draw_actions(struct app *app, const struct action *actions, void *self, struct rect area,
	uint32_t marked_key);
