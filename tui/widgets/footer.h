/* The bottom line: the keys that work here, as buttons, from the action tables. If they don't all
 * fit, the last ones are dropped and F1 stays. */
#pragma once

#include "tui/action.h"
#include "tui/rect.h"

/* `sources`: the screen's table, then the common ones. */
void footer_draw(struct app *app, struct rect area, const struct action_source *sources, int count);
