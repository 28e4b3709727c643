/* The configured wedge scanner, read and grabbed through evdev: its keys never reach the terminal
 * or any other program, and no timing has to be guessed.
 *
 * The first half is pure: key codes in, texts out, with the meaning of a US keyboard (which
 * scanners imitate by default). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tui/app.h"

#define WEDGE_TEXT_MAX 4096
/* A scanner without a closing Enter is silent for this long after a code. A text that is no code of
 * ours may be the first half of one: a radio scanner and a busy machine pause as well. */
#define WEDGE_END_MS      120
#define WEDGE_PART_END_MS 1000

struct wedge_decoder {
	bool is_shifted[2]; /* left, right */
	unsigned controls;  /* Ctrl and Alt, left and right: a bit for each that is down */
	bool is_overlong;
	int64_t last_ms;
	size_t len;
	char text[WEDGE_TEXT_MAX];
};

/* One key event (linux/input-event-codes.h; value 1 press, 0 release, 2 repeat: ignored). True when
 * a text is complete: decoder->text, decoder->len bytes, until the next call. Enter, Tab and the
 * control characters that scanners send for them (Ctrl+J, Ctrl+M, Ctrl+I) complete it; other keys
 * under Ctrl or Alt are no text. */
bool wedge_put(struct wedge_decoder *decoder, int code, int value, int64_t now_ms);
/* True when the text is complete because nothing came for `end_ms`. */
bool wedge_is_over(struct wedge_decoder *decoder, int64_t now_ms, int64_t end_ms);
/* Before the first event, and after some were lost: discards the text. */
void wedge_reset(struct wedge_decoder *decoder);

struct wedge;

/* Opens and grabs the device, and tries again each second while it is missing or a key of it is
 * down; meanwhile the device corner says so. Texts go to app_scan. */
struct wedge *wedge_start(struct app *app, const char *path);
/* Before app_destroy. NULL is allowed. */
void wedge_stop(struct wedge *wedge);
