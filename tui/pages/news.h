/* News: the result of the last act, shown on a banner. The board's banner also remembers whose
 * return it shows, so that it can be taken back there: other news clears that. */
#pragma once

#include "tui/kiosk.h"

/* Without a sound. `text` may be NULL. */
void news_set(struct app *, struct banner *, enum banner_kind, const char *title, const char *text);
/* With theirs. */
void news_tell_err(struct app *, struct banner *, const struct err *);
void news_tell_done(struct app *, struct banner *, const char *title, const char *text);
