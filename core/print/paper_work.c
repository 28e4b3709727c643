#include "core/print/paper_work.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/base/when.h"
#include "core/print/device.h"
#include "core/print/file.h"
#include "core/print/spool.h"

#define WORKS_MAX 32

/* ---- events ---- */

void server_send(struct server *server, json_t *event)
{
	struct err ignored; /* the reader is gone, which the end of the input will show */

	pthread_mutex_lock(&server->lock);
	pipe_write_message(server->out, event, &ignored);
	pthread_mutex_unlock(&server->lock);
	json_decref(event);
}

json_t *server_event(enum paper_event_kind kind, const char *job)
{
	return json_pack("{s:s, s:s}", "event", paper_event_names[kind], "job", job);
}

void server_text(json_t *event, const char *key, const char *text)
{
	json_t *value = json_string(text);

	/* A printer's own message may be in any encoding. */
	json_object_set_new(event, key, value ? value : json_string("?"));
}

static void put_wants(json_t *event, const struct spooler_printer *printer)
{
	server_text(event, "wants", paper_wants_names[printer->wants]);
	server_text(event, "reasons", printer->reasons);
	server_text(event, "message", printer->message);
}

void server_fail(struct server *server, const char *job, const struct err *err, int id,
	bool may_have_printed)
{
	json_t *event = server_event(PAPER_FAILED, job);

	server_text(event, "reason", reason_name(err->reasons[0].code));
	server_text(event, "text", err->reasons[0].text);
	server_text(event, "detail", err->detail);
	json_object_set_new(event, "code", json_integer(err->code));
	json_object_set_new(event, "id", json_integer(id));
	json_object_set_new(event, "may_have_printed", json_boolean(may_have_printed));
	server_send(server, event);
}

void server_done(struct server *server, const char *job, int id, const char *path)
{
	json_t *event = server_event(PAPER_DONE, job);

	json_object_set_new(event, "id", json_integer(id));
	server_text(event, "path", path ? path : "");
	server_send(server, event);
}

/* ---- a job's ear ---- */

static bool ear_cancelled(void *context)
{
	struct work *work = context;

	return atomic_load(&work->is_cancelled);
}

/* Wakes early when the job is cancelled or the server quits. */
static bool ear_pause(void *context, int ms)
{
	struct work *work = context;
	struct server *server = work->server;
	struct timespec until = clock_deadline(ms);

	bool was_cancelled = atomic_load(&work->is_cancelled);
	pthread_mutex_lock(&server->lock);
	while (!server->is_quitting && atomic_load(&work->is_cancelled) == was_cancelled)
		if (pthread_cond_timedwait(&server->changed, &server->lock, &until) == ETIMEDOUT)
			break;
	bool goes_on = !server->is_quitting;
	pthread_mutex_unlock(&server->lock);
	return goes_on;
}

static void send_id(struct work *work, enum paper_event_kind kind, int id)
{
	json_t *event = server_event(kind, work->job);

	json_object_set_new(event, "id", json_integer(id));
	server_send(work->server, event);
}

static void ear_created(void *context, int id)
{
	send_id(context, PAPER_CREATED, id);
}

static void ear_sent(void *context, int id)
{
	send_id(context, PAPER_SENT, id);
}

static void ear_progress(
	void *context, int id, const struct spooler_printer *printer, int waiting_s)
{
	struct work *work = context;
	json_t *event = server_event(PAPER_PROGRESS, work->job);

	json_object_set_new(event, "id", json_integer(id));
	json_object_set_new(event, "waiting", json_integer(waiting_s));
	put_wants(event, printer);
	server_send(work->server, event);
}

static struct spool_ear ear_of(struct work *work)
{
	return (struct spool_ear){
		.context = work,
		.is_cancelled = ear_cancelled,
		.pause = ear_pause,
		.created = ear_created,
		.sent = ear_sent,
		.progress = ear_progress,
	};
}

/* ---- works, each on its thread ---- */

static void send_outcome(struct work *work, const struct spool_outcome *outcome)
{
	json_t *event;

	switch (outcome->end) {
	case SPOOL_LEFT:
		return;
	case SPOOL_DONE:
		server_done(work->server, work->job, outcome->id, NULL);
		return;
	case SPOOL_FAILED:
		server_fail(work->server, work->job, &outcome->err, outcome->id,
			outcome->may_have_printed);
		return;
	case SPOOL_CANCELLED:
		event = server_event(PAPER_CANCELLED, work->job);
		json_object_set_new(event, "id", json_integer(outcome->id));
		json_object_set_new(
			event, "may_have_printed", json_boolean(outcome->may_have_printed));
		server_send(work->server, event);
		return;
	}
}

void work_file(struct work *work)
{
	struct err err = { 0 };

	if (file_put(work->path, &work->document, &err) < 0)
		server_fail(work->server, work->job, &err, 0, false);
	else
		server_done(work->server, work->job, 0, work->path);
}

void work_device(struct work *work)
{
	struct spool_ear ear = ear_of(work);
	struct spool_outcome outcome = device_print(work->queue, &work->document, &ear);

	send_outcome(work, &outcome);
}

/* Runs `part`, which needs a spooler. */
static void with_spooler(struct work *work, void (*part)(struct work *, struct spooler *))
{
	struct spooler *spooler = NULL;
	struct err err = { 0 };

	if (spooler_open(work->queue, work->spooler, &spooler, &err) < 0) {
		server_fail(work->server, work->job, &err, 0, false);
		return;
	}
	part(work, spooler);
	spooler_close(spooler);
}

static void print_part(struct work *work, struct spooler *spooler)
{
	bool is_pdf = work->mode == PRINT_CUPS;
	struct spooler_paper paper = {
		.name = work->job,
		.format = is_pdf ? "application/pdf" : "application/vnd.cups-raw",
		.media_width = is_pdf ? work->media_width : 0,
		.media_height = is_pdf ? work->media_height : 0,
		.document = &work->document,
	};
	struct spool_ear ear = ear_of(work);
	struct spool_outcome outcome = spool_print(spooler, &paper, &ear);

	send_outcome(work, &outcome);
}

void work_print(struct work *work)
{
	with_spooler(work, print_part);
}

static void watch_part(struct work *work, struct spooler *spooler)
{
	struct spool_ear ear = ear_of(work);
	struct spool_outcome outcome = spool_watch(spooler, work->id, &ear);

	send_outcome(work, &outcome);
}

void work_watch(struct work *work)
{
	with_spooler(work, watch_part);
}

static void cancel_part(struct work *work, struct spooler *spooler)
{
	struct spool_ear ear = ear_of(work);
	struct spool_outcome outcome = spool_cancel(spooler, work->id, &ear);

	send_outcome(work, &outcome);
}

void work_cancel(struct work *work)
{
	with_spooler(work, cancel_part);
}

void server_found(struct server *server, const char *job, enum paper_verdict verdict, int id,
	bool may_have_printed)
{
	json_t *event = server_event(PAPER_FOUND, job);

	server_text(event, "verdict", paper_verdict_names[verdict]);
	json_object_set_new(event, "id", json_integer(id));
	json_object_set_new(event, "may_have_printed", json_boolean(may_have_printed));
	server_send(server, event);
}

static enum paper_verdict verdict_on(const struct spooler_job *job)
{
	switch (job->state) {
	case JOB_COMPLETED:
		return PAPER_FINISHED;
	case JOB_BROKEN:
	case JOB_CANCELLED:
	case JOB_ABORTED:
		return PAPER_STOPPED;
	case JOB_WAITING:
	case JOB_ACTIVE:
		break;
	}
	return job->is_incomplete ? PAPER_INCOMPLETE : PAPER_ACTIVE;
}

/* A job that should not be continued. */
static bool is_to_be_stopped(const struct spooler_job *job)
{
	return job->state == JOB_BROKEN ||
	       (job->state < JOB_CANCELLED && spooler_job_is_doubtful(job));
}

static void tell_found(struct work *work, struct spooler *spooler, const struct spooler_job *job)
{
	enum paper_verdict verdict = verdict_on(job);

	if (is_to_be_stopped(job))
		spooler_cancel(spooler, job->id, &(struct err){ 0 });
	if (verdict != PAPER_STOPPED && spooler_job_is_doubtful(job))
		verdict = PAPER_UNKNOWN;
	server_found(work->server, work->job, verdict, job->id, job->has_processed);
}

static void lookup_part(struct work *work, struct spooler *spooler)
{
	struct spooler_job job = { 0 };
	struct err err = { 0 };
	int rc = spooler_find(spooler, work->job, &job, &err);

	if (rc == 0)
		tell_found(work, spooler, &job);
	else if (rc == ERR_NOT_FOUND)
		server_found(work->server, work->job, PAPER_ABSENT, 0, false);
	else
		server_fail(work->server, work->job, &err, 0, true);
}

void work_lookup(struct work *work)
{
	with_spooler(work, lookup_part);
}

static void state_part(struct work *work, struct spooler *spooler)
{
	CLEANUP(spooler_printer_finish) struct spooler_printer printer = { 0 };
	struct err err = { 0 };

	if (spooler_printer(spooler, &printer, &err) < 0) {
		server_fail(work->server, work->job, &err, 0, false);
		return;
	}
	json_t *event = server_event(PAPER_PRINTER, work->job);
	put_wants(event, &printer);
	json_object_set_new(event, "accepting", json_boolean(printer.is_accepting));
	server_send(work->server, event);
}

void work_state(struct work *work)
{
	with_spooler(work, state_part);
}

/* ---- starting and ending works ---- */

static void *work_thread(void *context)
{
	struct work *work = context;

	work->run(work);
	pthread_mutex_lock(&work->server->lock);
	work->is_over = true;
	pthread_mutex_unlock(&work->server->lock);
	return NULL;
}

void work_destroy(struct work *work)
{
	bytes_finish(&work->document);
	json_decref(work->request);
	free(work->path);
	free(work);
}

void server_reap(struct server *server, bool all)
{
	struct work **at = &server->works;

	while (*at) {
		struct work *work = *at;
		pthread_mutex_lock(&server->lock);
		bool is_over = work->is_over;
		pthread_mutex_unlock(&server->lock);
		if (!is_over && !all) {
			at = &work->next;
			continue;
		}
		pthread_join(work->thread, NULL);
		*at = work->next;
		server->work_count--;
		work_destroy(work);
	}
}

void work_start(struct server *server, struct work *work, void (*run)(struct work *))
{
	struct err err = { 0 };

	work->run = run;
	server_reap(server, false);
	if (server->work_count >= WORKS_MAX ||
		pthread_create(&work->thread, NULL, work_thread, work) != 0) {
		err_setf(&err, ERR_BUSY, REASON_TEXT(HELPER_FAILED, PAPER_PROGRAM),
			"%d jobs at once", server->work_count);
		server_fail(server, work->job, &err, 0, false);
		work_destroy(work);
		return;
	}
	work->next = server->works;
	server->works = work;
	server->work_count++;
}
