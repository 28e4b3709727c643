/* Points for time on record: the rule for shifts (core/points/earn_rule.h) pays once for each line
 * of service_hours.h, inside of the act that puts it there. Hours themselves are never converted:
 * a line taken back takes its points back, as far as they are still there. */
#pragma once

#include "core/points/earning.h"

/* `line` counts from now on: served from `from_at`, for so many minutes. Without a rule: nothing.
 */
int service_points_earn(struct acting *, int64_t line, int64_t resident, int64_t from_at,
	int64_t minutes, struct err *err);
