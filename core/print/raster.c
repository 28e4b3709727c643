#include "core/print/raster.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/marks.h"
#include "core/print/reasons.h"

#define PNG_DOTS_PER_MM 16
/* Pixels from this grey on are ink. It is a little above the middle, so that thin strokes of small
 * Chinese stay connected. */
#define INK_BELOW 150

static int drawing_failed(cairo_surface_t *surface, struct err *err)
{
	cairo_status_t status = cairo_surface_status(surface);

	if (status == CAIRO_STATUS_SUCCESS)
		return 0;
	return err_set(err, ERR_INVALID, REASON_TEXT(SHEET_BAD, cairo_status_to_string(status)));
}

/* The page on white at `dots_per_mm`; the caller's. */
static cairo_surface_t *paint(const struct pages *pages, int page, int dots_per_mm, bool is_bilevel)
{
	double w, h, scale = PT_TO_MM(dots_per_mm);

	pages_size(pages, page, &w, &h);
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, (int)ceil(w * scale - 0.01), (int)ceil(h * scale - 0.01));
	cairo_t *cr = cairo_create(surface);
	cairo_set_source_rgb(cr, 1, 1, 1);
	cairo_paint(cr);
	cairo_scale(cr, scale, scale);
	pages_draw(pages, page, cr, is_bilevel);
	cairo_destroy(cr);
	cairo_surface_flush(surface);
	return surface;
}

static int grey_of(uint32_t pixel)
{
	uint32_t r = pixel >> 16 & 0xff, g = pixel >> 8 & 0xff, b = pixel & 0xff;

	return (int)((r * 77 + g * 150 + b * 29) / 256);
}

static bool is_ink(uint32_t pixel)
{
	return grey_of(pixel) < INK_BELOW;
}

/* ---- pictures ---- */

/* Pixels of a picture within a surface. */
struct picture {
	uint32_t *pixels;
	int stride, width, height; /* stride in pixels */
};

static struct picture picture_at(cairo_surface_t *surface, const struct page_area *area)
{
	const double scale = PT_TO_MM(SHEET_DOTS_PER_MM);
	int stride = cairo_image_surface_get_stride(surface) / (int)sizeof(uint32_t);
	int left = (int)fmax(floor(area->x * scale), 0), top = (int)fmax(floor(area->y * scale), 0);
	int right = (int)fmin(
		ceil((area->x + area->w) * scale), cairo_image_surface_get_width(surface));
	int bottom = (int)fmin(
		ceil((area->y + area->h) * scale), cairo_image_surface_get_height(surface));

	return (struct picture){
		.pixels = (uint32_t *)(void *)cairo_image_surface_get_data(surface) +
			  (ptrdiff_t)top * stride + left,
		.stride = stride,
		.width = right - left,
		.height = bottom - top,
	};
}

/* Floyd and Steinberg: what a dot is too dark or too light by goes to its neighbours. `here` and
 * `below` hold what came to a row, with one place more at each side. */
static void dither_row(uint32_t *pixels, int width, int *here, int *below)
{
	for (int x = 0; x < width; x++) {
		int wanted = grey_of(pixels[x]) + here[x + 1] / 16;
		int given = wanted < 128 ? 0 : 255, error = wanted - given;
		pixels[x] = given ? 0xffffff : 0;
		here[x + 2] += error * 7;
		below[x] += error * 3;
		below[x + 1] += error * 5;
		below[x + 2] += error;
	}
}

/* Colours become dots more or less dense: a threshold would leave white or black alone. */
static void dither(const struct picture *picture)
{
	if (picture->width <= 0)
		return;
	size_t size = ((size_t)picture->width + 2) * sizeof(int);
	CLEANUP(mem_free) int *here = mem_alloc(size);
	CLEANUP(mem_free) int *below = mem_alloc(size);

	for (int y = 0; y < picture->height; y++) {
		dither_row(picture->pixels + (ptrdiff_t)y * picture->stride, picture->width, here,
			below);
		memcpy(here, below, size);
		memset(below, 0, size);
	}
}

static void dither_pictures(const struct pages *pages, int page, cairo_surface_t *surface)
{
	struct page_area area;

	for (int i = 0; pages_picture(pages, page, i, &area); i++) {
		const struct picture picture = picture_at(surface, &area);
		dither(&picture);
	}
	cairo_surface_mark_dirty(surface);
}

/* ---- dots ---- */

/* Turns one row of pixels into bits from column `left` on; false: there is ink beside the head. */
static bool pack_row(
	const uint32_t *pixels, int pixel_count, int left, int dots, unsigned char *bits)
{
	for (int x = 0; x < pixel_count; x++) {
		if (!is_ink(pixels[x]))
			continue;
		if (x < left || x >= left + dots)
			return false;
		bits[(x - left) / 8] |= (unsigned char)(0x80 >> (x - left) % 8);
	}
	return true;
}

static int pack(cairo_surface_t *surface, int head_dots, struct raster *ret, struct err *err)
{
	int width = cairo_image_surface_get_width(surface);
	int dots = head_dots > 0 && head_dots < width ? head_dots : width;
	struct raster raster = { .width = (dots + 7) / 8 * 8,
		.height = cairo_image_surface_get_height(surface) };
	int stride = raster.width / 8;
	const unsigned char *data = cairo_image_surface_get_data(surface);

	raster.bits = mem_alloc((size_t)stride * (size_t)raster.height);
	for (int y = 0; y < raster.height; y++) {
		const void *row =
			data + (size_t)y * (size_t)cairo_image_surface_get_stride(surface);
		if (pack_row(row, width, (width - dots) / 2, dots,
			    raster.bits + (size_t)y * (size_t)stride))
			continue;
		raster_finish(&raster);
		return err_setf(err, ERR_INVALID,
			REASON_TEXT(SHEET_OVERFLOW, "ink beside the print head"),
			"dot row %d, paper of %d dots, head of %d", y, width, dots);
	}
	*ret = raster;
	return 0;
}

int raster_draw(
	const struct pages *pages, int page, int head_dots, struct raster *ret, struct err *err)
{
	cairo_surface_t *surface = paint(pages, page, SHEET_DOTS_PER_MM, true);
	int rc = drawing_failed(surface, err);

	if (rc == 0) {
		dither_pictures(pages, page, surface);
		rc = pack(surface, head_dots, ret, err);
	}
	cairo_surface_destroy(surface);
	return rc;
}

void raster_finish(struct raster *raster)
{
	free(raster->bits);
	*raster = (struct raster){ 0 };
}

void raster_to_pbm(const struct raster *raster, struct bytes *out)
{
	CLEANUP(mem_free) char *head = mem_printf("P4\n%d %d\n", raster->width, raster->height);

	bytes_add(out, head, strlen(head));
	bytes_add(out, raster->bits, (size_t)raster->width / 8 * (size_t)raster->height);
}

static cairo_status_t add_bytes(void *closure, const unsigned char *data, unsigned size)
{
	bytes_add(closure, data, size);
	return CAIRO_STATUS_SUCCESS;
}

static int png_dots_per_mm(const struct pages *pages, int page, int dots)
{
	double w, h;

	if (dots == 0)
		return PNG_DOTS_PER_MM;
	pages_size(pages, page, &w, &h);
	int per_mm = (int)(dots / PT_TO_MM(w) + 0.01);
	return per_mm < 1 ? 1 : per_mm > PNG_DOTS_PER_MM ? PNG_DOTS_PER_MM : per_mm;
}

int page_to_png(const struct pages *pages, int page, int dots, struct bytes *out, struct err *err)
{
	cairo_surface_t *surface = paint(pages, page, png_dots_per_mm(pages, page, dots), false);
	int rc = drawing_failed(surface, err);

	if (rc == 0)
		cairo_surface_write_to_png_stream(surface, add_bytes, out);
	cairo_surface_destroy(surface);
	return rc;
}
