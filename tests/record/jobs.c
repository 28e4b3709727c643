#include "tests/record/jobs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/record/stage.h"

static void wait_for_one(void)
{
	int status;

	if (wait(&status) < 0)
		record_die("wait: %s", strerror(errno));
	if (status != 0)
		record_die("a child failed, status %#x", (unsigned)status);
}

void jobs_run(int jobs, int from, int to, void (*run)(void *context, int index), void *context)
{
	int running = 0;

	fflush(stdout);
	for (int i = from; i < to; i++) {
		if (running == jobs) {
			wait_for_one();
			running--;
		}
		pid_t pid = fork();
		if (pid < 0)
			record_die("fork: %s", strerror(errno));
		if (pid == 0) {
			run(context, i);
			_exit(0);
		}
		running++;
	}
	for (; running > 0; running--)
		wait_for_one();
}
