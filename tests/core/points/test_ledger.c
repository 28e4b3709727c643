#include <string.h>

#include "core/points/ledger.h"
#include "core/points/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static int post(struct shop *s, const char *kind, const struct posting *postings, int count)
{
	struct transfer_draft draft = { kind, postings, count };
	int64_t id;

	s->err = (struct err){ 0 };
	return transfer_post(s->db, &by_coordinator, &draft, &id, &s->err);
}

/* Points from the issuing account to a resident, or back. */
static int issue(struct shop *s, int64_t resident, int64_t n)
{
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = resident, .amount = POINTS(n) },
	};

	return post(s, "earn", postings, 2);
}

static int give(struct shop *s, int64_t from, int64_t to, int64_t n)
{
	const struct posting postings[] = {
		{ .resident = from, .amount = POINTS(-n) },
		{ .resident = to, .amount = POINTS(n) },
	};

	return post(s, "gift", postings, 2);
}

static int64_t balance(struct shop *s, int64_t resident)
{
	struct points points = { -1 };

	assert_ok(points_balance(s->db, resident, &points, &s->err), &s->err);
	return points.n;
}

static int64_t balance_of(struct shop *s, enum system_account system)
{
	struct points points = { -1 };

	assert_ok(points_balance_of_system(s->db, system, &points, &s->err), &s->err);
	return points.n;
}

TEST(accounts_open_when_they_are_first_posted_to, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);

	assert_int_equal(balance(s, resident), 0);
	assert_int_equal(balance_of(s, ACCOUNT_ISSUE), 0);
	assert_ok(issue(s, resident, 116), &s->err);
	assert_int_equal(balance(s, resident), 116);
	assert_int_equal(balance_of(s, ACCOUNT_ISSUE), -116);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(entries_sum_to_zero, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s);
	const struct posting uneven[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-10) },
		{ .resident = a, .amount = POINTS(9) },
	};
	const struct posting split[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-10) },
		{ .resident = a, .amount = POINTS(7) },
		{ .resident = b, .amount = POINTS(3) },
	};

	assert_int_equal(post(s, "earn", uneven, 2), ERR_INVALID);
	assert_int_equal(balance(s, a), 0);
	assert_ok(post(s, "earn", split, 3), &s->err);
	assert_int_equal(balance(s, a), 7);
	assert_int_equal(balance(s, b), 3);
}

TEST(nothing_and_too_much_are_no_amounts, shop)
{
	struct shop *s = *state;
	int64_t resident = shop_resident(s);
	const struct posting alone[] = { { .resident = resident, .amount = POINTS(0) } };

	assert_int_equal(issue(s, resident, 0), ERR_INVALID);
	assert_int_equal(issue(s, resident, POINTS_MAX + 1), ERR_INVALID);
	assert_int_equal(issue(s, resident, -POINTS_MAX - 1), ERR_INVALID);
	assert_int_equal(post(s, "earn", alone, 1), ERR_INVALID);
	assert_int_equal(post(s, "earn", alone, 0), ERR_INVALID);
}

TEST(a_resident_must_exist, shop)
{
	assert_int_equal(issue(*state, 4711, 5), ERR_NOT_FOUND);
}

TEST(nobody_spends_below_their_floor, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s);

	assert_ok(issue(s, a, 30), &s->err);
	assert_refused(give(s, a, b, 31), &s->err, POINTS_SHORT);
	assert_int_equal(s->err.reasons[0].n1, 31);
	assert_int_equal(s->err.reasons[0].n2, 30);
	assert_int_equal(balance(s, a), 30);
	assert_int_equal(balance(s, b), 0);
	assert_ok(give(s, a, b, 30), &s->err);
	assert_int_equal(balance(s, a), 0);
	assert_int_equal(balance(s, b), 30);
}

TEST(a_neighbours_floor_may_lie_below_zero, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s), id;

	assert_ok(account_open(s->db, &by_volunteer, a, POINTS(-20), &id, &s->err), &s->err);
	assert_ok(give(s, a, b, 20), &s->err);
	assert_int_equal(balance(s, a), -20);
	assert_refused(give(s, a, b, 1), &s->err, POINTS_SHORT);
	assert_refused(account_open(s->db, &by_volunteer, a, POINTS(0), &id, &s->err), &s->err,
		POINTS_SHORT);
	assert_int_equal(
		account_open(s->db, &by_volunteer, a, POINTS(1), &id, &s->err), ERR_INVALID);
	assert_ok(give(s, b, a, 20), &s->err);
	assert_ok(account_open(s->db, &by_volunteer, a, POINTS(0), &id, &s->err), &s->err);
	assert_refused(give(s, a, b, 1), &s->err, POINTS_SHORT);
}

TEST(one_account_twice_in_a_transfer_adds_up, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-10) },
		{ .resident = a, .amount = POINTS(12) },
		{ .resident = a, .amount = POINTS(-2) },
	};

	assert_ok(post(s, "earn", postings, 3), &s->err);
	assert_int_equal(balance(s, a), 10);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(from_somebody_to_themselves_is_no_transfer, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s);
	const struct posting postings[] = {
		{ .resident = a, .amount = POINTS(-3) },
		{ .resident = a, .amount = POINTS(2) },
		{ .resident = a, .amount = POINTS(1) },
	};

	assert_ok(issue(s, a, 10), &s->err);
	assert_int_equal(post(s, "gift", postings, 3), ERR_INVALID);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(the_same_key_posts_once, shop)
{
	struct shop *s = *state;
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-5) },
		{ .resident = shop_resident(s), .amount = POINTS(5) },
	};
	struct transfer_draft draft = { "earn", postings, 2 };
	struct act act = by_coordinator;
	int64_t first, second;

	act_new_key(act.key);
	assert_ok(transfer_post(s->db, &act, &draft, &first, &s->err), &s->err);
	assert_ok(transfer_post(s->db, &act, &draft, &second, &s->err), &s->err);
	assert_int_equal(first, second);
	assert_int_equal(balance(s, postings[1].resident), 5);
}

TEST(a_statement_runs_back_with_its_balances, shop)
{
	struct shop *s = *state;
	int64_t a = shop_resident(s), b = shop_resident(s);
	CLEANUP(points_statement_finish) struct points_statement first = { 0 };
	CLEANUP(points_statement_finish) struct points_statement second = { 0 };
	CLEANUP(points_statement_finish) struct points_statement none = { 0 };

	assert_ok(issue(s, a, 10), &s->err);
	assert_ok(give(s, a, b, 3), &s->err);
	assert_ok(issue(s, a, 20), &s->err);
	assert_ok(points_statement(s->db, a, NULL, 2, &first, &s->err), &s->err);
	assert_int_equal(first.count, 2);
	assert_int_equal(first.rows[0].amount.n, 20);
	assert_int_equal(first.rows[0].balance.n, 27);
	assert_int_equal(first.rows[1].amount.n, -3);
	assert_int_equal(first.rows[1].balance.n, 7);
	assert_string_equal(first.rows[1].kind, "gift");
	assert_ok(points_statement(s->db, a, &first.rows[1], 2, &second, &s->err), &s->err);
	assert_int_equal(second.count, 1);
	assert_int_equal(second.rows[0].balance.n, 10);
	assert_ok(points_statement(s->db, 4711, NULL, 2, &none, &s->err), &s->err);
	assert_int_equal(none.count, 0);
}

TEST(posting_by_hand_needs_a_coordinator, shop)
{
	struct shop *s = *state;
	struct transfer_draft draft = { "earn", NULL, 0 };
	const struct posting postings[] = {
		{ .system = ACCOUNT_ISSUE, .amount = POINTS(-5) },
		{ .resident = shop_resident(s), .amount = POINTS(5) },
	};
	int64_t id;

	draft.postings = postings;
	draft.posting_count = 2;
	assert_refused(
		transfer_post(s->db, &by_volunteer, &draft, &id, &s->err), &s->err, ROLE_NEEDED);
}

/* Random transfers: whatever the model refuses is refused, and the books balance. */
TEST(the_books_prove_after_any_transfers, shop)
{
	struct shop *s = *state;
	int64_t people[4], model[4] = { 0 };
	unsigned seed = 20261121;

	for (int i = 0; i < 4; i++)
		people[i] = shop_resident(s);
	for (int i = 0; i < 400; i++) {
		int from = rand_r(&seed) % 4, to = rand_r(&seed) % 4;
		int64_t n = 1 + rand_r(&seed) % 40;
		if (from == to) {
			assert_ok(issue(s, people[to], n), &s->err);
			model[to] += n;
			continue;
		}
		int r = give(s, people[from], people[to], n);
		assert_int_equal(r, model[from] >= n ? 0 : ERR_REFUSED);
		model[from] -= r == 0 ? n : 0;
		model[to] += r == 0 ? n : 0;
	}
	for (int i = 0; i < 4; i++)
		assert_int_equal(balance(s, people[i]), model[i]);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}
