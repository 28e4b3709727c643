/* The wall's 《共享物品流转制度》 and 《共享书屋使用指引》: printed from the very rows that the
 * program enforces, so that the number on the wall and the number enforced are the same (rules.md,
 * mission S9). */
#pragma once

#include "core/sheets/letterhead.h"

/* All categories that have things, with period, limit, renewals and what happens when overdue, for
 * residents of no special kind. *ret is the caller's. */
int lending_rules_build(
	struct db *, const struct letterhead *, struct sheet **ret, struct err *err);

/* The same for one category and those below it (the library): `category` is its code.
 * ERR_NOT_FOUND CATEGORY_UNKNOWN. */
int library_guide_build(struct db *, const struct letterhead *, const char *category,
	struct sheet **ret, struct err *err);
