/* The loop of the counter, in the real program: codes held up to a camera and from a wedge scanner,
 * keys, and everything that a person reads on the screen. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/reasons.h"
#include "core/words.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Numbers of the demo venue: assets/demo says who they are. */
enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	ZIQING = 10, /* 何梓晴: a child */
	SCREWDRIVER = 4,
	SCREWDRIVER_2 = 5,
	PIPE_WRENCH = 14,
	TAPE = 18,
	TENT = 54,
	CHESS_BLOOD = 25, /* blood pressure meters: one per person */
	CHESS_BLOOD_2 = 26,
	LADDER = 20,
	LADDER_2 = 21,
	DRILL_OUT = 1, /* lent to 何强 the day before */
	SEWING = 76,   /* for use in the house only */
};

static void wedge_card(struct venue_case *v, struct vt *vt, int number)
{
	vt_scan(vt, venue_card(v, number));
}

static void wedge_item(struct venue_case *v, struct vt *vt, int number)
{
	vt_scan(vt, venue_label(v, number));
}

static char *reason_words(int code)
{
	struct reason reason = { .code = code };

	return words_reason(&reason, 0);
}

/* The sentence of a reason without arguments, as the screen words it. */
static void expect_reason(struct vt *vt, int code)
{
	CLEANUP(mem_free) char *words = reason_words(code);

	/* It may be wrapped: its first characters are enough to recognise it. */
	CLEANUP(mem_free) char *start = mem_text_n(words, 3 * 6);
	vt_expect(vt, start);
}

TEST(three_items_are_borrowed_before_the_camera_and_two_come_back, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .has_camera = true });

	venue_show(v, venue_card(v, WEIHAO), 7, "黄*豪");
	venue_show(v, venue_label(v, SCREWDRIVER), -15, "000004");
	venue_show(v, venue_label(v, PIPE_WRENCH), 30, "000014");
	venue_show(v, venue_label(v, TENT), 90, "000054");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"), 3);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On duty today"));
	venue_show(v, venue_label(v, SCREWDRIVER), 5, _("Returned, thank you"));
	vt_expect(vt, "000004");
	venue_show(v, venue_label(v, PIPE_WRENCH), 5, "000014");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"
					  " AND returned_at IS NULL"),
		1);
}

TEST(the_same_loop_works_with_a_wedge_scanner, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	vt_expect(vt, _("Lent"));
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, _("Already lent, no need to scan again"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On duty today"));
	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "000004");
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, _("You have this one already. What would you like to do?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Returned, thank you"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"
					  " AND returned_at IS NULL"),
		0);
}

/* A scanner that ends a code this way. Sent in one write: test_burst tests how far apart the ends
 * may be, and a busy machine does not keep such a pace. */
static void scan_ending(struct vt *vt, const char *code, const char *end)
{
	CLEANUP(mem_free) char *whole = mem_printf("%s%s", code, end);

	vt_settle(vt); /* after a long stall, waiting characters count as typing */
	vt_keys(vt, whole);
}

/* CR LF, CR CR, Tab CR, LF CR …: the ends that scanners can be set to send after a code. */
TEST(a_code_that_ends_in_two_characters_is_one_scan, venue)
{
	static const char *const ends[] = { "\r\n", "\r\r", "\t\r", "\n\r", "\t", "\n" };
	static const int items[] = { SCREWDRIVER, PIPE_WRENCH, SCREWDRIVER_2 };
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	int64_t visits = venue_integer(v, "SELECT count(*) FROM visit");

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		CLEANUP(mem_free) char *number = mem_printf("%06d", items[i % 3]);
		int item = items[i % 3];
		if (i >= 3) {
			scan_ending(vt, venue_label(v, item), ends[i]);
			vt_expect(vt, _("Returned, thank you"));
		}
		scan_ending(vt, venue_card(v, WEIHAO), ends[i]);
		vt_expect(vt, "黄*豪");
		scan_ending(vt, venue_label(v, item), ends[i]);
		vt_expect(vt, number);
		vt_keys(vt, VT_ESC);
		vt_expect(vt, _("On duty today"));
	}
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM visit"), visits + 6);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"), 6);
}

TEST(a_pasted_code_with_its_line_end_is_a_scan, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	CLEANUP(mem_free) char *card = mem_printf("%s\r\n", venue_card(v, WEIHAO));

	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	vt_paste(vt, card);
	vt_expect(vt, "黄*豪");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"), 1);
}

TEST(the_scanners_own_words_around_a_code_are_dropped, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	CLEANUP(mem_free) char *card = mem_printf("]Q1%s", venue_card(v, WEIHAO));
	CLEANUP(mem_free) char *label = mem_printf("\\000026%s", venue_label(v, SCREWDRIVER));

	vt_scan(vt, card);
	vt_expect(vt, "黄*豪");
	vt_scan(vt, label);
	vt_expect(vt, _("Lent"));
}

TEST(payment_codes_alone_are_to_be_kept, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	vt_scan(vt, "281234567890123456");
	expect_reason(vt, REASON_CODE_PAYMENT);
	vt_scan(vt, "https://u.example.org/abc");
	expect_reason(vt, REASON_CODE_FOREIGN);
	assert_false(vt_has(vt, "付款码"));
	vt_scan(vt, "J1I000G00000EC0");
	expect_reason(vt, REASON_CODE_DAMAGED);
}

TEST(three_refused_scans_in_a_row_call_a_volunteer, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	vt_scan(vt, "https://u.example.org/abc");
	expect_reason(vt, REASON_CODE_FOREIGN);
	vt_scan(vt, "J1I000G00000EC0");
	expect_reason(vt, REASON_CODE_DAMAGED);
	assert_false(vt_has(vt, _("Help wanted")));
	vt_scan(vt, "https://u.example.org/abc");
	vt_expect(vt, _("Help wanted"));
	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	vt_expect_gone(vt, _("Help wanted"));
}

TEST(what_is_kept_longer_is_picked_by_its_digit, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *any_time = mem_printf(
		"sqlite3 '%s/jiaplus.db' \"UPDATE rule SET renew_hours = 10000\"", venue_dir(v));

	assert_int_equal(system(any_time), 0);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });
	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	wedge_item(v, vt, PIPE_WRENCH);
	vt_expect(vt, "000014");
	vt_keys(vt, "5");
	vt_expect(vt, _("What would you like to keep longer?"));
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("What would you like to keep longer?"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'loan.renew'"), 1);
}

TEST(everything_works_by_keyboard_alone, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	vt_keys(vt, "0");
	vt_expect(vt, _("Type the number on the label"));
	vt_type(vt, venue_card(v, WEIHAO));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "黄*豪");
	vt_keys(vt, "0");
	vt_expect(vt, _("Type the number on the label"));
	vt_type(vt, "14");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "000014");
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Undone"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("On duty today"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"
					  " AND voided_at IS NULL"),
		0);
}

TEST(a_refusal_says_why_and_what_would_cure_it, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	wedge_item(v, vt, CHESS_BLOOD);
	vt_expect(vt, "000025");
	wedge_item(v, vt, CHESS_BLOOD_2);
	vt_expect(vt, _("Not now"));
	vt_expect(vt, "✗");
	/* Nobody takes on-site items home, and everybody may use them. */
	wedge_item(v, vt, SEWING);
	vt_expect(vt, "000076");
	vt_expect(vt, _("For use in the house, until it closes today"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM refused_scan"), 1);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"), 2);
}

TEST(each_code_that_is_not_ours_or_no_more_is_refused_in_words, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	char damaged[CODE_TEXT_MAX], stranger[CODE_TEXT_MAX];
	const unsigned char token[CODE_TOKEN_SIZE] = { 1, 2, 3 };

	vt_scan(vt, "HTTPS://PAY.EXAMPLE/0123456789");
	expect_reason(vt, REASON_CODE_FOREIGN);
	assert_false(vt_has(vt, "PAY.EXAMPLE"));
	snprintf(damaged, sizeof(damaged), "%s", venue_label(v, TAPE));
	damaged[8] = damaged[8] == '0' ? '1' : '0';
	vt_scan(vt, damaged);
	expect_reason(vt, REASON_CODE_DAMAGED);
	code_write_card(token, stranger);
	vt_scan(vt, stranger);
	expect_reason(vt, REASON_CARD_UNKNOWN);
	assert_false(vt_has(vt, stranger));
}

TEST(undo_takes_the_last_line_back_and_nothing_else, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	wedge_card(v, vt, WEIHAO);
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	wedge_item(v, vt, PIPE_WRENCH);
	vt_expect(vt, "000014");
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, "↶");
	vt_expect(vt, _("undone"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE visit IS NOT NULL"
					  " AND voided_at IS NULL"),
		1);
}

TEST(the_next_card_starts_afresh_and_the_screen_forgets_the_person, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	wedge_card(v, vt, WEIHAO);
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	wedge_card(v, vt, ZIQING);
	vt_expect(vt, "何*晴");
	vt_expect_gone(vt, "黄*豪");
	vt_expect_gone(vt, "000004");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'receipt'"), 1);
}

TEST(a_visit_left_alone_asks_and_then_ends, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *set = mem_printf("sqlite3 '%s/jiaplus.db' \"INSERT INTO setting VALUES"
			       " (1, 'idle_seconds', '30'), (2, 'idle_warning_seconds', '25')\"",
		venue_dir(v));

	assert_int_equal(system(set), 0);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	wedge_card(v, vt, WEIHAO);
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	vt_expect(vt, _("Are you still here?"));
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("Are you still here?"));
	vt_expect(vt, "000004");
	vt_expect(vt, _("Are you still here?"));
	assert_true(vt_wait_text(vt, _("On duty today"), 2 * VT_PATIENCE_MS));
	assert_false(vt_has(vt, "黄*豪"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'receipt'"), 1);
}

TEST(a_killed_kiosk_closes_the_visit_and_prints_its_receipt_at_the_next_start, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	wedge_card(v, vt, WEIHAO);
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	venue_kill(v);
	venue_start(v, &(struct venue_kiosk){ 0 });
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 0);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'receipt'"), 1);
}

TEST(what_a_verb_changes_meanwhile_is_lent_by_neither_twice, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	CLEANUP(mem_free)
	char *lend = mem_printf("lend 12 4 --as chen --pin-file '%s/pins/chen.pin'", venue_dir(v));
	free(venue_run(v, 0, lend));
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM loan JOIN item ON item.id = loan.item"
				 " WHERE item.number = 4 AND loan.returned_at IS NULL"
				 " AND voided_at IS NULL"),
		0); /* it was out: the scan took it back */
}

TEST(the_screen_survives_any_size_on_the_way, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	static const int sizes[][2] = { { 1, 1 }, { 2, 200 }, { 60, 10 }, { 24, 80 }, { 3, 3 },
		{ 34, 120 } };

	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		vt_settle(vt);
	}
	vt_expect(vt, "黄*豪");
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
}

TEST(the_language_is_switched_by_one_key_and_back, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_expect(vt, _("On duty today"));
	assert_false(vt_has(vt, "Please scan your card"));
	vt_keys(vt, VT_F12);
	vt_expect(vt, "On duty today");
	vt_keys(vt, VT_F12);
	vt_expect(vt, _("On duty today"));
}

TEST(thanks_leave_by_themselves, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, "黄*豪");
	vt_expect(vt, _("On duty today"));
}

TEST(a_receipt_that_does_not_come_out_is_a_code_on_the_screen, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(
		v, &(struct venue_kiosk){
			   .conf = "[receipt]\nmode = raw\nqueue = /dev/nowhere/lp0\n" });

	wedge_card(v, vt, WEIHAO);
	vt_expect(vt, "黄*豪");
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "没打出，已记下");
	vt_expect(vt, "▀"); /* of the code: there is no other large thing here */
	/* A phone is got out first. */
	assert_false(vt_wait_text(vt, _("On duty today"), 5000));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("On duty today"));
}

TEST(a_camera_that_is_unplugged_and_comes_back_is_told_in_the_corner, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .has_camera = true });

	venue_show(v, venue_card(v, WEIHAO), 0, "黄*豪");
	venue_unplug(v);
	vt_expect(vt, _("Camera unplugged"));
	wedge_item(v, vt, SCREWDRIVER);
	vt_expect(vt, "000004");
	venue_show(v, venue_label(v, PIPE_WRENCH), 0, "000014");
	vt_expect_gone(vt, _("Camera unplugged"));
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
