/* Shared by the screens of items. */
#pragma once

#include "tui/screens/items/screens.h"

struct item;

/* item_form.c: more of what is here already. */
void item_form_open_copy(struct app *, int64_t title);
/* item_edit.c, title_form.c, stock_form.c: what is known of an item, of its title, of its stock. */
void item_edit_open(struct app *, int64_t item);
void title_form_open(struct app *, int64_t title);
void stock_form_open(struct app *, int64_t title);

/* leaving.c: as sale_open. */
void giveaway_open(struct app *, int64_t item);
/* departure.c: how an item leaves for good; the item is the caller's and must outlive the question.
 */
void departure_open(struct app *, struct item *item);
/* Asks whether a sale, swap or gift of today is to be undone; `*item` is the caller's, outlives the
 * question and is 0 once that is done. */
void departure_take_back(struct app *, int64_t *item);

/* ticket.c: what has to be repaired. repair_ask asks what is wrong and opens a ticket; the item is
 * the caller's and must outlive the question. */
void repairs_open(struct app *);
void repair_ask(struct app *, struct item *item);

/* label_sizes.c: what labels may be printed on. */
void label_sizes_open(struct app *);
