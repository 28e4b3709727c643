/* Shared by the verbs of residents. */
#pragma once

#include "tui/verbs/call.h"

/* The words for enum wall_name, ended by NULL. */
extern const char *const people_walls[];
/* ERR_INVALID NUMBER_RANGE "birth_year". */
int people_birth_year(struct db *, const char *word, int *ret, struct err *err);
