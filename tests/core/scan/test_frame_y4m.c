#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/scan/frame.h"
#include "core/scan/frame_open.h"
#include "core/scan/reasons.h"
#include "core/scan/y4m.h"
#include "tests/lib/test.h"
#include "tests/lib/y4m_out.h"

/* --- the parser ------------------------------------------------------------------------------ */

/* Pushes everything in pieces of `piece` bytes; returns the number of frames or the negated
 * reason. */
static int frames_in(const char *bytes, size_t size, size_t piece)
{
	struct y4m *y4m = y4m_create();
	struct err err = { 0 };
	int frames = 0;

	for (size_t at = 0; at < size;) {
		bool has_frame = false;
		size_t count = size - at < piece ? size - at : piece;
		int64_t taken = y4m_push(y4m, bytes + at, count, "a.y4m", &has_frame, &err);
		if (taken < 0) {
			assert_int_equal(taken, ERR_INVALID);
			assert_string_equal(err.reasons[0].text, "a.y4m");
			frames = -(int)err.reasons[0].code;
			break;
		}
		assert_true(taken > 0);
		at += (size_t)taken;
		frames += has_frame;
	}
	y4m_destroy(y4m);
	return frames;
}

static int frames_in_text(const char *text)
{
	return frames_in(text, strlen(text), 4096);
}

TEST(every_layout_of_planes_is_skipped_right, none)
{
	static const struct {
		const char *name;
		size_t chroma; /* bytes, of a 3×3 frame */
	} layouts[] = { { "", 8 }, { " C420", 8 }, { " C420jpeg", 8 }, { " C420mpeg2", 8 },
		{ " C420paldv", 8 }, { " C411", 6 }, { " C422", 12 }, { " C444", 18 },
		{ " C444alpha", 27 }, { " Cmono", 0 } };

	for (size_t i = 0; i < ARRAY_LEN(layouts); i++) {
		char bytes[512];
		size_t size = (size_t)snprintf(
			bytes, sizeof(bytes), "YUV4MPEG2 W3 H3 F30:1%s Ip XA=B\n", layouts[i].name);
		for (int frame = 0; frame < 3; frame++) {
			memcpy(bytes + size, "FRAME Ip\n", 9);
			memset(bytes + size + 9, '\n', 9 + layouts[i].chroma);
			size += 18 + layouts[i].chroma;
		}
		for (size_t piece = 1; piece < 40; piece++)
			assert_int_equal(frames_in(bytes, size, piece), 3);
	}
}

TEST(luma_comes_out_as_it_was_written, none)
{
	static const char bytes[] = "YUV4MPEG2 W2 H2 Cmono\nFRAME\n\1\2\3\4FRAME\n\5\6\7\10";
	struct y4m *y4m = y4m_create();
	struct err err = { 0 };
	bool has_frame;

	assert_null(y4m_header(y4m));
	int64_t taken = y4m_push(y4m, bytes, sizeof(bytes) - 1, "a", &has_frame, &err);
	assert_true(has_frame);
	assert_memory_equal(y4m_image(y4m)->pixels, "\1\2\3\4", 4);
	assert_int_equal(y4m_header(y4m)->rate, 25);
	assert_true(y4m_is_between_frames(y4m));
	taken += y4m_push(
		y4m, bytes + taken, sizeof(bytes) - 1 - (size_t)taken, "a", &has_frame, &err);
	assert_int_equal(taken, sizeof(bytes) - 1);
	assert_true(has_frame);
	assert_memory_equal(y4m_image(y4m)->pixels, "\5\6\7\10", 4);
	y4m_destroy(y4m);
}

TEST(header_that_makes_no_sense_is_refused, none)
{
	static const char *const headers[] = { "YUV4MPEG3 W1 H1\n", "\n", "YUV4MPEG2\n",
		"YUV4MPEG2 W1\n", "YUV4MPEG2 W0 H1\n", "YUV4MPEG2 W-1 H1\n", "YUV4MPEG2 W1x H1\n",
		"YUV4MPEG2 W99999999999 H1\n", "YUV4MPEG2 W1 H1 F30\n", "YUV4MPEG2 W1 H1 F-1:1\n",
		"YUV4MPEG2 W1 H1 F30:1:1\n", "YUV4MPEG2 W1 H1 F99999:1\n",
		"YUV4MPEG2 W1 H1 C420p10\n", "YUV4MPEG2 W1 H1 Cmono16\n", "YUV4MPEG2 W1 H1 C\n",
		"YUV4MPEG2 W1 H1 Cmono\nFRAMES\n", "YUV4MPEG2 W1 H1 Cmono\nframe\n" };
	char endless[2000] = "YUV4MPEG2 W1 H1 X";

	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		assert_int_equal(frames_in_text(headers[i]), -REASON_FILE_BAD);
	memset(endless + 17, 'x', sizeof(endless) - 17);
	assert_int_equal(frames_in(endless, sizeof(endless), 4096), -REASON_FILE_BAD);
	assert_int_equal(frames_in(endless, sizeof(endless), 1), -REASON_FILE_BAD);
	assert_int_equal(frames_in("YUV4MPEG2 W1\0 H1\n", 17, 4096), -REASON_FILE_BAD);
	assert_int_equal(frames_in_text("YUV4MPEG2 W16000 H16000\n"), -REASON_FILE_TOO_LARGE);
	assert_int_equal(frames_in_text("YUV4MPEG2 W20000 H1\n"), -REASON_FILE_TOO_LARGE);
	assert_int_equal(frames_in_text("YUV4MPEG2 W1 H1 F0:0 Cmono\nFRAME\nx"), 1);
}

/* --- files and FIFOs ------------------------------------------------------------------------- */

static char folder[] = "/tmp/jiaplus-y4m-XXXXXX";
static char *path;

static void write_text(const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static struct frame_source *open_source(const struct frame_options *options)
{
	struct frame_source *source = NULL;
	struct err err = { 0 };

	assert_int_equal(frame_source_open(path, options, &source, &err), 0);
	return source;
}

#define TWO_FRAMES "YUV4MPEG2 W1 H1 F10:1 Cmono\nFRAME\naFRAME\nb"

TEST(file_that_is_not_live_gives_all_at_once_in_its_own_time, none)
{
	struct err err = { 0 };
	struct frame frame;

	write_text(TWO_FRAMES);
	struct frame_source *source = open_source(&(struct frame_options){ 0 });
	assert_int_equal(source->next(source, &frame, &err), 1);
	assert_int_equal(frame.pixels[0], 'a');
	assert_int_equal(frame.at_ms, 0);
	assert_int_equal(source->next(source, &frame, &err), 1);
	assert_int_equal(frame.pixels[0], 'b');
	assert_int_equal(frame.at_ms, 100);
	assert_int_equal(source->next(source, &frame, &err), ERR_NOT_FOUND);
	assert_int_equal(source->next(source, &frame, &err), ERR_NOT_FOUND);
	assert_int_equal(source->wait(source).until_ms, INT64_MAX);
	frame_source_close(source);
}

TEST(live_file_keeps_its_pace_and_begins_again, none)
{
	struct clock clock = clock_set(0);
	struct frame_options options = { .is_live = true, .is_looped = true, .clock = &clock };
	struct err err = { 0 };
	struct frame frame;

	clock.set_monotonic_ms = 5000;
	write_text(TWO_FRAMES);
	struct frame_source *source = open_source(&options);
	for (int i = 0; i < 7; i++) {
		assert_int_equal(source->next(source, &frame, &err), 1);
		assert_int_equal(frame.pixels[0], i % 2 ? 'b' : 'a');
		assert_int_equal(frame.at_ms, clock.set_monotonic_ms);
		clock.set_monotonic_ms += i == 3 ? 1000 : 99; /* late once: no frame is dropped */
		if (i == 3)
			continue;
		assert_int_equal(source->next(source, &frame, &err), 0);
		clock.set_monotonic_ms = source->wait(source).until_ms;
	}
	frame_source_close(source);
}

TEST(file_that_ends_inside_a_frame_is_bad, none)
{
	static const char *const files[] = { "YUV4MPEG2 W1 H1 Cmono\n", "YUV4MPEG2 W1 H1",
		"YUV4MPEG2 W1 H1 Cmono\nFRAME\n", "YUV4MPEG2 W1 H1 Cmono\nFRA" };
	struct err err = { 0 };
	struct frame frame;

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		write_text(files[i]);
		struct frame_source *source = open_source(&(struct frame_options){ 0 });
		assert_int_equal(source->next(source, &frame, &err), ERR_INVALID);
		assert_true(err_has(&err, REASON_FILE_BAD));
		frame_source_close(source);
	}
}

TEST(looped_file_of_no_frames_does_not_loop_for_ever, none)
{
	struct frame_options options = { .is_live = true, .is_looped = true };
	struct err err = { 0 };
	struct frame frame;

	write_text("YUV4MPEG2 W1 H1 Cmono\n");
	struct frame_source *source = open_source(&options);
	assert_int_equal(source->next(source, &frame, &err), ERR_INVALID);
	frame_source_close(source);
}

static int writer_open(void)
{
	int fd = open(path, O_WRONLY | O_NONBLOCK);

	assert_true(fd >= 0);
	return fd;
}

static void put(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* What the source waits for; false if it would never come. */
static bool would_wake(struct frame_source *source)
{
	struct frame_wait wait = source->wait(source);
	struct pollfd one = { .fd = wait.fd, .events = wait.events };

	return poll(&one, 1, 0) == 1;
}

TEST(fifo_is_missing_then_fine_then_gone_and_waits_for_the_next_writer, none)
{
	struct frame_options options = { .is_live = true };
	struct err err = { 0 };
	struct frame frame;

	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	struct frame_source *source = open_source(&options);
	assert_int_equal(source->next(source, &frame, &err), ERR_DEVICE);
	assert_true(err_has(&err, REASON_CAMERA_MISSING));
	for (int turn = 0; turn < 3; turn++) {
		assert_false(would_wake(source));
		int fd = writer_open();
		put(fd, "YUV4MPEG2 W1 H1 Cmono\nFRAME\nx");
		assert_true(would_wake(source));
		assert_int_equal(source->next(source, &frame, &err), 1);
		assert_int_equal(frame.pixels[0], 'x');
		assert_int_equal(source->next(source, &frame, &err), 0);
		put(fd, "FRA"); /* cut off in the middle */
		assert_int_equal(source->next(source, &frame, &err), 0);
		close(fd);
		assert_true(would_wake(source));
		assert_int_equal(source->next(source, &frame, &err), ERR_DEVICE);
		assert_true(err_has(&err, REASON_CAMERA_GONE));
	}
	frame_source_close(source);
	unlink(path);
}

TEST(fifo_with_nonsense_says_so_until_its_writer_leaves, none)
{
	struct frame_options options = { .is_live = true };
	struct err err = { 0 };
	struct frame frame;

	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	struct frame_source *source = open_source(&options);
	int fd = writer_open();
	put(fd, "GIF89a\nYUV4MPEG2 W1 H1 Cmono\nFRAME\nx");
	assert_int_equal(source->next(source, &frame, &err), ERR_DEVICE);
	assert_true(err_has(&err, REASON_CAMERA_FAILED));
	put(fd, "more");
	assert_int_equal(source->next(source, &frame, &err), ERR_DEVICE);
	assert_true(err_has(&err, REASON_CAMERA_FAILED));
	close(fd);
	assert_int_equal(source->next(source, &frame, &err), ERR_DEVICE);
	assert_true(err_has(&err, REASON_CAMERA_GONE));
	fd = writer_open();
	put(fd, TWO_FRAMES);
	assert_int_equal(source->next(source, &frame, &err), 1);
	close(fd);
	frame_source_close(source);
	unlink(path);
}

TEST(fifo_that_is_not_live_ends_with_its_writer, none)
{
	struct err err = { 0 };
	struct frame frame;

	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	struct frame_source *source = open_source(&(struct frame_options){ 0 });
	assert_int_equal(source->next(source, &frame, &err), 0);
	int fd = writer_open();
	put(fd, TWO_FRAMES);
	close(fd);
	assert_int_equal(source->next(source, &frame, &err), 1);
	assert_int_equal(source->next(source, &frame, &err), 1);
	assert_int_equal(source->next(source, &frame, &err), ERR_NOT_FOUND);
	frame_source_close(source);
	unlink(path);
}

static int make_folder(void **state)
{
	if (!mkdtemp(folder))
		return -1;
	path = mem_printf("%s/a.y4m", folder);
	return 0;
}

static int remove_folder(void **state)
{
	unlink(path);
	free(path);
	return rmdir(folder);
}

TEST_FILE(.setup = make_folder, .teardown = remove_folder)
