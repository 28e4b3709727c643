/* The dots that jiaplus-paper draws, as a picture to decode. */
#pragma once

#include <stdio.h>

#include "core/base/mem.h"
#include "core/scan/image.h"
#include "tests/lib/printer.h"
#include "tests/lib/test.h"

/* A portable bitmap, as grey: 0 is black. */
static inline void read_pbm(const char *path, struct image *ret)
{
	size_t size = 0;
	CLEANUP(mem_free) char *bytes = file_text(path, &size);
	int width, height, header = 0;

	assert_int_equal(sscanf(bytes, "P4 %d %d%n", &width, &height, &header), 2);
	const unsigned char *bits = (const unsigned char *)bytes + header + 1;
	size_t stride = ((size_t)width + 7) / 8;
	assert_true((size_t)header + 1 + stride * (size_t)height <= size);
	image_resize(ret, width, height);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			bool is_black = bits[(size_t)y * stride + (size_t)x / 8] >> (7 - x % 8) & 1;
			ret->pixels[y * width + x] = is_black ? 0 : 255;
		}
}
