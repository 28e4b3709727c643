/* A visit never loses what was scanned, in the real program: questions that a scan answers, what
 * stays lent at the end, taking a return back at the board, one kiosk per folder. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	QIANG = 9,   /* 何强, who has the drill and the tape measure */
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	DRILL = 1,   /* 冲击钻 */
	TAPE = 17,   /* 卷尺 5 米 */
	SCREWDRIVER = 4,
	PIPE_WRENCH = 14,
	TOOLBOX = 15, /* with a parts list */
};

static const char question[] = N_("You have this one already. What would you like to do?");
static const char left[] = N_("not returned");

static void scan_card(struct venue_case *v, struct vt *vt, int number)
{
	vt_scan(vt, venue_card(v, number));
}

static void scan_item(struct venue_case *v, struct vt *vt, int number)
{
	vt_scan(vt, venue_label(v, number));
}

static int64_t out_of(struct venue_case *v, int resident)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT count(*) FROM loan JOIN resident ON resident.id ="
			       " loan.resident WHERE resident.number = %d AND returned_at IS NULL"
			       " AND voided_at IS NULL",
		resident);

	return venue_integer(v, sql);
}

static int64_t receipts_with(struct venue_case *v, const char *text)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT count(*) FROM outbox WHERE purpose = 'receipt'"
			       " AND instr(sheet, '%s') > 0",
		text);

	return venue_integer(v, sql);
}

/* Qiang is there, and the drill's question waits. */
static struct vt *start_at_question(struct venue_case *v)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	scan_card(v, vt, QIANG);
	vt_expect(vt, "何*");
	scan_item(v, vt, DRILL);
	vt_expect(vt, _(question));
	vt_expect(vt, "冲击钻  000001");
	return vt;
}

TEST(own_items_scanned_in_a_row_both_come_back, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_question(v);

	scan_item(v, vt, TAPE);
	vt_expect(vt, "卷尺 5 米  000017");
	assert_int_equal(out_of(v, QIANG), 1);
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _(question));
	vt_expect(vt, "000001");
	vt_expect(vt, "000017");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On duty today"));
	assert_int_equal(out_of(v, QIANG), 0);
	assert_int_equal(receipts_with(v, "000001"), 1);
	assert_int_equal(receipts_with(v, "000017"), 1);
}

TEST(another_card_takes_the_item_that_waits_back, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_question(v);

	scan_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	vt_expect(vt, _("Returned, thank you"));
	vt_expect(vt, "000001");
	assert_int_equal(out_of(v, QIANG), 1);
	assert_int_equal(receipts_with(v, "000001"), 1);
}

TEST(a_foreign_code_leaves_the_question_where_it_is, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_question(v);

	vt_scan(vt, "HTTPS://PAY.EXAMPLE/0123456789");
	vt_expect(vt, "刚才扫的没有办成");
	vt_expect(vt, _(question));
	assert_false(vt_has(vt, "PAY.EXAMPLE"));
	assert_int_equal(out_of(v, QIANG), 2);
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _(question));
	assert_int_equal(out_of(v, QIANG), 1);
}

TEST(esc_leaves_it_lent_with_a_line_that_says_so, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_question(v);

	vt_keys(vt, VT_ESC);
	vt_expect_gone(vt, _(question));
	vt_expect(vt, _(left));
	assert_int_equal(out_of(v, QIANG), 2);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On duty today"));
	assert_int_equal(receipts_with(v, "未归还"), 1);
}

TEST(a_visit_left_alone_leaves_it_lent_and_the_board_says_so, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *set = mem_printf("sqlite3 '%s/jiaplus.db' \"INSERT INTO setting VALUES"
			       " (1, 'idle_seconds', '30'), (2, 'idle_warning_seconds', '25')\"",
		venue_dir(v));

	assert_int_equal(system(set), 0);
	struct vt *vt = start_at_question(v);
	assert_true(vt_wait_text(vt, _("On duty today"), 60000));
	vt_expect(vt, _("Not returned"));
	vt_expect(vt, "000001");
	assert_false(vt_has(vt, "何*"));
	assert_int_equal(out_of(v, QIANG), 2);
	assert_int_equal(receipts_with(v, "未归还"), 1);
}

TEST(a_killed_kiosk_leaves_it_lent_and_says_so_at_the_next_start, venue)
{
	struct venue_case *v = *state;

	start_at_question(v);
	venue_kill(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	vt_expect(vt, _("Not returned"));
	vt_expect(vt, "000001");
	assert_int_equal(out_of(v, QIANG), 2);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 0);
	assert_int_equal(receipts_with(v, "未归还"), 1);
}

static void let_renew_any_time(struct venue_case *v)
{
	CLEANUP(mem_free)
	char *any_time = mem_printf(
		"sqlite3 '%s/jiaplus.db' \"UPDATE rule SET renew_hours = 10000\"", venue_dir(v));

	assert_int_equal(system(any_time), 0);
}

TEST(all_is_renewed_by_one_key_of_the_question, venue)
{
	struct venue_case *v = *state;

	let_renew_any_time(v);
	struct vt *vt = start_at_question(v);
	vt_expect(vt, _("Renew all"));
	vt_keys(vt, "3");
	vt_expect_gone(vt, _(question));
	vt_expect(vt, "000017");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'loan.renew'"), 2);
	assert_int_equal(out_of(v, QIANG), 2);
}

TEST(all_is_renewed_by_one_key_of_the_list, venue)
{
	struct venue_case *v = *state;

	let_renew_any_time(v);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	scan_card(v, vt, QIANG);
	vt_expect(vt, "何*");
	vt_keys(vt, "5");
	vt_expect(vt, _("What would you like to keep longer?"));
	vt_keys(vt, "0");
	vt_expect_gone(vt, _("What would you like to keep longer?"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'loan.renew'"), 2);
}

TEST(what_is_scanned_while_another_process_writes_is_done_in_its_order, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db.lock");
	int writer = open(path, O_RDWR | O_CLOEXEC);

	scan_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	assert_true(writer >= 0);
	assert_int_equal(flock(writer, LOCK_EX), 0);
	scan_item(v, vt, SCREWDRIVER);
	scan_item(v, vt, PIPE_WRENCH);
	scan_item(v, vt, TOOLBOX);
	vt_expect(vt, _("One moment, please"));
	close(writer);
	vt_expect(vt, "000004");
	vt_expect(vt, "000014");
	vt_expect(vt, "000015");
	assert_int_equal(out_of(v, WEIHAO), 3);
}

TEST(a_return_at_the_board_is_undone_there_while_its_result_stands, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	scan_item(v, vt, DRILL);
	vt_expect(vt, _("Returned, thank you"));
	vt_expect(vt, _("Press 7 if it is damaged or incomplete, Backspace to undo."));
	assert_int_equal(out_of(v, QIANG), 1);
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Undone"));
	vt_expect(vt, "000001");
	assert_int_equal(out_of(v, QIANG), 2);
	/* Typing its number does the same. */
	vt_keys(vt, "0");
	vt_expect(vt, _("Type the number on the label"));
	venue_type(vt, "17");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Returned, thank you"));
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Undone"));
	assert_int_equal(out_of(v, QIANG), 2);
}

TEST(what_comes_back_damaged_is_said_at_the_board_and_waits_for_a_volunteer, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	scan_item(v, vt, DRILL);
	vt_expect(vt, _("Damaged or incomplete"));
	vt_keys(vt, "7");
	vt_expect(vt, _("Please leave it here: a volunteer looks it over first."));
	assert_int_equal(venue_integer(v, "SELECT needs_check FROM item WHERE number = 1"), 1);
	venue_stop(v);
	vt = venue_start_as(v, "chen", 24, 80);
	vt_keys(vt, "9");
	vt_expect(vt, _("To look after"));
	vt_keys(vt, "2");
	vt_expect(vt, "000001");
	vt_expect(vt, _("said damaged"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Is everything there?"));
	vt_expect(vt, _("damaged or incomplete"));
}

TEST(a_parts_list_that_a_scan_interrupts_waits_for_a_look, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	scan_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	scan_item(v, vt, TOOLBOX);
	vt_expect(vt, _("Lent"));
	vt_keys(vt, VT_ESC);
	vt_expect_gone(vt, "黄*豪");
	scan_item(v, vt, TOOLBOX);
	vt_expect(vt, _("Is everything there?"));
	scan_item(v, vt, DRILL);
	vt_expect(vt, _("Returned, thank you"));
	assert_int_equal(venue_integer(v, "SELECT needs_check FROM item WHERE number = 15"), 1);
}

TEST(a_second_kiosk_on_one_folder_says_so_and_leaves_the_visit_alone, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	scan_card(v, vt, WEIHAO);
	scan_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	CLEANUP(mem_free) char *chinese = venue_run(v, 1, "--lang zh_CN");
	CLEANUP(mem_free) char *english = venue_run(v, 1, "--lang en");
	assert_non_null(strstr(chinese, "另一个"));
	assert_non_null(strstr(english, "Another kiosk"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 1);
	/* Verbs go on beside it, and so does the visit. */
	free(venue_run(v, 0, "loans"));
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Undone"));
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
