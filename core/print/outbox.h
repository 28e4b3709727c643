/* The outbox: brings papers (outbox_table.h) to their printers through the helper jiaplus-paper
 * (paper.h), each exactly once, as far as any protocol can prove that.
 *
 * It belongs to a loop and never waits: poll outbox_fd for outbox_events, and call outbox_turn when
 * it is ready and no later than outbox_next_ms. One process at a time submits: the helper holds
 * DIR/outbox.lock; an outbox whose helper waits for it leaves papers queued. One paper at a time is
 * on its way for each purpose, so that the papers that wait can still be cancelled here. A paper
 * that was on its way when its process died is looked up by name at the spooler before anything is
 * sent again. */
#pragma once

#include <sys/types.h>

#include "core/print/outbox_table.h"

struct outbox;

/* Borrowed; all must outlive the outbox. */
struct outbox_options {
	const struct config *config; /* queues by purpose, CUPS server */
	const char *dir;             /* lock, and printed/ for queues of mode file */
	const char *mark;   /* the words at the top of a second copy of a receipt: "补打" */
	int keep_days;      /* sheets of settled papers are emptied after; 0: never */
	const char *helper; /* path; NULL: this installation's jiaplus-paper */
	int log_fd;         /* the helper's stderr; -1: /dev/null */
};

/* Starts nothing: the first outbox_turn starts the helper, which then stays warm. */
void outbox_open(struct db *, const struct outbox_options *, struct outbox **ret);
/* Lets the helper finish a submission. Papers on their way are followed again at the next start. */
void outbox_close(struct outbox *); /* NULL is allowed */

pid_t outbox_helper_pid(const struct outbox *); /* 0 while there is no helper */
int outbox_fd(const struct outbox *);           /* -1 then */
short outbox_events(const struct outbox *);
/* The latest moment for the next turn, in clock_ms; it also finds other processes' papers. */
int64_t outbox_next_ms(const struct outbox *);
/* Call it after acts that queue papers: the next turn looks for them. */
void outbox_kick(struct outbox *);
/* Advances everything as far as possible now. A busy database is no error; it is tried again.
 * Returns 1 when a paper or a printer has changed its state, else 0. ERR_STORAGE. */
int outbox_turn(struct outbox *, struct err *err);

/* Cancels a paper: at once when it is queued, waiting for an answer or failed; one on its way is
 * stopped at the spooler if that is still possible. ERR_NOT_FOUND PAPER_UNKNOWN, ERR_REFUSED
 * PAPER_SETTLED (done, or cancelled), ERR_BUSY STORE_BUSY when another process is printing it. */
int outbox_cancel(struct outbox *, int64_t paper, struct err *err);

/* What the printers of a purpose need from a person now: true and *ret, for words_reason; false
 * while all is well. */
bool outbox_problem(const struct outbox *, enum print_purpose, struct reason *ret);
/* The oldest paper of a purpose that waits for an answer (outbox_answer): true, and why in *ret. */
bool outbox_question(const struct outbox *, enum print_purpose, struct reason *ret);
/* The same as outbox_problem for the helper's answer to paper_state, for callers that have no
 * outbox: REASON_NONE while all is well. */
struct paper_event;
struct reason outbox_wants(const struct paper_event *);

/* For verbs: turns until the paper is done, failed, cancelled or asks (*ret), or until `timeout_ms`
 * have passed; then *ret is its state. OUTBOX_QUEUED at once while another process holds the lock,
 * which then prints it. */
int outbox_drain(
	struct outbox *, int64_t paper, int timeout_ms, enum outbox_state *ret, struct err *err);
