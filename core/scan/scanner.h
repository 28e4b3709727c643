/* The camera's thread: frames in, scans and the camera's state out.
 *
 * One thread owns the frame source and the decoder. The main loop polls scanner_fd and takes
 * events; nothing here ever makes it wait. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/scan/frame.h"
#include "core/scan/reading.h"

enum scanner_state {
	SCANNER_STARTING,
	SCANNER_OK,
	SCANNER_MISSING, /* not there yet */
	SCANNER_BUSY,    /* another program has it */
	SCANNER_GONE,    /* unplugged, or the recording is over */
	SCANNER_FROZEN,  /* there, but no frame for a second */
	SCANNER_FAILED,  /* the reason and its detail say why */
	SCANNER_STATE_COUNT,
};

enum scan_kind { SCAN_CODE, SCAN_STATE };

struct scan_event {
	enum scan_kind kind;

	/* SCAN_CODE: `reading.bytes` belong to the event */
	struct reading reading;
	int frame_width, frame_height; /* the frame's size */
	int64_t at_ms;                 /* when the frame was taken, monotonic */

	/* SCAN_STATE */
	enum scanner_state state;
	struct err err; /* code ERR_NONE when all is well */
};

/* Clears (a card's text is a secret) and frees. */
void scan_event_finish(struct scan_event *event);

struct scanner;

/* Starts scanning `device` (see frame_source_open), live: a device that is missing is reported and
 * waited for. `options` is copied and its is_live ignored; its clock and io must live for ever.
 * ERR_DEVICE CAMERA_FAILED when the system gives no thread. */
int scanner_start(const char *device, const struct frame_options *options, struct scanner **ret,
	struct err *err);

/* Returns within 200 ms even when the camera's driver hangs: the thread then ends by itself once
 * the driver returns. NULL is allowed. */
void scanner_stop(struct scanner *);

int scanner_fd(const struct scanner *); /* readable while an event waits */

/* The next event, oldest first (only the latest state is kept); false when there is none. */
bool scanner_take(struct scanner *, struct scan_event *ret_event);
