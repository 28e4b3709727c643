/* A resident's points on paper: balance, what is held as deposits, and the latest entries in words.
 * On a roll; the name is masked. */
#pragma once

#include "core/sheets/letterhead.h"

/* ERR_NOT_FOUND RESIDENT_UNKNOWN. *ret is the caller's. */
int points_statement_build(struct db *, const struct letterhead *, int64_t resident, int lines,
	double width_mm, struct sheet **ret, struct err *err);
