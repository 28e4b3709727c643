/* The outbox: a paper's life cycle, what printers need, cancelling, rows. */
#include <sys/file.h>

#include "core/print/reasons.h"
#include "tests/core/helper.h"
#include "tests/lib/test.h"

/* ---- the way of a paper ---- */

TEST(paper_goes_from_queued_to_done, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	assert_string_equal(state_of(f, id), "queued");
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");
	say_event(f, "done", job);
	wait_for(f, id, "done");
	expect_nothing(f);
}

TEST(row_says_submitting_before_the_helper_hears_of_the_job, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	pass(f, "print");
	assert_string_equal(state_of(f, id), "submitting");
}

TEST(job_is_named_after_paper_and_attempt, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	start_helper(f);
	CLEANUP(mem_free) char *job = expect(f, "print");
	CLEANUP(mem_free) char *front = mem_printf("receipt-%06d-", (int)id);
	assert_memory_equal(job, front, strlen(front));
	assert_string_equal(job + strlen(job) - 2, "#1");
}

TEST(request_carries_sheet_and_queue, helper)
{
	struct fixture *f = *state;

	add(f, PURPOSE_RECEIPT);
	start_helper(f);
	json_t *request = next_request(f);
	assert_string_equal(json_string_value(json_object_get(request, "sheet")), SHEET);
	assert_string_equal(json_string_value(json_object_get(request, "mode")), "cups");
	assert_string_equal(json_string_value(json_object_get(request, "queue")), "till");
	json_decref(request);
}

TEST(nothing_is_submitted_while_another_process_holds_the_lock, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);

	connect_helper(f);
	rest(f);
	assert_false(is_heard(f, 50));
	assert_string_equal(state_of(f, id), "queued");
}

TEST(verb_leaves_its_paper_queued_while_another_process_holds_the_lock, helper)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/outbox.lock", f->dir);
	FILE *lock = fopen(path, "w");
	enum outbox_state found = OUTBOX_DONE;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);

	assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
	assert_ok(outbox_drain(f->outbox, id, PATIENCE, &found, &err), &err);
	assert_int_equal(found, OUTBOX_QUEUED);
	assert_int_equal(outbox_fd(f->outbox), -1);
	fclose(lock);
}

TEST(one_paper_at_a_time_for_each_purpose, helper)
{
	struct fixture *f = *state;
	int64_t first = add(f, PURPOSE_RECEIPT), second = add(f, PURPOSE_RECEIPT);
	int64_t label = add(f, PURPOSE_LABELS);

	start_helper(f);
	CLEANUP(mem_free) char *one = expect(f, "print");
	CLEANUP(mem_free) char *other = expect(f, "print");
	expect_nothing(f);
	assert_string_equal(state_of(f, first), "submitting");
	assert_string_equal(state_of(f, second), "queued");
	assert_string_equal(state_of(f, label), "submitting");
	say_event(f, "done", memcmp(one, "receipt", 7) == 0 ? one : other);
	wait_for(f, first, "done");
	pass(f, "print");
	assert_string_equal(state_of(f, second), "submitting");
}

TEST(paper_of_another_process_is_found, helper)
{
	struct fixture *f = *state;
	struct outbox_paper paper = { .purpose = PURPOSE_RECEIPT, .title = "x", .sheet = SHEET };
	struct db *other;
	struct err err = { 0 };
	int64_t id;

	start_helper(f);
	settle(f);
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &other, &err), &err);
	assert_ok(outbox_add(other, &paper, &id, &err), &err);
	db_close(other);
	assert_true(outbox_next_ms(f->outbox) <= clock_ms(&f->clock) + 2000);
	later(f, 3);
	pass(f, "print");
}

TEST(news_wait_while_another_process_writes, helper)
{
	struct fixture *f = *state;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "created");
	CLEANUP(mem_free) char *path = mem_printf("%s.lock", f->path);
	FILE *lock = fopen(path, "r+");

	db_set_patience(f->db, 0);
	assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
	say_event(f, "sent", job);
	settle(f);
	assert_string_equal(state_of(f, id), "created");
	assert_true(outbox_next_ms(f->outbox) <= clock_ms(&f->clock) + 100);
	fclose(lock);
	wait_for(f, id, "sent");
}

/* ---- what printers want ---- */

TEST(printer_out_of_paper_is_told_and_forgotten, helper)
{
	struct fixture *f = *state;
	struct reason problem;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say(f, json_pack("{s:s, s:s, s:s, s:i}", "event", "progress", "job", job, "wants", "paper",
		       "waiting", 5));
	settle(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_PAPER);
	assert_int_equal(problem_of(f, id), REASON_PRINTER_PAPER);
	assert_false(outbox_problem(f->outbox, PURPOSE_LABELS, &problem));
	say(f, json_pack("{s:s, s:s, s:s, s:i}", "event", "progress", "job", job, "wants",
		       "nothing", "waiting", 9));
	settle(f);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_string_equal(state_of(f, id), "sent");
}

TEST(offline_printer_says_how_long_it_has_been_waited_for, helper)
{
	struct fixture *f = *state;
	struct reason problem;
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say(f, json_pack("{s:s, s:s, s:s, s:i}", "event", "progress", "job", job, "wants", "power",
		       "waiting", 40));
	settle(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_OFFLINE);
	assert_int_equal(problem.n1, 40);
}

static void say_waiting(struct fixture *f, const char *job, int seconds)
{
	say(f, json_pack("{s:s, s:s, s:s, s:i, s:s}", "event", "progress", "job", job, "wants",
		       "nothing", "waiting", seconds, "message", "The printer is unreachable."));
	settle(f);
}

/* A printer that is off reports nothing at all: only the time tells. */
TEST(paper_that_does_not_come_out_is_told_after_twenty_seconds, helper)
{
	struct fixture *f = *state;
	struct reason problem;
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	say_waiting(f, job, 19);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	say_waiting(f, job, 20);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_WAITED);
	assert_string_equal(problem.text, "The printer is unreachable.");
	say_waiting(f, job, 25);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.n1, 25);
	later(f, 7);
	assert_ok(outbox_get(f->db, id, &row, &err), &err);
	assert_int_equal(row.problem.code, REASON_PRINTER_WAITED);
	assert_int_equal(row.problem.n1, 27);
	say_event(f, "done", job);
	wait_for(f, id, "done");
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
}

TEST(printer_at_rest_is_asked_what_it_wants, helper)
{
	struct fixture *f = *state;
	struct reason problem;
	struct err err = { 0 };
	json_t *request = NULL;

	start_helper(f);
	settle(f);
	assert_ok(pipe_read_message(f->helper, &request, &err), &err);
	assert_string_equal(json_string_value(json_object_get(request, "do")), "state");
	say(f, json_pack("{s:s, s:O, s:s, s:b}", "event", "printer", "job",
		       json_object_get(request, "job"), "wants", "close", "accepting", 1));
	json_decref(request);
	settle(f);
	assert_true(outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem));
	assert_int_equal(problem.code, REASON_PRINTER_COVER);
	rest(f);
	assert_false(is_heard(f, 50));
}

/* ---- cancelling ---- */

TEST(queued_paper_is_cancelled_at_once, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_string_equal(state_of(f, id), "cancelled");
	start_helper(f);
	settle(f);
	expect_nothing(f);
	assert_refused(outbox_cancel(f->outbox, id, &err), &err, PAPER_SETTLED);
	assert_int_equal(outbox_cancel(f->outbox, 99, &err), ERR_NOT_FOUND);
}

TEST(paper_on_its_way_is_stopped_at_the_spooler, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	CLEANUP(mem_free) char *stopped = expect(f, "cancel");
	assert_string_equal(stopped, job);
	assert_string_equal(state_of(f, id), "sent");
	say(f, json_pack("{s:s, s:s}", "event", "cancelled", "job", job));
	wait_for(f, id, "cancelled");
}

TEST(paper_that_was_faster_than_its_cancelling_is_done, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, id, "sent");

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	pass(f, "cancel");
	say_event(f, "done", job);
	wait_for(f, id, "done");
}

TEST(other_process_cannot_cancel_what_this_one_prints, helper)
{
	struct fixture *f = *state;
	struct outbox_options options = { .config = &f->config, .dir = f->dir, .log_fd = -1 };
	struct outbox *other;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_RECEIPT);
	free(bring_to(f, id, "sent"));

	outbox_open(f->db, &options, &other);
	assert_int_equal(outbox_cancel(other, id, &err), ERR_BUSY);
	outbox_close(other);
}

/* ---- rows ---- */

TEST(visit_has_one_receipt, helper)
{
	struct fixture *f = *state;
	struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT, .title = "receipt", .sheet = SHEET, .visit = 5
	};
	struct err err = { 0 };
	int64_t first, second, found;

	assert_ok(outbox_add(f->db, &paper, &first, &err), &err);
	assert_ok(outbox_add(f->db, &paper, &second, &err), &err);
	assert_int_equal(first, second);
	assert_ok(outbox_of_visit(f->db, 5, &found, &err), &err);
	assert_int_equal(found, first);
	assert_ok(outbox_of_visit(f->db, 6, &found, &err), &err);
	assert_int_equal(found, 0);
}

TEST(paper_queued_in_a_transaction_goes_with_it, helper)
{
	struct fixture *f = *state;
	struct outbox_paper paper = { .purpose = PURPOSE_RECEIPT, .title = "x", .sheet = SHEET };
	struct outbox_list list = OUTBOX_LIST_INIT;
	struct txn t = TXN_INIT;
	struct err err = { 0 };

	assert_ok(txn_begin(&t, f->db, &err), &err);
	assert_ok(outbox_add(f->db, &paper, NULL, &err), &err);
	txn_end(&t);
	assert_ok(outbox_live(f->db, &list, &err), &err);
	assert_int_equal(list.count, 0);
	outbox_list_finish(&list);
}

TEST(reprint_is_a_paper_of_its_own_with_a_mark, helper)
{
	struct fixture *f = *state;
	struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT, .title = "receipt", .sheet = SHEET, .visit = 5
	};
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };
	int64_t id, copy;

	assert_ok(outbox_add(f->db, &paper, &id, &err), &err);
	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_ok(outbox_reprint(f->db, id, OTHER, &copy, &err), &err);
	assert_ok(outbox_get(f->db, copy, &row, &err), &err);
	assert_true(row.is_reprint);
	assert_int_equal(row.visit, 5);
	start_helper(f);
	json_t *request = next_request(f);
	const char *sheet = json_string_value(json_object_get(request, "sheet"));
	assert_non_null(strstr(sheet, "补打"));
	assert_non_null(strstr(sheet, "two"));
	json_decref(request);
	assert_int_equal(outbox_reprint(f->db, 99, NULL, NULL, &err), ERR_NOT_FOUND);
}

TEST(copy_of_a_label_bears_no_mark, helper)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = add(f, PURPOSE_LABELS);

	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_ok(outbox_reprint(f->db, id, NULL, NULL, &err), &err);
	start_helper(f);
	json_t *request = next_request(f);
	assert_string_equal(json_string_value(json_object_get(request, "sheet")), SHEET);
	json_decref(request);
}

TEST(old_sheets_are_emptied, helper)
{
	struct fixture *f = *state;
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };
	int64_t old = add(f, PURPOSE_RECEIPT);
	CLEANUP(mem_free) char *job = bring_to(f, old, "sent");

	say_event(f, "done", job);
	wait_for(f, old, "done");
	int64_t waiting = add(f, PURPOSE_LABELS);
	later(f, KEEP_DAYS * 24 * 3600 + 1);
	turn(f);
	assert_ok(outbox_get(f->db, old, &row, &err), &err);
	assert_false(row.has_sheet);
	outbox_row_finish(&row);
	assert_ok(outbox_get(f->db, waiting, &row, &err), &err);
	assert_true(row.has_sheet);
	assert_refused(outbox_reprint(f->db, old, NULL, NULL, &err), &err, PAPER_EMPTIED);
	assert_ok(outbox_reprint(f->db, old, OTHER, NULL, &err), &err);
}

TEST(list_has_what_is_not_settled, helper)
{
	struct fixture *f = *state;
	CLEANUP(outbox_list_finish) struct outbox_list live = OUTBOX_LIST_INIT;
	CLEANUP(outbox_list_finish) struct outbox_list latest = OUTBOX_LIST_INIT;
	struct err err = { 0 };
	int64_t first = add(f, PURPOSE_RECEIPT), second = add(f, PURPOSE_LABELS);

	assert_ok(outbox_cancel(f->outbox, first, &err), &err);
	assert_ok(outbox_live(f->db, &live, &err), &err);
	assert_int_equal(live.count, 1);
	assert_int_equal(live.rows[0].id, second);
	assert_int_equal(live.rows[0].purpose, PURPOSE_LABELS);
	assert_string_equal(live.rows[0].title, "receipt");
	assert_ok(outbox_latest(f->db, 10, &latest, &err), &err);
	assert_int_equal(latest.count, 2);
	assert_int_equal(latest.rows[0].id, second);
}

TEST_PART("--lock", relay)
