/* Rasters in the language of thermal receipt printers (ESC/POS). Any glyph prints, no driver and no
 * code page needed. */
#pragma once

#include "core/base/bytes.h"
#include "core/print/raster.h"

/* Ends what an earlier job, on paper up to `width_mm` or 80 mm wide, may have left unfinished. For
 * printers, before the first page; a file does not need it. */
void escpos_begin(int width_mm, struct bytes *out);
/* Adds a page: initialise, `GS v 0` bands of 240 rows (the last has the remainder), feed to the
 * cutter and cut. */
void escpos_add(const struct raster *, struct bytes *out);
