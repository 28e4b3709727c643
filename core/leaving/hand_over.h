/* Everything that is kept about somebody is handed to them on paper (core/sheets/kept.h), which is
 * journalled. */
#pragma once

#include "core/sheets/letterhead.h"
#include "core/store/act.h"

/* At the kiosk only to themselves (act->resident), or by a volunteer. ERR_NOT_FOUND
 * RESIDENT_UNKNOWN; ERR_REFUSED ROLE_NEEDED. */
int hand_over(struct db *, const struct act *, const struct letterhead *, int64_t resident,
	struct sheet **ret, struct err *err);
