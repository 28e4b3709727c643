#include "core/scan/image.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"

void image_finish(struct image *image)
{
	free(image->pixels);
	free(image->sums);
	*image = (struct image){ 0 };
}

void image_resize(struct image *image, int width, int height)
{
	size_t size = (size_t)width * (size_t)height;

	if (size > image->capacity) {
		free(image->pixels);
		image->pixels = mem_alloc(size);
		image->capacity = size;
	}
	image->width = width;
	image->height = height;
}

static uint32_t *image_sums(struct image *image, size_t count)
{
	if (count > image->sums_capacity) {
		free(image->sums);
		image->sums = mem_alloc(count * sizeof(*image->sums));
		image->sums_capacity = count;
	}
	return image->sums;
}

struct frame image_frame(const struct image *image)
{
	return (struct frame){
		.pixels = image->pixels,
		.width = image->width,
		.height = image->height,
		.stride = image->width,
	};
}

static const uint8_t *frame_row(const struct frame *frame, int y)
{
	return frame->pixels + (size_t)y * (size_t)frame->stride;
}

static uint8_t *image_row(const struct image *image, int y)
{
	return image->pixels + (size_t)y * (size_t)image->width;
}

void image_copy(struct image *out, const struct frame *in)
{
	image_resize(out, in->width, in->height);
	for (int y = 0; y < in->height; y++)
		memcpy(image_row(out, y), frame_row(in, y), (size_t)in->width);
}

void image_invert(struct image *out, const struct frame *in)
{
	image_resize(out, in->width, in->height);
	for (int y = 0; y < in->height; y++) {
		const uint8_t *restrict from = frame_row(in, y);
		uint8_t *restrict to = image_row(out, y);
		for (int x = 0; x < in->width; x++)
			to[x] = (uint8_t)(255 - from[x]);
	}
}

/* --- shrinking ------------------------------------------------------------------------------- */

/* Where output pixel `i` of `out` begins in the input's `in` pixels, in 256ths of a pixel. */
static uint32_t cut(int i, int in, int out)
{
	return (uint32_t)((uint64_t)i * (uint64_t)in * 256 / (uint64_t)out);
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* The mean of rows [top, bottom) (256ths of a row), times 256, column by column. */
static void mean_of_rows(
	const struct frame *in, uint32_t top, uint32_t bottom, uint32_t *restrict means)
{
	memset(means, 0, (size_t)in->width * sizeof(*means));
	for (uint32_t at = top; at < bottom;) {
		uint32_t next = (at | 255) + 1;
		uint32_t weight = (next < bottom ? next : bottom) - at;
		const uint8_t *restrict row = frame_row(in, (int)(at >> 8));
		for (int x = 0; x < in->width; x++)
			means[x] += row[x] * weight;
		at = next;
	}
	float scale = 256.0f / (float)(bottom - top);
	for (int x = 0; x < in->width; x++)
		means[x] = (uint32_t)((float)means[x] * scale);
}

static uint8_t mean_of_columns(const uint32_t *means, uint32_t left, uint32_t right)
{
	uint32_t first = left >> 8, last = (right - 1) >> 8;
	uint64_t sum;

	if (first == last)
		return (uint8_t)(means[first] >> 8);
	sum = (uint64_t)means[first] * (256 - (left & 255)) +
	      (uint64_t)means[last] * (right - (last << 8));
	for (uint32_t x = first + 1; x < last; x++)
		sum += (uint64_t)means[x] << 8;
	return (uint8_t)((float)sum / (256.0f * (float)(right - left)));
}

/* Halves both sides: a special case of image_shrink without fractions. */
static void halve(struct image *out, const struct frame *in)
{
	image_resize(out, in->width / 2, in->height / 2);
	for (int y = 0; y < out->height; y++) {
		const uint8_t *restrict above = frame_row(in, 2 * y);
		const uint8_t *restrict below = frame_row(in, 2 * y + 1);
		uint8_t *restrict to = image_row(out, y);
		for (int x = 0; x < out->width; x++)
			to[x] = (uint8_t)((above[2 * x] + above[2 * x + 1] + below[2 * x] +
						  below[2 * x + 1]) /
					  4);
	}
}

void image_shrink(struct image *out, const struct frame *in, int max_side)
{
	int side = larger(in->width, in->height);

	if (side <= max_side) {
		image_copy(out, in);
		return;
	}
	int width = larger(1, (int)((int64_t)in->width * max_side / side));
	int height = larger(1, (int)((int64_t)in->height * max_side / side));
	if (in->width == 2 * width && in->height == 2 * height) {
		halve(out, in);
		return;
	}
	uint32_t *means = image_sums(out, (size_t)in->width);

	image_resize(out, width, height);
	for (int y = 0; y < height; y++) {
		uint8_t *to = image_row(out, y);
		uint32_t left = 0;
		mean_of_rows(in, cut(y, in->height, height), cut(y + 1, in->height, height), means);
		for (int x = 0; x < width; x++) {
			uint32_t right = cut(x + 1, in->width, width);
			to[x] = mean_of_columns(means, left, right);
			left = right;
		}
	}
}

/* --- enlarging, blurring, turning ------------------------------------------------------------ */

/* The two neighbours of output position `i` and the second one's weight in 256ths. */
static void neighbours(int i, int factor, int size, int *ret_a, int *ret_b, int *ret_weight)
{
	int at = ((2 * i + 1) * 256 / factor - 256) / 2;

	at = larger(0, at);
	*ret_a = smaller(at >> 8, size - 1);
	*ret_b = smaller(*ret_a + 1, size - 1);
	*ret_weight = at & 255;
}

void image_enlarge(struct image *out, const struct frame *in, int factor)
{
	int a, b, weight;
	uint32_t *blend = image_sums(out, (size_t)in->width);

	image_resize(out, in->width * factor, in->height * factor);
	for (int y = 0; y < out->height; y++) {
		uint8_t *to = image_row(out, y);
		neighbours(y, factor, in->height, &a, &b, &weight);
		const uint8_t *above = frame_row(in, a), *below = frame_row(in, b);
		for (int x = 0; x < in->width; x++)
			blend[x] = (uint32_t)(above[x] * (256 - weight) + below[x] * weight);
		for (int x = 0; x < out->width; x++) {
			neighbours(x, factor, in->width, &a, &b, &weight);
			to[x] = (uint8_t)((blend[a] * (uint32_t)(256 - weight) +
						  blend[b] * (uint32_t)weight) >>
					  16);
		}
	}
}

void image_blur(struct image *out, const struct frame *in)
{
	int last = in->width - 1;
	uint32_t *sums = image_sums(out, (size_t)in->width);

	image_resize(out, in->width, in->height);
	for (int y = 0; y < in->height; y++) {
		const uint8_t *above = frame_row(in, larger(y - 1, 0));
		const uint8_t *row = frame_row(in, y);
		const uint8_t *below = frame_row(in, smaller(y + 1, in->height - 1));
		uint8_t *to = image_row(out, y);
		for (int x = 0; x <= last; x++)
			sums[x] = (uint32_t)(above[x] + 2 * row[x] + below[x]);
		to[0] = (uint8_t)((3 * sums[0] + sums[smaller(1, last)]) >> 4);
		for (int x = 1; x < last; x++)
			to[x] = (uint8_t)((sums[x - 1] + 2 * sums[x] + sums[x + 1]) >> 4);
		to[last] = (uint8_t)((3 * sums[last] + sums[larger(last - 1, 0)]) >> 4);
	}
}

/* Interpolates between the four pixels around (x, y), given in 256ths; white outside. */
static uint8_t sample(const struct frame *in, int x, int y)
{
	int column = x >> 8, line = y >> 8, wx = x & 255, wy = y & 255;

	if (column < 0 || line < 0 || column + 1 >= in->width || line + 1 >= in->height)
		return 255;
	const uint8_t *above = frame_row(in, line) + column;
	const uint8_t *below = above + in->stride;
	int top = above[0] * (256 - wx) + above[1] * wx;
	int bottom = below[0] * (256 - wx) + below[1] * wx;
	return (uint8_t)((top * (256 - wy) + bottom * wy) >> 16);
}

void image_turn(struct image *out, const struct frame *in)
{
	const int step = 181; /* 256 · cos 45° */
	int side = (int)((int64_t)(in->width + in->height) * step / 256) + 1;

	image_resize(out, side, side);
	for (int y = 0; y < side; y++) {
		uint8_t *to = image_row(out, y);
		int dx = -side / 2, dy = y - side / 2;
		int from_x = in->width * 128 + (dx + dy) * step;
		int from_y = in->height * 128 + (dy - dx) * step;
		for (int x = 0; x < side; x++, from_x += step, from_y -= step)
			to[x] = sample(in, from_x, from_y);
	}
}

/* --- thresholds ------------------------------------------------------------------------------ */

static void add_row(uint32_t *restrict sums, const uint8_t *restrict row, int width)
{
	for (int x = 0; x < width; x++)
		sums[x] += row[x];
}

static void take_row(uint32_t *restrict sums, const uint8_t *restrict row, int width)
{
	for (int x = 0; x < width; x++)
		sums[x] -= row[x];
}

/* A square window that slides over a frame: the sums of its columns move down row by row, their
 * total along each row. As exact as an integral image, but in memory that fits into the cache. */
struct window {
	const struct frame *frame;
	int radius;
	uint32_t *columns; /* the sum of the window's rows, for each column */
	int32_t *means;    /* of the window around each pixel of the current row, times 256 */
};

static struct window window_begin(struct image *scratch, const struct frame *frame, int radius)
{
	size_t width = (size_t)frame->width;
	struct window window = { .frame = frame, .radius = radius };

	window.columns = image_sums(scratch, 2 * width);
	window.means = (int32_t *)(window.columns + width);
	memset(window.columns, 0, width * sizeof(*window.columns));
	for (int y = 0; y < smaller(radius, frame->height); y++)
		add_row(window.columns, frame_row(frame, y), frame->width);
	return window;
}

/* How many of `size` pixels are within the window around `at`. */
static int window_span(const struct window *window, int at, int size)
{
	return smaller(at + window->radius, size - 1) - larger(at - window->radius, 0) + 1;
}

/* The totals along [from, until), where neither border cuts the window. */
static uint32_t slide(const uint32_t *restrict columns, int radius, int from, int until,
	uint32_t total, int32_t *restrict totals)
{
	const uint32_t *ahead = columns + radius, *behind = columns - radius - 1;

	for (int x = from; x < until; x++) {
		total += ahead[x] - behind[x];
		totals[x] = (int32_t)total;
	}
	return total;
}

static void scale(int32_t *means, int from, int until, float by)
{
	for (int x = from; x < until; x++)
		means[x] = (int32_t)((float)means[x] * by);
}

/* Where a border cuts the window, each pixel is computed separately. */
static void scale_edge(struct window *window, int from, int until, float rows)
{
	for (int x = from; x < until; x++) {
		int span = window_span(window, x, window->frame->width);
		scale(window->means, x, x + 1, 256.0f / (rows * (float)span));
	}
}

/* From totals to means. */
static void scale_row(struct window *window, int y)
{
	int radius = window->radius, width = window->frame->width;
	int left = smaller(radius, width), right = larger(left, width - radius);
	float rows = (float)window_span(window, y, window->frame->height);

	scale_edge(window, 0, left, rows);
	scale(window->means, left, right, 256.0f / (rows * (float)(2 * radius + 1)));
	scale_edge(window, right, width, rows);
}

/* Moves to row `y`; rows come in order. */
static void window_row(struct window *window, int y)
{
	const struct frame *frame = window->frame;
	const uint32_t *columns = window->columns;
	int radius = window->radius, width = frame->width;
	int first = smaller(radius + 1, width), last = larger(first, width - radius);
	uint32_t total = 0;

	if (y + radius < frame->height)
		add_row(window->columns, frame_row(frame, y + radius), width);
	if (y - radius - 1 >= 0)
		take_row(window->columns, frame_row(frame, y - radius - 1), width);
	for (int x = 0; x < smaller(radius, width); x++)
		total += columns[x];
	for (int x = 0; x < first; x++) {
		total += x + radius < width ? columns[x + radius] : 0;
		window->means[x] = (int32_t)total;
	}
	total = slide(columns, radius, first, last, total, window->means);
	for (int x = last; x < width; x++) {
		total -= columns[x - radius - 1];
		window->means[x] = (int32_t)total;
	}
	scale_row(window, y);
}

/* In floats, which represent all values that occur exactly and are compared four at a time. */
static void threshold_row(const uint8_t *restrict from, const int32_t *restrict means,
	uint8_t *restrict to, int width, float share)
{
	for (int x = 0; x < width; x++)
		to[x] = (float)from[x] * 25600.0f < (float)means[x] * share ? 0 : 255;
}

void image_threshold(struct image *out, const struct frame *in, int radius, int bias_percent)
{
	struct window window = window_begin(out, in, radius);

	image_resize(out, in->width, in->height);
	for (int y = 0; y < in->height; y++) {
		window_row(&window, y);
		threshold_row(frame_row(in, y), window.means, image_row(out, y), in->width,
			(float)(100 - bias_percent));
	}
}

void image_flatten(struct image *out, const struct frame *in, int radius)
{
	const int gain = 4;
	struct window window = window_begin(out, in, radius);

	image_resize(out, in->width, in->height);
	for (int y = 0; y < in->height; y++) {
		window_row(&window, y);
		const uint8_t *restrict from = frame_row(in, y);
		const int32_t *restrict means = window.means;
		uint8_t *restrict to = image_row(out, y);
		for (int x = 0; x < in->width; x++) {
			int level = 128 + (from[x] * 256 - means[x]) * gain / 256;
			to[x] = (uint8_t)(level < 0 ? 0 : level > 255 ? 255 : level);
		}
	}
}

/* The level that separates the histogram's two classes with the greatest variance between them. */
static int otsu_level(const uint32_t histogram[256], double count)
{
	double all = 0, below = 0, below_sum = 0, best = -1;
	int level = 127;

	for (int i = 0; i < 256; i++)
		all += (double)histogram[i] * i;
	for (int i = 0; i < 255; i++) {
		below += histogram[i];
		below_sum += (double)histogram[i] * i;
		double above = count - below;
		if (below == 0 || above == 0)
			continue;
		double apart = below_sum / below - (all - below_sum) / above;
		double variance = below * above * apart * apart;
		if (variance > best) {
			best = variance;
			level = i;
		}
	}
	return level;
}

void image_threshold_otsu(struct image *out, const struct frame *in)
{
	uint32_t histogram[256] = { 0 };

	image_resize(out, in->width, in->height);
	for (int y = 0; y < in->height; y++) {
		const uint8_t *from = frame_row(in, y);
		for (int x = 0; x < in->width; x++)
			histogram[from[x]]++;
	}
	int level = otsu_level(histogram, (double)in->width * in->height);
	for (int y = 0; y < in->height; y++) {
		const uint8_t *restrict from = frame_row(in, y);
		uint8_t *restrict to = image_row(out, y);
		for (int x = 0; x < in->width; x++)
			to[x] = from[x] > level ? 255 : 0;
	}
}
