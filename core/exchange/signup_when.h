/* The times that people name when they sign up in a chat: 周三上午, 周一至周三, 周二四晚,
 * 12月2日下午2点-5点, 1-3号, 每天. Texts are signup_clean's. */
#pragma once

#include "core/base/when.h"

enum signup_period {
	SIGNUP_MORNING,
	SIGNUP_NOON,
	SIGNUP_AFTERNOON,
	SIGNUP_EVENING,
	SIGNUP_PERIODS
};
#define SIGNUP_ALL_DAY ((1u << SIGNUP_PERIODS) - 1)
#define SIGNUP_WEEK    127u /* all days: bit 0 Monday … bit 6 Sunday */

struct signup_days {
	unsigned days;   /* of the current week */
	bool is_outside; /* one of them is in another week, or date and weekday differ */
};
/* Each reads what is at *s and moves *s past it; false, and *s unchanged, when there is nothing of
 * that kind. */
bool signup_take_days(const char **s, struct day monday, struct signup_days *ret);
/* Of enum signup_period, bits. `is_behind_day`: 周三晚, where 晚 alone is enough. */
bool signup_take_periods(const char **s, bool is_behind_day, unsigned *ret);
/* Minutes from midnight; *ret_ends −1 when only a start is named. `is_behind_time`: 周三 14-17,
 * where two numbers are enough. `is_late`: 下午2点 is 14:00. */
bool signup_take_hours(
	const char **s, bool is_behind_time, bool is_late, int *ret_starts, int *ret_ends);

/* The word itself: skips `word` if it is at *s. */
bool signup_take_word(const char **s, const char *word);
