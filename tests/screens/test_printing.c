/* From the counter to paper: the real kiosk, a real IPP printer, a private CUPS. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/cupsd.h"
#include "tests/lib/printer.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

enum { WEIHAO = 11, SCREWDRIVER = 4, PIPE_WRENCH = 14 };

#define SOON_MS 60000

struct counter {
	struct venue_case *venue;
	struct printer *printer;
	struct cupsd *cupsd;
	struct vt *vt;
};

static int printing_setup(void **state)
{
	struct counter *c = mem_alloc(sizeof(*c));

	c->venue = venue_case_create();
	c->printer = printer_start("receipt");
	assert_non_null(c->printer);
	*state = c;
	return 0;
}

static int printing_teardown(void **state)
{
	struct counter *c = *state;

	venue_case_destroy(c->venue);
	cupsd_stop(c->cupsd);
	printer_stop(c->printer);
	free(c);
	return 0;
}

static void start(struct counter *c, const char *queue)
{
	CLEANUP(mem_free) char *conf = mem_printf("[receipt]\nmode = cups\nqueue = %s\n", queue);

	c->vt = venue_start(c->venue, &(struct venue_kiosk){ .conf = conf });
}

static void borrow(struct counter *c, int item)
{
	CLEANUP(mem_free) char *number = mem_printf("%06d", item);

	vt_scan(c->vt, venue_card(c->venue, WEIHAO));
	vt_expect(c->vt, "黄*豪");
	vt_scan(c->vt, venue_label(c->venue, item));
	vt_expect(c->vt, number);
	vt_keys(c->vt, VT_ENTER);
	vt_expect(c->vt, _("On duty today"));
}

/* Waits until that many queued receipts are `done`. */
static void expect_done(struct counter *c, int receipts)
{
	for (int64_t until = clock_us() + SOON_MS * 1000; clock_us() < until;) {
		if (venue_integer(c->venue, "SELECT count(*) FROM outbox WHERE state = 'done'") ==
			receipts)
			return;
		vt_pump(c->vt, 100);
	}
	fail_msg("%d receipts are not done in %d ms", receipts, SOON_MS);
}

/* The code on the picture of a printed page, read by `jiaplus scan`; the caller's. */
static char *code_on(struct counter *c, const char *pdf)
{
	CLEANUP(mem_free) char *picture = venue_path(c->venue, "page");
	CLEANUP(mem_free)
	char *draw = mem_printf("pdftoppm -gray -r 203.2 -singlefile '%s' '%s'", pdf, picture);
	CLEANUP(mem_free) char *scan = mem_printf("scan '%s.pgm'", picture);

	assert_int_equal(system(draw), 0);
	CLEANUP(mem_free) char *line = venue_run(c->venue, 0, scan);
	char *text = strrchr(line, '\t');
	assert_non_null(text);
	return mem_text_n(text + 1, strcspn(text + 1, "\n"));
}

TEST(the_code_on_a_printed_receipt_scans_back_to_its_loan, printing)
{
	struct counter *c = *state;

	start(c, c->printer->uri);
	borrow(c, SCREWDRIVER);
	CLEANUP(mem_free) char *pdf = printer_document(c->printer, 1, SOON_MS);
	assert_non_null(pdf);
	CLEANUP(mem_free) char *text = code_on(c, pdf);
	struct code code = code_read(text, strlen(text), NULL);
	assert_int_equal(code.type, CODE_LOAN);
	assert_true(
		code.id == venue_integer(c->venue, "SELECT id FROM loan ORDER BY id DESC LIMIT 1"));
	expect_done(c, 1);
	/* Held up to the counter again, it shows that loan. */
	vt_scan(c->vt, text);
	vt_expect(c->vt, "000004");
}

TEST(out_of_paper_the_corner_says_so_and_the_receipt_comes_once_when_there_is_some, printing)
{
	struct counter *c = *state;

	start(c, c->printer->uri);
	printer_fault(c->printer, "paper");
	borrow(c, SCREWDRIVER);
	vt_expect(c->vt, "缺纸");
	assert_int_equal(printer_count(c->printer), 0);
	printer_fault(c->printer, NULL);
	vt_expect_gone(c->vt, "缺纸");
	expect_done(c, 1);
	assert_int_equal(printer_count(c->printer), 1);
}

TEST(a_printer_that_was_off_prints_each_receipt_once_when_it_is_back, printing)
{
	struct counter *c = *state;

	start(c, c->printer->uri);
	printer_kill(c->printer);
	borrow(c, SCREWDRIVER);
	borrow(c, PIPE_WRENCH);
	vt_expect(c->vt, "!");
	assert_true(printer_restart(c->printer, "receipt"));
	expect_done(c, 2);
	assert_int_equal(printer_count(c->printer), 2);
}

TEST(a_kiosk_killed_while_the_printer_waits_for_paper_prints_once, printing)
{
	struct counter *c = *state;

	start(c, c->printer->uri);
	printer_fault(c->printer, "paper");
	borrow(c, SCREWDRIVER);
	vt_expect(c->vt, "缺纸");
	venue_kill(c->venue);
	start(c, c->printer->uri);
	printer_fault(c->printer, NULL);
	expect_done(c, 1);
	assert_int_equal(printer_count(c->printer), 1);
}

TEST(through_a_private_cupsd_the_receipt_arrives_with_its_own_media, printing)
{
	struct counter *c = *state;

	if (cupsd_missing())
		test_skip(cupsd_missing());
	c->cupsd = cupsd_start();
	assert_non_null(c->cupsd);
	assert_true(cupsd_add_queue(c->cupsd, "receipt", c->printer->uri, "everywhere"));
	CLEANUP(mem_free) char *queue = mem_printf("receipt@%s", c->cupsd->server);
	start(c, queue);
	borrow(c, SCREWDRIVER);
	CLEANUP(mem_free) char *document = printer_document(c->printer, 1, SOON_MS);
	assert_non_null(document);
	expect_done(c, 1);
	assert_int_equal(printer_count(c->printer), 1);
}

static int group_setup(void **state)
{
	if (printer_missing()) {
		print_message("# skipped: %s\n", printer_missing());
		return 0;
	}
	return venue_group_setup(state);
}

TEST_FILE(.setup = group_setup, .teardown = venue_group_teardown)
