/* What the verbs of duty take: WEEK, MONTH, SHIFT, the roles that a kind of shift needs. */
#pragma once

#include <stdbool.h>

#include "core/base/when.h"
#include "core/duty/shift_type.h"

/* "2026-11" */
bool duty_month(const char *text, int *ret_year, int *ret_month);
/* "first-aid:1,party:2"; a role alone is one of them, NULL and "" none. At most DUTY_ROLES_MAX,
 * into `needs`. ERR_NOT_FOUND DUTY_ROLE_UNKNOWN; ERR_INVALID NUMBER_BAD "needs". */
int duty_needs(
	struct db *, const char *text, struct shift_need *needs, int *ret_count, struct err *err);
