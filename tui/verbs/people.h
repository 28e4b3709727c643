/* What the verbs of residents share. */
#pragma once

#include "tui/verbs/verb.h"

/* full, alias, masked into enum wall_name. ERR_INVALID WORD_BAD "wall". */
int people_wall(const char *word, int *ret, struct err *err);
/* ERR_INVALID NUMBER_RANGE "birth_year". */
int people_birth_year(struct db *, const char *word, int *ret, struct err *err);
