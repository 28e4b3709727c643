/* Talks to a jiaplus-paper as the outbox does, and waits for what it says. */
#pragma once

#include "core/base/pipe.h"
#include "core/print/paper.h"
#include "core/print/sheet.h"
#include "tests/lib/test.h"

struct talk {
	struct pipe_helper *helper;
	json_t *last; /* the event that was returned last; its texts are borrowed from it */
	enum paper_wants worst; /* the most urgent wish since the talk or the last print began */
	int warnings;
};

/* Starts a helper; `lock` may be NULL. Waits for ready unless `is_locked_out`. */
void talk_start(struct talk *, const char *lock, bool is_locked_out);
void talk_stop(struct talk *);
/* As if the process that talks to it were killed: no grace. */
void talk_kill(struct talk *);

/* Takes over the request. */
void talk_say(struct talk *, json_t *request);
/* Reads on until an event of this kind comes, and returns it. Fails the test on a time-out, or when
 * the job ends in another way. */
struct paper_event talk_hear(struct talk *, enum paper_event_kind kind, int timeout_ms);
/* Reads on until the printer wants this. */
struct paper_event talk_hear_want(struct talk *, enum paper_wants wants, int timeout_ms);

/* Prints a sheet and frees it. */
void talk_print(
	struct talk *, const char *job, struct sheet *sheet, const struct paper_queue *queue);
