/* What points buy: prices, stock, limits, service first, vouchers that work once, undoing, rights
 * of use. None of it is ever half done. */
#include <string.h>

#include "core/base/reasons.h"
#include "core/items/catalogue/stock.h"
#include "core/items/reasons.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/points/body.h"
#include "core/points/earning.h"
#include "core/points/fund.h"
#include "core/points/ledger.h"
#include "core/points/person.h"
#include "core/points/reasons.h"
#include "core/rewards/reasons.h"
#include "core/rewards/redemption.h"
#include "core/rewards/use_right.h"
#include "core/rewards/voucher.h"
#include "core/store/act_reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static const struct act because = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "拿错了" };
static const struct act coordinator_because = {
	.role = ROLE_COORDINATOR, .actor = 2, .why = "拿错了"
};

/* REWARD(s, .code = "x", …): goods of 20 points, unless stated otherwise. */
#define REWARD(s, ...) put_reward((s), (struct reward){ .id = 0, __VA_ARGS__ })
static int64_t put_reward(struct shop *s, struct reward reward)
{
	int64_t id = 0;

	reward.code = reward.code ? reward.code : (char *)"towel";
	reward.name = (char *)"毛巾";
	reward.points = reward.points || reward.fen ? reward.points : 20;
	OK(s, reward_set(s->db, &by_coordinator, &reward, &id, &s->err));
	return id;
}

static int64_t rich(struct shop *s, int64_t n)
{
	int64_t id, resident = shop_resident(s);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = resident, .amount = POINTS(n) } };

	OK(s, transfer_post(s->db, &by_coordinator, &(struct transfer_draft){ "earn", postings, 2 },
		      &id, &s->err));
	return resident;
}

static int64_t balance(struct shop *s, int64_t resident)
{
	struct points points;

	OK(s, points_balance(s->db, resident, &points, &s->err));
	return points.n;
}

static int64_t system_balance(struct shop *s, enum system_account which)
{
	struct points points;

	OK(s, points_balance_of_system(s->db, which, &points, &s->err));
	return points.n;
}

static int64_t stock_of(struct shop *s, int64_t id)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };

	OK(s, reward_get(s->db, id, &reward, &s->err));
	return reward.stock;
}

static int take(struct shop *s, const struct act *act, int64_t reward, int64_t resident,
	int64_t count, int64_t *ret)
{
	const struct redeem_draft draft = { reward, HOLDER_RESIDENT(resident), count, FOR_POINTS };

	return redeem(s->db, act, &draft, ret, &s->err);
}

TEST(points_and_stock_move_together, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), id, reward = REWARD(s, .is_counted = true, .stock = 3);
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };

	OK(s, take(s, &by_resident, reward, a, 2, &id));
	assert_int_equal(balance(s, a), 60);
	assert_int_equal(system_balance(s, ACCOUNT_REDEEMED), 40);
	assert_int_equal(stock_of(s, reward), 1);
	OK(s, redemption_get(s->db, id, &redemption, &s->err));
	assert_int_equal(redemption.number, 1);
	assert_int_equal(redemption.points, 40);
	assert_string_equal(redemption.name, "毛巾");
	assert_refused(take(s, &by_resident, reward, a, 2, &id), &s->err, STOCK_SHORT);
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	assert_refused(take(s, &by_resident, reward, a, 1, &id), &s->err, STOCK_OUT);
	assert_int_equal(balance(s, a), 40);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(the_stock_of_a_consumable_falls_with_it, shop)
{
	struct shop *s = *state;
	struct title_draft title = {
		.name = "口罩", .category = s->tool, .terms = { .is_consumable = true }
	};
	int64_t a = rich(s, 100), title_id, reward, id;
	CLEANUP(title_finish) struct title after = { 0 };

	OK(s, title_add(s->db, &by_volunteer, &title, &title_id, &s->err));
	OK(s, stock_add(s->db, &by_volunteer, title_id, 5, NULL, &s->err));
	reward = REWARD(s, .title = title_id);
	assert_int_equal(stock_of(s, reward), 5);
	OK(s, take(s, &by_resident, reward, a, 2, &id));
	assert_int_equal(stock_of(s, reward), 3);
	/* Not enough points: neither points nor stock move. */
	assert_refused(
		take(s, &by_resident, reward, shop_resident(s), 1, &id), &s->err, POINTS_SHORT);
	assert_int_equal(stock_of(s, reward), 3);
	OK(s, redemption_undo(s->db, &by_volunteer, id, &s->err));
	assert_int_equal(stock_of(s, reward), 5);
	assert_int_equal(balance(s, a), 100);
}

TEST(nobody_owes_for_goods, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 10), id, reward = REWARD(s);

	OK(s, account_open(s->db, &by_volunteer, a, POINTS(-50), &id, &s->err));
	assert_refused(take(s, &by_resident, reward, a, 1, &id), &s->err, POINTS_SHORT);
	assert_int_equal(s->err.reasons[0].n1, 20);
	assert_int_equal(s->err.reasons[0].n2, 10);
}

TEST(a_paused_person_redeems_nothing_until_the_pause_is_over, shop)
{
	struct shop *s = *state;
	int64_t id, a = rich(s, 100), reward = REWARD(s, .is_counted = true, .stock = 3);

	OK(s, pause_begin(s->db, &by_coordinator, a, (struct day){ 2026, 11, 22 }, "借了不还",
		      &s->err));
	assert_refused(take(s, &by_resident, reward, a, 1, &id), &s->err, RESIDENT_PAUSED);
	assert_int_equal(balance(s, a), 100);
	assert_int_equal(stock_of(s, reward), 3);
	s->err = (struct err){ 0 };
	assert_refused(take(s, &because, reward, a, 1, &id), &s->err, RESIDENT_PAUSED);
	OK(s, pause_end(s->db, &by_coordinator, a, &s->err));
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	assert_int_equal(balance(s, a), 80);
}

TEST(the_price_in_yuan_goes_to_the_fund, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), id, fund, reward = REWARD(s, .points = 200, .fen = 20000);
	struct redeem_draft draft = { reward, HOLDER_RESIDENT(a), 1, FOR_YUAN };

	assert_refused(redeem(s->db, &by_resident, &draft, &id, &s->err), &s->err, ROLE_NEEDED);
	OK(s, redeem(s->db, &by_volunteer, &draft, &id, &s->err));
	OK(s, fund_balance(s->db, &fund, &s->err));
	assert_int_equal(fund, 20000);
	assert_refused(redemption_undo(s->db, &by_volunteer, id, &s->err), &s->err, WHY_NEEDED);
	OK(s, redemption_undo(s->db, &because, id, &s->err));
	OK(s, fund_balance(s->db, &fund, &s->err));
	assert_int_equal(fund, 0);
	draft.reward = REWARD(s, .code = (char *)"ride", .points = 5);
	assert_int_equal(redeem(s->db, &by_volunteer, &draft, &id, &s->err), ERR_INVALID);
}

TEST(a_month_has_its_limit, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 500), id, reward = REWARD(s, .month_limit = 2);

	OK(s, take(s, &by_resident, reward, a, 1, &id));
	assert_refused(take(s, &by_resident, reward, a, 2, &id), &s->err, REWARD_LIMIT);
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	assert_refused(take(s, &by_resident, reward, a, 1, &id), &s->err, REWARD_LIMIT);
	OK(s, redemption_undo(s->db, &by_volunteer, id, &s->err));
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	OK(s, take(s, &by_override, reward, a, 1, &id));
	shop_set_clock(s, "2026-12-01T10:00");
	OK(s, take(s, &by_resident, reward, a, 1, &id));
}

TEST(service_comes_first_where_the_venue_says_so, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), id, reward = REWARD(s, .service_minutes = 120), rule;
	struct earn_rule by_hour = { .code = (char *)"duty",
		.name = (char *)"值班",
		.points = 10,
		.night_percent = 100,
		.holiday_percent = 100 };
	struct earned earned;

	assert_refused(take(s, &by_resident, reward, a, 1, &id), &s->err, SERVICE_FIRST);
	assert_int_equal(s->err.reasons[0].n1, 120);
	assert_int_equal(s->err.reasons[0].n2, 0);
	OK(s, earn_rule_set(s->db, &by_coordinator, &by_hour, &rule, &s->err));
	OK(s, earn(s->db, &by_resident,
		      &(struct earn_draft){ .rule = rule,
			      .whose = HOLDER_RESIDENT(a),
			      .minutes = { .day = 120 },
			      .on = { 2026, 11, 21 } },
		      &earned, &s->err));
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	int64_t old = rich(s, 100);
	OK(s, exempt_set(s->db, &because, old, true, &s->err));
	OK(s, take(s, &by_resident, reward, old, 1, &id));
	int64_t other = rich(s, 100);
	assert_refused(take(s, &by_resident, reward, other, 1, &id), &s->err, SERVICE_FIRST);
	OK(s, take(s, &by_override, reward, other, 1, &id));
}

/* The code on the slip of a redemption, printed again. */
static struct code slip_code(struct shop *s, int64_t redemption)
{
	char text[CODE_TEXT_MAX];

	OK(s, voucher_code(s->db, &by_resident, redemption, text, &s->err));
	return code_read(text, strlen(text), NULL);
}

TEST(a_voucher_works_once_and_until_its_day, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body, id, second, third;
	char none[CODE_TEXT_MAX];
	struct voucher other;
	struct points owed;

	OK(s, body_add(s->db, &by_coordinator, BODY_MERCHANT, "祥记面馆", &body, &s->err));
	int64_t reward = REWARD(s, .kind = REWARD_VOUCHER, .body = body, .valid_days = 30);
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	OK(s, points_balance_of(s->db, HOLDER_BODY(body), &owed, &s->err));
	assert_int_equal(owed.n, 20);
	const struct code code = slip_code(s, id);
	assert_int_equal(code.type, CODE_VOUCHER);
	assert_refused(
		voucher_use(s->db, &by_resident, &code, &other, &s->err), &s->err, ROLE_NEEDED);
	OK(s, voucher_use(s->db, &by_volunteer, &code, &other, &s->err));
	assert_true(other.body == body);
	assert_refused(
		voucher_use(s->db, &by_volunteer, &code, &other, &s->err), &s->err, VOUCHER_USED);
	assert_refused(redemption_undo(s->db, &by_volunteer, id, &s->err), &s->err, VOUCHER_USED);
	/* A used one gets no new code. */
	OK(s, voucher_code(s->db, &by_resident, id, none, &s->err));
	assert_string_equal(none, "");
	OK(s, take(s, &by_resident, reward, a, 1, &second));
	const struct code undone = slip_code(s, second);
	OK(s, redemption_undo(s->db, &by_volunteer, second, &s->err));
	assert_refused(voucher_use(s->db, &by_volunteer, &undone, &other, &s->err), &s->err,
		VOUCHER_UNDONE);
	OK(s, take(s, &by_resident, reward, a, 1, &third));
	const struct code late = slip_code(s, third);
	shop_set_clock(s, "2026-12-21T23:59");
	OK(s, voucher_by_code(s->db, &late, &other, &s->err));
	shop_set_clock(s, "2026-12-22T00:00");
	assert_refused(voucher_use(s->db, &by_volunteer, &late, &other, &s->err), &s->err,
		VOUCHER_EXPIRED);
	assert_int_equal(take(s, &by_resident, reward, a, 2, &id), ERR_INVALID);
}

TEST(a_vouchers_code_cannot_be_made_up_and_the_slip_printed_last_counts, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body, id;
	struct voucher other;

	OK(s, body_add(s->db, &by_coordinator, BODY_MERCHANT, "祥记面馆", &body, &s->err));
	int64_t reward = REWARD(s, .kind = REWARD_VOUCHER, .body = body, .valid_days = 30);
	OK(s, take(s, &by_resident, reward, a, 1, &id));
	const struct code first = slip_code(s, id), second = slip_code(s, id);
	struct code made_up = second;
	made_up.token[0] ^= 1;
	assert_int_equal(
		voucher_use(s->db, &by_volunteer, &made_up, &other, &s->err), ERR_NOT_FOUND);
	assert_int_equal(voucher_use(s->db, &by_volunteer, &first, &other, &s->err), ERR_NOT_FOUND);
	/* A booking's code is not a voucher's. */
	made_up = second;
	made_up.type = CODE_BOOKING;
	assert_int_equal(voucher_by_code(s->db, &made_up, &other, &s->err), ERR_NOT_FOUND);
	OK(s, voucher_use(s->db, &by_volunteer, &second, &other, &s->err));
}

TEST(it_is_undone_within_the_day_or_by_a_coordinator, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), id, reward = REWARD(s);

	OK(s, take(s, &by_resident, reward, a, 1, &id));
	assert_refused(redemption_undo(s->db, &by_resident, id, &s->err), &s->err, ROLE_NEEDED);
	shop_set_clock(s, "2026-11-22T00:01");
	assert_refused(redemption_undo(s->db, &because, id, &s->err), &s->err, REDEMPTION_LATE);
	assert_refused(redemption_undo(s->db, &by_coordinator, id, &s->err), &s->err, WHY_NEEDED);
	OK(s, redemption_undo(s->db, &coordinator_because, id, &s->err));
	assert_refused(redemption_undo(s->db, &coordinator_because, id, &s->err), &s->err,
		REDEMPTION_UNDONE);
	assert_int_equal(balance(s, a), 100);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(a_reward_is_changed_in_place_and_ended, shop)
{
	struct shop *s = *state;
	int64_t first = REWARD(s, .is_counted = true, .stock = 3);
	int64_t again = REWARD(s, .is_counted = true, .stock = 9, .points = 25), id;
	CLEANUP(reward_list_finish) struct reward_list list = { 0 };
	CLEANUP(reward_list_finish) struct reward_list ended = { 0 };

	assert_true(first == again);
	assert_int_equal(stock_of(s, first), 3);
	OK(s, reward_stock(s->db, &by_volunteer, first, 7, &s->err));
	assert_int_equal(stock_of(s, first), 7);
	OK(s, reward_end(s->db, &by_coordinator, first, &s->err));
	OK(s, rewards(s->db, &list, &s->err));
	assert_int_equal(list.count, 0);
	assert_refused(take(s, &by_resident, first, rich(s, 100), 1, &id), &s->err, REWARD_ENDED);
	OK(s, rewards_ended(s->db, &ended, &s->err));
	assert_int_equal(ended.count, 1);
	assert_true(ended.rows[0].is_ended);
	OK(s, reward_resume(s->db, &by_coordinator, first, &s->err));
	assert_int_equal(stock_of(s, first), 7);
	OK(s, take(s, &by_resident, first, rich(s, 100), 1, &id));
	/* Another reward has its code by now: it is taken. */
	OK(s, reward_end(s->db, &by_coordinator, first, &s->err));
	assert_true(REWARD(s) != first);
	assert_refused(reward_resume(s->db, &by_coordinator, first, &s->err), &s->err, NAME_EXISTS);
	struct reward none = { .code = (char *)"x", .name = (char *)"x" };
	assert_int_equal(reward_set(s->db, &by_coordinator, &none, &id, &s->err), ERR_INVALID);
}

TEST(a_right_of_use_stands_against_a_duty, shop)
{
	struct shop *s = *state;
	const struct use_right_draft draft = { .whose = HOLDER_RESIDENT(shop_resident(s)),
		.what = "3 号菜地",
		.duty = "每周打理花园一次",
		.consequence = "两次未做到转给下一户",
		.from = { 2026, 11, 21 },
		.until = { 2027, 3, 31 },
		.check_days = 7 };
	CLEANUP(use_right_list_finish) struct use_right_list list = { 0 };
	int64_t id;

	OK(s, use_right_agree(s->db, &by_coordinator, &draft, &id, &s->err));
	OK(s, use_right_check(s->db, &by_volunteer, id, true, NULL, &s->err));
	shop_set_clock(s, "2026-11-28T10:00");
	OK(s, use_right_check(s->db, &by_volunteer, id, false, "出差", &s->err));
	OK(s, use_rights(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.rows[0].duty, "每周打理花园一次");
	assert_int_equal(list.rows[0].kept, 1);
	assert_int_equal(list.rows[0].broken, 1);
	assert_int_equal(day_compare(list.rows[0].check_due, (struct day){ 2026, 12, 5 }), 0);
	use_right_list_finish(&list);
	OK(s, use_rights_of(s->db, draft.whose, &list, &s->err));
	assert_int_equal(list.count, 1);
	use_right_list_finish(&list);
	OK(s, use_rights_of(s->db, HOLDER_RESIDENT(shop_resident(s)), &list, &s->err));
	assert_int_equal(list.count, 0);
	assert_refused(use_right_end(s->db, &by_coordinator, id, &s->err), &s->err, WHY_NEEDED);
	OK(s, use_right_end(s->db, &coordinator_because, id, &s->err));
	assert_refused(use_right_check(s->db, &by_volunteer, id, true, NULL, &s->err), &s->err,
		USE_RIGHT_ENDED);
}
