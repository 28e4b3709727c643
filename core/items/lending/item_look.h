/* 待检查: inspecting an item after it came back (doc/rules.md, Lending). An item that came back
 * with a parts list that nobody checked, with a deposit while no volunteer was there, or that was
 * reported as damaged (loan_report), is not lent to anybody alone until a volunteer has inspected
 * it. */
#pragma once

#include "core/items/catalogue/item.h"

struct item_look {
	bool needs_check;
	bool has_parts;        /* the title has a parts list */
	bool has_deposit;      /* or a deposit */
	int64_t parts_missing; /* bits, as title_part has them */
};
/* ERR_NOT_FOUND ITEM_UNKNOWN. */
int item_look_get(struct db *, int64_t item, struct item_look *ret, struct err *err);

/* ERR_INVALID NUMBER_BAD "parts" unless every bit is a part of the item's title. */
int item_look_check_parts(struct db *, int64_t item, int64_t parts, struct err *err);

/* Items that wait for inspection, by number, after the number `after`, at most `limit`. */
int items_to_look_at(struct db *, int64_t after, int limit, struct item_list *ret, struct err *err);
