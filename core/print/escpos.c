#include "core/print/escpos.h"

/* Cheap heads keep the row count in one byte; many print 24 or 48 rows at a time and pause in the
 * middle of a band whose height is not a multiple of that. */
#define BAND_ROWS    240
#define WIDTH_MIN_MM 80 /* the previous job may have been a receipt, whatever ours is */

static const unsigned char initialise[] = { 0x1b, '@' };
/* GS V 66 0: feed to the cutter, then cut. Printers without a cutter only feed. */
static const unsigned char feed_and_cut[] = { 0x1d, 'V', 66, 0 };

static void add_band(const unsigned char *bits, int stride, int rows, struct bytes *out)
{
	const unsigned char head[] = { 0x1d, 'v', '0', 0, (unsigned char)(stride & 0xff),
		(unsigned char)(stride >> 8), (unsigned char)rows, 0 };

	bytes_add(out, head, sizeof(head));
	bytes_add(out, bits, (size_t)stride * (size_t)rows);
}

/* An interrupted band still waits for its bytes and would take ours for them. No band needs more
 * than this; one that needs less, or an idle printer, ignores NULs. */
void escpos_begin(int width_mm, struct bytes *out)
{
	static const unsigned char nothing[BAND_ROWS];
	int stride = width_mm > WIDTH_MIN_MM ? width_mm : WIDTH_MIN_MM; /* 8 dots a mm, 8 a byte */

	for (int i = 0; i < stride; i++)
		bytes_add(out, nothing, sizeof(nothing));
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
