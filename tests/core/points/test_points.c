/* Deposits, reversals, gifts, caps, expiry, bodies: the books are checked after each. */
#include <string.h>

#include "core/base/code.h"
#include "core/base/reasons.h"
#include "core/people/message.h"
#include "core/people/resident_acts.h"
#include "core/points/body.h"
#include "core/points/freeze.h"
#include "core/points/gift.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/points/person.h"
#include "core/points/reasons.h"
#include "core/points/reversal.h"
#include "core/points/summary.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(s, call) assert_ok((call), &(s)->err)

static const struct act alone = { .role = ROLE_VOLUNTEER, .actor = 1, .why = "输错了" };
static const struct act with_second = {
	.role = ROLE_VOLUNTEER, .actor = 1, .approver = 2, .why = "输错了"
};
static const struct act other_coordinator = { .role = ROLE_COORDINATOR, .actor = 2 };

static int64_t move(struct shop *s, struct holder from, struct holder to, int64_t n)
{
	const struct posting postings[] = {
		{ from.resident, from.body, from.system, POINTS(-n) },
		{ to.resident, to.body, to.system, POINTS(n) },
	};
	const struct transfer_draft draft = { "earn", postings, 2 };
	int64_t id = 0;

	OK(s, transfer_post(s->db, &by_coordinator, &draft, &id, &s->err));
	return id;
}

static int64_t issue(struct shop *s, int64_t resident, int64_t n)
{
	return move(s, HOLDER_SYSTEM(ACCOUNT_ISSUE), HOLDER_RESIDENT(resident), n);
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

static int64_t frozen(struct shop *s, int64_t resident)
{
	struct points points;

	OK(s, points_frozen(s->db, resident, &points, &s->err));
	return points.n;
}

static void set(struct shop *s, enum setting setting, const char *value)
{
	OK(s, setting_set(s->db, &by_coordinator, setting, value, &s->err));
}

static int freeze(struct shop *s, int64_t resident, int64_t n, int64_t loan, int64_t *ret)
{
	const struct freeze_draft draft = { HOLDER_RESIDENT(resident), POINTS(n), FREEZE_LOAN,
		loan };

	return points_freeze(s->db, &by_volunteer, &draft, ret, &s->err);
}

static void expect_proved(struct shop *s)
{
	OK(s, ledger_prove(s->db, &s->err));
}

/* ---- deposits ---- */

TEST(a_deposit_leaves_the_balance_and_comes_back, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	int64_t a = shop_resident(s), id;
	struct freeze open;

	issue(s, a, 100);
	OK(s, freeze(s, a, 60, loan, &id));
	assert_int_equal(balance(s, a), 40);
	assert_int_equal(frozen(s, a), 60);
	assert_int_equal(system_balance(s, ACCOUNT_FROZEN), 60);
	assert_int_equal(freeze_of(s->db, FREEZE_LOAN, loan, &open, &s->err), 1);
	assert_true(open.id == id);
	expect_proved(s);
	OK(s, freeze_settle(s->db, &by_volunteer, id, POINTS(0), &s->err));
	assert_int_equal(balance(s, a), 100);
	assert_int_equal(frozen(s, a), 0);
	assert_int_equal(freeze_of(s->db, FREEZE_LOAN, loan, &open, &s->err), 0);
	assert_int_equal(freeze_latest_of(s->db, FREEZE_LOAN, loan, &open, &s->err), 1);
	assert_int_equal(open.taken.n, 0);
	expect_proved(s);
}

TEST(part_of_a_deposit_is_taken_with_a_reason, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	int64_t a = shop_resident(s), id;

	issue(s, a, 100);
	OK(s, freeze(s, a, 60, loan, &id));
	assert_refused(
		freeze_settle(s->db, &by_volunteer, id, POINTS(20), &s->err), &s->err, WHY_NEEDED);
	assert_int_equal(freeze_settle(s->db, &alone, id, POINTS(61), &s->err), ERR_INVALID);
	OK(s, freeze_settle(s->db, &alone, id, POINTS(20), &s->err));
	assert_int_equal(balance(s, a), 80);
	assert_int_equal(system_balance(s, ACCOUNT_POOL), 20);
	assert_refused(
		freeze_settle(s->db, &alone, id, POINTS(0), &s->err), &s->err, FREEZE_SETTLED);
	expect_proved(s);
}

TEST(a_fee_that_was_agreed_on_needs_no_reason, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	int64_t a = shop_resident(s), id;

	issue(s, a, 100);
	OK(s, freeze(s, a, 70, loan, &id));
	OK(s, freeze_charge(s->db, &by_volunteer, id, POINTS(20), &s->err));
	assert_int_equal(balance(s, a), 80);
	assert_int_equal(system_balance(s, ACCOUNT_POOL), 20);
	expect_proved(s);
}

TEST(nobody_owes_for_a_deposit, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	int64_t a = shop_resident(s), id;

	OK(s, account_open(s->db, &by_volunteer, a, POINTS(-50), &id, &s->err));
	assert_refused(freeze(s, a, 1, loan, &id), &s->err, POINTS_SHORT);
	issue(s, a, 10);
	assert_refused(freeze(s, a, 11, loan, &id), &s->err, POINTS_SHORT);
	OK(s, freeze(s, a, 10, loan, &id));
	assert_refused(freeze(s, a, 1, loan, &id), &s->err, FREEZE_EXISTS);
}

/* ---- reversals ---- */

TEST(a_transfer_is_taken_back_once_with_a_reason, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), id = issue(s, a, 30);
	struct reversed out;

	assert_refused(
		transfer_reverse(s->db, &by_volunteer, id, &out, &s->err), &s->err, WHY_NEEDED);
	OK(s, transfer_reverse(s->db, &alone, id, &out, &s->err));
	assert_int_not_equal(out.posted, 0);
	assert_int_equal(balance(s, a), 0);
	assert_refused(
		transfer_reverse(s->db, &alone, id, &out, &s->err), &s->err, TRANSFER_REVERSED);
	assert_refused(transfer_reverse(s->db, &alone, out.posted, &out, &s->err), &s->err,
		TRANSFER_REVERSED);
	assert_int_equal(transfer_reverse(s->db, &alone, 4711, &out, &s->err), ERR_NOT_FOUND);
	expect_proved(s);
}

TEST(above_the_threshold_it_takes_a_second_person_or_waits, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), first = issue(s, a, 51), second = issue(s, a, 51), posted;
	CLEANUP(reversal_list_finish) struct reversal_list list = { 0 };
	struct reversed out;

	OK(s, transfer_reverse(s->db, &with_second, first, &out, &s->err));
	assert_int_equal(balance(s, a), 51);
	OK(s, transfer_reverse(s->db, &alone, second, &out, &s->err));
	assert_int_equal(out.posted, 0);
	assert_int_equal(balance(s, a), 51);
	assert_refused(
		transfer_reverse(s->db, &alone, second, &out, &s->err), &s->err, REVERSAL_WAITS);
	OK(s, reversals_waiting(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_true(list.rows[0].transfer == second);
	assert_int_equal(list.rows[0].points.n, 51);
	assert_true(list.rows[0].to.resident == a);
	const struct act asker = { .role = ROLE_COORDINATOR, .actor = 1 };
	assert_refused(reversal_settle(s->db, &asker, list.rows[0].id, true, &posted, &s->err),
		&s->err, SECOND_PERSON);
	OK(s, reversal_settle(s->db, &other_coordinator, list.rows[0].id, true, &posted, &s->err));
	assert_int_not_equal(posted, 0);
	assert_int_equal(balance(s, a), 0);
	assert_refused(reversal_settle(
			       s->db, &other_coordinator, list.rows[0].id, false, &posted, &s->err),
		&s->err, REVERSAL_SETTLED);
	expect_proved(s);
}

TEST(what_is_declined_stays_and_can_be_asked_for_again, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), id = issue(s, a, 80), posted;
	struct reversed out;

	OK(s, transfer_reverse(s->db, &alone, id, &out, &s->err));
	OK(s, reversal_settle(s->db, &other_coordinator, out.waiting, false, &posted, &s->err));
	assert_int_equal(posted, 0);
	assert_int_equal(balance(s, a), 80);
	OK(s, transfer_reverse(s->db, &alone, id, &out, &s->err));
	assert_int_not_equal(out.waiting, 0);
}

TEST(what_has_been_spent_is_not_taken_back, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), id = issue(s, a, 30);
	struct reversed out;

	move(s, HOLDER_RESIDENT(a), HOLDER_SYSTEM(ACCOUNT_REDEEMED), 10);
	assert_refused(transfer_reverse(s->db, &alone, id, &out, &s->err), &s->err, POINTS_SHORT);
	assert_int_equal(balance(s, a), 20);
}

TEST(a_deposit_is_not_taken_back_behind_its_loan, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	int64_t a = shop_resident(s), id, transfer;
	struct reversed out;

	issue(s, a, 30);
	OK(s, freeze(s, a, 10, loan, &id));
	OK(s, db_integer(s->db, "SELECT transfer FROM freeze", NO_FIELDS, 0, &transfer, &s->err));
	assert_refused(
		transfer_reverse(s->db, &alone, transfer, &out, &s->err), &s->err, TRANSFER_BOUND);
}

/* ---- gifts ---- */

TEST(points_go_to_registered_kin_alone, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s), id, *kin = NULL;

	issue(s, a, 30);
	assert_refused(points_give(s->db, &by_resident,
			       &(struct points_gift){ .from = a, .to = b, .points = POINTS(5) },
			       &id, &s->err),
		&s->err, NOT_KIN);
	OK(s, kin_add(s->db, &by_volunteer, b, a, &id, &s->err));
	OK(s, points_give(s->db, &by_resident,
		      &(struct points_gift){ .from = a, .to = b, .points = POINTS(5) }, &id,
		      &s->err));
	OK(s, points_give(s->db, &by_resident,
		      &(struct points_gift){ .from = b, .to = a, .points = POINTS(1) }, &id,
		      &s->err));
	assert_int_equal(balance(s, a), 26);
	assert_int_equal(balance(s, b), 4);
	assert_int_equal(kin_of(s->db, a, &kin, &s->err), 1);
	assert_true(kin[0] == b);
	free(kin);
	OK(s, kin_end(s->db, &by_volunteer, a, b, &s->err));
	assert_refused(points_give(s->db, &by_resident,
			       &(struct points_gift){ .from = a, .to = b, .points = POINTS(5) },
			       &id, &s->err),
		&s->err, NOT_KIN);
	assert_int_equal(kin_end(s->db, &by_volunteer, a, b, &s->err), ERR_NOT_FOUND);
	expect_proved(s);
}

TEST(gifts_come_from_savings_and_fit_under_the_cap, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s), id;

	set(s, SETTING_POINTS_CAP, "20");
	issue(s, a, 30);
	issue(s, b, 15);
	OK(s, kin_add(s->db, &by_volunteer, a, b, &id, &s->err));
	assert_refused(points_give(s->db, &by_resident,
			       &(struct points_gift){ .from = a, .to = b, .points = POINTS(6) },
			       &id, &s->err),
		&s->err, POINTS_CAP);
	assert_int_equal(s->err.reasons[0].n1, 5);
	OK(s, points_give(s->db, &by_resident,
		      &(struct points_gift){ .from = a, .to = b, .points = POINTS(5) }, &id,
		      &s->err));
	OK(s, account_open(s->db, &by_volunteer, a, POINTS(-50), &id, &s->err));
	assert_refused(
		points_donate(s->db, &by_resident, HOLDER_RESIDENT(a), POINTS(26), &id, &s->err),
		&s->err, POINTS_SHORT);
	OK(s, points_donate(s->db, &by_resident, HOLDER_RESIDENT(a), POINTS(25), &id, &s->err));
	assert_int_equal(system_balance(s, ACCOUNT_POOL), 25);
	expect_proved(s);
}

/* ---- bodies, households ---- */

TEST(bodies_hold_points_as_people_do, shop)
{
	struct shop *s = *state;
	int64_t id, a = shop_resident(s);
	CLEANUP(body_list_finish) struct body_list list = { 0 };
	struct points points;

	OK(s, body_add(s->db, &by_coordinator, BODY_PARTY_BRANCH, " 榕树里党支部 ", &id, &s->err));
	assert_refused(body_add(s->db, &by_coordinator, BODY_TEAM, "榕树里党支部", &id, &s->err),
		&s->err, NAME_EXISTS);
	OK(s, bodies(s->db, &list, &s->err));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.rows[0].name, "榕树里党支部");
	move(s, HOLDER_SYSTEM(ACCOUNT_ISSUE), HOLDER_BODY(list.rows[0].id), 40);
	move(s, HOLDER_BODY(list.rows[0].id), HOLDER_RESIDENT(a), 10);
	OK(s, points_balance_of(s->db, HOLDER_BODY(list.rows[0].id), &points, &s->err));
	assert_int_equal(points.n, 30);
	const struct posting postings[] = { { .body = 4711, .amount = POINTS(-1) },
		{ .resident = a, .amount = POINTS(1) } };
	assert_int_equal(transfer_post(s->db, &by_coordinator,
				 &(struct transfer_draft){ "earn", postings, 2 }, &id, &s->err),
		ERR_NOT_FOUND);
	expect_proved(s);
}

TEST(a_household_is_seen_together, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	struct resident_new draft = { .name = "张三",
		.category = "resident",
		.building = "1栋",
		.room = "101",
		.consent_version = "2026-1" };
	CLEANUP(household_points_finish) struct household_points list = { 0 };
	struct resident resident;
	int64_t a, b, id;

	OK(s, resident_add(s->db, &by_volunteer, &draft, &a, &s->err));
	draft.name = "李四";
	OK(s, resident_add(s->db, &by_volunteer, &draft, &b, &s->err));
	issue(s, a, 30);
	issue(s, b, 12);
	OK(s, freeze(s, a, 10, loan, &id));
	OK(s, resident_get(s->db, a, &resident, &s->err));
	OK(s, points_of_household(s->db, resident.household, &list, &s->err));
	assert_int_equal(list.count, 2);
	assert_int_equal(list.rows[0].balance.n, 20);
	assert_int_equal(list.rows[0].frozen.n, 10);
	assert_int_equal(list.total.n, 32);
}

/* ---- expiry ---- */

static struct expiry expire(struct shop *s)
{
	struct expiry expiry;

	OK(s, points_expire(s->db, &by_coordinator, &expiry, &s->err));
	return expiry;
}

TEST(nothing_expires_unless_the_venue_wants_it, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	struct expiring next;

	issue(s, a, 30);
	set(s, SETTING_POINTS_MONTHS, "12");
	shop_set_clock(s, "2030-01-01T10:00");
	assert_int_equal(expire(s).expired, 0);
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_int_equal(next.points.n, 0);
	assert_int_equal(balance(s, a), 30);
}

/* The only thing that they will be told at their next visit. */
static void assert_told(struct shop *s, int64_t who, int64_t points, struct day on)
{
	struct message *messages = NULL;
	int count = message_unread(s->db, who, &messages, &s->err);

	assert_int_equal(count, 1);
	assert_int_equal(messages[0].kind, MESSAGE_POINTS_EXPIRE);
	assert_int_equal(messages[0].points, points);
	assert_int_equal(messages[0].start_at, when_day_start(on));
	messages_finish(messages, count);
}

TEST(the_oldest_expire_first_on_their_day_and_after_notice, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	struct expiring next;

	set(s, SETTING_POINTS_MONTHS, "12");
	issue(s, a, 30);
	shop_set_clock(s, "2026-12-31T10:00");
	issue(s, a, 8);
	move(s, HOLDER_RESIDENT(a), HOLDER_SYSTEM(ACCOUNT_REDEEMED), 20);
	/* A later decision changes no date. */
	set(s, SETTING_POINTS_MONTHS, "1");
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_int_equal(next.points.n, 10);
	assert_int_equal(day_compare(next.on, (struct day){ 2027, 11, 21 }), 0);
	assert_false(next.is_noticed);
	shop_set_clock(s, "2027-10-22T23:00");
	assert_int_equal(expire(s).noticed, 1);
	assert_told(s, a, 10, (struct day){ 2027, 11, 21 });
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_true(next.is_noticed);
	shop_set_clock(s, "2027-11-20T23:00");
	assert_int_equal(expire(s).expired, 0);
	assert_told(s, a, 10, (struct day){ 2027, 11, 21 }); /* once */
	shop_set_clock(s, "2027-11-21T23:00");
	assert_int_equal(expire(s).points.n, 10);
	assert_int_equal(balance(s, a), 8);
	assert_int_equal(system_balance(s, ACCOUNT_POOL), 10);
	expect_proved(s);
}

TEST(without_notice_nothing_expires_however_late, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);

	set(s, SETTING_POINTS_MONTHS, "1");
	issue(s, a, 30);
	shop_set_clock(s, "2028-01-01T10:00");
	assert_int_equal(expire(s).noticed, 1);
	assert_int_equal(balance(s, a), 30);
	shop_set_clock(s, "2028-01-30T10:00");
	assert_int_equal(expire(s).expired, 0);
	shop_set_clock(s, "2028-01-31T10:00");
	assert_int_equal(expire(s).expired, 1);
	assert_int_equal(balance(s, a), 0);
}

TEST(a_gift_and_a_deposit_keep_their_dates, shop)
{
	struct shop *s = *state;
	int64_t loan = shop_loan(s);
	int64_t a = shop_resident(s), b = shop_resident(s), id;
	struct expiring next;

	set(s, SETTING_POINTS_MONTHS, "3");
	issue(s, a, 30);
	OK(s, kin_add(s->db, &by_volunteer, a, b, &id, &s->err));
	shop_set_clock(s, "2027-01-10T10:00");
	OK(s, points_give(s->db, &by_resident,
		      &(struct points_gift){ .from = a, .to = b, .points = POINTS(10) }, &id,
		      &s->err));
	OK(s, points_expiring(s->db, b, &next, &s->err));
	assert_int_equal(day_compare(next.on, (struct day){ 2027, 2, 21 }), 0);
	assert_int_equal(next.points.n, 10);
	OK(s, freeze(s, a, 15, loan, &id));
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_int_equal(next.points.n, 5);
	OK(s, freeze_settle(s->db, &alone, id, POINTS(4), &s->err));
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_int_equal(next.points.n, 16);
	assert_int_equal(day_compare(next.on, (struct day){ 2027, 2, 21 }), 0);
	expect_proved(s);
}

TEST(a_reversal_puts_the_lots_right_too, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	struct expiring next;
	struct reversed out;

	set(s, SETTING_POINTS_MONTHS, "3");
	issue(s, a, 10);
	int64_t wrong = issue(s, a, 20);
	OK(s, transfer_reverse(s->db, &alone, wrong, &out, &s->err));
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_int_equal(next.points.n, 10);
	int64_t spent = move(s, HOLDER_RESIDENT(a), HOLDER_SYSTEM(ACCOUNT_REDEEMED), 7);
	OK(s, transfer_reverse(s->db, &alone, spent, &out, &s->err));
	OK(s, points_expiring(s->db, a, &next, &s->err));
	assert_int_equal(next.points.n, 10);
	expect_proved(s);
}

/* ---- the schema on its own ---- */

static int try_sql(
	struct shop *s, const char *table, int64_t id, const struct field *changes, bool is_insert)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, s->db, &by_coordinator, ACT_TRANSFER_POST, NO_FIELDS, &s->err));
	if (is_insert)
		TRY(act_insert(&a, table, changes, &s->err));
	else if (changes)
		TRY(act_update(&a, table, id, changes, &s->err));
	else
		TRY(act_delete(&a, table, id, &s->err));
	return act_commit(&a, id, &s->err);
}

static int64_t first_id(struct shop *s, const char *sql)
{
	int64_t id;

	OK(s, db_integer(s->db, sql, NO_FIELDS, 0, &id, &s->err));
	return id;
}

TEST(no_act_can_bend_the_books, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), id = issue(s, a, 30);
	int64_t account = first_id(s, "SELECT id FROM account WHERE resident IS NOT NULL");
	int64_t entry = first_id(s, "SELECT id FROM entry WHERE amount > 0");
	int64_t other = first_id(s, "SELECT id FROM entry WHERE amount < 0");

	assert_true(try_sql(s, "account", account, FIELDS(F_INT("balance", 31)), false) < 0);
	assert_true(try_sql(s, "account", account,
			    FIELDS(F_INT("balance", 60), F_INT("last_entry", entry)), false) < 0);
	assert_true(try_sql(s, "account", account,
			    FIELDS(F_INT("balance", 0), F_INT("last_entry", other)), false) < 0);
	assert_true(try_sql(s, "account", account, NULL, false) < 0);
	assert_true(try_sql(s, "entry", entry, FIELDS(F_INT("amount", 31)), false) < 0);
	assert_true(try_sql(s, "entry", entry, NULL, false) < 0);
	assert_true(try_sql(s, "transfer", id, FIELDS(F_TEXT("kind", "gift")), false) < 0);
	assert_true(try_sql(s, "transfer", id, FIELDS(F_INT("rest", 1)), false) < 0);
	assert_true(try_sql(s, "transfer", id, NULL, false) < 0);
	/* One more entry for a complete transfer. */
	assert_true(try_sql(s, "entry", 0,
			    FIELDS(F_INT("id", CODE_ID_MAX), F_INT("transfer", id),
				    F_INT("account", account), F_INT("amount", 5)),
			    true) < 0);
	assert_int_equal(balance(s, a), 30);
	expect_proved(s);
}

TEST(half_a_transfer_does_not_commit, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), account;

	issue(s, a, 30);
	account = first_id(s, "SELECT id FROM account WHERE resident IS NOT NULL");
	{
		CLEANUP(act_end) struct acting acting = ACTING_INIT;
		OK(s, act_begin(&acting, s->db, &by_coordinator, ACT_TRANSFER_POST, NO_FIELDS,
			      &s->err));
		int64_t id = act_new_id(&acting);
		OK(s, act_insert(&acting, "transfer",
			      FIELDS(F_INT("id", id), F_INT("at", acting.now),
				      F_TEXT("kind", "earn")),
			      &s->err));
		OK(s, act_insert(&acting, "entry",
			      FIELDS(F_INT("id", act_new_id(&acting)), F_INT("transfer", id),
				      F_INT("account", account), F_INT("amount", 1000)),
			      &s->err));
		assert_int_equal(act_commit(&acting, id, &s->err), ERR_STORAGE);
	}
	assert_int_equal(balance(s, a), 30);
	expect_proved(s);
}

TEST(nothing_posts_outside_an_act, shop)
{
	static const char *const attempts[] = {
		"INSERT INTO entry (id, transfer, account, amount) VALUES (1, 1, 1, 1)",
		"INSERT INTO transfer (id, at, kind) VALUES (1, 1, 'earn')",
		"UPDATE account SET balance = 1000",
		"UPDATE freeze SET taken = 0",
		"DELETE FROM lot",
		"INSERT INTO zero VALUES (1)",
		"DROP TRIGGER account_keeps",
	};
	struct shop *s = *state;

	issue(s, shop_resident(s), 30);
	for (size_t i = 0; i < ARRAY_LEN(attempts); i++) {
		CLEANUP(query_close) struct query q = QUERY_INIT;
		struct err err = { 0 };
		assert_int_equal(db_write(s->db, attempts[i], NO_FIELDS, NULL, &err), ERR_STORAGE);
		assert_non_null(strstr(err.detail, "not authorized"));
		assert_true(query_open(&q, s->db, attempts[i], NO_FIELDS, &err) < 0);
	}
	expect_proved(s);
}

TEST(who_does_not_wish_to_be_ranked_is_noted, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	struct points_person person;

	OK(s, ranking_choose(s->db, &by_resident, a, true, &s->err));
	assert_refused(exempt_set(s->db, &by_volunteer, a, true, &s->err), &s->err, WHY_NEEDED);
	OK(s, exempt_set(s->db, &alone, a, true, &s->err));
	OK(s, points_person(s->db, a, &person, &s->err));
	assert_true(person.is_unranked && person.is_exempt);
	OK(s, ranking_choose(s->db, &by_resident, a, false, &s->err));
	OK(s, points_person(s->db, a, &person, &s->err));
	assert_true(!person.is_unranked && person.is_exempt);
}
