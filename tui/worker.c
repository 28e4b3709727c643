#include "tui/worker.h"

#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/base/mem.h"

struct worker {
	struct app *app;
	int done_fd; /* signals that the job is done */
	bool is_busy;
	pthread_t thread;
	void (*work)(void *job);
	void (*done)(struct app *app, void *job);
	void *job;
};

static void *run(void *arg)
{
	struct worker *worker = arg;
	const uint64_t one = 1;

	worker->work(worker->job);
	/* An eventfd accepts one more as long as it is read now and then: this cannot fail. */
	ssize_t ignored = write(worker->done_fd, &one, sizeof(one));
	(void)ignored;
	return NULL;
}

static void collect(struct app *app, int fd, short revents, void *context)
{
	struct worker *worker = context;
	uint64_t count;

	(void)revents;
	if (read(fd, &count, sizeof(count)) != (ssize_t)sizeof(count) || !worker->is_busy)
		return;
	pthread_join(worker->thread, NULL);
	worker->is_busy = false;
	worker->done(app, worker->job);
}

struct worker *worker_create(struct app *app)
{
	struct worker *worker = mem_alloc(sizeof(*worker));

	worker->app = app;
	worker->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (worker->done_fd >= 0)
		app_watch(app, worker->done_fd, POLLIN, collect, worker);
	return worker;
}

void worker_destroy(struct worker *worker)
{
	if (!worker)
		return;
	if (worker->is_busy) {
		pthread_join(worker->thread, NULL);
		worker->done(worker->app, worker->job);
	}
	if (worker->done_fd >= 0) {
		app_unwatch(worker->app, worker->done_fd);
		close(worker->done_fd);
	}
	free(worker);
}

bool worker_run(struct worker *worker, void (*work)(void *job),
	void (*done)(struct app *app, void *job), void *job)
{
	if (worker->is_busy || worker->done_fd < 0)
		return false;
	worker->work = work;
	worker->done = done;
	worker->job = job;
	worker->is_busy = pthread_create(&worker->thread, NULL, run, worker) == 0;
	return worker->is_busy;
}
