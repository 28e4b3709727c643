/* Shared by the screens of the counter. */
#pragma once

#include "tui/screens/counter/screens.h"

/* ---- counter.c ---- */

/* Where the thing on the counter goes now, or NULL for its own shelf; the caller's. */
char *counter_aside_words(const struct outcome *, int64_t now);

/* Ends the visit and goes back to the board, or to the volunteer's menu in volunteer mode. */
void counter_finish(struct app *, bool print);

/* Clears the board's news. */
void counter_hush(struct kiosk *);

/* visit.c: brings the visit's screen to the top, opening it if needed, and reads the person's loans
 * again. Returns the banner for news. */
struct banner *visit_show(struct app *);
/* visit_choice.c: which of the visitor's loans to renew, which of their holds to cancel. */
void renew_open(struct app *);
void unhold_open(struct app *);
/* consent.c: asks the visitor for what still has to be agreed to, if anything. */
void consent_ask(struct app *);
/* number.c: a card's or item's number or code, typed (key 0). */
void number_open(struct app *);
/* blank.c: a slip of the power-cut pack: what is on it is entered, or shown when it has been. */
void blank_open(struct app *, int64_t blank);
/* door.c: what is asked at a room's door before anybody is signed in or out (OUTCOME_DOOR). The
 * banner outlives the question. */
void door_open(struct app *, struct banner *, const struct outcome *);

/* volunteer_menu.c: see screens.h. more.c: its second menu. */
extern const struct screen volunteer_menu_screen;
void more_open(struct app *);
/* backdate.c: enters things as of an earlier time. */
void backdate_open(struct app *);
