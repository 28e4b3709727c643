/* Input from the keyboard, the mouse and the wedge scanner: one struct, one stream.
 *
 * Printable keys are held back up to 40 ms, long enough to tell a scanner's burst from typing
 * (burst.h); all others are returned at once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/key.h"

/* After a turn longer than this keys may have waited: their timing says less. */
#define KEYS_STALL_MS 50

struct keys;

struct keys_sink {
	void *context;
	void (*key)(void *context, const struct key *key);
	void (*scan)(void *context, const char *bytes, size_t len);
	void (*paste)(void *context, const char *text);
	/* Whether a doubtful burst reads like a code of ours; breaks ties only. */
	bool (*is_code)(void *context, const char *bytes, size_t len);
};

struct keys *keys_create(const struct keys_sink *sink); /* after term_start */
void keys_destroy(struct keys *keys);
/* Reads what waits in the terminal; true: there may be more. `away_ms`: since when the loop was
 * busy, so that keys may have waited; -1: the loop was waiting when they arrived. */
bool keys_read(struct keys *keys, int64_t away_ms);
/* Releases what was held back long enough. */
void keys_tick(struct keys *keys, int64_t now_ms);
int64_t keys_deadline(const struct keys *keys); /* when keys_tick has something to do, or -1 */
