/* Shared by the screens of the counter. */
#pragma once

#include "tui/screens/counter/screens.h"

/* ---- counter.c ---- */

/* Where the thing on the counter goes now, or NULL for its own shelf; the caller's. */
char *counter_aside_words(const struct outcome *, int64_t now);

/* What everybody is told of the thing, and how to use it safely, a line each, or NULL; the
 * caller's.
 */
char *counter_notice_words(const struct outcome *, int64_t now);

/* Ends the visit and goes back to the board, or to the volunteer's menu in volunteer mode. */
void counter_finish(struct app *, bool print);

/* Clears the board's news. */
void counter_hush(struct kiosk *);

/* What an end leaves lent is told on the board, where there is no visit any more. */
void counter_tell_still_lent(struct app *, const struct outcome *);

/* The venue's own language again; a volunteer keeps theirs. */
void counter_reset_language(struct app *);

/* closing.c: thanks, what goes home, where the receipt is; over the board or the volunteer's menu.
 */
void closing_open(struct app *, const struct outcome *finished);
void closing_end(struct app *); /* nothing when it is not up */
/* big_due.c: until when, as large as the area allows. Returns the rows that it takes. */
int big_due_draw(struct kiosk *, struct rect area, int64_t due_at);

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
/* backdate.c: enters things as of an earlier time, and says in the corner that it is so. */
void backdate_open(struct app *);
void backdate_tell(struct app *);
