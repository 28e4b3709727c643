#include "tui/errand.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "tui/i18n.h"

#define SAID_MAX (64 * 1024) /* more does not fit a screen */

struct errand {
	struct app *app;
	struct errand_request request;
	pid_t pid;
	int fd; /* what it says */
	struct bytes said;
};

static int failed(const char *verb, int problem, struct err *err)
{
	return err_setf(err, ERR_DEVICE, REASON_TEXT(HELPER_FAILED, verb), "%s", strerror(problem));
}

static int spawn(const struct errand_request *request, int out, pid_t *ret_pid)
{
	const char *language = i18n_language() == I18N_CHINESE ? "zh_CN" : "en";
	const char *argv[10] = { "jiaplus", "--lang", language, "--dir", request->context->dir };
	int count = 5;
	posix_spawn_file_actions_t files;

	if (request->context->config_path) {
		argv[count++] = "--config";
		argv[count++] = request->context->config_path;
	}
	argv[count++] = request->verb;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	int problem =
		posix_spawn(ret_pid, "/proc/self/exe", &files, NULL, (char *const *)argv, environ);
	posix_spawn_file_actions_destroy(&files);
	return problem;
}

/* Frees it; its output goes to the caller. */
static char *finish(struct errand *errand)
{
	bytes_add(&errand->said, "", 1);
	char *said = mem_text((const char *)errand->said.data);

	app_unwatch(errand->app, errand->fd);
	close(errand->fd);
	while (waitpid(errand->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
	bytes_finish(&errand->said);
	free(errand);
	return said;
}

static void ready(struct app *app, int fd, short revents, void *context)
{
	struct errand *errand = context;
	struct errand_request request = errand->request;
	char part[4096];

	(void)revents;
	ssize_t n = read(fd, part, sizeof(part));
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0 && errand->said.size < SAID_MAX) {
		bytes_add(&errand->said, part, (size_t)n);
		return;
	}
	if (n > 0)
		kill(errand->pid, SIGKILL);
	request.done(app, request.self, finish(errand));
}

int errand_start(
	struct app *app, const struct errand_request *request, struct errand **ret, struct err *err)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return failed(request->verb, errno, err);
	int problem = spawn(request, ends[1], &pid);
	close(ends[1]);
	if (problem) {
		close(ends[0]);
		return failed(request->verb, problem, err);
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	struct errand *errand = mem_alloc(sizeof(*errand));
	*errand = (struct errand){ .app = app, .request = *request, .pid = pid, .fd = ends[0] };
	app_watch(app, errand->fd, POLLIN, ready, errand);
	*ret = errand;
	return 0;
}

void errand_stop(struct errand *errand)
{
	if (!errand)
		return;
	kill(errand->pid, SIGKILL);
	free(finish(errand));
}
