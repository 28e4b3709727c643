/* What a merchant is owed: it is kept in their own account, is settled once, and can be undone. */
#include <string.h>

#include "core/points/body.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/posting.h"
#include "core/points/reasons.h"
#include "core/points/reversal.h"
#include "core/rewards/reasons.h"
#include "core/rewards/redemption.h"
#include "core/rewards/settlement.h"
#include "core/rewards/voucher.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static const struct act because = { .role = ROLE_COORDINATOR, .actor = 2, .why = "算错了" };

static int64_t rich(struct shop *s, int64_t n)
{
	int64_t id, resident = shop_resident(s);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = resident, .amount = POINTS(n) } };

	OK(s, transfer_post(s->db, &by_coordinator, &(struct transfer_draft){ "earn", postings, 2 },
		      &id, &s->err));
	return resident;
}

static int64_t merchant(struct shop *s, const char *name)
{
	int64_t id = 0;

	OK(s, body_add(s->db, &by_coordinator, BODY_MERCHANT, name, &id, &s->err));
	return id;
}

/* Good for 30 days, for 20 points or 10 yuan. */
static int64_t noodles(struct shop *s, const char *code, int64_t body)
{
	const struct reward reward = { .code = (char *)code,
		.name = (char *)"面券",
		.kind = REWARD_VOUCHER,
		.points = 20,
		.fen = 1000,
		.body = body,
		.valid_days = 30 };
	int64_t id = 0;

	OK(s, reward_set(s->db, &by_coordinator, &reward, &id, &s->err));
	return id;
}

static int64_t take(struct shop *s, int64_t reward, int64_t resident, enum currency currency)
{
	const struct redeem_draft draft = { reward, HOLDER_RESIDENT(resident), 1, currency };
	int64_t id = 0;

	OK(s, redeem(s->db, &by_volunteer, &draft, &id, &s->err));
	return id;
}

static void use(struct shop *s, int64_t redemption)
{
	char text[CODE_TEXT_MAX];
	struct voucher voucher;

	OK(s, voucher_code(s->db, &by_resident, redemption, text, &s->err));
	const struct code code = code_read(text, strlen(text), NULL);
	OK(s, voucher_use(s->db, &by_volunteer, &code, &voucher, &s->err));
}

static int64_t balance(struct shop *s, struct holder whose)
{
	struct points points;

	OK(s, points_balance_of(s->db, whose, &points, &s->err));
	return points.n;
}

static struct settlement settle(struct shop *s, int64_t body)
{
	struct settlement settlement;
	int64_t id;

	OK(s, merchant_settle(s->db, &by_coordinator, body, &id, &s->err));
	OK(s, settlement_get(s->db, id, &settlement, &s->err));
	OK(s, ledger_prove(s->db, &s->err));
	return settlement;
}

#define assert_book(s, body, settlement, state, counts_, points_)                              \
	do {                                                                                   \
		CLEANUP(merchant_book_finish) struct merchant_book book_ = { 0 };              \
		OK(s, merchant_book((s)->db, &(struct merchant_scope){ (body), (settlement) }, \
			      &book_, &(s)->err));                                             \
		assert_int_equal(book_.counts[state], (counts_));                              \
		assert_int_equal(book_.points[state].n, (points_));                            \
	} while (0)

TEST(what_is_paid_for_a_merchants_voucher_lies_in_their_own_account, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), noodle_shop = merchant(s, "祥记面馆"), tea = merchant(s, "茶楼");

	take(s, noodles(s, "noodles", noodle_shop), a, FOR_POINTS);
	take(s, noodles(s, "tea", tea), a, FOR_POINTS);
	take(s, noodles(s, "tea", tea), a, FOR_POINTS);
	assert_int_equal(balance(s, HOLDER_BODY(noodle_shop)), 20);
	assert_int_equal(balance(s, HOLDER_BODY(tea)), 40);
	assert_int_equal(balance(s, HOLDER_SYSTEM(ACCOUNT_MERCHANT)), 0);
	assert_book(s, tea, 0, MERCHANT_OPEN, 2, 40);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(used_vouchers_are_settled_once_and_open_ones_wait, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body = merchant(s, "祥记面馆"), id;
	int64_t reward = noodles(s, "noodles", body);
	int64_t first = take(s, reward, a, FOR_POINTS), second = take(s, reward, a, FOR_POINTS);

	assert_refused(merchant_settle(s->db, &by_coordinator, body, &id, &s->err), &s->err,
		SETTLEMENT_EMPTY);
	use(s, first);
	use(s, take(s, reward, a, FOR_YUAN));
	assert_refused(
		merchant_settle(s->db, &by_volunteer, body, &id, &s->err), &s->err, ROLE_NEEDED);
	const struct settlement done = settle(s, body);
	assert_int_equal(done.points, 20);
	assert_int_equal(done.fen, 1000);
	assert_int_equal(done.lapsed, 0);
	assert_int_equal(balance(s, HOLDER_BODY(body)), 20);
	assert_int_equal(balance(s, HOLDER_SYSTEM(ACCOUNT_REDEEMED)), 20);
	assert_book(s, body, done.id, MERCHANT_DUE, 2, 20);
	assert_book(s, body, 0, MERCHANT_OPEN, 1, 20);
	assert_refused(merchant_settle(s->db, &by_coordinator, body, &id, &s->err), &s->err,
		SETTLEMENT_EMPTY);
	use(s, second);
	assert_int_equal(settle(s, body).number, 2);
	assert_int_equal(balance(s, HOLDER_BODY(body)), 0);
}

TEST(points_of_a_voucher_that_nobody_used_go_to_the_pool, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body = merchant(s, "祥记面馆");
	int64_t reward = noodles(s, "noodles", body);

	use(s, take(s, reward, a, FOR_POINTS));
	take(s, reward, a, FOR_POINTS);
	shop_set_clock(s, "2026-12-22T00:00");
	const struct settlement done = settle(s, body);
	assert_int_equal(done.points, 20);
	assert_int_equal(done.lapsed, 20);
	assert_int_equal(balance(s, HOLDER_BODY(body)), 0);
	assert_int_equal(balance(s, HOLDER_SYSTEM(ACCOUNT_POOL)), 20);
}

TEST(what_is_settled_is_undone_with_its_settlement_alone, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body = merchant(s, "祥记面馆");
	struct reversed reversed;
	const struct reward goods = {
		.code = (char *)"soap", .name = (char *)"肥皂", .points = 30, .body = body
	};
	int64_t reward, id;

	OK(s, reward_set(s->db, &by_coordinator, &goods, &reward, &s->err));
	id = take(s, reward, a, FOR_POINTS);
	const struct settlement done = settle(s, body);
	assert_refused(redemption_undo(s->db, &because, id, &s->err), &s->err, REDEMPTION_SETTLED);
	assert_refused(transfer_reverse(s->db, &because, done.transfer, &reversed, &s->err),
		&s->err, TRANSFER_BOUND);
	assert_refused(
		settlement_undo(s->db, &by_coordinator, done.id, &s->err), &s->err, WHY_NEEDED);
	OK(s, settlement_undo(s->db, &because, done.id, &s->err));
	assert_int_equal(settlement_undo(s->db, &because, done.id, &s->err), ERR_NOT_FOUND);
	assert_int_equal(balance(s, HOLDER_BODY(body)), 30);
	assert_book(s, body, 0, MERCHANT_DUE, 1, 30);
	OK(s, redemption_undo(s->db, &because, id, &s->err));
	assert_int_equal(balance(s, HOLDER_BODY(body)), 0);
	assert_int_equal(balance(s, HOLDER_RESIDENT(a)), 100);
	OK(s, ledger_prove(s->db, &s->err));
}

TEST(what_a_merchant_is_owed_never_expires, shop)
{
	struct shop *s = *state;
	int64_t body = merchant(s, "祥记面馆"), lots;

	OK(s, setting_set(s->db, &by_coordinator, SETTING_POINTS_MONTHS, "1", &s->err));
	int64_t a = rich(s, 100), id = take(s, noodles(s, "noodles", body), a, FOR_POINTS);
	OK(s, db_integer(s->db,
		      "SELECT sum(remaining) FROM lot JOIN account ON account.id = lot.account"
		      " WHERE account.body IS NOT NULL",
		      NO_FIELDS, 0, &lots, &s->err));
	assert_int_equal(lots, 0);
	/* Back with its previous holder, it has its date again. */
	OK(s, redemption_undo(s->db, &because, id, &s->err));
	OK(s, db_integer(s->db, "SELECT sum(remaining) FROM lot", NO_FIELDS, 0, &lots, &s->err));
	assert_int_equal(lots, 100);
}

/* As 0.1.0 wrote it: into one account for all merchants. */
static int pay_into_the_common_account(
	struct shop *s, int64_t reward, int64_t resident, int64_t number)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct err *err = &s->err;
	int64_t transfer;

	TRY(act_begin(&a, s->db, &by_volunteer, ACT_REDEEM, NO_FIELDS, err));
	TRY(posting_move(&a, "redeem", HOLDER_RESIDENT(resident), HOLDER_SYSTEM(ACCOUNT_MERCHANT),
		POINTS(20), &(struct posting_more){ 0 }, &transfer, err));
	TRY(act_insert(&a, "redemption",
		FIELDS(F_INT("id", act_new_id(&a)), F_INT("number", number),
			F_INT("reward", reward), F_INT("resident", resident), F_INT("count", 1),
			F_INT("points", 20), F_INT("transfer", transfer),
			F_INT("redeemed_at", a.now)),
		err));
	return act_commit(&a, 0, err);
}

TEST(what_lies_in_the_common_account_of_before_is_settled_too, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body = merchant(s, "祥记面馆");
	int64_t reward = noodles(s, "noodles", body);

	OK(s, pay_into_the_common_account(s, reward, a, 7));
	use(s, take(s, reward, a, FOR_POINTS));
	assert_int_equal(settle(s, body).points, 40);
	assert_int_equal(balance(s, HOLDER_BODY(body)), 0);
	assert_int_equal(balance(s, HOLDER_SYSTEM(ACCOUNT_MERCHANT)), 0);
}

TEST(merchants_are_who_gives_rewards, shop)
{
	struct shop *s = *state;
	CLEANUP(merchant_list_finish) struct merchant_list list = { 0 };
	int64_t body = merchant(s, "祥记面馆");

	merchant(s, "茶楼");
	noodles(s, "noodles", body);
	OK(s, merchants(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.rows[0].name, "祥记面馆");
}

TEST(a_merchant_does_not_spend_what_is_to_be_settled, shop)
{
	struct shop *s = *state;
	int64_t a = rich(s, 100), body = merchant(s, "祥记面馆"), tea = merchant(s, "茶楼"), id;
	const struct redeem_draft draft = { noodles(s, "tea", tea), HOLDER_BODY(body), 1,
		FOR_POINTS };

	take(s, noodles(s, "noodles", body), a, FOR_POINTS);
	assert_refused(redeem(s->db, &by_volunteer, &draft, &id, &s->err), &s->err, POINTS_SHORT);
}
