/* When a loan is due, and how late it is. Reads opening hours, writes nothing.
 *
 * Days mode: the day `period` days after the loan's local date, at the end of its last opening
 * period; 0 days is today. On a closed day DUE_IGNORE keeps the day, due at 23:59; DUE_SKIP counts
 * open days only; DUE_PUSH takes the next open day; DUE_PUSH_WEEK the same weekday of a later week.
 *
 * Hours mode: the instant `period` hours later. DUE_SKIP counts open hours only. DUE_PUSH moves an
 * instant at which the venue is closed to the end of the next opening period (at its beginning
 * nobody could be in time); DUE_PUSH_WEEK the same on the same weekday.
 *
 * A venue with no opening within DUE_HORIZON_DAYS (closed for long, or no hours entered) counts as
 * DUE_IGNORE. A due time that would not be later than `from_at` (lent after closing, 0 days) moves
 * to the end of the next opening period, in every mode.
 *
 * The hard due date comes last: never after that day's closing time, or the last closing time
 * before it when that day is closed; it is left out once that has passed. */
#pragma once

#include "core/items/rule.h"

#define DUE_HORIZON_DAYS 400

int due_compute(
	struct db *, const struct rule *, int64_t from_at, int64_t *ret_due_at, struct err *err);

/* Whole local days from the due date to `at`, without the days of an emergency closure; 0 when not
 * late or late on the same day. */
int due_days_late(struct db *, int64_t due_at, int64_t at, int64_t *ret_days, struct err *err);

/* True when something due then is overdue at `at` and its grace days are over. */
int due_is_past_grace(
	struct db *, const struct rule *, int64_t due_at, int64_t at, bool *ret, struct err *err);
