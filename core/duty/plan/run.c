#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/pipe.h"
#include "core/base/reasons.h"
#include "core/base/when.h"
#include "core/duty/plan/explain.h"
#include "core/duty/plan/plan.h"
#include "core/duty/plan/start.h"
#include "core/duty/plan/wire.h"

#define EFFORT_USUAL  100
#define EFFORT_MAX    1000
#define BACKSTOP_MS   60000
#define STOP_GRACE_MS 0 /* there is nothing for it to finish */
#define WAIT_MS       1000

struct plan_run {
	struct model model;
	struct seats best;          /* once told_count > 0 or is_done */
	struct pipe_helper *helper; /* NULL: there is none, or no more */
	int effort;
	int told_count; /* rosters that came; the first is the start */
	int64_t until_ms;
	struct solve_result result;
	enum plan_status status;
	bool is_done;
};

void plan_answer_finish(struct plan_answer *answer)
{
	free(answer->assignments);
	free(answer->gaps);
	*answer = (struct plan_answer){ 0 };
}

int plan_run_start(const struct plan_problem *problem, const struct plan_options *options,
	struct plan_run **ret, struct err *err)
{
	static const struct plan_options usual;
	const struct plan_options *o = options ? options : &usual;
	CLEANUP(mem_free)
	char *program = o->helper ? mem_text(o->helper) : pipe_helper_path(PLANNER_PROGRAM);
	const char *const argv[] = { program, NULL };
	struct plan_run *run = mem_alloc(sizeof(*run));
	struct err unused = { 0 };

	int rc = model_init(&run->model, problem, err);
	if (rc < 0) {
		plan_run_stop(run);
		return rc;
	}
	run->effort = o->effort <= 0           ? EFFORT_USUAL
		      : o->effort > EFFORT_MAX ? EFFORT_MAX
					       : o->effort;
	run->until_ms = clock_ms(&clock_system) + (o->backstop_ms ? o->backstop_ms : BACKSTOP_MS);
	run->result.bound = INT64_MIN;
	if (pipe_start(argv, o->log_fd > 0 ? o->log_fd : -1, &run->helper, &unused) == 0)
		pipe_send(run->helper, wire_problem(problem, run->effort));
	*ret = run;
	return 0;
}

void plan_run_stop(struct plan_run *run)
{
	if (!run)
		return;
	pipe_stop(run->helper, STOP_GRACE_MS);
	seats_finish(&run->best);
	model_finish(&run->model);
	free(run);
}

int plan_run_fd(const struct plan_run *run)
{
	return run->helper ? pipe_fd(run->helper) : -1;
}

short plan_run_events(const struct plan_run *run)
{
	return run->helper ? pipe_events(run->helper) : 0;
}

static void end(struct plan_run *run, enum plan_status status)
{
	run->is_done = true;
	run->status = status;
	pipe_stop(TAKE(run->helper), STOP_GRACE_MS);
	if (run->told_count > 0)
		return;
	seats_finish(&run->best);
	seats_init(&run->best, &run->model);
	start_make(&run->best, run->effort);
}

/* Processes a message; what it reports replaces the previous report. */
static void hear(struct plan_run *run, const json_t *message)
{
	CLEANUP(seats_finish) struct seats told = { 0 };
	bool is_last = false;
	struct err err = { 0 };

	seats_init(&told, &run->model);
	if (wire_event_read(message, &told, &run->result, &is_last, &err) <= 0) {
		end(run, PLAN_FELL_BACK);
		return;
	}
	seats_finish(&run->best);
	run->best = told;
	told = (struct seats){ 0 };
	run->told_count++;
	if (is_last)
		end(run, run->result.status);
}

int plan_run_turn(struct plan_run *run)
{
	struct err err = { 0 };
	json_t *message;

	if (run->is_done)
		return 1;
	int rc = run->helper ? pipe_turn(run->helper, &err) : -1;
	while (run->helper && (message = pipe_receive(run->helper))) {
		hear(run, message);
		json_decref(message);
	}
	if (!run->is_done && rc < 0)
		end(run, PLAN_FELL_BACK);
	if (!run->is_done && clock_ms(&clock_system) >= run->until_ms)
		end(run, PLAN_LATE);
	return run->is_done;
}

void plan_run_take(struct plan_run *run, struct plan_answer *ret)
{
	if (!run->is_done)
		end(run, PLAN_LATE);
	*ret = (struct plan_answer){ 0 };
	explain(&run->best, ret);
	ret->status = run->status;
	/* A start is the same each time; how far the helper got before it was stopped is not. */
	ret->is_reproducible = run->status <= PLAN_STOPPED ||
			       (run->status == PLAN_FELL_BACK && run->told_count <= 1);
	bool is_whole = run->status <= PLAN_STOPPED;
	ret->bound = is_whole ? run->result.bound : INT64_MIN;
	ret->proven = is_whole ? run->result.proven : 0;
	if (run->model.mode == PLAN_STAGES) {
		int stage = ret->proven < PLAN_STAGE_COUNT ? ret->proven : PLAN_STAGE_COUNT - 1;
		ret->objective = ret->cost[stage];
	}
	plan_run_stop(run);
}

int plan_solve(const struct plan_problem *problem, const struct plan_options *options,
	struct plan_answer *ret, struct err *err)
{
	struct plan_run *run = NULL;

	TRY(plan_run_start(problem, options, &run, err));
	while (!plan_run_turn(run)) {
		int64_t left = run->until_ms - clock_ms(&clock_system);
		struct pollfd polled = { plan_run_fd(run), plan_run_events(run), 0 };
		if (left > 0)
			poll(&polled, 1, left < WAIT_MS ? (int)left : WAIT_MS);
	}
	plan_run_take(run, ret);
	return 0;
}
