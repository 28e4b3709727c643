/* Shared by the screens of things that come and go for good: the person and the item meant by a
 * scan or a number, undoing, and repeating as an override. */
#pragma once

#include "core/items/catalogue/item.h"
#include "tui/pages/form_page.h"

struct code;

/* The resident of a card. Errors as card_find; CODE_WRONG_TYPE for anything but a card. */
int moving_card(struct kiosk *, const struct code *, int64_t *ret, struct err *err);
/* The number that a form shows, and the name beside it. The caller's; "" for 0. */
char *moving_number_of(struct kiosk *, int64_t resident);
char *moving_name_of(struct kiosk *, int64_t resident);
/* Enters the number of the person whose card was scanned into that field of a form_page. */
void moving_scan_number(struct app *, void *self, int field, const char *bytes, size_t len);

/* The item of a number in a form, or of a label (CODE_ITEM). */
int moving_item(struct kiosk *, const char *number, int64_t *ret, struct err *err);
/* "折叠梯  000021"; the caller's. */
char *moving_item_words(const struct item *);

/* The categories as picks of a row. ERR_REFUSED CATEGORY_UNKNOWN when there is none. */
int moving_pick_categories(struct app *, void *self, int row, struct err *err);

/* Backspace where there is nothing to delete: undo the last one. */
bool moving_is_undo(const struct form *, const struct key *);

/* Shows a refusal; if a volunteer may override it, offers that: `done` gets the reason, or is not
 * called. Borrowed: it belongs to the screen that asks, as its context does. */
struct moving_exception {
	const char *title; /* translated */
	void (*done)(struct app *app, void *context, const char *why);
	void *context;
};
bool moving_can_be_excepted(const struct err *);
void moving_refuse(struct app *, struct moving_exception *, const struct err *);
