/* Which of a week's shifts a time in words means. */
#pragma once

#include "core/duty/roster_table.h"
#include "core/exchange/signup_rows.h"
#include "core/exchange/signup_text.h"

struct signup_shifts {
	int64_t ids[SIGNUP_SHIFTS_MAX];
	int count;
	bool is_sure; /* all of them are meant; else one of them has to be asked for */
};

/* One set for each period that is named, or one: those that begin in it, else those that overlap
 * it; without period and hours all of the day's, which is sure when there is only one. Sets without
 * a shift are left out: returns how many there are. `names` is the vocabulary's. */
int signup_shifts_on(const struct roster *, const struct signup_time *, const char *const *names,
	int day, struct signup_shifts ret[SIGNUP_PERIODS]);
/* The minutes of that day for which somebody says that they cannot come: the shifts', if there are
 * any, else what the words say. Returns how many. */
#define SIGNUP_SPANS_MAX 8
struct signup_span {
	int starts, ends;
};
int signup_spans_on(const struct roster *, const struct signup_time *, const char *const *names,
	int day, struct signup_span ret[SIGNUP_SPANS_MAX]);
/* Removes those that are in `but`. */
void signup_shifts_without(struct signup_shifts *from, const struct signup_shifts *but);
/* Adds those that are not among them yet, as far as there is room. */
void signup_shifts_join(struct signup_shifts *into, const struct signup_shifts *more);
