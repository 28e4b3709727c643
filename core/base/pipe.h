/* Messages to and from a helper process: each is a JSON object preceded by its length.
 *
 * On the wire: four bytes of length, big endian, then compact JSON in UTF-8. The kiosk never waits
 * for a helper: `pipe_send` queues, the loop polls `pipe_fd` and calls `pipe_turn`, then
 * `pipe_receive` until it returns NULL. The helper itself uses the blocking calls on its stdin and
 * stdout. Neither side dies of SIGPIPE. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#include "core/base/err.h"

#define PIPE_MESSAGE_MAX (16u << 20)

struct pipe_helper; /* a helper that this process started */

/* Starts `argv[0]`, a path (posix_spawn, socketpair as its stdin and stdout, stderr to `log_fd` or
 * /dev/null when -1), in a process group of its own: it outlives a Ctrl-C at the terminal and ends
 * when its input does. ERR_DEVICE HELPER_FAILED naming the program. */
int pipe_start(const char *const argv[], int log_fd, struct pipe_helper **ret, struct err *err);
/* Ends it: closes its input, waits up to `grace_ms`, then SIGKILL. Messages that are queued or have
 * arrived are dropped. NULL is allowed. */
void pipe_stop(struct pipe_helper *, int grace_ms);
pid_t pipe_pid(const struct pipe_helper *);

int pipe_fd(const struct pipe_helper *);       /* to poll */
short pipe_events(const struct pipe_helper *); /* POLLIN, and POLLOUT while something is queued */
/* Queues a message; takes the reference. Never blocks. One above PIPE_MESSAGE_MAX makes the next
 * pipe_turn fail. */
void pipe_send(struct pipe_helper *, json_t *message);
/* Sends and receives what is possible without waiting. ERR_DEVICE HELPER_FAILED once the helper is
 * gone or has sent something malformed; messages received whole before that can still be taken with
 * pipe_receive. */
int pipe_turn(struct pipe_helper *, struct err *err);
/* The next message that has arrived whole, or NULL. The caller's. */
json_t *pipe_receive(struct pipe_helper *);
/* For verbs: waits until a message has arrived or `timeout_ms` have passed (NULL, ERR_BUSY). */
int pipe_await(struct pipe_helper *, int timeout_ms, json_t **ret, struct err *err);

/* The helper's side, blocking. At the end of the input the result is 0 and `*ret` NULL. */
int pipe_read_message(int fd, json_t **ret, struct err *err);
int pipe_write_message(int fd, const json_t *message, struct err *err);

/* The path of a helper of this installation: beside the running program when it is there (a build
 * folder), else in libexec. The caller's. */
char *pipe_helper_path(const char *name);
