/* Frames from a Y4M file or FIFO. */
#pragma once

#include "core/scan/frame.h"

/* Live, a file plays at its frame rate (a slow reader slows it down, no frame is dropped), and at
 * its end it starts again or is over. A live FIFO is CAMERA_MISSING until somebody writes to it,
 * CAMERA_GONE once they have closed it, CAMERA_FAILED while they write malformed data, and then
 * waits for the next writer.
 *
 * Not live, frames come as fast as they are asked for, timed by the recording itself, and a FIFO is
 * over when its writer closes it. Errors of opening: see frame_source_open. */
int frame_y4m_open(const char *path, const struct frame_options *options, struct frame_source **ret,
	struct err *err);
