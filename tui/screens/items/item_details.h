/* What the catalogue knows about an item, in words: for the item's page. */
#pragma once

#include "core/items/catalogue/item.h"

/* Texts are NULL if there is nothing to say. */
struct item_details {
	char *place;      /* 共享书屋 A-3 */
	char *parts;      /* what has to come back */
	char *contents;   /* what the kit holds, with numbers */
	char *kit;        /* the one that holds it */
	char *handed_out; /* used here, by a volunteer, 12 in stock */
	char *value;      /* 200 points, 299.50 yuan */
	char *source;     /* how it came here, what paid for it */
	char *owners;     /* names in full, only for staff */
	char *notices;    /* objections to lending it, and what everybody is told */
};
void item_details_finish(struct item_details *);

/* `is_staffed`: for a volunteer's eyes; others see neither worth nor source nor owners' names. */
int item_details_read(struct db *, const struct item *, bool is_staffed, struct item_details *ret,
	struct err *err);
