#include <string.h>

#include "core/items/giving/sale.h"
#include "core/items/reasons.h"
#include "core/points/fund.h"
#include "core/points/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static int sell(struct shop *s, const struct act *act, struct sale_draft draft, struct sale *ret)
{
	int64_t id;

	TRY(sale_make(s->db, act, &draft, &id, &s->err));
	return sale_get(s->db, id, ret, &s->err);
}

static int64_t fund(struct shop *s)
{
	int64_t fen;

	assert_ok(fund_balance(s->db, &fen, &s->err), &s->err);
	return fen;
}

TEST(yuan_become_a_line_of_the_fund_in_the_same_act, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 200, 2500), before, after;
	struct sale sale;

	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &before, &s->err),
		&s->err);
	assert_ok(sell(s, &by_volunteer, (struct sale_draft){ item, 0, SALE_FOR_YUAN, 0 }, &sale),
		&s->err);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal", NO_FIELDS, 0, &after, &s->err),
		&s->err);
	assert_int_equal(after, before + 1);
	assert_int_equal(sale.fen, 2500);
	assert_int_equal(sale.points, 0);
	assert_int_equal(fund(s), 2500);
	assert_retired(s, item, RETIRE_SOLD);
	CLEANUP(fund_statement_finish) struct fund_statement book = { 0 };
	assert_ok(fund_statement(s->db, NULL, 1, &book, &s->err), &s->err);
	assert_true(book.rows[0].of == sale.id && sale.fund_line == book.rows[0].id);
}

TEST(points_go_to_the_pool, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 200, 20000), resident = shop_resident(s);
	const struct sale_draft draft = { item, resident, SALE_FOR_POINTS, 0 };
	struct sale sale;

	assert_refused(sell(s, &by_volunteer, draft, &sale), &s->err, POINTS_SHORT);
	CLEANUP(item_finish) struct item stays = moves_item(s, item);
	assert_int_equal(stays.status, ITEM_ACTIVE);
	moves_give_points(s, resident, 200);
	assert_ok(sell(s, &by_volunteer, draft, &sale), &s->err);
	assert_int_equal(sale.points, 200);
	assert_int_equal(moves_points(s, resident), 0);
	assert_int_equal(moves_pool(s), 200);
	assert_int_equal(fund(s), 0);
	assert_ok(ledger_prove(s->db, &s->err), &s->err);
}

TEST(the_price_is_the_noted_one_unless_somebody_answers_for_it, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 0, 2500), other = moves_worth(s, 0, 2500);
	int64_t blank = moves_worth(s, 0, 0);
	struct sale sale;

	assert_refused(
		sell(s, &by_volunteer, (struct sale_draft){ item, 0, SALE_FOR_YUAN, 1000 }, &sale),
		&s->err, PRICE_FIXED);
	assert_ok(sell(s, &by_override, (struct sale_draft){ item, 0, SALE_FOR_YUAN, 1000 }, &sale),
		&s->err);
	assert_int_equal(sale.fen, 1000);
	assert_ok(
		sell(s, &by_volunteer, (struct sale_draft){ other, 0, SALE_FOR_YUAN, 2500 }, &sale),
		&s->err);
	assert_refused(
		sell(s, &by_volunteer, (struct sale_draft){ blank, 0, SALE_FOR_YUAN, 0 }, &sale),
		&s->err, PRICE_NONE);
	assert_ok(
		sell(s, &by_volunteer, (struct sale_draft){ blank, 0, SALE_FOR_YUAN, 300 }, &sale),
		&s->err);
	assert_int_equal(fund(s), 1000 + 2500 + 300);
}

TEST(points_need_a_person_and_nothing_is_sold_twice, shop)
{
	struct shop *s = *state;
	int64_t item = moves_worth(s, 5, 500);
	struct sale sale;

	assert_int_equal(
		sell(s, &by_volunteer, (struct sale_draft){ item, 0, SALE_FOR_POINTS, 0 }, &sale),
		ERR_NOT_FOUND);
	assert_int_equal(
		sell(s, &by_volunteer, (struct sale_draft){ item, 0, SALE_FOR_YUAN, -1 }, &sale),
		ERR_INVALID);
	assert_refused(
		sell(s, &by_resident, (struct sale_draft){ item, 0, SALE_FOR_YUAN, 0 }, &sale),
		&s->err, ROLE_NEEDED);
	assert_ok(sell(s, &by_volunteer, (struct sale_draft){ item, 0, SALE_FOR_YUAN, 0 }, &sale),
		&s->err);
	assert_refused(
		sell(s, &by_volunteer, (struct sale_draft){ item, 0, SALE_FOR_YUAN, 0 }, &sale),
		&s->err, ITEM_RETIRED);
	assert_int_equal(fund(s), 500);
	assert_int_equal(sale_get(s->db, 4711, &sale, &s->err), ERR_NOT_FOUND);
}

TEST(the_same_key_sells_once, shop)
{
	struct shop *s = *state;
	struct act act = { .role = ROLE_VOLUNTEER, .key = "0123456789abcde" };
	const struct sale_draft draft = { moves_worth(s, 0, 500), 0, SALE_FOR_YUAN, 0 };
	int64_t first, second;

	assert_ok(sale_make(s->db, &act, &draft, &first, &s->err), &s->err);
	assert_ok(sale_make(s->db, &act, &draft, &second, &s->err), &s->err);
	assert_true(first == second);
	assert_int_equal(fund(s), 500);
}
