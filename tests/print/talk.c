#include "tests/print/talk.h"

#include <stdlib.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define HELPER   JIAPLUS_BUILDDIR "/jiaplus-paper"
#define READY_MS 60000
#define GRACE_MS 10000

void talk_start(struct talk *talk, const char *lock, bool is_locked_out)
{
	const char *const argv[] = { HELPER, lock ? "--lock" : NULL, lock, NULL };
	struct err err = { 0 };

	*talk = (struct talk){ 0 };
	assert_ok(pipe_start(argv, STDERR_FILENO, &talk->helper, &err), &err);
	if (!is_locked_out)
		talk_hear(talk, PAPER_READY, READY_MS);
}

static void end(struct talk *talk, int grace_ms)
{
	pipe_stop(talk->helper, grace_ms);
	json_decref(talk->last);
	*talk = (struct talk){ 0 };
}

void talk_stop(struct talk *talk)
{
	end(talk, GRACE_MS);
}

void talk_kill(struct talk *talk)
{
	end(talk, 0);
}

void talk_say(struct talk *talk, json_t *request)
{
	struct err err = { 0 };

	pipe_send(talk->helper, request);
	assert_ok(pipe_turn(talk->helper, &err), &err);
}

static struct paper_event next_event(struct talk *talk, int timeout_ms)
{
	struct paper_event event;
	struct err err = { 0 };

	json_decref(talk->last);
	talk->last = NULL;
	assert_ok(pipe_await(talk->helper, timeout_ms, &talk->last, &err), &err);
	assert_ok(paper_event_read(talk->last, &event, &err), &err);
	if (event.kind == PAPER_PROGRESS && event.wants > talk->worst)
		talk->worst = event.wants;
	talk->warnings += event.kind == PAPER_WARNING;
	return event;
}

static bool is_end(enum paper_event_kind kind)
{
	return kind == PAPER_DONE || kind == PAPER_FAILED || kind == PAPER_CANCELLED;
}

struct paper_event talk_hear(struct talk *talk, enum paper_event_kind kind, int timeout_ms)
{
	int64_t until = clock_ms(&clock_system) + timeout_ms;

	for (;;) {
		int64_t left = until - clock_ms(&clock_system);
		struct paper_event event = next_event(talk, left > 0 ? (int)left : 0);
		if (event.kind == kind)
			return event;
		if (is_end(event.kind))
			fail_msg("%s: %s instead of %s (%s)", event.job,
				paper_event_names[event.kind], paper_event_names[kind],
				event.failure.detail);
	}
}

struct paper_event talk_hear_want(struct talk *talk, enum paper_wants wants, int timeout_ms)
{
	for (;;) {
		struct paper_event event = talk_hear(talk, PAPER_PROGRESS, timeout_ms);
		if (event.wants == wants)
			return event;
	}
}

void talk_print(
	struct talk *talk, const char *job, struct sheet *sheet, const struct paper_queue *queue)
{
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);

	sheet_destroy(sheet);
	talk->worst = PAPER_WANTS_NOTHING;
	talk_say(talk, paper_print(job, text, queue));
}
