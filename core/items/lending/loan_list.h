/* Lists of loans. Pages are read by keyset: pass the last loan of a page as `after` for the next
 * one, NULL for the first. Voided loans are in none of them. */
#pragma once

#include "core/items/lending/loan.h"

struct loan_list {
	struct loan *rows;
	int count;
};
void loan_list_finish(struct loan_list *);

/* Open loans of a resident, the earliest due first. */
int loans_of_resident(struct db *, int64_t resident, struct loan_list *ret, struct err *err);

/* What was lent (loan.visit), returned (loan.return_visit) or last renewed (loan.renew_visit) in a
 * visit, by number. */
int loans_of_visit(struct db *, int64_t visit, struct loan_list *ret, struct err *err);

/* What a visit asked about and left lent: neither returned nor renewed in it, and still open, by
 * number. */
int loans_left_of_visit(struct db *, int64_t visit, struct loan_list *ret, struct err *err);

/* Open loans due before `before_at` (now: the overdue ones; INT64_MAX: all), the earliest first. */
int loans_due(struct db *, int64_t before_at, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err);

/* Past and present loans of a resident, of an item, latest first. */
int loans_history_of_resident(struct db *, int64_t resident, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err);
int loans_history_of_item(struct db *, int64_t item, const struct loan *after, int limit,
	struct loan_list *ret, struct err *err);
