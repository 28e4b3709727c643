#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/scan/decoder.h"
#include "tests/lib/chance.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"

static struct decoder *decoder;
static struct image image;

static int decode(const struct scene *scene, enum decoder_effort effort, const struct reading **ret)
{
	frames_draw(scene, &image);
	struct frame frame = image_frame(&image);
	return decoder_read(decoder, &frame, effort, ret);
}

static void assert_reading(
	const struct reading *reading, enum symbology symbology, const void *bytes, size_t size)
{
	assert_string_equal(symbology_names[reading->symbology], symbology_names[symbology]);
	assert_int_equal(reading->size, size);
	assert_memory_equal(reading->bytes, bytes, size);
}

static void assert_reads(
	const struct shown *shown, int width, int height, enum decoder_effort effort)
{
	struct scene scene = { .width = width, .height = height, .shown = shown, .count = 1 };
	size_t size = shown->size ? shown->size : strlen(shown->bytes);
	const struct reading *readings;

	assert_int_equal(decode(&scene, effort, &readings), 1);
	assert_reading(&readings[0], shown->symbology, shown->bytes, size);
}

TEST(each_symbology_is_read_with_its_text, none)
{
	static const struct shown codes[] = {
		{ .symbology = SYMBOLOGY_QR, .bytes = "J1R0123456789ABCDEFGHJKMNPQ" },
		{ .symbology = SYMBOLOGY_EAN13, .bytes = "9780306406157", .module = 3 },
		{ .symbology = SYMBOLOGY_EAN13, .bytes = "0012345678905", .module = 3 },
		{ .symbology = SYMBOLOGY_EAN8, .bytes = "96385074", .module = 3 },
		{ .symbology = SYMBOLOGY_CODE128, .bytes = "J1I0000000001C", .module = 3 },
	};
	static const int sizes[][2] = { { 640, 480 }, { 1280, 720 } };

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		for (size_t k = 0; k < ARRAY_LEN(sizes); k++)
			assert_reads(&codes[i], sizes[k][0], sizes[k][1], DECODE_FRAME);
}

TEST(qr_holds_any_bytes, none)
{
	static const char chinese[] = "顺德共享家+ 请扫共享卡";
	static const char gb18030[] = "\xcb\xb3\xb5\xc2\xb9\xb2\xcf\xed";
	static const char nul[] = "a\0b\0\0c";
	static const char escapes[] = "\033[2J\r\n\t\x7f\x9b"
				      "31m";
	const struct shown codes[] = {
		{ .bytes = chinese, .size = sizeof(chinese) - 1 },
		{ .bytes = gb18030, .size = sizeof(gb18030) - 1 },
		{ .bytes = nul, .size = sizeof(nul) - 1 },
		{ .bytes = escapes, .size = sizeof(escapes) - 1 },
		{ .bytes = "\0", .size = 1 },
		{ .bytes = "\xef\xbb\xbfx", .size = 4 },
	};

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		assert_reads(&codes[i], 640, 480, DECODE_FRAME);
}

TEST(random_bytes_of_any_length_survive, none)
{
	char bytes[200];

	for (int round = 0; round < 40; round++) {
		size_t size = 1 + (size_t)draw(UINT32_MAX) % sizeof(bytes);
		for (size_t i = 0; i < size; i++)
			bytes[i] = (char)draw(UINT32_MAX);
		struct shown shown = { .bytes = bytes, .size = size, .module = 5 };
		assert_reads(&shown, 640, 640, DECODE_FRAME);
	}
}

TEST(qr_of_2900_bytes_is_read, none)
{
	char bytes[2900];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)draw(UINT32_MAX);
	struct shown shown = { .bytes = bytes, .size = sizeof(bytes), .module = 4 };
	assert_reads(&shown, 800, 800, DECODE_STILL);
}

/* A camera gives thirty frames a second, each with different noise. */
#define FRAMES 6

static bool is_read_at_once(struct scene *scene)
{
	const struct shown *shown = scene->shown;
	const struct reading *readings;

	for (int frame = 0; frame < FRAMES; frame++) {
		scene->seed++;
		int count = decode(scene, DECODE_FRAME, &readings);
		assert_true(count <= 1);
		if (count == 0)
			continue;
		assert_reading(&readings[0], SYMBOLOGY_QR, shown->bytes, strlen(shown->bytes));
		return true;
	}
	return false;
}

TEST(cards_held_badly_are_read, none)
{
	struct shown shown = { .bytes = "J1R0123456789ABCDEFGHJKMNPQ", .module = 5 };
	struct scene scene = { .width = 640,
		.height = 480,
		.shown = &shown,
		.count = 1,
		.blur = 1,
		.noise = 12,
		.gradient = 0.5,
		.seed = (unsigned)chance_seed() };

	for (shown.angle = 0; shown.angle < 360; shown.angle += 10)
		assert_true(is_read_at_once(&scene));
}

/* A card held an arm's length away: live, only every other large frame is searched for it. */
TEST(small_codes_in_large_frames_are_read_within_two, none)
{
	struct shown shown = {
		.bytes = "J1R0123456789ABCDEFGHJKMNPQ", .module = 4, .x = 0.3, .y = 0.6
	};
	struct scene scene = { .width = 1280,
		.height = 720,
		.shown = &shown,
		.count = 1,
		.noise = 5,
		.seed = (unsigned)chance_seed() };
	const struct reading *readings;

	for (int angle = 0; angle < 90; angle += 15) {
		shown.angle = angle;
		int count = decode(&scene, DECODE_LIVE, &readings);
		if (count == 0)
			count = decode(&scene, DECODE_LIVE, &readings);
		assert_int_equal(count, 1);
		assert_in_range(readings[0].x, 384 - 90, 384);
		assert_int_equal(decode(&scene, DECODE_FRAME, &readings), 1);
	}
}

TEST(labels_are_read_upright_and_turned_and_at_a_slant_in_stills, none)
{
	struct shown shown = {
		.symbology = SYMBOLOGY_CODE128, .bytes = "J1I00000001", .module = 2.5
	};

	for (int angle = 0; angle < 360; angle += 90) {
		shown.angle = angle + 5;
		assert_reads(&shown, 640, 640, DECODE_FRAME);
		shown.angle = angle + 45;
		assert_reads(&shown, 640, 640, DECODE_STILL);
	}
}

TEST(several_codes_in_one_frame_are_each_read_once, none)
{
	const struct shown codes[] = {
		{ .symbology = SYMBOLOGY_QR, .bytes = "FIRST", .x = 0.15, .y = 0.3 },
		{ .symbology = SYMBOLOGY_QR, .bytes = "SECOND", .x = 0.4, .y = 0.3 },
		{ .symbology = SYMBOLOGY_QR, .bytes = "FIRST", .x = 0.65, .y = 0.3 },
		{ .symbology = SYMBOLOGY_EAN13,
			.bytes = "9780306406157",
			.module = 3,
			.x = 0.3,
			.y = 0.75 },
		{ .symbology = SYMBOLOGY_CODE128,
			.bytes = "LABEL",
			.module = 3,
			.x = 0.75,
			.y = 0.75 },
	};
	static const char *const texts[] = { "FIRST", "SECOND", "9780306406157", "LABEL" };
	struct scene scene = { .width = 1280, .height = 720, .shown = codes, .count = 5 };
	const struct reading *readings;

	assert_int_equal(decode(&scene, DECODE_FRAME, &readings), 4);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		int found = 0;
		for (int k = 0; k < 4; k++)
			found += readings[k].size == strlen(texts[i]) &&
				 memcmp(readings[k].bytes, texts[i], readings[k].size) == 0;
		assert_int_equal(found, 1);
	}
}

TEST(position_is_where_the_code_is, none)
{
	struct shown shown = { .bytes = "HERE", .x = 0.75, .y = 0.25 };
	struct scene scene = { .width = 1280, .height = 720, .shown = &shown, .count = 1 };
	const struct reading *readings;

	assert_int_equal(decode(&scene, DECODE_FRAME, &readings), 1);
	const struct reading *reading = &readings[0];
	assert_in_range(reading->x + reading->width / 2, 960 - 12, 960 + 12);
	assert_in_range(reading->y + reading->height / 2, 180 - 12, 180 + 12);
	assert_in_range(reading->width, 70, 100); /* 21 modules of 4 pixels */
}

TEST(white_on_black_is_read_in_stills, none)
{
	const struct reading *readings;
	struct image dark = { 0 };

	frames_draw_text(SYMBOLOGY_QR, "INVERTED", 640, 480, &image);
	struct frame frame = image_frame(&image);
	image_invert(&dark, &frame);
	frame = image_frame(&dark);
	assert_int_equal(decoder_read(decoder, &frame, DECODE_STILL, &readings), 1);
	assert_reading(&readings[0], SYMBOLOGY_QR, "INVERTED", 8);
	image_finish(&dark);
}

/* As a phone with inverted colours shows it, held up for a second. */
TEST(white_on_black_is_read_live_and_does_not_come_and_go, none)
{
	static const struct shown codes[] = {
		{ .symbology = SYMBOLOGY_QR, .bytes = "J1R0123456789ABCDEFGHJKMNPQ" },
		{ .symbology = SYMBOLOGY_EAN13, .bytes = "9780306406157", .module = 3 },
		{ .symbology = SYMBOLOGY_CODE128, .bytes = "J1I0000000001C", .module = 3 },
	};
	static const int sizes[][2] = { { 320, 240 }, { 640, 480 }, { 1280, 720 } };
	const struct reading *readings;
	struct image dark = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(codes) * ARRAY_LEN(sizes); i++) {
		const struct shown *shown = &codes[i % ARRAY_LEN(codes)];
		const int *size = sizes[i / ARRAY_LEN(codes)];
		struct scene scene = {
			.width = size[0], .height = size[1], .shown = shown, .count = 1
		};
		int first = -1;
		if (size[0] < 640 && shown->symbology != SYMBOLOGY_QR)
			continue;
		frames_draw(&scene, &image);
		struct frame frame = image_frame(&image);
		image_invert(&dark, &frame);
		frame = image_frame(&dark);
		for (int k = 0; k < 30; k++) {
			int count = decoder_read(decoder, &frame, DECODE_LIVE, &readings);
			if (count > 0 && first < 0)
				first = k;
			if (first < 0)
				continue;
			assert_int_equal(count, 1);
			assert_reading(
				&readings[0], shown->symbology, shown->bytes, strlen(shown->bytes));
		}
		assert_in_range(first, 0, 8); /* the last code kept its pass for a while */
		assert_int_equal(decoder_read(decoder, &frame, DECODE_FRAME, &readings), 1);
	}
	image_finish(&dark);
}

TEST(stride_beyond_the_width_is_honoured, none)
{
	const struct reading *readings;

	frames_draw_text(SYMBOLOGY_EAN13, "9780306406157", 800, 480, &image);
	struct frame frame = image_frame(&image);
	frame.pixels += 60;
	frame.width = 680;
	assert_int_equal(decoder_read(decoder, &frame, DECODE_FRAME, &readings), 1);
	assert_reading(&readings[0], SYMBOLOGY_EAN13, "9780306406157", 13);
}

TEST(noise_holds_no_code, none)
{
	const struct reading *readings;

	image_resize(&image, 640, 480);
	for (int round = 0; round < 20; round++) {
		int block = 1 + round % 5; /* coarser grain looks more like bars */
		for (int y = 0; y < 480; y++)
			for (int x = 0; x < 640; x++)
				image.pixels[y * 640 + x] =
					x % block || y % block
						? image.pixels[y / block * block * 640 +
							       x / block * block]
						: (uint8_t)draw(UINT32_MAX);
		struct frame frame = image_frame(&image);
		assert_int_equal(decoder_read(decoder, &frame, DECODE_STILL, &readings), 0);
	}
}

TEST(tiny_frames_hold_no_code, none)
{
	const uint8_t pixels[16] = { 0 };
	const struct reading *readings;

	for (int width = 1; width <= 4; width++)
		for (int height = 1; height <= 4; height++) {
			struct frame frame = {
				.pixels = pixels, .width = width, .height = height, .stride = width
			};
			assert_int_equal(decoder_read(decoder, &frame, DECODE_STILL, &readings), 0);
		}
}

static int create(void **state)
{
	decoder = frames_decoder();
	return 0;
}

static int destroy(void **state)
{
	decoder_destroy(decoder);
	image_finish(&image);
	return 0;
}

TEST_FILE(.setup = create, .teardown = destroy)
