/* A camera that is busy, unplugged, frozen, hung or sends torn pictures, under the real kiosk: the
 * corner says so, the wedge scanner goes on working, and the camera comes back by itself. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/fakev4l.h"
#include "tests/lib/frames.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define WIDTH    640
#define HEIGHT   480
#define DEVICE   "/dev/video9"
#define RESIDENT 11 /* 黄伟豪, with nothing borrowed */
#define NAME     "黄*豪"

struct fixture {
	struct venue_case *venue;
	char *control, *picture;
	int lent; /* how many of `items` */
};

/* Of the demo venue, on the shelf. Each is shown once: a code counts again only when the camera has
 * seen the counter without it for a while. */
static const int items[] = { 4, 5, 14, 18, 54 };

static int camera_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	f->venue = venue_case_create();
	f->control = venue_path(f->venue, "control");
	f->picture = venue_path(f->venue, "picture.pgm");
	*state = f;
	return 0;
}

static int camera_teardown(void **state)
{
	struct fixture *f = *state;

	venue_case_destroy(f->venue);
	free(f->control);
	free(f->picture);
	free(f);
	return 0;
}

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#define HAS_SANITIZER __has_feature(address_sanitizer)
#else
#define HAS_SANITIZER 0
#endif

/* ---- the camera ---- */

static void set_camera(const struct fixture *f, enum fakev4l_mode mode, const char *shown)
{
	CLEANUP(mem_free) char *part = mem_printf("%s.part", f->control);
	struct image image = { 0 };
	FILE *out = fopen(part, "we");

	assert_non_null(out);
	if (shown)
		frames_draw_text(SYMBOLOGY_QR, shown, WIDTH, HEIGHT, &image);
	else
		frames_draw_blank(WIDTH, HEIGHT, &image);
	frames_write_pgm(f->picture, &image);
	image_finish(&image);
	fprintf(out, "%s %s\n", fakev4l_mode_names[mode], f->picture);
	fclose(out);
	assert_int_equal(rename(part, f->control), 0);
}

static struct vt *start(struct fixture *f, const char *formats, enum fakev4l_mode mode)
{
	CLEANUP(mem_free)
	char *library = mem_printf("%s/tests/lib/libfakev4l.so", getenv("JIAPLUS_BUILD"));
	CLEANUP(mem_free) char *size = mem_printf("%dx%d", WIDTH, HEIGHT);

	set_camera(f, mode, NULL);
	setenv("FAKEV4L_DEVICE", DEVICE, 1);
	setenv("FAKEV4L_FORMATS", formats, 1);
	setenv("FAKEV4L_SIZE", size, 1);
	setenv("FAKEV4L_CONTROL", f->control, 1);
	setenv("LD_PRELOAD", library, 1);
	struct vt *vt = venue_start(
		f->venue, &(struct venue_kiosk){ .conf = "[camera]\ndevice = " DEVICE "\n",
				  .has_own_camera = true });
	unsetenv("LD_PRELOAD");
	return vt;
}

/* ---- what works ---- */

static void end_visit(struct vt *vt)
{
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On duty today"));
}

static int next_item(struct fixture *f)
{
	assert_in_range(f->lent, 0, ARRAY_LEN(items) - 1);
	return items[f->lent++];
}

static void expect_item(struct vt *vt, int item)
{
	CLEANUP(mem_free) char *number = mem_printf("%06d", item);

	vt_expect(vt, number);
}

static void begin_visit(struct fixture *f, struct vt *vt)
{
	vt_scan(vt, venue_card(f->venue, RESIDENT));
	vt_expect(vt, NAME);
}

static void wedge_lends(struct fixture *f, struct vt *vt)
{
	int item = next_item(f);

	begin_visit(f, vt);
	vt_scan(vt, venue_label(f->venue, item));
	expect_item(vt, item);
	end_visit(vt);
}

static void camera_lends(struct fixture *f, struct vt *vt)
{
	int item = next_item(f);

	begin_visit(f, vt);
	set_camera(f, FAKEV4L_PLUGGED, venue_label(f->venue, item));
	expect_item(vt, item);
	set_camera(f, FAKEV4L_PLUGGED, NULL);
	end_visit(vt);
}

/* The corner says so, the wedge works meanwhile, and with the camera back all is as before. */
static void goes_through(
	struct fixture *f, struct vt *vt, enum fakev4l_mode mode, const char *words)
{
	set_camera(f, mode, NULL);
	vt_expect(vt, words);
	wedge_lends(f, vt);
	vt_expect(vt, words);
	set_camera(f, FAKEV4L_PLUGGED, NULL);
	vt_expect_gone(vt, words);
	camera_lends(f, vt);
}

/* ---- tests ---- */

TEST(a_camera_that_is_not_there_yet_is_waited_for, camera)
{
	struct fixture *f = *state;

	struct vt *vt = start(f, "YUYV", FAKEV4L_UNPLUGGED);
	goes_through(f, vt, FAKEV4L_UNPLUGGED, _("Camera missing"));
}

TEST(a_camera_that_another_program_has_is_waited_for, camera)
{
	struct fixture *f = *state;

	struct vt *vt = start(f, "GREY", FAKEV4L_BUSY);
	goes_through(f, vt, FAKEV4L_BUSY, _("Camera in use elsewhere"));
}

TEST(a_camera_pulled_out_and_put_back_reads_again, camera)
{
	struct fixture *f = *state;

	struct vt *vt = start(f, "YUYV", FAKEV4L_PLUGGED);
	camera_lends(f, vt);
	goes_through(f, vt, FAKEV4L_UNPLUGGED, _("Camera unplugged"));
	goes_through(f, vt, FAKEV4L_UNPLUGGED, _("Camera unplugged"));
}

TEST(a_camera_that_sends_nothing_is_stuck_until_it_sends_again, camera)
{
	struct fixture *f = *state;

	struct vt *vt = start(f, "YUYV", FAKEV4L_PLUGGED);
	camera_lends(f, vt);
	goes_through(f, vt, FAKEV4L_FROZEN, _("Camera stuck"));
}

TEST(a_camera_that_sends_torn_pictures_is_told_and_reads_again, camera)
{
	struct fixture *f = *state;

	struct vt *vt = start(f, "MJPG", FAKEV4L_PLUGGED);
	camera_lends(f, vt);
	goes_through(f, vt, FAKEV4L_TORN, _("Camera stuck"));
}

TEST(a_driver_that_hangs_holds_up_neither_the_counter_nor_the_end, camera)
{
	struct fixture *f = *state;
	int status;

	struct vt *vt = start(f, "YUYV", FAKEV4L_PLUGGED);
	camera_lends(f, vt);
	set_camera(f, FAKEV4L_HUNG, NULL);
	wedge_lends(f, vt);
	kill(vt_pid(vt), SIGTERM);
	assert_true(vt_wait_exit(vt, VT_PATIENCE_MS, &status));
	assert_true(WIFEXITED(status));
}

/* Its own library must be loaded first. */
static const char *missing(void)
{
	return HAS_SANITIZER ? "no camera can be put under a program with a sanitizer" : NULL;
}

TEST_FILE(.missing = missing, .setup = venue_group_setup, .teardown = venue_group_teardown)
