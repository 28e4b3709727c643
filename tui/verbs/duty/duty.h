/* What the verbs of duty take: the roles that a kind of shift needs. */
#pragma once

#include <stdbool.h>

#include "core/base/when.h"
#include "core/duty/shift_type.h"

/* "first-aid:1,party:2"; a role alone is one of them, NULL and "" none. At most DUTY_ROLES_MAX,
 * into `needs`. ERR_NOT_FOUND DUTY_ROLE_UNKNOWN; ERR_INVALID NUMBER_BAD "needs". */
int duty_needs(
	struct db *, const char *text, struct shift_need *needs, int *ret_count, struct err *err);
