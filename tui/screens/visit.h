/* What one person does between card and finish: the desk's visit on the screen. */
#pragma once

#include "tui/kiosk.h"
#include "tui/widgets/banner.h"

extern const struct screen visit_screen;

/* Brings the visit's screen to the top, opening it when needed, and reads the person's loans anew.
 * The banner to tell news on. */
struct banner *visit_show(struct app *);

/* The visit's banner when its screen is up, else the board's. */
struct banner *visit_banner(struct app *);
