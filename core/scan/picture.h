/* Pictures from files: PNG, JPEG, PGM (P5) and PBM (P4), told apart by their first bytes. */
#pragma once

#include <stddef.h>

#include "core/base/err.h"
#include "core/scan/image.h"

#define PICTURE_FILE_MAX (64u << 20) /* bytes */

/* Reads a whole file, at most `max` bytes; *ret_bytes is the caller's. ERR_NOT_FOUND FILE_MISSING,
 * ERR_STORAGE FILE_UNREADABLE (also for anything but a regular file), ERR_INVALID FILE_EMPTY or
 * FILE_TOO_LARGE, naming the path. */
int picture_load(const char *path, size_t max, char **ret_bytes, size_t *ret_size, struct err *err);

/* Turns a file's bytes into grey; transparent parts become white. ERR_INVALID FILE_EMPTY, FILE_BAD
 * or FILE_TOO_LARGE naming `name`; an incomplete picture is bad. */
int picture_read(
	const void *bytes, size_t size, const char *name, struct image *out, struct err *err);
