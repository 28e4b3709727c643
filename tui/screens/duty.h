/* What the screens of duty share: behind the roster (F4), key 0. */
#pragma once

#include "core/base/when.h"
#include "tui/kiosk.h"

/* duty_menu.c */
void duty_menu_open(struct app *);
/* shift_types.c: kinds of shifts, and the roles that they may ask for. */
void shift_types_open(struct app *);
/* weekly.c: the weekly template. */
void weekly_open(struct app *);
/* shift_new.c: a single shift. */
void shift_new_open(struct app *, struct day);

/* volunteers.c, volunteer_page.c: those who serve, and one of them. */
void volunteers_open(struct app *);
void volunteer_page_open(struct app *, int64_t resident);
/* days_off.c: single days that differ from a volunteer's week. */
void days_off_open(struct app *, int64_t resident);
/* hours.c: the months' hours of somebody, or (0) of all; and those that wait for approval. */
void hours_open(struct app *, int64_t resident);
void hours_waiting_open(struct app *);
