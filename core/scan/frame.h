/* A grey picture, and where pictures come from.
 *
 * A frame source is a camera, a recording (Y4M) or a picture behind three functions that never
 * block: the scanner thread polls, tests drive time by hand. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/when.h"

/* Pixels in memory that belongs to another object: 8 bits, 0 is black. */
struct frame {
	const uint8_t *pixels;
	int width, height;
	int stride;    /* bytes from one row to the next, ≥ width */
	int64_t at_ms; /* monotonic; in a recording that is not paced, the recording's own time */
};

#define FRAME_SIDE_MAX   16384
#define FRAME_PIXELS_MAX (64 << 20) /* more than any camera or scanned sheet has */

/* True for sizes that a frame may have; checked before memory is allocated for one. */
bool frame_size_is_sane(int64_t width, int64_t height);

/* What to wait for before asking again: `fd` (-1: none) for `events`, or the monotonic instant
 * `until_ms` (INT64_MAX: none), whichever is first. */
struct frame_wait {
	int fd;
	short events;
	int64_t until_ms;
};

struct frame_source {
	/* 1 and a frame that stays valid until the next call; 0 when there is none yet.
	 * ERR_DEVICE while the device is in trouble (CAMERA_MISSING, _BUSY, _GONE, _FROZEN, _FAILED
	 * naming it): the source tries again by itself, so go on calling. ERR_NOT_FOUND
	 * (CAMERA_GONE) at the end of a file and ERR_INVALID (FILE_BAD) where one is damaged:
	 * nothing more will come. */
	int (*next)(struct frame_source *, struct frame *ret_frame, struct err *err);
	struct frame_wait (*wait)(const struct frame_source *);
	void (*destroy)(struct frame_source *);
	bool is_still; /* a picture: its one frame is worth every effort */
};

struct camera_io;

struct frame_options {
	int width, height; /* wanted of a camera; 0: 1280×720 */
	bool is_live;   /* a file plays at its own pace, and a FIFO is waited for as a camera is */
	bool is_looped; /* a file starts again at its end, a picture is repeated */
	const struct clock *clock;  /* NULL: the system's */
	const struct camera_io *io; /* NULL: the system's; see frame_camera.h */
};

void frame_source_close(struct frame_source *); /* NULL is allowed */
