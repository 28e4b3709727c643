/* F1: every key that works on the screen below, with its sentence, from the same tables. */
#pragma once

#include "tui/app.h"
#include "tui/widgets/footer.h"

/* `sources` is copied (not the tables). */
void help_open(struct app *app, const char *title, const struct footer_source *sources, int count);

const struct screen *help_screen(void); /* to tell whether help is open */
