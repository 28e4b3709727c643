/* One worker thread for what is slow and pure (argon2): the loop goes on meanwhile. */
#pragma once

#include <stdbool.h>

#include "tui/app.h"

struct worker;

struct worker *worker_create(struct app *);
/* Waits for a job that is running; its `done` is called. NULL is allowed. */
void worker_destroy(struct worker *);

/* Runs `work(job)` on the thread, then `done(app, job)` on the loop, which frees the job. False
 * when one is running, or the system gives no thread: nothing was called. */
bool worker_run(struct worker *, void (*work)(void *job), void (*done)(struct app *app, void *job),
	void *job);
