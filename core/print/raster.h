/* Pages as dots: one bit a dot for thermal heads, grey for people's screens. */
#pragma once

#include "core/base/bytes.h"
#include "core/print/page.h"

/* 203 dpi, 8 dots a mm; rows from the top, most significant bit left, 1 is black. */
struct raster {
	int width, height; /* width in dots is a multiple of 8 */
	unsigned char *bits;
};

/* Draws a page for a head of `head_dots` (0: as wide as the page). Paper wider than the head
 * extends equally on both sides, as in the printer; ERR_INVALID SHEET_OVERFLOW when there is ink
 * where the head cannot print. */
int raster_draw(const struct pages *, int page, int head_dots, struct raster *ret, struct err *err);
void raster_finish(struct raster *); /* for CLEANUP, too */

void raster_to_pbm(const struct raster *, struct bytes *out);
/* A page in grey, at most `dots` wide with whole pixels a mm, so that QR modules are whole pixels;
 * dots 0: 16 a mm. */
int page_to_png(const struct pages *, int page, int dots, struct bytes *out, struct err *err);
