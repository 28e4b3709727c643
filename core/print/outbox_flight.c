/* The states of one paper. Nothing here touches the database or the helper. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/print/outbox_model.h"
#include "core/print/reasons.h"

#define BACKOFF_MAX 60

void flight_finish(struct flight *flight)
{
	free(flight->nonce);
	free(flight->queue);
	*flight = (struct flight){ 0 };
}

char *flight_name(const struct flight *flight)
{
	return mem_printf("%s-%06lld-%s#%lld", print_purpose_names[flight->purpose],
		(long long)flight->id, flight->nonce, (long long)flight->attempt);
}

int flight_backoff(int64_t failures)
{
	return failures > 5 ? BACKOFF_MAX : 1 << failures;
}

/* ---- what a printer wants ---- */

static const struct {
	int reason;
	char shows; /* n: seconds of waiting; s: the printer's own message */
} wanted[PAPER_WANTS_COUNT] = {
	[PAPER_WANTS_NOTHING] = { REASON_NONE },
	[PAPER_WANTS_PAPER_SOON] = { REASON_PRINTER_PAPER_SOON },
	[PAPER_WANTS_TONER_SOON] = { REASON_PRINTER_TONER_SOON },
	[PAPER_WANTS_LOOK] = { REASON_PRINTER_LOOK, 's' },
	[PAPER_WANTS_TONER] = { REASON_PRINTER_TONER },
	[PAPER_WANTS_POWER] = { REASON_PRINTER_OFFLINE, 'n' },
	[PAPER_WANTS_RESUME] = { REASON_PRINTER_STOPPED },
	[PAPER_WANTS_UNJAM] = { REASON_PRINTER_JAM },
	[PAPER_WANTS_CLOSE] = { REASON_PRINTER_COVER },
	[PAPER_WANTS_PAPER] = { REASON_PRINTER_PAPER },
	[PAPER_WANTS_SPOOLER] = { REASON_SPOOLER_SILENT },
};

struct reason flight_wants(enum paper_wants wants, int waiting, const char *message)
{
	const char *text = wanted[wants].shows == 's' ? message : "";

	return reason_with_text(
		wanted[wants].reason, text, wanted[wants].shows == 'n' ? waiting : 0);
}

/* When a printer is off, CUPS reports a job in progress, and only the time that it takes shows that
 * something is wrong. */
static struct reason held_up(const struct paper_event *event)
{
	if (event->wants < PAPER_WANTS_LOOK && event->waiting >= FLIGHT_PATIENCE_S)
		return reason_with_text(REASON_PRINTER_WAITED, event->message, event->waiting);
	return flight_wants(event->wants, event->waiting, event->message);
}

/* ---- moves ---- */

static void set_task(struct flight *flight, enum flight_task task)
{
	flight->task = task;
	flight->is_asked = false;
	flight->is_cancel_sent = false;
	flight->wait_ms = 0;
}

static void land(struct flight *flight, enum outbox_state state, struct reason problem)
{
	flight->state = state;
	flight->problem = problem;
	flight->is_changed = true;
	set_task(flight, FLIGHT_NOTHING);
}

void flight_submit(struct flight *flight)
{
	flight->state = OUTBOX_SUBMITTING;
	flight->job = 0;
	flight->is_changed = true;
	set_task(flight, FLIGHT_PRINT);
}

/* Nothing of this attempt has been or will be printed, so the next attempt begins, with a name of
 * its own. */
static void next_attempt(struct flight *flight)
{
	if (flight->wants_cancel) {
		land(flight, OUTBOX_CANCELLED, (struct reason){ 0 });
		return;
	}
	flight->attempt++;
	flight_submit(flight);
}

static void ask_person(struct flight *flight)
{
	land(flight, OUTBOX_ASK, REASON(PAPER_UNSURE));
}

/* The spooler does not know the job. */
static void send_again(struct flight *flight, int64_t now_ms)
{
	if (flight->wants_cancel) {
		land(flight, OUTBOX_CANCELLED, (struct reason){ 0 });
	} else if (flight->deaths >= FLIGHT_DEATHS_MAX) {
		land(flight, OUTBOX_FAILED, REASON_TEXT(HELPER_FAILED, PAPER_PROGRAM));
	} else {
		set_task(flight, FLIGHT_PRINT);
		if (flight->deaths)
			flight->wait_ms = now_ms + flight_backoff(flight->deaths) * 1000;
	}
}

/* True when trying again cannot help. A fault of a printer or queue may be fixed by then. */
static bool is_hopeless(const struct err *failure)
{
	return err_has(failure, REASON_SHEET_BAD) || err_has(failure, REASON_SHEET_OVERFLOW);
}

static void print_failed(struct flight *flight, const struct paper_event *event, int64_t now)
{
	if (event->may_have_printed && err_has(&event->failure, REASON_PAPER_BROKEN)) {
		land(flight, OUTBOX_ASK, event->failure.reasons[0]);
	} else if (event->may_have_printed) {
		ask_person(flight);
	} else if (flight->wants_cancel) {
		land(flight, OUTBOX_CANCELLED, (struct reason){ 0 });
	} else if (err_has(&event->failure, REASON_GLYPH_MISSING)) {
		land(flight, OUTBOX_ASK, event->failure.reasons[0]);
	} else if (is_hopeless(&event->failure)) {
		land(flight, OUTBOX_FAILED, event->failure.reasons[0]);
	} else {
		flight->failures++;
		flight->attempt++;
		flight->job = 0;
		flight->not_before_at = now + flight_backoff(flight->failures);
		land(flight, OUTBOX_QUEUED, event->failure.reasons[0]);
	}
}

/* A failed look-up is not absence: it is asked again later. */
static void look_again(struct flight *flight, const struct paper_event *event, int64_t now_ms)
{
	flight->problem = event->failure.reasons[0];
	flight->is_changed = true;
	flight->failures++;
	set_task(flight, FLIGHT_LOOKUP);
	flight->wait_ms = now_ms + flight_backoff(flight->failures) * 1000;
}

/* A job that has disappeared may have been printed and forgotten. A file may be written again at
 * any time, since it is the same file. */
static void found_absent(struct flight *flight, int64_t now_ms)
{
	if (flight->state == OUTBOX_SUBMITTING || flight->mode == PRINT_FILE)
		send_again(flight, now_ms);
	else
		ask_person(flight);
}

static void found(struct flight *flight, const struct paper_event *event, int64_t now_ms)
{
	flight->job = event->id ? event->id : flight->job;
	if (event->verdict != PAPER_ABSENT)
		flight->deaths = 0; /* it reached the spooler */
	switch (event->verdict) {
	case PAPER_ABSENT:
		found_absent(flight, now_ms);
		return;
	case PAPER_INCOMPLETE:
		set_task(flight, FLIGHT_CLEAR);
		return;
	case PAPER_ACTIVE:
		flight->state = OUTBOX_SENT;
		flight->is_changed = true;
		set_task(flight, FLIGHT_WATCH);
		return;
	case PAPER_FINISHED:
		land(flight, OUTBOX_DONE, (struct reason){ 0 });
		return;
	case PAPER_STOPPED:
		if (event->may_have_printed)
			ask_person(flight);
		else
			next_attempt(flight);
		return;
	case PAPER_UNKNOWN:
	case PAPER_VERDICT_COUNT:
		break;
	}
	ask_person(flight);
}

static void advance(struct flight *flight, enum outbox_state state, int job)
{
	flight->state = state;
	flight->job = job;
	flight->is_changed = true;
}

static void progress(struct flight *flight, const struct paper_event *event)
{
	struct reason problem = held_up(event);

	if (problem.code != flight->problem.code)
		flight->is_changed = true;
	flight->problem = problem;
}

static void stopped(struct flight *flight, const struct paper_event *event)
{
	if (flight->task == FLIGHT_CLEAR && !event->may_have_printed)
		next_attempt(flight);
	else if (flight->wants_cancel)
		land(flight, OUTBOX_CANCELLED, (struct reason){ 0 });
	else
		ask_person(flight);
}

void flight_event(
	struct flight *flight, const struct paper_event *event, int64_t now, int64_t now_ms)
{
	flight->heard_ms = now_ms;
	switch (event->kind) {
	case PAPER_CREATED:
		advance(flight, OUTBOX_CREATED, event->id);
		flight->deaths = 0;
		return;
	case PAPER_SENT:
		advance(flight, OUTBOX_SENT, event->id);
		flight->failures = 0;
		return;
	case PAPER_PROGRESS:
		progress(flight, event);
		return;
	case PAPER_DONE:
		land(flight, OUTBOX_DONE, (struct reason){ 0 });
		return;
	case PAPER_FAILED:
		if (flight->task == FLIGHT_LOOKUP || flight->task == FLIGHT_CLEAR)
			look_again(flight, event, now_ms);
		else
			print_failed(flight, event, now);
		return;
	case PAPER_CANCELLED:
		stopped(flight, event);
		return;
	case PAPER_FOUND:
		if (flight->task == FLIGHT_LOOKUP)
			found(flight, event, now_ms);
		return;
	case PAPER_READY:
	case PAPER_WARNING:
	case PAPER_PRINTER:
	case PAPER_EVENT_COUNT:
		return;
	}
}

/* `created` comes before the first byte of a document, so a helper that never reported it has sent
 * nothing. An empty job may be left at the spooler, which only a look-up can tell. */
void flight_orphan(struct flight *flight, int64_t now_ms)
{
	bool was_printing = flight->task == FLIGHT_PRINT && flight->is_asked;
	bool is_spooled = flight->mode == PRINT_CUPS || flight->mode == PRINT_ESCPOS;

	if (flight->task == FLIGHT_NOTHING || (flight->task == FLIGHT_PRINT && !was_printing))
		return;
	if (was_printing && flight->state == OUTBOX_SUBMITTING)
		flight->deaths++;
	set_task(flight, FLIGHT_LOOKUP);
	if (was_printing && flight->state == OUTBOX_SUBMITTING && !is_spooled)
		send_again(flight, now_ms);
}

void flight_cancel(struct flight *flight)
{
	flight->wants_cancel = true;
	if (flight->task == FLIGHT_PRINT && !flight->is_asked)
		land(flight, OUTBOX_CANCELLED, (struct reason){ 0 });
}
