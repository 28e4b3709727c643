/* Duty: the roster, those who serve, and their hours. What the other rooms and the kiosk call. */
#pragma once

#include "tui/app.h"

/* roster.c (F4): the week's roster. */
void roster_open(struct app *);
/* my_duty.c: the visitor's own shifts. Nothing happens without a visit. */
void my_duty_open(struct app *);
/* volunteer_page.c: one of those who serve. */
void volunteer_page_open(struct app *, int64_t resident);
