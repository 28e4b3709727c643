/* Image operations compared with slow and obvious versions of them, on pictures of random sizes. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/scan/image.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define ROUNDS 60

static int between(int low, int high)
{
	return low + (int)draw((uint32_t)(high - low + 1));
}

/* A frame whose stride exceeds its width, so that a forgotten stride shows. */
static struct frame random_frame(struct image *store)
{
	int width = between(1, 90), height = between(1, 70), stride = width + between(0, 9);

	image_resize(store, stride, height);
	for (int i = 0; i < stride * height; i++)
		store->pixels[i] = (uint8_t)draw(256);
	return (struct frame){
		.pixels = store->pixels,
		.width = width,
		.height = height,
		.stride = stride,
	};
}

static int at(const struct frame *frame, int x, int y)
{
	return frame->pixels[y * frame->stride + x];
}

static double window_mean(const struct frame *frame, int x, int y, int radius)
{
	double sum = 0;
	int count = 0;

	for (int v = y - radius; v <= y + radius; v++)
		for (int u = x - radius; u <= x + radius; u++)
			if (u >= 0 && v >= 0 && u < frame->width && v < frame->height) {
				sum += at(frame, u, v);
				count++;
			}
	return sum / count;
}

TEST(threshold_compares_with_the_mean_of_the_square_about_a_pixel, none)
{
	struct image store = { 0 }, out = { 0 };

	for (int round = 0; round < ROUNDS; round++) {
		struct frame frame = random_frame(&store);
		int radius = between(0, 40);
		image_threshold(&out, &frame, radius, 5);
		assert_int_equal(out.width, frame.width);
		assert_int_equal(out.height, frame.height);
		for (int y = 0; y < frame.height; y++)
			for (int x = 0; x < frame.width; x++) {
				double limit = window_mean(&frame, x, y, radius) * 0.95;
				double distance = at(&frame, x, y) - limit;
				if (distance > -0.02 && distance < 0.02)
					continue; /* a matter of rounding */
				assert_int_equal(
					out.pixels[y * out.width + x], distance < 0 ? 0 : 255);
			}
	}
	image_finish(&store);
	image_finish(&out);
}

TEST(flatten_centres_on_the_mean_of_the_square_about_a_pixel, none)
{
	struct image store = { 0 }, out = { 0 };

	for (int round = 0; round < ROUNDS; round++) {
		struct frame frame = random_frame(&store);
		int radius = between(1, 30);
		image_flatten(&out, &frame, radius);
		for (int y = 0; y < frame.height; y++)
			for (int x = 0; x < frame.width; x++) {
				double level = 128 + 4 * (at(&frame, x, y) -
								 window_mean(&frame, x, y, radius));
				double want = level < 0 ? 0 : level > 255 ? 255 : level;
				assert_true(abs(out.pixels[y * out.width + x] - (int)want) <= 1);
			}
	}
	image_finish(&store);
	image_finish(&out);
}

/* The share of [low, high) that lies in pixel i. */
static double overlap(double low, double high, int i)
{
	double from = low > i ? low : i, to = high < i + 1 ? high : i + 1;

	return to > from ? to - from : 0;
}

static double area_mean(
	const struct frame *frame, double left, double right, double top, double bottom)
{
	double sum = 0, area = 0;

	for (int y = (int)top; y < frame->height && y < bottom; y++)
		for (int x = (int)left; x < frame->width && x < right; x++) {
			double share = overlap(left, right, x) * overlap(top, bottom, y);
			sum += share * at(frame, x, y);
			area += share;
		}
	return sum / area;
}

TEST(shrink_takes_the_mean_of_the_area_under_a_pixel, none)
{
	struct image store = { 0 }, out = { 0 };

	for (int round = 0; round < ROUNDS; round++) {
		struct frame frame = random_frame(&store);
		int side = between(1, 90);
		image_shrink(&out, &frame, side);
		assert_true(out.width <= side || out.width == frame.width);
		assert_true(out.height <= side || out.height == frame.height);
		double across = (double)frame.width / out.width;
		double down = (double)frame.height / out.height;
		for (int y = 0; y < out.height; y++)
			for (int x = 0; x < out.width; x++) {
				double want = area_mean(&frame, x * across, (x + 1) * across,
					y * down, (y + 1) * down);
				assert_true(abs(out.pixels[y * out.width + x] - (int)want) <= 2);
			}
	}
	image_finish(&store);
	image_finish(&out);
}

TEST(enlarge_keeps_flat_areas_and_order, none)
{
	const uint8_t ramp[] = { 0, 90, 180, 0, 90, 180 };
	struct frame frame = { .pixels = ramp, .width = 3, .height = 2, .stride = 3 };
	struct image out = { 0 };

	image_enlarge(&out, &frame, 3);
	assert_int_equal(out.width, 9);
	assert_int_equal(out.height, 6);
	for (int y = 0; y < 6; y++) {
		const uint8_t *row = out.pixels + y * 9;
		assert_int_equal(row[1], 0); /* each pixel's centre is kept */
		assert_int_equal(row[4], 90);
		assert_int_equal(row[7], 180);
		for (int x = 1; x < 9; x++)
			assert_true(row[x] >= row[x - 1]);
	}
	image_finish(&out);
}

TEST(blur_weighs_nine_pixels, none)
{
	const uint8_t dot[] = { 0, 0, 0, 0, 0, 0, 0, 160, 0, 0, 0, 0, 0, 0, 0 };
	const uint8_t want[] = { 0, 10, 20, 10, 0, 0, 20, 40, 20, 0, 0, 10, 20, 10, 0 };
	struct frame frame = { .pixels = dot, .width = 5, .height = 3, .stride = 5 };
	struct image out = { 0 };

	image_blur(&out, &frame);
	assert_memory_equal(out.pixels, want, sizeof(want));
	image_finish(&out);
}

TEST(turn_keeps_the_middle_and_whitens_the_corners, none)
{
	struct image store = { 0 }, out = { 0 };

	image_resize(&store, 60, 40);
	memset(store.pixels, 200, 60 * 40);
	for (int y = 17; y < 23; y++)
		memset(store.pixels + y * 60 + 27, 0, 6);
	struct frame frame = image_frame(&store);
	image_turn(&out, &frame);
	assert_true(out.width >= 70 && out.width <= 73);
	assert_int_equal(out.width, out.height);
	assert_true(out.pixels[out.height / 2 * out.width + out.width / 2] < 20);
	assert_int_equal(out.pixels[0], 255);
	assert_int_equal(out.pixels[out.width * out.height - 1], 255);
	image_finish(&store);
	image_finish(&out);
}

TEST(otsu_parts_two_classes, none)
{
	const uint8_t mixed[] = { 40, 45, 50, 120, 125, 130, 44, 122 };
	const uint8_t want[] = { 0, 0, 0, 255, 255, 255, 0, 255 };
	struct frame frame = { .pixels = mixed, .width = 8, .height = 1, .stride = 8 };
	struct image out = { 0 };

	image_threshold_otsu(&out, &frame);
	assert_memory_equal(out.pixels, want, sizeof(want));
	image_finish(&out);
}

/* One pixel, one row, one column: nothing may be read or written beside them. */
TEST(every_operation_takes_the_smallest_frames, none)
{
	static const int sizes[][2] = { { 1, 1 }, { 1, 7 }, { 7, 1 }, { 2, 2 } };
	struct image out = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		int width = sizes[i][0], height = sizes[i][1];
		CLEANUP(mem_free) uint8_t *pixels = mem_alloc((size_t)(width * height));
		struct frame frame = {
			.pixels = pixels, .width = width, .height = height, .stride = width
		};
		image_copy(&out, &frame);
		image_invert(&out, &frame);
		assert_int_equal(out.pixels[0], 255);
		image_shrink(&out, &frame, 1);
		image_enlarge(&out, &frame, 3);
		image_blur(&out, &frame);
		image_turn(&out, &frame);
		image_threshold(&out, &frame, 5, 5);
		image_flatten(&out, &frame, 0);
		image_threshold_otsu(&out, &frame);
	}
	image_finish(&out);
}
