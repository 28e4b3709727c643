/* 光荣榜: who earned most in a month or a year, for the wall. Those who do not wish to be ranked
 * are left out; names appear as their bearers chose for the wall. */
#pragma once

#include "core/sheets/letterhead.h"

/* From `from` to before `until`, at most `limit` people. */
int honour_roll_build(struct db *, const struct letterhead *, struct day from, struct day until,
	int limit, struct sheet **ret, struct err *err);
