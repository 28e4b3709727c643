/* From main's arguments to the verb that they name. */
#pragma once

#include "tui/context.h"

/* Sets the locale, parses the command line and runs the verb it names; without one, `kiosk`.
 * Returns the program's exit code. */
int verb_main(int argc, char **argv, int (*kiosk)(struct context *));
