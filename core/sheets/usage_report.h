/* 场地使用月报: how the rooms were used, for the file and for the street office. */
#pragma once

#include "core/print/sheet.h"
#include "core/sheets/letterhead.h"

/* Hours, people and no-shows by room as a table, by weekday and by hour as bars, and what the
 * guidance asks for: use outside working hours, hours free to the public. Estimated time is
 * separate. *ret is the caller's. */
int usage_report_build(struct db *, const struct letterhead *, struct day from, struct day until,
	struct sheet **ret, struct err *err);
