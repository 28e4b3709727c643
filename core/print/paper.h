/* jiaplus-paper, the helper that draws sheets and hands them to printers, and how to talk to it.
 *
 * It is started with pipe.h and reads requests, one JSON object a message, in which "do" says what:
 *
 *   print   job sheet mode queue server dots at lacking   draw and hand over; then as watch
 *   watch   job id queue server                 tell how a job of an earlier life goes on
 *   lookup  job queue server mode               what became of it? (after a crash)
 *   cancel  job [id queue server]               stop it; with id: one of an earlier life
 *   state   queue server                        what the printer wants
 *   render  job sheet format to dots at         draw into a file: pdf, png, pbm, escpos
 *
 * `at` is when (2026-11-21T14:06:00+08:00), for papers that say when they were printed. A sheet
 * with characters that no font has is printed when `lacking` is true; otherwise it fails by
 * GLYPH_MISSING.
 *
 * `job` is RECEIPT#ATTEMPT, the name under which a spooler knows it. What happens comes back as
 * messages with "event" and the same "job":
 *
 *   ready                                       the lock is held
 *   warning   text                              the paper lacks something (a glyph, a logo)
 *   created   id                                the spooler has a job, empty yet
 *   sent      id                                it has all of it; from here paper may come out
 *   progress  id wants reasons message waiting  when something changes, and every 5 s of waiting
 *                                               since it was sent or a page came out
 *   done      id path                           the printer says that it printed, the file is there
 *   failed    code reason text detail may_have_printed
 *   cancelled id may_have_printed
 *   found     verdict id may_have_printed       the answer to lookup; failed when nobody answers,
 *                                               which is not absence: ask again
 *   printer   wants reasons message accepting   the answer to state
 *
 * A print or watch ends in done, failed or cancelled, unless the helper ends first. created is sent
 * before the first byte of the document, so an outbox that was told nothing but `submitting` knows
 * from lookup: absent → nothing was sent, send again; incomplete → cancel it, then a new attempt;
 * active → watch it; done → done; stopped → may_have_printed says whether to ask; unknown → ask a
 * person. Unknown is also what a spooler may have begun a second time after a crash of its own;
 * such a job is stopped there, and a watch of one ends in failed, may_have_printed. That holds
 * because one helper at a time submits: started as `jiaplus-paper --lock FILE` it takes the lock
 * before it reads its first request and keeps it as long as it lives, and it drops requests whose
 * sender is gone. When its input ends it lets a submission finish, leaves jobs that are printing to
 * the spooler, and ends. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "core/base/err.h"
#include "core/config.h"

#define PAPER_PROGRAM "jiaplus-paper"

/* Where a paper goes; texts are borrowed. */
struct paper_queue {
	enum print_mode mode;
	const char *queue;  /* as struct print_queue_config; file: the folder, never NULL */
	const char *server; /* CUPS; NULL: libcups' default */
	int dots;           /* raster modes: the head's; 0: the paper's width */
};

enum paper_format { PAPER_PDF, PAPER_PNG, PAPER_PBM, PAPER_ESCPOS, PAPER_FORMAT_COUNT };

/* Requests, to be handed to pipe_send. `job` and `sheet` are copied. */
json_t *paper_print(const char *job, const char *sheet, const struct paper_queue *queue);
/* Adds to a request to print or render: the time; that characters may be missing. Return the
 * request. */
json_t *paper_at(json_t *request, int64_t at);
json_t *paper_lacking(json_t *request);
json_t *paper_watch(const char *job, int id, const struct paper_queue *queue);
/* A file is found absent: printing the same job again makes the same file. A raw device keeps
 * nothing: unknown. */
json_t *paper_lookup(const char *job, const struct paper_queue *queue);
/* id 0: one that this helper prints. Otherwise the event is cancelled or failed. */
json_t *paper_cancel(const char *job, int id, const struct paper_queue *queue);
/* `tag` comes back as the event's job. */
json_t *paper_state(const char *tag, const struct paper_queue *queue);
/* png: `dots` is the picture's width at most, further pages go to to-2.png … Ends in done or
 * failed.
 */
json_t *paper_render(
	const char *tag, const char *sheet, enum paper_format format, const char *to, int dots);

enum paper_event_kind {
	PAPER_READY,
	PAPER_WARNING,
	PAPER_CREATED,
	PAPER_SENT,
	PAPER_PROGRESS,
	PAPER_DONE,
	PAPER_FAILED,
	PAPER_CANCELLED,
	PAPER_FOUND,
	PAPER_PRINTER,
	PAPER_EVENT_COUNT,
};

/* What a printer wants from a person, the most urgent one; in rising order. */
enum paper_wants {
	PAPER_WANTS_NOTHING,
	PAPER_WANTS_PAPER_SOON,
	PAPER_WANTS_TONER_SOON,
	PAPER_WANTS_LOOK, /* it complains of something else: see reasons */
	PAPER_WANTS_TONER,
	PAPER_WANTS_POWER,  /* offline: switched off, unplugged, no network */
	PAPER_WANTS_RESUME, /* stopped by somebody or after a fault */
	PAPER_WANTS_UNJAM,
	PAPER_WANTS_CLOSE, /* a cover is open */
	PAPER_WANTS_PAPER,
	PAPER_WANTS_SPOOLER, /* CUPS itself does not answer */
	PAPER_WANTS_COUNT,
};

enum paper_verdict {
	PAPER_ABSENT,
	PAPER_INCOMPLETE,
	PAPER_ACTIVE,
	PAPER_FINISHED,
	PAPER_STOPPED, /* cancelled or aborted */
	PAPER_UNKNOWN,
	PAPER_VERDICT_COUNT,
};

extern const char *const paper_mode_names[PRINT_MODE_COUNT]; /* "file", "cups", "escpos", "raw" */
extern const char *const paper_format_names[PAPER_FORMAT_COUNT];
extern const char *const paper_event_names[PAPER_EVENT_COUNT];
extern const char *const paper_wants_names[PAPER_WANTS_COUNT]; /* "nothing", "paper_soon", … */
extern const char *const paper_verdict_names[PAPER_VERDICT_COUNT];

/* The place of `name` in one of the lists above, or -1; `name` may be NULL. */
int paper_name_index(const char *name, const char *const *names, int count);

struct paper_event {
	enum paper_event_kind kind;
	const char *job; /* this and the other texts: "" when absent, borrowed from the message */
	int id;
	enum paper_wants wants;
	const char *reasons, *message; /* the printer's own words */
	int waiting;                   /* seconds since the document was sent or a page came out */
	bool is_accepting;
	bool may_have_printed;
	enum paper_verdict verdict;
	const char *path;   /* file mode and render: what was written */
	const char *text;   /* a warning */
	struct err failure; /* failed: as the helper saw it */
};

/* ERR_DEVICE HELPER_FAILED when the message is none of the above. */
int paper_event_read(const json_t *message, struct paper_event *ret, struct err *err);
