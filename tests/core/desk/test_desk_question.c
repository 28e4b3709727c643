/* The counter: scans while a question waits for its answer. */
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/items/reasons.h"
#include "core/store/reasons.h"
#include "tests/core/counter.h"
#include "tests/lib/test.h"

/* Drill and ladder are on the person's card from an earlier visit. */
static void come_back(struct counter *c)
{
	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->ladder);
	finish(c);
	scan(c, c->card);
}

/* The list's line about `item`; the test fails unless there is one. */
static const struct outcome *line_of(struct counter *c, int64_t item)
{
	const struct outcome *found = NULL;

	for (int i = 0; i < desk_line_count(c->desk); i++) {
		const struct outcome *o = &desk_line_at(c->desk, i)->outcome;
		if (o->item != item)
			continue;
		assert_null(found);
		found = o;
	}
	assert_non_null(found);
	return found;
}

static int64_t receipts_that_say(struct counter *c, const char *text)
{
	int64_t n = -1;

	assert_ok(db_integer(c->db, "SELECT count(*) FROM outbox WHERE instr(sheet, :text)",
			  FIELDS(F_TEXT("text", text)), 0, &n, &c->err),
		&c->err);
	return n;
}

TEST(own_items_scanned_in_a_row_all_come_back, counter)
{
	struct counter *c = *state;

	come_back(c);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_ASK);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_ASK);
	assert_true(c->o.item == c->ladder);
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_RETURNED);
	assert_int_equal(line_of(c, c->ladder)->kind, OUTCOME_ASK);
	desk_answer(c->desk, DESK_RETURN, &c->o);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_int_equal(line_of(c, c->ladder)->kind, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 0);
}

TEST(an_item_to_borrow_answers_return_for_the_one_that_waits, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 1);
}

TEST(another_card_answers_return_before_the_visit_changes_hands, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	scan(c, c->other_card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_true(desk_visit(c->desk)->resident == c->other);
	assert_int_equal(desk_line_count(c->desk), 0);
	assert_int_equal(open_loans(c), 0);
	assert_int_equal(count(c, "SELECT count(*) FROM loan WHERE return_visit = 2"), 1);
	assert_int_equal(receipts_that_say(c, "Returned"), 1);
}

TEST(the_same_card_again_answers_return_too, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 0);
}

TEST(a_typed_number_answers_return_like_a_scan, counter)
{
	struct counter *c = *state;
	CLEANUP(item_finish) struct item ladder = { 0 };

	come_back(c);
	assert_ok(item_get(c->db, c->ladder, &ladder, &c->err), &c->err);
	scan_item(c, c->drill);
	desk_item_number(c->desk, ladder.number, &c->o);
	assert_outcome(c, OUTCOME_ASK);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_RETURNED);
}

TEST(a_code_that_is_not_ours_answers_nothing_and_gets_its_line, counter)
{
	struct counter *c = *state;
	const unsigned char token[CODE_TOKEN_SIZE] = { 1, 2, 3 };
	char damaged[CODE_TEXT_MAX], stranger[CODE_TEXT_MAX];
	const char *const codes[] = { "https://pay.example/secret", damaged, stranger,
		"9787100000017" };

	code_write_id(CODE_ITEM, c->ladder, damaged);
	damaged[6] = damaged[6] == '0' ? '1' : '0';
	code_write_card(token, stranger);
	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
		scan(c, codes[i]);
		assert_int_equal(desk_line_count(c->desk), 2 + (int)i);
		assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_ASK);
	}
	scan_item(c, 4711);
	assert_refused_for(c, ITEM_UNKNOWN);
	assert_int_equal(open_loans(c), 1);
	desk_answer(c->desk, DESK_RETURN, &c->o);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 0);
}

TEST(the_same_item_again_is_the_same_question, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	for (int i = 0; i < 3; i++) {
		scan_item(c, c->drill);
		assert_outcome(c, OUTCOME_ASK);
		assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_ASK);
	}
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM loan"), 1);
}

TEST(what_waits_for_its_answer_at_the_end_is_on_the_receipt_as_not_returned, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	finish(c);
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(receipts_that_say(c, "Not returned"), 1);
}

TEST(what_waits_for_its_answer_in_a_crash_is_on_the_receipt_as_not_returned, counter)
{
	struct counter *c = *state;
	struct desk *after = NULL;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	desk_close(TAKE(c->desk));
	assert_ok(desk_open(c->db, &paper, &after, &c->err), &c->err);
	c->desk = after;
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(receipts_that_say(c, "Not returned"), 1);
}

TEST(a_return_at_the_board_can_be_undone_there, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	desk_undo(c->desk, &c->o);
	assert_outcome(c, OUTCOME_UNDONE);
	assert_true(c->o.item == c->drill);
	assert_int_equal(open_loans(c), 1);
	assert_int_equal(desk_slip_count(c->desk), 0);
	desk_undo(c->desk, &c->o);
	assert_refused_for(c, UNDO_NOTHING);
}

TEST(a_return_at_the_board_is_not_undone_after_the_next_scan, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan_item(c, c->drill);
	scan(c, "https://pay.example/");
	desk_undo(c->desk, &c->o);
	assert_refused_for(c, UNDO_NOTHING);
	assert_int_equal(open_loans(c), 0);
}

TEST(what_is_left_unanswered_by_a_key_stays_lent_with_a_line, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	desk_answer(c->desk, DESK_LEAVE, &c->o);
	assert_outcome(c, OUTCOME_LEFT);
	assert_null(desk_question(c->desk));
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_LEFT);
	assert_int_equal(open_loans(c), 1);
	scan_item(c, c->ladder);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_LEFT);
	scan_item(c, c->drill);
	desk_answer(c->desk, DESK_RETURN, &c->o);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_RETURNED);
	finish(c);
	assert_int_equal(receipts_that_say(c, "Not returned"), 0);
}

TEST(the_end_of_a_visit_tells_what_it_leaves_lent, counter)
{
	struct counter *c = *state;
	struct outcome beside = OUTCOME_INIT;
	struct desk *after = NULL;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	finish(c);
	assert_true(c->o.item == c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	desk_close(TAKE(c->desk));
	assert_ok(desk_open(c->db, &paper, &after, &c->err), &c->err);
	c->desk = after;
	assert_true(desk_beside(c->desk, &beside));
	assert_int_equal(beside.kind, OUTCOME_LEFT);
	assert_true(beside.item == c->drill);
	assert_false(desk_beside(c->desk, &beside));
	outcome_reset(&beside);
}

TEST(a_return_that_a_scan_answered_is_told_beside_its_outcome, counter)
{
	struct counter *c = *state;
	struct outcome beside = OUTCOME_INIT;

	come_back(c);
	scan_item(c, c->drill);
	assert_false(desk_beside(c->desk, &beside));
	scan_item(c, c->ladder);
	assert_true(desk_beside(c->desk, &beside));
	assert_int_equal(beside.kind, OUTCOME_RETURNED);
	assert_true(beside.item == c->drill);
	outcome_reset(&beside);
}

TEST(a_return_that_another_process_was_faster_with_is_a_line_with_its_reason, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	int64_t loan = c->o.loan;
	assert_ok(loan_return(c->db, &by_volunteer, loan, 0, &c->err), &c->err);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_REFUSED);
	assert_true(err_has(&line_of(c, c->drill)->err, REASON_LOAN_CLOSED));
}

TEST(all_that_can_be_renewed_is_and_the_rest_says_why_not, counter)
{
	struct counter *c = *state;
	int n = 0;
	int64_t due;

	come_back(c);
	assert_ok(desk_renew_count(c->desk, &n, &c->err), &c->err);
	assert_int_equal(n, 2);
	scan_item(c, c->ladder);
	desk_answer(c->desk, DESK_RENEW, &c->o);
	assert_outcome(c, OUTCOME_REFUSED); /* too early */
	shop_set_clock(c->shop, "2026-11-27T14:00");
	assert_ok(loan_renew(c->db, &by_volunteer,
			  &(struct loan_renewing){ .loan = line_of(c, c->ladder)->loan }, &due,
			  &c->err),
		&c->err);
	scan_item(c, c->drill);
	desk_answer(c->desk, DESK_RENEW_ALL, &c->o);
	assert_outcome(c, OUTCOME_RENEWED_ALL);
	assert_int_equal(c->o.done, 1);
	assert_int_equal(c->o.refused, 1); /* renewed once, the maximum */
	assert_null(desk_question(c->desk));
	assert_int_equal(line_of(c, c->drill)->kind, OUTCOME_RENEWED);
	desk_renew_all(c->desk, &c->o);
	assert_int_equal(c->o.done, 0);
	assert_int_equal(c->o.refused, 1);
	assert_int_equal(count(c, "SELECT count(*) FROM journal WHERE kind = 'loan.renew'"), 2);
}

TEST(what_comes_back_damaged_at_the_board_waits_to_be_looked_at, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	desk_report(c->desk, &c->o);
	assert_refused_for(c, UNDO_NOTHING);
	scan_item(c, c->drill);
	desk_report(c->desk, &c->o);
	assert_outcome(c, OUTCOME_REPORTED);
	assert_int_equal(count(c, "SELECT count(*) FROM item WHERE needs_check = 1"), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM loan WHERE reported_at > 0"), 1);
	scan(c, c->other_card);
	scan_item(c, c->drill);
	assert_refused_for(c, ITEM_CHECK);
}

TEST(a_return_at_the_board_is_not_undone_at_another_station, counter)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan_item(c, c->drill);
	db_set_station(c->db, 2);
	desk_undo(c->desk, &c->o);
	assert_refused_for(c, UNDO_OTHER_VISIT);
	assert_int_equal(open_loans(c), 0);
}

TEST(what_comes_in_while_the_desk_is_held_back_is_done_in_its_order, counter)
{
	struct counter *c = *state;
	struct outcome beside = OUTCOME_INIT;

	desk_hold_back(c->desk, true);
	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_WAIT);
	assert_null(desk_visit(c->desk));
	desk_hold_back(c->desk, false);
	desk_retry(c->desk, &c->o);
	assert_outcome(c, OUTCOME_LENT);
	assert_true(c->o.item == c->ladder);
	assert_true(desk_beside(c->desk, &beside));
	assert_int_equal(beside.kind, OUTCOME_VISIT);
	assert_true(desk_beside(c->desk, &beside));
	assert_true(beside.item == c->drill);
	assert_false(desk_beside(c->desk, &beside));
	assert_int_equal(open_loans(c), 2);
	outcome_reset(&beside);
}

TEST(scans_that_are_given_up_have_their_lines, counter)
{
	struct counter *c = *state;

	scan(c, c->card);
	desk_hold_back(c->desk, true);
	scan_item(c, c->drill);
	scan_item(c, c->ladder);
	desk_give_up(c->desk, &c->o);
	assert_refused_for(c, STORE_BUSY);
	assert_int_equal(desk_line_count(c->desk), 2);
	desk_hold_back(c->desk, false);
	desk_retry(c->desk, &c->o);
	assert_outcome(c, OUTCOME_NONE);
	assert_int_equal(open_loans(c), 0);
}
