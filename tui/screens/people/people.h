/* Shared by the screens of people. */
#pragma once

#include "tui/screens/people/screens.h"

/* resident_page.c: just registered: offers a card. */
void resident_page_open_new(struct app *, int64_t resident);
/* resident_form.c: registers whom to pick. */
void resident_form_open_for(struct app *, const struct resident_pick *);
/* resident_more.c: rare tasks: pauses, the notice, leaving, merging, erasing. */
void resident_more_open(struct app *, int64_t resident);
/* card.c: a card that was just issued; `is_registration` offers to register the next person. */
void card_open(struct app *, int64_t resident, const char *payload, bool is_registration);
