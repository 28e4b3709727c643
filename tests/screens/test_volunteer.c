/* Volunteer mode, in the real program: logging in, the desk, papers; by keyboard alone, read from
 * the screen. */
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/store/act_reasons.h"
#include "tests/lib/test.h"
#include "tests/screens/fingers.h"

/* ---- logging in ---- */

TEST(card_and_pin_open_volunteer_mode, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 24, 80);

	vt_expect(vt, "陈丽芳");
	vt_expect(vt, words_role(ROLE_VOLUNTEER));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Leave volunteer mode?"));
	vt_keys(vt, VT_ENTER); /* the harmless answer */
	vt_expect_gone(vt, _("Leave volunteer mode?"));
	vt_expect(vt, "陈丽芳");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Leave volunteer mode?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("On duty today"));
	vt_keys(vt, VT_F7);
	vt_keys(vt, "0");
	vt_expect(vt, _("Type the number on the label"));
	assert_false(vt_has(vt, _("type to search")));
}

TEST(a_volunteers_card_needs_the_pin_as_well, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("This is not a volunteer's card"));
	vt_scan(vt, venue_card(v, COORDINATOR));
	vt_expect(vt, "张慧琳");
	assert_false(vt_has(vt, _("Backdate")));
	give_pin(v, vt, venue_pin(v, "zhang"));
	vt_expect(vt, _("Backdate"));
	vt_expect(vt, words_role(ROLE_COORDINATOR));
}

/* Codes can be read off any list: if one were enough to be asked for a PIN, anybody could lock
 * everybody out. */
TEST(a_staff_code_without_a_card_takes_no_pin, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Scan your card"));
	type(vt, "chen");
	vt_keys(vt, VT_ENTER);
	type(vt, "270413");
	vt_keys(vt, VT_ENTER);
	vt_settle(vt);
	vt_expect(vt, _("Scan your card"));
	assert_false(vt_has(vt, "陈丽芳"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM lockout"), 0);
}

#define REST_US 2000000

/* A wrong PIN, reported with these words; then the machine waits two seconds before it takes the
 * next one. */
static void give_wrong_pin(struct venue_case *v, struct vt *vt, const char *words)
{
	int64_t from = clock_us();

	give_pin(v, vt, "000000");
	vt_expect(vt, words);
	vt_expect(vt, _("Type the six digits of your PIN, then press Enter"));
	assert_true(clock_us() - from >= REST_US);
}

TEST(wrong_pins_slow_the_machine_and_lock_the_card_alone_that_they_were_for, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	venue_show_staff_card(v, vt, "chen");
	for (int left = LOCKOUT_TRIES - 1; left > 0; left--) {
		struct reason reason = REASON(PIN_WRONG, .n1 = left);
		CLEANUP(mem_free) char *words = words_reason(&reason, 0);
		give_wrong_pin(v, vt, words);
	}
	struct reason locked = REASON(PIN_LOCKED, .n1 = 0);
	CLEANUP(mem_free) char *words = words_reason(&locked, 0);
	CLEANUP(mem_free) char *start = mem_text_n(words, 3 * 6);
	give_wrong_pin(v, vt, start);
	give_pin(v, vt, venue_pin(v, "chen"));
	vt_expect(vt, start);
	assert_false(vt_has(vt, _("Backdate")));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Scan your card"));
	/* Everybody else gets in and hears of it, and an administrator ends it. */
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("On duty today"));
	venue_log_in(v, vt, "admin");
	CLEANUP(mem_free)
	char *told =
		mem_printf(ngettext("%d wrong PIN was typed here since somebody last got in.",
				   "%d wrong PINs were typed here since somebody last got in.", 5),
			5);
	vt_expect(vt, told);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM lockout"), 1);
}

TEST(the_rest_after_a_wrong_pin_is_not_left_by_leaving_the_screen, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });
	struct reason reason = REASON(PIN_WRONG, .n1 = LOCKOUT_TRIES - 1);
	CLEANUP(mem_free) char *words = words_reason(&reason, 0);

	venue_show_staff_card(v, vt, "chen");
	int64_t from = clock_us();
	give_pin(v, vt, "000000");
	vt_expect(vt, words);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Scan your card"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("On duty today"));
	venue_show_staff_card(v, vt, "chen");
	/* Redrawn without a key when it is over. */
	vt_expect(vt, _("Type the six digits of your PIN, then press Enter"));
	assert_true(clock_us() - from >= REST_US);
	give_pin(v, vt, venue_pin(v, "chen"));
	vt_expect(vt, _("Backdate"));
}

TEST(an_administrator_ends_a_lockout_on_the_page_of_staff, venue)
{
	struct venue_case *v = *state;

	venue_change(v, "INSERT INTO lockout SELECT id, 'card', 0, 3, 3600000, 0, 'another boot'"
			" FROM staff WHERE code = 'chen'");
	struct vt *vt = start_as(v, "admin", 34, 120);
	vt_keys(vt, "9");
	vt_expect(vt, _("More"));
	vt_keys(vt, VT_F6);
	vt_expect(vt, _("Proves it by"));
	CLEANUP(mem_free) char *locked = mem_printf(_("locked until %s"), "");
	vt_expect(vt, locked);
	for (int i = 0; i < 12 && !vt_has(vt, _("Unlock")); i++) {
		vt_keys(vt, VT_DOWN);
		vt_settle(vt);
	}
	vt_keys(vt, "5");
	vt_expect(vt, _("PINs are taken again"));
	assert_false(vt_has(vt, locked));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM lockout"), 0);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM journal WHERE kind = 'staff.unlock'"), 1);
}

TEST(a_new_staff_card_is_asked_for_twice_and_ends_the_old_one, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "admin", 24, 80);

	vt_keys(vt, "9");
	vt_expect(vt, _("Holds shelf"));
	vt_keys(vt, VT_F6);
	vt_expect(vt, _("Proves it by"));
	vt_keys(vt, VT_HOME "4");
	vt_expect(vt, _("The card that they have works no more from then on."));
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("The card that they have works no more from then on."));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM staff_card"), 1);
	vt_keys(vt, "4");
	vt_expect(vt, _("The card that they have works no more from then on."));
	vt_keys(vt, "1");
	vt_expect(vt, _("A new staff card is being printed"));
	venue_back(vt);
	vt_keys(vt, "0");
	vt_expect(vt, _("On duty today"));
	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, "admin"));
	expect_reason(vt, REASON_CARD_REVOKED);
}

TEST(a_staff_card_opens_no_visit, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_scan(vt, venue_staff_card(v, "admin"));
	expect_reason(vt, REASON_STAFF_CARD_ONLY);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 0);
}

TEST(esc_goes_back_one_step_and_forgets_the_pin, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	venue_show_staff_card(v, vt, "chen");
	type(vt, "12");
	vt_expect(vt, "●  ●  ○");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Scan your card"));
	vt_scan(vt, venue_staff_card(v, "chen"));
	vt_expect(vt, "○  ○  ○  ○  ○  ○");
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Scan your card"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("On duty today"));
}

/* ---- the desk ---- */

TEST(a_rule_is_broken_by_name_and_with_a_reason, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, METER));
	vt_expect(vt, "000025");
	vt_scan(vt, venue_label(v, METER_2));
	vt_expect(vt, _("Lend all the same"));
	vt_keys(vt, "7");
	vt_expect(vt, _("Lend it all the same"));
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("Lend it all the same"));
	vt_expect(vt, "✓ ");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM loan WHERE is_override = 1"
					  " AND visit IS NOT NULL"),
		1);
}

TEST(what_happened_earlier_is_entered_as_of_then, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	vt_keys(vt, "7");
	vt_expect(vt, _("When did it happen?"));
	vt_keys(vt, VT_BACKSPACE VT_BACKSPACE VT_BACKSPACE VT_BACKSPACE);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Write it as 2026-11-21"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("What you have written is not saved."));
	vt_keys(vt, "1");
	vt_expect_gone(vt, _("When did it happen?"));
	vt_keys(vt, "7");
	vt_expect(vt, _("When did it happen?"));
	/* Yesterday at this time would be ambiguous around midnight: so an hour long past. */
	vt_keys(vt, VT_HOME VT_DELETE VT_DELETE VT_DELETE VT_DELETE);
	type(vt, "2026");
	vt_keys(vt, VT_END VT_BACKSPACE VT_BACKSPACE VT_BACKSPACE VT_BACKSPACE VT_BACKSPACE);
	type(vt, "09-01");
	vt_expect(vt, "2026-09-01");
	vt_keys(vt, VT_DOWN VT_DOWN);
	vt_keys(vt, VT_ENTER);
	expect_reason(vt, REASON_WHY_NEEDED);
	pick(vt, "guzhang", "故障");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "9月1日");
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	vt_keys(vt, VT_F9);
	vt_expect(vt, _("Backdate"));
	vt_keys(vt, "7");
	vt_expect(vt, _("Back to now"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Things count as they happen again"));
	assert_false(vt_has(vt, "9月1日"));
}

TEST(papers_are_listed_and_printed_again, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start(v);

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Backdate"));
	vt_keys(vt, VT_F8);
	vt_expect(vt, _("Receipt"));
	vt_expect(vt, _("printed"));
	vt_expect(vt, _("All printers are ready."));
	vt_keys(vt, "4");
	vt_expect(vt, _("Another copy is being printed"));
	CLEANUP(mem_free) char *again = mem_printf(_("%s (again)"), _("Receipt"));
	vt_expect(vt, again);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM outbox WHERE is_reprint = 1"), 1);
}

TEST(a_paper_that_cannot_be_printed_says_why_and_can_be_cancelled, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(
		v, &(struct venue_kiosk){
			   .conf = "[receipt]\nmode = raw\nqueue = /dev/nowhere/lp0\n" });

	venue_log_in(v, vt, "chen");
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄*豪");
	vt_scan(vt, venue_label(v, WRENCH));
	vt_expect(vt, "000014");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Backdate"));
	vt_keys(vt, VT_F8);
	vt_expect(vt, _("Receipt"));
	vt_expect(vt, _("Cancel"));
	vt_keys(vt, "5");
	vt_expect(vt, _("cancelled"));
}

TEST(what_is_out_is_listed_the_overdue_first, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 24, 80);

	vt_keys(vt, "5");
	vt_expect(vt, _("Who has it"));
	CLEANUP(mem_free) char *first = vt_row(vt, 5);
	assert_non_null(strstr(first, "!"));
	vt_keys(vt, VT_TAB);
	vt_expect(vt, _("Print a label"));
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Phone"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Serve"));
}

/* Small, wide, high: nobody reads what is drawn then; after that the text is back where it was. */
static void squeeze(struct vt *vt, const char *text)
{
	static const int sizes[][2] = { { 1, 1 }, { 3, 200 }, { 60, 10 }, { 12, 40 }, { 50, 160 } };

	vt_expect(vt, text);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		vt_settle(vt);
	}
	vt_resize(vt, 24, 80);
	vt_expect(vt, text);
}

TEST(every_screen_survives_any_size, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen", 24, 80);
	static const struct {
		const char *key, *text;
	} steps[] = {
		{ "1", N_("type to search") },
		{ VT_ENTER, N_("Serve") },
		{ "6", N_("A message for the next visit") },
		{ VT_ESC, N_("Serve") },
		{ "3", N_("Print a new card") },
		{ "1", N_("✓ A new card") },
		{ VT_ESC, N_("Serve") },
		{ "2", N_("What is kept of this person") },
		{ VT_ESC, N_("Serve") },
		{ VT_F2, N_("All categories") },
		{ VT_ENTER, N_("Condition") },
		{ "2", N_("What is its condition now?") },
		{ VT_ESC, N_("Condition") },
		{ VT_F8, N_("All printers are ready.") },
		{ VT_F9, N_("Backdate") },
		{ "2", N_("A new resident") },
		{ VT_ESC, N_("Backdate") },
		{ "3", N_("What comes to the shelf?") },
		{ VT_ESC, N_("Backdate") },
		{ "5", N_("Who has it") },
		{ VT_ESC, N_("Backdate") },
		{ "7", N_("When did it happen?") },
		{ VT_ESC, N_("Backdate") },
		{ "0", N_("On duty today") },
		{ VT_F9, N_("Scan your card") },
	};

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		vt_keys(vt, steps[i].key);
		squeeze(vt, _(steps[i].text));
	}
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
