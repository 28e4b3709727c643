/* A thing that somebody brings for good: its title, if that is not here yet, and the item. Part of
 * a donation or a swap, never an act by itself. */
#pragma once

#include "core/items/catalogue/item.h"

struct arrival {
	int64_t title; /* an existing one, or 0: `draft` */
	/* an existing title with its ISBN is used instead. If that has no value yet, it gets the
	 * draft's */
	struct title_draft draft;
	struct item_draft item; /* except title and source */
	int copies;             /* in a donation; 0: one */
};

/* Within an act. Errors as title_add and item_add. */
int arrival_take(struct db *, const struct act *, const struct arrival *, enum item_source,
	int64_t *ret_item, struct err *err);

/* Stores the value of a title, in points or in yuan, that had none. An existing value stays.
 * ERR_INVALID as title_edit. */
int arrival_note_value(struct db *, const struct act *, const struct title *,
	const struct title_terms *known, struct err *err);
