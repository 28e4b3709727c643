#include "tui/devices.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/print/outbox.h"
#include "core/scan/scanner.h"
#include "core/store/own_files.h"
#include "core/words.h"
#include "tui/wedge.h"

struct devices {
	struct kiosk *kiosk;
	struct scanner *scanner;
	struct wedge *wedge;
	struct drawing *drawing; /* the latest one, or NULL */
	int outbox_timer;
	int watched_fd; /* the helper's, or -1 */
};

/* ---- camera ---- */

static const char *const camera_words[SCANNER_STATE_COUNT] = {
	[SCANNER_MISSING] = N_("Camera missing"),
	[SCANNER_BUSY] = N_("Camera in use elsewhere"),
	[SCANNER_GONE] = N_("Camera unplugged"),
	[SCANNER_FROZEN] = N_("Camera stuck"),
	[SCANNER_FAILED] = N_("Camera out of order"),
};

static void on_camera(struct app *app, int fd, short revents, void *context)
{
	struct devices *devices = context;
	struct scan_event event;

	(void)fd;
	(void)revents;
	while (scanner_take(devices->scanner, &event)) {
		if (event.kind == SCAN_CODE)
			app_scan(app, event.reading.bytes, event.reading.size);
		else
			app_notice(app, "camera",
				camera_words[event.state] ? _(camera_words[event.state]) : NULL);
		scan_event_finish(&event);
	}
}

static void camera_start(struct devices *devices)
{
	struct kiosk *kiosk = devices->kiosk;
	const struct config *config = &kiosk->context->config;
	struct frame_options options = { .width = config->camera_width,
		.height = config->camera_height };
	struct err err = { 0 };

	if (strcmp(config->camera, "none") == 0)
		return;
	if (scanner_start(config->camera, &options, &devices->scanner, &err) < 0) {
		app_notice(kiosk->app, "camera", _(camera_words[SCANNER_FAILED]));
		return;
	}
	app_watch(kiosk->app, scanner_fd(devices->scanner), POLLIN, on_camera, devices);
}

/* ---- printers ---- */

static const char *const problem_slots[PURPOSE_COUNT] = {
	[PURPOSE_RECEIPT] = "receipt printer",
	[PURPOSE_OFFICE_A4] = "A4 printer",
	[PURPOSE_OFFICE_A3] = "A3 printer",
	[PURPOSE_LABELS] = "label printer",
};

/* What a printer needs is shown in the corner until it has it. */
static void show_problems(struct devices *devices)
{
	struct kiosk *kiosk = devices->kiosk;

	for (int i = 0; i < PURPOSE_COUNT; i++) {
		struct reason problem;
		bool has_problem = outbox_problem(kiosk->outbox, (enum print_purpose)i, &problem);
		CLEANUP(mem_free)
		char *words = has_problem ? words_reason(&problem, kiosk_now(kiosk)) : NULL;
		app_notice(kiosk->app, problem_slots[i], words);
	}
}

static void turn_outbox(struct devices *devices);

static void on_helper(struct app *app, int fd, short revents, void *context)
{
	(void)app;
	(void)fd;
	(void)revents;
	turn_outbox(context);
}

static void on_time(struct app *app, void *self)
{
	struct devices *devices = self;

	(void)app;
	devices->outbox_timer = 0;
	turn_outbox(devices);
}

/* The helper comes and goes; the polled descriptor follows it. */
static void watch_helper(struct devices *devices)
{
	struct kiosk *kiosk = devices->kiosk;
	int fd = outbox_fd(kiosk->outbox);

	if (devices->watched_fd >= 0 && devices->watched_fd != fd)
		app_unwatch(kiosk->app, devices->watched_fd);
	devices->watched_fd = fd;
	if (fd >= 0)
		app_watch(kiosk->app, fd, outbox_events(kiosk->outbox), on_helper, devices);
}

static void turn_outbox(struct devices *devices)
{
	struct kiosk *kiosk = devices->kiosk;
	struct err err = { 0 };

	int r = outbox_turn(kiosk->outbox, &err);
	if (r > 0) {
		show_problems(devices);
		app_redraw(kiosk->app);
	}
	watch_helper(devices);
	app_cancel(kiosk->app, devices->outbox_timer);
	int64_t wait = outbox_next_ms(kiosk->outbox) - clock_ms(kiosk->context->clock);
	devices->outbox_timer = app_after(kiosk->app, wait > 0 ? wait : 0, on_time, devices);
}

void devices_print(struct devices *devices)
{
	outbox_kick(devices->kiosk->outbox);
	turn_outbox(devices);
}

/* ---- pictures ---- */

int devices_draw(struct devices *devices, const struct sheet *sheet,
	const struct drawing_request *what, struct err *err)
{
	TRY(output_check(devices->kiosk->context->dir, what->to, true, err));
	drawing_stop(TAKE(devices->drawing));
	return drawing_start(devices->kiosk->app, sheet, what, &devices->drawing, err);
}

/* ---- all of them ---- */

struct devices *devices_start(struct kiosk *kiosk)
{
	const char *scanner = kiosk->context->config.scanner;
	struct devices *devices = mem_alloc(sizeof(*devices));

	devices->kiosk = kiosk;
	devices->watched_fd = -1;
	camera_start(devices);
	if (strcmp(scanner, "none") != 0)
		devices->wedge = wedge_start(kiosk->app, scanner);
	if (kiosk->outbox)
		devices->outbox_timer = app_after(kiosk->app, 0, on_time, devices);
	return devices;
}

void devices_stop(struct devices *devices)
{
	if (!devices)
		return;
	if (devices->scanner)
		app_unwatch(devices->kiosk->app, scanner_fd(devices->scanner));
	scanner_stop(devices->scanner);
	drawing_stop(devices->drawing);
	wedge_stop(devices->wedge);
	if (devices->watched_fd >= 0)
		app_unwatch(devices->kiosk->app, devices->watched_fd);
	app_cancel(devices->kiosk->app, devices->outbox_timer);
	free(devices);
}
