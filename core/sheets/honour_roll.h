/* 光荣榜: who earned most in a month or a year, for the wall. Who does not wish to be ranked is
 * left out; names stand as their bearers chose for the wall. */
#pragma once

#include "core/sheets/letterhead.h"

/* From `from` to before `until`, at most `limit` people. */
int honour_roll_build(struct db *, const struct letterhead *, struct day from, struct day until,
	int limit, struct sheet **ret, struct err *err);
