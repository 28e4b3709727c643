/* The outbox against a helper that the test plays itself: this program, started as the helper,
 * passes messages on to a socket of the test, which reads requests and answers as it likes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/print/outbox.h"
#include "core/print/paper.h"
#include "tests/lib/chance.h"
#include "tests/lib/ok.h"

#define NOON      1795233600 /* 2026-11-21 12:00 in Shanghai */
#define PATIENCE  10000      /* ms until a test gives up */
#define SOCKET    "JIAPLUS_TEST_SOCKET"
#define SHEET     "jiaplus-sheet\t1\npage\ntext\t9\tone\n"
#define OTHER     "jiaplus-sheet\t1\npage\ntext\t9\ttwo\n"
#define KEEP_DAYS 7

struct fixture {
	char dir[64];
	char *path, *socket_path;
	struct clock clock;
	struct db *db;
	struct config config;
	struct outbox *outbox;
	int listener, helper; /* helper: the socket to whoever plays the helper now, or -1 */
};

/* ---- the process that is started as a helper ---- */

static int copy(int from, int to)
{
	char bytes[4096];
	ssize_t n = read(from, bytes, sizeof(bytes));

	return n > 0 && write(to, bytes, (size_t)n) == n ? 0 : -1;
}

static int relay(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	struct pollfd polled[] = { { STDIN_FILENO, POLLIN, 0 }, { fd, POLLIN, 0 } };

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", getenv(SOCKET));
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return 1;
	while (poll(polled, 2, -1) > 0) {
		if (polled[0].revents && copy(STDIN_FILENO, fd) < 0)
			return 0;
		if (polled[1].revents && copy(fd, STDOUT_FILENO) < 0)
			return 1;
	}
	return 1;
}

/* ---- set-up ---- */

static void open_outbox(struct fixture *f)
{
	struct outbox_options options = {
		.config = &f->config,
		.dir = f->dir,
		.mark = "补打",
		.keep_days = KEEP_DAYS,
		.helper = "/proc/self/exe",
		.log_fd = STDERR_FILENO,
	};
	outbox_open(f->db, &options, &f->outbox);
}

static void listen_at(struct fixture *f)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", f->socket_path);
	f->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(f->listener, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(f->listener, 8), 0);
	setenv(SOCKET, f->socket_path, 1);
}

static int setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-outbox-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	f->path = mem_printf("%s/jiaplus.db", f->dir);
	f->socket_path = mem_printf("%s/helper", f->dir);
	f->clock = clock_set(NOON);
	f->clock.set_monotonic_ms = 1000000;
	f->helper = -1;
	assert_ok(config_parse("[receipt]\nmode = cups\nqueue = till\n[labels]\nmode = raw\n"
			       "queue = /dev/null\n",
			  "kiosk.conf", &f->config, &err),
		&err);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->db, &err), &err);
	listen_at(f);
	open_outbox(f);
	*state = f;
	return 0;
}

static void drop_helper(struct fixture *f)
{
	if (f->helper >= 0)
		close(f->helper);
	f->helper = -1;
}

static int teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	drop_helper(f);
	outbox_close(f->outbox);
	db_close(f->db);
	close(f->listener);
	config_finish(&f->config);
	free(f->path);
	free(f->socket_path);
	free(f);
	return system(command);
}

/* ---- playing the helper ---- */

static void turn(struct fixture *f)
{
	struct err err = { 0 };

	assert_ok(outbox_turn(f->outbox, &err), &err);
}

static void say(struct fixture *f, json_t *event)
{
	struct err err = { 0 };

	assert_non_null(event);
	assert_ok(pipe_write_message(f->helper, event, &err), &err);
	json_decref(event);
}

/* The outbox has started a helper; it connects, and says that it is ready. */
static void connect_helper(struct fixture *f)
{
	struct pollfd fd = { .fd = f->listener, .events = POLLIN };

	for (int waited = 0; waited < PATIENCE && fd.revents == 0; waited += 20) {
		turn(f);
		assert_true(poll(&fd, 1, 20) >= 0);
	}
	f->helper = accept4(f->listener, NULL, NULL, SOCK_CLOEXEC);
	assert_true(f->helper >= 0);
}

static void start_helper(struct fixture *f)
{
	connect_helper(f);
	say(f, json_pack("{s:s}", "event", "ready"));
}

static bool is_heard(struct fixture *f, int ms)
{
	struct pollfd fd = { .fd = f->helper, .events = POLLIN };

	return poll(&fd, 1, ms) == 1;
}

/* Lets the outbox do what follows from what it has heard. */
static void rest(struct fixture *f)
{
	struct pollfd fd = { .fd = outbox_fd(f->outbox), .events = POLLIN };

	poll(&fd, 1, 200);
	turn(f);
	turn(f);
}

/* Lets the outbox take in what was said; its way leads through another process. */
static void settle(struct fixture *f)
{
	struct pollfd fd = { .fd = outbox_fd(f->outbox), .events = POLLIN };

	assert_int_equal(poll(&fd, 1, PATIENCE), 1);
	turn(f);
	turn(f);
}

/* The next request but questions about a printer's state, the caller's. */
static json_t *next_request(struct fixture *f)
{
	struct err err = { 0 };
	json_t *request = NULL;

	for (int waited = 0; waited < PATIENCE; waited += 20) {
		turn(f);
		while (is_heard(f, 20)) {
			assert_ok(pipe_read_message(f->helper, &request, &err), &err);
			assert_non_null(request);
			const char *what = json_string_value(json_object_get(request, "do"));
			if (strcmp(what, "state") != 0)
				return request;
			json_decref(request);
		}
	}
	fail_msg("the outbox asked for nothing");
	return NULL;
}

/* Expects a request for `what`; returns the job's name, the caller's. */
static char *expect(struct fixture *f, const char *what)
{
	json_t *request = next_request(f);
	char *job = mem_text(json_string_value(json_object_get(request, "job")));

	assert_string_equal(json_string_value(json_object_get(request, "do")), what);
	json_decref(request);
	return job;
}

/* Expects it, whatever the job is called. */
static void pass(struct fixture *f, const char *what)
{
	free(expect(f, what));
}

static void expect_nothing(struct fixture *f)
{
	struct err err = { 0 };

	for (int i = 0; i < 5; i++) {
		json_t *request = NULL;
		turn(f);
		while (is_heard(f, 10)) {
			assert_ok(pipe_read_message(f->helper, &request, &err), &err);
			assert_string_equal(
				json_string_value(json_object_get(request, "do")), "state");
			json_decref(request);
		}
	}
}

static void say_event(struct fixture *f, const char *event, const char *job)
{
	say(f, json_pack("{s:s, s:s, s:i}", "event", event, "job", job, "id", 7));
}

static void say_found(struct fixture *f, const char *job, const char *verdict, bool may)
{
	say(f, json_pack("{s:s, s:s, s:s, s:i, s:b}", "event", "found", "job", job, "verdict",
		       verdict, "id", strcmp(verdict, "absent") == 0 ? 0 : 7, "may_have_printed",
		       may));
}

static void say_failed(struct fixture *f, const char *job, int code, const char *reason, bool may)
{
	say(f, json_pack("{s:s, s:s, s:i, s:s, s:s, s:b}", "event", "failed", "job", job, "code",
		       code, "reason", reason, "text", "till", "may_have_printed", may));
}

/* ---- looking at rows ---- */

static int64_t add(struct fixture *f, enum print_purpose purpose)
{
	struct outbox_paper paper = { .purpose = purpose, .title = "receipt", .sheet = SHEET };
	struct err err = { 0 };
	int64_t id;

	assert_ok(outbox_add(f->db, &paper, &id, &err), &err);
	outbox_kick(f->outbox);
	return id;
}

static const char *state_of(struct fixture *f, int64_t id)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };

	assert_ok(outbox_get(f->db, id, &row, &err), &err);
	return outbox_state_names[row.state];
}

static enum reason_code problem_of(struct fixture *f, int64_t id)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };

	assert_ok(outbox_get(f->db, id, &row, &err), &err);
	return row.problem.code;
}

static void wait_for(struct fixture *f, int64_t id, const char *state)
{
	for (int i = 0; i < PATIENCE / 20; i++) {
		struct pollfd fd = { .fd = outbox_fd(f->outbox), .events = POLLIN };
		turn(f);
		if (strcmp(state_of(f, id), state) == 0)
			return;
		poll(&fd, 1, 20);
	}
	fail_msg("%s, not %s", state_of(f, id), state);
}

static void later(struct fixture *f, int seconds)
{
	f->clock.set_wall += seconds;
	f->clock.set_monotonic_ms += seconds * 1000;
}

/* The process is gone with all it knew but what is in the database; another one starts. */
static void crash(struct fixture *f)
{
	struct err err = { 0 };

	drop_helper(f);
	outbox_close(f->outbox);
	db_close(f->db);
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &f->db, &err), &err);
	open_outbox(f);
}

/* A paper brought to `state`; returns the job's name, the caller's. */
static char *bring_to(struct fixture *f, int64_t id, const char *state)
{
	start_helper(f);
	char *job = expect(f, "print");
	if (strcmp(state, "submitting") == 0)
		return job;
	say_event(f, "created", job);
	wait_for(f, id, "created");
	if (strcmp(state, "created") == 0)
		return job;
	say_event(f, "sent", job);
	wait_for(f, id, "sent");
	return job;
}

/* ---- the way of a paper ---- */

static void paper_goes_from_queued_to_done(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	assert_string_equal(state_of(f, id), "queued");
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");
	say_event(f, "done", job);
	wait_for(f, id, "done");
	expect_nothing(f);
}

static void row_says_submitting_before_the_helper_hears_of_the_job(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	pass(f, "print");
	assert_string_equal(state_of(f, id), "submitting");
}

static void job_is_named_after_paper_and_attempt(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	CLEANUP(mem_free) char *front = mem_printf("receipt-%06d-", (int)id);
	assert_memory_equal(job, front, strlen(front));
	assert_string_equal(job + strlen(job) - 2, "#1");
}

static void request_carries_sheet_and_queue(void **state)
{
	struct fixture *f = *state;

	add(f, PURPOSE_RECEIPT);
	start_helper(f);
	json_t *request = next_request(f);
	assert_string_equal(json_string_value(json_object_get(request, "sheet")), SHEET);
	assert_string_equal(json_string_value(json_object_get(request, "mode")), "cups");
	assert_string_equal(json_string_value(json_object_get(request, "queue")), "till");
	json_decref(request);
}

static void nothing_is_submitted_while_another_process_holds_the_lock(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	connect_helper(f);
	rest(f);
	assert_false(is_heard(f, 50));
	assert_string_equal(state_of(f, id), "queued");
}

static void verb_leaves_its_paper_queued_while_another_process_holds_the_lock(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/outbox.lock", f->dir);
	FILE *lock = fopen(path, "w");
	enum outbox_state found = OUTBOX_DONE;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);

	assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
	assert_ok(outbox_drain(f->outbox, id, PATIENCE, &found, &err), &err);
	assert_int_equal(found, OUTBOX_QUEUED);
	assert_int_equal(outbox_fd(f->outbox), -1);
	fclose(lock);
}

static void one_paper_at_a_time_for_each_purpose(void **state)
{
	struct fixture *f = *state;
	int64_t first = add(f, PURPOSE_RECEIPT), second = add(f, PURPOSE_RECEIPT);
	int64_t label = add(f, PURPOSE_LABELS);

	start_helper(f);
	CLEANUP(mem_free) char *one = expect(f, "print");
	CLEANUP(mem_free) char *other = expect(f, "print");
	expect_nothing(f);
	assert_string_equal(state_of(f, first), "submitting");
	assert_string_equal(state_of(f, second), "queued");
	assert_string_equal(state_of(f, label), "submitting");
	say_event(f, "done", memcmp(one, "receipt", 7) == 0 ? one : other);
	wait_for(f, first, "done");
	pass(f, "print");
	assert_string_equal(state_of(f, second), "submitting");
}

static void paper_of_another_process_is_found(void **state)
{
	struct fixture *f = *state;
	struct outbox_paper paper = { .purpose = PURPOSE_RECEIPT, .title = "x", .sheet = SHEET };
	struct db *other;
	struct err err = { 0 };
	int64_t id;

	start_helper(f);
	settle(f);
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &other, &err), &err);
	assert_ok(outbox_add(other, &paper, &id, &err), &err);
	db_close(other);
	assert_true(outbox_next_ms(f->outbox) <= clock_ms(&f->clock) + 2000);
	later(f, 3);
	pass(f, "print");
}

static void news_wait_while_another_process_writes(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "created");
	CLEANUP(mem_free) char *path = mem_printf("%s.lock", f->path);
	FILE *lock = fopen(path, "r+");

	db_set_patience(f->db, 0);
	assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
	say_event(f, "sent", job);
	settle(f);
	assert_string_equal(state_of(f, id), "created");
	assert_true(outbox_next_ms(f->outbox) <= clock_ms(&f->clock) + 100);
	fclose(lock);
	wait_for(f, id, "sent");
}

/* ---- after a crash ---- */

struct verdict_case {
	const char *state, *verdict;
	bool may_have_printed;
	const char *then;  /* the next request, or NULL */
	int attempt;       /* … for this attempt */
	const char *lands; /* the state then */
};

/* A submission that died is looked up by its name first; what may have come out is never sent
 * again without a person's word. */
static const struct verdict_case verdict_cases[] = {
	{ "submitting", "absent", false, "print", 1, "submitting" },
	{ "submitting", "incomplete", false, "cancel", 1, "submitting" },
	{ "submitting", "active", false, "watch", 1, "sent" },
	{ "submitting", "finished", true, NULL, 0, "done" },
	{ "submitting", "stopped", false, "print", 2, "submitting" },
	{ "submitting", "stopped", true, NULL, 0, "ask" },
	{ "submitting", "unknown", true, NULL, 0, "ask" },
	{ "created", "absent", false, NULL, 0, "ask" },
	{ "created", "incomplete", false, "cancel", 1, "created" },
	{ "created", "active", false, "watch", 1, "sent" },
	{ "created", "finished", true, NULL, 0, "done" },
	{ "created", "stopped", false, "print", 2, "submitting" },
	{ "created", "stopped", true, NULL, 0, "ask" },
	{ "created", "unknown", true, NULL, 0, "ask" },
	{ "sent", "absent", false, NULL, 0, "ask" },
	{ "sent", "active", false, "watch", 1, "sent" },
	{ "sent", "finished", true, NULL, 0, "done" },
	{ "sent", "stopped", false, "print", 2, "submitting" },
	{ "sent", "stopped", true, NULL, 0, "ask" },
	{ "sent", "unknown", true, NULL, 0, "ask" },
};

static void check_verdict(struct fixture *f, const struct verdict_case *c)
{
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, c->state);

	crash(f);
	start_helper(f);
	CLEANUP(mem_free) char *asked = expect(f, "lookup");
	assert_string_equal(asked, job);
	say_found(f, job, c->verdict, c->may_have_printed);
	if (c->then) {
		CLEANUP(mem_free) char *next = expect(f, c->then);
		CLEANUP(mem_free) char *want = mem_text(job);
		want[strlen(want) - 1] = (char)('0' + c->attempt);
		assert_string_equal(next, want);
	}
	wait_for(f, id, c->lands);
	if (!c->then)
		expect_nothing(f);
	crash(f);
}

static void each_verdict_leads_where_it_must(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(verdict_cases); i++) {
		print_message("# %s, found %s\n", verdict_cases[i].state, verdict_cases[i].verdict);
		check_verdict(f, &verdict_cases[i]);
		assert_ok(db_write(f->db, "DELETE FROM outbox", NO_FIELDS, NULL, &err), &err);
	}
}

static void half_a_job_is_cancelled_before_the_next_attempt(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "created");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "incomplete", false);
	CLEANUP(mem_free) char *cancelled = expect(f, "cancel");
	assert_string_equal(cancelled, job);
	say(f, json_pack("{s:s, s:s}", "event", "cancelled", "job", job));
	CLEANUP(mem_free) char *next = expect(f, "print");
	assert_string_equal(next + strlen(next) - 2, "#2");
}

static void failed_lookup_is_not_absence(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "submitting");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_failed(f, job, ERR_DEVICE, "PRINTER_MISSING", false);
	settle(f);
	expect_nothing(f);
	assert_string_equal(state_of(f, id), "submitting");
	later(f, 3);
	pass(f, "lookup");
	say_found(f, job, "finished", true);
	wait_for(f, id, "done");
}

static void adopted_job_is_watched_to_its_end(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "active", false);
	pass(f, "watch");
	say_event(f, "done", job);
	wait_for(f, id, "done");
}

static void paper_is_looked_up_where_it_went_whatever_the_settings_say_now(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	free(bring_to(f, id, "created"));

	free(f->config.queues[PURPOSE_RECEIPT].queue);
	f->config.queues[PURPOSE_RECEIPT].queue = mem_text("another");
	crash(f);
	start_helper(f);
	json_t *request = next_request(f);
	assert_string_equal(json_string_value(json_object_get(request, "queue")), "till");
	json_decref(request);
}

/* A file made twice is one file, so nobody needs to be asked. */
static void file_is_made_again_under_the_same_name(void **state)
{
	struct fixture *f = *state;
	f->config.queues[PURPOSE_RECEIPT].mode = PRINT_FILE;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "absent", false);
	CLEANUP(mem_free) char *again = expect(f, "print");
	assert_string_equal(again, job);
}

/* ---- the helper's death ---- */

static void wait_for_loss(struct fixture *f)
{
	for (int waited = 0; waited < PATIENCE && outbox_fd(f->outbox) >= 0; waited += 200)
		rest(f);
	assert_int_equal(outbox_fd(f->outbox), -1);
}

static void kill_helper(struct fixture *f)
{
	drop_helper(f);
	wait_for_loss(f);
	later(f, 61);
}

static void job_of_a_dead_helper_is_looked_up(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	kill_helper(f);
	start_helper(f);
	CLEANUP(mem_free) char *asked = expect(f, "lookup");
	assert_string_equal(asked, job);
	say_found(f, job, "finished", true);
	wait_for(f, id, "done");
}

static void helper_is_not_restarted_at_once(void **state)
{
	struct fixture *f = *state;
	struct reason problem;

	start_helper(f);
	settle(f);
	drop_helper(f);
	wait_for_loss(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_HELPER_FAILED);
	turn(f);
	assert_int_equal(outbox_fd(f->outbox), -1);
	later(f, 3);
	start_helper(f);
	settle(f);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
}

static void raw_device_gets_nothing_twice(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_LABELS);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	say_event(f, "created", job);
	wait_for(f, id, "created");
	kill_helper(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "unknown", true);
	wait_for(f, id, "ask");
}

static void raw_device_gets_what_a_helper_never_began(void **state)
{
	struct fixture *f = *state;

	add(f, PURPOSE_LABELS);
	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	kill_helper(f);
	start_helper(f);
	CLEANUP(mem_free) char *again = expect(f, "print");
	assert_string_equal(again, job);
}

static void paper_that_kills_the_helper_is_given_up(void **state)
{
	struct fixture *f = *state;
	int64_t poison = add(f, PURPOSE_RECEIPT), next = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	for (int i = 0; i < 3; i++) {
		kill_helper(f);
		start_helper(f);
		pass(f, "lookup");
		say_found(f, job, "absent", false);
		settle(f);
		if (i < 2) /* then the next one is asked for, and a silent helper replaced */
			later(f, 61);
		CLEANUP(mem_free) char *printed = expect(f, "print");
		assert_int_equal(strcmp(printed, job) == 0, i < 2);
	}
	assert_string_equal(state_of(f, poison), "failed");
	assert_int_equal(problem_of(f, poison), REASON_HELPER_FAILED);
	assert_string_equal(state_of(f, next), "submitting");
}

static void silent_helper_is_replaced(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	later(f, 59);
	turn(f);
	assert_int_not_equal(outbox_fd(f->outbox), -1);
	later(f, 2);
	turn(f);
	assert_int_equal(outbox_fd(f->outbox), -1);
	drop_helper(f);
	later(f, 61);
	start_helper(f);
	CLEANUP(mem_free) char *asked = expect(f, "lookup");
	assert_string_equal(asked, job);
}

static void missing_helper_is_a_problem_not_an_error(void **state)
{
	struct fixture *f = *state;
	struct outbox_options options = { .config = &f->config,
		.dir = f->dir,
		.helper = "/nonexistent/jiaplus-paper",
		.log_fd = -1 };
	struct reason problem;

	outbox_close(f->outbox);
	outbox_open(f->db, &options, &f->outbox);
	int64_t id = add(f, PURPOSE_RECEIPT);
	turn(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_HELPER_FAILED);
	assert_string_equal(state_of(f, id), "queued");
}

/* ---- failures ---- */

static void unreachable_printer_gets_the_next_attempt_later(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	say_failed(f, job, ERR_DEVICE, "PRINTER_MISSING", false);
	wait_for(f, id, "queued");
	assert_int_equal(problem_of(f, id), REASON_PRINTER_MISSING);
	expect_nothing(f);
	later(f, 3);
	CLEANUP(mem_free) char *next = expect(f, "print");
	assert_string_equal(next + strlen(next) - 2, "#2");
	say_event(f, "sent", next);
	say_event(f, "done", next);
	wait_for(f, id, "done");
	assert_int_equal(problem_of(f, id), REASON_NONE);
}

static void waiting_grows_but_not_above_a_minute(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	for (int i = 0; i < 8; i++) {
		CLEANUP(mem_free) char *job = expect(f, "print");
		say_failed(f, job, ERR_DEVICE, "PRINTER_MISSING", false);
		wait_for(f, id, "queued");
		later(f, i == 0 ? 1 : 29);
		if (i == 0 || i > 4)
			expect_nothing(f);
		later(f, i == 0 ? 1 : 32);
	}
}

static void sheet_that_cannot_be_drawn_fails_for_good(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT), next = add(f, PURPOSE_RECEIPT);
	struct reason problem;

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	say_failed(f, job, ERR_INVALID, "SHEET_OVERFLOW", false);
	wait_for(f, id, "failed");
	assert_int_equal(problem_of(f, id), REASON_SHEET_OVERFLOW);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	pass(f, "print");
	assert_string_equal(state_of(f, next), "submitting");
}

static void what_may_have_printed_asks_a_person(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PRINTER_FAILED", true);
	wait_for(f, id, "ask");
	assert_int_equal(problem_of(f, id), REASON_PAPER_UNSURE);
	expect_nothing(f);
}

static void job_cancelled_at_the_printer_asks_a_person(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say(f, json_pack(
		       "{s:s, s:s, s:b}", "event", "cancelled", "job", job, "may_have_printed", 0));
	wait_for(f, id, "ask");
}

static void answer_yes_settles_the_paper(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PRINTER_FAILED", true);
	wait_for(f, id, "ask");
	assert_ok(outbox_answer(f->db, id, true, &err), &err);
	assert_string_equal(state_of(f, id), "done");
	assert_refused(outbox_answer(f->db, id, true, &err), &err, PAPER_SETTLED);
}

static void answer_no_prints_it_again_with_a_mark(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PRINTER_FAILED", true);
	wait_for(f, id, "ask");
	assert_ok(outbox_answer(f->db, id, false, &err), &err);
	outbox_kick(f->outbox);
	json_t *request = next_request(f);
	assert_non_null(strstr(json_string_value(json_object_get(request, "job")), "#2"));
	assert_string_equal(json_string_value(json_object_get(request, "sheet")),
		"jiaplus-sheet\t1\npage\ntext\t15 bold center\t补打\ntext\t9\tone\n");
	json_decref(request);
}

/* ---- what printers want ---- */

static void printer_out_of_paper_is_told_and_forgotten(void **state)
{
	struct fixture *f = *state;
	struct reason problem;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say(f, json_pack("{s:s, s:s, s:s, s:i}", "event", "progress", "job", job, "wants", "paper",
		       "waiting", 5));
	settle(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_PAPER);
	assert_int_equal(problem_of(f, id), REASON_PRINTER_PAPER);
	assert_false(outbox_problem(f->outbox, PURPOSE_LABELS, &problem));
	say(f, json_pack("{s:s, s:s, s:s, s:i}", "event", "progress", "job", job, "wants",
		       "nothing", "waiting", 9));
	settle(f);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_string_equal(state_of(f, id), "sent");
}

static void offline_printer_says_how_long_it_has_been_waited_for(void **state)
{
	struct fixture *f = *state;
	struct reason problem;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say(f, json_pack("{s:s, s:s, s:s, s:i}", "event", "progress", "job", job, "wants", "power",
		       "waiting", 40));
	settle(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_OFFLINE);
	assert_int_equal(problem.n1, 40);
}

static void printer_at_rest_is_asked_what_it_wants(void **state)
{
	struct fixture *f = *state;
	struct reason problem;
	struct err err = { 0 };
	json_t *request = NULL;

	start_helper(f);
	settle(f);
	assert_ok(pipe_read_message(f->helper, &request, &err), &err);
	assert_string_equal(json_string_value(json_object_get(request, "do")), "state");
	say(f, json_pack("{s:s, s:O, s:s, s:b}", "event", "printer", "job",
		       json_object_get(request, "job"), "wants", "close", "accepting", 1));
	json_decref(request);
	settle(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_COVER);
	rest(f);
	assert_false(is_heard(f, 50));
}

/* ---- cancelling ---- */

static void queued_paper_is_cancelled_at_once(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_string_equal(state_of(f, id), "cancelled");
	start_helper(f);
	settle(f);
	expect_nothing(f);
	assert_refused(outbox_cancel(f->outbox, id, &err), &err, PAPER_SETTLED);
	assert_int_equal(outbox_cancel(f->outbox, 99, &err), ERR_NOT_FOUND);
}

static void paper_on_its_way_is_stopped_at_the_spooler(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	CLEANUP(mem_free) char *stopped = expect(f, "cancel");
	assert_string_equal(stopped, job);
	assert_string_equal(state_of(f, id), "sent");
	say(f, json_pack("{s:s, s:s}", "event", "cancelled", "job", job));
	wait_for(f, id, "cancelled");
}

static void paper_that_was_faster_than_its_cancelling_is_done(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	pass(f, "cancel");
	say_event(f, "done", job);
	wait_for(f, id, "done");
}

static void other_process_cannot_cancel_what_this_one_prints(void **state)
{
	struct fixture *f = *state;
	struct outbox_options options = { .config = &f->config, .dir = f->dir, .log_fd = -1 };
	struct outbox *other;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	free(bring_to(f, id, "sent"));

	outbox_open(f->db, &options, &other);
	assert_int_equal(outbox_cancel(other, id, &err), ERR_BUSY);
	outbox_close(other);
}

/* ---- rows ---- */

static void visit_has_one_receipt(void **state)
{
	struct fixture *f = *state;
	struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT, .title = "receipt", .sheet = SHEET, .visit = 5
	};
	struct err err = { 0 };
	int64_t first, second, found;

	assert_ok(outbox_add(f->db, &paper, &first, &err), &err);
	assert_ok(outbox_add(f->db, &paper, &second, &err), &err);
	assert_int_equal(first, second);
	assert_ok(outbox_of_visit(f->db, 5, &found, &err), &err);
	assert_int_equal(found, first);
	assert_ok(outbox_of_visit(f->db, 6, &found, &err), &err);
	assert_int_equal(found, 0);
}

static void paper_queued_in_a_transaction_goes_with_it(void **state)
{
	struct fixture *f = *state;
	struct outbox_paper paper = { .purpose = PURPOSE_RECEIPT, .title = "x", .sheet = SHEET };
	struct outbox_list list = OUTBOX_LIST_INIT;
	struct txn t = TXN_INIT;
	struct err err = { 0 };

	assert_ok(txn_begin(&t, f->db, &err), &err);
	assert_ok(outbox_add(f->db, &paper, NULL, &err), &err);
	txn_end(&t);
	assert_ok(outbox_live(f->db, &list, &err), &err);
	assert_int_equal(list.count, 0);
	outbox_list_finish(&list);
}

static void reprint_is_a_paper_of_its_own_with_a_mark(void **state)
{
	struct fixture *f = *state;
	struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT, .title = "receipt", .sheet = SHEET, .visit = 5
	};
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };
	int64_t id, copy;

	assert_ok(outbox_add(f->db, &paper, &id, &err), &err);
	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_ok(outbox_reprint(f->db, id, OTHER, &copy, &err), &err);
	assert_ok(outbox_get(f->db, copy, &row, &err), &err);
	assert_true(row.is_reprint);
	assert_int_equal(row.visit, 5);
	start_helper(f);
	json_t *request = next_request(f);
	const char *sheet = json_string_value(json_object_get(request, "sheet"));
	assert_non_null(strstr(sheet, "补打"));
	assert_non_null(strstr(sheet, "two"));
	json_decref(request);
	assert_int_equal(outbox_reprint(f->db, 99, NULL, NULL, &err), ERR_NOT_FOUND);
}

static void copy_of_a_label_bears_no_mark(void **state)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_LABELS);

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_ok(outbox_reprint(f->db, id, NULL, NULL, &err), &err);
	start_helper(f);
	json_t *request = next_request(f);
	assert_string_equal(json_string_value(json_object_get(request, "sheet")), SHEET);
	json_decref(request);
}

static void old_sheets_are_emptied(void **state)
{
	struct fixture *f = *state;
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };
	int64_t old = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, old, "sent");

	say_event(f, "done", job);
	wait_for(f, old, "done");
	int64_t waiting = add(f, PURPOSE_LABELS);
	later(f, KEEP_DAYS * 24 * 3600 + 1);
	turn(f);
	assert_ok(outbox_get(f->db, old, &row, &err), &err);
	assert_false(row.has_sheet);
	outbox_row_finish(&row);
	assert_ok(outbox_get(f->db, waiting, &row, &err), &err);
	assert_true(row.has_sheet);
	assert_refused(outbox_reprint(f->db, old, NULL, NULL, &err), &err, PAPER_EMPTIED);
	assert_ok(outbox_reprint(f->db, old, OTHER, NULL, &err), &err);
}

static void list_has_what_is_not_settled(void **state)
{
	struct fixture *f = *state;
	CLEANUP(outbox_list_finish) struct outbox_list live = OUTBOX_LIST_INIT;
	CLEANUP(outbox_list_finish) struct outbox_list latest = OUTBOX_LIST_INIT;
	struct err err = { 0 };
	int64_t first = add(f, PURPOSE_RECEIPT), second = add(f, PURPOSE_LABELS);

	assert_ok(outbox_cancel(f->outbox, first, &err), &err);
	assert_ok(outbox_live(f->db, &live, &err), &err);
	assert_int_equal(live.count, 1);
	assert_int_equal(live.rows[0].id, second);
	assert_int_equal(live.rows[0].purpose, PURPOSE_LABELS);
	assert_string_equal(live.rows[0].title, "receipt");
	assert_ok(outbox_latest(f->db, 10, &latest, &err), &err);
	assert_int_equal(latest.count, 2);
	assert_int_equal(latest.rows[0].id, second);
}

/* ---- a spooler that forgets nothing, and processes that die anywhere ---- */

#define SPOOL_MAX 64

struct spool_job {
	char *name;
	bool is_whole, is_cancelled, is_printed;
};

struct spool {
	struct spool_job jobs[SPOOL_MAX];
	int count;
};

static struct spool_job *spool_find(struct spool *s, const char *name)
{
	for (int i = 0; i < s->count; i++)
		if (strcmp(s->jobs[i].name, name) == 0)
			return &s->jobs[i];
	return NULL;
}

static const char *spool_verdict(const struct spool_job *job)
{
	if (!job)
		return "absent";
	if (job->is_cancelled)
		return "stopped";
	if (!job->is_whole)
		return "incomplete";
	return job->is_printed ? "finished" : "active";
}

/* Dies, with what it has done so far: the helper alone, or the whole kiosk. */
static void die(struct fixture *f)
{
	if (rand() % 2)
		crash(f);
	else
		kill_helper(f);
}

/* Whether somebody pulls the plug here. */
static bool is_unlucky(void)
{
	return rand() % 5 == 0;
}

/* Prints as the helper does, and may die between any two steps. False: it died. */
static bool play_print(struct fixture *f, struct spool *s, const char *name)
{
	if (is_unlucky()) {
		crash(f); /* not the helper alone: a paper that kills it three times is given up */
		return true;
	}
	assert_null(spool_find(s, name)); /* a name is never used twice */
	assert_true(s->count < SPOOL_MAX);
	struct spool_job *job = &s->jobs[s->count++];
	*job = (struct spool_job){ .name = mem_text(name) };
	if (is_unlucky())
		return false;
	say_event(f, "created", name);
	if (is_unlucky())
		return false;
	job->is_whole = true;
	if (is_unlucky())
		return false;
	say_event(f, "sent", name);
	job->is_printed = true;
	if (is_unlucky())
		return false;
	say_event(f, "done", name);
	return true;
}

static bool play(struct fixture *f, struct spool *s, json_t *request)
{
	const char *what = json_string_value(json_object_get(request, "do"));
	const char *name = json_string_value(json_object_get(request, "job"));
	struct spool_job *job = spool_find(s, name);

	if (strcmp(what, "print") == 0)
		return play_print(f, s, name);
	if (strcmp(what, "lookup") == 0) {
		say_found(f, name, spool_verdict(job), job && job->is_printed);
	} else if (strcmp(what, "cancel") == 0) {
		job->is_cancelled = true;
		if (is_unlucky())
			return false;
		say(f, json_pack("{s:s, s:s}", "event", "cancelled", "job", name));
	} else if (strcmp(what, "watch") == 0) {
		job->is_printed = true;
		if (is_unlucky())
			return false;
		say_event(f, "done", name);
	}
	return true;
}

static bool is_all_settled(struct fixture *f)
{
	struct outbox_list list = OUTBOX_LIST_INIT;
	struct err err = { 0 };
	bool is_settled = true;

	assert_ok(outbox_live(f->db, &list, &err), &err);
	for (int i = 0; i < list.count; i++)
		is_settled &=
			list.rows[i].state == OUTBOX_ASK || list.rows[i].state == OUTBOX_FAILED;
	outbox_list_finish(&list);
	return is_settled;
}

static int times_printed(const struct spool *s, int64_t id)
{
	CLEANUP(mem_free) char *front = mem_printf("receipt-%06d-", (int)id);
	int times = 0;

	for (int i = 0; i < s->count; i++)
		times += s->jobs[i].is_printed &&
			 strncmp(s->jobs[i].name, front, strlen(front)) == 0;
	return times;
}

/* One step of whoever plays the helper: the next request, if there is one. */
static void play_once(struct fixture *f, struct spool *s)
{
	struct err err = { 0 };
	json_t *request = NULL;

	if (f->helper < 0)
		start_helper(f);
	rest(f);
	if (!is_heard(f, 20)) {
		later(f, 61);
		return;
	}
	assert_ok(pipe_read_message(f->helper, &request, &err), &err);
	if (!play(f, s, request))
		die(f);
	json_decref(request);
}

static void every_paper_is_printed_once_whatever_dies_when(void **state)
{
	struct fixture *f = *state;
	unsigned seed = (unsigned)chance_begin();
	struct spool spool = { 0 };
	int64_t ids[12];

	srand(seed);
	for (size_t i = 0; i < ARRAY_LEN(ids); i++)
		ids[i] = add(f, PURPOSE_RECEIPT);
	for (int step = 0; step < 2000 && !is_all_settled(f); step++)
		play_once(f, &spool);
	assert_true(is_all_settled(f));
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		int times = times_printed(&spool, ids[i]);
		const char *end = state_of(f, ids[i]);
		if (times != 1 || strcmp(end, "done") != 0)
			fail_msg("seed %u: paper %d is %s and was printed %d times", seed,
				(int)ids[i], end, times);
	}
	for (int i = 0; i < spool.count; i++)
		free(spool.jobs[i].name);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		T(paper_goes_from_queued_to_done),
		T(row_says_submitting_before_the_helper_hears_of_the_job),
		T(job_is_named_after_paper_and_attempt),
		T(request_carries_sheet_and_queue),
		T(nothing_is_submitted_while_another_process_holds_the_lock),
		T(verb_leaves_its_paper_queued_while_another_process_holds_the_lock),
		T(one_paper_at_a_time_for_each_purpose),
		T(paper_of_another_process_is_found),
		T(news_wait_while_another_process_writes),
		T(each_verdict_leads_where_it_must),
		T(half_a_job_is_cancelled_before_the_next_attempt),
		T(failed_lookup_is_not_absence),
		T(adopted_job_is_watched_to_its_end),
		T(paper_is_looked_up_where_it_went_whatever_the_settings_say_now),
		T(file_is_made_again_under_the_same_name),
		T(job_of_a_dead_helper_is_looked_up),
		T(helper_is_not_restarted_at_once),
		T(raw_device_gets_nothing_twice),
		T(raw_device_gets_what_a_helper_never_began),
		T(paper_that_kills_the_helper_is_given_up),
		T(silent_helper_is_replaced),
		T(missing_helper_is_a_problem_not_an_error),
		T(unreachable_printer_gets_the_next_attempt_later),
		T(waiting_grows_but_not_above_a_minute),
		T(sheet_that_cannot_be_drawn_fails_for_good),
		T(what_may_have_printed_asks_a_person),
		T(job_cancelled_at_the_printer_asks_a_person),
		T(answer_yes_settles_the_paper),
		T(answer_no_prints_it_again_with_a_mark),
		T(printer_out_of_paper_is_told_and_forgotten),
		T(offline_printer_says_how_long_it_has_been_waited_for),
		T(printer_at_rest_is_asked_what_it_wants),
		T(queued_paper_is_cancelled_at_once),
		T(paper_on_its_way_is_stopped_at_the_spooler),
		T(paper_that_was_faster_than_its_cancelling_is_done),
		T(other_process_cannot_cancel_what_this_one_prints),
		T(visit_has_one_receipt),
		T(paper_queued_in_a_transaction_goes_with_it),
		T(reprint_is_a_paper_of_its_own_with_a_mark),
		T(copy_of_a_label_bears_no_mark),
		T(old_sheets_are_emptied),
		T(list_has_what_is_not_settled),
		T(every_paper_is_printed_once_whatever_dies_when),
	};

	if (argc == 3 && strcmp(argv[1], "--lock") == 0)
		return relay();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
