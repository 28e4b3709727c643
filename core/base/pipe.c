#include "core/base/pipe.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/when.h"

#define HEADER_SIZE 4 /* the length, big endian */
#define READ_SIZE   (64u << 10)

extern char **environ;

/* Bytes [start, end) of data are waiting. */
struct buffer {
	char *data;
	size_t start, end, room;
};

struct pipe_helper {
	pid_t pid;
	int fd;
	bool is_gone; /* it closed its side, or nothing that it sends can be trusted any more */
	char *name;   /* of the program, for reasons */
	char fault[128];
	struct buffer in, out;
};

/* ---- frames ---- */

static size_t waiting(const struct buffer *b)
{
	return b->end - b->start;
}

/* Makes room for `size` more bytes after the waiting ones. */
static char *buffer_room(struct buffer *b, size_t size)
{
	if (b->start > 0 && (b->start == b->end || b->room - b->end < size)) {
		memmove(b->data, b->data + b->start, waiting(b));
		b->end -= b->start;
		b->start = 0;
	}
	if (b->room - b->end < size) {
		b->room = b->end + size > b->room * 2 ? b->end + size : b->room * 2;
		b->data = mem_resize(b->data, b->room);
	}
	return b->data + b->end;
}

static void put_length(unsigned char out[HEADER_SIZE], size_t len)
{
	for (int i = HEADER_SIZE - 1; i >= 0; i--, len >>= 8)
		out[i] = len & 0xFF;
}

static size_t get_length(const unsigned char in[HEADER_SIZE])
{
	size_t len = 0;

	for (int i = 0; i < HEADER_SIZE; i++)
		len = len << 8 | in[i];
	return len;
}

/* Header and compact text in one piece; NULL when the message is too large. The caller's. */
static char *frame(const json_t *message, size_t *ret_size)
{
	size_t len = json_dumpb(message, NULL, 0, JSON_COMPACT);

	if (len == 0 || len > PIPE_MESSAGE_MAX)
		return NULL;
	char *bytes = mem_alloc(HEADER_SIZE + len);
	put_length((unsigned char *)bytes, len);
	json_dumpb(message, bytes + HEADER_SIZE, len, JSON_COMPACT);
	*ret_size = HEADER_SIZE + len;
	return bytes;
}

static json_t *parse(const char *text, size_t len)
{
	json_t *message = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(message))
		return message;
	json_decref(message);
	return NULL;
}

/* ---- starting and stopping ---- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The child gets stdin, stdout and stderr, default signals and a process group of its own, so that
 * Ctrl-C at a verb does not tear a paper in two: it ends when its input does. */
static int spawn(const char *const argv[], int fd, int log_fd, pid_t *ret_pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	if (log_fd >= 0)
		posix_spawn_file_actions_adddup2(&files, log_fd, STDERR_FILENO);
	else
		posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&files, fd, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, fd, STDOUT_FILENO);
	posix_spawnattr_setflags(
		&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawnattr_setsigmask(&attr, &none);
	int e = posix_spawn(ret_pid, argv[0], &files, &attr, (char *const *)argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return e;
}

int pipe_start(const char *const argv[], int log_fd, struct pipe_helper **ret, struct err *err)
{
	struct reason failed = REASON_TEXT(HELPER_FAILED, base_name(argv[0]));
	int fds[2];
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0)
		return err_setf(err, ERR_DEVICE, failed, "socketpair: %s", strerror(errno));
	int e = spawn(argv, fds[1], log_fd, &pid);
	close(fds[1]);
	if (e) {
		close(fds[0]);
		return err_setf(err, ERR_DEVICE, failed, "%s: %s", argv[0], strerror(e));
	}
	/* O_NONBLOCK is set on this end alone: the helper reads and writes blocking. */
	fcntl(fds[0], F_SETFL, O_NONBLOCK);
	struct pipe_helper *helper = mem_alloc(sizeof(*helper));
	helper->pid = pid;
	helper->fd = fds[0];
	helper->name = mem_text(base_name(argv[0]));
	*ret = helper;
	return 0;
}

/* Waits up to `grace_ms`; true once the process has ended. What it still writes is discarded, or it
 * would block on a full socket. */
static bool has_ended(struct pipe_helper *h, int grace_ms)
{
	int64_t until = clock_ms(&clock_system) + grace_ms;
	int pidfd = pidfd_open(h->pid, 0);
	struct pollfd polled[] = { { pidfd, POLLIN, 0 }, { h->fd, POLLIN, 0 } };
	char dropped[4096];

	if (pidfd < 0)
		return false;
	while (!(polled[0].revents & POLLIN)) {
		int64_t left = until - clock_ms(&clock_system);
		if (left < 0 || (poll(polled, 2, (int)left) < 0 && errno != EINTR))
			break;
		if (polled[1].revents && read(h->fd, dropped, sizeof(dropped)) <= 0)
			polled[1].fd = -1;
	}
	close(pidfd);
	return polled[0].revents & POLLIN;
}

void pipe_stop(struct pipe_helper *h, int grace_ms)
{
	if (!h)
		return;
	shutdown(h->fd, SHUT_WR);
	if (!has_ended(h, grace_ms))
		kill(h->pid, SIGKILL);
	while (waitpid(h->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(h->fd);
	free(h->in.data);
	free(h->out.data);
	free(h->name);
	free(h);
}

pid_t pipe_pid(const struct pipe_helper *h)
{
	return h->pid;
}

/* ---- the kiosk's side ---- */

int pipe_fd(const struct pipe_helper *h)
{
	return h->fd;
}

short pipe_events(const struct pipe_helper *h)
{
	return waiting(&h->out) ? POLLIN | POLLOUT : POLLIN;
}

static void fail(struct pipe_helper *h, const char *fault)
{
	if (!h->is_gone)
		snprintf(h->fault, sizeof(h->fault), "%s", fault);
	h->is_gone = true;
}

void pipe_send(struct pipe_helper *h, json_t *message)
{
	size_t size = 0;
	CLEANUP(mem_free) char *bytes = frame(message, &size);

	json_decref(message);
	if (!bytes) {
		fail(h, "a message was too large");
		return;
	}
	memcpy(buffer_room(&h->out, size), bytes, size);
	h->out.end += size;
}

static void send_waiting(struct pipe_helper *h)
{
	struct buffer *b = &h->out;

	while (!h->is_gone && waiting(b)) {
		ssize_t n = send(h->fd, b->data + b->start, waiting(b), MSG_NOSIGNAL);
		if (n >= 0)
			b->start += (size_t)n;
		else if (errno == EAGAIN)
			return;
		else if (errno != EINTR)
			fail(h, strerror(errno));
	}
}

/* The length of the message that begins at the front, or 0 while its header is not there. */
static size_t front_length(const struct buffer *b)
{
	return waiting(b) < HEADER_SIZE ? 0 : get_length((unsigned char *)b->data + b->start);
}

static void receive_arrived(struct pipe_helper *h)
{
	/* Reading stops at the largest message, or a helper that floods would fill the memory. */
	while (waiting(&h->in) < HEADER_SIZE + PIPE_MESSAGE_MAX) {
		char *room = buffer_room(&h->in, READ_SIZE);
		ssize_t n = read(h->fd, room, READ_SIZE);
		if (n > 0) {
			h->in.end += (size_t)n;
		} else if (n == 0) {
			fail(h, "it ended");
			return;
		} else if (errno == EAGAIN) {
			return;
		} else if (errno != EINTR) {
			fail(h, strerror(errno));
			return;
		}
	}
}

int pipe_turn(struct pipe_helper *h, struct err *err)
{
	send_waiting(h);
	receive_arrived(h);
	if (front_length(&h->in) > PIPE_MESSAGE_MAX)
		fail(h, "a message's length makes no sense");
	if (!h->is_gone)
		return 0;
	return err_setf(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, h->name), "%s", h->fault);
}

json_t *pipe_receive(struct pipe_helper *h)
{
	size_t len = front_length(&h->in);

	if (waiting(&h->in) < HEADER_SIZE || len > PIPE_MESSAGE_MAX ||
		waiting(&h->in) - HEADER_SIZE < len)
		return NULL;
	json_t *message = parse(h->in.data + h->in.start + HEADER_SIZE, len);
	h->in.start += HEADER_SIZE + len;
	if (message)
		return message;
	/* After a malformed message nothing can be trusted. */
	h->in.start = h->in.end;
	fail(h, "a message is not a JSON object");
	return NULL;
}

int pipe_await(struct pipe_helper *h, int timeout_ms, json_t **ret, struct err *err)
{
	int64_t until = clock_ms(&clock_system) + timeout_ms;

	for (;;) {
		int r = pipe_turn(h, err);
		json_t *message = pipe_receive(h);
		if (message) {
			*ret = message;
			return 0;
		}
		if (r < 0)
			return r;
		int64_t left = until - clock_ms(&clock_system);
		if (h->is_gone)
			continue;
		if (left <= 0)
			return err_setf(err, ERR_BUSY, REASON_TEXT(HELPER_FAILED, h->name),
				"no answer within %d ms", timeout_ms);
		struct pollfd polled = { h->fd, pipe_events(h), 0 };
		poll(&polled, 1, (int)left);
	}
}

/* ---- the helper's side ---- */

static int broken(struct err *err, const char *what)
{
	return err_setf(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, program_invocation_short_name),
		"%s", what);
}

/* Reads exactly `size` bytes, fewer at the end of the input; -1 with errno. */
static ssize_t read_whole(int fd, void *to, size_t size)
{
	size_t got = 0;

	while (got < size) {
		ssize_t n = read(fd, (char *)to + got, size - got);
		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0)
			got += (size_t)n;
	}
	return (ssize_t)got;
}

int pipe_read_message(int fd, json_t **ret, struct err *err)
{
	unsigned char header[HEADER_SIZE];
	ssize_t n = read_whole(fd, header, sizeof(header));

	if (n == 0) {
		*ret = NULL;
		return 0;
	}
	size_t len = get_length(header);
	if (n < HEADER_SIZE || len > PIPE_MESSAGE_MAX)
		return broken(err, n < 0 ? strerror(errno) : "a message's header makes no sense");
	CLEANUP(mem_free) char *text = mem_alloc(len);
	n = read_whole(fd, text, len);
	if (n < (ssize_t)len)
		return broken(err, n < 0 ? strerror(errno) : "a message breaks off");
	json_t *message = parse(text, len);
	if (!message)
		return broken(err, "a message is not a JSON object");
	*ret = message;
	return 0;
}

/* A peer that is gone is an error to report, not a SIGPIPE; only sockets have a flag for that. */
static ssize_t write_quietly(int fd, const char *bytes, size_t size)
{
	ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);

	return n < 0 && errno == ENOTSOCK ? write(fd, bytes, size) : n;
}

int pipe_write_message(int fd, const json_t *message, struct err *err)
{
	size_t size = 0, done = 0;
	CLEANUP(mem_free) char *bytes = frame(message, &size);

	if (!bytes)
		return broken(err, "a message was too large");
	while (done < size) {
		ssize_t n = write_quietly(fd, bytes + done, size - done);
		if (n < 0 && errno != EINTR)
			return broken(err, strerror(errno));
		if (n > 0)
			done += (size_t)n;
	}
	return 0;
}

char *pipe_helper_path(const char *name)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n > 0) {
		self[n] = '\0';
		int folder = (int)(base_name(self) - self);
		CLEANUP(mem_free) char *beside = mem_printf("%.*s%s", folder, self, name);
		if (access(beside, X_OK) == 0)
			return TAKE(beside);
	}
	return mem_printf("%s/%s", JIAPLUS_LIBEXECDIR, name);
}
