/* How an item's state reads on its page and in lists. */
#pragma once

#include "core/items/catalogue/item.h"
#include "tui/palette.h"

/* "on the shelf", "lent, due tomorrow 21:00", "in repair": the caller's. */
char *item_state_words(const struct item *, int64_t now);
enum style item_state_style(const struct item *, int64_t now);
