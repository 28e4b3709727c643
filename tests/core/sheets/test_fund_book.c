/* The community fund's statement as a sheet. */
#include <string.h>

#include "core/items/giving/donation.h"
#include "core/items/giving/sale.h"
#include "core/points/fund.h"
#include "core/rewards/redemption.h"
#include "core/sheets/fund_book.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

static int64_t sell(struct shop *s, const char *name, int64_t fen)
{
	const struct arrival arrival = moves_arrival(s, name, 0, fen);
	struct item_draft item = arrival.item;
	struct sale_draft draft = { .currency = SALE_FOR_YUAN };
	struct sale sale;
	int64_t id;

	assert_ok(title_add(s->db, &by_volunteer, &arrival.draft, &item.title, &s->err), &s->err);
	assert_ok(item_add(s->db, &by_volunteer, &item, &draft.item, &s->err), &s->err);
	assert_ok(sale_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(sale_get(s->db, id, &sale, &s->err), &s->err);
	return sale.fund_line;
}

static void give(struct shop *s, const char *name, enum thanks thanks, int64_t fen)
{
	const struct donation_draft draft = { .name = name, .thanks = thanks, .fen = fen };
	int64_t id;

	assert_ok(donation_take(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
}

static char *book(struct shop *s, const char *from, const char *until)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	struct day first, last;

	assert_ok(day_parse(from, &first, &s->err), &s->err);
	assert_ok(day_parse(until, &last, &s->err), &s->err);
	assert_ok(fund_book_build(s->db, &english, first, last, &sheet, &s->err), &s->err);
	return sheet_take_text(sheet);
}

/* Each text comes after the previous one. */
static void assert_in_order(const char *text, const char *const wanted[])
{
	for (int i = 0; wanted[i]; i++) {
		const char *found = strstr(text, wanted[i]);
		if (!found)
			fail_msg("no %s in what is left of\n%s", wanted[i], text);
		text = found + strlen(wanted[i]);
	}
}

TEST(lines_of_the_days_stand_between_the_balances, shop)
{
	struct shop *s = *state;

	sell(s, "旧书架", 3000);
	shop_set_clock(s, "2026-11-22T10:00");
	sell(s, "电饭锅", 2550);
	give(s, "何先生", THANKS_NAME, 10000);
	shop_set_clock(s, "2026-11-24T10:00");
	sell(s, "台灯", 500);
	CLEANUP(mem_free) char *text = book(s, "2026-11-22", "2026-11-23");
	const char *const wanted[] = { "From 2026-11-22 until 2026-11-23", "Balance before",
		"\t30\n", "电饭锅", "\t25.50\n", "\t55.50\n", "何先生", "\t100\n", "\t155.50\n",
		"Together", "\t125.50\n", "\t0\n", "\t155.50\n", NULL };
	assert_in_order(text, wanted);
	assert_null(strstr(text, "旧书架"));
	assert_null(strstr(text, "台灯"));
}

TEST(days_without_lines_have_the_balance_alone, shop)
{
	struct shop *s = *state;

	sell(s, "旧书架", 3000);
	CLEANUP(mem_free) char *after = book(s, "2026-12-01", "2026-12-31");
	const char *const wanted[] = { "Balance before", "\t30\n", "Together", "\t0\n", "\t0\n",
		"\t30\n", NULL };
	assert_in_order(after, wanted);
	CLEANUP(mem_free) char *before = book(s, "2026-01-01", "2026-01-31");
	const char *const nothing[] = { "Balance before", "\t0\n", "Together", "\t0\n", NULL };
	assert_in_order(before, nothing);
}

TEST(a_line_that_was_taken_back_is_named_by_the_other, shop)
{
	struct shop *s = *state;
	const struct act because = { .role = ROLE_COORDINATOR, .why = "记错了" };
	int64_t line = sell(s, "旧书架", 3000), id;

	assert_ok(fund_reverse(s->db, &because, line, &id, &s->err), &s->err);
	CLEANUP(mem_free) char *text = book(s, "2026-11-01", "2026-11-30");
	const char *const wanted[] = { "旧书架", "Correction  Charity sale  旧书架", "\t30\n",
		"\t0\n", "Together", NULL };
	assert_in_order(text, wanted);
}

TEST(who_wants_no_name_has_none, shop)
{
	struct shop *s = *state;

	give(s, "何先生", THANKS_ANONYMOUS, 10000);
	CLEANUP(mem_free) char *text = book(s, "2026-11-01", "2026-11-30");
	assert_null(strstr(text, "何先生"));
	assert_non_null(strstr(text, "A kind neighbour"));
}

/* A line without a donation: the reader took every id for one, and the book could never be read
 * again. */
TEST(a_toolkit_for_yuan_and_what_took_it_back_stand_in_the_book, shop)
{
	struct shop *s = *state;
	const struct act because = { .role = ROLE_COORDINATOR, .why = "不要了" };
	const struct reward toolkit = {
		.code = (char *)"toolkit", .name = (char *)"工具包", .fen = 20000
	};
	struct redeem_draft draft = { 0, HOLDER_RESIDENT(shop_resident(s)), 1, FOR_YUAN };
	int64_t id;

	assert_ok(reward_set(s->db, &by_coordinator, &toolkit, &draft.reward, &s->err), &s->err);
	assert_ok(redeem(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(redemption_undo(s->db, &because, id, &s->err), &s->err);
	CLEANUP(mem_free) char *text = book(s, "2026-11-01", "2026-11-30");
	const char *const wanted[] = { "Redeemed for yuan  工具包", "\t200\n",
		"Correction  Redeemed for yuan  工具包", "\t200\n", NULL };
	assert_in_order(text, wanted);
}

TEST(money_without_a_slip_stands_in_the_book, shop)
{
	struct shop *s = *state;
	int64_t id;

	assert_ok(fund_post(s->db, &by_volunteer, &(struct fund_draft){ FUND_GIFT, 1250, 0 }, &id,
			  &s->err),
		&s->err);
	CLEANUP(mem_free) char *text = book(s, "2026-11-01", "2026-11-30");
	const char *const wanted[] = { "Money given", "\t12.50\n", NULL };
	assert_in_order(text, wanted);
}
