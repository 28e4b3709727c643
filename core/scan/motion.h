/* Decides whether a frame is worth reading: it is not when it looks like the last one read.
 *
 * Compares a coarse grid of brightness, which costs a hundredth of reading the frame. A still
 * picture is read again every MOTION_READ_MS all the same, because a camera that is focusing
 * changes detail, not brightness. */
#pragma once

#include <stdbool.h>

#include "core/scan/frame.h"

#define MOTION_READ_MS 200

struct motion;

struct motion *motion_create(void);
void motion_destroy(struct motion *); /* NULL is allowed */

/* True when the frame differs from the last frame for which this was true, or when that was too
 * long ago. */
bool motion_is_news(struct motion *, const struct frame *frame);
