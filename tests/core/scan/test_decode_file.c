#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/scan/file_scan.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"
#include "tests/lib/y4m_out.h"

static void assert_escaped(const char *bytes, size_t size, const char *want)
{
	CLEANUP(mem_free) char *text = reading_escape(bytes, size);

	assert_string_equal(text, want);
}

#define ASSERT_ESCAPED(bytes, want) assert_escaped(bytes, sizeof(bytes) - 1, want)

TEST(text_is_escaped_only_where_it_would_act_on_a_terminal, none)
{
	ASSERT_ESCAPED("", "");
	ASSERT_ESCAPED("J1R0 x", "J1R0 x");
	ASSERT_ESCAPED(" 顺德共享家+　①", " 顺德共享家+　①");
	ASSERT_ESCAPED("a\tb\nc\\d", "a\\tb\\nc\\\\d");
	ASSERT_ESCAPED("\r\033[2J\x7f", "\\x0D\\x1B[2J\\x7F");
	ASSERT_ESCAPED("a\0b", "a\\x00b");
	ASSERT_ESCAPED("\xc2\x9b"
		       "2J",
		"\\xC2\\x9B2J"); /* C1 */
	ASSERT_ESCAPED("\xe2\x80\xae"
		       "abc",
		"\\xE2\\x80\\xAE"
		"abc"); /* right to left */
	ASSERT_ESCAPED("\xff\xc3(", "\\xFF\\xC3(");
	ASSERT_ESCAPED(
		"\xcb\xb3\xb5\xc2", "\xcb\xb3\\xB5\\xC2"); /* GB18030 that half looks right */
	ASSERT_ESCAPED("\xe9\xa1", "\\xE9\\xA1");
	ASSERT_ESCAPED("\xef\xbf\xbd", "\xef\xbf\xbd"); /* U+FFFD itself */
}

static char folder[] = "/tmp/jiaplus-scan-XXXXXX";
static struct decoder *decoder;

static void scan_images(const struct image *const images[], int count, struct reading_list *found)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/a.y4m", folder);
	struct err err = { 0 };

	y4m_write_file(path, images, count, 2, 25);
	assert_int_equal(file_scan(path, decoder, found, &err), 0);
	unlink(path);
}

TEST(recording_gives_each_code_once_in_order, none)
{
	static const char *const texts[] = { "FIRST", "SECOND", "FIRST", "THIRD" };
	const struct image *pointers[ARRAY_LEN(texts)];
	struct image images[ARRAY_LEN(texts)] = { { 0 } };
	struct reading_list found = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		frames_draw_text(SYMBOLOGY_QR, texts[i], 320, 240, &images[i]);
		pointers[i] = &images[i];
	}
	scan_images(pointers, ARRAY_LEN(texts), &found);
	assert_int_equal(found.count, 3);
	assert_string_equal(found.items[0].bytes, "FIRST");
	assert_string_equal(found.items[1].bytes, "SECOND");
	assert_string_equal(found.items[2].bytes, "THIRD");
	reading_list_finish(&found);
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		image_finish(&images[i]);
}

TEST(picture_is_read_with_every_effort, none)
{
	struct shown shown = { .symbology = SYMBOLOGY_CODE128, .bytes = "SLANTED", .angle = 45 };
	struct scene scene = { .width = 640, .height = 640, .shown = &shown, .count = 1 };
	CLEANUP(mem_free) char *path = mem_printf("%s/a.pgm", folder);
	struct reading_list found = { 0 };
	struct image image = { 0 };
	struct err err = { 0 };

	frames_draw(&scene, &image);
	frames_write_pgm(path, &image);
	assert_int_equal(file_scan(path, decoder, &found, &err), 0);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.items[0].bytes, "SLANTED");
	assert_int_equal(found.items[0].symbology, SYMBOLOGY_CODE128);
	reading_list_finish(&found);
	image_finish(&image);
	unlink(path);
}

TEST(recording_that_breaks_off_gives_what_was_read_and_the_error, none)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/cut.y4m", folder);
	struct reading_list found = { 0 };
	struct image image = { 0 };
	struct err err = { 0 };

	frames_draw_text(SYMBOLOGY_QR, "BEFORE", 320, 240, &image);
	const struct image *const images[] = { &image, &image };
	y4m_write_file(path, images, 2, 1, 25);
	assert_int_equal(truncate(path, 200000), 0);
	assert_int_equal(file_scan(path, decoder, &found, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_FILE_BAD));
	assert_int_equal(found.count, 1);
	reading_list_finish(&found);
	image_finish(&image);
	unlink(path);
}

TEST(device_is_no_file, none)
{
	struct reading_list found = { 0 };
	struct err err = { 0 };

	assert_int_equal(file_scan("/dev/null", decoder, &found, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_FILE_UNREADABLE));
	assert_int_equal(file_scan("auto", decoder, &found, &err), ERR_NOT_FOUND);
}

static int create(void **state)
{
	decoder = frames_decoder();
	return mkdtemp(folder) ? 0 : -1;
}

static int destroy(void **state)
{
	decoder_destroy(decoder);
	return rmdir(folder);
}

TEST_FILE(.setup = create, .teardown = destroy)
