/* Points for recorded service: the rule for shifts (core/points/earn_rule.h) pays once for each
 * line of service_hours.h, within the act that records it. Hours themselves are never converted:
 * reversing a line takes its points back, as far as they are still there. */
#pragma once

#include "core/points/earning.h"

struct acting;

/* Adds the minutes from `from` to before `until`, with their weights: at night, on holidays. */
int service_points_minutes(
	struct db *, int64_t from, int64_t until, struct earn_minutes *ret, struct err *err);

/* `line` counts from now on: served from `from_at`, for that many minutes. Does nothing without a
 * rule. */
int service_points_earn(struct acting *, int64_t line, int64_t resident, int64_t from_at,
	int64_t minutes, struct err *err);
