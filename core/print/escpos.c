#include "core/print/escpos.h"

#define BAND_ROWS 255 /* cheap heads keep the row count in one byte */

static const unsigned char initialise[] = { 0x1b, '@' };
/* GS V 66 0: feed to the knife, then cut. Printers without a knife feed. */
static const unsigned char feed_and_cut[] = { 0x1d, 'V', 66, 0 };

static void add_band(const unsigned char *bits, int stride, int rows, struct bytes *out)
{
	const unsigned char head[] = { 0x1d, 'v', '0', 0, (unsigned char)(stride & 0xff),
		(unsigned char)(stride >> 8), (unsigned char)rows, 0 };

	bytes_add(out, head, sizeof(head));
	bytes_add(out, bits, (size_t)stride * (size_t)rows);
}

void escpos_add(const struct raster *raster, struct bytes *out)
{
	int stride = raster->width / 8;

	bytes_add(out, initialise, sizeof(initialise));
	for (int y = 0; y < raster->height; y += BAND_ROWS) {
		int rows = raster->height - y < BAND_ROWS ? raster->height - y : BAND_ROWS;
		add_band(raster->bits + (size_t)y * (size_t)stride, stride, rows, out);
	}
	bytes_add(out, feed_and_cut, sizeof(feed_and_cut));
}
