/* Points in the real program: earned by a rule with a preview, seen by the resident, spent on a
 * voucher with its slip, taken back by a volunteer. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "core/people/message.h"
#include "core/points/reasons.h"
#include "core/words.h"
#include "core/words_message.h"
#include "core/words_points.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

/* Of the demo venue. */
enum {
	HUANG = 2, /* has 96 points */
	LIFANG = 1,
	WEIHAO = 11,
};

static void type(struct vt *vt, const char *text)
{
	vt_type(vt, text);
}

static struct vt *start_as(struct venue_case *v, const char *code)
{
	return venue_start_as(v, code, 0, 0);
}

/* The same followed by the coordinator's name and PIN; the caller's. */
static char *with_staff(struct venue_case *v, const char *args)
{
	return mem_printf("%s --as zhang --pin-file %s/pins/zhang.pin", args, venue_dir(v));
}

static int64_t balance(struct venue_case *v, int number)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT balance FROM account JOIN resident"
			       " ON resident.id = account.resident WHERE number = %d",
		number);

	return venue_integer(v, sql);
}

/* The reward's number on the screen, from its row: 1–9. */
static void choose(struct vt *vt, const char *digit, const char *name)
{
	vt_expect(vt, name);
	vt_keys(vt, digit);
}

TEST(points_are_given_by_a_rule_after_a_preview, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "zhang");
	int64_t before = balance(v, HUANG);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "1");
	vt_expect(vt, _("By which rule"));
	type(vt, "2");
	vt_keys(vt, VT_TAB);
	type(vt, "6"); /* the sixth: 探访独居老人 */
	vt_expect(vt, "探访独居老人");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Give these points?"));
	vt_expect(vt, "黄敏");
	assert_int_equal(balance(v, HUANG), before);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Given"));
	assert_int_equal(balance(v, HUANG), before + 15);
}

TEST(what_a_volunteer_may_not_approve_waits_for_the_coordinator, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen");
	int64_t before = balance(v, HUANG);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "1");
	vt_expect(vt, _("By which rule"));
	type(vt, "2");
	vt_keys(vt, VT_TAB);
	type(vt, "6");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Give these points?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("It waits for the coordinator"));
	vt_expect(vt, _("to be approved"));
	assert_int_equal(balance(v, HUANG), before);
}

TEST(earn_see_redeem_voucher_undo, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "chen");
	int64_t before = balance(v, HUANG);

	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "3");
	vt_expect(vt, _("To be had for points"));
	vt_expect(vt, _("earned by service"));
	/* The cheapest first: the sixth is the merchant's voucher. */
	choose(vt, "6", "祥记面馆 10 元代金券");
	vt_expect(vt, _("Redeem this?"));
	assert_int_equal(balance(v, HUANG), before);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Redeemed"));
	assert_int_equal(balance(v, HUANG), before - 50);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM voucher WHERE used_at IS NULL"), 1);
	assert_int_equal(venue_integer(v, "SELECT instr(sheet, 'J1G') > 0 FROM outbox"
					  " WHERE purpose = 'receipt' ORDER BY id DESC LIMIT 1"),
		1);
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("What was paid is back. Take the slip back, please."));
	assert_int_equal(balance(v, HUANG), before);
}

TEST(who_has_too_few_points_is_told_so, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start(v, &(struct venue_kiosk){ 0 });

	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "3");
	vt_expect(vt, _("No roll of honour"));
	choose(vt, "1", "书法课一节");
	vt_expect(vt, _("A shift, an activity or a donation earns more"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Leave your name off the roll of honour?"));
	vt_keys(vt, VT_ENTER); /* the harmless answer */
	vt_expect_gone(vt, _("Leave your name off the roll of honour?"));
	vt_expect(vt, _("No roll of honour"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Leave my name off"));
	vt_keys(vt, "1");
	vt_expect(vt, _("You stand on no roll of honour from now on"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM redemption"), 0);
	assert_int_equal(venue_integer(v, "SELECT sum(is_unranked) FROM points_person"), 1);
}

TEST(a_rule_is_changed_and_holds_from_then_on, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = start_as(v, "zhang");

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "2");
	vt_expect(vt, "值班服务");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Who pays"));
	for (int i = 0; i < 4; i++)
		vt_keys(vt, VT_TAB);
	type(vt, "5"); /* 10 → 105 */
	vt_expect(vt, "105");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("The rule holds from now on"));
	assert_int_equal(venue_integer(v, "SELECT points FROM earn_rule WHERE code = 'duty'"
					  " AND ended_at IS NULL"),
		105);
}

/* The page of Huang's points, from a visit in volunteer mode. */
static void open_account(struct venue_case *v, struct vt *vt)
{
	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "8");
	vt_expect(vt, _("Card lost"));
	vt_keys(vt, "9");
	vt_expect(vt, _("Put right"));
}

/* Points by hand, whatever the preview says; `began` NULL: at no particular time. */
struct by_hand {
	const char *resident, *rule, *number, *began;
};
static void give_by_hand(struct vt *vt, const struct by_hand *what)
{
	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "1");
	vt_expect(vt, _("By which rule"));
	type(vt, what->resident);
	vt_keys(vt, VT_TAB);
	type(vt, what->rule);
	vt_keys(vt, VT_TAB);
	type(vt, what->number);
	vt_keys(vt, VT_TAB);
	if (what->began)
		type(vt, what->began);
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Give these points?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Given"));
	vt_expect_gone(vt, _("Give these points?"));
}

static char *large_posting(struct venue_case *v)
{
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");

	return mem_printf(
		"points post issue %d 5000 --why 补录 --as zhang --pin-file %s", HUANG, pin);
}

TEST(a_small_mistake_is_put_right_by_one_person, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);
	int64_t before = balance(v, HUANG);

	/* 探访独居老人 pays 15. */
	give_by_hand(vt, &(struct by_hand){ "2", "6", "1", NULL });
	open_account(v, vt);
	vt_expect(vt, "+15");
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Put this line right? Why?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Put right: the points are back where they were"));
	vt_expect(vt, _("taken back"));
	assert_int_equal(balance(v, HUANG), before);
}

TEST(who_cannot_serve_gets_rewards_without_it, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);

	open_account(v, vt);
	vt_keys(vt, VT_TAB);
	vt_expect(vt, _("Rewards without service first? Why?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("Rewards can be had without service first"));
	vt_expect(vt, _("rewards without service first"));
	assert_int_equal(venue_integer(v, "SELECT sum(is_exempt) FROM points_person"), 1);
	vt_keys(vt, VT_TAB);
	vt_expect(vt, _("Service comes first again"));
	assert_int_equal(venue_integer(v, "SELECT sum(is_exempt) FROM points_person"), 0);
}

TEST(a_large_one_waits_for_a_second_person, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);
	const struct reason second = REASON(SECOND_PERSON);
	CLEANUP(mem_free) char *refusal = words_reason(&second, 0);
	CLEANUP(mem_free) char *posting = large_posting(v);
	int64_t before = balance(v, HUANG);

	free(venue_run(v, 0, posting));
	assert_int_equal(balance(v, HUANG), before + 5000);
	open_account(v, vt);
	vt_expect(vt, "+5000");
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Put this line right? Why?"));
	vt_keys(vt, "2");
	vt_expect(vt, _("It waits for a second person, behind F5"));
	assert_int_equal(balance(v, HUANG), before + 5000);
	/* Whoever asked cannot also be the second person. */
	vt_keys(vt, VT_F5);
	vt_expect(vt, _("to be taken back"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, refusal);
	assert_int_equal(balance(v, HUANG), before + 5000);
	venue_stop(v);
	vt = venue_start_as(v, "admin", 24, 80);
	vt_keys(vt, VT_F5);
	vt_expect(vt, _("to be taken back"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Done: the points have moved"));
	assert_int_equal(balance(v, HUANG), before);
}

/* 值班服务: 10 per hour, half as much again from 22:00. */
TEST(minutes_at_night_weigh_as_the_rule_says, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", 24, 80);
	int64_t before = balance(v, WEIHAO);

	give_by_hand(vt, &(struct by_hand){ "11", "1", "120", "21:00" });
	/* Two hours by day are worth 20; on a holiday the evening also weighs more. */
	assert_true(balance(v, WEIHAO) - before >= 25);
}

TEST(a_group_gets_the_same_card_by_card, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", 24, 80);
	int64_t before = balance(v, HUANG);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "0");
	vt_expect(vt, _("Scan cards"));
	vt_expect(vt, "参加公益活动"); /* 5 points each time */
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Scan the first card."));
	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, "黄敏");
	vt_scan(vt, venue_card(v, WEIHAO));
	vt_expect(vt, "黄伟豪");
	assert_int_equal(balance(v, HUANG), before + 5);
	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("has them already; nothing was given again"));
	vt_keys(vt, "0");
	vt_expect(vt, _("How many?"));
	type(vt, "3");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "何耀祯");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("Nothing waits for a decision."));
	assert_int_equal(balance(v, HUANG), before + 5);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM earning JOIN earn_rule"
					  " ON earn_rule.id = rule WHERE source = 'activity'"
					  " AND service_hours IS NULL AND status = 'posted'"),
		3);
}

TEST(somebody_is_honoured_with_a_certificate_in_the_name_they_wish, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *earn = with_staff(v, "points earn 2 visit 1 --why 探访");
	free(venue_run(v, 0, earn));
	struct vt *vt = start_as(v, "zhang");

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "4");
	vt_expect(vt, _("Nobody stands here yet."));
	vt_keys(vt, VT_TAB);
	vt_expect(vt, "黄敏");
	vt_keys(vt, "1");
	vt_expect(vt, _("The name on the certificate, as the person wishes it"));
	vt_keys(vt, "1");
	vt_expect(vt, _("The certificate is being printed"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM certificate WHERE year > 2000"), 1);
	assert_int_equal(venue_integer(v, "SELECT instr(sheet, 'J1H') > 0 FROM outbox"
					  " WHERE purpose = 'office-a4' ORDER BY id DESC LIMIT 1"),
		1);
	vt_keys(vt, "2");
	vt_expect_gone(vt, _("The certificate is being printed"));
	vt_expect(vt, _("It is being printed"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE title = 'year honours'"), 1);
	CLEANUP(mem_free) char *certified = venue_run(v, 0, "points certified 1 --json");
	assert_non_null(strstr(certified, "\"number\": 1"));
}

TEST(stars_are_listed_as_a_table_for_spreadsheets, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *earn = with_staff(v, "points earn 2 visit 1 --why 探访");
	free(venue_run(v, 0, earn));
	struct day today = when_day(clock_now(&clock_system));
	CLEANUP(mem_free) char *args = mem_printf("points honours --year %d --csv", today.year);
	CLEANUP(mem_free) char *csv = venue_run(v, 0, args);

	assert_memory_equal(csv, "\xEF\xBB\xBF\"", 4);
	assert_non_null(strstr(csv, ",2,\"黄敏\",0,"));
}

/* Enter on the line `down` from the first; that many points. */
static void give_to(struct vt *vt, int down, const char *points)
{
	vt_keys(vt, VT_HOME);
	for (int i = 0; i < down; i++)
		vt_keys(vt, VT_DOWN);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("How many?"));
	type(vt, points);
	vt_keys(vt, VT_ENTER);
	vt_expect_gone(vt, _("How many?"));
}

TEST(points_are_given_to_registered_kin_and_to_the_pool, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *earn = with_staff(v, "points earn 2 visit 2 --why 探访");
	free(venue_run(v, 0, earn));
	struct vt *vt = start_as(v, "chen");
	int64_t own = balance(v, HUANG), theirs = balance(v, LIFANG);

	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "3");
	vt_expect(vt, _("Points to spend"));
	vt_keys(vt, "8");
	vt_expect(vt, _("The pool for everybody"));
	vt_keys(vt, "+");
	vt_expect(vt, _("Who is it?"));
	type(vt, "clf"); /* 陈丽芳 */
	vt_expect(vt, "陈丽芳");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("They may give each other points from now on"));
	give_to(vt, 0, "5");
	CLEANUP(mem_free) char *five = words_points(5);
	CLEANUP(mem_free) char *given = mem_printf(_("%s given"), five);
	vt_expect(vt, given);
	assert_int_equal(balance(v, HUANG), own - 5);
	assert_int_equal(balance(v, LIFANG), theirs + 5);
	give_to(vt, 1, "999999");
	vt_expect_gone(vt, given);
	assert_int_equal(balance(v, HUANG), own - 5);
	give_to(vt, 1, "7");
	CLEANUP(mem_free) char *seven = words_points(7);
	CLEANUP(mem_free) char *donated = mem_printf(_("%s given"), seven);
	vt_expect(vt, donated);
	assert_int_equal(balance(v, HUANG), own - 12);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM entry JOIN account"
					  " ON account.id = entry.account"
					  " WHERE system = 'pool' AND amount = 7"),
		1);
}

/* Runs the verb as the coordinator. */
static void run_as_staff(struct venue_case *v, const char *args)
{
	CLEANUP(mem_free) char *line = with_staff(v, args);

	free(venue_run(v, 0, line));
}

/* The notice as it reads: that many points, until that day. The caller's. */
static char *notice_of(int64_t points, int64_t start_at)
{
	const struct message m = { .kind = MESSAGE_POINTS_EXPIRE,
		.about = (char *)"",
		.points = points,
		.start_at = start_at };

	return words_message(&m, clock_now(&clock_system));
}

TEST(points_that_expire_are_told_until_they_are_spent, venue)
{
	struct venue_case *v = *state;

	run_as_staff(v, "setting set points_months 1");
	run_as_staff(v, "setting set points_notice_days 365");
	run_as_staff(v, "points post issue 2 30 --why 补录");
	run_as_staff(v, "points expire");
	run_as_staff(v, "points expire");
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM message"
					  " WHERE kind = 'points_expire'"),
		1);
	run_as_staff(v, "points post 2 redeemed 12 --why 兑换");
	/* The day that the notice's own 365 days give, not the points' expiry month. */
	int64_t last = when_day_start(day_add(when_day(clock_now(&clock_system)), 365));
	CLEANUP(mem_free) char *notice = notice_of(18, last);
	struct vt *vt = start_as(v, "zhang");
	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	vt_expect(vt, notice);
	vt_keys(vt, "8");
	vt_expect(vt, _("Card lost"));
	vt_expect(vt, notice);
	venue_stop(v);
	run_as_staff(v, "points post 2 redeemed 18 --why 兑换");
	vt = start_as(v, "zhang");
	vt_scan(vt, venue_card(v, HUANG));
	vt_expect(vt, _("Finish and print"));
	assert_false(vt_has(vt, " ! "));
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)
