/* The stock of consumable titles (masks, screws): counted, handed out and restocked, never lent. */
#pragma once

#include "core/store/act.h"

#define STOCK_CHANGE_MAX 100000

/* Hands out `count` of a title to act->resident, or to nobody in particular. The journal's subject
 * is the title. ERR_NOT_FOUND TITLE_UNKNOWN; ERR_INVALID NUMBER_BAD "count"; ERR_REFUSED STOCK_NONE
 * (not a consumable), ITEM_APPROVAL (a resident alone), STOCK_OUT, STOCK_SHORT (how many are left).
 * `ret_left` may be NULL. */
int stock_take(struct db *, const struct act *, int64_t title, int64_t count, int64_t *ret_left,
	struct err *err);
/* Restocks. ERR_NOT_FOUND TITLE_UNKNOWN; ERR_INVALID NUMBER_BAD "count"; ERR_REFUSED STOCK_NONE. */
int stock_add(struct db *, const struct act *, int64_t title, int64_t count, int64_t *ret_left,
	struct err *err);

struct stock_move {
	int64_t id, resident; /* resident 0: not recorded */
	int64_t change;       /* negative: handed out */
	int64_t stock;        /* after it */
	int64_t moved_at;
};
struct stock_move_list {
	struct stock_move *rows;
	int count;
};
void stock_move_list_finish(struct stock_move_list *);

/* Latest first, at most `limit`, before the row `before` of an earlier page (NULL: from the
 * latest). */
int stock_moves(struct db *, int64_t title, const struct stock_move *before, int limit,
	struct stock_move_list *ret, struct err *err);
