/* What the helper does for a request, each on a thread of its own, and how it reports. */
#pragma once

#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>

#include "core/base/bytes.h"
#include "core/print/fonts.h"
#include "core/print/paper.h"

struct work;

struct server {
	/* events go here; stdout is a duplicate of stderr, so that no library can break a message
	 */
	int out;
	struct fonts *fonts; /* NULL until they are found */
	const char *font_folder;
	pthread_mutex_t lock; /* over all below, and over out */
	pthread_cond_t changed;
	struct work *works;
	int work_count;
	bool is_quitting;
};

/* One request that takes time, on its own thread. */
struct work {
	struct work *next;
	struct server *server;
	pthread_t thread;
	void (*run)(struct work *);
	json_t *request; /* its texts are borrowed below */
	const char *job, *queue, *spooler;
	int id;
	enum print_mode mode;
	struct bytes document;
	int media_width, media_height;
	char *path; /* file mode */
	atomic_bool is_cancelled;
	bool is_over; /* under the server's lock: its thread has finished */
};

/* Events. server_send takes the event; any thread may send. */
json_t *server_event(enum paper_event_kind kind, const char *job);
void server_text(json_t *event, const char *key, const char *text);
void server_send(struct server *, json_t *event);
void server_done(struct server *, const char *job, int id, const char *path);
void server_fail(
	struct server *, const char *job, const struct err *err, int id, bool may_have_printed);
void server_found(struct server *, const char *job, enum paper_verdict verdict, int id,
	bool may_have_printed);

/* Runs `work` by one of the functions below on a new thread and takes it. The main thread calls
 * this and the next two. */
void work_start(struct server *, struct work *work, void (*run)(struct work *));
void work_destroy(struct work *); /* one that was not started */
/* Joins the works that have ended or, at the end of the helper, waits for all. */
void server_reap(struct server *, bool all);

void work_file(struct work *);
void work_device(struct work *);
void work_print(struct work *);
void work_watch(struct work *);
void work_cancel(struct work *);
void work_lookup(struct work *);
void work_state(struct work *);
