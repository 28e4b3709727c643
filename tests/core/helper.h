/* The outbox with a helper that the test plays itself: this program, started as the helper, passes
 * messages on to a socket of the test, which reads requests and answers as it likes. */
#pragma once

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/print/outbox.h"
#include "core/print/paper.h"
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
	int listener, helper; /* helper: the socket to the test that plays the helper now, or -1 */
};

/* ---- the process that is started as a helper ---- */

static inline int copy(int from, int to)
{
	char bytes[4096];
	ssize_t n = read(from, bytes, sizeof(bytes));

	return n > 0 && write(to, bytes, (size_t)n) == n ? 0 : -1;
}

/* The part of the helper: TEST_PART("--lock", relay). */
static inline int relay(int argc, char **argv)
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

static inline void open_outbox(struct fixture *f)
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

static inline void listen_at(struct fixture *f)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", f->socket_path);
	f->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(f->listener, (struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(f->listener, 8), 0);
	setenv(SOCKET, f->socket_path, 1);
}

static inline int helper_setup(void **state)
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

static inline void drop_helper(struct fixture *f)
{
	if (f->helper >= 0)
		close(f->helper);
	f->helper = -1;
}

static inline int helper_teardown(void **state)
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

static inline void turn(struct fixture *f)
{
	struct err err = { 0 };

	assert_ok(outbox_turn(f->outbox, &err), &err);
}

static inline void say(struct fixture *f, json_t *event)
{
	struct err err = { 0 };

	assert_non_null(event);
	assert_ok(pipe_write_message(f->helper, event, &err), &err);
	json_decref(event);
}

/* The outbox has started a helper; it connects and reports that it is ready. */
static inline void connect_helper(struct fixture *f)
{
	struct pollfd fd = { .fd = f->listener, .events = POLLIN };

	for (int waited = 0; waited < PATIENCE && fd.revents == 0; waited += 20) {
		turn(f);
		assert_true(poll(&fd, 1, 20) >= 0);
	}
	f->helper = accept4(f->listener, NULL, NULL, SOCK_CLOEXEC);
	assert_true(f->helper >= 0);
}

static inline void start_helper(struct fixture *f)
{
	connect_helper(f);
	say(f, json_pack("{s:s}", "event", "ready"));
}

static inline bool is_heard(struct fixture *f, int ms)
{
	struct pollfd fd = { .fd = f->helper, .events = POLLIN };

	return poll(&fd, 1, ms) == 1;
}

/* Lets the outbox act on what it has received. */
static inline void rest(struct fixture *f)
{
	struct pollfd fd = { .fd = outbox_fd(f->outbox), .events = POLLIN };

	poll(&fd, 1, 200);
	turn(f);
	turn(f);
}

/* Lets the outbox receive the answer, which comes by way of another process. */
static inline void settle(struct fixture *f)
{
	struct pollfd fd = { .fd = outbox_fd(f->outbox), .events = POLLIN };

	assert_int_equal(poll(&fd, 1, PATIENCE), 1);
	turn(f);
	turn(f);
}

/* The next request other than queries about a printer's state; the caller's. */
static inline json_t *next_request(struct fixture *f)
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
static inline char *expect(struct fixture *f, const char *what)
{
	json_t *request = next_request(f);
	char *job = mem_text(json_string_value(json_object_get(request, "job")));

	assert_string_equal(json_string_value(json_object_get(request, "do")), what);
	json_decref(request);
	return job;
}

/* Expects it, whatever the job is called. */
static inline void pass(struct fixture *f, const char *what)
{
	free(expect(f, what));
}

static inline void expect_nothing(struct fixture *f)
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

static inline void say_event(struct fixture *f, const char *event, const char *job)
{
	say(f, json_pack("{s:s, s:s, s:i}", "event", event, "job", job, "id", 7));
}

static inline void say_found(struct fixture *f, const char *job, const char *verdict, bool may)
{
	say(f, json_pack("{s:s, s:s, s:s, s:i, s:b}", "event", "found", "job", job, "verdict",
		       verdict, "id", strcmp(verdict, "absent") == 0 ? 0 : 7, "may_have_printed",
		       may));
}

static inline void say_failed(
	struct fixture *f, const char *job, int code, const char *reason, bool may)
{
	say(f, json_pack("{s:s, s:s, s:i, s:s, s:s, s:b}", "event", "failed", "job", job, "code",
		       code, "reason", reason, "text", "till", "may_have_printed", may));
}

/* ---- looking at rows ---- */

static inline int64_t add(struct fixture *f, enum print_purpose purpose)
{
	struct outbox_paper paper = { .purpose = purpose, .title = "receipt", .sheet = SHEET };
	struct err err = { 0 };
	int64_t id;

	assert_ok(outbox_add(f->db, &paper, &id, &err), &err);
	outbox_kick(f->outbox);
	return id;
}

static inline const char *state_of(struct fixture *f, int64_t id)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };

	assert_ok(outbox_get(f->db, id, &row, &err), &err);
	return outbox_state_names[row.state];
}

static inline int problem_of(struct fixture *f, int64_t id)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };

	assert_ok(outbox_get(f->db, id, &row, &err), &err);
	return row.problem.code;
}

static inline void wait_for(struct fixture *f, int64_t id, const char *state)
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

static inline void later(struct fixture *f, int seconds)
{
	f->clock.set_wall += seconds;
	f->clock.set_monotonic_ms += seconds * 1000;
}

/* The process is gone with everything it knew except what is in the database; another one
 * starts. */
static inline void crash(struct fixture *f)
{
	struct err err = { 0 };

	drop_helper(f);
	outbox_close(f->outbox);
	db_close(f->db);
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &f->db, &err), &err);
	open_outbox(f);
}

/* A paper brought to `state`; returns the job's name, the caller's. */
static inline char *bring_to(struct fixture *f, int64_t id, const char *state)
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

static inline void wait_for_loss(struct fixture *f)
{
	for (int waited = 0; waited < PATIENCE && outbox_fd(f->outbox) >= 0; waited += 200)
		rest(f);
	assert_int_equal(outbox_fd(f->outbox), -1);
}

static inline void kill_helper(struct fixture *f)
{
	drop_helper(f);
	wait_for_loss(f);
	later(f, 61);
}
