/* Reads the grey of YUV4MPEG2: bytes are pushed in as they arrive, frames come out.
 *
 * 8 bits a sample; C420* (all sitings), C422, C444, C444alpha, C411 and Cmono. Chroma is skipped.
 * In interlaced recordings both fields make one frame, as stored. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/scan/image.h"

struct y4m_header {
	int width, height;
	/* frames a second = rate / rate_scale, both > 0; 25/1 when not given */
	int rate, rate_scale;
	int64_t frame_size; /* bytes of all planes */
};

struct y4m; /* one stream */

struct y4m *y4m_create(void);
void y4m_destroy(struct y4m *); /* NULL is allowed */
void y4m_restart(struct y4m *); /* expects a header again; keeps its memory */

/* Takes bytes up to the end of the next frame at most. Returns how many were taken (> 0 unless
 * `size` is 0) and sets *ret_has_frame when a frame is complete. ERR_INVALID FILE_BAD or
 * FILE_TOO_LARGE naming `name`; after an error, call y4m_restart. */
int64_t y4m_push(struct y4m *, const void *bytes, size_t size, const char *name,
	bool *ret_has_frame, struct err *err);

const struct y4m_header *y4m_header(const struct y4m *); /* NULL until it has been read */
const struct image *y4m_image(const struct y4m *);       /* the last complete frame */
bool y4m_is_between_frames(const struct y4m *);          /* true where a stream may end */
