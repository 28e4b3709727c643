#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/scan/debounce.h"
#include "core/scan/motion.h"
#include "tests/lib/test.h"

#define FRAME_MS 33

static struct debounce *debounce;
static int64_t now_ms;

static struct reading reading_of(enum symbology symbology, const char *text)
{
	return (struct reading){ .symbology = symbology, .bytes = text, .size = strlen(text) };
}

/* Shows a frame with these codes (NULL at the end); the number of scans. */
static int show(enum symbology symbology, const char *const texts[])
{
	struct reading readings[8];
	bool is_new[8];
	int count = 0;

	for (; texts[count]; count++)
		readings[count] = reading_of(symbology, texts[count]);
	now_ms += FRAME_MS;
	return debounce_frame(debounce, now_ms, readings, count, is_new);
}

#define SHOW(symbology, ...) show(SYMBOLOGY_##symbology, (const char *const[]){ __VA_ARGS__, NULL })
#define SHOW_NOTHING()       show(SYMBOLOGY_QR, (const char *const[]){ NULL })

static void show_nothing_for(int ms)
{
	for (int64_t until = now_ms + ms; now_ms + FRAME_MS <= until;)
		assert_int_equal(SHOW_NOTHING(), 0);
}

static int debounce_setup(void **state)
{
	debounce = debounce_create();
	now_ms = 0;
	return 0;
}

static int debounce_teardown(void **state)
{
	debounce_destroy(debounce);
	return 0;
}

TEST(code_held_still_is_one_scan, debounce)
{
	assert_int_equal(SHOW(QR, "A"), 1);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(SHOW(QR, "A"), 0);
}

TEST(code_scans_again_once_it_has_been_away_for_a_second, debounce)
{
	assert_int_equal(SHOW(QR, "A"), 1);
	show_nothing_for(900);
	assert_int_equal(SHOW(QR, "A"), 0);
	show_nothing_for(900);
	assert_int_equal(SHOW(QR, "A"), 0); /* the second begins anew */
	show_nothing_for(1000);
	assert_int_equal(SHOW_NOTHING(), 0);
	assert_int_equal(SHOW(QR, "A"), 1);
}

TEST(linear_code_needs_two_equal_reads, debounce)
{
	assert_int_equal(SHOW(EAN13, "1"), 0);
	assert_true(debounce_is_waiting(debounce));
	assert_int_equal(SHOW(EAN13, "2"), 0);
	assert_int_equal(SHOW(EAN13, "1"), 1);
	assert_true(debounce_is_waiting(debounce)); /* for 2 */
	show_nothing_for(1200);
	assert_false(debounce_is_waiting(debounce));
	assert_int_equal(SHOW(EAN13, "2"), 0); /* its first read is forgotten */
	assert_int_equal(SHOW(CODE128, "3"), 0);
	assert_int_equal(SHOW(CODE128, "3"), 1);
	assert_int_equal(SHOW(CODE128, "3"), 0);
}

TEST(several_codes_in_a_frame_are_each_one_scan, debounce)
{
	assert_int_equal(SHOW(QR, "A", "B", "C"), 3);
	assert_int_equal(SHOW(QR, "C", "A"), 0);
	assert_int_equal(SHOW(QR, "D", "B"), 1);
	for (int i = 0; i < 60; i++) /* A stays, the others go */
		assert_int_equal(SHOW(QR, "A"), 0);
	assert_int_equal(SHOW(QR, "A", "B"), 1);
}

TEST(same_text_in_two_symbologies_is_one_code, debounce)
{
	assert_int_equal(SHOW(QR, "J1I1"), 1);
	assert_int_equal(SHOW(CODE128, "J1I1"), 0);
	assert_int_equal(SHOW(CODE128, "J1I1"), 0);
}

TEST(codes_differ_behind_a_nul_and_by_length, debounce)
{
	struct reading readings[] = {
		{ .bytes = "a\0b", .size = 3 },
		{ .bytes = "a\0c", .size = 3 },
		{ .bytes = "a", .size = 1 },
	};
	bool is_new[3];

	assert_int_equal(debounce_frame(debounce, 1, readings, 3, is_new), 3);
	assert_int_equal(debounce_frame(debounce, 2, readings, 3, is_new), 0);
}

/* A machine so busy that it reads one frame a second sometimes misses the code. */
TEST(one_missed_frame_of_a_slow_camera_is_not_away, debounce)
{
	assert_int_equal(SHOW(QR, "A"), 1);
	for (int i = 0; i < 10; i++) {
		now_ms += 1000;
		assert_int_equal(SHOW_NOTHING(), 0);
		now_ms += 1000;
		assert_int_equal(SHOW(QR, "A"), 0);
	}
}

/* No frames come while a camera is unplugged: the card may have been there all the time. */
TEST(pause_without_frames_is_not_away, debounce)
{
	assert_int_equal(SHOW(QR, "A"), 1);
	now_ms += 60000;
	assert_int_equal(SHOW(QR, "A"), 0);
}

TEST(still_frames_hold_what_the_last_one_showed, debounce)
{
	assert_int_equal(SHOW(QR, "A"), 1);
	for (int i = 0; i < 100; i++)
		debounce_same(debounce, now_ms += FRAME_MS);
	assert_int_equal(SHOW(QR, "A"), 0);
	assert_int_equal(SHOW_NOTHING(), 0);
	for (int i = 0; i < 40; i++)
		debounce_same(debounce, now_ms += FRAME_MS);
	assert_int_equal(SHOW(QR, "A"), 1);
}

TEST(memory_is_bounded, debounce)
{
	char text[16] = "";
	const char *const texts[] = { text, NULL };

	for (int i = 0; i < 1000; i++) {
		text[0] = (char)('a' + i % 26);
		text[1] = (char)('a' + i / 26);
		assert_int_equal(show(SYMBOLOGY_QR, texts), 1);
	}
	assert_int_equal(show(SYMBOLOGY_QR, texts), 0);
}

/* --- motion ---------------------------------------------------------------------------------- */

TEST(still_picture_is_read_now_and_then_a_moving_one_always, debounce)
{
	enum { WIDTH = 320, HEIGHT = 240 };
	struct motion *motion = motion_create();
	uint8_t *pixels = mem_alloc((size_t)WIDTH * HEIGHT);
	struct frame frame = {
		.pixels = pixels, .width = WIDTH, .height = HEIGHT, .stride = WIDTH
	};
	int reads = 0;

	assert_true(motion_is_news(motion, &frame));
	for (int i = 0; i < 300; i++) {
		frame.at_ms += 10;
		for (int k = 0; k < WIDTH * HEIGHT; k += 7)
			pixels[k] = (uint8_t)(i % 2); /* noise */
		reads += motion_is_news(motion, &frame);
	}
	assert_int_equal(reads, 3000 / MOTION_READ_MS);
	for (int i = 0; i < 20; i++) { /* a label of 40 × 40 slides through */
		memset(pixels, 0, (size_t)WIDTH * HEIGHT);
		for (int y = 100; y < 140; y++)
			memset(pixels + y * WIDTH + i * 10, 200, 40);
		frame.at_ms++;
		assert_true(motion_is_news(motion, &frame));
	}
	motion_destroy(motion);
	free(pixels);
}
