/* Every paper is printed once, whatever dies when: the kiosk, the helper, between any two steps. */
#include "tests/core/helper.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

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

/* Dies after what it has done so far: the helper alone, or the whole kiosk. */
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

/* One step of the simulated helper: the next request, if there is one. */
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

TEST(every_paper_is_printed_once_whatever_dies_when, helper)
{
	struct fixture *f = *state;
	unsigned seed = (unsigned)chance_seed();
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

TEST_PART("--lock", relay)
