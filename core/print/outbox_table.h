/* The outbox's rows: papers from the moment they were requested. They are in the database, so that
 * none is lost; outbox.h prints them.
 *
 *   queued → submitting → created → sent → done        the way of a paper
 *                                     └→ ask           it may have come out: a person looks
 *                         any of them → queued again, failed, cancelled
 *
 * `submitting` is written before a spooler hears of the job, `created` when it has an empty one,
 * `sent` when it has all of it. A job's name holds the paper and the attempt, so that after a crash
 * the spooler can be asked what became of it (doc/decisions.md, One writer; doc/facts.md, Exactly
 * once). */
#pragma once

#include "core/config.h"
#include "core/store/db.h"

enum outbox_state {
	OUTBOX_QUEUED,
	OUTBOX_SUBMITTING,
	OUTBOX_CREATED,
	OUTBOX_SENT,
	OUTBOX_DONE,
	OUTBOX_ASK,
	OUTBOX_FAILED,
	OUTBOX_CANCELLED,
	OUTBOX_STATE_COUNT,
};
/* As the column and --json have it: "queued" … */
extern const char *const outbox_state_names[OUTBOX_STATE_COUNT];

/* A paper to be printed; texts are copied. */
struct outbox_paper {
	enum print_purpose purpose;
	const char *title; /* its name in the queue's list: "receipt"; no personal data */
	const char *sheet; /* its text (sheet_take_text): frozen from here on */
	int64_t visit;     /* whose receipt it is, or 0; a visit has one */
	int64_t loan;      /* what a slip is about, or 0 */
};
/* Queues it, inside a txn or an act that is open, or alone. A visit that has a receipt keeps it:
 * *ret_id (may be NULL) is then that one. */
int outbox_add(struct db *, const struct outbox_paper *, int64_t *ret_id, struct err *err);

/* Queues another copy, which is marked as one. `sheet` NULL: what was frozen then.
 * ERR_NOT_FOUND PAPER_UNKNOWN; ERR_REFUSED PAPER_EMPTIED when that has been emptied since. */
int outbox_reprint(struct db *, int64_t paper, const char *sheet, int64_t *ret_id, struct err *err);

/* What a person found at the printer, for a paper in state ask. Not printed: it is queued again and
 * says that it is a second copy; one that was held back for its missing characters (GLYPH_MISSING)
 * is printed without them. ERR_NOT_FOUND PAPER_UNKNOWN, ERR_REFUSED PAPER_SETTLED. */
int outbox_answer(struct db *, int64_t paper, bool is_printed, struct err *err);

/* A paper as a list shows it. */
struct outbox_row {
	int64_t id;
	enum print_purpose purpose;
	char *title;
	enum outbox_state state;
	int64_t attempt;
	int64_t visit, loan; /* 0: none */
	bool is_reprint;
	bool has_sheet;        /* not emptied yet */
	struct reason problem; /* what holds it up, REASON_NONE: nothing */
	int64_t queued_at, changed_at;
};
void outbox_row_finish(struct outbox_row *);
/* In state ask for its missing characters (GLYPH_MISSING): nothing of it has come out. */
bool outbox_is_held_back(const struct outbox_row *);

struct outbox_list {
	struct outbox_row *rows;
	int count;
};
#define OUTBOX_LIST_INIT \
	{                \
		0        \
	}
void outbox_list_finish(struct outbox_list *);

/* Those that are not settled (neither done nor cancelled), oldest first. */
int outbox_live(struct db *, struct outbox_list *ret, struct err *err);
/* The latest `limit` of all, latest first. */
int outbox_latest(struct db *, int limit, struct outbox_list *ret, struct err *err);
/* ERR_NOT_FOUND PAPER_UNKNOWN. */
int outbox_get(struct db *, int64_t paper, struct outbox_row *ret, struct err *err);
/* The visit's receipt (its latest copy), or 0 when there is none. */
int outbox_of_visit(struct db *, int64_t visit, int64_t *ret_id, struct err *err);
/* The same for a loan outside of any visit. Looks through all papers: for verbs. */
int outbox_of_loan(struct db *, int64_t loan, int64_t *ret_id, struct err *err);

/* Empties the sheets of papers settled before `before_at`. Returns how many. */
int outbox_forget(struct db *, int64_t before_at, struct err *err);

/* ---- for the files of the outbox ---- */

/* How long a paper may take without a page coming out before this is reported. */
#define FLIGHT_PATIENCE_S 20

enum print_purpose outbox_purpose_of(const char *name);
enum outbox_state outbox_state_of(const char *name);
struct reason outbox_problem_of(const char *name, const char *text);
