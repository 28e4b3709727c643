/* A thing that somebody brings for good: its title, if that is not here yet, and the item. Part of
 * a donation or a swap, never an act by itself. */
#pragma once

#include "core/items/catalogue/item.h"

struct arrival {
	int64_t title; /* one that is here, or 0: `draft` */
	/* a title with its ISBN that is here is taken instead. Where no value is noted for what is
	 * here, the draft's is */
	struct title_draft draft;
	struct item_draft item; /* but title and source */
	int copies;             /* in a donation; 0: one */
};

/* Within an act. Errors as title_add and item_add. */
int arrival_take(struct db *, const struct act *, const struct arrival *, enum item_source,
	int64_t *ret_item, struct err *err);

/* Somebody knows now what nobody has noted of a title yet: its value in points, in yuan. What is
 * noted stays. ERR_INVALID as title_edit. */
int arrival_note_value(struct db *, const struct act *, const struct title *,
	const struct title_terms *known, struct err *err);
