/* What the counter does, done by scripts: holds, loans on their way, donations, sales, gifts,
 * swaps, stocktakes, repairs, rules, rewards, messages, places on a shift. */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/when.h"
#include "tests/lib/test.h"
#include "tests/verbs/run.h"

TEST_FILE(.setup = venue_dir_set_up, .teardown = venue_dir_tear_down)

/* ---- what every test brings ---- */

static char *new_resident(const struct venue_dir *v, const char *name)
{
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "resident", "add", name, AS_ADMIN(v));

	assert_code(&ran, 0);
	return mem_text_n(ran.out, strcspn(ran.out, " \n"));
}

/* The number for `key` in the only row that was written. The caller's. */
static char *number_at(const struct ran *ran, const char *key)
{
	assert_code(ran, 0);
	json_t *rows = assert_json(ran, -1);
	const json_t *number = json_object_get(json_array_get(rows, 0), key);

	assert_true(json_is_integer(number));
	char *text = mem_printf("%lld", (long long)json_integer_value(number));
	json_decref(rows);
	return text;
}

static char *text_of(const struct ran *ran, const char *key)
{
	assert_code(ran, 0);
	json_t *rows = assert_json(ran, -1);
	const char *value = json_string_value(json_object_get(json_array_get(rows, 0), key));
	char *text = mem_text(value ? value : "");

	json_decref(rows);
	return text;
}

static void assert_text(const struct ran *ran, const char *key, const char *expected)
{
	CLEANUP(mem_free) char *text = text_of(ran, key);

	assert_string_equal(text, expected);
}

static char *new_item(const struct venue_dir *v, const char *title)
{
	CLEANUP(ran_finish)
	struct ran ran =
		VENUE_RUN(v, "item", "add", title, "--category", "garden", "--json", AS_ADMIN(v));

	return number_at(&ran, "number");
}

/* Lent for 60 days, so that no holiday affects a test; the loan's number, the caller's. */
static char *lend(const struct venue_dir *v, const char *who, const char *item)
{
	CLEANUP(ran_finish)
	struct ran rule = VENUE_RUN(v, "rule", "set", "-", "garden", "loan_days=60",
		"max_renewals=3", "renew_hours=2400", "max_items=50", AS_ADMIN(v));
	assert_code(&rule, 0);
	CLEANUP(ran_finish) struct ran ran = VENUE_RUN(v, "lend", who, item, "--json", AS_ADMIN(v));

	return number_at(&ran, "number");
}

static void give_points(const struct venue_dir *v, const char *who)
{
	CLEANUP(ran_finish)
	struct ran ran =
		VENUE_RUN(v, "points", "post", "issue", who, "100", "--why", "试", AS_ADMIN(v));

	assert_code(&ran, 0);
}

/* ---- points ---- */

TEST(an_account_goes_down_to_its_floor_and_no_further, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *one = new_resident(v, "帮扶甲");
	CLEANUP(mem_free) char *other = new_resident(v, "帮扶乙");

	CLEANUP(ran_finish)
	struct ran floor = VENUE_RUN(v, "points", "floor", one, "20", AS_ADMIN(v));
	assert_code(&floor, 0);
	assert_has(floor.out, "-20");
	CLEANUP(ran_finish)
	struct ran given =
		VENUE_RUN(v, "points", "post", one, other, "20", "--why", "试", AS_ADMIN(v));
	assert_code(&given, 0);
	CLEANUP(ran_finish)
	struct ran more =
		VENUE_RUN(v, "points", "post", one, other, "1", "--why", "试", AS_ADMIN(v));
	assert_code(&more, 1);
	CLEANUP(ran_finish)
	struct ran shut = VENUE_RUN(v, "points", "floor", one, "0", AS_ADMIN(v));
	assert_code(&shut, 1);
}

/* ---- holds ---- */

TEST(a_hold_is_placed_listed_and_cancelled, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *one = new_resident(v, "预借甲");
	CLEANUP(mem_free) char *other = new_resident(v, "预借乙");
	CLEANUP(mem_free) char *item = new_item(v, "油锯");
	CLEANUP(mem_free) char *loan = lend(v, one, item);

	CLEANUP(ran_finish)
	struct ran placed = VENUE_RUN(v, "hold", "add", other, item, "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *hold = number_at(&placed, "number");
	assert_text(&placed, "status", "waiting");
	assert_text(&placed, "title", "油锯");
	CLEANUP(ran_finish)
	struct ran twice = VENUE_RUN(v, "hold", "add", other, item, "--json", AS_ADMIN(v));
	assert_code(&twice, 1);
	CLEANUP(ran_finish)
	struct ran list = VENUE_RUN(v, "hold", "list", "--item", item, "--json");
	json_decref(assert_json(&list, 1));
	assert_lacks(list.out, "预借乙");
	CLEANUP(ran_finish)
	struct ran cancelled = VENUE_RUN(v, "hold", "cancel", hold, "--json", AS_ADMIN(v));
	assert_text(&cancelled, "status", "cancelled");
	CLEANUP(ran_finish)
	struct ran none = VENUE_RUN(v, "hold", "list", "--card", other, "--json");
	json_decref(assert_json(&none, 0));
	CLEANUP(ran_finish)
	struct ran past = VENUE_RUN(v, "hold", "list", "--past", item, "--json");
	assert_text(&past, "status", "cancelled");
	assert_lacks(past.out, "预借乙");
	CLEANUP(ran_finish) struct ran again = VENUE_RUN(v, "hold", "cancel", hold, AS_ADMIN(v));
	assert_code(&again, 1);
}

TEST(the_same_key_places_one_hold, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *one = new_resident(v, "预借丙");
	CLEANUP(mem_free) char *other = new_resident(v, "预借丁");
	CLEANUP(mem_free) char *item = new_item(v, "喷雾器");
	CLEANUP(mem_free) char *loan = lend(v, one, item);

	CLEANUP(ran_finish)
	struct ran first =
		VENUE_RUN(v, "hold", "add", other, item, "--key", "h1", "--json", AS_ADMIN(v));
	CLEANUP(ran_finish)
	struct ran again =
		VENUE_RUN(v, "hold", "add", other, item, "--key", "h1", "--json", AS_ADMIN(v));
	assert_code(&again, 0);
	assert_string_equal(first.out, again.out);
}

TEST(an_act_without_staff_is_wrong_use, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish) struct ran hold = VENUE_RUN(v, "hold", "add", "1", "1");
	CLEANUP(ran_finish) struct ran sale = VENUE_RUN(v, "sale", "1", "--yuan");

	assert_code(&hold, 2);
	assert_has(hold.err, "--as STAFF");
	assert_code(&sale, 2);
}

/* ---- added whole ---- */

TEST(a_title_whose_copies_are_refused_is_not_there_either, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran refused = VENUE_RUN(v, "item", "add", "气球泵", "--category", "tool", "--copies",
		"2", "--expires", "soon", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran again = VENUE_RUN(v, "item", "add", "气球泵", AS_ADMIN(v));

	assert_int_not_equal(refused.code, 0);
	assert_code(&again, 2);
	assert_has(again.err, "a new title needs --category CODE");
}

/* ---- loans on their way ---- */

TEST(a_loan_is_renewed_and_called_back, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "续借人");
	CLEANUP(mem_free) char *item = new_item(v, "割草机");
	CLEANUP(mem_free) char *loan = lend(v, who, item);

	CLEANUP(ran_finish)
	struct ran renewed = VENUE_RUN(v, "loan", "renew", loan, "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *renewals = number_at(&renewed, "renewals");
	assert_string_equal(renewals, "1");
	char day[11];
	day_format(day_add(when_day(clock_now(&clock_system)), 2), day);
	CLEANUP(ran_finish)
	struct ran recalled = VENUE_RUN(
		v, "loan", "recall", loan, day, "--words", "另有人急用", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *at = text_of(&recalled, "recalled_at");
	assert_true(*at);
	CLEANUP(ran_finish)
	struct ran told = VENUE_RUN(v, "message", "list", who, "--json", AS_ADMIN(v));
	assert_has(told.out, "另有人急用");
	CLEANUP(ran_finish)
	struct ran refused = VENUE_RUN(v, "loan", "renew", loan, "--json", AS_ADMIN(v));
	assert_code(&refused, 1);
	assert_string_equal(refused.out, "[]\n");
}

TEST(a_loan_is_said_to_be_back_then_lost_and_its_thing_found, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "粗心人");
	CLEANUP(mem_free) char *item = new_item(v, "花洒");
	CLEANUP(mem_free) char *loan = lend(v, who, item);

	CLEANUP(ran_finish)
	struct ran claimed = VENUE_RUN(v, "loan", "claimed", loan, "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *at = text_of(&claimed, "claimed_at");
	assert_true(*at);
	CLEANUP(ran_finish)
	struct ran dropped = VENUE_RUN(v, "loan", "unclaimed", loan, "--json", AS_ADMIN(v));
	assert_text(&dropped, "claimed_at", "");
	CLEANUP(ran_finish) struct ran silent = VENUE_RUN(v, "loan", "lost", loan, AS_ADMIN(v));
	assert_code(&silent, 1);
	CLEANUP(ran_finish)
	struct ran lost =
		VENUE_RUN(v, "loan", "lost", loan, "--why", "找不到了", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *lost_at = text_of(&lost, "lost_at");
	assert_true(*lost_at);
	CLEANUP(ran_finish)
	struct ran found = VENUE_RUN(v, "loan", "found", item, "--json", AS_ADMIN(v));
	assert_text(&found, "status", "active");
}

/* ---- what comes and goes for good ---- */

TEST(a_donation_brings_things_and_money, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "热心人");

	CLEANUP(ran_finish)
	struct ran bare = VENUE_RUN(v, "donation", "add", who, "旧书架", AS_ADMIN(v));
	assert_code(&bare, 2);
	assert_has(bare.err, "--category");
	CLEANUP(ran_finish)
	struct ran given = VENUE_RUN(v, "donation", "add", who, "旧书架", "旧花架", "--category",
		"garden", "--yuan", "12.50", "--thanks", "anonymous", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *fen = number_at(&given, "fen");
	assert_string_equal(fen, "1250");
	assert_has(given.out, "旧书架");
	assert_has(given.out, "旧花架");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "donation", "list", "--json");
	json_decref(assert_json(&list, -1));
	assert_has(list.out, "旧书架");
	assert_lacks(list.out, "热心人");
	CLEANUP(ran_finish)
	struct ran outside = VENUE_RUN(v, "donation", "add", "-", "--name", "某单位", "--yuan", "3",
		"--json", AS_ADMIN(v));
	assert_text(&outside, "thanked", "某单位");
	CLEANUP(ran_finish)
	struct ran nothing = VENUE_RUN(v, "donation", "add", who, AS_ADMIN(v));
	assert_int_not_equal(nothing.code, 0);
}

TEST(a_thing_is_sold_and_the_sale_undone_on_its_day, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "买家");
	CLEANUP(mem_free) char *item = new_item(v, "旧水桶");

	give_points(v, who);
	CLEANUP(ran_finish) struct ran free = VENUE_RUN(v, "sale", item, who, AS_ADMIN(v));
	assert_code(&free, 1);
	CLEANUP(ran_finish)
	struct ran sold = VENUE_RUN(v, "sale", item, who, "--price", "20", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *points = number_at(&sold, "points");
	assert_string_equal(points, "20");
	CLEANUP(ran_finish)
	struct ran undone = VENUE_RUN(v, "departure", "undo", item, "--json", AS_ADMIN(v));
	assert_text(&undone, "status", "active");
	CLEANUP(ran_finish)
	struct ran yuan =
		VENUE_RUN(v, "sale", item, "--yuan", "--price", "2.5", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *fen = number_at(&yuan, "fen");
	assert_string_equal(fen, "250");
}

TEST(a_thing_is_given_away_and_another_swapped, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "置换人");
	CLEANUP(mem_free) char *gift = new_item(v, "旧手套");
	CLEANUP(mem_free) char *old = new_item(v, "旧茶壶");

	CLEANUP(ran_finish) struct ran nobody = VENUE_RUN(v, "give", gift, AS_ADMIN(v));
	assert_code(&nobody, 2);
	CLEANUP(ran_finish)
	struct ran given = VENUE_RUN(v, "give", gift, who, "--json", AS_ADMIN(v));
	assert_text(&given, "title", "旧手套");
	CLEANUP(ran_finish)
	struct ran worthless = VENUE_RUN(
		v, "swap", who, "新杯子", old, "--category", "garden", "--value", "5", AS_ADMIN(v));
	assert_code(&worthless, 1);
	/* A donation of that category says what the old one is worth. */
	CLEANUP(ran_finish)
	struct ran worth =
		VENUE_RUN(v, "donation", "add", who, "旧茶壶", "--value", "8", AS_ADMIN(v));
	assert_code(&worth, 0);
	give_points(v, who);
	CLEANUP(ran_finish)
	struct ran swapped = VENUE_RUN(v, "swap", who, "新杯子", old, "--category", "garden",
		"--value", "5", "--json", AS_ADMIN(v));
	assert_text(&swapped, "title_in", "新杯子");
	CLEANUP(mem_free) char *paid = number_at(&swapped, "points");
	assert_string_equal(paid, "3");
}

TEST(a_swap_is_told_what_a_thing_without_a_value_is_worth, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "换物人");
	CLEANUP(mem_free) char *old = new_item(v, "旧花瓶");
	CLEANUP(mem_free) char *older = new_item(v, "旧铁盒");

	CLEANUP(ran_finish)
	struct ran told = VENUE_RUN(v, "swap", who, "新花瓶", old, "--category", "garden",
		"--value", "9", "--taken-value", "9", "--json", AS_ADMIN(v));
	assert_text(&told, "title_in", "新花瓶");
	/* What is brought has a value by now: the option values the other item. */
	CLEANUP(ran_finish)
	struct ran one =
		VENUE_RUN(v, "swap", who, "新花瓶", older, "--value", "9", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *paid = number_at(&one, "points");
	assert_string_equal(paid, "0");
}

/* ---- looking after things ---- */

TEST(a_stocktake_counts_what_was_seen_and_sets_the_rest_to_missing, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish)
	struct ran seen_item = VENUE_RUN(v, "item", "add", "盘点甲", "--category", "toy", "--shelf",
		"盘-1", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *there = number_at(&seen_item, "number");
	CLEANUP(ran_finish)
	struct ran lost_item = VENUE_RUN(v, "item", "add", "盘点乙", "--category", "toy", "--shelf",
		"盘-1", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *gone = number_at(&lost_item, "number");
	CLEANUP(ran_finish)
	struct ran started =
		VENUE_RUN(v, "stocktake", "start", "--shelf", "盘-1", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *unseen = number_at(&started, "unseen");
	assert_string_equal(unseen, "2");
	CLEANUP(ran_finish)
	struct ran seen =
		VENUE_RUN(v, "stocktake", "seen", there, "--shelf", "盘-1", "--json", AS_ADMIN(v));
	assert_text(&seen, "state", "right");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "stocktake", "list", "--json");
	assert_has(list.out, "盘点乙");
	assert_lacks(list.out, "盘点甲");
	CLEANUP(ran_finish)
	struct ran early = VENUE_RUN(v, "stocktake", "set-missing", AS_ADMIN(v));
	assert_code(&early, 1);
	CLEANUP(ran_finish) struct ran closed = VENUE_RUN(v, "stocktake", "close", AS_ADMIN(v));
	assert_code(&closed, 0);
	CLEANUP(ran_finish)
	struct ran missing = VENUE_RUN(v, "stocktake", "set-missing", AS_ADMIN(v));
	assert_code(&missing, 0);
	CLEANUP(ran_finish) struct ran shown = VENUE_RUN(v, "item", "show", gone, "--json");
	assert_text(&shown, "status", "missing");
}

TEST(a_repair_opens_and_ends, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *item = new_item(v, "旧锯");

	CLEANUP(ran_finish)
	struct ran opened =
		VENUE_RUN(v, "ticket", "open", item, "锯条", "断了", "--json", AS_ADMIN(v));
	assert_text(&opened, "words", "锯条 断了");
	CLEANUP(ran_finish) struct ran waiting = VENUE_RUN(v, "ticket", "list", "--json");
	assert_has(waiting.out, "旧锯");
	CLEANUP(ran_finish)
	struct ran closed = VENUE_RUN(v, "ticket", "close", item, "换好了", "--json", AS_ADMIN(v));
	assert_text(&closed, "done", "换好了");
	CLEANUP(ran_finish)
	struct ran again = VENUE_RUN(v, "ticket", "close", item, "换好了", AS_ADMIN(v));
	assert_code(&again, 1);
	CLEANUP(ran_finish)
	struct ran worse = VENUE_RUN(v, "ticket", "open", item, "又断了", AS_ADMIN(v));
	assert_code(&worse, 0);
	CLEANUP(ran_finish)
	struct ran retired =
		VENUE_RUN(v, "ticket", "retire", item, "worn_out", "不修了", "--json", AS_ADMIN(v));
	assert_code(&retired, 0);
	CLEANUP(ran_finish) struct ran all = VENUE_RUN(v, "ticket", "list", item, "--json");
	json_decref(assert_json(&all, 2));
}

/* ---- what a coordinator keeps ---- */

TEST(a_lending_rule_is_changed_in_one_field_and_keeps_the_others, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish)
	struct ran first = VENUE_RUN(
		v, "rule", "set", "-", "sport", "loan_days=5", "overdue=block", AS_ADMIN(v));
	assert_code(&first, 0);
	CLEANUP(ran_finish)
	struct ran second =
		VENUE_RUN(v, "rule", "set", "-", "sport", "max_items=4", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *days = number_at(&second, "loan_days");
	assert_string_equal(days, "5");
	assert_text(&second, "overdue", "block");
	CLEANUP(ran_finish)
	struct ran blank =
		VENUE_RUN(v, "rule", "set", "-", "sport", "overdue=", "--json", AS_ADMIN(v));
	assert_text(&blank, "overdue", "");
	CLEANUP(ran_finish)
	struct ran word = VENUE_RUN(v, "rule", "set", "-", "sport", "overdue=soon", AS_ADMIN(v));
	assert_code(&word, 2);
	assert_has(word.err, "allow, ask, block");
	CLEANUP(ran_finish)
	struct ran key = VENUE_RUN(v, "rule", "set", "-", "sport", "days=3", AS_ADMIN(v));
	assert_code(&key, 2);
	assert_has(key.err, "loan_days");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "rule", "list", "--json");
	assert_has(list.out, "\"sport\"");
}

TEST(a_reward_and_a_rule_for_earning_are_set_and_ended, none)
{
	const struct venue_dir *v = *state;

	CLEANUP(ran_finish)
	struct ran reward = VENUE_RUN(v, "reward", "set", "soap", "name=肥皂", "kind=goods",
		"points=10", "fen=2.50", "stock=8", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *fen = number_at(&reward, "fen");
	assert_string_equal(fen, "250");
	CLEANUP(ran_finish)
	struct ran dearer =
		VENUE_RUN(v, "reward", "set", "soap", "points=12", "--json", AS_ADMIN(v));
	assert_text(&dearer, "name", "肥皂");
	CLEANUP(mem_free) char *stock = number_at(&dearer, "stock");
	assert_string_equal(stock, "8");
	CLEANUP(ran_finish)
	struct ran counted = VENUE_RUN(v, "reward", "stock", "soap", "6", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *left = number_at(&counted, "stock");
	assert_string_equal(left, "6");
	CLEANUP(ran_finish) struct ran ended = VENUE_RUN(v, "reward", "end", "soap", AS_ADMIN(v));
	assert_code(&ended, 0);
	CLEANUP(ran_finish)
	struct ran resumed = VENUE_RUN(v, "reward", "resume", "soap", AS_ADMIN(v));
	assert_code(&resumed, 0);
	CLEANUP(ran_finish)
	struct ran rule = VENUE_RUN(v, "earn-rule", "set", "escort", "name=接送", "points=3",
		"approver=volunteer", "--json", AS_ADMIN(v));
	assert_text(&rule, "approver", "volunteer");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "earn-rule", "list", "--json");
	assert_has(list.out, "接送");
	CLEANUP(ran_finish)
	struct ran over = VENUE_RUN(v, "earn-rule", "end", "escort", AS_ADMIN(v));
	assert_code(&over, 0);
	CLEANUP(ran_finish) struct ran less = VENUE_RUN(v, "earn-rule", "list", "--json");
	assert_lacks(less.out, "接送");
}

TEST(a_message_waits_for_its_resident_until_it_is_read, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "收信人");

	CLEANUP(ran_finish)
	struct ran added =
		VENUE_RUN(v, "message", "add", who, "请来", "取书", "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *number = number_at(&added, "number");
	CLEANUP(ran_finish)
	struct ran list = VENUE_RUN(v, "message", "list", who, "--json", AS_ADMIN(v));
	json_decref(assert_json(&list, 1));
	assert_has(list.out, "请来 取书");
	CLEANUP(ran_finish) struct ran stranger = VENUE_RUN(v, "message", "list", who, "--json");
	assert_code(&stranger, 2);
	CLEANUP(ran_finish) struct ran read = VENUE_RUN(v, "message", "read", number, AS_ADMIN(v));
	assert_code(&read, 0);
	CLEANUP(ran_finish)
	struct ran none = VENUE_RUN(v, "message", "list", who, "--json", AS_ADMIN(v));
	json_decref(assert_json(&none, 0));
}

/* ---- duty ---- */

/* A shift for two that is running now; its code, the caller's. */
static char *shift_now(const struct venue_dir *v)
{
	int64_t now = clock_now(&clock_system);
	struct err err = { 0 };
	char from[32], until[32];

	assert_int_equal(when_set_zone("Asia/Shanghai", &err), 0);
	when_format(now - 3600, from);
	when_format(now + 7200, until);
	from[16] = until[16] = '\0';
	CLEANUP(ran_finish)
	struct ran ran = VENUE_RUN(v, "shift", "add", "守台", from, until, "2", AS_ADMIN(v));
	assert_code(&ran, 0);
	return mem_text_n(ran.out, strcspn(ran.out, "\n"));
}

#define BREAKING "--override", "--why", "试"

TEST(a_place_on_a_shift_is_given_kept_signed_and_left, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *one = new_resident(v, "值班甲");
	CLEANUP(mem_free) char *other = new_resident(v, "值班乙");
	CLEANUP(mem_free) char *shift = shift_now(v);

	CLEANUP(ran_finish)
	struct ran put = VENUE_RUN(v, "shift", "assign", shift, one, BREAKING, AS_ADMIN(v));
	assert_code(&put, 0);
	CLEANUP(ran_finish)
	struct ran kept = VENUE_RUN(v, "shift", "keep", shift, one, AS_ADMIN(v));
	assert_code(&kept, 0);
	CLEANUP(ran_finish)
	struct ran in = VENUE_RUN(v, "duty", "sign-in", shift, one, "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *in_at = text_of(&in, "in_at");
	assert_true(*in_at);
	/* The shift began an hour ago. */
	CLEANUP(mem_free) char *late = number_at(&in, "late_minutes");
	assert_in_range(strtol(late, NULL, 10), 60, 70);
	CLEANUP(ran_finish)
	struct ran out = VENUE_RUN(v, "duty", "sign-out", shift, one, "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *out_at = text_of(&out, "out_at");
	assert_true(*out_at);
	CLEANUP(ran_finish)
	struct ran second = VENUE_RUN(v, "shift", "assign", shift, other, BREAKING, AS_ADMIN(v));
	assert_code(&second, 0);
	CLEANUP(ran_finish)
	struct ran left = VENUE_RUN(v, "duty", "leave", shift, other, "--json", AS_ADMIN(v));
	CLEANUP(mem_free) char *asked_at = text_of(&left, "asked_at");
	assert_true(*asked_at);
	CLEANUP(ran_finish)
	struct ran excused = VENUE_RUN(v, "shift", "excuse", shift, other, "--anyway", AS_ADMIN(v));
	assert_code(&excused, 0);
	CLEANUP(ran_finish)
	struct ran gone = VENUE_RUN(v, "shift", "remove", shift, other, "--anyway", AS_ADMIN(v));
	assert_code(&gone, 1);
	CLEANUP(ran_finish) struct ran anybody = VENUE_RUN(v, "duty", "people", shift, "--json");
	assert_code(&anybody, 2);
	assert_lacks(anybody.out, "值班甲");
	assert_lacks(anybody.out, "excused");
	CLEANUP(ran_finish)
	struct ran people = VENUE_RUN(v, "duty", "people", shift, "--json", AS_ADMIN(v));
	json_decref(assert_json(&people, 2));
	assert_text(&people, "in_at", in_at);
	assert_has(people.out, "excused");
	assert_has(people.out, "值班甲");
}

/* ---- the log, the guides ---- */

static int64_t rows_of(const struct ran *ran)
{
	assert_code(ran, 0);
	json_t *rows = assert_json(ran, -1);
	int64_t count = (int64_t)json_array_size(rows);

	json_decref(rows);
	return count;
}

TEST(the_log_tells_names_to_staff_alone_and_knows_each_kind, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(mem_free) char *who = new_resident(v, "雀金丝");
	CLEANUP(mem_free) char *item = new_item(v, "花锄");
	CLEANUP(mem_free) char *loan = lend(v, who, item);
	CLEANUP(ran_finish) struct ran plain = VENUE_RUN(v, "log", "--card", who);
	CLEANUP(ran_finish) struct ran full = VENUE_RUN(v, "log", "--card", who, AS_ADMIN(v));
	CLEANUP(ran_finish)
	struct ran thing = VENUE_RUN(v, "log", "--item", item, "--kind", "loan.open", "--json");
	CLEANUP(ran_finish)
	struct ran mine = VENUE_RUN(v, "log", "--by", "admin", "--limit", "1", "--json");
	CLEANUP(ran_finish) struct ran old = VENUE_RUN(v, "log", "--until", "2020-01-01", "--json");
	CLEANUP(ran_finish) struct ran bad = VENUE_RUN(v, "log", "--kind", "loa");

	assert_has(plain.out, "雀*丝");
	assert_lacks(plain.out, "雀金丝");
	assert_has(full.out, "雀金丝");
	assert_has(full.out, "borrowed 花锄");
	assert_text(&thing, "kind", "loan.open");
	assert_text(&thing, "staff", "admin");
	assert_int_equal(rows_of(&mine), 1);
	assert_int_equal(rows_of(&old), 0);
	assert_code(&bad, 2);
	assert_has(bad.err, "lending");
}

TEST(whole_phone_numbers_are_shown_to_staff_and_on_the_record, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran add =
		VENUE_RUN(v, "resident", "add", "雀银丝", "--phone", "13800007777", AS_ADMIN(v));
	CLEANUP(mem_free) char *who = mem_text_n(add.out, strcspn(add.out, " \n"));
	CLEANUP(ran_finish)
	struct ran before = VENUE_RUN(v, "log", "--kind", "phone", "--json");
	CLEANUP(ran_finish) struct ran plain = VENUE_RUN(v, "resident", "list", "--json");
	CLEANUP(ran_finish)
	struct ran unseen = VENUE_RUN(v, "log", "--kind", "phone", "--json");
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "resident", "list", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran show = VENUE_RUN(v, "resident", "show", who, AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran after = VENUE_RUN(v, "log", "--kind", "phone", "--json");

	assert_lacks(plain.out, "13800007777");
	assert_int_equal(rows_of(&unseen), rows_of(&before));
	assert_has(list.out, "13800007777");
	assert_has(show.out, "13800007777");
	assert_int_equal(rows_of(&after), rows_of(&before) + 2);
	assert_text(&after, "kind", "phone.reveal");
	assert_text(&after, "staff", "admin");
}

TEST(a_guide_is_written_shown_and_removed, none)
{
	const struct venue_dir *v = *state;
	CLEANUP(ran_finish)
	struct ran set = VENUE_RUN(v, "guide", "set", "garden", "用完冲干净", "晾干再还", "--title",
		"园艺角指引", "--json", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran show = VENUE_RUN(v, "guide", "show", "garden", "--json");
	CLEANUP(ran_finish)
	struct ran gone = VENUE_RUN(v, "guide", "set", "garden", "", "--json", AS_ADMIN(v));
	CLEANUP(ran_finish)
	struct ran long_one = VENUE_RUN(v, "guide", "set", "garden", "1", "2", "3", "4", "5", "6",
		"7", "8", "9", AS_ADMIN(v));
	CLEANUP(ran_finish) struct ran list = VENUE_RUN(v, "guide", "list");

	assert_int_equal(rows_of(&set), 2);
	assert_text(&show, "title", "园艺角指引");
	assert_text(&show, "line", "用完冲干净");
	assert_text(&gone, "line", "");
	assert_code(&long_one, 2);
	assert_has(list.out, "共享书屋使用指引");
}
