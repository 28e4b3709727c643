/* An IPP printer, spoken to directly: what came out, and everything that can go wrong with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/print/reasons.h"
#include "tests/lib/ok.h"
#include "tests/lib/printer.h"
#include "tests/lib/samples.h"
#include "tests/lib/test.h"
#include "tests/lib/unescpos.h"
#include "tests/print/talk.h"

#define SOON_MS 60000

struct counter {
	struct printer *printer;
	struct talk talk;
	struct paper_queue queue;
};

static int at_counter_setup(void **state)
{
	struct counter *counter = mem_alloc(sizeof(*counter));

	counter->printer = printer_start("receipt");
	assert_non_null(counter->printer);
	counter->queue = (struct paper_queue){ .mode = PRINT_CUPS, .queue = counter->printer->uri };
	talk_start(&counter->talk, NULL, false);
	*state = counter;
	return 0;
}

static int at_counter_teardown(void **state)
{
	struct counter *counter = *state;

	talk_stop(&counter->talk);
	printer_stop(counter->printer);
	free(counter);
	return 0;
}

static void print_receipt(struct counter *counter, const char *job)
{
	talk_print(&counter->talk, job, sample_receipt(&sheet_roll_58), &counter->queue);
}

/* What pdftotext reads in it; the caller's. */
static char *text_on(const char *pdf)
{
	CLEANUP(mem_free) char *command = mem_printf("pdftotext -layout '%s' -", pdf);
	FILE *out = popen(command, "r");
	char *text = mem_alloc(1 << 16);
	size_t size = out ? fread(text, 1, (1 << 16) - 1, out) : 0;

	text[size] = '\0';
	if (out)
		pclose(out);
	return text;
}

/* The code on its picture at 203 dpi; the caller's. */
static char *code_on(const char *pdf)
{
	CLEANUP(mem_free) char *stem = mem_printf("%s.picture", pdf);
	CLEANUP(mem_free) char *picture = mem_printf("%s.pgm", stem);
	CLEANUP(mem_free)
	char *command =
		mem_printf("pdftoppm -gray -r 203.2 -singlefile '%s' '%s' 2>/dev/null", pdf, stem);

	assert_int_equal(system(command), 0);
	return qr_read_pgm(picture);
}

TEST(a_receipt_comes_out_with_its_words_and_its_symbol, at_counter)
{
	struct counter *counter = *state;

	print_receipt(counter, "R000123#1");
	struct paper_event created = talk_hear(&counter->talk, PAPER_CREATED, SOON_MS);
	int id = created.id;
	assert_true(id > 0);
	assert_int_equal(talk_hear(&counter->talk, PAPER_SENT, SOON_MS).id, id);
	assert_int_equal(talk_hear(&counter->talk, PAPER_DONE, SOON_MS).id, id);
	CLEANUP(mem_free) char *pdf = printer_document(counter->printer, 1, SOON_MS);
	CLEANUP(mem_free) char *text = text_on(pdf);
	CLEANUP(mem_free) char *code = code_on(pdf);
	assert_non_null(strstr(text, "到 11月28日 周六 21:00"));
	assert_non_null(strstr(text, "买买提江"));
	assert_string_equal(code, "J1L0000000000R7");
}

TEST(the_printer_is_told_the_rolls_width_and_the_receipts_length, at_counter)
{
	struct counter *counter = *state;
	int x = 0, y = 0;

	print_receipt(counter, "R1#1");
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
	CLEANUP(mem_free) char *media = printer_media(counter->printer, 1);
	const char *x_at = strstr(media, "x-dimension="), *y_at = strstr(media, "y-dimension=");
	assert_non_null(x_at);
	assert_non_null(y_at);
	sscanf(x_at, "x-dimension=%d", &x);
	sscanf(y_at, "y-dimension=%d", &y);
	assert_int_equal(x, 5800);
	assert_in_range(y, 10000, 14000);
}

/* The printer needs something, gets it, and prints once. */
static void assert_recovers(struct counter *counter, const char *fault, enum paper_wants wants)
{
	printer_fault(counter->printer, fault);
	print_receipt(counter, "R1#1");
	talk_hear_want(&counter->talk, wants, SOON_MS);
	assert_int_equal(printer_count(counter->printer), 0);
	printer_fault(counter->printer, NULL);
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(counter->printer), 1);
}

TEST(out_of_paper_is_said_and_waited_for, at_counter)
{
	assert_recovers(*state, "paper", PAPER_WANTS_PAPER);
}

TEST(an_open_cover_is_said_and_waited_for, at_counter)
{
	assert_recovers(*state, "cover", PAPER_WANTS_CLOSE);
}

TEST(a_jam_is_said_and_waited_for, at_counter)
{
	assert_recovers(*state, "jam", PAPER_WANTS_UNJAM);
}

TEST(a_slow_printer_is_waited_for, at_counter)
{
	struct counter *counter = *state;

	printer_fault(counter->printer, "slow");
	print_receipt(counter, "R1#1");
	talk_hear(&counter->talk, PAPER_SENT, SOON_MS);
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(counter->printer), 1);
}

TEST(an_aborted_job_fails_and_may_have_printed, at_counter)
{
	struct counter *counter = *state;

	printer_fault(counter->printer, "abort");
	print_receipt(counter, "R1#1");
	struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_PAPER_BROKEN));
	assert_true(failed.may_have_printed);
	assert_true(failed.id > 0);
}

TEST(a_job_that_waits_for_paper_can_be_cancelled, at_counter)
{
	struct counter *counter = *state;

	printer_fault(counter->printer, "paper");
	print_receipt(counter, "R1#1");
	talk_hear_want(&counter->talk, PAPER_WANTS_PAPER, SOON_MS);
	talk_say(&counter->talk, paper_cancel("R1#1", 0, &counter->queue));
	talk_hear(&counter->talk, PAPER_CANCELLED, SOON_MS);
}

TEST(a_printer_switched_off_in_the_middle_leaves_a_question, at_counter)
{
	struct counter *counter = *state;

	printer_fault(counter->printer, "paper"); /* in the middle for as long as it takes */
	print_receipt(counter, "R1#1");
	talk_hear(&counter->talk, PAPER_SENT, SOON_MS);
	printer_kill(counter->printer);
	talk_hear_want(&counter->talk, PAPER_WANTS_SPOOLER, SOON_MS);
	printer_fault(counter->printer, NULL);
	assert_true(printer_restart(counter->printer, "receipt"));
	struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
	assert_true(failed.may_have_printed);
}

TEST(a_printer_that_is_off_fails_at_once_and_printed_nothing, at_counter)
{
	struct counter *counter = *state;

	printer_kill(counter->printer);
	int64_t before = clock_ms(&clock_system);
	print_receipt(counter, "R1#1");
	struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
	assert_int_equal(failed.failure.code, ERR_DEVICE);
	assert_false(failed.may_have_printed);
	assert_true(clock_ms(&clock_system) - before < 6000);
}

TEST(the_state_says_what_the_printer_wants, at_counter)
{
	struct counter *counter = *state;

	talk_say(&counter->talk, paper_state("s", &counter->queue));
	struct paper_event printer = talk_hear(&counter->talk, PAPER_PRINTER, SOON_MS);
	assert_int_equal(printer.wants, PAPER_WANTS_NOTHING);
	assert_true(printer.is_accepting);
	printer_fault(counter->printer, "cover");
	print_receipt(counter, "R1#1");
	talk_hear_want(&counter->talk, PAPER_WANTS_CLOSE, SOON_MS);
	talk_say(&counter->talk, paper_state("s", &counter->queue));
	printer = talk_hear(&counter->talk, PAPER_PRINTER, SOON_MS);
	assert_int_equal(printer.wants, PAPER_WANTS_CLOSE);
	assert_non_null(strstr(printer.reasons, "cover-open"));
	printer_fault(counter->printer, NULL);
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
}

static struct paper_event look_up(struct counter *counter, const char *job)
{
	talk_say(&counter->talk, paper_lookup(job, &counter->queue));
	return talk_hear(&counter->talk, PAPER_FOUND, SOON_MS);
}

TEST(a_job_is_found_by_its_name_alone, at_counter)
{
	struct counter *counter = *state;

	assert_int_equal(look_up(counter, "R1#1").verdict, PAPER_ABSENT);
	printer_fault(counter->printer, "paper");
	print_receipt(counter, "R1#1");
	int id = talk_hear(&counter->talk, PAPER_SENT, SOON_MS).id;
	struct paper_event found = look_up(counter, "R1#1");
	assert_int_equal(found.verdict, PAPER_ACTIVE);
	assert_int_equal(found.id, id);
	assert_int_equal(look_up(counter, "R1#2").verdict, PAPER_ABSENT);
	printer_fault(counter->printer, NULL);
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(look_up(counter, "R1#1").verdict, PAPER_FINISHED);
}

TEST(the_next_helper_goes_on_watching, at_counter)
{
	struct counter *counter = *state;

	printer_fault(counter->printer, "paper");
	print_receipt(counter, "R1#1");
	talk_hear(&counter->talk, PAPER_SENT, SOON_MS);
	talk_kill(&counter->talk);
	talk_start(&counter->talk, NULL, false);
	struct paper_event found = look_up(counter, "R1#1");
	assert_int_equal(found.verdict, PAPER_ACTIVE);
	talk_say(&counter->talk, paper_watch("R1#1", found.id, &counter->queue));
	talk_hear_want(&counter->talk, PAPER_WANTS_PAPER, SOON_MS);
	printer_fault(counter->printer, NULL);
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(counter->printer), 1);
}

TEST(a_failed_look_up_is_not_absence, at_counter)
{
	struct counter *counter = *state;

	printer_kill(counter->printer);
	talk_say(&counter->talk, paper_lookup("R1#1", &counter->queue));
	struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
	assert_true(failed.may_have_printed);
}

TEST(a_format_that_is_refused_leaves_no_job_behind, at_counter)
{
	struct counter *counter = *state;

	counter->queue.mode = PRINT_ESCPOS; /* application/vnd.cups-raw is not one of its formats */
	counter->queue.dots = 384;
	print_receipt(counter, "R1#1");
	struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
	assert_int_equal(failed.failure.code, ERR_REFUSED);
	assert_false(failed.may_have_printed);
	assert_int_equal(look_up(counter, "R1#1").verdict, PAPER_ABSENT);
}

TEST(an_address_that_is_none_is_refused, at_counter)
{
	struct counter *counter = *state;
	const char *const addresses[] = { "http://localhost/", "ipp://", "@localhost:631",
		"a@b:99999" };

	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		counter->queue.queue = addresses[i];
		print_receipt(counter, "R1#1");
		struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
		assert_true(err_has(&failed.failure, REASON_PRINTER_MISSING));
		assert_int_equal(failed.failure.code, ERR_INVALID);
	}
}

/* Such a printer takes one job at a time; a queue in between holds the others. */
TEST(a_busy_printer_is_tried_again_later, at_counter)
{
	struct counter *counter = *state;

	printer_fault(counter->printer, "paper");
	print_receipt(counter, "R1#1");
	talk_hear_want(&counter->talk, PAPER_WANTS_PAPER, SOON_MS);
	print_receipt(counter, "R2#1");
	struct paper_event failed = talk_hear(&counter->talk, PAPER_FAILED, SOON_MS);
	assert_string_equal(failed.job, "R2#1");
	assert_int_equal(failed.failure.code, ERR_BUSY);
	assert_false(failed.may_have_printed);
	printer_fault(counter->printer, NULL);
	talk_hear(&counter->talk, PAPER_DONE, SOON_MS);
}

TEST_FILE(.missing = printer_missing)
