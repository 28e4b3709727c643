/* The second menu of volunteer mode, in the real program: lending rules and closed days, the shelf
 * of holds, reminders, labels in bulk; keys in, the screen and papers out. */
#include <stdio.h>

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/when.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/hold.h"
#include "core/items/lending/hold_acts.h"
#include "core/people/resident.h"
#include "core/store/role_reasons.h"
#include "core/words.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

#define DAY_SEC (24 * 60 * 60)

/* Of the demo venue: returns what they bring back days late. */
enum { LATE_BORROWER = 37, LATE_WRENCH = 12, OTHER_WRENCH = 14 };

enum {
	WEIHAO = 11, /* 黄伟豪: an adult with nothing borrowed */
	HE_QIANG = 9,
	WRENCH = 14, /* the only one of its title, on its shelf */
	BOOK = 43,
	BOOKS_LINE = 7, /* in the list of rules, 0 is the one for everything */
};

/* ---- hands ---- */

/* Logged in, in front of the second menu's screen for `key`, which is recognised by `text`. */
static struct vt *start_at(
	struct venue_case *v, const char *staff, const char *key, const char *text)
{
	struct vt *vt = venue_start_as(v, staff, 24, 80);

	vt_keys(vt, "9");
	vt_expect(vt, _("Holds shelf"));
	vt_keys(vt, key);
	vt_expect(vt, text);
	return vt;
}

static void back_to_menu(struct vt *vt)
{
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Holds shelf"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Backdate"));
}

/* The row of the books, filled in with 45 days. */
static void set_books_to_45_days(struct vt *vt)
{
	for (int i = 0; i < BOOKS_LINE; i++)
		vt_keys(vt, VT_DOWN);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Empty: as the rule above it says"));
	vt_expect(vt, "图书");
	vt_keys(vt, VT_BACKSPACE VT_BACKSPACE);
	venue_type(vt, "45");
	vt_keys(vt, VT_F10);
}

/* "2026-11-23": that many days from today. */
static void day_from_today(int days, char ret[11])
{
	day_format(day_add(when_day(clock_now(&clock_system)), days), ret);
}

/* ---- eyes ---- */

static void expect_reason(struct vt *vt, struct reason reason)
{
	CLEANUP(mem_free) char *words = words_reason(&reason, 0);

	vt_expect(vt, words);
}

static char *output_of(const char *command)
{
	FILE *out = popen(command, "re");
	size_t size = 1 << 20;
	char *text = mem_alloc(size);

	assert_non_null(out);
	text[fread(text, 1, size - 1, out)] = '\0';
	pclose(out);
	return text;
}

/* The text of all papers that were printed; the caller's. */
static char *printed_text(const struct venue_case *v)
{
	CLEANUP(mem_free)
	char *command = mem_printf("for f in '%s'/printed/*.pdf; do pdftotext -layout \"$f\" -; "
				   "done 2>/dev/null",
		venue_dir(v));

	return output_of(command);
}

/* Waits until a printed paper contains the words. */
static void expect_printed(const struct venue_case *v, struct vt *vt, const char *words)
{
	for (int64_t until = clock_us() + VT_PATIENCE_MS * 1000; clock_us() < until;) {
		CLEANUP(mem_free) char *text = printed_text(v);
		if (strstr(text, words))
			return;
		vt_pump(vt, 100);
	}
	fail_msg("no printed paper says %s", words);
}

static void expect_on_latest_paper(const struct venue_case *v, const char *words)
{
	CLEANUP(mem_free)
	char *sql = mem_printf(
		"SELECT instr(sheet, '%s') > 0 FROM outbox ORDER BY id DESC LIMIT 1", words);

	if (venue_integer(v, sql) != 1)
		fail_msg("no %s on the latest paper", words);
}

/* ---- rules ---- */

TEST(a_rule_that_is_changed_holds_for_the_next_loan_and_on_the_wall, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "4", _("Rules for"));

	set_books_to_45_days(vt);
	vt_expect(vt, _("The rule holds from now on"));
	CLEANUP(mem_free) char *days = words_days(45);
	vt_expect(vt, days);
	vt_keys(vt, VT_F8);
	vt_expect(vt, _("The wall's rules are being printed"));
	expect_printed(v, vt, days);
	back_to_menu(vt);
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, BOOK));
	vt_expect(vt, "✓ ");
	/* Until closing time of that day, or of the next open one. */
	int64_t lent_for =
		venue_integer(v, "SELECT due_at - lent_at FROM loan ORDER BY id DESC LIMIT 1");
	assert_in_range(lent_for, 44 * DAY_SEC, 60 * DAY_SEC);
}

TEST(a_volunteer_may_look_at_the_rules_and_not_change_them, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "chen", "4", _("Rules for"));
	struct reason reason = REASON(ROLE_NEEDED, .n1 = ROLE_COORDINATOR);
	const char *sql = "SELECT count(*) FROM rule WHERE loan_days = 45";

	set_books_to_45_days(vt);
	expect_reason(vt, reason);
	assert_int_equal(venue_integer(v, sql), 0);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
}

TEST(the_guide_for_the_books_is_printed_from_their_line, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "4", _("Rules for"));

	for (int i = 0; i < BOOKS_LINE; i++)
		vt_keys(vt, VT_DOWN);
	vt_keys(vt, "5");
	vt_expect(vt, _("the guide for its shelf is being printed"));
	expect_on_latest_paper(v, "图书");
	expect_on_latest_paper(v, "30 天");
}

TEST(what_stands_on_a_guide_is_written_there_and_printed, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "4", _("Rules for"));

	vt_keys(vt, VT_DOWN "6");
	vt_expect(vt, _("Guide for a shelf"));
	vt_expect(vt, "共享工具使用指引");
	for (int line = 0; line < 4; line++)
		vt_keys(vt, VT_TAB);
	vt_paste(vt, "借之前先充好电");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The guide is kept"));
	vt_keys(vt, "5");
	vt_expect(vt, _("the guide for its shelf is being printed"));
	expect_on_latest_paper(v, "共享工具使用指引");
	expect_on_latest_paper(v, "借之前先充好电");
}

TEST(what_is_used_in_the_house_is_not_lent_for_days_on_the_screen_of_rules, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "4", _("Rules for"));

	vt_expect(vt, _("until closing time"));
}

TEST(a_category_is_added_below_another, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "4", _("Rules for"));

	vt_keys(vt, "2");
	vt_expect(vt, _("Name of the category"));
	vt_keys(vt, VT_F10);
	expect_reason(vt, REASON_TEXT(TEXT_EMPTY, "code"));
	vt_keys(vt, VT_UP);
	vt_paste(vt, "绘本");
	vt_expect(vt, "绘本");
	vt_keys(vt, VT_TAB);
	venue_type(vt, "picture-book");
	vt_keys(vt, VT_TAB);
	venue_type(vt, "book");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The category is there"));
	vt_expect(vt, "绘本");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM category AS c JOIN category AS p"
					  " ON p.id = c.parent WHERE c.code = 'picture-book'"
					  " AND p.code = 'book'"),
		1);
}

/* ---- the log ---- */

TEST(the_log_says_who_did_what_to_whom_and_is_narrowed_by_a_scan, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "4", _("Rules for"));

	set_books_to_45_days(vt);
	vt_expect(vt, _("The rule holds from now on"));
	back_to_menu(vt);
	vt_keys(vt, "9");
	vt_expect(vt, _("Holds shelf"));
	vt_keys(vt, "+");
	vt_expect(vt, _("all acts"));
	vt_expect(vt, "张慧琳"); /* zhang, who changed the rule for the books */
	vt_expect(vt, "图书");
	vt_keys(vt, "1");
	vt_expect(vt, _("lending and returning"));
	vt_expect_gone(vt, "图书");
	vt_keys(vt, "5");
	vt_expect(vt, _("all acts"));
	vt_scan(vt, venue_label(v, 1));
	vt_expect(vt, "冲击钻");
	vt_expect(vt, "何强"); /* who has it */
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("all days"));
}

/* ---- closed days ---- */

TEST(a_door_that_stays_shut_moves_what_is_due, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "5", "元旦");
	struct day today = when_day(clock_now(&clock_system));
	char until[11];

	day_from_today(2, until);
	CLEANUP(mem_free)
	char *due = mem_printf("SELECT count(*) FROM loan WHERE returned_at IS NULL"
			       " AND voided_at IS NULL AND due_at >= %lld AND due_at < %lld",
		(long long)when_day_start(today), (long long)when_day_start(day_add(today, 3)));
	int64_t count = venue_integer(v, due);
	assert_true(count > 0);
	vt_keys(vt, "1");
	vt_expect(vt, _("Without notice"));
	vt_keys(vt, VT_TAB);
	venue_type(vt, until);
	vt_keys(vt, VT_TAB);
	vt_paste(vt, "台风");
	vt_expect(vt, "台风");
	vt_keys(vt, VT_TAB VT_TAB VT_TAB " ");
	vt_keys(vt, VT_F10);
	CLEANUP(mem_free)
	char *moved = mem_printf(
		ngettext("%d loan is due later", "%d loans are due later", (unsigned long)count),
		(int)count);
	vt_expect(vt, moved);
	assert_int_equal(venue_integer(v, due), 0);
	vt_expect(vt, "台风");
}

TEST(a_date_that_is_none_is_told_at_its_field, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", "5", "元旦");

	vt_keys(vt, "1");
	vt_expect(vt, _("Without notice"));
	vt_keys(vt, VT_BACKSPACE);
	vt_keys(vt, VT_TAB VT_TAB);
	vt_paste(vt, "台风");
	vt_expect(vt, "台风");
	vt_keys(vt, VT_F10);
	vt_expect(vt, "✗ ");
	CLEANUP(mem_free) char *below = vt_row(vt, 3);
	assert_non_null(strstr(below, "✗"));
}

/* ---- holds ---- */

/* A volunteer does it before the kiosk starts: two people want the only wrench. */
static void reserve(struct venue_case *v, const int *residents, int count)
{
	static const struct act by_volunteer = { .role = ROLE_VOLUNTEER };
	CLEANUP(mem_free) char *path = venue_path(v, "jiaplus.db");
	struct err err = { 0 };
	struct item item = { 0 };
	struct db *db;

	assert_ok(db_open(path, DB_OPEN, &clock_system, &db, &err), &err);
	assert_ok(item_by_number(db, WRENCH, &item, &err), &err);
	for (int i = 0; i < count; i++) {
		struct hold_request request = { .title = item.title };
		struct act act = by_volunteer;
		struct resident resident;
		int64_t hold;
		assert_ok(resident_by_number(db, residents[i], &resident, &err), &err);
		request.resident = act.resident = resident.id;
		assert_ok(hold_place(db, &act, &request, &hold, &err), &err);
	}
	item_finish(&item);
	db_close(db);
}

TEST(the_shelf_of_holds_has_slips_and_passes_a_copy_on, venue)
{
	struct venue_case *v = *state;

	reserve(v, (const int[]){ WEIHAO, HE_QIANG }, 2);
	struct vt *vt = start_at(v, "chen", "1", "黄伟豪");
	vt_expect(vt, "何强");
	CLEANUP(mem_free)
	char *summary = mem_printf(
		_("%d to be put aside  ·  %d ready  ·  %d to be put back  ·  %d waiting"), 0, 1, 0,
		1);
	vt_expect(vt, summary);
	vt_keys(vt, "2");
	vt_expect(vt, _("The pick-up slip is being printed"));
	expect_on_latest_paper(v, "黄*豪");
	expect_on_latest_paper(v, "000014");
	vt_keys(vt, "3");
	vt_expect(vt, _("Cancel this hold?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The hold is cancelled"));
	vt_expect_gone(vt, "黄伟豪");
	vt_expect(vt, "何强");
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM hold WHERE status = 'cancelled'"), 1);
}

TEST(what_is_not_wanted_any_more_is_picked_by_its_digit, venue)
{
	struct venue_case *v = *state;

	reserve(v, (const int[]){ WEIHAO }, 1);
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ .rows = 34, .cols = 120 });
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_keys(vt, "6");
	vt_expect(vt, _("What do you not want any more?"));
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("What do you not want any more?"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM hold WHERE status = 'cancelled'"), 1);
}

/* ---- reminders and labels ---- */

TEST(reminders_say_what_is_late_and_where_to_call, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 24, 80);

	vt_keys(vt, "5");
	vt_expect(vt, _("Who has it"));
	vt_keys(vt, "1");
	CLEANUP(mem_free)
	char *one = mem_printf(
		ngettext("%d reminder is being printed", "%d reminders are being printed", 1), 1);
	vt_expect(vt, one);
	expect_on_latest_paper(v, _("A friendly reminder"));
	expect_on_latest_paper(v, "活动扳手");
	expect_on_latest_paper(v, "0757-2200 0000");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM outbox"), 1);
	vt_keys(vt, "2");
	vt_expect(vt, _("A slip each, with what is overdue at this moment."));
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("A slip each, with what is overdue at this moment."));
	vt_expect(vt, _("Phone"));
	CLEANUP(mem_free)
	char *late_sql = mem_printf("SELECT count(DISTINCT resident) FROM loan"
				    " WHERE returned_at IS NULL AND voided_at IS NULL"
				    " AND due_at < %lld",
		(long long)clock_now(&clock_system));
	int64_t late = venue_integer(v, late_sql);
	assert_true(late > 0);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM outbox"), 1 + late);
}

TEST(the_command_line_draws_all_reminders_into_one_file, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *path = venue_path(v, "reminders.pdf");
	CLEANUP(mem_free) char *args = mem_printf("print reminders --to '%s'", path);
	CLEANUP(mem_free) char *said = venue_run(v, 0, args);
	CLEANUP(mem_free) char *command = mem_printf("pdftotext -layout '%s' -", path);
	CLEANUP(mem_free) char *text = output_of(command);

	assert_non_null(strstr(text, _("A friendly reminder")));
	assert_non_null(strstr(text, "活动扳手"));
	assert_null(strstr(text, "周杰"));
}

TEST(labels_are_chosen_by_category_and_number, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "chen", "3", _("Labels for which things?"));

	vt_keys(vt, VT_TAB);
	venue_type(vt, "12");
	vt_keys(vt, VT_TAB);
	venue_type(vt, "11");
	vt_keys(vt, VT_F10);
	vt_expect(vt, "✗ ");
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "6");
	vt_keys(vt, VT_F10);
	CLEANUP(mem_free)
	char *question = mem_printf(ngettext("Print %d label?", "Print %d labels?", 5), 5);
	vt_expect(vt, question);
	vt_keys(vt, "1");
	CLEANUP(mem_free)
	char *done = mem_printf(
		ngettext("%d label is being printed", "%d labels are being printed", 5), 5);
	vt_expect(vt, done);
	expect_on_latest_paper(v, "000012");
	expect_on_latest_paper(v, "000016");
}

/* The list of sizes, from the rules. */
static struct vt *start_at_sizes(struct venue_case *v, const char *staff)
{
	struct vt *vt = start_at(v, staff, "4", _("Rules for"));

	vt_keys(vt, "4");
	vt_expect(vt, "a4-24");
	return vt;
}

TEST(labels_are_printed_on_a_size_that_was_added, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_sizes(v, "zhang");

	vt_keys(vt, "1"); /* as the first one, the roll of 40 × 30 */
	vt_expect(vt, _("White inside"));
	vt_paste(vt, "大标签卷");
	vt_expect(vt, "大标签卷");
	vt_keys(vt, VT_TAB VT_BACKSPACE VT_BACKSPACE);
	venue_type(vt, "70");
	vt_keys(vt, VT_TAB VT_BACKSPACE VT_BACKSPACE);
	venue_type(vt, "52.5");
	vt_keys(vt, VT_TAB VT_BACKSPACE VT_BACKSPACE);
	venue_type(vt, "75"); /* wider than the paper */
	for (int i = 0; i < 9; i++)
		vt_keys(vt, VT_TAB);
	venue_type(vt, "big-roll");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("That many labels do not fit on the page"));
	vt_keys(vt, VT_UP VT_UP VT_BACKSPACE VT_BACKSPACE); /* it starts at their number */
	venue_type(vt, "70");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Labels are printed like that from now on"));
	vt_expect(vt, "70×52.5");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM label_size WHERE code = 'big-roll'"
					  " AND page_height = 5250 AND width = 7000"),
		1);
	CLEANUP(mem_free) char *list = venue_run(v, 0, "label list");
	assert_non_null(strstr(list, "big-roll"));
	/* It can be chosen, and its page is what it says. */
	CLEANUP(mem_free) char *path = venue_path(v, "label.pdf");
	CLEANUP(mem_free)
	char *args = mem_printf("print labels 12 --size big-roll --to '%s'", path);
	CLEANUP(mem_free) char *said = venue_run(v, 0, args);
	assert_string_equal(said, "");
	CLEANUP(mem_free) char *unknown = venue_run(v, 1, "print labels 12 --size huge");
	assert_non_null(strstr(unknown, "huge"));
}

TEST(a_volunteer_does_not_change_the_sizes, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at_sizes(v, "chen");
	int64_t before = venue_integer(v, "SELECT count(*) FROM label_size");

	vt_keys(vt, "2");
	vt_expect(vt, _("Take this size out of the list?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("It was not done"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM label_size"), before);
}

/* The text of a suspension before its day; the caller's. */
static char *suspension_words(void)
{
	const char *whole = _("Borrowing rests until %1$s, because of a late return");

	return mem_text_n(whole, (size_t)(strstr(whole, "%1$s") - whole));
}

TEST(what_the_house_has_decided_is_changed_and_holds, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "zhang", VT_F8, _("As it is"));

	vt_keys(vt, VT_ENTER); /* how long the screen waits */
	vt_expect(vt, "30 – 3600");
	vt_keys(vt, VT_BACKSPACE VT_BACKSPACE VT_BACKSPACE);
	venue_type(vt, "5");
	vt_keys(vt, VT_F10);
	vt_expect(vt, "✗");
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "300");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("It is so from now on"));
	CLEANUP(mem_free) char *seconds = mem_printf(_("%s seconds"), "300");
	vt_expect(vt, seconds);
	vt_keys(vt, VT_DOWN VT_DOWN VT_ENTER); /* whether a receipt is printed */
	vt_expect(vt, _("From now on"));
	vt_keys(vt, VT_RIGHT VT_F10);
	vt_expect_gone(vt, _("From now on"));
	vt_expect(vt, _("It is so from now on"));
	CLEANUP(mem_free) char *list = venue_run(v, 0, "setting list");
	assert_non_null(strstr(list, "300"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM setting WHERE name = 'receipt_auto'"
					  " AND value = 'no'"),
		1);
}

TEST(the_house_gets_its_phone_and_hours, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "admin", VT_F8, _("As it is"));

	vt_keys(vt, "1");
	vt_expect(vt, _("Name of the house"));
	vt_keys(vt, VT_DOWN VT_DOWN VT_END);
	venue_type(vt, "9");
	vt_keys(vt, VT_DOWN VT_DOWN VT_DOWN VT_END);
	venue_type(vt, "x");
	vt_keys(vt, VT_F10);
	vt_expect(vt, "✗"); /* neither of the two was kept */
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM site WHERE phone LIKE '%9'"), 0);
	vt_keys(vt, VT_BACKSPACE);
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("It is so from now on"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM site WHERE phone LIKE '%9'"), 1);
}

TEST(a_member_of_staff_is_added_and_gets_a_pin_that_is_shown_once, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "admin", VT_F6, _("Proves it by"));

	vt_keys(vt, "1");
	vt_expect(vt, _("New member of staff"));
	vt_paste(vt, "麦凤仪");
	vt_expect(vt, "麦凤仪");
	vt_keys(vt, VT_DOWN);
	venue_type(vt, "mai");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Now give them a PIN"));
	assert_int_equal(venue_integer(v, "SELECT role FROM staff WHERE code = 'mai'"), 2);
	/* Sorted by rights, then code: the new one comes after huang and liang. */
	vt_expect(vt, _("no PIN yet"));
	vt_keys(vt, VT_HOME VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN "2");
	CLEANUP(mem_free)
	char *shown = mem_text_n(_("The PIN is %s. It is shown only now: let them write it down or"
				   " learn it."),
		strlen("PIN 是 "));
	vt_expect(vt, shown);
	vt_expect(vt, "麦凤仪");
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, shown);
	vt_expect_gone(vt, _("no PIN yet"));
	vt_keys(vt, "3");
	vt_expect(vt, _("PIN and code work no more. What they did stays as it is."));
	vt_keys(vt, "1");
	vt_expect(vt, _("Works at the counter no more"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM staff WHERE code = 'mai' AND left_at > 0"),
		1);
}

TEST(a_volunteer_does_not_find_the_settings, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_at(v, "chen", "4", _("Lending rules"));

	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Holds shelf"));
	assert_false(vt_has(vt, _("Settings")));
}

TEST(a_late_return_keeps_from_borrowing_and_the_page_says_so, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *words = suspension_words();
	CLEANUP(mem_free)
	char *strict = mem_printf(
		"sqlite3 '%s/jiaplus.db' \"UPDATE rule SET suspend_days = 2,"
		" suspend_cap = 14, grace_days = 0 WHERE resident_category IS NULL AND category ="
		" (SELECT id FROM category WHERE code = 'tool')\"",
		venue_dir(v));

	assert_int_equal(system(strict), 0);
	struct vt *vt = venue_start_as(v, "chen", 24, 80);
	vt_scan(vt, venue_label(v, LATE_WRENCH));
	vt_expect(vt, _("Returned"));
	vt_scan(vt, venue_card(v, LATE_BORROWER));
	vt_expect(vt, _("Finish and print"));
	vt_expect(vt, words);
	vt_scan(vt, venue_label(v, OTHER_WRENCH));
	vt_expect(vt, _("Lend all the same"));
	vt_expect(vt, _("Come back after that, or ask a volunteer"));
	vt_keys(vt, "8");
	vt_expect(vt, _("Card lost"));
	vt_expect(vt, words);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
