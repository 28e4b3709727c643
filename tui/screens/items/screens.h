/* Items: what is on the shelves, what is lent and reserved, what comes and goes for good, and the
 * lending rules. For the other rooms and the kiosk. */
#pragma once

#include "tui/app.h"

/* item_find.c (F2), item_page.c */
void item_find_open(struct app *);
void item_page_open(struct app *, int64_t item);
/* item_form.c: adds things; isbn 0: not a book. */
void item_form_open(struct app *, int64_t isbn);
/* item_check.c: inspects an item that came back, or returns it by this. */
void item_check_open(struct app *, int64_t item);
/* to_check.c: what somebody has to deal with. */
void to_check_open(struct app *);

/* loans.c: what is due and overdue. loan_page.c: one loan, and what can happen on its way. */
void loans_open(struct app *);
void loan_page_open(struct app *, int64_t loan);
/* holds.c: what is put aside for whom, and who waits for what. */
void holds_open(struct app *);

/* donation.c, leaving.c: things that come and go for good. `item` is the one that leaves; 0: it is
 * scanned there. */
void donation_open(struct app *);
void swap_open(struct app *, int64_t item);
void sale_open(struct app *, int64_t item);

/* stocktake.c: counting by scanning. */
void stocktake_open(struct app *);
/* labels.c: many labels at once. */
void labels_open(struct app *);
/* rules.c: the lending rules as rows. */
void rules_open(struct app *);
