/* Grey images and the operations on a frame before zbar sees it.
 *
 * Each operation reads a frame and (re)writes an image, whose memory grows when needed and is then
 * kept: a decoder that sees frames of one size allocates nothing. The frame must not be the image
 * itself.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "core/scan/frame.h"

struct image {
	uint8_t *pixels; /* width × height, without gaps */
	int width, height;
	size_t capacity;
	uint32_t *sums; /* scratch for a row or two */
	size_t sums_capacity;
};

void image_finish(struct image *);
void image_resize(struct image *, int width, int height); /* content is lost */
struct frame image_frame(const struct image *);           /* borrowed until the image changes */

void image_copy(struct image *, const struct frame *);
void image_invert(struct image *, const struct frame *);

/* Shrinks by averaging areas, including fractions of a pixel, so that neither side is longer than
 * `max_side`; a frame that is small enough is copied. */
void image_shrink(struct image *, const struct frame *, int max_side);
void image_enlarge(struct image *, const struct frame *, int factor); /* between pixels: linear */
void image_blur(struct image *, const struct frame *);                /* 3×3, 1 2 1 */
/* Rotates by 45° about the middle onto a canvas that holds all of it; the corners are white. */
void image_turn(struct image *, const struct frame *);

/* Black where a pixel is `bias_percent` darker than the mean of the square of 2·radius+1 about it
 * (cut at the borders), white elsewhere: evens out shadows. */
void image_threshold(struct image *, const struct frame *, int radius, int bias_percent);
/* The same without losing the slopes of edges, which linear codes need: the difference from the
 * mean, amplified and centred on grey. */
void image_flatten(struct image *, const struct frame *, int radius);
/* One threshold for the whole image, where the two classes of pixels are separated best (Otsu
 * 1979). */
void image_threshold_otsu(struct image *, const struct frame *);
