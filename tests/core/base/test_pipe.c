/* The program is its own helper: with an argument it behaves as the argument says. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reasons.h"
#include "core/base/when.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define WAIT_MS 20000 /* long enough for a loaded machine; nothing waits that long in vain */

/* ---- helpers ---- */

static int echo(void)
{
	struct err err = { 0 };
	json_t *message;

	while (pipe_read_message(STDIN_FILENO, &message, &err) == 0 && message) {
		int r = pipe_write_message(STDOUT_FILENO, message, &err);
		json_decref(message);
		if (r < 0)
			return 1;
	}
	return 0;
}

static int deaf(void)
{
	while (pause() < 0)
		;
	return 0;
}

static int write_raw(const char *bytes, size_t len)
{
	return write(STDOUT_FILENO, bytes, len) == (ssize_t)len ? echo() : 1;
}

static int flood(void)
{
	struct err err = { 0 };
	CLEANUP(mem_free) char *text = mem_alloc(100001);
	memset(text, 'x', 100000);
	json_t *message = json_pack("{s:s}", "text", text);

	while (pipe_write_message(STDOUT_FILENO, message, &err) == 0)
		;
	json_decref(message);
	return 0;
}

static int last_words(void)
{
	struct err err = { 0 };
	json_t *message = json_pack("{s:i}", "last", 1);

	int r = pipe_write_message(STDOUT_FILENO, message, &err);
	json_decref(message);
	return r < 0;
}

static int complain(void)
{
	fputs("a warning of a library\n", stderr);
	return echo();
}

static int signals(void)
{
	struct err err = { 0 };
	sigset_t blocked;
	struct sigaction pipe_action;

	sigprocmask(SIG_SETMASK, NULL, &blocked);
	sigaction(SIGPIPE, NULL, &pipe_action);
	json_t *message = json_pack("{s:b, s:b, s:b}", "blocked", sigismember(&blocked, SIGTERM),
		"ignored", pipe_action.sa_handler == SIG_IGN, "leads", getpgrp() == getpid());
	int r = pipe_write_message(STDOUT_FILENO, message, &err);
	json_decref(message);
	return r < 0 || echo();
}

static int behave(int argc, char **argv)
{
	const char *as = argc > 1 ? argv[1] : "";

	if (strcmp(as, "echo") == 0)
		return echo();
	if (strcmp(as, "deaf") == 0)
		return deaf();
	if (strcmp(as, "flood") == 0)
		return flood();
	if (strcmp(as, "last-words") == 0)
		return last_words();
	if (strcmp(as, "complain") == 0)
		return complain();
	if (strcmp(as, "signals") == 0)
		return signals();
	if (strcmp(as, "giant") == 0)
		return write_raw("\xFF\xFF\xFF\xFF", 4);
	if (strcmp(as, "no-json") == 0)
		return write_raw("\0\0\0\3{x}", 7);
	if (strcmp(as, "no-object") == 0)
		return write_raw("\0\0\0\2[]", 6);
	if (strcmp(as, "empty") == 0)
		return write_raw("\0\0\0\0", 4);
	return 99;
}

/* ---- the kiosk's side ---- */

static struct pipe_helper *start_logged(const char *as, int log_fd)
{
	const char *argv[] = { "/proc/self/exe", "--behave", as, NULL };
	struct pipe_helper *helper = NULL;
	struct err err = { 0 };

	assert_ok(pipe_start(argv, log_fd, &helper, &err), &err);
	return helper;
}

static struct pipe_helper *start(const char *as)
{
	return start_logged(as, STDERR_FILENO);
}

static json_int_t await_int(struct pipe_helper *helper, const char *name)
{
	struct err err = { 0 };
	json_t *message = NULL;

	assert_ok(pipe_await(helper, WAIT_MS, &message, &err), &err);
	json_int_t value = json_integer_value(json_object_get(message, name));
	json_decref(message);
	return value;
}

/* Turns until the helper is gone or the time is up. */
static int turn_until_gone(struct pipe_helper *helper, struct err *err)
{
	int64_t until = clock_ms(&clock_system) + WAIT_MS;

	while (pipe_turn(helper, err) == 0) {
		struct pollfd polled = { pipe_fd(helper), pipe_events(helper), 0 };
		if (clock_ms(&clock_system) > until)
			return 0;
		poll(&polled, 1, 100);
		json_decref(pipe_receive(helper));
	}
	return err->code;
}

static bool process_exists(pid_t pid)
{
	return kill(pid, 0) == 0;
}

TEST(messages_come_back_in_order, none)
{
	struct pipe_helper *helper = start("echo");

	for (int i = 1; i <= 200; i++)
		pipe_send(helper, json_pack("{s:i, s:s}", "n", i, "name", "张三"));
	for (int i = 1; i <= 200; i++)
		assert_int_equal(await_int(helper, "n"), i);
	assert_null(pipe_receive(helper));
	pipe_stop(helper, WAIT_MS);
}

TEST(a_message_of_megabytes_passes_without_blocking, none)
{
	struct pipe_helper *helper = start("echo");
	CLEANUP(mem_free) char *text = mem_alloc((8 << 20) + 1);
	struct err err = { 0 };
	json_t *message = NULL;

	memset(text, 'x', 8 << 20);
	pipe_send(helper, json_pack("{s:s, s:i}", "text", text, "n", 7));
	assert_int_equal(pipe_events(helper), POLLIN | POLLOUT);
	assert_ok(pipe_await(helper, WAIT_MS, &message, &err), &err);
	assert_string_equal(json_string_value(json_object_get(message, "text")), text);
	json_decref(message);
	assert_int_equal(pipe_events(helper), POLLIN);
	pipe_stop(helper, WAIT_MS);
}

TEST(turning_never_waits_for_a_deaf_helper, none)
{
	struct pipe_helper *helper = start("deaf");
	CLEANUP(mem_free) char *text = mem_alloc((1 << 20) + 1);
	struct err err = { 0 };

	memset(text, 'x', 1 << 20);
	int64_t began = clock_ms(&clock_system);
	for (int i = 0; i < 8; i++) {
		pipe_send(helper, json_pack("{s:s}", "text", text));
		assert_ok(pipe_turn(helper, &err), &err);
	}
	assert_true(pipe_events(helper) & POLLOUT);
	assert_in_range(clock_ms(&clock_system) - began, 0, 5000);
	pipe_stop(helper, 0);
}

TEST(waiting_ends_with_busy_when_no_answer_comes, none)
{
	struct pipe_helper *helper = start("deaf");
	struct err err = { 0 };
	json_t *message = (json_t *)&err;

	assert_int_equal(pipe_await(helper, 20, &message, &err), ERR_BUSY);
	assert_ptr_equal(message, &err);
	pipe_stop(helper, 0);
}

TEST(a_program_that_is_not_there_is_named, none)
{
	const char *argv[] = { "/nowhere/jiaplus-paper", NULL };
	struct pipe_helper *helper = NULL;
	struct err err = { 0 };

	assert_int_equal(pipe_start(argv, -1, &helper, &err), ERR_DEVICE);
	assert_int_equal(err.reasons[0].code, REASON_HELPER_FAILED);
	assert_string_equal(err.reasons[0].text, "jiaplus-paper");
	assert_non_null(strstr(err.detail, "/nowhere/jiaplus-paper"));
	assert_null(helper);
}

TEST(a_killed_helper_is_noticed, none)
{
	struct pipe_helper *helper = start("echo");
	struct err err = { 0 };

	pipe_send(helper, json_pack("{s:i}", "n", 1));
	assert_int_equal(await_int(helper, "n"), 1);
	kill(pipe_pid(helper), SIGKILL);
	assert_int_equal(turn_until_gone(helper, &err), ERR_DEVICE);
	assert_int_equal(err.reasons[0].code, REASON_HELPER_FAILED);
	/* It stays so, and sending to it is harmless. */
	pipe_send(helper, json_pack("{s:i}", "n", 2));
	assert_int_equal(pipe_turn(helper, &err), ERR_DEVICE);
	pipe_stop(helper, WAIT_MS);
}

TEST(writing_to_a_dead_helper_raises_no_signal, none)
{
	struct pipe_helper *helper = start("deaf");
	struct err err = { 0 };

	signal(SIGPIPE, SIG_DFL);
	kill(pipe_pid(helper), SIGKILL);
	assert_int_equal(
		waitid(P_PID, (id_t)pipe_pid(helper), &(siginfo_t){ 0 }, WEXITED | WNOWAIT), 0);
	pipe_send(helper, json_pack("{s:i}", "n", 1));
	assert_int_equal(pipe_turn(helper, &err), ERR_DEVICE);
	pipe_stop(helper, 0);
}

TEST(last_words_are_heard_though_the_helper_is_gone, none)
{
	struct pipe_helper *helper = start("last-words");
	struct err err = { 0 };
	json_t *message = NULL;

	assert_int_equal(
		waitid(P_PID, (id_t)pipe_pid(helper), &(siginfo_t){ 0 }, WEXITED | WNOWAIT), 0);
	assert_int_equal(pipe_turn(helper, &err), ERR_DEVICE);
	message = pipe_receive(helper);
	assert_int_equal(json_integer_value(json_object_get(message, "last")), 1);
	json_decref(message);
	assert_null(pipe_receive(helper));
	assert_int_equal(pipe_await(helper, WAIT_MS, &message, &err), ERR_DEVICE);
	pipe_stop(helper, 0);
}

TEST(nonsense_ends_the_conversation, none)
{
	static const char *const kinds[] = { "giant", "no-json", "no-object", "empty" };

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct pipe_helper *helper = start(kinds[i]);
		struct err err = { 0 };
		json_t *message;
		if (pipe_await(helper, WAIT_MS, &message, &err) != ERR_DEVICE)
			fail_msg("%s was taken for a message", kinds[i]);
		assert_true(strlen(err.detail) > 0);
		pipe_stop(helper, WAIT_MS);
	}
}

TEST(a_message_that_is_too_large_fails_instead_of_being_sent, none)
{
	struct pipe_helper *helper = start("echo");
	CLEANUP(mem_free) char *text = mem_alloc(PIPE_MESSAGE_MAX + 1);
	struct err err = { 0 };

	memset(text, 'x', PIPE_MESSAGE_MAX);
	pipe_send(helper, json_pack("{s:s}", "text", text));
	assert_int_equal(pipe_turn(helper, &err), ERR_DEVICE);
	pipe_stop(helper, WAIT_MS);
}

TEST(a_flood_is_held_back_at_the_largest_message, none)
{
	struct pipe_helper *helper = start("flood");
	struct err err = { 0 };
	int messages = 0;

	for (int i = 0; i < 1000; i++) {
		assert_ok(pipe_turn(helper, &err), &err);
		poll(&(struct pollfd){ pipe_fd(helper), POLLIN, 0 }, 1, 1);
	}
	for (json_t *message; (message = pipe_receive(helper)); messages++)
		json_decref(message);
	assert_in_range(messages, 1, (PIPE_MESSAGE_MAX + (1 << 20)) / 100000);
	/* A helper that is busy writing still ends when it is told to. */
	pid_t pid = pipe_pid(helper);
	pipe_stop(helper, 50);
	assert_false(process_exists(pid));
}

TEST(stopping_lets_a_helper_end_by_itself, none)
{
	struct pipe_helper *helper = start("echo");
	pid_t pid = pipe_pid(helper);
	int64_t began = clock_ms(&clock_system);

	pipe_send(helper, json_pack("{s:i}", "n", 1));
	assert_int_equal(await_int(helper, "n"), 1);
	pipe_stop(helper, 2 * WAIT_MS);
	assert_false(process_exists(pid));
	assert_true(clock_ms(&clock_system) - began < WAIT_MS);
	pipe_stop(NULL, 0);
}

TEST(stopping_kills_a_deaf_helper, none)
{
	struct pipe_helper *helper = start("deaf");
	pid_t pid = pipe_pid(helper);

	pipe_stop(helper, 20);
	assert_false(process_exists(pid));
}

TEST(a_helper_starts_with_default_signals_in_its_own_group, none)
{
	sigset_t term, before;

	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigprocmask(SIG_BLOCK, &term, &before);
	signal(SIGPIPE, SIG_IGN);
	struct pipe_helper *helper = start("signals");
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	struct err err = { 0 };
	json_t *message = NULL;
	assert_ok(pipe_await(helper, WAIT_MS, &message, &err), &err);
	assert_true(json_is_false(json_object_get(message, "blocked")));
	assert_true(json_is_false(json_object_get(message, "ignored")));
	assert_true(json_is_true(json_object_get(message, "leads")));
	json_decref(message);
	pipe_stop(helper, WAIT_MS);
}

TEST(a_helpers_complaints_go_to_the_log, none)
{
	char text[64] = "", path[] = "/tmp/test-pipe-XXXXXX";
	int log_fd = mkostemp(path, O_CLOEXEC);
	assert_true(log_fd >= 0);
	unlink(path);

	struct pipe_helper *helper = start_logged("complain", log_fd);
	pipe_stop(helper, WAIT_MS);
	assert_true(pread(log_fd, text, sizeof(text) - 1, 0) > 0);
	assert_string_equal(text, "a warning of a library\n");
	close(log_fd);
	pipe_stop(start_logged("complain", -1), WAIT_MS);
}

/* Read with what the socket says about it: "b" bytes, then the end. */
static int read_bytes(const char *bytes, size_t len, json_t **ret)
{
	struct err err = { 0 };
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	assert_int_equal(write(fds[0], bytes, len), len);
	close(fds[0]);
	int r = pipe_read_message(fds[1], ret, &err);
	close(fds[1]);
	return r;
}

TEST(a_helper_tells_the_end_from_a_message_that_breaks_off, none)
{
	json_t *message = (json_t *)state;

	assert_int_equal(read_bytes("", 0, &message), 0);
	assert_null(message);
	assert_int_equal(read_bytes("\0\0", 2, &message), ERR_DEVICE);
	assert_int_equal(read_bytes("\0\0\0\5{}", 6, &message), ERR_DEVICE);
	assert_int_equal(read_bytes("\1\0\0\1", 4, &message), ERR_DEVICE);
	assert_int_equal(read_bytes("\0\0\0\2{}", 6, &message), 0);
	assert_true(json_is_object(message));
	json_decref(message);
}

TEST(writing_to_a_closed_socket_is_an_error_and_no_signal, none)
{
	struct err err = { 0 };
	json_t *message = json_object();
	int fds[2];

	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
	close(fds[0]);
	assert_int_equal(pipe_write_message(fds[1], message, &err), ERR_DEVICE);
	close(fds[1]);
	json_decref(message);
}

TEST(a_plain_file_can_be_written_to, none)
{
	struct err err = { 0 };
	json_t *message = json_pack("{s:i}", "n", 42), *back = NULL;
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_ok(pipe_write_message(fds[1], message, &err), &err);
	json_decref(message);
	assert_ok(pipe_read_message(fds[0], &back, &err), &err);
	assert_int_equal(json_integer_value(json_object_get(back, "n")), 42);
	json_decref(back);
	close(fds[0]);
	close(fds[1]);
}

TEST(a_helper_beside_the_program_is_preferred, none)
{
	char self[4096] = "";

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	CLEANUP(mem_free) char *found = pipe_helper_path(strrchr(self, '/') + 1);
	assert_string_equal(found, self);
	CLEANUP(mem_free) char *installed = pipe_helper_path("no-such-helper");
	assert_non_null(strstr(installed, "/jiaplus/no-such-helper"));
}

TEST_PART("--behave", behave)
