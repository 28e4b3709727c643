/* JPEG to grey, for cameras that send MJPG and for pictures. */
#pragma once

#include <stddef.h>

#include "core/base/err.h"
#include "core/scan/image.h"

struct jpeg_grey; /* a decompressor that is kept from frame to frame */

struct jpeg_grey *jpeg_grey_create(void);
void jpeg_grey_destroy(struct jpeg_grey *); /* NULL is allowed */

/* Writes the whole picture into `out`. ERR_INVALID FILE_BAD or FILE_TOO_LARGE naming `name`; a torn
 * picture (data that ends early or is malformed) is bad, harmless oddities are not. */
int jpeg_grey_read(struct jpeg_grey *, const void *bytes, size_t size, const char *name,
	struct image *out, struct err *err);
