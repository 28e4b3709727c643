/* The counter: the visit, its running list, undo, how it ends. */
#include "core/items/catalogue/kit.h"
#include "core/items/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/core/counter.h"
#include "tests/lib/test.h"

TEST(a_card_opens_the_visit, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_true(desk_visit(c->desk)->resident == c->person);
	assert_string_equal(desk_visit(c->desk)->masked_name, "何*");
}

TEST(an_item_on_the_shelf_inside_a_visit_is_lent, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_LENT);
	assert_instant(c->o.due_at, "2026-11-28T21:00");
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_int_equal(open_loans(c), 1);
}

TEST(an_item_lent_in_this_very_visit_need_not_be_scanned_again, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_ALREADY);
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_int_equal(open_loans(c), 1);
}

TEST(an_item_out_on_this_card_asks_return_or_renew, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_ASK);
	desk_answer(c->desk, DESK_RETURN, &c->o);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 0);
}

TEST(the_answer_renew_moves_the_due_time, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	shop_set_clock(c->shop, "2026-11-27T14:00");
	scan(c, c->card);
	scan_item(c, c->drill);
	desk_answer(c->desk, DESK_RENEW, &c->o);
	assert_outcome(c, OUTCOME_RENEWED);
	assert_instant(c->o.due_at, "2026-12-05T21:00");
}

TEST(any_other_item_that_is_out_is_returned_without_a_card, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_null(desk_visit(c->desk));
	assert_int_equal(open_loans(c), 0);
}

TEST(an_item_of_somebody_else_is_returned_inside_a_visit_too, counter)
{
	struct counter *c = *state;

	lend_before(c, c->other_card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 0);
}

TEST(an_item_on_the_shelf_without_a_visit_asks_for_a_card_and_is_lent_then, counter)
{
	struct counter *c = *state;

	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_ITEM);
	assert_int_equal(open_loans(c), 0);
	scan(c, c->card);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(open_loans(c), 1);
}

TEST(an_item_shown_long_ago_is_not_lent_to_the_next_card, counter)
{
	struct counter *c = *state;

	scan_item(c, c->drill);
	c->shop->clock.set_monotonic_ms += 21 * 1000;
	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_int_equal(open_loans(c), 0);
}

TEST(the_next_card_ends_the_visit_before_it, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	scan(c, c->other_card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_true(desk_visit(c->desk)->resident == c->other);
	assert_int_equal(desk_line_count(c->desk), 0);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 1);
}

TEST(the_same_card_again_changes_nothing, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_int_equal(desk_line_count(c->desk), 1);
}

TEST(the_last_line_can_be_undone_and_then_the_one_before, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->ladder);
	desk_undo(c->desk, &c->o);
	assert_outcome(c, OUTCOME_UNDONE);
	assert_true(c->o.item == c->ladder);
	desk_undo(c->desk, &c->o);
	assert_true(c->o.item == c->drill);
	assert_int_equal(open_loans(c), 0);
	desk_undo(c->desk, &c->o);
	assert_refused_for(c, UNDO_NOTHING);
}

TEST(a_return_can_be_undone_inside_the_visit, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	desk_answer(c->desk, DESK_RETURN, &c->o);
	desk_undo(c->desk, &c->o);
	assert_outcome(c, OUTCOME_UNDONE);
	assert_int_equal(open_loans(c), 1);
}

TEST(a_renewal_can_be_undone_inside_the_visit, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	int64_t due = 0, again = 0;
	assert_ok(
		db_integer(c->db, "SELECT due_at FROM loan", NO_FIELDS, 0, &due, &c->err), &c->err);
	shop_set_clock(c->shop, "2026-11-27T14:00");
	scan(c, c->card);
	scan_item(c, c->drill);
	desk_answer(c->desk, DESK_RENEW, &c->o);
	desk_undo(c->desk, &c->o);
	assert_outcome(c, OUTCOME_UNDONE);
	assert_ok(db_integer(c->db, "SELECT due_at FROM loan", NO_FIELDS, 0, &again, &c->err),
		&c->err);
	assert_true(due == again);
}

TEST(the_receipt_is_queued_with_the_end_of_the_visit, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
	finish(c);
	assert_int_equal(
		count(c, "SELECT count(*) FROM outbox WHERE purpose = 'receipt' AND visit = 1"), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 0);
	assert_null(desk_visit(c->desk));
}

TEST(a_visit_without_loans_prints_nothing, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	finish(c);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
}

TEST(a_visit_whose_only_loan_was_undone_prints_nothing, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	desk_undo(c->desk, &c->o);
	finish(c);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
}

TEST(finishing_without_paper_queues_none, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	desk_finish(c->desk, false, &c->o);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
}

TEST(an_end_names_the_visit_that_is_over, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	int64_t visit = desk_visit(c->desk)->id;
	desk_finish(c->desk, true, &c->o);
	assert_int_equal(c->o.kind, OUTCOME_FINISHED);
	assert_int_equal(c->o.visit, visit);
	desk_finish(c->desk, true, &c->o);
	assert_int_equal(c->o.visit, 0);
}

TEST(a_visit_that_a_crash_left_open_is_closed_at_the_start_and_its_receipt_queued, counter)
{
	struct counter *c = *state;
	struct desk *after = NULL;

	scan(c, c->card);
	scan_item(c, c->drill);
	desk_close(TAKE(c->desk));
	assert_ok(desk_open(c->db, &paper, &after, &c->err), &c->err);
	c->desk = after;
	assert_null(desk_visit(c->desk));
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM visit WHERE ended_at IS NULL"), 0);
	assert_int_equal(open_loans(c), 1);
}

TEST(a_refusal_is_a_line_with_all_reasons_and_no_loan, counter)
{
	struct counter *c = *state;

	SHOP_RULE(c->shop, row.category = c->shop->tool, row.max_items = 0,
		row.turnaround_hours = 24);
	scan(c, c->card);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_REFUSED);
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_int_equal(open_loans(c), 0);
	assert_int_equal(count(c, "SELECT count(*) FROM refused_scan"), 1);
}

TEST(a_volunteer_lends_a_refused_item_all_the_same_with_a_reason, counter)
{
	struct counter *c = *state;

	SHOP_RULE(c->shop, row.category = c->shop->book, row.max_items = 0);
	int64_t book = shop_item(c->shop, c->shop->book);
	desk_set_staff(c->desk, &wei);
	scan(c, c->card);
	scan_item(c, book);
	assert_outcome(c, OUTCOME_REFUSED);
	assert_true(c->o.can_override);
	desk_override(c->desk, 0, "负责人同意", &c->o);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(count(c, "SELECT actor FROM journal ORDER BY seq DESC LIMIT 1"), 77);
	assert_int_equal(count(c, "SELECT count(*) FROM journal_why"), 1);
}

TEST(a_resident_cannot_override, counter)
{
	struct counter *c = *state;

	SHOP_RULE(c->shop, row.category = c->shop->book, row.max_items = 0);
	int64_t book = shop_item(c->shop, c->shop->book);
	scan(c, c->card);
	scan_item(c, book);
	desk_override(c->desk, 0, "我要", &c->o);
	assert_refused_for(c, ROLE_NEEDED);
	assert_int_equal(open_loans(c), 0);
}

TEST(idle_time_warns_and_then_is_over, counter)
{
	struct counter *c = *state;
	int seconds;

	scan(c, c->card);
	assert_int_equal(desk_idle(c->desk, &seconds), DESK_AT_WORK);
	c->shop->clock.set_monotonic_ms += 101 * 1000;
	assert_int_equal(desk_idle(c->desk, &seconds), DESK_WARNING);
	assert_int_equal(seconds, 19);
	desk_touch(c->desk);
	assert_int_equal(desk_idle(c->desk, &seconds), DESK_AT_WORK);
	c->shop->clock.set_monotonic_ms += 120 * 1000;
	assert_int_equal(desk_idle(c->desk, &seconds), DESK_OVER);
}

TEST(a_backdated_loan_is_entered_as_of_then, counter)
{
	struct counter *c = *state;

	shop_set_clock(c->shop, "2026-11-22T14:00");
	desk_set_staff(c->desk, &wei);
	desk_set_backdate(c->desk, at("2026-11-22T10:00"), "停电时记在纸上");
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_LENT);
	assert_instant(c->o.at, "2026-11-22T10:00");
}

TEST(things_returned_without_a_card_can_have_a_slip, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	assert_int_equal(desk_return_slip(c->desk, &c->err), 0);
	scan_item(c, c->drill);
	assert_int_equal(desk_slip_count(c->desk), 1);
	assert_int_equal(desk_return_slip(c->desk, &c->err), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox WHERE title = 'return slip'"), 1);
	assert_int_equal(desk_return_slip(c->desk, &c->err), 0);
}

TEST(any_thing_of_a_kit_brings_the_kit_back, counter)
{
	struct counter *c = *state;

	assert_ok(kit_add(c->db, &by_volunteer, c->ladder, c->drill, &c->err), &c->err);
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_refused_for(c, ITEM_IN_KIT);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_LENT);
	desk_finish(c->desk, false, &c->o);

	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_int_equal(c->o.item, c->ladder);
	assert_int_equal(open_loans(c), 0);
}

static void set_expiry(struct counter *c, int64_t id, const char *expires_on)
{
	CLEANUP(item_finish) struct item item = { 0 };

	assert_ok(item_get(c->db, id, &item, &c->err), &c->err);
	struct item_draft draft = item_draft_of(&item);
	draft.expires_on = expires_on;
	assert_ok(item_edit(c->db, &by_volunteer, id, &draft, &c->err), &c->err);
}

TEST(what_expires_soon_is_lent_with_a_word_about_it, counter)
{
	struct counter *c = *state;

	set_expiry(c, c->drill, "2026-12-01");
	set_expiry(c, c->ladder, "2026-11-20");
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(c->o.notices.count, 1);
	assert_int_equal(c->o.notices.reasons[0].code, REASON_ITEM_EXPIRES_SOON);
	scan_item(c, c->ladder);
	assert_refused_for(c, ITEM_EXPIRED);
	assert_false(c->o.can_override);
}
