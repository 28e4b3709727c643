/* Things that come and go for good, and stocktaking, in the real program: keys and scans in, the
 * screen and the queued papers out. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/reasons.h"
#include "core/words.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define MORE_KEY "9"

/* Of the demo venue. */
enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	WRENCH = 14,
	WRENCH_SHELF_MATE = 12, /* on A-3 as well */
	DRILL = 2,              /* on A-1 */
};

/* ---- hands ---- */

/* The second menu's screen for `key`, recognised by `text`. */
static struct vt *start_as_at(
	struct venue_case *v, const char *staff, const char *key, const char *text)
{
	struct vt *vt = venue_start_as(v, staff, 0, 0);

	vt_keys(vt, MORE_KEY);
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, key);
	vt_expect(vt, text);
	return vt;
}

static struct vt *start_at(struct venue_case *v, const char *key, const char *text)
{
	return start_as_at(v, "chen", key, text);
}

/* Moves on by that many fields of a form. */
static void tab(struct vt *vt, int fields)
{
	for (int i = 0; i < fields; i++)
		vt_keys(vt, VT_TAB);
}

/* Enters Chinese into a field: the whole text at once, as a paste. */
static void write(struct vt *vt, const char *text)
{
	vt_paste(vt, text);
	vt_expect(vt, text);
}

/* ---- eyes ---- */

/* Whether the latest paper for `purpose` holds `words`. */
static void expect_paper(
	struct venue_case *v, struct vt *vt, const char *purpose, const char *words)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT instr(sheet, '%s') > 0 FROM outbox WHERE purpose = '%s'"
			       " ORDER BY id DESC LIMIT 1",
		words, purpose);

	if (venue_integer(v, sql) == 1)
		return;
	vt_dump(vt, stderr);
	fail_msg("no %s on the %s paper", words, purpose);
}

/* ---- donation ---- */

TEST(a_donation_is_taken_in_with_its_thanks_and_its_label, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "6", _("What is donated?"));

	write(vt, "榕树里党支部");
	tab(vt, 3);
	write(vt, "折叠婴儿车");
	tab(vt, 5);
	venue_type(vt, "200");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("taken in; the thanks are being printed"));
	expect_paper(v, vt, "receipt", "榕树里党支部");
	expect_paper(v, vt, "receipt", "折叠婴儿车");
	expect_paper(v, vt, "labels", "折叠婴儿车");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM item JOIN donation_item ON item = item.id"
				 " WHERE source = 'donated' AND status = 'active'"),
		1);
	assert_int_equal(venue_integer(v, "SELECT sum(fen) FROM fund_line"), 20000);
}

TEST(a_card_names_the_donor_who_wants_no_name, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "6", _("What is donated?"));

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("✓ a resident"));
	vt_keys(vt, "3"); /* without a name */
	tab(vt, 2);
	write(vt, "儿童绘本架");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("taken in; the thanks are being printed"));
	expect_paper(v, vt, "receipt", _("A kind neighbour"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM donation JOIN resident ON resident.id ="
				 " donation.resident WHERE resident.number = 11"
				 " AND thanks = 'anonymous'"),
		1);
}

TEST(a_donation_of_nothing_is_told_where_it_lacks, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "6", _("What is donated?"));

	write(vt, "街坊");
	vt_keys(vt, VT_F10);
	vt_settle(vt);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM donation"), 0);
	vt_expect(vt, "街坊");
}

/* ---- sale, swap, gift ---- */

TEST(an_item_is_sold_for_yuan_with_a_slip, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "8", _("What is sold for charity?"));

	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	tab(vt, 2);
	venue_type(vt, "12.5");
	vt_expect(vt, "12.5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("sold, thank you"));
	expect_paper(v, vt, "receipt", "12.50");
	expect_paper(v, vt, "receipt", "000014");
	assert_int_equal(venue_integer(v, "SELECT balance FROM fund_line"), 1250);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM item WHERE number = 14"
					  " AND status = 'retired'"),
		1);
	/* It cannot be sold again. */
	vt_scan(vt, venue_label(v, WRENCH));
	tab(vt, 2);
	venue_type(vt, "12.5");
	vt_keys(vt, VT_F10);
	vt_expect_gone(vt, _("sold, thank you"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM sale"), 1);
}

TEST(a_sale_is_undone_where_it_was_made, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "8", _("What is sold for charity?"));

	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	tab(vt, 2);
	venue_type(vt, "12.5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("sold, thank you"));
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Undo this? What was paid goes back too."));
	vt_keys(vt, "1");
	vt_expect(vt, _("taken back, it is on its shelf again"));
	assert_int_equal(
		venue_integer(v, "SELECT balance FROM fund_line ORDER BY id DESC LIMIT 1"), 0);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM item WHERE number = 14"
					  " AND status = 'active'"),
		1);
	/* Nothing more to undo. */
	vt_keys(vt, VT_BACKSPACE);
	vt_settle(vt);
	assert_false(vt_has(vt, _("Undo this? What was paid goes back too.")));
}

TEST(a_sale_is_undone_on_the_item_s_page, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "8", _("What is sold for charity?"));

	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	tab(vt, 2);
	venue_type(vt, "12.5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("sold, thank you"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	venue_type(vt, "14");
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Take it back"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Undo this? What was paid goes back too."));
	vt_keys(vt, "1");
	vt_expect(vt, _("taken back, it is on its shelf again"));
	vt_expect(vt, _("Leaves"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM sale WHERE voided_at IS NOT NULL"), 1);
}

TEST(a_swap_takes_one_in_and_gives_one_out, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *worth =
		mem_printf("sqlite3 '%s/jiaplus.db' \"UPDATE title SET value_points = 20 WHERE"
			   " id = (SELECT title FROM item WHERE number = 14)\"",
			venue_dir(v));

	assert_int_equal(system(worth), 0);
	struct vt *vt = start_at(v, "7", _("What is swapped for what?"));
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	write(vt, "电饭锅");
	tab(vt, 3);
	venue_type(vt, "30");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("swapped, thank you"));
	expect_paper(v, vt, "receipt", "电饭锅");
	expect_paper(v, vt, "labels", "电饭锅");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM swap WHERE value_in = 30"
					  " AND value_out = 20 AND transfer IS NULL"),
		1);
}

TEST(a_swap_asks_what_a_thing_is_worth_that_nobody_valued, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free)
	char *worthless =
		mem_printf("sqlite3 '%s/jiaplus.db' \"UPDATE title SET value_points = 0 WHERE"
			   " id = (SELECT title FROM item WHERE number = 14)\"",
			venue_dir(v));

	assert_int_equal(system(worthless), 0);
	struct vt *vt = start_at(v, "7", _("What is swapped for what?"));
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "还没有记它值多少积分");
	write(vt, "电饭锅");
	tab(vt, 3);
	venue_type(vt, "30");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("How many points is it worth?"));
	venue_type(vt, "25");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("swapped, thank you"));
	assert_int_equal(
		venue_integer(
			v, "SELECT count(*) FROM swap WHERE value_in = 30 AND value_out = 25"),
		1);
	assert_int_equal(venue_integer(v, "SELECT value_points FROM title WHERE id ="
					  " (SELECT title FROM item WHERE number = 14)"),
		25);
}

/* ---- giving away ---- */

/* The form of a gift, from the wrench's page. */
static struct vt *start_giving(struct venue_case *v)
{
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	venue_type(vt, "14");
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Leaves"));
	vt_keys(vt, "9");
	vt_expect(vt, _("How does it leave for good?"));
	vt_keys(vt, "3");
	vt_expect(vt, _("Who is it for?"));
	return vt;
}

TEST(an_item_is_given_to_a_resident_with_a_slip, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_giving(v);

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, " 11");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("given away"));
	expect_paper(v, vt, "receipt", "水管钳");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM giveaway JOIN resident"
				 " ON resident.id = giveaway.resident WHERE resident.number = 11"),
		1);
	vt_expect(vt, _("Given away"));
	/* And it comes back on the same day. */
	vt_expect(vt, _("Take it back"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Undo this? What was paid goes back too."));
	vt_keys(vt, "1");
	vt_expect(vt, _("taken back, it is on its shelf again"));
}

TEST(a_gift_to_nobody_is_told_where_it_lacks, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_giving(v);
	const struct reason unknown = REASON(RESIDENT_UNKNOWN);
	CLEANUP(mem_free) char *why = words_reason(&unknown, 0);

	venue_type(vt, "9999");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Who is it for?"));
	vt_expect(vt, why);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM giveaway"), 0);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
}

/* ---- the fund ---- */

TEST(the_fund_is_shown_printed_and_put_right_by_a_coordinator, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as_at(v, "zhang", "8", _("What is sold for charity?"));

	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	tab(vt, 2);
	venue_type(vt, "12.5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("sold, thank you"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, "9");
	vt_expect(vt, "12.50 元");
	vt_expect(vt, "义卖  水管钳 000014");
	vt_keys(vt, VT_F8);
	vt_expect(vt, _("This year's statement is being printed"));
	expect_paper(v, vt, "office-a4", "水管钳 000014");
	vt_keys(vt, "1");
	vt_expect(vt, _("Why is this line taken back?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Taken back by a line of its own"));
	vt_expect(vt, "-12.50");
	assert_int_equal(
		venue_integer(v, "SELECT balance FROM fund_line ORDER BY id DESC LIMIT 1"), 0);
	CLEANUP(mem_free) char *list = venue_run(v, 0, "--lang en fund list --json");
	assert_non_null(strstr(list, "\"kind\": \"reversal\""));
	assert_non_null(strstr(list, "\"fen\": 1250"));
	CLEANUP(mem_free) char *printed = venue_run(v, 0, "print fund");
	expect_paper(v, vt, "office-a4", "水管钳 000014");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE purpose = 'office-a4'"), 2);
}

TEST(a_volunteer_does_not_put_the_fund_right, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "8", _("What is sold for charity?"));

	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	tab(vt, 2);
	venue_type(vt, "12.5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("sold, thank you"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, "9");
	vt_expect(vt, "12.50 元");
	vt_keys(vt, "1");
	vt_expect(vt, _("Why is this line taken back?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("It was not done"));
	assert_int_equal(
		venue_integer(v, "SELECT balance FROM fund_line ORDER BY id DESC LIMIT 1"), 1250);
}

/* ---- repair ---- */

TEST(a_repair_is_asked_for_and_done, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 0, 0);

	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	venue_type(vt, "14");
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("It has not been lent yet."));
	vt_keys(vt, "8");
	vt_expect(vt, _("What is wrong with it?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("noted, it is in repair now"));
	venue_back(vt);
	vt_expect(vt, _("Backdate"));
	vt_keys(vt, MORE_KEY);
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Nothing waits to be looked over."));
	vt_keys(vt, "3");
	vt_expect(vt, "000014");
	vt_keys(vt, "1");
	vt_expect(vt, _("What was done?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Repaired, it is in use again"));
	vt_expect(vt, _("Nothing waits to be repaired."));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM ticket WHERE outcome = 'repaired'"), 1);
}

/* ---- stocktake ---- */

TEST(a_shelf_is_counted_with_one_thing_misplaced_and_one_unseen, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "0", _("What is counted?"));
	int64_t expected = venue_integer(v,
		"SELECT count(*) FROM item WHERE shelf = 'A-3' AND status = 'active' AND NOT EXISTS"
		" (SELECT 1 FROM loan WHERE item = item.id AND returned_at IS NULL)");

	vt_keys(vt, "4");
	vt_expect(vt, _("Which shelf?"));
	write(vt, "A-3");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("The stocktake has begun"));
	for (int number = 1; number <= 80; number++) {
		CLEANUP(mem_free)
		char *sql =
			mem_printf("SELECT count(*) FROM item WHERE number = %d AND shelf = 'A-3'"
				   " AND status = 'active' AND NOT EXISTS (SELECT 1 FROM loan"
				   " WHERE item = item.id AND returned_at IS NULL)",
				number);
		if (number == WRENCH || venue_integer(v, sql) == 0)
			continue;
		CLEANUP(mem_free) char *text = mem_printf("%06d", number);
		vt_scan(vt, venue_label(v, number));
		vt_expect(vt, text);
	}
	vt_scan(vt, venue_label(v, DRILL));
	vt_expect(vt, _("It belongs to another shelf"));
	vt_keys(vt, "2");
	vt_expect(vt, "000014");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM stocktake_sight WHERE is_counted = 1"),
		expected - 1);
	vt_keys(vt, "3");
	vt_expect(vt, "000002");
	/* Somebody came to the counter: it goes on at the same shelf. */
	CLEANUP(mem_free) char *here = mem_printf(_("You stand at: %s"), "A-3");
	venue_back(vt);
	vt_expect(vt, _("Backdate"));
	vt_keys(vt, MORE_KEY);
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, "0");
	vt_expect(vt, here);
	vt_keys(vt, "5");
	vt_expect(vt, _("Has every shelf been scanned?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The stocktake is closed"));
	expect_paper(v, vt, "office-a4", "000014");
	expect_paper(v, vt, "office-a4", "000002");
	/* A volunteer cannot set anything to missing, a coordinator can. */
	vt_keys(vt, "7");
	vt_expect(vt, _("Set all that was not seen to not found?"));
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("Set all that was not seen to not found?"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM item WHERE status = 'missing'"), 0);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
