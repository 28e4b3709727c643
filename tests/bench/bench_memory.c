/* The private memory (RssAnon) of the idle kiosk while a camera of 1280×720 looks at a busy
 * counter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/frames.h"
#include "tests/lib/venue.h"

#define WIDTH   1280
#define HEIGHT  720
#define FPS     15
#define SETTLED (5 * FPS) /* frames decoded before the measurement */

static long rss_anon_kib(int pid)
{
	CLEANUP(mem_free) char *path = mem_printf("/proc/%d/status", pid);
	FILE *f = fopen(path, "re");
	char line[256];
	long kib = -1;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "RssAnon: %ld", &kib) == 1)
			break;
	fclose(f);
	return kib;
}

static void measure(void **state)
{
	struct venue_case *v = venue_case_create();
	CLEANUP(mem_free) char *camera = venue_path(v, "camera");
	CLEANUP(mem_free)
	char *conf = mem_printf("[camera]\ndevice = %s\nsize = %dx%d\n", camera, WIDTH, HEIGHT);
	struct y4m_feed *feed = y4m_feed_start(camera, WIDTH, HEIGHT, FPS);
	struct image clutter = { 0 };

	(void)state;
	frames_draw_clutter(WIDTH, HEIGHT, 7, &clutter);
	y4m_feed_show(feed, &clutter);
	struct vt *vt =
		venue_start(v, &(struct venue_kiosk){ .conf = conf, .has_own_camera = true });
	for (int i = 0; i < SETTLED; i += FPS) {
		assert_true(y4m_feed_await(feed, FPS, VT_PATIENCE_MS));
		vt_pump(vt, 0);
	}
	double mib = (double)rss_anon_kib(vt_pid(vt)) / 1024;
	printf("kiosk_rss_anon_with_camera\t%.1f\tMiB\tbound 30\t%.2f\n", mib, mib / 30);
	y4m_feed_stop(feed);
	image_finish(&clutter);
	venue_case_destroy(v);
}

int main(void)
{
	void *state = NULL;

	if (venue_group_setup(&state) != 0)
		return 1;
	measure(&state);
	return venue_group_teardown(&state);
}
