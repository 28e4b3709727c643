/* Opens a source of frames by its name. */
#pragma once

#include "core/scan/frame.h"

/* `name`: "auto" (the first camera that works), a device under /dev, or the path of a Y4M file or
 * FIFO or of a picture, told apart by content. A camera need not exist yet. For files:
 * ERR_NOT_FOUND FILE_MISSING, ERR_STORAGE FILE_UNREADABLE, ERR_INVALID FILE_EMPTY, FILE_TOO_LARGE,
 * FILE_BAD, each naming the path. */
int frame_source_open(const char *name, const struct frame_options *options,
	struct frame_source **ret, struct err *err);
/* The same for files alone: a device is FILE_UNREADABLE. */
int frame_file_open(const char *path, const struct frame_options *options,
	struct frame_source **ret, struct err *err);
