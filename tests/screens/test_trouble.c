/* What can happen to a loan on its way, and inspecting things, in the real program. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	HUANG = 2,
	WEIHAO = 11,  /* 黄伟豪: an adult with nothing borrowed */
	TOOLBOX = 15, /* 家用工具箱: with a parts list */
};

/* ---- hands ---- */

/* The toolbox is lent to Weihao, who says goodbye. */
static void lend_toolbox(struct venue_case *v, struct vt *vt)
{
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, TOOLBOX));
	vt_expect(vt, _("Lent"));
	vt_keys(vt, VT_ESC);
	vt_expect_gone(vt, "黄*豪");
}

static void open_item(struct vt *vt, int number)
{
	CLEANUP(mem_free) char *digits = mem_printf("%d", number);
	CLEANUP(mem_free) char *shown = mem_printf("%06d", number);

	vt_keys(vt, VT_F2);
	vt_expect(vt, _("type to search"));
	venue_type(vt, digits);
	vt_expect(vt, shown);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Print a label"));
}

/* The toolbox's loan, opened from the item's page. */
static struct vt *start_at_loan(struct venue_case *v)
{
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	lend_toolbox(v, vt);
	open_item(vt, TOOLBOX);
	vt_keys(vt, "4");
	vt_expect(vt, _("Loan number"));
	return vt;
}

static void expect_item(struct venue_case *v, const char *condition)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT count(*) FROM item LEFT JOIN (SELECT * FROM loan ORDER BY"
			       " id DESC LIMIT 1) AS loan ON loan.item = item.id"
			       " WHERE item.number = %d AND %s",
		TOOLBOX, condition);

	if (venue_integer(v, sql) != 1)
		fail_msg("not so: %s", condition);
}

/* ---- at the return ---- */

TEST(parts_are_ticked_off_when_a_volunteer_takes_it_back, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	lend_toolbox(v, vt);
	vt_scan(vt, venue_label(v, TOOLBOX));
	vt_expect(vt, _("Is everything there?"));
	vt_expect(vt, "黄伟豪");
	vt_expect(vt, "羊角锤");
	vt_keys(vt, "3");
	vt_expect(vt, _("not there"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "缺少：羊角锤");
	vt_keys(vt, "1"); /* wait for the parts */
	vt_expect(vt, _("noted, it is in repair now"));
	expect_item(v, "item.status = 'maintenance' AND item.parts_missing = 4"
		       " AND loan.parts_missing = 4");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM ticket JOIN ticket_private USING"
					  " (id) WHERE words LIKE '%羊角锤%' AND loan IS NOT NULL"),
		1);
}

TEST(whole_again_it_goes_back_to_its_shelf, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	lend_toolbox(v, vt);
	vt_scan(vt, venue_label(v, TOOLBOX));
	vt_expect(vt, _("Is everything there?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("All of it is there."));
	vt_keys(vt, "1");
	vt_expect(vt, "放回货架 A-3");
	expect_item(v, "item.status = 'active' AND loan.parts_missing = 0");
}

TEST(what_a_resident_brings_back_alone_waits_to_be_looked_over, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	lend_toolbox(v, vt);
	vt_scan(vt, venue_label(v, TOOLBOX));
	vt_expect(vt, _("Please leave it here: a volunteer looks it over first."));
	venue_stop(v);
	vt = venue_start_as(v, "chen", 24, 80);
	vt_expect(vt, "1 件待检查");
	vt_keys(vt, "9");
	vt_expect(vt, _("To look after"));
	vt_keys(vt, "2");
	vt_expect(vt, _("to look over"));
	vt_expect(vt, "000015");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Is everything there?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("All of it is there."));
	vt_keys(vt, "2"); /* damaged */
	vt_expect(vt, _("What is wrong with it?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Nothing waits to be looked over."));
	expect_item(v, "item.status = 'maintenance' AND item.needs_check = 0");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM ticket WHERE closed_at IS NULL"
					  " AND loan IS NOT NULL"),
		1);
}

/* A projector with a deposit of 20 points; its label. */
static char *add_projector(struct venue_case *v)
{
	CLEANUP(mem_free) char *path = venue_path(v, "projector.csv");
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *args = mem_printf("item import %s --as zhang --pin-file %s", path, pin);
	CLEANUP(mem_free) char *printed = NULL;
	char code[CODE_TEXT_MAX];
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs("title,category,deposit\n投影仪,power-tool,20\n", file);
	assert_int_equal(fclose(file), 0);
	printed = venue_run(v, 0, args);
	code_write_id(CODE_ITEM,
		venue_integer(v, "SELECT id FROM item ORDER BY number DESC"
				 " LIMIT 1"),
		code);
	return mem_text(code);
}

static const char points_of_huang[] = "SELECT balance FROM account JOIN resident"
				      " ON resident.id = account.resident WHERE number = 2";

/* Huang borrows it and brings it back with nobody at the counter. */
static void borrow_and_leave(struct venue_case *v, const char *label)
{
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 24, .cols = 80 });

	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	vt_scan(vt, label);
	vt_expect(vt, "投影仪");
	vt_keys(vt, VT_ESC);
	vt_expect_gone(vt, _("Finish and print"));
	vt_scan(vt, label);
	vt_expect(vt, _("Please leave it here: a volunteer looks it over first."));
	venue_stop(v);
}

TEST(part_of_the_deposit_is_kept_for_what_comes_back_damaged, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *label = add_projector(v);
	int64_t before = venue_integer(v, points_of_huang);

	borrow_and_leave(v, label);
	assert_int_equal(venue_integer(v, points_of_huang), before - 20);
	struct vt *vt = venue_start_as(v, "chen", 24, 80);
	vt_keys(vt, "9");
	vt_expect(vt, _("To look after"));
	vt_keys(vt, "2");
	vt_expect(vt, _("to look over"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Is everything there?"));
	vt_expect(vt, _("Deposit"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("All of it is there."));
	vt_keys(vt, "2");
	vt_expect(vt, _("What is wrong with it?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("How much of the deposit is kept?"));
	venue_type(vt, "21");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("How much of the deposit is kept?"));
	vt_keys(vt, VT_BACKSPACE);
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "8");
	vt_expect(vt, "12");
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("How much of the deposit is kept?"));
	vt_expect(vt, _("Nothing waits to be looked over."));
	assert_int_equal(venue_integer(v, points_of_huang), before - 8);
	assert_int_equal(venue_integer(v, "SELECT balance FROM account WHERE system = 'pool'"), 8);
	assert_int_equal(venue_integer(v, "SELECT taken FROM freeze"), 8);
}

TEST(a_deposit_is_decided_on_in_the_points_menu_too, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *label = add_projector(v);
	int64_t before = venue_integer(v, points_of_huang);

	borrow_and_leave(v, label);
	struct vt *vt = venue_start_as(v, "chen", 24, 80);
	vt_keys(vt, VT_F5);
	vt_expect(vt, _("deposit, back"));
	vt_keys(vt, VT_TAB);
	vt_expect(vt, _("How much of the deposit is kept?"));
	venue_type(vt, "5");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A special need"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Done: what is kept went into the common pool"));
	assert_int_equal(venue_integer(v, points_of_huang), before - 5);
	assert_int_equal(venue_integer(v, "SELECT balance FROM account WHERE system = 'pool'"), 5);
}

/* ---- on its way ---- */

TEST(a_loan_is_called_back_and_the_borrower_reads_why, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_loan(v);
	int64_t due = venue_integer(v, "SELECT due_at FROM loan ORDER BY id DESC LIMIT 1");

	vt_keys(vt, "2");
	vt_expect(vt, _("Why is it called back?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Called back"));
	assert_true(venue_integer(v, "SELECT due_at FROM loan ORDER BY id DESC LIMIT 1") < due);
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "请尽快归还：家用工具箱（有人急用）");
	/* Recalled again, it does not become due sooner. */
	vt_keys(vt, "8");
	vt_expect(vt, _("Serve"));
	vt_keys(vt, "8");
	vt_expect(vt, _("Loan number"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Why is it called back?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("It was not done"));
}

TEST(what_is_said_to_be_back_is_looked_for_and_turns_up, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_loan(v);

	vt_keys(vt, "3");
	vt_expect(vt, _("Noted. Please look for it on the shelves."));
	expect_item(v, "claimed_at IS NOT NULL AND returned_at IS NULL");
	vt_keys(vt, "3");
	vt_expect(vt, _("It counts as on loan again"));
	expect_item(v, "claimed_at IS NULL");
	vt_keys(vt, "3");
	vt_expect(vt, _("Noted. Please look for it on the shelves."));
	venue_back(vt);
	vt_expect(vt, _("Backdate"));
	vt_expect(vt, "1 件待检查");
	vt_keys(vt, "9");
	vt_expect(vt, _("Stocktake"));
	vt_keys(vt, "2");
	vt_expect(vt, _("said to be back"));
	vt_keys(vt, VT_ENTER); /* it was on the shelf */
	vt_expect(vt, _("Is everything there?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("All of it is there."));
	vt_keys(vt, "1");
	vt_expect(vt, _("Nothing waits to be looked over."));
	expect_item(v, "returned_at IS NOT NULL AND item.status = 'active'");
}

TEST(what_is_lost_ends_the_loan_and_may_be_found_again, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_loan(v);

	vt_keys(vt, "4");
	vt_expect(vt, _("How was it lost?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Listed as lost"));
	expect_item(v, "item.status = 'missing' AND lost_at IS NOT NULL");
	vt_keys(vt, "1");
	vt_expect(vt, _("Is everything there?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("All of it is there."));
	vt_keys(vt, "1");
	vt_expect(vt, "放回货架 A-3");
	expect_item(v, "item.status = 'active' AND item.needs_check = 0");
}

TEST(a_phone_number_is_shown_on_the_record, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_loan(v);
	const char *looks = "SELECT count(*) FROM journal WHERE kind = 'phone.reveal'"
			    " AND actor IS NOT NULL AND resident IS NOT NULL";

	vt_expect(vt, "****");
	assert_int_equal(venue_integer(v, looks), 0);
	vt_keys(vt, "5");
	vt_expect_gone(vt, "****");
	assert_int_equal(venue_integer(v, looks), 1);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
