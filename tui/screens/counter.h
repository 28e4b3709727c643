/* What the counter does with a scan, on whatever screen is up: the desk decides, the visit's screen
 * shows it when there is a visit, anything else is told on the board's or the caller's banner. */
#pragma once

#include "tui/kiosk.h"
#include "tui/widgets/banner.h"

struct outcome;

/* A screen's `scan` calls this with its own banner, where news that belongs to no visit is told.
 * The banner must live as long as the screen. */
void counter_scan(struct app *, struct banner *, const char *bytes, size_t len);

/* Routes an outcome that came from elsewhere (a typed number, a list, a key). Resets it. */
void counter_outcome(struct app *, struct banner *, struct outcome *);

/* Where the thing on the counter goes now, or NULL for its own shelf; the caller's. */
char *counter_aside_words(const struct outcome *, int64_t now);

/* At the start: what a crash left lent. */
void counter_tell_left(struct app *);

/* Words and sound of an outcome, of an error, of something done. */
void counter_tell(struct app *, struct banner *, const struct outcome *);
void counter_tell_err(struct app *, struct banner *, const struct err *);
void counter_tell_done(struct app *, struct banner *, const char *title, const char *text);

/* Ends the visit and goes back to the board, or to the volunteer's menu in volunteer mode. */
void counter_finish(struct app *, bool print);

/* The board's news is over. */
void counter_hush(struct kiosk *);

/* Once a second, from the kiosk's own timer: watches the idle time; asks, then ends visit and
 * volunteer mode. */
void counter_tick(struct app *);
