#include "core/audit/doctor_devices.h"

#include <errno.h>
#include <libgen.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reasons.h"
#include "core/print/outbox.h"
#include "core/print/paper.h"
#include "core/print/reasons.h"
#include "core/scan/frame.h"
#include "core/scan/frame_open.h"
#include "core/scan/reasons.h"

#define PRINTER_MS 5000 /* for all of them */
#define CAMERA_MS  4000
#define GRACE_MS   500

/* ---- printers ---- */

static const char *const purposes[PURPOSE_COUNT] = { "receipt", "office-a4", "office-a3",
	"labels" };

static void add_printer(
	struct doctor_report *report, enum print_purpose purpose, struct reason reason)
{
	/* Paper waits in its queue until the printer is ready again. */
	doctor_add(
		report, (struct doctor_line){ .check = DOCTOR_PRINTER,
				.purpose = purpose,
				.verdict = reason.code == REASON_NONE ? DOCTOR_WELL : DOCTOR_WARNS,
				.reason = reason });
}

/* The folder, or the one in which it will be created. */
static struct reason look_at_folder(const char *path)
{
	CLEANUP(mem_free) char *up = mem_text(path);
	const char *there = access(path, F_OK) == 0 ? path : dirname(up);

	/* A missing venue is reported separately. */
	bool is_well = access(there, W_OK | X_OK) == 0 || errno == ENOENT;
	if (is_well)
		return (struct reason){ 0 };
	return REASON_TEXT(FILE_UNWRITABLE, path);
}

static struct reason look_at_device(const char *path)
{
	if (access(path, W_OK) == 0)
		return (struct reason){ 0 };
	return errno == ENOENT || errno == ENXIO || errno == ENODEV
		       ? REASON_TEXT(PRINTER_MISSING, path)
		       : REASON_TEXT(FILE_UNWRITABLE, path);
}

/* 1 when the helper has to be asked. */
static int look_at_queue(const struct doctor_options *options, enum print_purpose purpose,
	struct doctor_report *report)
{
	const struct print_queue_config *queue = &options->config->queues[purpose];
	CLEANUP(mem_free) char *usual = mem_printf("%s/printed", options->dir);
	bool has_name = queue->queue && *queue->queue;

	switch (queue->mode) {
	case PRINT_FILE:
		add_printer(report, purpose, look_at_folder(has_name ? queue->queue : usual));
		return 0;
	case PRINT_RAW:
		add_printer(report, purpose, look_at_device(has_name ? queue->queue : ""));
		return 0;
	default:
		return 1;
	}
}

static int send_questions(const struct doctor_options *options, struct pipe_helper *helper,
	const bool is_asked[PURPOSE_COUNT])
{
	int count = 0;

	for (int i = 0; i < PURPOSE_COUNT; i++) {
		const struct print_queue_config *config = &options->config->queues[i];
		const struct paper_queue queue = { .mode = config->mode,
			.queue = config->queue ? config->queue : "",
			.server = options->config->cups_server };
		if (!is_asked[i])
			continue;
		pipe_send(helper, paper_state(purposes[i], &queue));
		count++;
	}
	return count;
}

/* What one message says about a printer; false when it is about something else. */
static bool take_answer(
	struct doctor_report *report, const json_t *message, bool is_waiting[PURPOSE_COUNT])
{
	struct paper_event event;
	struct err err = { 0 };

	if (paper_event_read(message, &event, &err) < 0)
		return false;
	int purpose = paper_name_index(event.job, purposes, PURPOSE_COUNT);
	if (purpose < 0 || !is_waiting[purpose])
		return false;
	if (event.kind != PAPER_FAILED && event.kind != PAPER_PRINTER)
		return false;
	add_printer(report, (enum print_purpose)purpose, outbox_wants(&event));
	is_waiting[purpose] = false;
	return true;
}

static void ask_printers(const struct doctor_options *options, bool is_waiting[PURPOSE_COUNT],
	struct doctor_report *report)
{
	CLEANUP(mem_free)
	char *path = options->paper ? mem_text(options->paper) : pipe_helper_path(PAPER_PROGRAM);
	const char *const argv[] = { path, NULL };
	int64_t until = clock_ms(&clock_system) + PRINTER_MS, left;
	struct pipe_helper *helper = NULL;
	struct err err = { 0 };

	if (pipe_start(argv, -1, &helper, &err) < 0) {
		for (int i = 0; i < PURPOSE_COUNT; i++)
			if (is_waiting[i])
				add_printer(report, (enum print_purpose)i, err.reasons[0]);
		return;
	}
	int count = send_questions(options, helper, is_waiting);
	while (count > 0 && (left = until - clock_ms(&clock_system)) > 0) {
		json_t *message;
		if (pipe_await(helper, (int)left, &message, &err) < 0)
			break;
		count -= take_answer(report, message, is_waiting);
		json_decref(message);
	}
	for (int i = 0; i < PURPOSE_COUNT; i++)
		if (is_waiting[i])
			add_printer(report, (enum print_purpose)i, REASON(SPOOLER_SILENT));
	pipe_stop(helper, GRACE_MS);
}

void doctor_printers(const struct doctor_options *options, struct doctor_report *report)
{
	bool is_waiting[PURPOSE_COUNT], is_any = false;

	for (int i = 0; i < PURPOSE_COUNT; i++) {
		is_waiting[i] = look_at_queue(options, (enum print_purpose)i, report) > 0;
		is_any |= is_waiting[i];
	}
	if (is_any)
		ask_printers(options, is_waiting, report);
}

/* ---- camera ---- */

static void wait_for(struct frame_source *source, int64_t until)
{
	struct frame_wait wait = source->wait(source);
	int64_t end = wait.until_ms < until ? wait.until_ms : until;
	int64_t ms = end - clock_ms(&clock_system);
	struct pollfd fd = { .fd = wait.fd, .events = wait.events };

	poll(&fd, wait.fd >= 0 ? 1 : 0, ms > 0 ? (int)ms : 0);
}

/* Whether a frame comes; a camera that starts slowly is given a moment. */
static struct reason look_through(const char *name)
{
	const struct frame_options options = { .is_live = true };
	int64_t until = clock_ms(&clock_system) + CAMERA_MS;
	struct frame_source *source = NULL;
	struct frame frame;
	struct err err = { 0 };

	int r = frame_source_open(name, &options, &source, &err);
	while (r == 0 && clock_ms(&clock_system) < until) {
		r = source->next(source, &frame, &err);
		if (r == 0)
			wait_for(source, until);
	}
	frame_source_close(source);
	if (r > 0)
		return (struct reason){ 0 };
	return r < 0 ? err.reasons[0] : REASON_TEXT(CAMERA_FROZEN, name);
}

void doctor_camera(const struct doctor_options *options, struct doctor_report *report)
{
	const char *name = options->config->camera;

	if (strcmp(name, "none") == 0)
		return;
	struct reason reason = look_through(name);
	doctor_add(
		report, (struct doctor_line){ .check = DOCTOR_CAMERA,
				.verdict = reason.code == REASON_NONE ? DOCTOR_WELL : DOCTOR_WARNS,
				.reason = reason });
}
