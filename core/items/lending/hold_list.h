/* Holds in their state at `at`: a single one, a person's, a title's, those on the pick-up shelf. */
#pragma once

#include "core/items/lending/hold.h"

/* ERR_NOT_FOUND HOLD_UNKNOWN. */
int hold_get(struct db *, int64_t id, int64_t at, struct hold *ret, struct err *err);
/* Waiting and ready ones, the oldest first. */
int holds_of_resident(
	struct db *, int64_t resident, int64_t at, struct hold_list *ret, struct err *err);
/* The queue of a title: ready and waiting ones, in order. */
int holds_of_title(struct db *, int64_t title, int64_t at, struct hold_list *ret, struct err *err);
/* The queues of all titles, one after the other, the title that was reserved first at the top. */
int holds_standing(struct db *, int64_t at, struct hold_list *ret, struct err *err);
/* What a volunteer has to do at the pick-up shelf, and what is on it: copies to be put aside
 * (waiting, with `claims`), then those on it by their place: for somebody (ready), or to be put
 * back (expired or cancelled). */
int holds_on_shelf(struct db *, int64_t at, struct hold_list *ret, struct err *err);
/* 1 and the hold for which this item is on the pick-up shelf, or 0. */
int hold_of_item(struct db *, int64_t item, int64_t at, struct hold *ret, struct err *err);
/* All holds that a title ever had, latest first, as stored; `after`: the last one of the previous
 * page, or NULL. */
int holds_history_of_title(struct db *, int64_t title, const struct hold *after, int limit,
	struct hold_list *ret, struct err *err);
