#include "tests/faults/sim_printer.h"

#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/pipe.h"
#include "tests/lib/test.h"

#define WHERE     "JIAPLUS_SIM_PRINTER"
#define SLOW_MS   5
#define JOB_ID    7
#define LOST_HERE 3 /* an exit status */

static struct sim_printer *map(const char *path, int flags)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | flags, 0600);
	struct sim_printer *p = MAP_FAILED;

	if (fd >= 0 && ftruncate(fd, sizeof(*p)) == 0)
		p = mmap(NULL, sizeof(*p), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		abort();
	close(fd);
	return p;
}

struct sim_printer *sim_printer_create(const char *path, uint64_t seed)
{
	struct sim_printer *p = map(path, O_CREAT);

	p->seed = seed;
	setenv(WHERE, path, 1);
	return p;
}

void sim_printer_destroy(struct sim_printer *p)
{
	if (p)
		munmap(p, sizeof(*p));
}

/* ---- what it knows ---- */

static int64_t oldest(const struct sim_printer *p)
{
	return p->job_count > SIM_JOBS ? p->job_count - SIM_JOBS : 0;
}

static struct sim_job *find(struct sim_printer *p, const char *name)
{
	for (int64_t i = p->job_count - 1; i >= oldest(p); i--)
		if (strcmp(p->jobs[i % SIM_JOBS].name, name) == 0)
			return &p->jobs[i % SIM_JOBS];
	return NULL;
}

static struct sim_job *add(struct sim_printer *p, const char *name)
{
	struct sim_job *job = &p->jobs[p->job_count % SIM_JOBS];

	*job = (struct sim_job){ .copies = 0 };
	snprintf(job->name, sizeof(job->name), "%s", name);
	p->job_count++;
	return job;
}

int sim_printer_copies(const struct sim_printer *p, const char *front)
{
	size_t len = strlen(front);
	int copies = 0;

	for (int64_t i = oldest(p); i < p->job_count; i++) {
		const struct sim_job *job = &p->jobs[i % SIM_JOBS];
		if (strncmp(job->name, front, len) == 0 && job->name[len] == '#')
			copies += job->copies;
	}
	return copies;
}

/* ---- the helper ---- */

enum trouble {
	TROUBLE_NONE,
	TROUBLE_DIES_FIRST, /* the helper, before anything */
	TROUBLE_DIES_EMPTY, /* with a job that has no document yet */
	TROUBLE_DIES_WHOLE, /* with one that has it */
	TROUBLE_DIES_LAST,  /* once it has come out, without reporting it */
	TROUBLE_SLOW,
	TROUBLE_FAILS,       /* nothing came out */
	TROUBLE_FAILS_LATE,  /* nothing came out, as far as is known */
	TROUBLE_FAILS_AFTER, /* something came out */
	TROUBLE_COUNT,
};

/* By the paper and its attempt: "receipt-000012-…#3". SQLite generates the part in between. */
static enum trouble trouble_of(const struct sim_printer *p, const char *name)
{
	const char *number = strpbrk(name, "0123456789"), *attempt = strchr(name, '#');
	uint64_t x = p->seed;

	x += (uint64_t)strtoll(number ? number : "0", NULL, 10) * UINT64_C(0x9E3779B97F4A7C15);
	x += (uint64_t)strtoll(attempt ? attempt + 1 : "0", NULL, 10) * 7919;
	x = (x ^ x >> 29) * UINT64_C(0xBF58476D1CE4E5B9);
	x ^= x >> 32;
	if ((int)(x % 100) >= p->trouble)
		return TROUBLE_NONE;
	return (enum trouble)(1 + x / 100 % (TROUBLE_COUNT - 1));
}

static void say(json_t *event)
{
	struct err err = { 0 };

	if (!event || pipe_write_message(STDOUT_FILENO, event, &err) < 0)
		_exit(LOST_HERE);
	json_decref(event);
}

static void say_event(const char *event, const char *job)
{
	say(json_pack("{s:s, s:s, s:i}", "event", event, "job", job, "id", JOB_ID));
}

static void say_failed(const char *job, bool may_have_printed)
{
	say(json_pack("{s:s, s:s, s:i, s:s, s:s, s:b}", "event", "failed", "job", job, "code",
		ERR_DEVICE, "reason", "PRINTER_FAILED", "text", "till", "may_have_printed",
		may_have_printed));
}

static void come_out(struct sim_printer *p, struct sim_job *job)
{
	job->copies += p->is_doubling ? 2 : 1;
}

static void die_at(enum trouble trouble, enum trouble here)
{
	if (trouble == here)
		_exit(LOST_HERE);
}

/* A paper that kills the helper each time is given up: this one does so once. */
static void die_first(struct sim_printer *p, const char *name)
{
	if (strcmp(p->died_first, name) == 0)
		return;
	snprintf(p->died_first, sizeof(p->died_first), "%s", name);
	_exit(LOST_HERE);
}

static void end_badly(struct sim_printer *p, struct sim_job *job, enum trouble trouble)
{
	if (trouble == TROUBLE_FAILS_AFTER)
		come_out(p, job);
	job->is_cancelled = true;
	say_failed(job->name, trouble != TROUBLE_FAILS);
}

static void print(struct sim_printer *p, const char *name)
{
	enum trouble trouble = trouble_of(p, name);
	struct sim_job *job;

	if (trouble == TROUBLE_DIES_FIRST)
		die_first(p, name);
	job = add(p, name);
	die_at(trouble, TROUBLE_DIES_EMPTY);
	say_event("created", name);
	job->is_whole = true;
	die_at(trouble, TROUBLE_DIES_WHOLE);
	if (trouble >= TROUBLE_FAILS) {
		end_badly(p, job, trouble);
		return;
	}
	say_event("sent", name);
	if (trouble == TROUBLE_SLOW)
		poll(NULL, 0, SLOW_MS);
	come_out(p, job);
	die_at(trouble, TROUBLE_DIES_LAST);
	say_event("done", name);
}

static const char *verdict(const struct sim_job *job)
{
	if (!job)
		return "absent";
	if (job->is_cancelled)
		return "stopped";
	if (!job->is_whole)
		return "incomplete";
	return job->copies ? "finished" : "active";
}

static void look_up(struct sim_printer *p, const char *name)
{
	const struct sim_job *job = find(p, name);

	say(json_pack("{s:s, s:s, s:s, s:i, s:b}", "event", "found", "job", name, "verdict",
		verdict(job), "id", job ? JOB_ID : 0, "may_have_printed", job && job->copies));
}

static void watch(struct sim_printer *p, const char *name)
{
	struct sim_job *job = find(p, name);

	if (job && !job->copies)
		come_out(p, job);
	say_event("done", name);
}

static void cancel(struct sim_printer *p, const char *name)
{
	struct sim_job *job = find(p, name);

	if (job)
		job->is_cancelled = true;
	say(json_pack("{s:s, s:s, s:b}", "event", "cancelled", "job", name, "may_have_printed",
		job && job->copies));
}

static void answer(struct sim_printer *p, const json_t *request)
{
	static const struct {
		const char *what;
		void (*answer)(struct sim_printer *, const char *name);
	} answers[] = { { "print", print }, { "lookup", look_up }, { "watch", watch },
		{ "cancel", cancel } };
	const char *what = json_string_value(json_object_get(request, "do"));
	const char *name = json_string_value(json_object_get(request, "job"));

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		if (strcmp(answers[i].what, what) == 0)
			answers[i].answer(p, name);
	if (strcmp(what, "state") == 0)
		say(json_pack("{s:s, s:s, s:s, s:b}", "event", "printer", "job", name, "wants",
			"nothing", "accepting", true));
}

/* Like jiaplus-paper: `--lock FILE`, which is held for as long as it lives. */
static int help(int argc, char **argv)
{
	struct sim_printer *p = map(getenv(WHERE), 0);
	int lock = open(argc > 1 ? argv[1] : "", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	struct err err = { 0 };
	json_t *request = NULL;

	if (lock < 0 || flock(lock, LOCK_EX) < 0)
		return LOST_HERE;
	say(json_pack("{s:s}", "event", "ready"));
	while (pipe_read_message(STDIN_FILENO, &request, &err) == 0 && request) {
		answer(p, request);
		json_decref(request);
	}
	return 0;
}

TEST_PART("--lock", help)
