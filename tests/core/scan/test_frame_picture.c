#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>
#include <png.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/scan/frame.h"
#include "core/scan/frame_open.h"
#include "core/scan/picture.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"

struct bytes {
	uint8_t *at;
	size_t size;
};

static struct bytes as_png(const void *pixels, uint32_t format, int width, int height)
{
	png_image png = {
		.version = PNG_IMAGE_VERSION,
		.width = (uint32_t)width,
		.height = (uint32_t)height,
		.format = format,
	};
	png_alloc_size_t size = 0;

	assert_true(png_image_write_to_memory(&png, NULL, &size, 0, pixels, 0, NULL));
	struct bytes bytes = { mem_alloc(size), size };
	assert_true(png_image_write_to_memory(&png, bytes.at, &size, 0, pixels, 0, NULL));
	return bytes;
}

static struct bytes as_jpeg(const uint8_t *pixels, int width, int height, bool is_progressive)
{
	struct jpeg_compress_struct codec;
	struct jpeg_error_mgr errors;
	struct bytes bytes = { 0 };
	unsigned long size = 0;

	codec.err = jpeg_std_error(&errors);
	jpeg_create_compress(&codec);
	jpeg_mem_dest(&codec, &bytes.at, &size);
	codec.image_width = (JDIMENSION)width;
	codec.image_height = (JDIMENSION)height;
	codec.input_components = 1;
	codec.in_color_space = JCS_GRAYSCALE;
	jpeg_set_defaults(&codec);
	if (is_progressive)
		jpeg_simple_progression(&codec);
	jpeg_start_compress(&codec, TRUE);
	while (codec.next_scanline < codec.image_height) {
		JSAMPROW row = (JSAMPROW)pixels + (size_t)codec.next_scanline * (size_t)width;
		jpeg_write_scanlines(&codec, &row, 1);
	}
	jpeg_finish_compress(&codec);
	jpeg_destroy_compress(&codec);
	bytes.size = size;
	return bytes;
}

static int refusal(const void *bytes, size_t size)
{
	struct image image = { 0 };
	struct err err = { 0 };
	/* A separate copy, so that a read past the end is detected. */
	CLEANUP(mem_free) void *copy = mem_alloc(size);

	memcpy(copy, bytes, size);
	int rc = picture_read(copy, size, "card.png", &image, &err);
	image_finish(&image);
	if (rc == 0)
		return REASON_NONE;
	assert_int_equal(rc, ERR_INVALID);
	assert_string_equal(err.reasons[0].text, "card.png");
	return err.reasons[0].code;
}

static void assert_reads_as(struct bytes bytes, const struct image *want, int tolerance)
{
	struct image image = { 0 };
	struct err err = { 0 };

	if (picture_read(bytes.at, bytes.size, "x", &image, &err) < 0)
		fail_msg("%s: %s", reason_name(err.reasons[0].code), err.detail);
	assert_int_equal(image.width, want->width);
	assert_int_equal(image.height, want->height);
	for (int i = 0; i < want->width * want->height; i++)
		assert_true(abs(image.pixels[i] - want->pixels[i]) <= tolerance);
	image_finish(&image);
}

static void draw_card(struct image *image)
{
	frames_draw_text(SYMBOLOGY_QR, "J1RTEST", 211, 203, image);
}

TEST(png_and_jpeg_read_as_drawn, none)
{
	struct image card = { 0 };

	draw_card(&card);
	struct bytes png = as_png(card.pixels, PNG_FORMAT_GRAY, card.width, card.height);
	struct bytes jpeg = as_jpeg(card.pixels, card.width, card.height, false);
	struct bytes progressive = as_jpeg(card.pixels, card.width, card.height, true);
	assert_reads_as(png, &card, 0);
	assert_reads_as(jpeg, &card, 90);
	assert_reads_as(progressive, &card, 90);
	free(png.at);
	free(jpeg.at);
	free(progressive.at);
	image_finish(&card);
}

TEST(transparent_parts_of_a_png_are_white, none)
{
	const uint8_t pixels[] = { 0, 255, 0, 0, 128, 255, 77, 0 }; /* grey, alpha */
	uint8_t want[] = { 0, 255, 128, 255 };
	struct image image = { .pixels = want, .width = 4, .height = 1 };
	struct bytes png = as_png(pixels, PNG_FORMAT_GA, 4, 1);

	assert_reads_as(png, &image, 1);
	free(png.at);
}

TEST(pgm_and_pbm_read_with_comments_and_depths, none)
{
#define BYTES(s) (s), sizeof(s) - 1
	static const struct {
		const char *bytes;
		size_t size;
		uint8_t want[4];
	} pictures[] = {
		{ BYTES("P5 2 2 255\n\0\1\200\377"), { 0, 1, 128, 255 } },
		{ BYTES("P5\n# made by hand\n2\n#\n2 3\n\0\1\2\3"), { 0, 85, 170, 255 } },
		{ BYTES("P5 2 2 65535 \0\0\0\377\200\0\377\377"), { 0, 0, 127, 255 } },
		{ BYTES("P4 2 2\n\x40\xff"), { 255, 0, 0, 0 } },
	};

	for (size_t i = 0; i < ARRAY_LEN(pictures); i++) {
		uint8_t want[4];
		memcpy(want, pictures[i].want, 4);
		struct image image = { .pixels = want, .width = 2, .height = 2 };
		assert_reads_as((struct bytes){ (uint8_t *)pictures[i].bytes, pictures[i].size },
			&image, 0);
	}
}

TEST(header_that_makes_no_sense_is_refused, none)
{
	static const char *const pictures[] = { "P5", "P5 ", "P5 2", "P5 2 2", "P5 2 2 255",
		"P5 2 2 255 \1\1\1", "P5 0 2 255 ", "P5 -2 2 255 \1\1\1\1", "P5 2 2 0 \1\1\1\1",
		"P5 2 2 65536 \1\1\1\1", "P5 9999999 2 255 ", "P5 x", "P4 17 1\n\1\1",
		"P6 1 1 255 \1\1\1", "hello", "\x89PNG", "\xff\xd8\xff", "GIF89a" };

	for (size_t i = 0; i < ARRAY_LEN(pictures); i++)
		assert_int_equal(refusal(pictures[i], strlen(pictures[i])), REASON_FILE_BAD);
	assert_int_equal(refusal("", 0), REASON_FILE_EMPTY);
	assert_int_equal(refusal("P5 999999 999999 255\n\1", 22), REASON_FILE_TOO_LARGE);
}

/* Every way in which a file can be truncated. */
TEST(half_a_picture_is_a_bad_one, none)
{
	struct image card = { 0 };

	draw_card(&card);
	struct bytes pictures[] = {
		as_png(card.pixels, PNG_FORMAT_GRAY, card.width, card.height),
		as_jpeg(card.pixels, card.width, card.height, false),
		as_jpeg(card.pixels, card.width, card.height, true),
	};
	for (size_t i = 0; i < ARRAY_LEN(pictures); i++) {
		/* The last bytes of a PNG and of a JPEG carry no picture. */
		for (size_t size = 0; size + 20 < pictures[i].size; size += 97)
			assert_int_equal(refusal(pictures[i].at, size),
				size ? REASON_FILE_BAD : REASON_FILE_EMPTY);
		free(pictures[i].at);
	}
	image_finish(&card);
}

TEST(png_of_a_wrong_checksum_is_bad, none)
{
	uint8_t grey[64] = { 0 };
	struct bytes png = as_png(grey, PNG_FORMAT_GRAY, 8, 8);

	png.at[png.size - 20] ^= 0xff;
	assert_int_equal(refusal(png.at, png.size), REASON_FILE_BAD);
	free(png.at);
}

TEST(size_is_checked_before_memory_is_taken, none)
{
	uint8_t grey[64] = { 0 };
	struct bytes jpeg = as_jpeg(grey, 8, 8, false);

	for (size_t i = 0; i + 8 < jpeg.size; i++)
		if (jpeg.at[i] == 0xff && jpeg.at[i + 1] == 0xc0)
			memset(jpeg.at + i + 5, 0xfe, 4); /* 65,278 × 65,278 */
	assert_int_equal(refusal(jpeg.at, jpeg.size), REASON_FILE_TOO_LARGE);
	free(jpeg.at);
}

/* --- files ----------------------------------------------------------------------------------- */

static char folder[] = "/tmp/jiaplus-picture-XXXXXX";

static char *in_folder(const char *name)
{
	return mem_printf("%s/%s", folder, name);
}

static char *write_file(const char *name, const void *bytes, size_t size)
{
	char *path = in_folder(name);
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
	return path;
}

static int refusal_of_file(const char *path, int *ret_code)
{
	struct frame_options options = { 0 };
	struct frame_source *source = NULL;
	struct err err = { 0 };

	*ret_code = frame_source_open(path, &options, &source, &err);
	if (*ret_code == 0) {
		frame_source_close(source);
		return REASON_NONE;
	}
	assert_string_equal(err.reasons[0].text, path);
	return err.reasons[0].code;
}

TEST(files_are_told_apart_by_content_and_refused_with_a_reason, none)
{
	static const struct {
		const char *name, *bytes;
		size_t size;
		int code;
		int reason;
	} files[] = {
		{ "good.jpg", "P5 1 1 255 \1", 12, 0, REASON_NONE },
		{ "empty.png", "", 0, ERR_INVALID, REASON_FILE_EMPTY },
		{ "text.png", "Not a picture", 13, ERR_INVALID, REASON_FILE_BAD },
		{ "huge.pgm", "P5 16000 16000 255 \1", 20, ERR_INVALID, REASON_FILE_TOO_LARGE },
	};
	int code;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		CLEANUP(mem_free)
		char *path = write_file(files[i].name, files[i].bytes, files[i].size);
		assert_int_equal(refusal_of_file(path, &code), files[i].reason);
		assert_int_equal(code, files[i].code);
		unlink(path);
	}
	CLEANUP(mem_free) char *missing = in_folder("missing.png");
	assert_int_equal(refusal_of_file(missing, &code), REASON_FILE_MISSING);
	assert_int_equal(code, ERR_NOT_FOUND);
	assert_int_equal(refusal_of_file(folder, &code), REASON_FILE_UNREADABLE);
	assert_int_equal(code, ERR_STORAGE);
}

TEST(picture_is_given_once_and_live_again_and_again, none)
{
	CLEANUP(mem_free) char *path = write_file("dot.pgm", "P5 1 1 255 \7", 12);
	struct clock clock = clock_set(0);
	struct frame_options options = { .clock = &clock };
	struct frame_source *source = NULL;
	struct frame frame;
	struct err err = { 0 };

	assert_int_equal(frame_source_open(path, &options, &source, &err), 0);
	assert_int_equal(source->next(source, &frame, &err), 1);
	assert_int_equal(frame.pixels[0], 7);
	assert_int_equal(source->next(source, &frame, &err), ERR_NOT_FOUND);
	frame_source_close(source);

	options.is_live = options.is_looped = true;
	assert_int_equal(frame_source_open(path, &options, &source, &err), 0);
	for (int i = 0; i < 5; i++) {
		assert_int_equal(source->next(source, &frame, &err), 1);
		assert_int_equal(frame.at_ms, clock.set_monotonic_ms);
		assert_int_equal(source->next(source, &frame, &err), 0);
		clock.set_monotonic_ms = source->wait(source).until_ms;
	}
	frame_source_close(source);
	unlink(path);
}

static int make_folder(void **state)
{
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	return rmdir(folder);
}

TEST_FILE(.setup = make_folder, .teardown = remove_folder)
