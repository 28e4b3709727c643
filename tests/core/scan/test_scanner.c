/* The scanner's thread, with a fake camera and with a FIFO. */
#include <dirent.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/scan/frame_camera.h"
#include "core/scan/scanner.h"
#include "tests/lib/fakev4l.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"
#include "tests/lib/y4m_out.h"

#define WIDTH       320
#define HEIGHT      240
#define DEADLINE_MS 20000 /* a sanitizer on a busy machine is slow */
#define PROMPT_MS   3000  /* its 200 ms, on such a machine; a hung driver would never end */

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

static void plug_camera(const char *formats)
{
	fakev4l_init(&(struct fakev4l_setup){
		.width = WIDTH,
		.height = HEIGHT,
		.formats = formats,
		.frames_per_second = 100,
	});
}

static void show_on_camera(enum symbology symbology, const char *text)
{
	struct image image = { 0 };

	if (text)
		frames_draw_text(symbology, text, WIDTH, HEIGHT, &image);
	else
		frames_draw_blank(WIDTH, HEIGHT, &image);
	fakev4l_show(image.pixels);
	image_finish(&image);
}

static struct scanner *start(const char *device)
{
	struct frame_options options = { .io = &fake_io };
	struct scanner *scanner = NULL;
	struct err err = { 0 };

	assert_int_equal(scanner_start(device, &options, &scanner, &err), 0);
	return scanner;
}

/* The next event, waited for on the descriptor that the main loop polls. */
static struct scan_event await(struct scanner *scanner)
{
	struct scan_event event = { 0 };
	struct pollfd one = { .fd = scanner_fd(scanner), .events = POLLIN };

	while (!scanner_take(scanner, &event))
		if (poll(&one, 1, DEADLINE_MS) != 1)
			fail_msg("no event within %d ms", DEADLINE_MS);
	return event;
}

static void await_state(struct scanner *scanner, enum scanner_state state)
{
	struct scan_event event = await(scanner);

	assert_int_equal(event.kind, SCAN_STATE);
	if (event.state != state)
		fail_msg("state %d instead of %d: %s", event.state, state, event.err.detail);
	assert_int_equal(event.err.code == ERR_NONE, state == SCANNER_OK);
}

static void await_code(struct scanner *scanner, const char *text)
{
	struct scan_event event = await(scanner);

	assert_int_equal(event.kind, SCAN_CODE);
	assert_int_equal(event.reading.size, strlen(text));
	assert_memory_equal(event.reading.bytes, text, strlen(text));
	assert_int_equal(event.frame_width, WIDTH);
	scan_event_finish(&event);
}

static void assert_silent_for(struct scanner *scanner, int ms)
{
	struct scan_event event;
	struct pollfd one = { .fd = scanner_fd(scanner), .events = POLLIN };

	assert_int_equal(poll(&one, 1, ms), 0);
	assert_false(scanner_take(scanner, &event));
}

TEST(codes_held_up_one_after_the_other_are_scanned_once_each, none)
{
	plug_camera("YUYV");
	struct scanner *scanner = start("/dev/video0");
	await_state(scanner, SCANNER_OK);
	show_on_camera(SYMBOLOGY_QR, "J1RCARD");
	await_code(scanner, "J1RCARD");
	assert_silent_for(scanner, 300);
	show_on_camera(SYMBOLOGY_CODE128, "J1ITEM");
	await_code(scanner, "J1ITEM");
	show_on_camera(SYMBOLOGY_QR, NULL);
	assert_silent_for(scanner, 1500);
	show_on_camera(SYMBOLOGY_QR, "J1RCARD");
	await_code(scanner, "J1RCARD");
	scanner_stop(scanner);
	assert_false(fakev4l_is_open());
	fakev4l_finish();
}

TEST(camera_in_trouble_is_reported_and_comes_back, none)
{
	plug_camera("GREY");
	fakev4l_set(FAKEV4L_BUSY);
	struct scanner *scanner = start("auto");
	await_state(scanner, SCANNER_BUSY);
	fakev4l_set(FAKEV4L_PLUGGED);
	await_state(scanner, SCANNER_OK);
	fakev4l_set(FAKEV4L_UNPLUGGED);
	await_state(scanner, SCANNER_GONE);
	fakev4l_set(FAKEV4L_PLUGGED);
	await_state(scanner, SCANNER_OK);
	fakev4l_set(FAKEV4L_FROZEN);
	await_state(scanner, SCANNER_FROZEN);
	show_on_camera(SYMBOLOGY_QR, "THAWED");
	fakev4l_set(FAKEV4L_PLUGGED);
	await_state(scanner, SCANNER_OK);
	await_code(scanner, "THAWED");
	scanner_stop(scanner);
	fakev4l_finish();
}

TEST(device_that_is_not_there_is_missing, none)
{
	struct scanner *scanner = start("/dev/video-none");

	await_state(scanner, SCANNER_MISSING);
	scanner_stop(scanner);
	scanner = start("/nonexistent/recording.y4m");
	await_state(scanner, SCANNER_MISSING);
	scanner_stop(scanner);
}

static int64_t stop_ms(struct scanner *scanner)
{
	int64_t before = clock_ms(&clock_system);

	scanner_stop(scanner);
	return clock_ms(&clock_system) - before;
}

static int threads_now(void)
{
	DIR *folder = opendir("/proc/self/task");
	int count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

TEST(stop_is_prompt_even_when_the_driver_hangs, none)
{
	plug_camera("YUYV");
	int threads = threads_now();
	struct scanner *scanner = start("/dev/video0");
	await_state(scanner, SCANNER_OK);
	assert_true(stop_ms(scanner) <= PROMPT_MS);
	assert_int_equal(threads_now(), threads);

	scanner = start("/dev/video0");
	await_state(scanner, SCANNER_OK);
	fakev4l_set(FAKEV4L_HUNG);
	poll(NULL, 0, 100);
	assert_true(stop_ms(scanner) <= PROMPT_MS);
	fakev4l_set(FAKEV4L_PLUGGED);
	for (int i = 0; i < 200 && threads_now() > threads; i++)
		poll(NULL, 0, 10);
	assert_int_equal(threads_now(), threads); /* let go, it ended by itself */
	assert_false(fakev4l_is_open());
	fakev4l_finish();
}

TEST(events_that_nobody_takes_are_freed, none)
{
	plug_camera("YUYV");
	show_on_camera(SYMBOLOGY_QR, "UNHEARD");
	struct scanner *scanner = start("/dev/video0");
	await_state(scanner, SCANNER_OK);
	struct pollfd one = { .fd = scanner_fd(scanner), .events = POLLIN };
	assert_int_equal(poll(&one, 1, DEADLINE_MS), 1);
	scanner_stop(scanner);
	fakev4l_finish();
}

TEST(starting_and_stopping_leaves_nothing_open, none)
{
	int fd = dup(0);

	plug_camera("MJPG");
	for (int i = 0; i < 20; i++) {
		struct scanner *scanner = start("/dev/video0");
		if (i % 2)
			await_state(scanner, SCANNER_OK);
		scanner_stop(scanner);
	}
	int after = dup(0);
	assert_int_equal(after, fd + 1);
	close(fd);
	close(after);
	fakev4l_finish();
}

TEST(fifo_is_a_camera_too, none)
{
	char folder[] = "/tmp/jiaplus-scanner-XXXXXX";
	struct image image = { 0 };

	assert_non_null(mkdtemp(folder));
	CLEANUP(mem_free) char *path = mem_printf("%s/camera", folder);
	struct y4m_feed *feed = y4m_feed_start(path, WIDTH, HEIGHT, 50);
	struct scanner *scanner = start(path);
	struct scan_event event = await(scanner);
	if (event.state == SCANNER_MISSING) /* when the scanner was first */
		event = await(scanner);
	assert_int_equal(event.state, SCANNER_OK);
	frames_draw_text(SYMBOLOGY_QR, "BY FIFO", WIDTH, HEIGHT, &image);
	y4m_feed_show(feed, &image);
	await_code(scanner, "BY FIFO");
	y4m_feed_unplug(feed);
	await_state(scanner, SCANNER_GONE);
	frames_draw_text(SYMBOLOGY_QR, "BACK", WIDTH, HEIGHT, &image);
	y4m_feed_show(feed, &image);
	await_state(scanner, SCANNER_OK);
	await_code(scanner, "BACK");
	assert_true(y4m_feed_await(feed, 3, DEADLINE_MS));
	scanner_stop(scanner);
	y4m_feed_stop(feed);
	image_finish(&image);
	assert_int_equal(rmdir(folder), 0);
}

TEST(recording_is_over_at_its_end, none)
{
	char folder[] = "/tmp/jiaplus-scanner-XXXXXX";
	struct image blank = { 0 }, code = { 0 };

	assert_non_null(mkdtemp(folder));
	CLEANUP(mem_free) char *path = mem_printf("%s/a.y4m", folder);
	frames_draw_blank(WIDTH, HEIGHT, &blank);
	frames_draw_text(SYMBOLOGY_QR, "ONE FRAME", WIDTH, HEIGHT, &code);
	const struct image *const images[] = { &blank, &blank, &code, &blank, &blank };
	y4m_write_file(path, images, 5, 1, 30);
	struct scanner *scanner = start(path);
	await_state(scanner, SCANNER_OK);
	await_code(scanner, "ONE FRAME");
	await_state(scanner, SCANNER_GONE);
	scanner_stop(scanner);
	unlink(path);
	rmdir(folder);
	image_finish(&blank);
	image_finish(&code);
}
