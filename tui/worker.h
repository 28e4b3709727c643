/* One worker thread for slow, pure work (argon2): the loop goes on meanwhile. */
#pragma once

#include <stdbool.h>

#include "tui/app.h"

struct worker;

struct worker *worker_create(struct app *);
/* Waits for a running job; its `done` is called. NULL is allowed. */
void worker_destroy(struct worker *);

/* Runs `work(job)` on the thread, then `done(app, job)` on the loop, which frees the job. False
 * when one is running, or the system provides no thread: nothing was called. */
bool worker_run(struct worker *, void (*work)(void *job), void (*done)(struct app *app, void *job),
	void *job);
