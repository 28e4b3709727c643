#include "core/print/outbox.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/print/outbox_model.h"
#include "core/print/reasons.h"
#include "core/store/reasons.h"

#define LOOK_MS     2000  /* how soon another process's paper is found */
#define BUSY_MS     50    /* the next try while another process writes */
#define SILENT_MS   60000 /* a helper that is silent for this long has hung */
#define STATE_MS    30000 /* how often an idle printer's state is queried */
#define FORGET_MS   3600000
#define GRACE_MS    3000 /* for a submission to finish when the program ends */
#define DAY_SECONDS (24 * 60 * 60)

struct printer {
	struct reason problem;
	struct reason question; /* of a paper for it that waits for somebody's answer */
	int64_t asked_ms;       /* when its state was last asked for */
};

struct outbox {
	struct db *db;
	struct outbox_options options;
	char *lock_path, *helper_path;
	struct pipe_helper *helper;
	bool is_ready;      /* the helper holds the lock */
	int deaths;         /* of helpers in a row */
	int64_t restart_ms; /* no new one before */
	int64_t look_ms, forget_ms;
	bool has_changed;
	struct flight flights[PURPOSE_COUNT];
	struct printer printers[PURPOSE_COUNT];
};

static int64_t now_ms(const struct outbox *o)
{
	return clock_ms(db_clock(o->db));
}

void outbox_open(struct db *db, const struct outbox_options *options, struct outbox **ret)
{
	struct outbox *o = mem_alloc(sizeof(*o));

	o->db = db;
	o->options = *options;
	o->lock_path = mem_printf("%s/outbox.lock", options->dir);
	o->helper_path =
		options->helper ? mem_text(options->helper) : pipe_helper_path(PAPER_PROGRAM);
	*ret = o;
}

void outbox_close(struct outbox *o)
{
	if (!o)
		return;
	pipe_stop(o->helper, GRACE_MS);
	for (int i = 0; i < PURPOSE_COUNT; i++)
		flight_finish(&o->flights[i]);
	free(o->lock_path);
	free(o->helper_path);
	free(o);
}

int outbox_fd(const struct outbox *o)
{
	return o->helper ? pipe_fd(o->helper) : -1;
}

short outbox_events(const struct outbox *o)
{
	return o->helper ? pipe_events(o->helper) : 0;
}

pid_t outbox_helper_pid(const struct outbox *o)
{
	return o->helper ? pipe_pid(o->helper) : 0;
}

void outbox_kick(struct outbox *o)
{
	o->look_ms = 0;
}

/* ---- where papers go ---- */

/* Where a flight goes; `ret_folder` owns a path that was built for it. */
static struct paper_queue queue_of(
	const struct outbox *o, const struct flight *flight, char **ret_folder)
{
	const struct print_queue_config *config = &o->options.config->queues[flight->purpose];
	const char *queue = flight->queue;

	if (flight->mode == PRINT_FILE && !*queue)
		queue = *ret_folder = mem_printf("%s/printed", o->options.dir);
	return (struct paper_queue){
		.mode = flight->mode,
		.queue = queue,
		.server = o->options.config->cups_server,
		.dots = config->dots,
	};
}

/* ---- the helper ---- */

static void helper_failed(struct outbox *o)
{
	o->deaths++;
	o->restart_ms = now_ms(o) + flight_backoff(o->deaths) * 1000;
	o->is_ready = false;
	o->has_changed = true;
}

static void helper_lost(struct outbox *o, int grace_ms)
{
	pipe_stop(o->helper, grace_ms);
	o->helper = NULL;
	helper_failed(o);
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		if (o->flights[i].id)
			flight_orphan(&o->flights[i], now_ms(o));
		o->printers[i] = (struct printer){ 0 };
	}
}

static void helper_start(struct outbox *o)
{
	const char *const argv[] = { o->helper_path, "--lock", o->lock_path, NULL };
	struct err err = { 0 };

	if (o->helper || now_ms(o) < o->restart_ms)
		return;
	if (pipe_start(argv, o->options.log_fd, &o->helper, &err) < 0)
		helper_failed(o);
}

static struct flight *flight_named(struct outbox *o, const char *job)
{
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		if (!o->flights[i].id)
			continue;
		CLEANUP(mem_free) char *name = flight_name(&o->flights[i]);
		if (strcmp(name, job) == 0)
			return &o->flights[i];
	}
	return NULL;
}

static void printer_says(struct outbox *o, struct printer *printer, struct reason problem)
{
	if (printer->problem.code != problem.code || printer->problem.n1 != problem.n1)
		o->has_changed = true;
	printer->problem = problem;
}

struct reason outbox_wants(const struct paper_event *event)
{
	bool is_closed = !event->is_accepting && event->wants == PAPER_WANTS_NOTHING;

	if (event->kind == PAPER_FAILED)
		return event->failure.reasons[0];
	return flight_wants(
		is_closed ? PAPER_WANTS_RESUME : event->wants, event->waiting, event->message);
}

/* The answer to a query about a purpose's printer, which had the purpose's name as its tag. */
static void hear_state(struct outbox *o, const struct paper_event *event)
{
	for (int i = 0; i < PURPOSE_COUNT; i++)
		if (strcmp(event->job, print_purpose_names[i]) == 0)
			printer_says(o, &o->printers[i], outbox_wants(event));
}

static void hear_of_flight(struct outbox *o, struct flight *flight, const struct paper_event *event)
{
	struct printer *printer = &o->printers[flight->purpose];

	flight_event(flight, event, db_now(o->db), now_ms(o));
	o->has_changed |= flight->is_changed;
	/* A fault in the sheet is not the printer's. */
	bool is_sheets =
		flight->state == OUTBOX_FAILED || flight->problem.code == REASON_GLYPH_MISSING;
	if (event->kind == PAPER_PROGRESS || (event->kind == PAPER_FAILED && !is_sheets))
		printer_says(o, printer, flight->problem);
	else if (event->kind == PAPER_DONE || event->kind == PAPER_SENT)
		printer_says(o, printer, (struct reason){ 0 });
	o->deaths = 0; /* a helper that gets this far may be restarted soon */
}

static void hear(struct outbox *o, const struct paper_event *event)
{
	struct flight *flight = flight_named(o, event->job);

	if (event->kind == PAPER_READY) {
		o->is_ready = true;
		o->look_ms = 0;
	} else if (flight) {
		hear_of_flight(o, flight, event);
	} else {
		hear_state(o, event);
	}
}

static void helper_turn(struct outbox *o)
{
	struct err err = { 0 };
	struct paper_event event;
	json_t *message;

	if (!o->helper)
		return;
	int rc = pipe_turn(o->helper, &err);
	while ((message = pipe_receive(o->helper))) {
		if (paper_event_read(message, &event, &err) == 0)
			hear(o, &event);
		json_decref(message);
	}
	if (rc < 0)
		helper_lost(o, 0);
}

static void helper_watch(struct outbox *o)
{
	for (int i = 0; o->helper && i < PURPOSE_COUNT; i++) {
		const struct flight *flight = &o->flights[i];
		if (flight->is_asked && now_ms(o) - flight->heard_ms > SILENT_MS)
			helper_lost(o, 0);
	}
}

/* ---- rows ---- */

static int save(struct outbox *o, struct flight *flight, struct err *err)
{
	const struct field *params = FIELDS(F_INT("id", flight->id),
		F_TEXT("state", outbox_state_names[flight->state]),
		F_INT("attempt", flight->attempt), F_INT("failures", flight->failures),
		F_ID("job", flight->job), F_TEXT("mode", paper_mode_names[flight->mode]),
		F_TEXT("queue", flight->queue), F_INT("not_before", flight->not_before_at),
		F_TEXT("problem", flight->problem.code ? reason_name(flight->problem.code) : ""),
		F_TEXT("text", flight->problem.text), F_INT("now", db_now(o->db)));

	TRY(db_write(o->db,
		"UPDATE outbox SET state = :state, attempt = :attempt, failures = :failures,"
		" job = :job, mode = :mode, queue = :queue, not_before_at = :not_before,"
		" problem = :problem, problem_text = :text, changed_at = :now WHERE id = :id",
		params, NULL, err));
	flight->is_changed = false;
	return 0;
}

static int save_all(struct outbox *o, struct err *err)
{
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		struct flight *flight = &o->flights[i];
		if (!flight->id || !flight->is_changed)
			continue;
		TRY(save(o, flight, err));
		if (flight->task == FLIGHT_NOTHING) {
			flight_finish(flight);
			o->look_ms = 0;
		}
	}
	return 0;
}

static struct flight flight_of(const struct query *q)
{
	const char *mode = query_text0(q, "mode");
	int known = paper_name_index(mode, paper_mode_names, PRINT_MODE_COUNT);

	return (struct flight){
		.id = query_int(q, "id"),
		.nonce = mem_text(query_text0(q, "nonce")),
		.purpose = outbox_purpose_of(query_text(q, "purpose")),
		.state = outbox_state_of(query_text(q, "state")),
		.attempt = query_int(q, "attempt"),
		.failures = query_int(q, "failures"),
		.job = query_int(q, "job"),
		.is_marked = query_int(q, "is_marked"),
		.is_lacking =
			strcmp(query_text0(q, "problem"), reason_name(REASON_GLYPH_MISSING)) == 0,
		.mode = known < 0 ? PRINT_FILE : (enum print_mode)known,
		.queue = mem_text(query_text0(q, "queue")),
	};
}

/* A queued paper goes where kiosk.conf says now; one that was on its way when its process died is
 * looked up where it was sent. */
static void take(struct outbox *o, const struct query *q)
{
	struct flight *flight = &o->flights[outbox_purpose_of(query_text(q, "purpose"))];
	const struct print_queue_config *config;

	*flight = flight_of(q);
	flight->heard_ms = now_ms(o);
	if (flight->state != OUTBOX_QUEUED) {
		flight->task = FLIGHT_LOOKUP;
		return;
	}
	config = &o->options.config->queues[flight->purpose];
	free(flight->queue);
	flight->queue = mem_text(config->queue ? config->queue : "");
	flight->mode = config->mode;
	flight_submit(flight);
}

/* For each idle purpose, takes the paper that was left on its way, else the oldest queued one. */
static int look(struct outbox *o, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int more;

	TRY(query_open(&q, o->db,
		"SELECT id, nonce, purpose, state, attempt, failures, job, is_marked, mode, queue,"
		" problem FROM outbox WHERE state NOT IN ('done', 'cancelled')"
		" AND (state IN ('submitting', 'created', 'sent')"
		" OR (state = 'queued' AND not_before_at <= :now))"
		" ORDER BY state = 'queued', id",
		FIELDS(F_INT("now", db_now(o->db))), err));
	while ((more = query_next(&q, err)) > 0)
		if (!o->flights[outbox_purpose_of(query_text(&q, "purpose"))].id)
			take(o, &q);
	return more;
}

/* Papers that wait for an answer are shown until they have it, whoever left them. */
static int look_for_questions(struct outbox *o, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct reason questions[PURPOSE_COUNT] = { 0 };
	int more;

	TRY(query_open(&q, o->db,
		"SELECT purpose, problem, problem_text FROM outbox"
		" WHERE state NOT IN ('done', 'cancelled') AND state = 'ask' ORDER BY id DESC",
		NO_FIELDS, err));
	while ((more = query_next(&q, err)) > 0)
		questions[outbox_purpose_of(query_text(&q, "purpose"))] = outbox_problem_of(
			query_text0(&q, "problem"), query_text0(&q, "problem_text"));
	for (int i = 0; more == 0 && i < PURPOSE_COUNT; i++) {
		o->has_changed |= o->printers[i].question.code != questions[i].code;
		o->printers[i].question = questions[i];
	}
	return more;
}

/* ---- asking the helper ---- */

/* The sheet with the mark of a second copy as its first line, for papers that people may confuse.
 * The caller's. */
static char *marked(const char *sheet, const char *mark)
{
	static const char page[] = "\npage\n";
	const char *at = strstr(sheet, page);

	if (!at)
		return mem_text(sheet);
	at += strlen(page);
	return mem_printf("%.*stext\t15 bold center\t%s\n%s", (int)(at - sheet), sheet, mark, at);
}

static int sheet_of(struct outbox *o, const struct flight *flight, char **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, o->db, "SELECT sheet FROM outbox WHERE id = :id",
		FIELDS(F_INT("id", flight->id)), err));
	TRY(query_next(&q, err));
	const char *sheet = query_text0(&q, "sheet");
	bool needs_mark =
		flight->is_marked && flight->purpose == PURPOSE_RECEIPT && o->options.mark;
	*ret = needs_mark ? marked(sheet, o->options.mark) : mem_text(sheet);
	return 0;
}

static int ask_print(struct outbox *o, struct flight *flight, const char *name,
	const struct paper_queue *queue, struct err *err)
{
	char *text;

	TRY(sheet_of(o, flight, &text, err));
	CLEANUP(mem_free) char *sheet = text;
	if (queue->mode == PRINT_FILE)
		mkdir(queue->queue, 0700); /* if that fails, writing into it reports the error */
	json_t *request = paper_at(paper_print(name, sheet, queue), db_now(o->db));
	pipe_send(o->helper, flight->is_lacking ? paper_lacking(request) : request);
	return 0;
}

static int ask(struct outbox *o, struct flight *flight, struct err *err)
{
	CLEANUP(mem_free) char *folder = NULL;
	CLEANUP(mem_free) char *name = flight_name(flight);
	struct paper_queue queue = queue_of(o, flight, &folder);
	int job = (int)flight->job;

	switch (flight->task) {
	case FLIGHT_NOTHING:
		return 0;
	case FLIGHT_PRINT:
		TRY(ask_print(o, flight, name, &queue, err));
		break;
	case FLIGHT_LOOKUP:
		pipe_send(o->helper, paper_lookup(name, &queue));
		break;
	case FLIGHT_CLEAR:
		pipe_send(o->helper, paper_cancel(name, job, &queue));
		break;
	case FLIGHT_WATCH:
		pipe_send(o->helper, paper_watch(name, job, &queue));
		break;
	}
	flight->is_asked = true;
	flight->heard_ms = now_ms(o);
	return 0;
}

static void ask_cancel(struct outbox *o, struct flight *flight)
{
	CLEANUP(mem_free) char *folder = NULL;
	CLEANUP(mem_free) char *name = flight_name(flight);
	struct paper_queue queue = queue_of(o, flight, &folder);

	pipe_send(o->helper, paper_cancel(name, 0, &queue));
	flight->is_cancel_sent = true;
}

static int ask_all(struct outbox *o, struct err *err)
{
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		struct flight *flight = &o->flights[i];
		bool is_under_way = flight->task == FLIGHT_PRINT || flight->task == FLIGHT_WATCH;
		if (!flight->id || flight->is_changed)
			continue;
		if (!flight->is_asked && now_ms(o) >= flight->wait_ms)
			TRY(ask(o, flight, err));
		if (flight->wants_cancel && !flight->is_cancel_sent && flight->is_asked &&
			is_under_way)
			ask_cancel(o, flight);
	}
	return 0;
}

/* Idle printers are queried now and then, so that the screen knows of trouble before a paper waits.
 */
static void ask_states(struct outbox *o)
{
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		const struct print_queue_config *config = &o->options.config->queues[i];
		struct printer *printer = &o->printers[i];
		bool is_spooled = config->mode == PRINT_CUPS || config->mode == PRINT_ESCPOS;
		if (o->flights[i].id || !is_spooled || !config->queue ||
			(printer->asked_ms && now_ms(o) - printer->asked_ms < STATE_MS))
			continue;
		pipe_send(o->helper, paper_state(print_purpose_names[i],
					     &(struct paper_queue){ .mode = config->mode,
						     .queue = config->queue,
						     .server = o->options.config->cups_server }));
		printer->asked_ms = now_ms(o);
	}
}

/* ---- turning ---- */

static int forget(struct outbox *o, struct err *err)
{
	int64_t age = (int64_t)o->options.keep_days * DAY_SECONDS;

	if (!o->options.keep_days || now_ms(o) < o->forget_ms)
		return 0;
	o->forget_ms = now_ms(o) + FORGET_MS;
	return outbox_forget(o->db, db_now(o->db) - age, err);
}

static int turn(struct outbox *o, struct err *err)
{
	helper_turn(o);
	helper_watch(o);
	helper_start(o);
	TRY(save_all(o, err));
	if (o->is_ready && now_ms(o) >= o->look_ms) {
		o->look_ms = now_ms(o) + LOOK_MS;
		TRY(look(o, err));
		TRY(look_for_questions(o, err));
		TRY(save_all(o, err));
	}
	if (o->is_ready) {
		TRY(ask_all(o, err));
		ask_states(o);
	}
	return forget(o, err);
}

int outbox_turn(struct outbox *o, struct err *err)
{
	int rc = turn(o, err);

	if (rc == ERR_BUSY || rc == ERR_UNSURE)
		*err = (struct err){ 0 };
	else if (rc < 0)
		return rc;
	/* Requests are sent at once if the pipe accepts them. */
	if (o->helper && pipe_events(o->helper) & POLLOUT)
		helper_turn(o);
	bool has_changed = o->has_changed;
	o->has_changed = false;
	return has_changed;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

int64_t outbox_next_ms(const struct outbox *o)
{
	int64_t now = now_ms(o), next = now + LOOK_MS;

	if (o->is_ready)
		next = earlier(next, o->look_ms);
	if (!o->helper)
		next = earlier(next, o->restart_ms);
	for (int i = 0; i < PURPOSE_COUNT; i++) {
		const struct flight *flight = &o->flights[i];
		if (flight->id && flight->is_changed)
			next = earlier(next, now + BUSY_MS);
		else if (flight->id && !flight->is_asked && o->is_ready)
			next = earlier(next, flight->wait_ms);
	}
	return next;
}

bool outbox_problem(const struct outbox *o, enum print_purpose purpose, struct reason *ret)
{
	struct reason problem = o->printers[purpose].problem;

	if (o->deaths > 0 && !o->is_ready)
		problem = REASON_TEXT(HELPER_FAILED, PAPER_PROGRAM);
	if (!problem.code)
		return false;
	*ret = problem;
	return true;
}

bool outbox_question(const struct outbox *o, enum print_purpose purpose, struct reason *ret)
{
	if (!o->printers[purpose].question.code)
		return false;
	*ret = o->printers[purpose].question;
	return true;
}

/* ---- cancelling ---- */

static int cancel_row(struct outbox *o, int64_t id, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };

	TRY(txn_begin(&t, o->db, err));
	TRY(outbox_get(o->db, id, &row, err));
	if (row.state == OUTBOX_DONE || row.state == OUTBOX_CANCELLED)
		return err_set(err, ERR_REFUSED, REASON(PAPER_SETTLED));
	if (row.state == OUTBOX_SUBMITTING || row.state == OUTBOX_CREATED ||
		row.state == OUTBOX_SENT)
		return err_set(err, ERR_BUSY, REASON(STORE_BUSY));
	TRY(db_write(o->db,
		"UPDATE outbox SET state = 'cancelled', problem = '', changed_at = :now"
		" WHERE id = :id",
		FIELDS(F_INT("id", id), F_INT("now", db_now(o->db))), NULL, err));
	return txn_commit(&t, err);
}

int outbox_cancel(struct outbox *o, int64_t id, struct err *err)
{
	for (int i = 0; i < PURPOSE_COUNT; i++)
		if (o->flights[i].id == id) {
			flight_cancel(&o->flights[i]);
			o->look_ms = 0;
			return 0;
		}
	TRY(cancel_row(o, id, err));
	o->has_changed = true;
	return 0;
}

/* ---- for verbs ---- */

static bool is_settled(enum outbox_state state)
{
	return state == OUTBOX_DONE || state == OUTBOX_ASK || state == OUTBOX_FAILED ||
	       state == OUTBOX_CANCELLED;
}

/* A guess that saves a verb from starting a helper that would only wait. */
static bool lock_is_held(const struct outbox *o)
{
	int fd = open(o->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	bool is_held = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return is_held;
}

static int state_of(struct outbox *o, int64_t id, enum outbox_state *ret, struct err *err)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };

	TRY(outbox_get(o->db, id, &row, err));
	*ret = row.state;
	return 0;
}

int outbox_drain(
	struct outbox *o, int64_t id, int timeout_ms, enum outbox_state *ret, struct err *err)
{
	int64_t until = now_ms(o) + timeout_ms;
	enum outbox_state state;

	TRY(state_of(o, id, &state, err));
	if (is_settled(state) || (!o->helper && lock_is_held(o))) {
		*ret = state;
		return 0;
	}
	for (;;) {
		TRY(outbox_turn(o, err));
		TRY(state_of(o, id, &state, err));
		int64_t wait = earlier(outbox_next_ms(o), until) - now_ms(o);
		if (is_settled(state) || now_ms(o) >= until)
			break;
		struct pollfd fd = { .fd = outbox_fd(o), .events = outbox_events(o) };
		if (wait > 0)
			poll(&fd, 1, (int)wait);
	}
	*ret = state;
	return 0;
}
