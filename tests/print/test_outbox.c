/* The outbox with the real helper, a real CUPS and an IPP printer: whatever fails in between, a
 * paper comes out once, or a person is asked. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "build_config.h"
#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/print/outbox.h"
#include "core/print/reasons.h"
#include "core/print/sheet.h"
#include "tests/lib/chance.h"
#include "tests/lib/cupsd.h"
#include "tests/lib/ok.h"
#include "tests/lib/printer.h"
#include "tests/lib/test.h"
#include "tests/lib/unescpos.h"

#define HELPER     JIAPLUS_BUILDDIR "/jiaplus-paper"
#define PATIENCE   60000 /* ms; most is over in one or two seconds */
#define LOAN       INT64_C(4611686020)
#define ROUNDS     8
#define AT_ONCE_MS 700 /* about how long a paper takes from queue to printer */

struct fixture {
	char *dir, *path;
	struct db *db;
	struct config config;
	struct outbox *outbox;
};

/* Shared by all tests: starting them takes longer than most tests. */
static struct printer *printer;
static struct cupsd *spooler;

/* ---- set-up ---- */

static void open_all(struct fixture *f)
{
	struct err err = { 0 };
	struct outbox_options options = {
		.config = &f->config,
		.dir = f->dir,
		.mark = "补打",
		.helper = HELPER,
		.log_fd = STDERR_FILENO,
	};

	assert_ok(db_open(f->path, DB_OPEN, &clock_system, &f->db, &err), &err);
	outbox_open(f->db, &options, &f->outbox);
}

static void close_all(struct fixture *f)
{
	outbox_close(f->outbox);
	db_close(f->db);
}

/* A venue whose receipts go where `lines` of kiosk.conf say. */
static struct fixture *venue(const char *lines)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };
	struct db *db;

	f->dir = folder_make("outbox");
	f->path = mem_printf("%s/jiaplus.db", f->dir);
	assert_ok(config_parse(lines, "kiosk.conf", &f->config, &err), &err);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &clock_system, &db, &err), &err);
	db_close(db);
	open_all(f);
	return f;
}

static void venue_destroy(struct fixture *f)
{
	close_all(f);
	folder_remove(f->dir);
	config_finish(&f->config);
	free(f->dir);
	free(f->path);
	free(f);
}

static struct fixture *spooled_venue(void)
{
	CLEANUP(mem_free)
	char *lines = mem_printf(
		"[print]\nserver = %s\n[receipt]\nmode = cups\nqueue = till\n", spooler->server);
	return venue(lines);
}

static struct fixture *direct_venue(void)
{
	CLEANUP(mem_free)
	char *lines = mem_printf("[receipt]\nmode = cups\nqueue = %s\n", printer->uri);
	return venue(lines);
}

static int64_t add(struct fixture *f)
{
	struct sheet *sheet = sheet_create(&sheet_roll_58, "凭条", 1795240800);
	struct sheet_style words = { .size_pt = 12 };
	struct err err = { 0 };
	char code[CODE_TEXT_MAX];
	int64_t id;

	code_write_id(CODE_LOAN, LOAN, code);
	sheet_page(sheet);
	sheet_text(sheet, words, "冲击钻");
	sheet_qr(sheet, 18, SHEET_CENTER, code, words, "借单 1024");
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	sheet_destroy(sheet);
	struct outbox_paper paper = {
		.purpose = PURPOSE_RECEIPT, .title = "receipt", .sheet = text
	};
	assert_ok(outbox_add(f->db, &paper, &id, &err), &err);
	outbox_kick(f->outbox);
	return id;
}

/* ---- driving ---- */

static enum outbox_state state_of(struct fixture *f, int64_t id)
{
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };

	assert_ok(outbox_get(f->db, id, &row, &err), &err);
	return row.state;
}

static void turn(struct fixture *f)
{
	struct err err = { 0 };
	int64_t wait = outbox_next_ms(f->outbox) - clock_ms(&clock_system);
	struct pollfd fd = { .fd = outbox_fd(f->outbox), .events = outbox_events(f->outbox) };

	poll(&fd, 1, wait < 0 ? 0 : wait > 50 ? 50 : (int)wait);
	assert_ok(outbox_turn(f->outbox, &err), &err);
}

static enum outbox_state drain(struct fixture *f, int64_t id, int timeout_ms)
{
	enum outbox_state state;
	struct err err = { 0 };

	assert_ok(outbox_drain(f->outbox, id, timeout_ms, &state, &err), &err);
	return state;
}

/* Like drain, but also waits for the lock: the helper of a process that was killed holds it until
 * its submission has finished. */
static enum outbox_state finish(struct fixture *f, int64_t id)
{
	int64_t until = clock_ms(&clock_system) + PATIENCE;
	enum outbox_state state = state_of(f, id);

	while (state < OUTBOX_DONE && clock_ms(&clock_system) < until) {
		turn(f);
		state = state_of(f, id);
	}
	return state;
}

static void wait_for_problem(struct fixture *f, int code)
{
	int64_t until = clock_ms(&clock_system) + PATIENCE;
	struct reason problem = { 0 };

	while (clock_ms(&clock_system) < until) {
		turn(f);
		if (outbox_problem(f->outbox, PURPOSE_RECEIPT, &problem) && problem.code == code)
			return;
	}
	fail_msg("%s, not %s", reason_name(problem.code), reason_name(code));
}

/* What has been printed since `before`, after enough time for a second copy to show. */
static int printed_since(int before)
{
	struct timespec pause = { .tv_nsec = 300 * 1000 * 1000 };

	nanosleep(&pause, NULL);
	return printer_count(printer) - before;
}

static void needs_printer(void)
{
	const char *missing = printer_missing();

	if (!missing && !printer)
		missing = "the test printer did not start";
	if (missing)
		test_skip(missing);
}

static void needs_spooler(void)
{
	const char *missing = cupsd_missing();

	needs_printer();
	if (!missing && !spooler)
		missing = "the test's cupsd did not start";
	if (missing)
		test_skip(missing);
}

/* ---- all is well ---- */

/* The loan whose code is on the document. */
static int64_t loan_on(const char *pdf)
{
	CLEANUP(mem_free)
	char *command =
		mem_printf("pdftoppm -gray -r 203 -singlefile '%s' '%s' 2>/dev/null", pdf, pdf);
	CLEANUP(mem_free) char *picture = mem_printf("%s.pgm", pdf);

	assert_int_equal(system(command), 0);
	CLEANUP(mem_free) char *text = qr_read_pgm(picture);
	assert_non_null(text);
	struct code code = code_read(text, strlen(text), NULL);
	assert_int_equal(code.type, CODE_LOAN);
	return code.id;
}

static void check_way(struct fixture *f)
{
	int before = printer_count(printer);
	int64_t warm = add(f);

	assert_int_equal(drain(f, warm, PATIENCE), OUTBOX_DONE);
	int64_t start = clock_ms(&clock_system), id = add(f);
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	print_message("# queued to done: %d ms\n", (int)(clock_ms(&clock_system) - start));
	assert_int_equal(printed_since(before), 2);
	CLEANUP(mem_free) char *document = printer_document(printer, before + 2, 0);
	assert_int_equal(loan_on(document), LOAN);
	venue_destroy(f);
}

TEST(receipt_reaches_a_printer_and_its_code_reads_back, none)
{
	needs_printer();
	check_way(direct_venue());
}

TEST(receipt_reaches_a_printer_through_cups, none)
{
	needs_spooler();
	check_way(spooled_venue());
}

TEST(receipt_reaches_a_thermal_printer_through_a_raw_queue, none)
{
	needs_spooler();
	struct printer *head = printer_start_raw();
	assert_non_null(head);
	assert_true(cupsd_add_queue(spooler, "head", head->uri, NULL));
	CLEANUP(mem_free)
	char *lines = mem_printf("[print]\nserver = %s\n[receipt]\nmode = escpos\nqueue = head\n"
				 "width = 58\ndots = 384\n",
		spooler->server);
	struct fixture *f = venue(lines);
	struct paper_roll roll;
	size_t size, at = 0;

	int64_t id = add(f);
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	CLEANUP(mem_free) char *path = printer_document(head, 1, PATIENCE);
	CLEANUP(mem_free) char *bytes = file_text(path, &size);
	assert_non_null(bytes);
	assert_int_equal(unescpos((unsigned char *)bytes, size, &roll, &at), 0);
	assert_int_equal(roll.width, 384);
	CLEANUP(mem_free) char *text = qr_read(roll.width, roll.height, roll.bits);
	assert_non_null(text);
	assert_int_equal(code_read(text, strlen(text), NULL).id, LOAN);
	paper_roll_finish(&roll);
	venue_destroy(f);
	printer_stop(head);
}

static int files_in(const char *folder)
{
	CLEANUP(mem_free) char *command = mem_printf("ls '%s' | wc -l", folder);
	FILE *out = popen(command, "r");
	int count = -1;

	assert_int_equal(fscanf(out, "%d", &count), 1);
	pclose(out);
	return count;
}

TEST(receipt_becomes_a_file_where_no_printer_is_configured, none)
{
	struct fixture *f = venue("");
	CLEANUP(mem_free) char *folder = mem_printf("%s/printed", f->dir);
	int64_t id = add(f);

	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	assert_int_equal(files_in(folder), 1);
	venue_destroy(f);
}

TEST(second_process_leaves_its_paper_to_the_first, none)
{
	struct fixture *f = venue("");
	struct outbox_options options = {
		.config = &f->config, .dir = f->dir, .helper = HELPER, .log_fd = STDERR_FILENO
	};
	struct outbox *verb;
	enum outbox_state found;
	struct err err = { 0 };
	int64_t first = add(f);

	assert_int_equal(drain(f, first, PATIENCE), OUTBOX_DONE);
	int64_t id = add(f);
	outbox_open(f->db, &options, &verb);
	assert_ok(outbox_drain(verb, id, PATIENCE, &found, &err), &err);
	assert_int_equal(found, OUTBOX_QUEUED);
	outbox_close(verb);
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	venue_destroy(f);
}

/* ---- the printer's faults ---- */

static void check_fault(struct fixture *f, const char *fault, int problem)
{
	int before = printer_count(printer);
	int64_t start = clock_ms(&clock_system);
	struct reason left;

	printer_fault(printer, fault);
	int64_t id = add(f);
	wait_for_problem(f, problem);
	assert_int_equal(state_of(f, id), OUTBOX_SENT);
	print_message("# %s: told after %d ms\n", fault, (int)(clock_ms(&clock_system) - start));
	printer_fault(printer, NULL);
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	assert_int_equal(printed_since(before), 1);
	assert_false(outbox_problem(f->outbox, PURPOSE_RECEIPT, &left));
	venue_destroy(f);
}

TEST(paper_out_and_refilled_prints_once, none)
{
	needs_printer();
	check_fault(direct_venue(), "paper", REASON_PRINTER_PAPER);
}

TEST(paper_out_and_refilled_prints_once_through_cups, none)
{
	needs_spooler();
	check_fault(spooled_venue(), "paper", REASON_PRINTER_PAPER);
}

TEST(cover_opened_and_closed_prints_once_through_cups, none)
{
	needs_spooler();
	check_fault(spooled_venue(), "cover", REASON_PRINTER_COVER);
}

/* An IPP printer that lost power has forgotten the job; nobody knows whether paper came out. */
TEST(printer_that_lost_power_in_the_middle_asks_a_person, none)
{
	needs_printer();
	struct fixture *f = direct_venue();
	struct err err = { 0 };

	printer_fault(printer, "paper");
	int64_t id = add(f);
	wait_for_problem(f, REASON_PRINTER_PAPER);
	printer_kill(printer);
	printer_fault(printer, NULL);
	printed_since(0); /* what the printer program leaves behind comes out now */
	assert_true(printer_restart(printer, "receipt"));
	assert_int_equal(finish(f, id), OUTBOX_ASK);
	int before = printer_count(printer);
	assert_ok(outbox_answer(f->db, id, false, &err), &err);
	outbox_kick(f->outbox);
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	assert_int_equal(printed_since(before), 1);
	venue_destroy(f);
}

/* CUPS keeps the job: it waits for the printer, and nobody needs to be asked. */
TEST(printer_that_lost_power_under_cups_prints_once_when_it_is_back, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();
	int before = printer_count(printer);

	printer_fault(printer, "paper");
	int64_t id = add(f);
	wait_for_problem(f, REASON_PRINTER_PAPER);
	printer_kill(printer);
	printer_fault(printer, NULL);
	assert_int_equal(drain(f, id, 1500), OUTBOX_SENT);
	assert_true(printer_restart(printer, "receipt"));
	enum outbox_state end = drain(f, id, PATIENCE);
	int printed = printed_since(before);
	print_message("# %s, printed %d\n", outbox_state_names[end], printed);
	assert_true(printed <= 1);
	assert_true(end == OUTBOX_DONE ? printed == 1 : end == OUTBOX_ASK);
	venue_destroy(f);
}

TEST(printer_that_is_off_is_waited_for, none)
{
	needs_printer();
	struct fixture *f = direct_venue();
	int before = printer_count(printer);

	printer_kill(printer);
	int64_t id = add(f);
	wait_for_problem(f, REASON_PRINTER_FAILED);
	assert_int_equal(state_of(f, id), OUTBOX_QUEUED);
	assert_true(printer_restart(printer, "receipt"));
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_DONE);
	assert_int_equal(printed_since(before), 1);
	venue_destroy(f);
}

TEST(cups_that_died_in_the_middle_is_waited_for, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();
	int before = printer_count(printer);

	printer_fault(printer, "paper");
	int64_t id = add(f);
	wait_for_problem(f, REASON_PRINTER_PAPER);
	cupsd_kill(spooler);
	wait_for_problem(f, REASON_SPOOLER_SILENT);
	printer_fault(printer, NULL);
	assert_true(cupsd_restart(spooler));
	enum outbox_state end = drain(f, id, PATIENCE);
	int printed = printed_since(before);
	print_message("# %s, printed %d\n", outbox_state_names[end], printed);
	assert_true(end == OUTBOX_DONE || end == OUTBOX_ASK);
	/* The printer finishes what it had received when CUPS died, and CUPS starts the job
	 * again. */
	assert_int_equal(end, OUTBOX_ASK);
	venue_destroy(f);
}

static void wait_ms(int ms)
{
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	nanosleep(&pause, NULL);
}

/* As a power cut does to both. Nobody has watched what CUPS then does with the job, but the job
 * says that it was started long after it was created. */
TEST(kiosk_and_cups_killed_while_it_prints_ask_a_person, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();

	printer_fault(printer, "paper");
	int64_t id = add(f);
	wait_for_problem(f, REASON_PRINTER_PAPER);
	cupsd_kill(spooler);
	kill(outbox_helper_pid(f->outbox), SIGKILL);
	close_all(f);
	wait_ms(7000); /* as long as a machine takes at least to boot */
	assert_true(cupsd_restart(spooler));
	open_all(f);
	enum outbox_state end = finish(f, id);
	printer_fault(printer, NULL);
	printed_since(0);
	assert_int_equal(end, OUTBOX_ASK);
	venue_destroy(f);
}

/* A separate queue to a printer that is not there. */
static struct fixture *venue_without_printer(const char *queue, const char *model)
{
	CLEANUP(mem_free) char *device = mem_printf("socket://127.0.0.1:%d", free_port());
	CLEANUP(mem_free)
	char *lines = mem_printf("[print]\nserver = %s\n[receipt]\nmode = cups\nqueue = %s\n",
		spooler->server, queue);

	assert_true(cupsd_add_queue(spooler, queue, device, model));
	return venue(lines);
}

TEST(paper_whose_filter_fails_is_asked_about_and_the_next_one_gets_its_turn, none)
{
	needs_spooler();
	struct fixture *f = venue_without_printer("broken", "broken.ppd");
	CLEANUP(outbox_row_finish) struct outbox_row row = { 0 };
	struct err err = { 0 };
	int64_t first = add(f), second = add(f);

	assert_int_equal(drain(f, second, PATIENCE), OUTBOX_ASK);
	assert_ok(outbox_get(f->db, first, &row, &err), &err);
	assert_int_equal(row.state, OUTBOX_ASK);
	assert_int_equal(row.problem.code, REASON_PAPER_BROKEN);
	venue_destroy(f);
}

/* To CUPS it is an active job on a printer that reports nothing. */
TEST(printer_that_is_off_under_cups_is_told_after_a_while, none)
{
	needs_spooler();
	struct fixture *f = venue_without_printer("off", NULL);
	int64_t id = add(f);

	wait_for_problem(f, REASON_PRINTER_WAITED);
	assert_int_equal(state_of(f, id), OUTBOX_SENT);
	venue_destroy(f);
}

TEST(paper_cancelled_at_a_printer_without_paper_is_over, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();
	struct err err = { 0 };

	printer_fault(printer, "paper");
	int64_t id = add(f);
	wait_for_problem(f, REASON_PRINTER_PAPER);
	assert_ok(outbox_cancel(f->outbox, id, &err), &err);
	assert_int_equal(drain(f, id, PATIENCE), OUTBOX_CANCELLED);
	printer_fault(printer, NULL);
	printed_since(0); /* this printer program does not notice it, and prints */
	venue_destroy(f);
}

/* ---- our own death ---- */

/* Runs an outbox in a process of its own that dies by SIGKILL, sent by itself in a given state, or
 * by us after `ms`. Its helper is left running, as it would be. */
static void die_in_state(struct fixture *f, int64_t id, enum outbox_state state)
{
	close_all(f);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		open_all(f);
		while (state_of(f, id) != state && state_of(f, id) != OUTBOX_DONE)
			turn(f);
		raise(SIGKILL);
	}
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	open_all(f);
}

static void die_after(struct fixture *f, int ms)
{
	struct timespec pause = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	close_all(f);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		open_all(f);
		for (;;)
			turn(f);
	}
	nanosleep(&pause, NULL);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	open_all(f);
}

static void check_death_in(struct fixture *f, enum outbox_state state)
{
	int before = printer_count(printer);
	int64_t id = add(f);

	die_in_state(f, id, state);
	enum outbox_state end = finish(f, id);
	int printed = printed_since(before);
	print_message("# killed when %s: %s, printed %d\n", outbox_state_names[state],
		outbox_state_names[end], printed);
	assert_int_equal(end, OUTBOX_DONE);
	assert_int_equal(printed, 1);
}

TEST(kiosk_killed_in_any_state_prints_once, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();

	check_death_in(f, OUTBOX_SUBMITTING);
	check_death_in(f, OUTBOX_CREATED);
	check_death_in(f, OUTBOX_SENT);
	check_death_in(f, OUTBOX_DONE);
	venue_destroy(f);
}

TEST(kiosk_killed_at_any_moment_prints_once, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();
	int before = printer_count(printer);
	int64_t ids[ROUNDS];

	srand((unsigned)chance_seed());
	for (int i = 0; i < ROUNDS; i++) {
		ids[i] = add(f);
		die_after(f, rand() % AT_ONCE_MS);
	}
	for (int i = 0; i < ROUNDS; i++)
		assert_int_equal(finish(f, ids[i]), OUTBOX_DONE);
	assert_int_equal(printed_since(before), ROUNDS);
	venue_destroy(f);
}

TEST(helper_killed_at_any_moment_prints_once_or_asks, none)
{
	needs_spooler();
	struct fixture *f = spooled_venue();
	int before = printer_count(printer), sure = 0, unsure = 0;

	srand((unsigned)chance_seed());
	for (int i = 0; i < ROUNDS / 2; i++) {
		int64_t id = add(f), until = clock_ms(&clock_system) + rand() % AT_ONCE_MS;
		while (clock_ms(&clock_system) < until)
			turn(f);
		while (!outbox_helper_pid(f->outbox))
			turn(f);
		kill(outbox_helper_pid(f->outbox), SIGKILL);
		enum outbox_state end = finish(f, id);
		if (end != OUTBOX_DONE && end != OUTBOX_ASK)
			fail_msg("it is %s", outbox_state_names[end]);
		sure += end == OUTBOX_DONE;
		unsure += end == OUTBOX_ASK;
	}
	int printed = printed_since(before);
	print_message("# done %d, ask %d, printed %d\n", sure, unsure, printed);
	assert_true(printed >= sure && printed <= sure + unsure);
	venue_destroy(f);
}

TEST(kiosk_killed_over_and_over_makes_one_file_a_paper, none)
{
	struct fixture *f = venue("");
	CLEANUP(mem_free) char *folder = mem_printf("%s/printed", f->dir);
	int64_t ids[ROUNDS];

	srand((unsigned)chance_seed());
	for (int i = 0; i < ROUNDS; i++) {
		ids[i] = add(f);
		die_after(f, rand() % 300);
	}
	for (int i = 0; i < ROUNDS; i++)
		assert_int_equal(finish(f, ids[i]), OUTBOX_DONE);
	assert_int_equal(files_in(folder), ROUNDS);
	venue_destroy(f);
}

/* ---- */

static int start_devices(void **state)
{
	if (!printer_missing())
		printer = printer_start("receipt");
	if (printer && !cupsd_missing())
		spooler = cupsd_start();
	if (spooler && !cupsd_add_queue(spooler, "till", printer->uri, "everywhere")) {
		cupsd_stop(spooler);
		spooler = NULL;
	}
	return 0;
}

static int stop_devices(void **state)
{
	cupsd_stop(spooler);
	printer_stop(printer);
	return 0;
}

TEST_FILE(.setup = start_devices, .teardown = stop_devices)
