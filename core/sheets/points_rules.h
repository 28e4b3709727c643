/* 《积分流通制度》: how points are earned, what they buy, and the rules for both, for the wall.
 * Every number on it is the row that the program enforces (doc/rules.md, Points and hours). */
#pragma once

#include "core/sheets/letterhead.h"

int points_rules_build(struct db *, const struct letterhead *, struct sheet **ret, struct err *err);
