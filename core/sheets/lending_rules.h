/* The wall's 《共享物品流转制度》: how things circulate in the four ways (借、换、捐、卖或送),
 * printed from the very rows that the program enforces, so that the number on the wall and the
 * number enforced are the same (doc/rules.md, Lending). */
#pragma once

#include "core/sheets/letterhead.h"

/* All categories with period, limit, renewals and the consequence of being late; exceptions for
 * some kinds of residents; deposits, rest between loans; swaps, donations, sales and gifts. *ret is
 * the caller's. */
int lending_rules_build(
	struct db *, const struct letterhead *, struct sheet **ret, struct err *err);
