/* Decides when a code that the camera sees again and again is one scan (doc/rules.md, Scanning 3).
 *
 * A code counts once until it has been away for a second; a linear one counts when it has been read
 * in two frames. Codes with the same text are the same code, whatever their symbology. Pure: no
 * clock, no thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/scan/reading.h"

#define DEBOUNCE_AWAY_MS 1000
#define DEBOUNCE_AWAY_FRAMES \
	3 /* with a slow camera a code has to be absent for at least this many frames */

struct debounce;

struct debounce *debounce_create(void);
void debounce_destroy(struct debounce *); /* NULL is allowed */

/* Takes the readings of a frame taken at the monotonic `at_ms`, each text at most once. Marks in
 * `is_new[i]` those that are scans now and returns how many. */
int debounce_frame(
	struct debounce *, int64_t at_ms, const struct reading *readings, int count, bool is_new[]);

/* Takes a frame that shows the same as the last one. */
void debounce_same(struct debounce *, int64_t at_ms);

/* True while a code has been read but not often enough: the next frame has to be read as well. */
bool debounce_is_waiting(const struct debounce *);
