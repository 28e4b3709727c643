#include "core/print/spool.h"

#include <string.h>
#include <time.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/print/reasons.h"

#define POLL_MIN_MS   100
#define POLL_MAX_MS   1000
#define REPORT_MS     5000 /* at least this often while a printer is waited for */
#define CANCEL_MAX_MS 5000 /* a cancelled job that lasts longer may print */

/* Following one job. */
struct watch {
	struct spooler *spooler;
	const struct spool_ear *ear;
	int id;
	int64_t since_ms, reported_ms, cancelled_ms; /* 0: not yet */
	bool has_processed;
	bool is_silent;        /* no answer to the last question */
	bool is_lost;          /* possibly begun twice: it is stopped, and a person is asked */
	int breaks;            /* of the connection, when the job was seen last */
	int begun_at, seen_at; /* then, by the spooler's clock; -1: not yet */
	int pages;
	enum paper_wants wants; /* what was reported last */
	char *message;
};

static int64_t now_ms(void)
{
	return clock_ms(&clock_system);
}

static struct spool_outcome outcome(
	const struct watch *w, enum spool_end end, bool may_have_printed)
{
	return (struct spool_outcome){
		.end = end, .id = w->id, .may_have_printed = may_have_printed
	};
}

static struct spool_outcome failure(int id, bool may_have_printed, const struct err *err)
{
	return (struct spool_outcome){
		.end = SPOOL_FAILED, .id = id, .may_have_printed = may_have_printed, .err = *err
	};
}

/* ---- following ---- */

/* Reports what the printer needs if that is new or was last reported long ago. */
static void report(struct watch *w, const struct spooler_printer *printer)
{
	int64_t now = now_ms();
	bool is_new = !w->message || printer->wants != w->wants ||
		      strcmp(printer->message, w->message) != 0;

	if (!is_new && now - w->reported_ms < REPORT_MS)
		return;
	mem_free(&w->message);
	w->message = mem_text(printer->message);
	w->wants = printer->wants;
	w->reported_ms = now;
	w->ear->progress(w->ear->context, w->id, printer, (int)((now - w->since_ms) / 1000));
}

static void report_printer(struct watch *w)
{
	CLEANUP(spooler_printer_finish) struct spooler_printer printer = { 0 };
	struct err ignored = { 0 };

	if (spooler_printer(w->spooler, &printer, &ignored) == 0)
		report(w, &printer);
}

/* The spooler itself does not answer: we wait, since the job may be printing. */
static void report_silence(struct watch *w, const struct err *err)
{
	CLEANUP(spooler_printer_finish)
	struct spooler_printer nobody = {
		.wants = PAPER_WANTS_SPOOLER,
		.reasons = mem_text(""),
		.message = mem_text(err->detail),
	};

	report(w, &nobody);
}

/* A job that the spooler gave up, with the spooler's message; a paper that may be out twice has
 * none. */
static struct spool_outcome broken(const struct watch *w, const struct spooler_job *job)
{
	struct err err = { 0 };

	if (w->is_lost)
		err_setf(&err, ERR_DEVICE, REASON(PAPER_UNSURE),
			"the spooler went away while it had job %d", w->id);
	else
		err_setf(&err, ERR_DEVICE, REASON_TEXT(PAPER_BROKEN, job->why), "job %d: %s", w->id,
			job->why);
	return failure(w->id, w->has_processed, &err);
}

/* Whether the job has ended, and how. */
static bool has_ended(struct watch *w, const struct spooler_job *job, struct spool_outcome *ret)
{
	w->has_processed |= job->has_processed;
	if (w->is_lost) {
		*ret = broken(w, job);
		return job->state >= JOB_CANCELLED;
	}
	switch (job->state) {
	case JOB_COMPLETED:
		*ret = outcome(w, SPOOL_DONE, true);
		return true;
	case JOB_CANCELLED:
		*ret = outcome(w, SPOOL_CANCELLED, w->has_processed);
		return true;
	case JOB_BROKEN: /* it would stay in this state for ever */
		spooler_cancel(w->spooler, w->id, &(struct err){ 0 });
		*ret = w->cancelled_ms ? outcome(w, SPOOL_CANCELLED, true) : broken(w, job);
		return true;
	case JOB_ABORTED:
		*ret = broken(w, job);
		return true;
	case JOB_WAITING:
	case JOB_ACTIVE:
		break;
	}
	return false;
}

/* Whether CUPS may be another process than the one seen last: when it is killed, it forgets what
 * was at the printer and prints it again. A job that was begun then and not since proves that it is
 * the same process; the clock has a resolution of one second, so the job must have been seen in a
 * later second. */
static bool may_have_restarted(const struct watch *w, const struct spooler_job *job)
{
	bool is_same = w->begun_at >= 0 && job->begun_at == w->begun_at && w->seen_at > w->begun_at;

	return spooler_breaks(w->spooler) != w->breaks && !is_same;
}

/* Compares the job's present state with the previous one. */
static void compare(struct watch *w, const struct spooler_job *job)
{
	if (may_have_restarted(w, job)) {
		w->is_lost = true;
		w->has_processed = true;
	}
	if (job->pages > w->pages)
		w->since_ms = now_ms(); /* it gets on */
	w->breaks = spooler_breaks(w->spooler);
	w->begun_at = job->begun_at;
	w->seen_at = job->seen_at;
	w->pages = job->pages;
}

/* Queries the job once; true: it is over. */
static bool look(struct watch *w, struct spool_outcome *ret)
{
	struct spooler_job job = { 0 };
	struct err err = { 0 };
	int rc = spooler_job(w->spooler, w->id, &job, &err);

	w->is_silent = rc < 0;
	if (rc == 0)
		compare(w, &job);
	if (rc == 0 && has_ended(w, &job, ret))
		return true;
	if (rc == 0) {
		report_printer(w);
	} else if (rc == ERR_NOT_FOUND) { /* purged, and nobody knows what became of it */
		*ret = failure(w->id, true, &err);
		return true;
	} else {
		report_silence(w, &err);
	}
	return false;
}

/* Cancels once when asked to, or when it would print a second time; true: it has been cancelled for
 * so long that we give up on it. */
static bool cancel_if_asked(struct watch *w)
{
	struct err ignored = { 0 };

	if (w->cancelled_ms)
		return now_ms() - w->cancelled_ms > CANCEL_MAX_MS;
	if (w->is_lost || w->ear->is_cancelled(w->ear->context)) {
		spooler_cancel(w->spooler, w->id, &ignored);
		w->cancelled_ms = now_ms();
	}
	return false;
}

static struct spool_outcome follow(struct watch *w)
{
	struct spool_outcome ret = { 0 };

	for (int ms = POLL_MIN_MS;; ms = ms * 2 < POLL_MAX_MS ? ms * 2 : POLL_MAX_MS) {
		bool is_given_up = cancel_if_asked(w);
		if (look(w, &ret))
			return ret;
		if (is_given_up)
			return w->is_lost ? broken(w, NULL) : outcome(w, SPOOL_CANCELLED, true);
		if (w->is_lost && !w->cancelled_ms)
			continue; /* before it reaches the printer again */
		/* After a restart CUPS prints at once what it had, so we have to be there in time.
		 */
		if (w->is_silent || w->cancelled_ms)
			ms = POLL_MIN_MS;
		if (!w->ear->pause(w->ear->context, ms))
			return outcome(w, SPOOL_LEFT, true);
	}
}

static struct spool_outcome follow_from(struct watch w)
{
	w.since_ms = now_ms();
	w.breaks = spooler_breaks(w.spooler);
	w.begun_at = w.seen_at = -1;
	struct spool_outcome ret = follow(&w);
	mem_free(&w.message);
	return ret;
}

struct spool_outcome spool_watch(struct spooler *spooler, int id, const struct spool_ear *ear)
{
	return follow_from((struct watch){ .spooler = spooler, .ear = ear, .id = id });
}

struct spool_outcome spool_cancel(struct spooler *spooler, int id, const struct spool_ear *ear)
{
	struct err err = { 0 };
	int rc = spooler_cancel(spooler, id, &err);

	if (rc < 0 && rc != ERR_REFUSED) /* refused: it has ended by itself */
		return failure(id, true, &err);
	return follow_from((struct watch){
		.spooler = spooler, .ear = ear, .id = id, .cancelled_ms = now_ms() });
}

/* ---- submitting ---- */

/* A job whose document was not sent completely must not stay: it would block the printer or print
 * half a receipt. How it then ends tells whether anything may have come out. */
static bool withdraw(struct spooler *spooler, int id, bool has_begun)
{
	struct spooler_job job = { 0 };
	struct err ignored = { 0 };

	if (spooler_cancel(spooler, id, &ignored) == 0 &&
		spooler_job(spooler, id, &job, &ignored) == 0)
		return job.has_processed;
	return has_begun;
}

static struct spool_outcome send_failed(struct spooler *spooler, int id, bool has_begun,
	const struct spool_ear *ear, const struct err *err)
{
	bool may_have_printed = withdraw(spooler, id, has_begun);
	struct spool_outcome ret = failure(id, may_have_printed, err);

	if (ear->is_cancelled(ear->context))
		ret.end = SPOOL_CANCELLED;
	return ret;
}

struct spool_outcome spool_print(
	struct spooler *spooler, const struct spooler_paper *paper, const struct spool_ear *ear)
{
	struct err err = { 0 };
	bool has_begun = false;
	int id = 0;

	if (ear->is_cancelled(ear->context))
		return (struct spool_outcome){ .end = SPOOL_CANCELLED };
	if (spooler_create(spooler, paper, &id, &err) < 0)
		return failure(0, false, &err);
	ear->created(ear->context, id);
	spooler_stop_when(spooler, ear->is_cancelled, ear->context);
	if (spooler_send(spooler, paper, id, &has_begun, &err) < 0)
		return send_failed(spooler, id, has_begun, ear, &err);
	ear->sent(ear->context, id);
	return spool_watch(spooler, id, ear);
}
