/* When a loan is due, and how late it is. Reads opening hours, writes nothing.
 *
 * Days mode: the day `period` days after the local date of `from_at`, when the venue closes; 0 days
 * is today. On a closed day DUE_IGNORE keeps the day, until 23:59; DUE_SKIP counts open days only;
 * DUE_PUSH takes the next open day; DUE_PUSH_WEEK the same weekday of a later week, or the next
 * open day when that weekday is always closed.
 *
 * Hours mode: the instant `period` hours later. DUE_SKIP counts open hours only. DUE_PUSH moves an
 * instant at which the venue is closed to the end of the next opening period (at its beginning
 * nobody could be in time); DUE_PUSH_WEEK to the end of the next one on the same weekday.
 *
 * With no opening within HOURS_SEARCH_DAYS (closed for long, or no hours entered) every mode is
 * DUE_IGNORE. A day that has passed already (lent after closing for 0 days) moves to the next open
 * day.
 *
 * The hard due date comes last: never after the last closing time up to that day's end, or 23:59 of
 * it if there is none any more; a hard due date that has passed has no effect. */
#pragma once

#include "core/items/lending/rule.h"

/* `at` is now; `from_at` is the start of the period: now for a loan, the old due time for a
 * renewal. */
int due_compute(struct db *, const struct rule *, int64_t at, int64_t from_at, int64_t *ret_due_at,
	struct err *err);

/* What was due while the venue is closed, or after it closed that day, becomes due when the next
 * open day closes; if none is in sight, it stays. */
int due_push(struct db *, int64_t due_at, int64_t *ret_due_at, struct err *err);

/* When `day` closes, or the first open day after it; 23:59 of `day` when none is in sight. */
int due_on_day(struct db *, struct day day, int64_t *ret_due_at, struct err *err);

/* Whole local days from the due date to `at`, without the days of an emergency closure; 0 when not
 * late or late on the same day. */
int due_days_late(struct db *, int64_t due_at, int64_t at, int64_t *ret_days, struct err *err);

/* True when a loan due then is overdue at `at` and its grace days have passed. */
int due_is_past_grace(
	struct db *, const struct rule *, int64_t due_at, int64_t at, bool *ret, struct err *err);
