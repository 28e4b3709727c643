/* What points buy, at 80 × 24: the coordinator's list and form, redeeming, vouchers, and taking
 * back. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reason.h"
#include "core/base/reasons.h"
#include "core/words.h"
#include "core/words_points.h"
#include "tests/lib/test.h"
#include "tests/lib/venue.h"
#include "tui/i18n.h"

enum { ROWS = 24, COLS = 80 };

/* Of the demo venue: somebody with some hundred points, and the rewards' places in the list. */
enum { HUANG = 2 };
#define TOWEL   "3"
#define NOODLES "6"
#define TOOLKIT VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_DOWN VT_ENTER

static void tab(struct vt *vt, int times)
{
	for (int i = 0; i < times; i++)
		vt_keys(vt, VT_TAB);
}

static struct vt *open_rewards(struct venue_case *v, const char *code)
{
	struct vt *vt = venue_start_as(v, code, ROWS, COLS);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "7");
	vt_expect(vt, _("New reward"));
	return vt;
}

TEST(a_coordinator_adds_a_reward_and_changes_its_price, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "zhang");

	vt_keys(vt, "+");
	vt_expect(vt, _("or of the catalogue"));
	vt_paste(vt, "食用油 1 升");
	tab(vt, 2);
	venue_type(vt, "80");
	tab(vt, 1);
	venue_type(vt, "40");
	tab(vt, 1);
	venue_type(vt, "9");
	tab(vt, 3);
	venue_type(vt, "1.5");
	tab(vt, 3);
	venue_type(vt, "oil");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("holds like this from now on"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM reward WHERE code = 'oil'"
					  " AND points = 80 AND fen = 4000 AND stock = 9"
					  " AND service_minutes = 90"),
		1);
	/* The second dearest in points: the list starts from the cheapest. */
	vt_keys(vt, VT_END);
	vt_keys(vt, VT_UP);
	vt_expect(vt, "食用油 1 升  ");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("or of the catalogue"));
	tab(vt, 2);
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "5");
	tab(vt, 2);
	vt_keys(vt, VT_BACKSPACE);
	venue_type(vt, "7");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("New reward"));
	vt_expect_gone(vt, _("or of the catalogue"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM reward WHERE code = 'oil'"
					  " AND points = 85 AND stock = 7"),
		1);
}

TEST(what_is_wrong_stands_at_its_field, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "zhang");
	const struct reason taken = REASON_TEXT(NAME_EXISTS, "rice");
	CLEANUP(mem_free) char *why = words_reason(&taken, 0);

	vt_keys(vt, "+");
	vt_expect(vt, _("or of the catalogue"));
	vt_paste(vt, "大米 10 斤");
	tab(vt, 2);
	venue_type(vt, "110");
	tab(vt, 8);
	venue_type(vt, "rice");
	vt_keys(vt, VT_F10);
	vt_expect(vt, why);
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM reward WHERE points = 110"), 0);
	assert_int_equal(venue_integer(v, "SELECT points FROM reward WHERE code = 'rice'"), 60);
}

TEST(a_reward_is_ended_and_given_again_and_counted, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "zhang");

	/* The third: towels, 30 of them. */
	vt_keys(vt, VT_DOWN);
	vt_keys(vt, VT_DOWN);
	vt_expect(vt, _("Count"));
	vt_keys(vt, "1");
	vt_expect(vt, _("How many?"));
	venue_type(vt, "28");
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "毛巾一条  ");
	vt_expect_gone(vt, _("How many?"));
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"), 28);
	vt_keys(vt, VT_DELETE);
	vt_keys(vt, VT_END);
	vt_expect(vt, _("not given now"));
	assert_int_equal(venue_integer(v, "SELECT ended_at IS NULL FROM reward"
					  " WHERE code = 'towel'"),
		0);
	vt_keys(vt, VT_DELETE);
	vt_expect_gone(vt, _("not given now"));
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"
					  " AND ended_at IS NULL"),
		28);
}

TEST(a_volunteer_counts_but_changes_no_price, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = open_rewards(v, "chen");

	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("or of the catalogue"));
	tab(vt, 2);
	venue_type(vt, "0");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("coordinator"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM journal"
					  " WHERE kind = 'reward.set' AND actor ="
					  " (SELECT id FROM staff WHERE code = 'chen')"),
		0);
}

/* The visitor's points in volunteer mode, at the reward on that line. */
static void open_reward(struct venue_case *v, struct vt *vt, int resident, const char *keys)
{
	vt_scan(vt, venue_card(v, resident));
	vt_expect(vt, _("Finish and print"));
	vt_keys(vt, "3");
	vt_expect(vt, _("No roll of honour"));
	vt_keys(vt, keys);
	vt_expect(vt, _("Redeem this?"));
}

static int64_t balance(struct venue_case *v, int number)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT balance FROM account JOIN resident"
			       " ON resident.id = account.resident WHERE number = %d",
		number);

	return venue_integer(v, sql);
}

TEST(several_pieces_are_had_at_once_and_taken_back_with_the_stock, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);
	int64_t before = balance(v, HUANG);

	open_reward(v, vt, HUANG, TOWEL);
	vt_keys(vt, "3"); /* two a month are allowed */
	vt_expect(vt, _("Give it all the same"));
	vt_keys(vt, VT_DOWN);
	vt_expect_gone(vt, _("Give it all the same"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Redeemed"));
	vt_expect_gone(vt, _("Redeem this?"));
	assert_int_equal(balance(v, HUANG), before - 40);
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"), 28);
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("What was paid is back. Take the slip back, please."));
	assert_int_equal(balance(v, HUANG), before);
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"), 30);
}

TEST(a_limit_is_set_aside_by_a_volunteer_with_a_reason, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);

	open_reward(v, vt, HUANG, TOWEL);
	vt_keys(vt, "3");
	vt_expect(vt, _("Give it all the same"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("A special need"));
	vt_keys(vt, "2");
	vt_expect(vt, _("Redeemed"));
	vt_expect_gone(vt, _("A special need"));
	assert_int_equal(venue_integer(v, "SELECT count FROM redemption"), 3);
}

TEST(yuan_go_to_the_fund_and_back_with_a_word_of_why, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);
	/* The remaining points are shown while they pay. */
	CLEANUP(mem_free) char *left = words_points(balance(v, HUANG) - 200);

	open_reward(v, vt, HUANG, TOOLKIT);
	vt_expect(vt, left);
	vt_keys(vt, "0");
	vt_expect_gone(vt, left);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Redeemed"));
	vt_expect_gone(vt, _("Redeem this?"));
	assert_int_equal(
		venue_integer(v, "SELECT balance FROM fund_line ORDER BY id DESC LIMIT 1"), 20000);
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'toolkit'"), 5);
	vt_keys(vt, VT_BACKSPACE);
	vt_expect(vt, _("Take it back? Why?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("What was paid is back. Take the slip back, please."));
	assert_int_equal(
		venue_integer(v, "SELECT balance FROM fund_line ORDER BY id DESC LIMIT 1"), 0);
}

/* As on the slip that was printed last. */
static char *voucher_code(struct venue_case *v)
{
	CLEANUP(mem_free)
	char *sheet =
		venue_text(v, "SELECT sheet FROM outbox WHERE sheet LIKE '%J1G%' ORDER BY id DESC");
	const char *code = strstr(sheet, "J1G");

	return mem_text_n(code, strcspn(code, " \t\n\""));
}

TEST(a_voucher_is_redeemed_once_by_scan, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);

	open_reward(v, vt, HUANG, NOODLES);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Redeemed"));
	vt_expect_gone(vt, _("Redeem this?"));
	CLEANUP(mem_free) char *code = voucher_code(v);
	vt_scan(vt, code);
	vt_expect(vt, _("Voucher redeemed"));
	vt_scan(vt, code);
	vt_expect(vt, _("It works once only"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM journal"
					  " WHERE kind = 'voucher.use'"),
		1);
}

TEST(what_was_redeemed_is_listed_and_taken_back_later_in_the_day, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);
	int64_t before = balance(v, HUANG);

	open_reward(v, vt, HUANG, TOWEL);
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("Redeemed"));
	vt_expect_gone(vt, _("Redeem this?"));
	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "8");
	vt_expect(vt, _("Take the reward back"));
	vt_expect(vt, "黄敏");
	assert_int_equal(balance(v, HUANG), before - 20);
	vt_keys(vt, VT_DELETE);
	vt_expect(vt, _("Take it back? Why?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("taken back: what was paid and the stock are back"));
	assert_int_equal(balance(v, HUANG), before);
	assert_int_equal(venue_integer(v, "SELECT stock FROM reward WHERE code = 'towel'"), 30);
}

TEST(a_party_branch_spends_its_points_too, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "6");
	vt_expect(vt, "榕树里第一党支部");
	vt_keys(vt, "1");
	vt_expect(vt, _("To be had for points"));
	vt_keys(vt, TOWEL);
	vt_expect(vt, _("Redeem this?"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, _("its slip is being printed"));
	assert_int_equal(venue_integer(v, "SELECT balance FROM account JOIN body"
					  " ON body.id = account.body WHERE number = 1"),
		280);
	vt_keys(vt, VT_ESC);
	vt_expect(vt, _("Account"));
	vt_keys(vt, VT_ENTER);
	vt_expect(vt, "-20");
}

TEST(a_balance_that_cannot_be_read_is_told_and_not_shown_as_nothing, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "chen", ROWS, COLS);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	venue_change(v, "ALTER TABLE account RENAME COLUMN balance TO unreadable");
	vt_keys(vt, "6");
	vt_expect(vt, _("It was not done"));
	assert_false(vt_has(vt, "榕树里第一党支部"));
	assert_false(vt_has(vt, _("No team, party branch or merchant holds points yet.")));
	venue_change(v, "ALTER TABLE account RENAME COLUMN unreadable TO balance");
	vt_keys(vt, VT_ESC "6");
	vt_expect(vt, "榕树里第一党支部");
}

TEST(a_body_is_added_by_the_coordinator, venue)
{
	struct venue_case *v = *state;
	struct vt *vt = venue_start_as(v, "zhang", ROWS, COLS);

	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "6");
	vt_expect(vt, _("Account"));
	vt_keys(vt, "+");
	vt_expect_gone(vt, _("Account"));
	vt_paste(vt, "榕树里粤曲社");
	vt_expect(vt, "榕树里粤曲社");
	vt_keys(vt, VT_TAB);
	venue_type(vt, "3");
	vt_keys(vt, VT_F10);
	vt_expect(vt, _("may hold points from now on"));
	assert_int_equal(venue_integer(v, "SELECT count(*) FROM body"
					  " WHERE kind = 'organisation' AND ended_at IS NULL"),
		1);
}

TEST_FILE(.setup = venue_group_setup, .teardown = venue_group_teardown)

/* What a voucher's holder paid stays in the merchant's account until a coordinator settles it. */
TEST(a_coordinator_settles_with_a_merchant_and_has_a_paper_to_sign, venue)
{
	struct venue_case *v = *state;
	CLEANUP(mem_free) char *pin = venue_path(v, "pins/zhang.pin");
	CLEANUP(mem_free)
	char *redeem = mem_printf("rewards redeem %d noodles --as zhang --pin-file %s", HUANG, pin);
	CLEANUP(mem_free) char *out = venue_run(v, 0, redeem);
	char *code = strstr(out, "J1G");

	assert_non_null(code);
	code[strcspn(code, " \n")] = '\0';
	CLEANUP(mem_free)
	char *use = mem_printf("voucher use %s --as zhang --pin-file %s", code, pin);
	mem_free(&out);
	out = venue_run(v, 0, use);
	struct vt *vt = venue_start_as(v, "zhang", ROWS, COLS);
	vt_keys(vt, VT_F5);
	vt_expect(vt, _("Nothing waits for a decision."));
	vt_keys(vt, "6");
	vt_expect(vt, "祥记面馆");
	vt_keys(vt, VT_DOWN VT_DOWN);
	vt_keys(vt, "2");
	vt_expect(vt, _("To settle"));
	vt_expect(vt, _("was had there"));
	vt_keys(vt, "1");
	vt_expect(vt, "和祥记面馆结算吗？");
	vt_keys(vt, "1");
	vt_expect(vt, _("settled; the paper for both to sign is being printed"));
	assert_int_equal(venue_integer(v, "SELECT points FROM settlement"), 50);
	assert_int_equal(
		venue_integer(v, "SELECT balance FROM account JOIN body ON body.id = account.body"
				 " WHERE kind = 'merchant'"),
		0);
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM outbox WHERE title = 'merchant'"), 1);
	vt_keys(vt, "2");
	vt_expect(vt, _("Undo the latest settlement? Why?"));
	vt_keys(vt, "1");
	vt_expect(vt, _("the settlement is undone"));
	assert_int_equal(
		venue_integer(v, "SELECT count(*) FROM redemption WHERE settlement > 0"), 0);
}
