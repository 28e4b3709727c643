/* The counter: what each kind of code means there. */
#include "core/base/reasons.h"
#include "core/duty/assignment.h"
#include "core/duty/certificate.h"
#include "core/duty/reasons.h"
#include "core/duty/service_record.h"
#include "core/duty/shift_acts.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/staff.h"
#include "core/store/role_reasons.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/venue.h"
#include "tests/core/counter.h"
#include "tests/lib/test.h"

TEST(a_foreign_code_is_refused_and_its_text_is_not_kept, counter)
{
	struct counter *c = *state;

	scan(c, "https://pay.example/abcdef-secret");
	assert_refused_for(c, CODE_FOREIGN);
	assert_int_equal(count(c, "SELECT count(*) FROM refused_scan"), 1);
	assert_int_equal(
		count(c, "SELECT count(*) FROM refused_scan WHERE reason LIKE '%secret%'"), 0);
	assert_null(strstr(c->o.name, "secret"));
}

TEST(a_code_of_ours_that_is_damaged_says_so, counter)
{
	struct counter *c = *state;
	char text[CODE_TEXT_MAX];

	code_write_id(CODE_ITEM, c->drill, text);
	text[6] = text[6] == '0' ? '1' : '0';
	scan(c, text);
	assert_refused_for(c, CODE_DAMAGED);
}

TEST(a_revoked_card_is_refused, counter)
{
	struct counter *c = *state;

	assert_ok(card_revoke(c->db, &by_volunteer, c->person, &c->err), &c->err);
	scan(c, c->card);
	assert_refused_for(c, CARD_REVOKED);
	assert_null(desk_visit(c->desk));
}

TEST(a_typed_item_number_acts_like_its_label, counter)
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

TEST(a_typed_resident_number_opens_a_page_for_volunteers_only, counter)
{
	struct counter *c = *state;

	desk_resident_number(c->desk, 1, &c->o);
	assert_refused_for(c, ROLE_NEEDED);
	desk_set_staff(c->desk, &wei);
	desk_resident_number(c->desk, 1, &c->o);
	assert_outcome(c, OUTCOME_VISIT);
}

TEST(a_venues_code_signs_in_and_then_out, counter)
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

TEST(a_bookings_code_signs_in_and_out_without_a_card, counter)
{
	struct counter *c = *state;
	struct venue_draft draft = { "共享客厅", 30 };
	struct booking_draft booking = { .resident = c->person,
		.start_at = at("2026-11-21T14:10"),
		.end_at = at("2026-11-21T16:00"),
		.people = 6 };
	int64_t id = 0;
	char code[CODE_TEXT_MAX], newer[CODE_TEXT_MAX];

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &booking.venue, &c->err), &c->err);
	assert_ok(booking_place(c->db, &by_volunteer, &booking, &id, &c->err), &c->err);
	assert_ok(booking_code(c->db, &by_volunteer, id, code, &c->err), &c->err);
	scan(c, code);
	assert_outcome(c, OUTCOME_VENUE_IN);
	assert_true(c->o.session != 0);
	assert_string_equal(c->o.name, "共享客厅");
	assert_instant(c->o.entry.until_at, "2026-11-21T16:00");
	/* Nobody signs six people out with a scan that was not meant so. */
	scan(c, code);
	assert_outcome(c, OUTCOME_DOOR);
	assert_true(err_has(&c->o.err, REASON_VENUE_GROUP));
	desk_door(c->desk, false, &c->o);
	assert_outcome(c, OUTCOME_DOOR_LEFT);
	desk_door(c->desk, true, &c->o);
	assert_outcome(c, OUTCOME_NONE);
	scan(c, code);
	desk_door(c->desk, true, &c->o);
	assert_outcome(c, OUTCOME_VENUE_OUT);
	/* A slip that is printed again replaces the one before. */
	assert_ok(booking_code(c->db, &by_volunteer, id, newer, &c->err), &c->err);
	scan(c, code);
	assert_refused_for(c, CODE_OUTDATED);
	scan(c, newer);
	assert_outcome(c, OUTCOME_VENUE_IN);
}

/* "J1", the letter, the id in Crockford's base 32 and the check character, as the codes of bookings
 * and vouchers used to be: everything needed to forge one is public. */
static void computed(char letter, int64_t id, int digits, char *text)
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

	text[0] = 'J';
	text[1] = '1';
	text[2] = letter;
	for (int i = digits - 1; i >= 0; i--, id >>= 5)
		text[3 + i] = alphabet[id & 31];
	text[3 + digits] = code_check(text, (size_t)digits + 3);
	text[4 + digits] = '\0';
}

TEST(a_computed_code_of_a_booking_signs_nobody_in, counter)
{
	struct counter *c = *state;
	struct venue_draft draft = { "共享客厅", 30 };
	struct booking_draft booking = { .resident = c->person,
		.start_at = at("2026-11-21T14:10"),
		.end_at = at("2026-11-21T16:00") };
	char text[CODE_TEXT_MAX];
	int64_t id = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &booking.venue, &c->err), &c->err);
	assert_ok(booking_place(c->db, &by_volunteer, &booking, &id, &c->err), &c->err);
	computed('B', id, 11, text);
	scan(c, text);
	assert_outcome(c, OUTCOME_REFUSED);
	/* Nor in today's form, whether or not a slip has been printed. */
	computed('B', id, 13, text);
	scan(c, text);
	assert_refused_for(c, CODE_OUTDATED);
	assert_ok(booking_code(c->db, &by_volunteer, id, text, &c->err), &c->err);
	computed('B', id, 13, text);
	scan(c, text);
	assert_refused_for(c, CODE_OUTDATED);
	assert_int_equal(count(c, "SELECT count(*) FROM session"), 0);
}

TEST(what_is_kept_of_a_booking_does_not_tell_its_code, counter)
{
	struct counter *c = *state;
	struct venue_draft draft = { "共享客厅", 30 };
	struct booking_draft booking = { .resident = c->person,
		.start_at = at("2026-11-21T14:10"),
		.end_at = at("2026-11-21T16:00") };
	char text[CODE_TEXT_MAX];
	int64_t id = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &booking.venue, &c->err), &c->err);
	assert_ok(booking_place(c->db, &by_volunteer, &booking, &id, &c->err), &c->err);
	assert_ok(booking_code(c->db, &by_volunteer, id, text, &c->err), &c->err);
	assert_int_equal(count(c, "SELECT count(*) FROM secret WHERE length(hash) = 64"), 1);
	/* Neither the rows nor the journal contain the digits. */
	CLEANUP(query_close) struct query q = QUERY_INIT;
	assert_ok(query_open(&q, c->db,
			  "SELECT count(*) AS n FROM journal WHERE instr(body, :code) > 0",
			  FIELDS(F_TEXT("code", text)), &c->err),
		&c->err);
	assert_int_equal(query_next(&q, &c->err), 1);
	assert_int_equal(query_int(&q, "n"), 0);
}

TEST(a_door_asks_before_a_group_is_signed_out_and_before_a_second_room, counter)
{
	struct counter *c = *state;
	struct venue_draft hall = { "共享客厅", 30 }, kitchen = { "共享厨房", 8 };
	int64_t first = 0, second = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &hall, &first, &c->err), &c->err);
	assert_ok(venue_add(c->db, &by_coordinator, &kitchen, &second, &c->err), &c->err);
	scan(c, c->card);
	scan_id(c, CODE_VENUE, first);
	assert_outcome(c, OUTCOME_VENUE_IN);
	assert_ok(session_set_people(c->db, &by_resident, c->o.session, 3, &c->err), &c->err);
	scan_id(c, CODE_VENUE, first);
	assert_outcome(c, OUTCOME_DOOR);
	/* Another scan leaves it unanswered. */
	scan_id(c, CODE_VENUE, second);
	assert_outcome(c, OUTCOME_DOOR);
	assert_true(err_has(&c->o.err, REASON_VENUE_ELSEWHERE));
	desk_door(c->desk, false, &c->o);
	assert_outcome(c, OUTCOME_DOOR_LEFT);
	assert_int_equal(count(c, "SELECT people FROM session WHERE out_at IS NULL"), 3);
	/* The scan has its line. */
	assert_int_equal(desk_line_at(c->desk, desk_line_count(c->desk) - 1)->outcome.kind,
		OUTCOME_DOOR_LEFT);
	scan_id(c, CODE_VENUE, second);
	desk_door(c->desk, true, &c->o);
	assert_outcome(c, OUTCOME_VENUE_IN);
	assert_true(c->o.venue == second);
	assert_int_equal(count(c, "SELECT count(*) FROM session WHERE out_at IS NULL"), 1);
}

TEST(a_refusal_at_a_door_is_a_line_that_a_volunteer_may_override, counter)
{
	struct counter *c = *state;
	struct venue_draft draft = { "共享客厅", 30 };
	struct booking_draft booking = { .resident = c->other,
		.start_at = at("2026-11-21T14:00"),
		.end_at = at("2026-11-21T16:00") };
	int64_t id = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &booking.venue, &c->err), &c->err);
	assert_ok(booking_place(c->db, &by_volunteer, &booking, &id, &c->err), &c->err);
	scan(c, c->card);
	scan_id(c, CODE_VENUE, booking.venue);
	assert_refused_for(c, VENUE_BOOKED);
	assert_true(c->o.can_override);
	assert_int_equal(desk_line_count(c->desk), 1);
	desk_set_staff(c->desk, &wei);
	desk_override(c->desk, 0, "一起排练", &c->o);
	assert_outcome(c, OUTCOME_VENUE_IN);
}

TEST(an_answer_that_closing_time_has_overtaken_signs_nobody_in, counter)
{
	struct counter *c = *state;
	struct venue_draft draft = { "共享客厅", 30 };
	int64_t venue = 0;

	assert_ok(venue_add(c->db, &by_coordinator, &draft, &venue, &c->err), &c->err);
	scan(c, c->card);
	scan_id(c, CODE_VENUE, venue);
	assert_ok(session_set_people(c->db, &by_resident, c->o.session, 3, &c->err), &c->err);
	shop_set_clock(c->shop, "2026-11-21T20:59");
	scan_id(c, CODE_VENUE, venue);
	assert_outcome(c, OUTCOME_DOOR);
	shop_set_clock(c->shop, "2026-11-21T21:00");
	desk_door(c->desk, true, &c->o);
	assert_refused_for(c, VENUE_NOT_SIGNED_IN);
}

TEST(a_shifts_code_signs_its_volunteer_in_and_out, counter)
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

TEST(the_number_on_a_receipt_shows_that_loan, counter)
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

TEST(a_service_record_scans_back_to_what_it_certifies, counter)
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

TEST(the_isbn_of_a_single_copy_is_that_copy, counter)
{
	struct counter *c = *state;
	int64_t copies[1];

	book_with_isbn(c, INT64_C(9787100000017), 1, copies);
	scan(c, c->card);
	scan(c, "9787100000017");
	assert_outcome(c, OUTCOME_LENT);
	assert_true(c->o.item == copies[0]);
}

TEST(the_isbn_of_several_copies_asks_for_the_label, counter)
{
	struct counter *c = *state;
	int64_t copies[2];

	book_with_isbn(c, INT64_C(9787100000017), 2, copies);
	scan(c, c->card);
	scan(c, "9787100000017");
	assert_refused_for(c, ITEM_SEVERAL);
}

TEST(an_unknown_isbn_may_be_registered, counter)
{
	struct counter *c = *state;

	scan(c, "9787100000017");
	assert_outcome(c, OUTCOME_NEW_BOOK);
	assert_true(c->o.number == INT64_C(9787100000017));
}

TEST(an_unknown_toy_is_registered_by_whoever_is_at_the_counter, counter)
{
	struct counter *c = *state;

	scan(c, "6901234567892");
	assert_refused_for(c, CODE_FOREIGN);
	scan(c, "9771002905006");
	assert_refused_for(c, CODE_FOREIGN);
	desk_set_staff(c->desk, &wei);
	scan(c, "6901234567892");
	assert_outcome(c, OUTCOME_NEW_BOOK);
	assert_true(c->o.number == INT64_C(6901234567892));
	desk_set_staff(c->desk, NULL);
	scan(c, c->card);
	scan(c, "977100290500603");
	assert_outcome(c, OUTCOME_NEW_BOOK);
	assert_true(c->o.number == INT64_C(9771002905006));
}

TEST(a_registered_toy_is_lent_by_its_ean, counter)
{
	struct counter *c = *state;
	int64_t copies[1];

	book_with_isbn(c, INT64_C(6901234567892), 1, copies);
	scan(c, c->card);
	scan(c, "6901234567892");
	assert_outcome(c, OUTCOME_LENT);
	assert_true(c->o.item == copies[0]);
}

TEST(a_payment_code_is_told_to_be_kept, counter)
{
	struct counter *c = *state;

	scan(c, "281234567890123456");
	assert_refused_for(c, CODE_PAYMENT);
	scan(c, "wxp://f2f0abcdef");
	assert_refused_for(c, CODE_PAYMENT);
}

TEST(only_a_staff_members_card_opens_volunteer_mode, counter)
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
