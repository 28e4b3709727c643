/* F1: every key that works on the screen below, with its sentence, from the same tables. */
#pragma once

#include "tui/action.h"

extern const struct action help_keys[]; /* for app_options.always */
