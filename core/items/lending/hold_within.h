/* What acts on loans and items do to the queue, within their own act and journal row. */
#pragma once

#include "core/items/lending/hold.h"

struct acting;

/* Stores the queue's state at the act's time (hold_settle). *ret_changes may be NULL. */
int hold_settle_within(struct acting *, int64_t title, int *ret_changes, struct err *err);

/* An item was lent on `loan`: it is no longer on the pick-up shelf; `hold` (0: none) is fulfilled;
 * the queue is settled. */
int hold_lent_within(struct acting *, int64_t item, int64_t hold, int64_t loan, struct err *err);

/* That loan is undone: its hold is in force again, in its old place; the queue is settled. */
int hold_unlent_within(struct acting *, int64_t item, int64_t loan, struct err *err);

/* Settles the queue of the item's title: the item came back, went out, or became fit or unfit. */
int hold_item_within(struct acting *, int64_t item, struct err *err);
