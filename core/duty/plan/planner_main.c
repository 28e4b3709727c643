/* jiaplus-planner: finds the best roster for the problem on its standard input. See wire.h. It is a
 * separate process because GLPK ends the program on an internal error, and may never return;
 * jiaplus then uses the last roster that it reported. */
#include <glpk.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/duty/plan/start.h"
#include "core/duty/plan/wire.h"

#define CPU_SECONDS 120 /* a backstop: counts end it long before */

enum { EXIT_BAD = 1, EXIT_USAGE = 2, EXIT_DEVICE = 4 };

static const char usage[] = "usage: jiaplus-planner\n"
			    "\n"
			    "Plans rosters for jiaplus, which starts it and talks to it over its "
			    "standard input.\n";

static int send_event(json_t *message)
{
	struct err err = { 0 };
	int rc = pipe_write_message(STDOUT_FILENO, message, &err);

	json_decref(message);
	return rc;
}

static void report(void *context, const struct seats *better)
{
	(void)context;
	/* Nobody reads any more: there is nothing left to do. */
	if (send_event(wire_event(better, NULL)) < 0)
		exit(EXIT_DEVICE);
}

static int plan(const struct wire_problem *w)
{
	CLEANUP(model_finish) struct model m = { 0 };
	CLEANUP(seats_finish) struct seats seats = { 0 };
	struct solve_result result;
	struct err err = { 0 };

	if (model_init(&m, &w->problem, &err) < 0) {
		send_event(json_pack("{s:s, s:s}", "event", "failed", "what", err.detail));
		return EXIT_BAD;
	}
	seats_init(&seats, &m);
	start_make(&seats, w->effort);
	report(NULL, &seats);
	solve_best(&seats, w->effort, report, NULL, &result);
	return send_event(wire_event(&seats, &result)) < 0 ? EXIT_DEVICE : EXIT_SUCCESS;
}

static int serve(void)
{
	CLEANUP(wire_problem_finish) struct wire_problem w = { 0 };
	json_t *message = NULL;
	struct err err = { 0 };

	if (pipe_read_message(STDIN_FILENO, &message, &err) < 0)
		return EXIT_DEVICE;
	if (!message)
		return EXIT_SUCCESS;
	int rc = wire_problem_read(message, &w, &err);
	json_decref(message);
	return rc < 0 ? EXIT_BAD : plan(&w);
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("jiaplus-planner " JIAPLUS_VERSION);
		return EXIT_SUCCESS;
	}
	if (argc > 1) {
		fputs(usage, strcmp(argv[1], "--help") == 0 ? stdout : stderr);
		return strcmp(argv[1], "--help") == 0 ? EXIT_SUCCESS : EXIT_USAGE;
	}
	signal(SIGPIPE, SIG_IGN);
	/* Stops when nobody waits for the result. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setrlimit(RLIMIT_CPU, &(struct rlimit){ CPU_SECONDS, CPU_SECONDS });
	glp_term_out(GLP_OFF);
	int status = serve();
	glp_free_env();
	return status;
}
