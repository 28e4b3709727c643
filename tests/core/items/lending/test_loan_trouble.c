#include <string.h>

#include "core/items/catalogue/title_parts.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/lending/loan_list.h"
#include "core/items/lending/loan_trouble.h"
#include "core/items/lending/standing.h"
#include "core/items/lending/trouble_list.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/look_over.h"
#include "core/people/message.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

/* Recalled, claimed as returned, lost, found, and missing parts. */

#define VISIT 5

static const struct act because = { .role = ROLE_VOLUNTEER, .why = "找不到" };

static int lend_by(
	struct shop *s, const struct act *act, int64_t item, int64_t resident, int64_t *ret_loan)
{
	struct loan_request request = { item, resident, VISIT };

	s->err = (struct err){ 0 };
	return loan_open(s->db, act, &request, ret_loan, &s->err);
}

static int64_t lend(struct shop *s, int64_t item, int64_t resident)
{
	int64_t loan = 0;

	assert_ok(lend_by(s, &by_resident, item, resident, &loan), &s->err);
	return loan;
}

static struct loan get(struct shop *s, int64_t id)
{
	struct loan loan = { 0 };

	assert_ok(loan_get(s->db, id, &loan, &s->err), &s->err);
	return loan;
}

static enum item_status status_of(struct shop *s, int64_t item)
{
	CLEANUP(item_finish) struct item it = { 0 };

	assert_ok(item_get(s->db, item, &it, &s->err), &s->err);
	return it.status;
}

static struct item_look look_of(struct shop *s, int64_t item)
{
	struct item_look look = { 0 };

	assert_ok(item_look_get(s->db, item, &look, &s->err), &s->err);
	return look;
}

static struct standing standing_of(struct shop *s, int64_t resident)
{
	struct standing standing = { 0 };

	assert_ok(standing_at(s->db, resident, s->resident_category, s->clock.set_wall, &standing,
			  &s->err),
		&s->err);
	return standing;
}

/* ---- called back ---- */

static int recall(struct shop *s, int64_t loan, const char *on, int64_t *ret_due_at)
{
	struct day day;

	assert_ok(day_parse(on, &day, &s->err), &s->err);
	return loan_recall(s->db, &by_volunteer, loan, day, "梯子有人急用", ret_due_at, &s->err);
}

TEST(a_recall_moves_the_due_time_and_tells_the_borrower, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), due_at = 0;
	int64_t loan = lend(s, shop_item(s, s->tool), who);
	struct message *messages = NULL;

	assert_ok(recall(s, loan, "2026-11-26", &due_at), &s->err);
	assert_instant(due_at, "2026-11-26T21:00");
	CLEANUP(loan_finish) struct loan now = get(s, loan);
	assert_instant(now.due_at, "2026-11-26T21:00");
	assert_int_equal(now.recalled_at, s->clock.set_wall);
	int count = message_unread(s->db, who, &messages, &s->err);
	assert_int_equal(count, 1);
	assert_string_equal(messages[0].words, "梯子有人急用");
	messages_finish(messages, count);
	assert_refused(
		loan_renew(s->db, &by_resident,
			&(struct loan_renewing){ .loan = loan, .visit = VISIT }, &due_at, &s->err),
		&s->err, RENEW_RECALLED);
}

TEST(a_recall_leaves_the_borrower_some_days_and_an_open_one, shop)
{
	struct shop *s = *state;
	int64_t loan = lend(s, shop_item(s, s->tool), shop_resident(s)), due_at = 0;

	assert_ok(setting_set(s->db, &by_coordinator, SETTING_RECALL_DAYS, "2", &s->err), &s->err);
	assert_ok(recall(s, loan, "2026-11-21", &due_at), &s->err);
	assert_instant(due_at, "2026-11-24T21:00"); /* Monday is closed */
	assert_refused(recall(s, loan, "2026-11-28", &due_at), &s->err, RECALL_NOT_EARLIER);
}

/* ---- said to be returned ---- */

TEST(what_is_said_to_be_returned_blocks_nobody_and_stays_open, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), item = shop_item(s, s->tool);
	int64_t loan = lend(s, item, who), another = 0;

	SHOP_RULE(s, row.overdue = OVERDUE_BLOCK, row.grace_days = 0);
	shop_set_clock(s, "2026-12-02T10:00");
	assert_refused(lend_by(s, &by_resident, shop_item(s, s->book), who, &another), &s->err,
		OVERDUE_BLOCK);
	assert_ok(loan_claim(s->db, &by_volunteer, loan, &s->err), &s->err);
	assert_refused(loan_claim(s->db, &by_volunteer, loan, &s->err), &s->err, LOAN_CLAIMED);
	struct standing standing = standing_of(s, who);
	assert_int_equal(standing.open_count, 1);
	assert_int_equal(standing.overdue_count, 0);
	lend(s, shop_item(s, s->book), who);
	assert_ok(claim_drop(s->db, &by_volunteer, loan, &s->err), &s->err);
	assert_refused(claim_drop(s->db, &by_volunteer, loan, &s->err), &s->err, UNDO_NOTHING);
	assert_int_equal(standing_of(s, who).overdue_count, 1);
}

TEST(if_it_turns_up_late_days_end_with_the_claim, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), loan = lend(s, shop_item(s, s->tool), who);

	SHOP_RULE(s, row.suspend_days = 1, row.suspend_cap = 30, row.grace_days = 0);
	shop_set_clock(s, "2026-11-29T10:00");
	assert_ok(loan_claim(s->db, &by_volunteer, loan, &s->err), &s->err);
	shop_set_clock(s, "2026-12-20T10:00");
	assert_ok(loan_return(s->db, &by_volunteer, loan, 0, &s->err), &s->err);
	assert_int_equal(standing_of(s, who).suspended_until, 0);
}

/* ---- lost and found ---- */

TEST(a_lost_loan_is_over_and_the_item_missing, shop)
{
	struct shop *s = *state;
	int64_t who = shop_resident(s), item = shop_item(s, s->tool), loan = lend(s, item, who);

	SHOP_RULE(s, row.suspend_days = 1, row.suspend_cap = 30, row.grace_days = 0);
	shop_set_clock(s, "2026-12-05T10:00");
	assert_refused(loan_lost(s->db, &by_volunteer, loan, &s->err), &s->err, WHY_NEEDED);
	assert_ok(loan_lost(s->db, &because, loan, &s->err), &s->err);
	CLEANUP(loan_finish) struct loan over = get(s, loan);
	assert_false(loan_is_open(&over));
	assert_int_equal(over.lost_at, s->clock.set_wall);
	assert_int_equal(status_of(s, item), ITEM_MISSING);
	assert_int_equal(standing_of(s, who).open_count, 0);
	assert_int_equal(standing_of(s, who).suspended_until, 0);
	assert_refused(loan_lost(s->db, &because, loan, &s->err), &s->err, LOAN_CLOSED);
	assert_refused(return_void(s->db, &by_volunteer, loan, 0, &s->err), &s->err, UNDO_NOTHING);
}

TEST(what_was_lost_and_is_found_is_lent_again, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), loan = lend(s, item, shop_resident(s));

	assert_ok(loan_lost(s->db, &because, loan, &s->err), &s->err);
	assert_ok(item_found(s->db, &by_volunteer, item, &s->err), &s->err);
	assert_int_equal(status_of(s, item), ITEM_ACTIVE);
	assert_refused(item_found(s->db, &by_volunteer, item, &s->err), &s->err, ITEM_NOT_OUT);
	lend(s, item, shop_resident(s));
	assert_refused(item_found(s->db, &by_volunteer, item, &s->err), &s->err, ITEM_OUT_OTHER);
}

/* ---- parts ---- */

/* A medicine box with three parts. */
static int64_t box(struct shop *s)
{
	static const char *const names[] = { "血压计", "体温计", "说明书" };
	int64_t title = shop_title(s, "药箱", s->tool), item = 0;

	assert_ok(title_set_parts(s->db, &by_volunteer, title, names, 3, &s->err), &s->err);
	assert_ok(item_add(s->db, &by_volunteer, &(struct item_draft){ .title = title }, &item,
			  &s->err),
		&s->err);
	return item;
}

static int give_back(struct shop *s, const struct act *act, int64_t loan, int64_t parts)
{
	const struct loan_giving_back back = { loan, VISIT, parts, false, false };

	s->err = (struct err){ 0 };
	return loan_give_back(s->db, act, &back, &s->err);
}

TEST(with_parts_missing_it_goes_to_repair, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s));

	assert_int_equal(give_back(s, &by_volunteer, loan, 1 << 7), ERR_INVALID);
	assert_ok(give_back(s, &by_volunteer, loan, 1 << 1), &s->err);
	assert_int_equal(status_of(s, item), ITEM_MAINTENANCE);
	assert_int_equal(look_of(s, item).parts_missing, 1 << 1);
	CLEANUP(loan_finish) struct loan over = get(s, loan);
	assert_int_equal(over.parts_missing, 1 << 1);
}

TEST(unless_the_volunteer_says_otherwise, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s));
	struct loan_giving_back back = { loan, VISIT, 1 << 2, true, false };

	assert_ok(loan_give_back(s->db, &by_volunteer, &back, &s->err), &s->err);
	assert_int_equal(status_of(s, item), ITEM_ACTIVE);
	/* The next borrower is not held to what was missing before. */
	back.loan = lend(s, item, shop_resident(s));
	back.stays_in_use = false;
	assert_ok(loan_give_back(s->db, &by_volunteer, &back, &s->err), &s->err);
	assert_int_equal(status_of(s, item), ITEM_ACTIVE);
}

TEST(what_a_resident_brings_back_alone_is_looked_over_first, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s)), other = shop_resident(s);
	CLEANUP(item_list_finish) struct item_list waiting = { 0 };

	assert_ok(loan_return(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_true(look_of(s, item).needs_check);
	assert_refused(lend_by(s, &by_resident, item, other, &loan), &s->err, ITEM_CHECK);
	assert_ok(items_to_look_at(s->db, 0, 10, &waiting, &s->err), &s->err);
	assert_int_equal(waiting.count, 1);
	assert_int_equal(waiting.rows[0].id, item);
	assert_ok(item_look(s->db, &by_volunteer, item, 0, false, &s->err), &s->err);
	assert_false(look_of(s, item).needs_check);
	lend(s, item, other);
}

TEST(what_is_missing_at_the_first_look_is_noted_with_the_loan, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s));

	assert_ok(loan_return(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_ok(item_look(s->db, &by_volunteer, item, 1 << 2, false, &s->err), &s->err);
	assert_int_equal(look_of(s, item).parts_missing, 1 << 2);
	/* What turns up or disappears later does not concern that borrower. */
	assert_ok(item_look(s->db, &by_volunteer, item, 1 << 0, false, &s->err), &s->err);
	CLEANUP(loan_finish) struct loan over = get(s, loan);
	assert_int_equal(over.parts_missing, 1 << 2);
}

/* ---- what somebody has to see to ---- */

TEST(lists_what_to_look_over_what_is_said_to_be_back_and_what_is_missing, shop)
{
	struct shop *s = *state;
	int64_t first = box(s), out = shop_item(s, s->tool), gone = shop_item(s, s->tool);
	int64_t who = shop_resident(s), checked = lend(s, first, who), counts[TROUBLE_KIND_COUNT];
	int64_t claimed = lend(s, out, shop_resident(s)), lost = lend(s, gone, shop_resident(s));
	CLEANUP(trouble_list_finish) struct trouble_list all = { 0 };
	CLEANUP(trouble_list_finish) struct trouble_list rest = { 0 };

	assert_ok(loan_return(s->db, &by_resident, checked, VISIT, &s->err), &s->err);
	assert_ok(loan_claim(s->db, &by_volunteer, claimed, &s->err), &s->err);
	assert_ok(loan_lost(s->db, &because, lost, &s->err), &s->err);
	assert_ok(troubles(s->db, NULL, 10, &all, &s->err), &s->err);
	assert_int_equal(all.count, 3);
	assert_int_equal(all.rows[0].kind, TROUBLE_CHECK);
	assert_int_equal(all.rows[0].item, first);
	assert_int_equal(all.rows[0].resident, who);
	assert_int_equal(all.rows[1].kind, TROUBLE_CLAIMED);
	assert_int_equal(all.rows[1].loan, claimed);
	assert_int_equal(all.rows[1].since_at, s->clock.set_wall);
	assert_int_equal(all.rows[2].kind, TROUBLE_MISSING);
	assert_int_equal(all.rows[2].loan, lost);
	assert_ok(troubles(s->db, &all.rows[0], 1, &rest, &s->err), &s->err);
	assert_int_equal(rest.count, 1);
	assert_int_equal(rest.rows[0].item, out);
	assert_ok(trouble_counts(s->db, counts, &s->err), &s->err);
	assert_int_equal(counts[TROUBLE_CHECK], 1);
	assert_int_equal(counts[TROUBLE_MISSING], 1);
	/* Whatever is dealt with is off the list. */
	assert_ok(item_look(s->db, &by_volunteer, first, 0, false, &s->err), &s->err);
	assert_ok(loan_return(s->db, &by_volunteer, claimed, VISIT, &s->err), &s->err);
	assert_ok(item_found(s->db, &by_volunteer, gone, &s->err), &s->err);
	assert_ok(trouble_counts(s->db, counts, &s->err), &s->err);
	for (int i = 0; i < TROUBLE_KIND_COUNT; i++)
		assert_int_equal(counts[i], 0);
}

TEST(a_volunteer_who_hands_it_out_has_looked, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s));

	assert_ok(loan_return(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_ok(lend_by(s, &by_volunteer, item, shop_resident(s), &loan), &s->err);
	assert_false(look_of(s, item).needs_check);
}

TEST(parts_that_a_volunteer_did_not_look_at_wait_for_a_look, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s));

	assert_ok(loan_return(s->db, &by_volunteer, loan, VISIT, &s->err), &s->err);
	assert_true(look_of(s, item).needs_check);
	assert_ok(lend_by(s, &by_volunteer, item, shop_resident(s), &loan), &s->err);
	const struct loan_giving_back seen = { .loan = loan, .visit = VISIT };
	assert_ok(loan_give_back(s->db, &by_volunteer, &seen, &s->err), &s->err);
	assert_false(look_of(s, item).needs_check);
}

TEST(what_is_said_to_be_damaged_at_its_return_is_looked_over, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), loan = lend(s, item, shop_resident(s));
	CLEANUP(trouble_list_finish) struct trouble_list all = { 0 };

	assert_refused(loan_report(s->db, &by_resident, loan, &s->err), &s->err, UNDO_LATER);
	assert_ok(loan_return(s->db, &by_resident, loan, 0, &s->err), &s->err);
	assert_ok(loan_report(s->db, &by_resident, loan, &s->err), &s->err);
	assert_ok(troubles(s->db, NULL, 10, &all, &s->err), &s->err);
	assert_int_equal(all.count, 1);
	assert_true(all.rows[0].is_reported);
	assert_ok(item_look(s->db, &by_volunteer, item, 0, false, &s->err), &s->err);
	assert_refused(loan_report(s->db, &by_resident, loan, &s->err), &s->err, UNDO_LATER);
}

TEST(things_without_parts_are_lent_on_at_once, shop)
{
	struct shop *s = *state;
	int64_t item = shop_item(s, s->tool), loan = lend(s, item, shop_resident(s));

	assert_ok(loan_return(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_false(look_of(s, item).needs_check);
	lend(s, item, shop_resident(s));
}

TEST(a_hold_gets_it_once_it_has_been_looked_over, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s)), id = 0;
	CLEANUP(item_finish) struct item it = { 0 };
	CLEANUP(hold_finish) struct hold hold = { 0 };

	assert_ok(item_get(s->db, item, &it, &s->err), &s->err);
	assert_ok(
		hold_place(s->db, &by_resident,
			&(struct hold_request){ it.title, shop_resident(s), VISIT }, &id, &s->err),
		&s->err);
	assert_ok(loan_return(s->db, &by_resident, loan, VISIT, &s->err), &s->err);
	assert_int_equal(hold_of_item(s->db, item, s->clock.set_wall, &hold, &s->err), 0);
	assert_ok(item_look(s->db, &by_volunteer, item, 0, false, &s->err), &s->err);
	assert_int_equal(hold_of_item(s->db, item, s->clock.set_wall, &hold, &s->err), 1);
	assert_int_equal(hold.id, id);
}

TEST(an_undone_return_is_as_if_nobody_had_looked, shop)
{
	struct shop *s = *state;
	int64_t item = box(s), loan = lend(s, item, shop_resident(s));

	assert_ok(give_back(s, &by_volunteer, loan, 1), &s->err);
	assert_ok(return_void(s->db, &by_volunteer, loan, VISIT, &s->err), &s->err);
	assert_int_equal(status_of(s, item), ITEM_ACTIVE);
	assert_int_equal(look_of(s, item).parts_missing, 0);
	assert_ok(give_back(s, &by_volunteer, loan, 0), &s->err);
	assert_int_equal(status_of(s, item), ITEM_ACTIVE);
}
