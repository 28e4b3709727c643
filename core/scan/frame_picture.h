/* A picture as a source of frames: delivered once, or (live and looped) ten times a second. */
#pragma once

#include "core/scan/frame.h"

int frame_picture_open(const char *path, const struct frame_options *options,
	struct frame_source **ret, struct err *err);
