/* The camera source with a fake driver; time is set by hand, frames come from a real timer. */
#include <errno.h>
#include <linux/videodev2.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/scan/frame_camera.h"
#include "core/scan/reasons.h"
#include "tests/lib/fakev4l.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"

#define WIDTH  96
#define HEIGHT 64

static struct clock clock;

static int fake_poll(int fd, short *ret_events)
{
	struct pollfd one = { .fd = fd, .events = POLLIN };
	int rc = poll(&one, 1, 0);

	*ret_events = one.revents;
	return rc;
}

static const struct camera_io fake_io = {
	.open = fakev4l_open,
	.close = fakev4l_close,
	.ioctl = fakev4l_ioctl,
	.mmap = fakev4l_mmap,
	.munmap = fakev4l_munmap,
	.poll = fake_poll,
};

static const struct fakev4l_setup usual = {
	.width = WIDTH,
	.height = HEIGHT,
	.formats = "GREY YUYV MJPG",
	.frames_per_second = 500,
};

static struct frame_source *camera_with(const struct fakev4l_setup *setup, const char *name)
{
	struct frame_options options = { .clock = &clock, .io = &fake_io };
	struct frame_source *source = NULL;
	struct err err = { 0 };

	clock = clock_set(0);
	fakev4l_init(setup);
	assert_int_equal(frame_camera_open(name, &options, &source, &err), 0);
	return source;
}

static void camera_end(struct frame_source *source)
{
	frame_source_close(source);
	assert_false(fakev4l_is_open());
	assert_int_equal(fakev4l_mapped(), 0);
	fakev4l_finish();
}

/* Asks until there is a frame or trouble, waiting as the source wishes. */
static int next(struct frame_source *source, struct frame *frame, struct err *err)
{
	int rc = source->next(source, frame, err);

	for (int turn = 0; rc == 0 && turn < 100; turn++) {
		struct frame_wait wait = source->wait(source);
		struct pollfd one = { .fd = wait.fd, .events = wait.events };
		assert_int_equal(poll(&one, 1, 5000), 1);
		rc = source->next(source, frame, err);
	}
	return rc;
}

static void assert_trouble(struct frame_source *source, int reason)
{
	struct frame frame;
	struct err err = { 0 };

	assert_int_equal(source->next(source, &frame, &err), ERR_DEVICE);
	if (!err_has(&err, reason))
		fail_msg("%s instead of %s (%s)", reason_name(err.reasons[0].code),
			reason_name(reason), err.detail);
	assert_string_equal(err.reasons[0].text, "/dev/video0");
}

static void assert_frame(struct frame_source *source)
{
	struct frame frame;
	struct err err = { 0 };

	if (next(source, &frame, &err) != 1)
		fail_msg("%s (%s)", reason_name(err.reasons[0].code), err.detail);
}

/* At the source's own deadline, as the thread would. */
static void pass_until_wanted(const struct frame_source *source)
{
	clock.set_monotonic_ms = source->wait(source).until_ms;
}

TEST(every_format_gives_the_picture_that_is_shown, none)
{
	static const struct {
		const char *formats;
		int padding, tolerance;
	} cameras[] = { { "GREY", 0, 0 }, { "GREY", 13, 0 }, { "YUYV", 0, 0 }, { "YUYV", 6, 0 },
		{ "MJPG", 0, 40 } };
	struct image card = { 0 };

	frames_draw_text(SYMBOLOGY_EAN13, "978030640615", WIDTH, HEIGHT, &card);
	for (size_t i = 0; i < ARRAY_LEN(cameras); i++) {
		struct fakev4l_setup setup = usual;
		struct err err = { 0 };
		struct frame frame;
		setup.formats = cameras[i].formats;
		setup.padding = cameras[i].padding;
		struct frame_source *source = camera_with(&setup, "/dev/video0");
		fakev4l_show(card.pixels);
		assert_int_equal(next(source, &frame, &err), 1);
		assert_int_equal(frame.width, WIDTH);
		assert_int_equal(frame.height, HEIGHT);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				assert_true(abs(frame.pixels[y * frame.stride + x] -
						    card.pixels[y * WIDTH + x]) <=
					    cameras[i].tolerance);
		camera_end(source);
	}
	image_finish(&card);
}

TEST(auto_finds_the_first_camera_that_works, none)
{
	struct fakev4l_setup setup = usual;

	setup.path = "/dev/video7";
	struct frame_source *source = camera_with(&setup, "auto");
	assert_frame(source);
	camera_end(source);
}

TEST(camera_without_a_format_of_ours_has_failed, none)
{
	struct fakev4l_setup setup = usual;

	setup.formats = "H264";
	struct frame_source *source = camera_with(&setup, "/dev/video0");
	assert_trouble(source, REASON_CAMERA_FAILED);
	camera_end(source);
}

TEST(missing_camera_is_tried_each_second, none)
{
	struct frame_source *source = camera_with(&usual, "/dev/video0");

	fakev4l_set(FAKEV4L_UNPLUGGED);
	assert_trouble(source, REASON_CAMERA_MISSING);
	fakev4l_set(FAKEV4L_PLUGGED);
	clock.set_monotonic_ms += 999;
	assert_trouble(source, REASON_CAMERA_MISSING);
	assert_int_equal(source->wait(source).until_ms, 1000);
	pass_until_wanted(source);
	assert_frame(source);
	camera_end(source);
}

TEST(busy_camera_is_taken_once_it_is_free, none)
{
	struct frame_source *source = camera_with(&usual, "/dev/video0");

	fakev4l_set(FAKEV4L_BUSY);
	for (int i = 0; i < 3; i++) {
		assert_trouble(source, REASON_CAMERA_BUSY);
		assert_false(fakev4l_is_open());
		pass_until_wanted(source);
	}
	fakev4l_set(FAKEV4L_PLUGGED);
	assert_frame(source);
	camera_end(source);
}

TEST(unplugged_camera_comes_back, none)
{
	struct frame_source *source = camera_with(&usual, "/dev/video0");

	for (int i = 1; i <= 3; i++) {
		assert_frame(source);
		assert_int_equal(fakev4l_opened(), i);
		fakev4l_set(FAKEV4L_UNPLUGGED);
		assert_trouble(source, REASON_CAMERA_GONE);
		assert_false(fakev4l_is_open());
		pass_until_wanted(source);
		assert_trouble(source, REASON_CAMERA_GONE); /* not "missing": it was there */
		fakev4l_set(FAKEV4L_PLUGGED);
		pass_until_wanted(source);
	}
	assert_frame(source);
	camera_end(source);
}

TEST(camera_without_a_frame_for_a_second_is_frozen, none)
{
	struct frame_source *source = camera_with(&usual, "/dev/video0");
	struct err err = { 0 };
	struct frame frame;

	assert_frame(source);
	fakev4l_set(FAKEV4L_FROZEN);
	clock.set_monotonic_ms += 999;
	assert_int_equal(source->next(source, &frame, &err), 0);
	pass_until_wanted(source);
	assert_int_equal(clock.set_monotonic_ms, 1000);
	assert_trouble(source, REASON_CAMERA_FROZEN);
	pass_until_wanted(source);
	assert_int_equal(clock.set_monotonic_ms, 5000);
	assert_trouble(source, REASON_CAMERA_FROZEN);
	assert_int_equal(fakev4l_opened(), 2); /* closed and opened again */
	fakev4l_set(FAKEV4L_PLUGGED);
	for (int turn = 0; turn < 100 && source->next(source, &frame, &err) != 1; turn++)
		poll(&(struct pollfd){ .fd = source->wait(source).fd, .events = POLLIN }, 1, 100);
	assert_frame(source);
	camera_end(source);
}

/* Torn JPEGs are detected by our own check, the other formats by the driver's flag. */
TEST(torn_frames_are_dropped, none)
{
	static const char *const formats[] = { "MJPG", "YUYV", "GREY" };

	for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
		struct fakev4l_setup setup = usual;
		struct err err = { 0 };
		struct frame frame;
		setup.formats = formats[i];
		struct frame_source *source = camera_with(&setup, "/dev/video0");
		assert_frame(source);
		fakev4l_set(FAKEV4L_TORN);
		for (int turn = 0; turn < 10; turn++) {
			poll(&(struct pollfd){ .fd = source->wait(source).fd, .events = POLLIN }, 1,
				1000);
			assert_int_equal(source->next(source, &frame, &err), 0);
		}
		clock.set_monotonic_ms += 1000;
		assert_trouble(source, REASON_CAMERA_FROZEN);
		fakev4l_set(FAKEV4L_PLUGGED);
		poll(&(struct pollfd){ .fd = source->wait(source).fd, .events = POLLIN }, 1, 1000);
		assert_frame(source);
		camera_end(source);
	}
}

TEST(slow_reader_gets_the_newest_frame, none)
{
	struct fakev4l_setup setup = usual;
	uint8_t shade[WIDTH * HEIGHT];
	struct err err = { 0 };
	struct frame frame;

	struct frame_source *source = camera_with(&setup, "/dev/video0");
	assert_frame(source);
	poll(NULL, 0, 50); /* a good two dozen frames pass */
	memset(shade, 200, sizeof(shade));
	fakev4l_show(shade);
	assert_int_equal(next(source, &frame, &err), 1);
	assert_int_equal(frame.pixels[0], 200);
	camera_end(source);
}

/* ---- a driver that is never without a picture ---- */

#define TAKEN_MAX 1000

static int taken;

static int endless_ioctl(int fd, unsigned long request, void *argument)
{
	struct v4l2_buffer *buffer = argument;

	if (request == VIDIOC_QBUF && taken)
		return 0;
	if (request != VIDIOC_DQBUF)
		return fakev4l_ioctl(fd, request, argument);
	buffer->index = 0;
	buffer->bytesused = WIDTH * HEIGHT;
	errno = EAGAIN;
	return ++taken > TAKEN_MAX ? -1 : 0;
}

TEST(a_driver_that_is_never_without_a_picture_is_not_asked_for_ever, none)
{
	struct camera_io io = fake_io;
	struct frame_options options = { .clock = &clock, .io = &io };
	struct frame_source *source = NULL;
	struct frame frame;
	struct err err = { 0 };

	io.ioctl = endless_ioctl;
	taken = 0;
	clock = clock_set(0);
	fakev4l_init(&usual);
	assert_int_equal(frame_camera_open("/dev/video0", &options, &source, &err), 0);
	assert_int_equal(source->next(source, &frame, &err), 1);
	assert_in_range(taken, 1, 16);
	camera_end(source);
}
