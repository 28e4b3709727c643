/* `jiaplus --help`, `jiaplus help VERB`, `jiaplus VERB --help`: drawn from the tables. */
#pragma once

#include <stdbool.h>

#include "tui/verbs/call.h"

/* All verbs, one line each. */
void help_all(void);
void help_verb(const struct verb *verb);
/* The help of the verb called `words`, or a line for each that begins with it ("resident"); false
 * when there is none. */
bool help_words(const char *words);
