#include <string.h>

#include "core/points/fund.h"
#include "core/points/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static const struct act by_coordinator_because = { .role = ROLE_COORDINATOR, .why = "多收了" };

static int64_t post(struct shop *s, int64_t fen)
{
	const struct fund_draft draft = { FUND_GIFT, fen, 0 };
	int64_t id = 0;

	assert_ok(fund_post(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t balance(struct shop *s)
{
	int64_t fen = -1;

	assert_ok(fund_balance(s->db, &fen, &s->err), &s->err);
	return fen;
}

TEST(an_empty_fund_has_nothing, shop)
{
	struct shop *s = *state;
	CLEANUP(fund_statement_finish) struct fund_statement list = { 0 };

	assert_int_equal(balance(s), 0);
	assert_ok(fund_statement(s->db, NULL, 10, &list, &s->err), &s->err);
	assert_int_equal(list.count, 0);
	assert_ok(fund_prove(s->db, &s->err), &s->err);
}

TEST(lines_add_up_and_pages_go_back_in_time, shop)
{
	struct shop *s = *state;
	CLEANUP(fund_statement_finish) struct fund_statement first = { 0 };
	CLEANUP(fund_statement_finish) struct fund_statement second = { 0 };

	post(s, 1250);
	post(s, 20000);
	post(s, 50);
	assert_int_equal(balance(s), 21300);
	assert_ok(fund_statement(s->db, NULL, 2, &first, &s->err), &s->err);
	assert_int_equal(first.count, 2);
	assert_int_equal(first.rows[0].balance, 21300);
	assert_int_equal(first.rows[1].kind, FUND_GIFT);
	assert_ok(fund_statement(s->db, &first.rows[1], 2, &second, &s->err), &s->err);
	assert_int_equal(second.count, 1);
	assert_int_equal(second.rows[0].fen, 1250);
	assert_int_equal(second.rows[0].balance, 1250);
	assert_ok(fund_prove(s->db, &s->err), &s->err);
}

TEST(a_line_is_taken_back_once_with_a_reason_by_a_coordinator, shop)
{
	struct shop *s = *state;
	int64_t line = post(s, 1250), id;

	post(s, 100);
	assert_refused(
		fund_reverse(s->db, &by_volunteer, line, &id, &s->err), &s->err, ROLE_NEEDED);
	assert_refused(
		fund_reverse(s->db, &by_coordinator, line, &id, &s->err), &s->err, WHY_NEEDED);
	assert_ok(fund_reverse(s->db, &by_coordinator_because, line, &id, &s->err), &s->err);
	assert_int_equal(balance(s), 100);
	assert_refused(fund_reverse(s->db, &by_coordinator_because, line, &id, &s->err), &s->err,
		FUND_REVERSED);
	assert_refused(fund_reverse(s->db, &by_coordinator_because, id, &id, &s->err), &s->err,
		FUND_REVERSED);
	assert_int_equal(
		fund_reverse(s->db, &by_coordinator_because, 4711, &id, &s->err), ERR_NOT_FOUND);
	assert_ok(fund_prove(s->db, &s->err), &s->err);
}

TEST(nothing_and_less_than_nothing_are_no_lines, shop)
{
	struct shop *s = *state;
	int64_t id;

	for (int64_t fen = -1; fen <= 0; fen++)
		assert_int_equal(fund_post(s->db, &by_volunteer,
					 &(struct fund_draft){ FUND_GIFT, fen, 0 }, &id, &s->err),
			ERR_INVALID);
	assert_int_equal(
		fund_post(s->db, &by_volunteer,
			&(struct fund_draft){ FUND_GIFT, MONEY_MAX_FEN + 1, 0 }, &id, &s->err),
		ERR_INVALID);
	assert_refused(fund_post(s->db, &by_resident, &(struct fund_draft){ FUND_GIFT, 1, 0 }, &id,
			       &s->err),
		&s->err, ROLE_NEEDED);
}

TEST(the_same_key_is_the_same_line, shop)
{
	struct shop *s = *state;
	struct act act = { .role = ROLE_VOLUNTEER, .key = "0123456789abcde" };
	const struct fund_draft draft = { FUND_GIFT, 500, 0 };
	int64_t first, second;

	assert_ok(fund_post(s->db, &act, &draft, &first, &s->err), &s->err);
	assert_ok(fund_post(s->db, &act, &draft, &second, &s->err), &s->err);
	assert_true(first == second);
	assert_int_equal(balance(s), 500);
}

TEST(a_book_that_does_not_add_up_is_found_out, shop)
{
	struct shop *s = *state;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t line = post(s, 1250);

	assert_ok(
		act_begin(&a, s->db, &by_coordinator, ACT_FUND_POST, NO_FIELDS, &s->err), &s->err);
	assert_ok(act_update(&a, "fund_line", line, FIELDS(F_INT("balance", 9999)), &s->err),
		&s->err);
	assert_ok(act_commit(&a, line, &s->err), &s->err);
	assert_int_equal(fund_prove(s->db, &s->err), ERR_STORAGE);
}

TEST(a_line_refers_to_one_thing_that_is_there, shop)
{
	struct shop *s = *state;
	int64_t id;

	/* Declared in advance, and never written. */
	assert_true(fund_post(s->db, &by_volunteer, &(struct fund_draft){ FUND_SALE, 100, 4711 },
			    &id, &s->err) < 0);
	assert_true(fund_post(s->db, &by_volunteer,
			    &(struct fund_draft){ FUND_REDEMPTION, 100, 4711 }, &id, &s->err) < 0);
	assert_int_equal(balance(s), 0);
	post(s, 100);
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	assert_ok(
		act_begin(&a, s->db, &by_coordinator, ACT_FUND_POST, NO_FIELDS, &s->err), &s->err);
	assert_true(
		act_insert(&a, "fund_line",
			FIELDS(F_INT("id", act_new_id(&a)), F_INT("at", a.now), F_INT("fen", 1),
				F_INT("balance", 101), F_INT("sale", 1), F_INT("redemption", 2)),
			&s->err) < 0);
}
