/* The outbox when something fails: a crash, the death of the helper, a printer. */
#include "core/base/reasons.h"
#include "core/print/reasons.h"
#include "tests/core/helper.h"
#include "tests/lib/test.h"

/* ---- after a crash ---- */

struct verdict_case {
	const char *state, *verdict;
	bool may_have_printed;
	const char *then;  /* the next request, or NULL */
	int attempt;       /* … for this attempt */
	const char *lands; /* the state then */
};

/* A submission that died is first looked up by its name; what may have come out is never sent again
 * without a person's decision. */
static const struct verdict_case verdict_cases[] = {
	{ "submitting", "absent", false, "print", 1, "submitting" },
	{ "submitting", "incomplete", false, "cancel", 1, "submitting" },
	{ "submitting", "active", false, "watch", 1, "sent" },
	{ "submitting", "finished", true, NULL, 0, "done" },
	{ "submitting", "stopped", false, "print", 2, "submitting" },
	{ "submitting", "stopped", true, NULL, 0, "ask" },
	{ "submitting", "unknown", true, NULL, 0, "ask" },
	{ "created", "absent", false, NULL, 0, "ask" },
	{ "created", "incomplete", false, "cancel", 1, "created" },
	{ "created", "active", false, "watch", 1, "sent" },
	{ "created", "finished", true, NULL, 0, "done" },
	{ "created", "stopped", false, "print", 2, "submitting" },
	{ "created", "stopped", true, NULL, 0, "ask" },
	{ "created", "unknown", true, NULL, 0, "ask" },
	{ "sent", "absent", false, NULL, 0, "ask" },
	{ "sent", "active", false, "watch", 1, "sent" },
	{ "sent", "finished", true, NULL, 0, "done" },
	{ "sent", "stopped", false, "print", 2, "submitting" },
	{ "sent", "stopped", true, NULL, 0, "ask" },
	{ "sent", "unknown", true, NULL, 0, "ask" },
};

static void check_verdict(struct fixture *f, const struct verdict_case *c)
{
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, c->state);

	crash(f);
	start_helper(f);
	CLEANUP(mem_free) char *asked = expect(f, "lookup");
	assert_string_equal(asked, job);
	say_found(f, job, c->verdict, c->may_have_printed);
	if (c->then) {
		CLEANUP(mem_free) char *next = expect(f, c->then);
		CLEANUP(mem_free) char *want = mem_text(job);
		want[strlen(want) - 1] = (char)('0' + c->attempt);
		assert_string_equal(next, want);
	}
	wait_for(f, id, c->lands);
	if (!c->then)
		expect_nothing(f);
	crash(f);
}

TEST(each_verdict_leads_where_it_must, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(verdict_cases); i++) {
		print_message("# %s, found %s\n", verdict_cases[i].state, verdict_cases[i].verdict);
		check_verdict(f, &verdict_cases[i]);
		assert_ok(db_write(f->db, "DELETE FROM outbox", NO_FIELDS, NULL, &err), &err);
	}
}

TEST(half_a_job_is_cancelled_before_the_next_attempt, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "created");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "incomplete", false);
	CLEANUP(mem_free) char *cancelled = expect(f, "cancel");
	assert_string_equal(cancelled, job);
	say(f, json_pack("{s:s, s:s}", "event", "cancelled", "job", job));
	CLEANUP(mem_free) char *next = expect(f, "print");
	assert_string_equal(next + strlen(next) - 2, "#2");
}

TEST(failed_lookup_is_not_absence, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "submitting");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_failed(f, job, ERR_DEVICE, "PRINTER_MISSING", false);
	settle(f);
	expect_nothing(f);
	assert_string_equal(state_of(f, id), "submitting");
	later(f, 3);
	pass(f, "lookup");
	say_found(f, job, "finished", true);
	wait_for(f, id, "done");
}

TEST(adopted_job_is_watched_to_its_end, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "active", false);
	pass(f, "watch");
	say_event(f, "done", job);
	wait_for(f, id, "done");
}

TEST(paper_is_looked_up_where_it_went_whatever_the_settings_say_now, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	free(bring_to(f, id, "created"));

	free(f->config.queues[PURPOSE_RECEIPT].queue);
	f->config.queues[PURPOSE_RECEIPT].queue = mem_text("another");
	crash(f);
	start_helper(f);
	json_t *request = next_request(f);
	assert_string_equal(json_string_value(json_object_get(request, "queue")), "till");
	json_decref(request);
}

/* Writing a file twice leaves one file, so nobody needs to be asked. */
TEST(file_is_made_again_under_the_same_name, helper)
{
	struct fixture *f = *state;
	f->config.queues[PURPOSE_RECEIPT].mode = PRINT_FILE;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	crash(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "absent", false);
	CLEANUP(mem_free) char *again = expect(f, "print");
	assert_string_equal(again, job);
}

/* ---- the helper's death ---- */

TEST(job_of_a_dead_helper_is_looked_up, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	kill_helper(f);
	start_helper(f);
	CLEANUP(mem_free) char *asked = expect(f, "lookup");
	assert_string_equal(asked, job);
	say_found(f, job, "finished", true);
	wait_for(f, id, "done");
}

TEST(helper_is_not_restarted_at_once, helper)
{
	struct fixture *f = *state;
	struct reason problem;

	start_helper(f);
	settle(f);
	drop_helper(f);
	wait_for_loss(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_HELPER_FAILED);
	turn(f);
	assert_int_equal(outbox_fd(f->outbox), -1);
	later(f, 3);
	start_helper(f);
	settle(f);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
}

TEST(raw_device_gets_nothing_twice, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_LABELS);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	say_event(f, "created", job);
	wait_for(f, id, "created");
	kill_helper(f);
	start_helper(f);
	pass(f, "lookup");
	say_found(f, job, "unknown", true);
	wait_for(f, id, "ask");
}

TEST(raw_device_gets_what_a_helper_never_began, helper)
{
	struct fixture *f = *state;

	add(f, PURPOSE_LABELS);
	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	kill_helper(f);
	start_helper(f);
	CLEANUP(mem_free) char *again = expect(f, "print");
	assert_string_equal(again, job);
}

TEST(paper_that_kills_the_helper_is_given_up, helper)
{
	struct fixture *f = *state;
	int64_t poison = add(f, PURPOSE_RECEIPT), next = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	for (int i = 0; i < 3; i++) {
		kill_helper(f);
		start_helper(f);
		pass(f, "lookup");
		say_found(f, job, "absent", false);
		settle(f);
		if (i < 2) /* then the next one is asked for, and a silent helper replaced */
			later(f, 61);
		CLEANUP(mem_free) char *printed = expect(f, "print");
		assert_int_equal(strcmp(printed, job) == 0, i < 2);
	}
	assert_string_equal(state_of(f, poison), "failed");
	assert_int_equal(problem_of(f, poison), REASON_HELPER_FAILED);
	assert_string_equal(state_of(f, next), "submitting");
}

TEST(silent_helper_is_replaced, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	later(f, 59);
	turn(f);
	assert_int_not_equal(outbox_fd(f->outbox), -1);
	later(f, 2);
	turn(f);
	assert_int_equal(outbox_fd(f->outbox), -1);
	drop_helper(f);
	later(f, 61);
	start_helper(f);
	CLEANUP(mem_free) char *asked = expect(f, "lookup");
	assert_string_equal(asked, job);
}

TEST(missing_helper_is_a_problem_not_an_error, helper)
{
	struct fixture *f = *state;
	struct outbox_options options = { .config = &f->config,
		.dir = f->dir,
		.helper = "/nonexistent/jiaplus-paper",
		.log_fd = -1 };
	struct reason problem;

	outbox_close(f->outbox);
	outbox_open(f->db, &options, &f->outbox);
	int64_t id = add(f, PURPOSE_RECEIPT);
	turn(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_HELPER_FAILED);
	assert_string_equal(state_of(f, id), "queued");
}

/* ---- failures ---- */

TEST(unreachable_printer_gets_the_next_attempt_later, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	say_failed(f, job, ERR_DEVICE, "PRINTER_MISSING", false);
	wait_for(f, id, "queued");
	assert_int_equal(problem_of(f, id), REASON_PRINTER_MISSING);
	expect_nothing(f);
	later(f, 3);
	CLEANUP(mem_free) char *next = expect(f, "print");
	assert_string_equal(next + strlen(next) - 2, "#2");
	say_event(f, "sent", next);
	say_event(f, "done", next);
	wait_for(f, id, "done");
	assert_int_equal(problem_of(f, id), REASON_NONE);
}

TEST(waiting_grows_but_not_above_a_minute, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	for (int i = 0; i < 8; i++) {
		CLEANUP(mem_free) char *job = expect(f, "print");
		say_failed(f, job, ERR_DEVICE, "PRINTER_MISSING", false);
		wait_for(f, id, "queued");
		later(f, i == 0 ? 1 : 29);
		if (i == 0 || i > 4)
			expect_nothing(f);
		later(f, i == 0 ? 1 : 32);
	}
}

TEST(sheet_that_cannot_be_drawn_fails_for_good, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT), next = add(f, PURPOSE_RECEIPT);
	struct reason problem;

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	say_failed(f, job, ERR_INVALID, "SHEET_OVERFLOW", false);
	wait_for(f, id, "failed");
	assert_int_equal(problem_of(f, id), REASON_SHEET_OVERFLOW);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	pass(f, "print");
	assert_string_equal(state_of(f, next), "submitting");
}

TEST(what_may_have_printed_asks_a_person, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PRINTER_FAILED", true);
	wait_for(f, id, "ask");
	assert_int_equal(problem_of(f, id), REASON_PAPER_UNSURE);
	expect_nothing(f);
}

TEST(paper_given_up_on_its_way_asks_a_person_says_why_and_lets_the_next_one_pass, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT), next = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PAPER_BROKEN", true);
	wait_for(f, id, "ask");
	assert_int_equal(problem_of(f, id), REASON_PAPER_BROKEN);
	pass(f, "print");
	assert_string_equal(state_of(f, next), "submitting");
}

TEST(job_cancelled_at_the_printer_asks_a_person, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say(f, json_pack(
		       "{s:s, s:s, s:b}", "event", "cancelled", "job", job, "may_have_printed", 0));
	wait_for(f, id, "ask");
}

TEST(answer_yes_settles_the_paper, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PRINTER_FAILED", true);
	wait_for(f, id, "ask");
	assert_ok(outbox_answer(f->db, id, true, &err), &err);
	assert_string_equal(state_of(f, id), "done");
	assert_refused(outbox_answer(f->db, id, true, &err), &err, PAPER_SETTLED);
}

TEST(answer_no_prints_it_again_with_a_mark, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_failed(f, job, ERR_DEVICE, "PRINTER_FAILED", true);
	wait_for(f, id, "ask");
	assert_ok(outbox_answer(f->db, id, false, &err), &err);
	outbox_kick(f->outbox);
	json_t *request = next_request(f);
	assert_non_null(strstr(json_string_value(json_object_get(request, "job")), "#2"));
	assert_string_equal(json_string_value(json_object_get(request, "sheet")),
		"jiaplus-sheet\t1\npage\ntext\t15 bold center\t补打\ntext\t9\tone\n");
	json_decref(request);
}

TEST_PART("--lock", relay)
