/* Rasters in the language of thermal receipt printers (ESC/POS). Any glyph prints, no driver and no
 * code page needed. */
#pragma once

#include "core/base/bytes.h"
#include "core/print/raster.h"

/* Adds a page: initialise, `GS v 0` bands of at most 255 rows, feed to the knife and cut. */
void escpos_add(const struct raster *, struct bytes *out);
