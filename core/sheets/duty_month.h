/* A month of duty at a glance: a calendar, each day with its shifts and who serves them. */
#pragma once

#include "core/sheets/letterhead.h"

/* ERR_REFUSED ROSTER_EMPTY in a month without shifts; ERR_INVALID DATE_BAD "month". */
int duty_month_build(struct db *, const struct letterhead *, int year, int month,
	struct sheet **ret, struct err *err);
