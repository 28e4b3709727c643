/* 年度光荣榜: who served most in a year, for the wall, with stars, hours and points. Those who do
 * not wish to be ranked are left out; names appear as their bearers chose for the wall. */
#pragma once

#include "core/sheets/letterhead.h"

/* At most `limit` people. ERR_INVALID DATE_BAD "year". */
int year_honours_build(struct db *, const struct letterhead *, int year, int limit,
	struct sheet **ret, struct err *err);
