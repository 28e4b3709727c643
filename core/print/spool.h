/* Takes a paper through a spooler, from the first question until the printer reports done. Runs on
 * a thread of its own, reports what happens, and asks in between whether it should go on. */
#pragma once

#include "core/print/spooler.h"

/* The follower of a job. Called on the job's thread. */
struct spool_ear {
	void *context;
	bool (*is_cancelled)(void *context);
	/* Waits; false: leave the job to the spooler and return. */
	bool (*pause)(void *context, int ms);
	void (*created)(void *context, int id);
	void (*sent)(void *context, int id);
	void (*progress)(
		void *context, int id, const struct spooler_printer *printer, int waiting_s);
};

enum spool_end { SPOOL_DONE, SPOOL_FAILED, SPOOL_CANCELLED, SPOOL_LEFT };

struct spool_outcome {
	enum spool_end end;
	int id; /* 0: no job was made */
	bool may_have_printed;
	struct err err; /* failed: why */
};

/* Submits the paper and follows it. A failure after the job was created also cancels the job. */
struct spool_outcome spool_print(
	struct spooler *, const struct spooler_paper *paper, const struct spool_ear *ear);
/* Follows an existing job. */
struct spool_outcome spool_watch(struct spooler *, int id, const struct spool_ear *ear);
/* Cancels an existing job and waits some seconds for it to end; done when it was too late. */
struct spool_outcome spool_cancel(struct spooler *, int id, const struct spool_ear *ear);
