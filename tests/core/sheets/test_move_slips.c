/* Slips and the stocktake's report: what is on them. English words are the message ids. */
#include <string.h>

#include "core/items/giving/donation.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/items/upkeep/stocktake.h"
#include "core/people/resident_acts.h"
#include "core/sheets/move_slip.h"
#include "core/sheets/stocktake_report.h"
#include "core/sheets/thanks.h"
#include "tests/core/moves.h"
#include "tests/lib/test.h"

static const struct letterhead english = { .language = "en" };

#define assert_on(text, words)                                     \
	do {                                                       \
		if (!strstr((text), (words)))                      \
			fail_msg("no \"%s\" on\n%s", words, text); \
	} while (0)

static int64_t person(struct shop *s)
{
	struct resident_new draft = {
		.name = "张小三", .category = "resident", .consent_version = "2026-1"
	};
	int64_t id;

	assert_ok(resident_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static char *slip(struct shop *s, enum move_kind kind, int64_t id)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	assert_ok(move_slip_build(s->db, &english, kind, id, 58, &sheet, &s->err), &s->err);
	return sheet_take_text(sheet);
}

TEST(a_donor_is_thanked_by_name_for_things_and_money, shop)
{
	struct shop *s = *state;
	const struct arrival thing = moves_arrival(s, "折叠梯", 0, 0);
	const struct donation_draft draft = {
		.name = "榕树里党支部", .fen = 20050, .things = &thing, .thing_count = 1
	};
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t id;

	assert_ok(donation_take(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(thanks_build(s->db, &english, id, 58, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_on(text, "Thank you");
	assert_on(text, "榕树里党支部");
	assert_on(text, "折叠梯");
	assert_on(text, "000001");
	assert_on(text, "200.50 yuan");
	assert_on(text, "Donation 1");
	assert_int_equal(thanks_build(s->db, &english, 4711, 58, &sheet, &s->err), ERR_NOT_FOUND);
}

TEST(who_wants_no_name_has_none_on_paper, shop)
{
	struct shop *s = *state;
	const struct donation_draft draft = {
		.resident = person(s), .thanks = THANKS_ANONYMOUS, .fen = 100
	};
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t id;

	assert_ok(donation_take(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(thanks_build(s->db, &english, id, 80, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_null(strstr(text, "张"));
	assert_on(text, "A kind neighbour");
}

TEST(a_sale_says_what_was_paid_and_where_it_goes, shop)
{
	struct shop *s = *state;
	int64_t resident = person(s), id;
	const struct sale_draft yuan = { moves_worth(s, 5, 1250), resident, SALE_FOR_YUAN, 0 };
	const struct sale_draft points = { moves_worth(s, 5, 1250), resident, SALE_FOR_POINTS, 0 };

	assert_ok(sale_make(s->db, &by_volunteer, &yuan, &id, &s->err), &s->err);
	CLEANUP(mem_free) char *first = slip(s, MOVE_SALE, id);
	assert_on(first, "12.50 yuan");
	assert_on(first, "For the community fund");
	assert_on(first, "张*三");
	assert_null(strstr(first, "张小三"));
	moves_give_points(s, resident, 5);
	assert_ok(sale_make(s->db, &by_volunteer, &points, &id, &s->err), &s->err);
	CLEANUP(mem_free) char *second = slip(s, MOVE_SALE, id);
	assert_on(second, "5 points");
	assert_on(second, "For the common pool");
}

TEST(a_swap_names_both_things_and_the_difference, shop)
{
	struct shop *s = *state;
	int64_t resident = person(s), id;
	const struct swap_draft draft = { resident, moves_arrival(s, "电饭锅", 20, 0),
		moves_worth(s, 21, 0) };

	moves_give_points(s, resident, 1);
	assert_ok(swap_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	CLEANUP(mem_free) char *text = slip(s, MOVE_SWAP, id);
	assert_on(text, "电饭锅");
	assert_on(text, "折叠梯");
	assert_on(text, "Difference paid");
	assert_on(text, "1 point");
}

TEST(a_gift_names_who_has_it, shop)
{
	struct shop *s = *state;
	const struct giveaway_draft draft = { moves_worth(s, 0, 0), 0, "街道慈善会" };
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	int64_t id;

	assert_ok(giveaway_make(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	CLEANUP(mem_free) char *text = slip(s, MOVE_GIVEAWAY, id);
	assert_on(text, "街道慈善会");
	assert_on(text, "Gift 1");
	assert_int_equal(move_slip_build(s->db, &english, MOVE_GIVEAWAY, 4711, 58, &sheet, &s->err),
		ERR_NOT_FOUND);
}

TEST(the_report_counts_and_lists_what_a_stocktake_found, shop)
{
	struct shop *s = *state;
	int64_t seen = moves_worth(s, 0, 0), id;
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	enum stocktake_state is;

	moves_worth(s, 0, 0);
	assert_ok(stocktake_start(s->db, &by_volunteer,
			  &(struct stocktake_scope){ .category = s->tool }, &id, &s->err),
		&s->err);
	assert_ok(stocktake_seen(s->db, &by_volunteer,
			  &(struct stocktake_sighting){ id, seen, "", "Z-9" }, &is, &s->err),
		&s->err);
	assert_ok(stocktake_close(s->db, &by_volunteer, id, &s->err), &s->err);
	assert_ok(stocktake_report_build(s->db, &english, id, &sheet, &s->err), &s->err);
	CLEANUP(mem_free) char *text = sheet_take_text(sheet);
	assert_on(text, "Stocktake 1: 工具");
	assert_on(text, "Not seen");
	assert_on(text, "000002");
	assert_on(text, "In the wrong place");
	assert_on(text, "Z-9");
	assert_null(strstr(text, "Lent, and yet here"));
	assert_on(text, "Counted by");
}
