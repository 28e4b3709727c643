/* Internals of the outbox, for its files alone: one paper in flight and its states. */
#pragma once

#include "core/print/outbox_table.h"
#include "core/print/paper.h"

/* What the helper shall do or is doing for a paper. */
enum flight_task {
	FLIGHT_NOTHING, /* it has landed: saved, then forgotten */
	FLIGHT_PRINT,
	FLIGHT_LOOKUP, /* what became of it? */
	FLIGHT_CLEAR,  /* cancel half a job, then a new attempt */
	FLIGHT_WATCH,
};

#define FLIGHT_DEATHS_MAX 3 /* a paper that kills the helper this often is not printed */

/* One paper on its way, at most one per purpose. Its row follows it: a change is saved before the
 * helper is asked for the next step. */
struct flight {
	int64_t id; /* 0: none */
	char *nonce;
	enum print_purpose purpose;
	enum outbox_state state;
	int64_t attempt, failures, job;
	bool is_marked;
	bool is_lacking;      /* a person knows that characters are missing in it */
	enum print_mode mode; /* where this attempt goes or went */
	char *queue;
	struct reason problem;
	int64_t not_before_at;

	enum flight_task task;
	bool is_asked;       /* the helper has been told */
	bool is_changed;     /* the row has to be saved */
	bool wants_cancel;   /* a person said so */
	bool is_cancel_sent; /* … and the helper knows */
	int deaths;          /* of the helper, while it was drawing this paper */
	int64_t wait_ms;     /* do not ask earlier (monotonic) */
	int64_t heard_ms;    /* when the helper last reported on it */
};

void flight_finish(struct flight *);
/* RECEIPT#ATTEMPT: "receipt-000123-1a2b3c4d#1". The nonce distinguishes papers of two databases (a
 * restored one, another kiosk's) at one spooler. The caller's. */
char *flight_name(const struct flight *);

/* Starts a queued paper. */
void flight_submit(struct flight *);
/* Takes in what the helper reported on it. */
void flight_event(struct flight *, const struct paper_event *, int64_t now, int64_t now_ms);
/* The helper is gone; everything that it had reported has been taken in. */
void flight_orphan(struct flight *, int64_t now_ms);
/* A person has cancelled it. */
void flight_cancel(struct flight *);

/* Seconds to wait after so many failures in a row: 2, 4, 8 … 60. */
int flight_backoff(int64_t failures);
/* What a printer wants, as a reason with words; REASON_NONE for nothing. */
struct reason flight_wants(enum paper_wants wants, int waiting, const char *message);
