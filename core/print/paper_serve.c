#include "core/print/paper_serve.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reasons.h"
#include "core/print/escpos.h"
#include "core/print/file.h"
#include "core/print/paper_work.h"
#include "core/print/reasons.h"
#include "core/print/render.h"

#define LOCK_TRY_MS 100

/* ---- requests ---- */

static const char *request_text(const json_t *request, const char *key)
{
	const char *text = json_string_value(json_object_get(request, key));

	return text ? text : "";
}

static int request_int(const json_t *request, const char *key)
{
	return (int)json_integer_value(json_object_get(request, key));
}

static enum print_mode request_mode(const json_t *request)
{
	int mode =
		paper_name_index(request_text(request, "mode"), paper_mode_names, PRINT_MODE_COUNT);

	return mode < 0 ? PRINT_CUPS : (enum print_mode)mode;
}

static struct work *work_new(struct server *server, json_t *request)
{
	struct work *work = mem_alloc(sizeof(*work));

	work->server = server;
	work->request = json_incref(request);
	work->job = request_text(request, "job");
	work->queue = request_text(request, "queue");
	work->spooler = request_text(request, "server");
	work->id = request_int(request, "id");
	work->mode = request_mode(request);
	return work;
}

/* Draws what the mode needs here, on the one thread that uses fonts. */
static int draw(struct work *work, const struct render *render, struct err *err)
{
	int dots = request_int(work->request, "dots");

	render_media(render, &work->media_width, &work->media_height);
	switch (work->mode) {
	case PRINT_FILE:
		work->path = file_job_path(work->queue, sheet_made(render->sheet), work->job);
		return render_pdf(render, false, &work->document, err);
	case PRINT_CUPS:
		return render_pdf(render, true, &work->document, err);
	case PRINT_ESCPOS:
	case PRINT_RAW:
	case PRINT_MODE_COUNT:
		break;
	}
	escpos_begin((work->media_width + 99) / 100, &work->document);
	return render_escpos(render, dots, &work->document, err);
}

static void send_warnings(struct server *server, const char *job, const struct pages *pages)
{
	for (int i = 0; i < pages_warning_count(pages); i++) {
		json_t *event = server_event(PAPER_WARNING, job);
		server_text(event, "text", pages_warning(pages, i));
		server_send(server, event);
	}
}

/* Fonts that were missing may have been installed since. */
static int find_fonts(struct server *server, struct err *err)
{
	return server->fonts ? 0 : fonts_open(server->font_folder, &server->fonts, err);
}

static int read_sheet(
	struct server *server, json_t *request, struct render *render, struct err *err)
{
	const struct render_source source = { request_text(request, "sheet"),
		json_string_length(json_object_get(request, "sheet")),
		request_text(request, "at") };
	int rc = find_fonts(server, err);

	if (rc == 0)
		rc = render_init(server->fonts, &source, render, err);
	if (rc == 0)
		send_warnings(server, request_text(request, "job"), render->pages);
	return rc;
}

/* A name that cannot be drawn is a question for a person, before it is on paper. */
static int check_glyphs(const json_t *request, const struct pages *pages, struct err *err)
{
	const char *missing = pages_missing(pages);

	if (!*missing || json_is_true(json_object_get(request, "lacking")))
		return 0;
	return err_set(err, ERR_NOT_FOUND, REASON_TEXT(GLYPH_MISSING, missing));
}

static void do_print(struct server *server, json_t *request)
{
	static void (*const runs[PRINT_MODE_COUNT])(struct work *) = {
		[PRINT_FILE] = work_file,
		[PRINT_CUPS] = work_print,
		[PRINT_ESCPOS] = work_print,
		[PRINT_RAW] = work_device,
	};
	CLEANUP(render_finish) struct render render = { 0 };
	struct err err = { 0 };
	struct work *work = work_new(server, request);

	if (read_sheet(server, request, &render, &err) < 0 ||
		check_glyphs(request, render.pages, &err) < 0 || draw(work, &render, &err) < 0) {
		server_fail(server, work->job, &err, 0, false);
		work_destroy(work);
		return;
	}
	work_start(server, work, runs[work->mode]);
}

static void do_watch(struct server *server, json_t *request)
{
	work_start(server, work_new(server, request), work_watch);
}

static void do_lookup(struct server *server, json_t *request)
{
	enum print_mode mode = request_mode(request);

	if (mode == PRINT_FILE || mode == PRINT_RAW)
		server_found(server, request_text(request, "job"),
			mode == PRINT_FILE ? PAPER_ABSENT : PAPER_UNKNOWN, 0, mode == PRINT_RAW);
	else
		work_start(server, work_new(server, request), work_lookup);
}

/* Tells the work that prints this job to stop; false: no work prints it. */
static bool cancel_running(struct server *server, const char *job)
{
	bool is_found = false;

	pthread_mutex_lock(&server->lock);
	for (struct work *work = server->works; work; work = work->next)
		if (!work->is_over && strcmp(work->job, job) == 0 &&
			(work->run == work_print || work->run == work_watch ||
				work->run == work_device)) {
			atomic_store(&work->is_cancelled, true);
			is_found = true;
		}
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
	return is_found;
}

static void do_cancel(struct server *server, json_t *request)
{
	struct err err = { 0 };

	if (cancel_running(server, request_text(request, "job")))
		return;
	if (request_int(request, "id") > 0) {
		work_start(server, work_new(server, request), work_cancel);
		return;
	}
	err_setf(&err, ERR_NOT_FOUND, REASON_TEXT(PRINTER_FAILED, request_text(request, "job")),
		"no such job here");
	server_fail(server, request_text(request, "job"), &err, 0, true);
}

static void do_state(struct server *server, json_t *request)
{
	work_start(server, work_new(server, request), work_state);
}

static void do_render(struct server *server, json_t *request)
{
	CLEANUP(render_finish) struct render render = { 0 };
	struct err err = { 0 };
	const char *job = request_text(request, "job"), *to = request_text(request, "to");
	int format = paper_name_index(
		request_text(request, "format"), paper_format_names, PAPER_FORMAT_COUNT);
	int rc = read_sheet(server, request, &render, &err);

	if (rc == 0 && format < 0)
		rc = err_set(
			&err, ERR_INVALID, REASON_TEXT(SHEET_BAD, request_text(request, "format")));
	if (rc == 0)
		rc = render_to_files(
			&render, (enum paper_format)format, request_int(request, "dots"), to, &err);
	if (rc < 0)
		server_fail(server, job, &err, 0, false);
	else
		server_done(server, job, 0, to);
}

static void serve_request(struct server *server, json_t *request)
{
	static const struct {
		const char *verb;
		void (*run)(struct server *, json_t *);
	} verbs[] = {
		{ "print", do_print },
		{ "watch", do_watch },
		{ "lookup", do_lookup },
		{ "cancel", do_cancel },
		{ "state", do_state },
		{ "render", do_render },
	};
	const char *verb = request_text(request, "do");
	struct err err = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
		if (strcmp(verb, verbs[i].verb) == 0) {
			verbs[i].run(server, request);
			return;
		}
	err_setf(&err, ERR_INVALID, REASON_TEXT(HELPER_FAILED, PAPER_PROGRAM),
		"a request that is not known: %s", verb);
	server_fail(server, request_text(request, "job"), &err, 0, false);
}

/* ---- the whole life ---- */

/* The requesting process is gone: what it left in the pipe must not be printed, since its successor
 * does not know of it.
 */
static bool is_orphaned(void)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLRDHUP };

	return poll(&in, 1, 0) > 0 && (in.revents & (POLLRDHUP | POLLERR | POLLHUP));
}

static int serve_all(struct server *server, struct err *err)
{
	for (;;) {
		json_t *request = NULL;
		int rc = pipe_read_message(STDIN_FILENO, &request, err);
		if (rc < 0 || !request)
			return rc;
		if (!is_orphaned())
			serve_request(server, request);
		json_decref(request);
	}
}

/* Waits for the process that holds the lock. The descriptor stays open as long as this process
 * lives. */
static int take_lock(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0) {
		struct timespec pause = { .tv_nsec = LOCK_TRY_MS * 1000000L };
		if ((errno != EWOULDBLOCK && errno != EINTR) || is_orphaned()) {
			close(fd);
			fd = -1;
			break;
		}
		nanosleep(&pause, NULL);
	}
	if (fd >= 0)
		return 0;
	int why = errno;
	return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s", strerror(why));
}

/* Loads faces and shapes glyphs for the first paper. */
static void warm_up(struct server *server)
{
	static const char words[] =
		"jiaplus-sheet\t1\ntitle\t\nmade\t2026-01-01T00:00:00+08:00\n"
		"media\t58\tauto\tportrait\t3\t6\t4\t6\npage\n"
		"text\t9 bold\t借出归还到月日周一二三四五六应还本次可用积分 0123456789:\n"
		"text\t9\t借出归还到月日周一二三四五六应还本次可用积分 0123456789:\n";
	static const struct render_source source = { words, sizeof(words) - 1, "" };
	CLEANUP(render_finish) struct render render = { 0 };
	CLEANUP(bytes_finish) struct bytes bytes = { 0 };
	struct err ignored = { 0 };

	if (find_fonts(server, &ignored) == 0 &&
		render_init(server->fonts, &source, &render, &ignored) == 0)
		render_pdf(&render, true, &bytes, &ignored);
}

static void server_init(struct server *server)
{
	pthread_condattr_t monotonic;

	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&server->changed, &monotonic);
	pthread_condattr_destroy(&monotonic);
	pthread_mutex_init(&server->lock, NULL);
	server->out = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(STDERR_FILENO, STDOUT_FILENO);
}

static void quit(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	server->is_quitting = true;
	pthread_cond_broadcast(&server->changed);
	pthread_mutex_unlock(&server->lock);
	server_reap(server, true);
	fonts_close(server->fonts);
	close(server->out);
	pthread_cond_destroy(&server->changed);
	pthread_mutex_destroy(&server->lock);
}

int paper_serve(const char *font_folder, const char *lock_path, struct err *err)
{
	struct server server = { .font_folder = font_folder };

	if (lock_path)
		TRY(take_lock(lock_path, err));
	server_init(&server);
	warm_up(&server);
	server_send(&server, server_event(PAPER_READY, ""));
	int rc = serve_all(&server, err);
	quit(&server);
	return rc;
}
