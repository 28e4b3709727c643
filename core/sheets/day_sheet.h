/* A day's sheet for signatures: for when the power is out, or a volunteer has no card; entered
 * afterwards (attendance_enter). It lies on the desk, so each shift has the code that signs in. */
#pragma once

#include "core/base/when.h"
#include "core/sheets/letterhead.h"

/* ERR_REFUSED ROSTER_EMPTY on a day without shifts. */
int day_sheet_build(struct db *, const struct letterhead *, struct day day, struct sheet **ret,
	struct err *err);
