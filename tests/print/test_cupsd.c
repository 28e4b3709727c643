/* Printing as in production: through a CUPS scheduler, here one of the test's own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cups/cups.h>
#include <signal.h>

#include "core/base/mem.h"
#include "core/print/reasons.h"
#include "tests/lib/cupsd.h"
#include "tests/lib/ok.h"
#include "tests/lib/printer.h"
#include "tests/lib/samples.h"
#include "tests/lib/test.h"
#include "tests/lib/unescpos.h"
#include "tests/print/talk.h"

#define SOON_MS 60000

struct office {
	struct cupsd *cupsd;
	struct printer *receipts, *a4, *thermal;
	struct talk talk;
};

static int open_office(void **state)
{
	struct office *office = mem_alloc(sizeof(*office));

	office->cupsd = cupsd_start();
	office->receipts = printer_start("receipt");
	office->a4 = printer_start("office");
	office->thermal = printer_start_raw();
	*state = office;
	if (!office->cupsd || !office->receipts || !office->a4)
		return -1;
	if (!cupsd_add_queue(office->cupsd, "receipts", office->receipts->uri, "everywhere") ||
		!cupsd_add_queue(office->cupsd, "a4", office->a4->uri, "everywhere") ||
		!cupsd_add_queue(office->cupsd, "thermal", office->thermal->uri, NULL) ||
		!cupsd_add_queue(office->cupsd, "broken", office->thermal->uri, "broken.ppd"))
		return -1;
	return 0;
}

static int close_office(void **state)
{
	struct office *office = *state;

	cupsd_stop(office->cupsd);
	printer_stop(office->receipts);
	printer_stop(office->a4);
	printer_stop(office->thermal);
	free(office);
	return 0;
}

static int office_setup(void **state)
{
	struct office *office = *state;

	printer_fault(office->receipts, NULL);
	talk_start(&office->talk, NULL, false);
	return 0;
}

static int office_teardown(void **state)
{
	struct office *office = *state;

	talk_stop(&office->talk);
	return 0;
}

static struct paper_queue queue_named(const struct office *office, const char *name)
{
	return (struct paper_queue){
		.mode = PRINT_CUPS, .queue = name, .server = office->cupsd->server, .dots = 384
	};
}

static void print_receipt(struct office *office, const char *job)
{
	struct paper_queue queue = queue_named(office, "receipts");

	talk_print(&office->talk, job, sample_receipt(&sheet_roll_58), &queue);
}

static int media_dimension(const char *media, const char *name)
{
	const char *at = media ? strstr(media, name) : NULL;

	return at ? (int)strtol(at + strlen(name) + 1, NULL, 10) : -1;
}

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

TEST(a_receipt_goes_through_the_queue_in_its_own_size, office)
{
	struct office *office = *state;
	int n = printer_count(office->receipts) + 1;

	print_receipt(office, "R000123#1");
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	CLEANUP(mem_free) char *pdf = printer_document(office->receipts, n, SOON_MS);
	CLEANUP(mem_free) char *media = printer_media(office->receipts, n);
	CLEANUP(mem_free) char *code = code_on(pdf);
	assert_string_equal(code, "J1L0000000000R7");
	assert_int_equal(media_dimension(media, "x-dimension"), 5800);
	assert_in_range(media_dimension(media, "y-dimension"), 10000, 14000);
}

/* Cards that come out at 96 % do not fit their holders. */
TEST(cards_come_out_in_their_own_size, office)
{
	struct office *office = *state;
	struct paper_queue queue = queue_named(office, "a4");

	talk_print(&office->talk, "C1#1", sample_cards(10), &queue);
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	CLEANUP(mem_free) char *pdf = printer_document(office->a4, 1, SOON_MS);
	CLEANUP(mem_free)
	char *command = mem_printf("pdftotext -bbox '%s' - | sed -n "
				   "'s/.*xMin=\"\\([0-9]*\\).*编号.*/\\1/p' | sort -nu",
		pdf);
	FILE *out = popen(command, "r");
	int left = 0, right = 0;
	assert_int_equal(fscanf(out, "%d %d", &left, &right), 2);
	pclose(out);
	assert_in_range(right - left, 242, 243); /* 85.6 mm are 242.6 pt */
}

TEST(a_raw_queue_gets_dots, office)
{
	struct office *office = *state;
	struct paper_queue queue = queue_named(office, "thermal");
	struct paper_roll roll;
	size_t size = 0, at = 0;

	queue.mode = PRINT_ESCPOS;
	talk_print(&office->talk, "R7#1", sample_receipt(&sheet_roll_58), &queue);
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	CLEANUP(mem_free) char *path = printer_document(office->thermal, 1, SOON_MS);
	CLEANUP(mem_free) char *bytes = file_text(path, &size);
	assert_int_equal(unescpos((unsigned char *)bytes, size, &roll, &at), 0);
	CLEANUP(mem_free) char *code = qr_read(roll.width, roll.height, roll.bits);
	assert_string_equal(code, "J1L0000000000R7");
	assert_int_equal(roll.width, 384);
	paper_roll_finish(&roll);
}

TEST(out_of_paper_is_heard_through_the_queue, office)
{
	struct office *office = *state;
	int before = printer_count(office->receipts);

	printer_fault(office->receipts, "paper");
	print_receipt(office, "R2#1");
	talk_hear_want(&office->talk, PAPER_WANTS_PAPER, SOON_MS);
	printer_fault(office->receipts, NULL);
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(office->receipts), before + 1);
}

TEST(several_jobs_wait_in_the_queue, office)
{
	struct office *office = *state;
	int before = printer_count(office->receipts);

	printer_fault(office->receipts, "paper");
	for (int i = 0; i < 3; i++) {
		CLEANUP(mem_free) char *job = mem_printf("W%d#1", i);
		print_receipt(office, job);
	}
	talk_hear_want(&office->talk, PAPER_WANTS_PAPER, SOON_MS);
	printer_fault(office->receipts, NULL);
	for (int i = 0; i < 3; i++)
		talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(office->receipts), before + 3);
}

TEST(a_printer_that_is_off_is_waited_for_and_prints_once, office)
{
	struct office *office = *state;
	int before = printer_count(office->receipts);

	printer_kill(office->receipts);
	print_receipt(office, "R3#1");
	talk_hear(&office->talk, PAPER_SENT, SOON_MS);
	struct paper_event waiting = talk_hear(&office->talk, PAPER_PROGRESS, SOON_MS);
	while (waiting.waiting < 2)
		waiting = talk_hear(&office->talk, PAPER_PROGRESS, SOON_MS);
	assert_true(printer_restart(office->receipts, "receipt"));
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(office->receipts), before + 1);
}

static struct paper_event look_up(struct office *office, const char *job)
{
	struct paper_queue queue = queue_named(office, "receipts");

	talk_say(&office->talk, paper_lookup(job, &queue));
	return talk_hear(&office->talk, PAPER_FOUND, SOON_MS);
}

TEST(what_became_of_a_job_is_found_by_its_name, office)
{
	struct office *office = *state;

	assert_int_equal(look_up(office, "R4#1").verdict, PAPER_ABSENT);
	printer_fault(office->receipts, "paper");
	print_receipt(office, "R4#1");
	talk_hear_want(&office->talk, PAPER_WANTS_PAPER, SOON_MS);
	assert_int_equal(look_up(office, "R4#1").verdict, PAPER_ACTIVE);
	printer_fault(office->receipts, NULL);
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	struct paper_event found = look_up(office, "R4#1");
	assert_int_equal(found.verdict, PAPER_FINISHED);
	assert_true(found.may_have_printed);
}

/* The state that a helper leaves which died between Create-Job and Send-Document. */
static int create_empty_job(const struct office *office, const char *name)
{
	http_t *http = httpConnect2("127.0.0.1", office->cupsd->port, NULL, AF_UNSPEC,
		HTTP_ENCRYPTION_NEVER, 1, 5000, NULL);
	ipp_t *request = ippNewRequest(IPP_OP_CREATE_JOB);

	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL,
		"ipp://localhost/printers/receipts");
	ippAddString(
		request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser());
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, name);
	ipp_t *answer = cupsDoRequest(http, request, "/printers/receipts");
	int id = ippGetInteger(ippFindAttribute(answer, "job-id", IPP_TAG_INTEGER), 0);
	ippDelete(answer);
	httpClose(http);
	return id;
}

TEST(a_job_without_its_document_is_found_and_cleared, office)
{
	struct office *office = *state;
	struct paper_queue queue = queue_named(office, "receipts");
	int id = create_empty_job(office, "R5#1");

	struct paper_event found = look_up(office, "R5#1");
	assert_int_equal(found.verdict, PAPER_INCOMPLETE);
	assert_int_equal(found.id, id);
	assert_false(found.may_have_printed);
	talk_say(&office->talk, paper_cancel("R5#1", id, &queue));
	struct paper_event cancelled = talk_hear(&office->talk, PAPER_CANCELLED, SOON_MS);
	assert_false(cancelled.may_have_printed);
	found = look_up(office, "R5#1");
	assert_int_equal(found.verdict, PAPER_STOPPED);
	assert_false(found.may_have_printed);
}

TEST(a_job_still_in_the_queue_is_cancelled_unprinted, office)
{
	struct office *office = *state;
	struct paper_queue queue = queue_named(office, "receipts");

	printer_fault(office->receipts, "paper");
	print_receipt(office, "R6#1");
	talk_hear_want(&office->talk, PAPER_WANTS_PAPER, SOON_MS);
	print_receipt(office, "R6#2");
	talk_hear(&office->talk, PAPER_SENT, SOON_MS);
	talk_say(&office->talk, paper_cancel("R6#2", 0, &queue));
	struct paper_event cancelled = talk_hear(&office->talk, PAPER_CANCELLED, SOON_MS);
	assert_string_equal(cancelled.job, "R6#2");
	assert_false(cancelled.may_have_printed);
	printer_fault(office->receipts, NULL);
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
}

TEST(a_queue_that_is_not_there_is_named, office)
{
	struct office *office = *state;
	struct paper_queue queue = queue_named(office, "nosuchqueue");

	talk_print(&office->talk, "R8#1", sample_label(), &queue);
	struct paper_event failed = talk_hear(&office->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_PRINTER_MISSING));
	assert_false(failed.may_have_printed);
	talk_say(&office->talk, paper_lookup("R8#1", &queue));
	failed = talk_hear(&office->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_PRINTER_MISSING));
}

/* A driver that fails stops its job for ever, while the printer is idle and reports no fault. */
TEST(a_paper_whose_filter_fails_is_given_up_and_said_why, office)
{
	struct office *office = *state;
	struct paper_queue queue = queue_named(office, "broken");

	talk_print(&office->talk, "B1#1", sample_cards(10), &queue);
	struct paper_event failed = talk_hear(&office->talk, PAPER_FAILED, SOON_MS);
	assert_true(err_has(&failed.failure, REASON_PAPER_BROKEN));
	assert_non_null(strstr(failed.failure.reasons[0].text, "ilter"));
	assert_true(failed.may_have_printed);
	talk_say(&office->talk, paper_lookup("B1#1", &queue));
	assert_int_equal(talk_hear(&office->talk, PAPER_FOUND, SOON_MS).verdict, PAPER_STOPPED);
}

/* A receipt that the printer has received and needs paper for. */
static void begin_receipt(struct office *office, const char *job)
{
	printer_fault(office->receipts, "paper");
	print_receipt(office, job);
	talk_hear_want(&office->talk, PAPER_WANTS_PAPER, SOON_MS);
}

/* The kiosk asks about it, and stops the second copy that CUPS would print. */
static void check_asked_and_not_doubled(struct office *office, int before)
{
	struct paper_event failed = talk_hear(&office->talk, PAPER_FAILED, SOON_MS);

	assert_true(failed.may_have_printed);
	assert_true(err_has(&failed.failure, REASON_PAPER_UNSURE));
	printer_fault(office->receipts, NULL);
	CLEANUP(mem_free)
	char *first = printer_document(office->receipts, before + 1, SOON_MS);
	assert_non_null(first);
	/* The next one comes after all that are still on their way. */
	print_receipt(office, "R99#1");
	talk_hear(&office->talk, PAPER_DONE, SOON_MS);
	assert_int_equal(printer_count(office->receipts), before + 2);
}

TEST(a_paper_at_the_printer_when_cups_is_killed_is_asked_about_and_not_doubled, office)
{
	struct office *office = *state;
	int before = printer_count(office->receipts);

	begin_receipt(office, "R9#1");
	cupsd_kill(office->cupsd);
	talk_hear_want(&office->talk, PAPER_WANTS_SPOOLER, SOON_MS);
	assert_true(cupsd_restart(office->cupsd));
	check_asked_and_not_doubled(office, before);
}

TEST(cups_killed_and_back_between_two_looks_is_noticed, office)
{
	struct office *office = *state;
	int before = printer_count(office->receipts);
	pid_t helper = pipe_pid(office->talk.helper);

	begin_receipt(office, "R10#1");
	kill(helper, SIGSTOP);
	cupsd_kill(office->cupsd);
	assert_true(cupsd_restart(office->cupsd));
	kill(helper, SIGCONT);
	check_asked_and_not_doubled(office, before);
}

static const char *missing(void)
{
	const char *printer = printer_missing();

	return printer ? printer : cupsd_missing();
}

TEST_FILE(.missing = missing, .setup = open_office, .teardown = close_office)
