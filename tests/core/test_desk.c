/* The counter: what a scan means, the running list, undo, the end of a visit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/desk/board.h"
#include "core/desk/desk.h"
#include "core/duty/assignment.h"
#include "core/duty/certificate.h"
#include "core/duty/service_record.h"
#include "core/items/kit.h"
#include "core/items/loan_list.h"
#include "core/people/card.h"
#include "core/print/outbox.h"
#include "core/site/setting.h"
#include "core/site/site.h"
#include "core/venues/booking.h"
#include "core/venues/session.h"
#include "core/venues/venue.h"
#include "tests/core/shop.h"

struct counter {
	struct shop *shop;
	struct db *db;
	struct desk *desk;
	struct outcome o;
	struct err err;
	int64_t person, other;
	char card[CODE_TEXT_MAX], other_card[CODE_TEXT_MAX];
	int64_t drill, ladder; /* items */
};

static const struct desk_options paper = { .letterhead = { .language = "zh_CN" },
	.receipt_width_mm = 58 };
static const struct staff wei = { .id = 77, .role = ROLE_VOLUNTEER, .code = "wei" };

static int setup(void **state)
{
	struct counter *c = mem_alloc(sizeof(*c));
	void *shop;

	assert_int_equal(shop_setup(&shop), 0);
	c->shop = shop;
	c->db = c->shop->db;
	SHOP_RULE(c->shop, row.loan_days = 7, row.max_total = 5, row.max_renewals = 1);
	c->person = shop_resident(c->shop);
	c->other = shop_resident(c->shop);
	assert_ok(card_issue(c->db, &by_volunteer, c->person, c->card, NULL, &c->err), &c->err);
	assert_ok(
		card_issue(c->db, &by_volunteer, c->other, c->other_card, NULL, &c->err), &c->err);
	c->drill = shop_item(c->shop, c->shop->power_tool);
	c->ladder = shop_item(c->shop, c->shop->tool);
	assert_ok(site_set(c->db, &(struct act){ .role = ROLE_ADMIN },
			  &(struct site){ .name = (char *)"顺德共享家+" }, &c->err),
		&c->err);
	assert_ok(desk_open(c->db, &paper, &c->desk, &c->err), &c->err);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct counter *c = *state;
	void *shop = c->shop;

	desk_close(c->desk);
	outcome_reset(&c->o);
	free(c);
	return shop_teardown(&shop);
}

static void scan(struct counter *c, const char *text)
{
	desk_scan(c->desk, text, strlen(text), &c->o);
}

static void scan_id(struct counter *c, enum code_type type, int64_t id)
{
	char text[CODE_TEXT_MAX];

	code_write_id(type, id, text);
	scan(c, text);
}

static void scan_item(struct counter *c, int64_t item)
{
	scan_id(c, CODE_ITEM, item);
}

#define assert_outcome(c, want) assert_int_equal((c)->o.kind, (want))
#define assert_refused_for(c, name)                               \
	do {                                                      \
		assert_outcome((c), OUTCOME_REFUSED);             \
		assert_true(err_has(&(c)->o.err, REASON_##name)); \
	} while (0)

static int64_t count(struct counter *c, const char *sql)
{
	int64_t n = -1;

	assert_ok(db_integer(c->db, sql, NO_FIELDS, 0, &n, &c->err), &c->err);
	return n;
}

static int64_t open_loans(struct counter *c)
{
	return count(
		c, "SELECT count(*) FROM loan WHERE returned_at IS NULL AND voided_at IS NULL");
}

static void a_card_opens_the_visit(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_true(desk_visit(c->desk)->resident == c->person);
	assert_string_equal(desk_visit(c->desk)->masked_name, "何*");
}

static void an_item_on_the_shelf_inside_a_visit_is_lent(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_LENT);
	assert_instant(c->o.due_at, "2026-11-28T21:00");
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_int_equal(open_loans(c), 1);
}

static void an_item_lent_in_this_very_visit_need_not_be_scanned_again(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_ALREADY);
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_int_equal(open_loans(c), 1);
}

static void finish(struct counter *c)
{
	desk_finish(c->desk, true, &c->o);
	assert_outcome(c, OUTCOME_FINISHED);
}

static void lend_before(struct counter *c, const char *card, int64_t item)
{
	scan(c, card);
	scan_item(c, item);
	assert_outcome(c, OUTCOME_LENT);
	finish(c);
}

static void an_item_out_on_this_card_asks_return_or_renew(void **state)
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

static void the_answer_renew_moves_the_due_time(void **state)
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

static void a_question_is_forgotten_with_the_next_scan(void **state)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	scan_item(c, c->ladder);
	assert_outcome(c, OUTCOME_LENT);
	desk_answer(c->desk, DESK_RETURN, &c->o);
	assert_outcome(c, OUTCOME_NONE);
}

static void any_other_item_that_is_out_is_returned_without_a_card(void **state)
{
	struct counter *c = *state;

	lend_before(c, c->card, c->drill);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_null(desk_visit(c->desk));
	assert_int_equal(open_loans(c), 0);
}

static void an_item_of_somebody_else_is_returned_inside_a_visit_too(void **state)
{
	struct counter *c = *state;

	lend_before(c, c->other_card, c->drill);
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_int_equal(open_loans(c), 0);
}

static void an_item_on_the_shelf_without_a_visit_asks_for_a_card_and_is_lent_then(void **state)
{
	struct counter *c = *state;

	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_ITEM);
	assert_int_equal(open_loans(c), 0);
	scan(c, c->card);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(open_loans(c), 1);
}

static void an_item_shown_long_ago_is_not_lent_to_the_next_card(void **state)
{
	struct counter *c = *state;

	scan_item(c, c->drill);
	c->shop->clock.set_monotonic_ms += 21 * 1000;
	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_int_equal(open_loans(c), 0);
}

static void a_foreign_code_is_refused_and_its_text_is_not_kept(void **state)
{
	struct counter *c = *state;

	scan(c, "https://pay.example/abcdef-secret");
	assert_refused_for(c, CODE_FOREIGN);
	assert_int_equal(count(c, "SELECT count(*) FROM refused_scan"), 1);
	assert_int_equal(
		count(c, "SELECT count(*) FROM refused_scan WHERE reason LIKE '%secret%'"), 0);
	assert_null(strstr(c->o.name, "secret"));
}

static void a_code_of_ours_that_is_damaged_says_so(void **state)
{
	struct counter *c = *state;
	char text[CODE_TEXT_MAX];

	code_write_id(CODE_ITEM, c->drill, text);
	text[6] = text[6] == '0' ? '1' : '0';
	scan(c, text);
	assert_refused_for(c, CODE_DAMAGED);
}

static void a_revoked_card_is_refused(void **state)
{
	struct counter *c = *state;

	assert_ok(card_revoke(c->db, &by_volunteer, c->person, &c->err), &c->err);
	scan(c, c->card);
	assert_refused_for(c, CARD_REVOKED);
	assert_null(desk_visit(c->desk));
}

static void the_next_card_ends_the_visit_before_it(void **state)
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

static void the_same_card_again_changes_nothing(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	scan(c, c->card);
	assert_outcome(c, OUTCOME_VISIT);
	assert_int_equal(desk_line_count(c->desk), 1);
}

static void the_last_line_can_be_undone_and_then_the_one_before(void **state)
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

static void a_return_can_be_undone_inside_the_visit(void **state)
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

static void a_renewal_can_be_undone_inside_the_visit(void **state)
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

static void the_receipt_is_queued_with_the_end_of_the_visit(void **state)
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

static void a_visit_without_loans_prints_nothing(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	finish(c);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
}

static void a_visit_whose_only_loan_was_undone_prints_nothing(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	desk_undo(c->desk, &c->o);
	finish(c);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
}

static void finishing_without_paper_queues_none(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	desk_finish(c->desk, false, &c->o);
	assert_int_equal(count(c, "SELECT count(*) FROM outbox"), 0);
}

static void a_visit_that_a_crash_left_open_is_closed_at_the_start_and_its_receipt_queued(
	void **state)
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

static void a_refusal_is_a_line_with_all_reasons_and_no_loan(void **state)
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

static void a_volunteer_lends_a_refused_item_all_the_same_with_a_reason(void **state)
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

static void a_resident_cannot_override(void **state)
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

static void a_typed_item_number_acts_like_its_label(void **state)
{
	struct counter *c = *state;
	struct item item = { 0 };

	assert_ok(item_get(c->db, c->drill, &item, &c->err), &c->err);
	scan(c, c->card);
	desk_item_number(c->desk, item.number, &c->o);
	assert_outcome(c, OUTCOME_LENT);
	item_finish(&item);
	desk_item_number(c->desk, 999999, &c->o);
	assert_refused_for(c, ITEM_UNKNOWN);
}

static void a_typed_resident_number_opens_a_page_for_volunteers_only(void **state)
{
	struct counter *c = *state;

	desk_resident_number(c->desk, 1, &c->o);
	assert_refused_for(c, ROLE_NEEDED);
	desk_set_staff(c->desk, &wei);
	desk_resident_number(c->desk, 1, &c->o);
	assert_outcome(c, OUTCOME_VISIT);
}

static void a_venues_code_signs_in_and_then_out(void **state)
{
	struct counter *c = *state;
	struct venue_draft draft = { .name = "共享客厅", .capacity = 20 };
	int64_t venue = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &venue, &c->err), &c->err);
	scan_id(c, CODE_VENUE, venue);
	assert_outcome(c, OUTCOME_NEED_CARD);
	scan(c, c->card);
	assert_outcome(c, OUTCOME_VENUE_IN);
	scan_id(c, CODE_VENUE, venue);
	assert_outcome(c, OUTCOME_VENUE_OUT);
}

static void a_bookings_code_signs_in_and_out_without_a_card(void **state)
{
	struct counter *c = *state;
	struct venue_draft draft = { "共享客厅", 30 };
	struct booking_draft booking = { .resident = c->person,
		.start_at = at("2026-11-21T14:10"),
		.end_at = at("2026-11-21T16:00"),
		.people = 6 };
	int64_t id = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &booking.venue, &c->err), &c->err);
	assert_ok(booking_place(c->db, &by_volunteer, &booking, &id, &c->err), &c->err);
	scan_id(c, CODE_BOOKING, id);
	assert_outcome(c, OUTCOME_VENUE_IN);
	assert_true(c->o.session != 0);
	assert_string_equal(c->o.name, "共享客厅");
	scan_id(c, CODE_BOOKING, id);
	assert_outcome(c, OUTCOME_VENUE_OUT);
	scan_id(c, CODE_BOOKING, 4711);
	assert_outcome(c, OUTCOME_REFUSED);
}

static void a_shifts_code_signs_its_volunteer_in_and_out(void **state)
{
	struct counter *c = *state;
	struct shift_draft draft = { .name = "下午班",
		.start_at = at("2026-11-21T14:00"),
		.end_at = at("2026-11-21T17:00"),
		.needed = 2 };
	int64_t shift = 0, assignment = 0;

	assert_ok(shift_add(c->db, &by_coordinator, &draft, &shift, &c->err), &c->err);
	assert_ok(shift_assign(c->db, &by_coordinator,
			  &(struct assignment_draft){ .shift = shift, .resident = c->person },
			  &assignment, &c->err),
		&c->err);
	scan(c, c->card);
	scan_id(c, CODE_SHIFT, shift);
	assert_outcome(c, OUTCOME_DUTY_IN);
	scan_id(c, CODE_SHIFT, shift);
	assert_outcome(c, OUTCOME_DUTY_OUT);
	scan(c, c->other_card);
	scan_id(c, CODE_SHIFT, shift);
	assert_refused_for(c, SHIFT_NOT_ASSIGNED);
}

static void the_number_on_a_receipt_shows_that_loan(void **state)
{
	struct counter *c = *state;

	scan(c, c->card);
	scan_item(c, c->drill);
	int64_t loan = c->o.loan;
	finish(c);
	scan_id(c, CODE_LOAN, loan);
	assert_outcome(c, OUTCOME_LOAN);
	assert_true(c->o.item == c->drill);
	assert_false(c->o.is_returned);
	assert_int_equal(open_loans(c), 1);
}

static void a_service_record_scans_back_to_what_it_certifies(void **state)
{
	struct counter *c = *state;
	const struct shift_draft draft = { .name = "值班",
		.start_at = at("2026-11-21T13:00"),
		.end_at = at("2026-11-21T17:00"),
		.needed = 2 };
	const struct day day = { 2026, 11, 21 };
	CLEANUP(certificate_finish) struct certificate certificate = { 0 };
	struct service_record record = { 0 };
	int64_t shift = 0, assignment = 0;

	assert_ok(shift_add(c->db, &by_coordinator, &draft, &shift, &c->err), &c->err);
	assert_ok(shift_assign(c->db, &by_coordinator,
			  &(struct assignment_draft){ .shift = shift, .resident = c->person },
			  &assignment, &c->err),
		&c->err);
	scan(c, c->card);
	scan_id(c, CODE_SHIFT, shift);
	shop_set_clock(c->shop, "2026-11-21T16:00");
	scan(c, c->card);
	scan_id(c, CODE_SHIFT, shift);
	assert_outcome(c, OUTCOME_DUTY_OUT);
	assert_ok(service_record_issue(c->db, &by_volunteer, c->person, day, day, &record, &c->err),
		&c->err);
	scan_id(c, CODE_RECORD, record.id);
	assert_outcome(c, OUTCOME_RECORD);
	assert_int_equal(c->o.number, record.number);
	assert_int_equal(c->o.minutes, 120);
	scan_id(c, CODE_RECORD, 4711);
	assert_refused_for(c, HOURS_UNKNOWN);
	assert_ok(certificate_issue(c->db, &by_coordinator,
			  &(struct certificate_draft){ .resident = c->person, .year = 2026 },
			  &certificate, &c->err),
		&c->err);
	scan_id(c, CODE_HONOUR, certificate.id);
	assert_outcome(c, OUTCOME_CERTIFICATE);
	assert_int_equal(c->o.number, certificate.number);
	assert_int_equal(c->o.minutes, 120);
	scan_id(c, CODE_HONOUR, 4711);
	assert_refused_for(c, CERTIFICATE_UNKNOWN);
}

static int64_t book_with_isbn(struct counter *c, int64_t isbn, int copies, int64_t ret[])
{
	int64_t title = 0;

	assert_ok(title_add(c->db, &by_volunteer,
			  &(struct title_draft){
				  .name = "岭南园林", .category = c->shop->book, .isbn = isbn },
			  &title, &c->err),
		&c->err);
	for (int i = 0; i < copies; i++)
		assert_ok(item_add(c->db, &by_volunteer, &(struct item_draft){ .title = title },
				  &ret[i], &c->err),
			&c->err);
	return title;
}

static void the_isbn_of_a_single_copy_is_that_copy(void **state)
{
	struct counter *c = *state;
	int64_t copies[1];

	book_with_isbn(c, INT64_C(9787100000017), 1, copies);
	scan(c, c->card);
	scan(c, "9787100000017");
	assert_outcome(c, OUTCOME_LENT);
	assert_true(c->o.item == copies[0]);
}

static void the_isbn_of_several_copies_asks_for_the_label(void **state)
{
	struct counter *c = *state;
	int64_t copies[2];

	book_with_isbn(c, INT64_C(9787100000017), 2, copies);
	scan(c, c->card);
	scan(c, "9787100000017");
	assert_refused_for(c, ITEM_SEVERAL);
}

static void an_unknown_isbn_may_be_registered(void **state)
{
	struct counter *c = *state;

	scan(c, "9787100000017");
	assert_outcome(c, OUTCOME_NEW_BOOK);
	assert_true(c->o.number == INT64_C(9787100000017));
}

static void idle_time_warns_and_then_is_over(void **state)
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

static void a_backdated_loan_is_entered_as_of_then(void **state)
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

static void things_returned_without_a_card_can_have_a_slip(void **state)
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

static void only_a_staff_members_card_opens_volunteer_mode(void **state)
{
	struct counter *c = *state;
	struct staff staff;

	assert_int_equal(desk_staff_of_card(c->desk, c->card, strlen(c->card), &staff, &c->err),
		ERR_NOT_FOUND);
	int64_t id;
	struct staff_new draft = {
		.code = "lin", .name = "林", .role = ROLE_VOLUNTEER, .resident = c->person
	};
	assert_ok(staff_add(c->db, &(struct act){ .role = ROLE_ADMIN }, &draft, &id, &c->err),
		&c->err);
	assert_ok(desk_staff_of_card(c->desk, c->card, strlen(c->card), &staff, &c->err), &c->err);
	assert_true(staff.id == id);
	char label[CODE_TEXT_MAX];
	code_write_id(CODE_ITEM, c->drill, label);
	assert_refused(desk_staff_of_card(c->desk, label, strlen(label), &staff, &c->err), &c->err,
		CODE_WRONG_TYPE);
}

static void the_board_shows_todays_shifts_with_names_as_chosen_for_the_wall(void **state)
{
	struct counter *c = *state;
	struct shift_draft draft = { .name = "下午班",
		.start_at = at("2026-11-21T14:00"),
		.end_at = at("2026-11-21T17:00"),
		.needed = 2 };
	int64_t shift = 0, assignment = 0;
	struct board board;

	assert_ok(shift_add(c->db, &by_coordinator, &draft, &shift, &c->err), &c->err);
	assert_ok(shift_assign(c->db, &by_coordinator,
			  &(struct assignment_draft){
				  .shift = shift, .resident = c->person, .is_leader = true },
			  &assignment, &c->err),
		&c->err);
	assert_ok(board_get(c->db, db_now(c->db), &board, &c->err), &c->err);
	assert_int_equal(board.shift_count, 1);
	assert_string_equal(board.shifts[0].names[0], "何A");
	assert_int_equal(shift_open_slots(&board.shifts[0].shift), 1);
	board_finish(&board);
	shop_set_clock(c->shop, "2026-11-21T17:00");
	assert_ok(board_get(c->db, db_now(c->db), &board, &c->err), &c->err);
	assert_int_equal(board.shift_count, 0);
	board_finish(&board);
}

/* ---- reserving ---- */

static int64_t title_of(struct counter *c, int64_t item)
{
	CLEANUP(item_finish) struct item it = { 0 };

	assert_ok(item_get(c->db, item, &it, &c->err), &c->err);
	return it.title;
}

/* The drill is out on the other's card, and the person has reserved it. */
static void reserve_the_drill(struct counter *c)
{
	lend_before(c, c->other_card, c->drill);
	scan(c, c->card);
	desk_hold(c->desk, title_of(c, c->drill), &c->o);
	assert_outcome(c, OUTCOME_HELD);
}

static void a_visitor_reserves_what_is_out_and_sees_the_place_in_the_queue(void **state)
{
	struct counter *c = *state;
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };

	reserve_the_drill(c);
	assert_int_equal(c->o.position, 1);
	assert_int_equal(c->o.slot, 0);
	assert_string_equal(c->o.name, "冲击钻");
	assert_int_equal(desk_line_count(c->desk), 1);
	assert_ok(desk_holds(c->desk, &holds, &c->err), &c->err);
	assert_int_equal(holds.count, 1);
	assert_int_equal(holds.rows[0].position, 1);
}

static void what_comes_back_says_for_whom_it_is_put_aside_and_where(void **state)
{
	struct counter *c = *state;

	reserve_the_drill(c);
	finish(c);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_string_equal(c->o.held_for, "何*");
	assert_int_equal(c->o.slot, 1);
	assert_instant(c->o.until_at, "2026-11-25T21:00");
	/* Somebody else is told so; the person's own scan fetches it. */
	scan(c, c->other_card);
	scan_item(c, c->drill);
	assert_refused_for(c, ITEM_HELD);
	assert_true(c->o.can_override);
	scan(c, c->card);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_LENT);
	assert_int_equal(count(c, "SELECT count(*) FROM hold WHERE status = 'fulfilled'"), 1);
}

static void reserving_is_undone_like_any_other_line(void **state)
{
	struct counter *c = *state;

	reserve_the_drill(c);
	desk_undo(c->desk, &c->o);
	assert_outcome(c, OUTCOME_UNDONE);
	assert_int_equal(count(c, "SELECT count(*) FROM hold WHERE status = 'cancelled'"), 1);
}

static void a_visitor_cancels_and_the_counter_hears_of_the_next(void **state)
{
	struct counter *c = *state;
	CLEANUP(hold_list_finish) struct hold_list holds = { 0 };
	struct hold_request request = { title_of(c, c->drill), shop_resident(c->shop), 0 };
	int64_t next = 0;

	reserve_the_drill(c);
	assert_ok(hold_place(c->db, &by_volunteer, &request, &next, &c->err), &c->err);
	scan_item(c, c->drill);
	assert_outcome(c, OUTCOME_RETURNED);
	assert_ok(desk_holds(c->desk, &holds, &c->err), &c->err);
	assert_int_equal(holds.rows[0].slot, 1);
	desk_unhold(c->desk, holds.rows[0].id, &c->o);
	assert_outcome(c, OUTCOME_UNHELD);
	assert_int_equal(c->o.slot, 1);
	assert_string_equal(c->o.held_for, "何*");
	desk_unhold(c->desk, next, &c->o);
	assert_refused_for(c, HOLD_UNKNOWN);
}

static void what_is_on_the_shelf_need_not_be_reserved(void **state)
{
	struct counter *c = *state;

	desk_hold(c->desk, title_of(c, c->ladder), &c->o);
	assert_refused_for(c, CARD_NONE);
	scan(c, c->card);
	desk_hold(c->desk, title_of(c, c->ladder), &c->o);
	assert_refused_for(c, HOLD_ON_SHELF);
	assert_false(c->o.can_override);
}

static void a_limit_on_reserving_is_overridden_in_volunteer_mode(void **state)
{
	struct counter *c = *state;

	SHOP_RULE(c->shop, row.category = c->shop->power_tool, row.max_items = 1);
	lend_before(c, c->other_card, c->drill);
	desk_set_staff(c->desk, &wei);
	scan(c, c->card);
	scan_item(c, shop_item(c->shop, c->shop->power_tool));
	assert_outcome(c, OUTCOME_LENT);
	desk_hold(c->desk, title_of(c, c->drill), &c->o);
	assert_refused_for(c, LIMIT_CATEGORY);
	desk_override(c->desk, desk_line_count(c->desk) - 1, "急用", &c->o);
	assert_outcome(c, OUTCOME_HELD);
}

static void a_volunteer_with_a_copy_in_the_hand_puts_it_aside(void **state)
{
	struct counter *c = *state;
	int64_t copy = 0;

	reserve_the_drill(c);
	finish(c);
	assert_ok(item_add(c->db, &by_volunteer,
			  &(struct item_draft){ .title = title_of(c, c->drill) }, &copy, &c->err),
		&c->err);
	desk_set_staff(c->desk, &wei);
	scan_item(c, copy);
	assert_outcome(c, OUTCOME_ITEM);
	assert_int_equal(c->o.slot, 1);
	assert_string_equal(c->o.held_for, "何*");
}

/* ---- what the catalogue knows ---- */

static void any_thing_of_a_kit_brings_the_kit_back(void **state)
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

static void what_expires_soon_is_lent_with_a_word_about_it(void **state)
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

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(a_card_opens_the_visit),
		T(an_item_on_the_shelf_inside_a_visit_is_lent),
		T(an_item_lent_in_this_very_visit_need_not_be_scanned_again),
		T(an_item_out_on_this_card_asks_return_or_renew),
		T(the_answer_renew_moves_the_due_time),
		T(a_question_is_forgotten_with_the_next_scan),
		T(any_other_item_that_is_out_is_returned_without_a_card),
		T(an_item_of_somebody_else_is_returned_inside_a_visit_too),
		T(an_item_on_the_shelf_without_a_visit_asks_for_a_card_and_is_lent_then),
		T(an_item_shown_long_ago_is_not_lent_to_the_next_card),
		T(a_foreign_code_is_refused_and_its_text_is_not_kept),
		T(a_code_of_ours_that_is_damaged_says_so),
		T(a_revoked_card_is_refused),
		T(the_next_card_ends_the_visit_before_it),
		T(the_same_card_again_changes_nothing),
		T(the_last_line_can_be_undone_and_then_the_one_before),
		T(a_return_can_be_undone_inside_the_visit),
		T(a_renewal_can_be_undone_inside_the_visit),
		T(the_receipt_is_queued_with_the_end_of_the_visit),
		T(a_visit_without_loans_prints_nothing),
		T(a_visit_whose_only_loan_was_undone_prints_nothing),
		T(finishing_without_paper_queues_none),
		T(a_visit_that_a_crash_left_open_is_closed_at_the_start_and_its_receipt_queued),
		T(a_refusal_is_a_line_with_all_reasons_and_no_loan),
		T(a_volunteer_lends_a_refused_item_all_the_same_with_a_reason),
		T(a_resident_cannot_override),
		T(a_typed_item_number_acts_like_its_label),
		T(a_typed_resident_number_opens_a_page_for_volunteers_only),
		T(a_venues_code_signs_in_and_then_out),
		T(a_bookings_code_signs_in_and_out_without_a_card),
		T(a_shifts_code_signs_its_volunteer_in_and_out),
		T(the_number_on_a_receipt_shows_that_loan),
		T(a_service_record_scans_back_to_what_it_certifies),
		T(the_isbn_of_a_single_copy_is_that_copy),
		T(the_isbn_of_several_copies_asks_for_the_label),
		T(an_unknown_isbn_may_be_registered),
		T(idle_time_warns_and_then_is_over),
		T(a_backdated_loan_is_entered_as_of_then),
		T(things_returned_without_a_card_can_have_a_slip),
		T(only_a_staff_members_card_opens_volunteer_mode),
		T(the_board_shows_todays_shifts_with_names_as_chosen_for_the_wall),
		T(a_visitor_reserves_what_is_out_and_sees_the_place_in_the_queue),
		T(what_comes_back_says_for_whom_it_is_put_aside_and_where),
		T(reserving_is_undone_like_any_other_line),
		T(a_visitor_cancels_and_the_counter_hears_of_the_next),
		T(what_is_on_the_shelf_need_not_be_reserved),
		T(a_limit_on_reserving_is_overridden_in_volunteer_mode),
		T(a_volunteer_with_a_copy_in_the_hand_puts_it_aside),
		T(any_thing_of_a_kit_brings_the_kit_back),
		T(what_expires_soon_is_lent_with_a_word_about_it),
	};
#undef T

	return cmocka_run_group_tests(tests, NULL, NULL);
}
