/* What every venue starts with: kinds of residents and things, rules, opening hours, from
 * assets/defaults. All of it can be changed later. */
#pragma once

#include "core/store/act.h"

int venue_seed(struct db *db, const struct act *act, struct err *err);

/* The category of that code, 0 for "". ERR_NOT_FOUND CATEGORY_UNKNOWN. */
int seed_category(struct db *db, const char *code, int64_t *ret, struct err *err);

/* Holidays from a data file (NULL: the one that is shipped with the program); years that it names
 * are replaced. */
int seed_holidays(struct db *, const struct act *, const char *path, struct err *err);
