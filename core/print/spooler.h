/* One conversation with a CUPS queue, or with a printer that speaks IPP itself. It blocks, but
 * never for more than some seconds without an answer, so it belongs on a thread of its own. */
#pragma once

#include <stdbool.h>

#include "core/base/bytes.h"
#include "core/base/err.h"
#include "core/print/paper.h"

struct spooler;

/* `queue` is "name", "name@host:port" or an ipp:// or ipps:// URI; `server` ("host:port" or a
 * socket's path, NULL: libcups' default) serves a bare name. Connects with the first request.
 * ERR_INVALID PRINTER_MISSING for a malformed address. */
int spooler_open(const char *queue, const char *server, struct spooler **ret, struct err *err);
void spooler_close(struct spooler *); /* NULL is allowed */

/* Asked while a document is sent: true stops it. */
void spooler_stop_when(struct spooler *, bool (*is_stopped)(void *context), void *context);

struct spooler_paper {
	const char *name;              /* the job's */
	const char *format;            /* application/pdf … */
	int media_width, media_height; /* 1/100 mm; 0: the queue's own */
	const struct bytes *document;
};

/* The calls below fail with ERR_DEVICE PRINTER_FAILED when nobody answers, ERR_NOT_FOUND
 * PRINTER_MISSING for a missing queue and PRINTER_FAILED for a missing job, ERR_REFUSED
 * PRINTER_FAILED when the queue does not accept it, ERR_BUSY when it may do so later. */

/* Creates a job without a document, after asking whether the queue accepts the format: a refused
 * format would leave a held job that blocks the printer. */
int spooler_create(
	struct spooler *, const struct spooler_paper *paper, int *ret_id, struct err *err);
/* *ret_begun: whether any of the document went out, also on failure. */
int spooler_send(struct spooler *, const struct spooler_paper *paper, int id, bool *ret_begun,
	struct err *err);
int spooler_cancel(struct spooler *, int id, struct err *err);

/* JOB_BROKEN: a filter failed. CUPS keeps such a job for ever and does nothing with it. */
enum spooler_job_state {
	JOB_WAITING,
	JOB_ACTIVE,
	JOB_BROKEN,
	JOB_CANCELLED,
	JOB_ABORTED,
	JOB_COMPLETED,
};

struct spooler_job {
	int id;
	enum spooler_job_state state;
	bool is_incomplete; /* its document never arrived whole */
	bool has_processed; /* it was at the printer: paper may have come out */
	/* By the spooler's own clock, in seconds; -1: never, or not reported. A job that is begun
	 * anew (after a crash of CUPS, say) gets a new begun_at. */
	int created_at, begun_at, seen_at;
	int pages;     /* pages that came out, as far as the printer reports */
	char why[128]; /* the printer's own message about it, "" when it has none */
};

int spooler_job(struct spooler *, int id, struct spooler_job *ret, struct err *err);
/* Whether an earlier run of the spooler may have begun the job already: a spooler that is killed
 * forgets what was under way and prints it again. For a job that was not watched, the sign is that
 * it was begun long after it was created, although we send one paper at a time. */
bool spooler_job_is_doubtful(const struct spooler_job *);
/* How often the connection has been lost since the spooler was opened, not counting agreed closes.
 * libcups reconnects by itself; after a loss the spooler may be another process. */
int spooler_breaks(const struct spooler *);
/* The job of this name that has progressed furthest; ERR_NOT_FOUND PRINTER_FAILED: certainly none,
 * since the queue keeps them.
 */
int spooler_find(struct spooler *, const char *name, struct spooler_job *ret, struct err *err);

struct spooler_printer {
	enum paper_wants wants;
	char *reasons, *message; /* its own words, "" when it has none */
	bool is_accepting;
};

int spooler_printer(struct spooler *, struct spooler_printer *ret, struct err *err);
void spooler_printer_finish(struct spooler_printer *); /* for CLEANUP, too */

/* What a state reason (RFC 8011, PWG 5100.9) asks of a person. Compared by prefix, since a severity
 * may follow. */
enum paper_wants spooler_wants(const char *reason);
