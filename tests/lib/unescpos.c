#include "tests/lib/unescpos.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "core/base/mem.h"
#include "tests/lib/printer.h"

static int keep_band(struct paper_roll *roll, const unsigned char *data, size_t left, size_t *used)
{
	int stride = data[4] | data[5] << 8, rows = data[6] | data[7] << 8;
	size_t size = (size_t)stride * (size_t)rows, before = (size_t)stride * (size_t)roll->height;

	if (data[3] != 0 || left < 8 + size || (roll->width && rows && roll->width != stride * 8))
		return -1;
	*used = 8 + size;
	if (!size)
		return 0;
	roll->width = stride * 8;
	roll->bits = mem_resize(roll->bits, before + size);
	memcpy(roll->bits + before, data + 8, size);
	roll->height += rows;
	roll->tallest_band = rows > roll->tallest_band ? rows : roll->tallest_band;
	return 0;
}

/* Skips NULs, and a command that was broken off and continues with NULs: a printer ignores both.
 * Returns how many bytes. */
static size_t nothing_at(const unsigned char *data, size_t left)
{
	if (data[0] == 0)
		return 1;
	if (left >= 2 && (data[0] == 0x1b || data[0] == 0x1d) && data[1] == 0)
		return 2;
	if (left >= 3 && data[0] == 0x1d && (data[1] == 'v' || data[1] == 'V') && data[2] == 0)
		return 3;
	return 0;
}

/* Reads one command at `data`; its length goes to *used. */
static int take(struct paper_roll *roll, const unsigned char *data, size_t left, size_t *used)
{
	*used = nothing_at(data, left);
	if (*used > 0)
		return 0;
	if (left >= 2 && memcmp(data, "\x1b@", 2) == 0) {
		*used = 2;
		return 0;
	}
	if (left >= 4 && memcmp(data, "\x1dV\x42\x00", 4) == 0) {
		roll->cuts++;
		*used = 4;
		return 0;
	}
	if (left >= 8 && memcmp(data, "\x1dv0", 3) == 0)
		return keep_band(roll, data, left, used);
	return -1;
}

int unescpos(const unsigned char *data, size_t size, struct paper_roll *ret, size_t *ret_at)
{
	struct paper_roll roll = { 0 };
	size_t used = 0;

	for (*ret_at = 0; *ret_at < size; *ret_at += used)
		if (take(&roll, data + *ret_at, size - *ret_at, &used) < 0) {
			paper_roll_finish(&roll);
			return -1;
		}
	*ret = roll;
	return 0;
}

void paper_roll_finish(struct paper_roll *roll)
{
	free(roll->bits);
	*roll = (struct paper_roll){ 0 };
}

/* Takes over `grey`, which zbar frees. */
static char *scan(int width, int height, unsigned char *grey)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();
	zbar_image_t *image = zbar_image_create();
	char *text = NULL;

	zbar_image_scanner_set_config(scanner, 0, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned)width, (unsigned)height);
	zbar_image_set_data(
		image, grey, (unsigned long)width * (unsigned long)height, zbar_image_free_data);
	zbar_scan_image(scanner, image);
	const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	if (symbol && !zbar_symbol_next(symbol))
		text = mem_text_n(
			zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
	zbar_image_destroy(image);
	zbar_image_scanner_destroy(scanner);
	return text;
}

char *qr_read(int width, int height, const unsigned char *bits)
{
	unsigned char *grey = mem_alloc((size_t)width * (size_t)height);

	for (int i = 0; i < width * height; i++)
		grey[i] = bits[i / 8] & 0x80 >> i % 8 ? 0 : 255;
	return scan(width, height, grey);
}

char *qr_read_pgm(const char *path)
{
	size_t size = 0;
	int width = 0, height = 0, at = 0;
	CLEANUP(mem_free) char *text = file_text(path, &size);

	if (!text || sscanf(text, "P5 %d %d 255%n", &width, &height, &at) != 2 || at == 0)
		return NULL;
	size_t count = (size_t)width * (size_t)height;
	if ((size_t)at + 1 + count > size)
		return NULL;
	unsigned char *grey = mem_alloc(count);
	memcpy(grey, text + at + 1, count);
	return scan(width, height, grey);
}
