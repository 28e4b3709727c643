#include <string.h>

#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/venue_hours.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

/* It is Saturday 2026-11-21, 14:00; the house is open Tuesday to Sunday, 9:00 to 21:00. */

static int refuse(struct shop *s, int64_t room, const char *start, const char *end)
{
	const struct booking_draft draft = rooms_draft(room, shop_resident(s), start, end);
	int64_t id;

	return rooms_try(s, &draft, &id);
}

TEST(fee_and_deposit_are_held_and_come_back_when_given_up, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "共享客厅", 20), who = shop_resident(s), id;
	struct booking_draft draft = rooms_draft(room, who, "2026-11-22T14:00", "2026-11-22T16:00");

	ROOMS_POLICY(s, room, .fee = 20, .deposit = 50);
	rooms_give_points(s, who, 69);
	assert_refused(rooms_try(s, &draft, &id), &s->err, POINTS_SHORT);
	rooms_give_points(s, who, 31);
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	rooms_expect_points(s, who, 30, 70);
	assert_ok(booking_cancel(s->db, &by_volunteer, id, &s->err), &s->err);
	rooms_expect_points(s, who, 100, 0);
}

TEST(a_booking_is_kept_with_all_that_was_said, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "共享客厅", 20), who = shop_resident(s), id;
	CLEANUP(booking_finish) struct booking b = { 0 };
	struct booking_draft draft = rooms_draft(room, who, "2026-11-22T14:00", "2026-11-22T16:00");

	ROOMS_POLICY(s, room, .buffer_minutes = 15, .fee = 20, .deposit = 50);
	rooms_give_points(s, who, 70);
	draft.purpose = "粤曲练习";
	draft.people = 8;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	assert_ok(booking_by_number(s->db, 1, &b, &s->err), &s->err);
	assert_true(b.id == id && b.venue == room && b.resident == who);
	assert_int_equal(b.status, BOOKING_BOOKED);
	assert_instant(b.start_at, "2026-11-22T14:00");
	assert_instant(b.end_at, "2026-11-22T16:00");
	assert_instant(b.until_at, "2026-11-22T16:15");
	assert_instant(b.release_at, "2026-11-22T14:15");
	assert_int_equal(b.people, 8);
	assert_true(b.is_whole);
	assert_int_equal(b.fee, 20);
	assert_int_equal(b.deposit, 50);
	assert_string_equal(b.purpose, "粤曲练习");
	assert_string_equal(b.venue_name, "共享客厅");
	assert_int_equal(booking_get(s->db, 4711, &b, &s->err), ERR_NOT_FOUND);
}

TEST(two_parties_never_have_one_room, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20);

	ROOMS_POLICY(s, room, .buffer_minutes = 15);
	rooms_book(s, room, shop_resident(s), "2026-11-22T14:00", "2026-11-22T16:00");
	assert_only(
		refuse(s, room, "2026-11-22T15:30", "2026-11-22T16:30"), &s->err, BOOKING_TAKEN);
	assert_instant(s->err.reasons[0].n1, "2026-11-22T14:00");
	assert_instant(s->err.reasons[0].n2, "2026-11-22T16:15");
	assert_only(
		refuse(s, room, "2026-11-22T13:00", "2026-11-22T14:30"), &s->err, BOOKING_TAKEN);
	assert_only(
		refuse(s, room, "2026-11-22T13:00", "2026-11-22T17:00"), &s->err, BOOKING_TAKEN);
	/* The quarter of an hour after each use is kept free, after the new one too. */
	assert_only(
		refuse(s, room, "2026-11-22T16:00", "2026-11-22T17:00"), &s->err, BOOKING_TAKEN);
	assert_only(
		refuse(s, room, "2026-11-22T12:00", "2026-11-22T13:50"), &s->err, BOOKING_TAKEN);
	rooms_book(s, room, shop_resident(s), "2026-11-22T16:15", "2026-11-22T17:00");
	rooms_book(s, room, shop_resident(s), "2026-11-22T12:00", "2026-11-22T13:45");
}

TEST(a_shared_room_takes_people_up_to_its_capacity, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "书屋", 10), id;
	struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-22T14:00", "2026-11-22T16:00");

	ROOMS_POLICY(s, room, .is_shared = true);
	draft.people = 6;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	draft = rooms_draft(room, shop_resident(s), "2026-11-22T15:00", "2026-11-22T17:00");
	draft.people = 5;
	assert_only(rooms_try(s, &draft, &id), &s->err, BOOKING_CROWDED);
	assert_int_equal(s->err.reasons[0].n1, 4);
	assert_int_equal(s->err.reasons[0].n2, 5);
	draft.people = 4;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	/* Full from three to four, not before and not after. */
	assert_only(
		refuse(s, room, "2026-11-22T14:00", "2026-11-22T15:30"), &s->err, BOOKING_TAKEN);
	draft = rooms_draft(room, shop_resident(s), "2026-11-22T16:00", "2026-11-22T17:00");
	draft.people = 6;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	draft = rooms_draft(room, shop_resident(s), "2026-11-22T10:00", "2026-11-22T11:00");
	draft.people = 11;
	assert_only(rooms_try(s, &draft, &id), &s->err, BOOKING_PEOPLE);
	/* All of it for one party. */
	draft.people = 2;
	draft.is_whole = true;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	assert_only(
		refuse(s, room, "2026-11-22T10:30", "2026-11-22T11:30"), &s->err, BOOKING_TAKEN);
}

TEST(each_rule_of_a_room_is_kept, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "厨房", 8);

	ROOMS_POLICY(s, room, .min_minutes = 60, .max_minutes = 180, .notice_minutes = 120,
		.ahead_days = 7);
	assert_only(
		refuse(s, room, "2026-11-22T14:00", "2026-11-22T14:30"), &s->err, BOOKING_SHORT);
	assert_int_equal(s->err.reasons[0].n1, 60);
	assert_only(refuse(s, room, "2026-11-22T14:00", "2026-11-22T18:00"), &s->err, BOOKING_LONG);
	assert_only(refuse(s, room, "2026-11-21T15:00", "2026-11-21T16:00"), &s->err, BOOKING_SOON);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T16:00");
	assert_only(refuse(s, room, "2026-11-29T15:00", "2026-11-29T16:00"), &s->err, BOOKING_FAR);
	assert_only(refuse(s, room, "2026-11-21T12:00", "2026-11-21T13:00"), &s->err, BOOKING_PAST);
	assert_only(refuse(s, room, "2026-11-23T15:00", "2026-11-23T16:00"), &s->err, VENUE_SHUT);
	assert_only(refuse(s, room, "2026-11-22T20:00", "2026-11-22T21:30"), &s->err, VENUE_CLOSED);
	assert_instant(s->err.reasons[0].n2, "2026-11-22T21:00");
	assert_int_equal(refuse(s, room, "2026-11-22T15:00", "2026-11-22T15:00"), ERR_INVALID);
	assert_int_equal(refuse(s, 4711, "2026-11-22T15:00", "2026-11-22T16:00"), ERR_NOT_FOUND);
}

TEST(all_reasons_come_at_once_in_their_order, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "厨房", 8), who = shop_resident(s), id;
	struct booking_draft draft = rooms_draft(room, who, "2026-11-23T15:00", "2026-11-23T19:00");

	ROOMS_POLICY(s, room, .max_minutes = 180, .week_hours = 3);
	draft.people = 9;
	assert_refused(rooms_try(s, &draft, &id), &s->err, VENUE_SHUT);
	assert_int_equal(s->err.reason_count, 4);
	assert_int_equal(s->err.reasons[0].code, REASON_VENUE_SHUT);
	assert_int_equal(s->err.reasons[1].code, REASON_BOOKING_LONG);
	assert_int_equal(s->err.reasons[2].code, REASON_BOOKING_PEOPLE);
	assert_int_equal(s->err.reasons[3].code, REASON_QUOTA_WEEK);
	/* A volunteer may override a rule, but not the size of the room. */
	assert_only(
		booking_place(s->db, &by_override, &draft, &id, &s->err), &s->err, BOOKING_PEOPLE);
	draft.people = 8;
	s->err = (struct err){ 0 };
	assert_ok(booking_place(s->db, &by_override, &draft, &id, &s->err), &s->err);
}

TEST(fixed_slots_are_booked_whole, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "车位", 4);

	ROOMS_POLICY(s, room, .is_shared = true, .slot_minutes = 90);
	rooms_book(s, room, shop_resident(s), "2026-11-22T10:30", "2026-11-22T12:00");
	rooms_book(s, room, shop_resident(s), "2026-11-22T10:30", "2026-11-22T13:30");
	assert_only(
		refuse(s, room, "2026-11-22T11:00", "2026-11-22T12:30"), &s->err, BOOKING_OFF_SLOT);
	assert_instant(s->err.reasons[0].n1, "2026-11-22T10:30");
	assert_instant(s->err.reasons[0].n2, "2026-11-22T12:00");
	assert_only(
		refuse(s, room, "2026-11-22T10:30", "2026-11-22T12:30"), &s->err, BOOKING_OFF_SLOT);
}

TEST(hours_are_shared_out_by_week_and_month, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), other = rooms_add(s, "厨房", 8);
	int64_t who = shop_resident(s), id, missed;
	struct booking_draft draft;

	ROOMS_POLICY(s, room, .week_hours = 3, .month_hours = 5);
	missed = rooms_book(s, room, who, "2026-11-21T18:00", "2026-11-21T20:00");
	draft = rooms_draft(room, who, "2026-11-22T10:00", "2026-11-22T12:00");
	assert_only(rooms_try(s, &draft, &id), &s->err, QUOTA_WEEK);
	assert_int_equal(s->err.reasons[0].n1, 120);
	assert_int_equal(s->err.reasons[0].n2, 3);
	draft = rooms_draft(room, who, "2026-11-22T10:00", "2026-11-22T11:00");
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	/* Another week of the same month; the room next door has its own hours. */
	rooms_book(s, room, who, "2026-11-28T10:00", "2026-11-28T12:00");
	draft = rooms_draft(room, who, "2026-11-25T10:00", "2026-11-25T10:30");
	assert_refused(rooms_try(s, &draft, &id), &s->err, QUOTA_MONTH);
	rooms_book(s, other, who, "2026-11-25T10:00", "2026-11-25T10:30");
	rooms_book(s, room, who, "2026-12-01T10:00", "2026-12-01T13:00");
	/* What was cancelled is given back, a no-show is not. */
	assert_ok(booking_cancel(s->db, &by_resident, id, &s->err), &s->err);
	shop_set_clock(s, "2026-11-21T19:00");
	assert_int_equal(rooms_status(s, missed), BOOKING_NO_SHOW);
	draft = rooms_draft(room, who, "2026-11-22T10:00", "2026-11-22T11:30");
	assert_refused(rooms_try(s, &draft, &id), &s->err, QUOTA_WEEK);
}

TEST(a_person_is_not_in_two_rooms_at_once, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), other = rooms_add(s, "厨房", 8);
	int64_t who = shop_resident(s), id;
	const struct booking_draft draft =
		rooms_draft(other, who, "2026-11-22T15:00", "2026-11-22T17:00");

	rooms_book(s, room, who, "2026-11-22T14:00", "2026-11-22T16:00");
	assert_only(rooms_try(s, &draft, &id), &s->err, BOOKING_OWN);
	rooms_book(s, other, who, "2026-11-22T16:00", "2026-11-22T17:00");
}

TEST(a_room_out_of_use_is_not_booked, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-22T12:00"),
		.end_at = at("2026-11-22T15:00"),
		.name = "刷墙" };

	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	assert_only(
		refuse(s, room, "2026-11-22T14:00", "2026-11-22T16:00"), &s->err, VENUE_BLACKOUT);
	assert_string_equal(s->err.reasons[0].text, "刷墙");
	assert_instant(s->err.reasons[0].n1, "2026-11-22T15:00");
	int64_t booking =
		rooms_book(s, room, shop_resident(s), "2026-11-22T15:00", "2026-11-22T16:00");
	out.end_at = at("2026-11-22T18:00");
	s->err = (struct err){ 0 };
	assert_only(
		blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err, BLACKOUT_BOOKED);
	assert_int_equal(s->err.reasons[0].n1, 1);
	const struct act all_the_same = {
		.role = ROLE_COORDINATOR, .actor = 1, .is_override = true, .why = "漏水"
	};
	assert_ok(blackout_add(s->db, &all_the_same, &out, &id, &s->err), &s->err);
	assert_int_equal(rooms_status(s, booking), BOOKING_CANCELLED);
	assert_ok(blackout_remove(s->db, &by_coordinator, id, &s->err), &s->err);
	assert_int_equal(blackout_remove(s->db, &by_coordinator, id, &s->err), ERR_NOT_FOUND);
}

TEST(a_body_books_through_a_volunteer, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	CLEANUP(booking_finish) struct booking b = { 0 };
	struct booking_draft draft = rooms_draft(room, 0, "2026-11-22T14:00", "2026-11-22T16:00");

	assert_int_equal(rooms_try(s, &draft, &id), ERR_INVALID);
	draft.body = "老年大学合唱团";
	assert_only(rooms_try(s, &draft, &id), &s->err, ROLE_NEEDED);
	s->err = (struct err){ 0 };
	assert_ok(booking_place(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	assert_ok(booking_get(s->db, id, &b, &s->err), &s->err);
	assert_string_equal(b.body, "老年大学合唱团");
	assert_int_equal(b.resident, 0);
	/* Names stay out of the journal. */
	int64_t found = -1;
	assert_ok(db_integer(s->db, "SELECT count(*) FROM journal WHERE instr(body, '合唱团') > 0",
			  NO_FIELDS, 0, &found, &s->err),
		&s->err);
	assert_int_equal(found, 0);
}

TEST(approval_is_asked_for_and_given, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "议事室", 12), asked, other, by_hand;
	struct booking_draft draft;
	CLEANUP(booking_list_finish) struct booking_list waiting = { 0 };

	ROOMS_POLICY(s, room, .needs_approval = true);
	asked = rooms_book(s, room, shop_resident(s), "2026-11-22T14:00", "2026-11-22T16:00");
	assert_int_equal(rooms_status(s, asked), BOOKING_REQUESTED);
	/* It keeps its place while it waits. */
	assert_only(
		refuse(s, room, "2026-11-22T15:00", "2026-11-22T16:00"), &s->err, BOOKING_TAKEN);
	other = rooms_book(s, room, shop_resident(s), "2026-11-22T16:00", "2026-11-22T17:00");
	assert_ok(bookings_requested(s->db, &waiting, &s->err), &s->err);
	assert_int_equal(waiting.count, 2);
	assert_ok(booking_approve(s->db, &by_volunteer, asked, &s->err), &s->err);
	assert_int_equal(rooms_status(s, asked), BOOKING_BOOKED);
	assert_only(
		booking_approve(s->db, &by_volunteer, asked, &s->err), &s->err, BOOKING_NOT_ASKED);
	s->err = (struct err){ 0 };
	assert_ok(booking_decline(s->db, &by_volunteer, other, &s->err), &s->err);
	assert_int_equal(rooms_status(s, other), BOOKING_DECLINED);
	draft = rooms_draft(room, shop_resident(s), "2026-11-22T16:00", "2026-11-22T17:00");
	assert_ok(booking_place(s->db, &by_volunteer, &draft, &by_hand, &s->err), &s->err);
	assert_int_equal(rooms_status(s, by_hand), BOOKING_BOOKED);
	assert_refused(booking_approve(s->db, &by_resident, asked, &s->err), &s->err, ROLE_NEEDED);
	/* Nobody decided before it began. */
	int64_t late =
		rooms_book(s, room, shop_resident(s), "2026-11-22T18:00", "2026-11-22T19:00");
	shop_set_clock(s, "2026-11-22T18:00");
	assert_int_equal(rooms_status(s, late), BOOKING_LAPSED);
	rooms_book(s, room, shop_resident(s), "2026-11-22T18:30", "2026-11-22T19:30");
	assert_int_equal(rooms_status(s, late), BOOKING_LAPSED);
}

TEST(a_booking_can_be_moved, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;
	CLEANUP(booking_finish) struct booking b = { 0 };
	struct booking_draft draft;

	id = rooms_book(s, room, who, "2026-11-22T14:00", "2026-11-22T16:00");
	rooms_book(s, room, shop_resident(s), "2026-11-22T17:00", "2026-11-22T18:00");
	draft = rooms_draft(room, 0, "2026-11-22T15:00", "2026-11-22T17:30");
	assert_only(
		booking_change(s->db, &by_resident, id, &draft, &s->err), &s->err, BOOKING_TAKEN);
	draft.end_at = at("2026-11-22T17:00");
	draft.people = 5;
	draft.purpose = "排练";
	s->err = (struct err){ 0 };
	assert_ok(booking_change(s->db, &by_resident, id, &draft, &s->err), &s->err);
	assert_ok(booking_get(s->db, id, &b, &s->err), &s->err);
	assert_instant(b.start_at, "2026-11-22T15:00");
	assert_instant(b.release_at, "2026-11-22T15:15");
	assert_int_equal(b.people, 5);
	assert_true(b.resident == who);
	assert_string_equal(b.purpose, "排练");
	assert_ok(booking_cancel(s->db, &by_resident, id, &s->err), &s->err);
	assert_only(
		booking_change(s->db, &by_resident, id, &draft, &s->err), &s->err, BOOKING_ENDED);
	assert_only(booking_cancel(s->db, &by_resident, id, &s->err), &s->err, BOOKING_ENDED);
}

TEST(a_booking_that_has_begun_is_a_volunteers_to_cancel, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;

	id = rooms_book(s, room, who, "2026-11-21T15:00", "2026-11-21T16:00");
	shop_set_clock(s, "2026-11-21T15:05");
	assert_only(booking_cancel(s->db, &by_resident, id, &s->err), &s->err, BOOKING_BEGUN);
	s->err = (struct err){ 0 };
	assert_ok(booking_cancel(s->db, &by_volunteer, id, &s->err), &s->err);
}

TEST(who_waits_is_served_in_order, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), has, first, second;
	struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-22T14:00", "2026-11-22T16:00");

	assert_only(
		booking_wait(s->db, &by_resident, &draft, &first, &s->err), &s->err, BOOKING_FREE);
	has = rooms_book(s, room, shop_resident(s), "2026-11-22T13:00", "2026-11-22T15:00");
	s->err = (struct err){ 0 };
	assert_ok(booking_wait(s->db, &by_resident, &draft, &first, &s->err), &s->err);
	assert_int_equal(rooms_status(s, first), BOOKING_WAITING);
	assert_only(
		booking_wait(s->db, &by_resident, &draft, &second, &s->err), &s->err, BOOKING_OWN);
	draft.resident = shop_resident(s);
	s->err = (struct err){ 0 };
	assert_ok(booking_wait(s->db, &by_resident, &draft, &second, &s->err), &s->err);
	assert_ok(booking_cancel(s->db, &by_resident, has, &s->err), &s->err);
	assert_int_equal(rooms_status(s, first), BOOKING_BOOKED);
	assert_int_equal(rooms_status(s, second), BOOKING_WAITING);
	/* And the next one when the booking moves away. */
	draft = rooms_draft(room, 0, "2026-11-22T18:00", "2026-11-22T20:00");
	assert_ok(booking_change(s->db, &by_resident, first, &draft, &s->err), &s->err);
	assert_int_equal(rooms_status(s, second), BOOKING_BOOKED);
}

TEST(waiting_lapses_when_its_time_has_come, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-21T15:00", "2026-11-21T16:00");

	rooms_book(s, room, shop_resident(s), "2026-11-21T15:00", "2026-11-21T16:00");
	assert_ok(booking_wait(s->db, &by_resident, &draft, &id, &s->err), &s->err);
	shop_set_clock(s, "2026-11-21T15:00");
	assert_int_equal(rooms_status(s, id), BOOKING_LAPSED);
}

TEST(a_no_show_gives_its_time_to_others, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id, stored = 0;

	id = rooms_book(s, room, shop_resident(s), "2026-11-21T15:00", "2026-11-21T17:00");
	shop_set_clock(s, "2026-11-21T15:14");
	assert_int_equal(rooms_status(s, id), BOOKING_BOOKED);
	assert_only(
		refuse(s, room, "2026-11-21T15:30", "2026-11-21T16:30"), &s->err, BOOKING_TAKEN);
	/* The kiosk was off for two days and is right the moment it starts. */
	shop_set_clock(s, "2026-11-21T15:15");
	assert_int_equal(rooms_status(s, id), BOOKING_NO_SHOW);
	rooms_book(s, room, shop_resident(s), "2026-11-21T15:30", "2026-11-21T16:30");
	assert_ok(db_integer(s->db,
			  "SELECT count(*) FROM booking WHERE status = 'no_show'"
			  " AND ended_at = release_at",
			  NO_FIELDS, 0, &stored, &s->err),
		&s->err);
	assert_int_equal(stored, 1);
}

TEST(a_booking_may_run_past_midnight, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "自习室", 10);
	const struct opening night[] = { { 5, 22 * 60, 26 * 60 }, { 6, 22 * 60, 26 * 60 } };

	assert_ok(venue_week_set(s->db, &by_coordinator, room, night, 2, &s->err), &s->err);
	rooms_book(s, room, shop_resident(s), "2026-11-21T23:00", "2026-11-22T01:30");
	assert_only(
		refuse(s, room, "2026-11-22T01:00", "2026-11-22T02:00"), &s->err, BOOKING_TAKEN);
	assert_only(
		refuse(s, room, "2026-11-21T22:00", "2026-11-21T23:30"), &s->err, BOOKING_TAKEN);
	assert_only(refuse(s, room, "2026-11-22T01:30", "2026-11-22T02:30"), &s->err, VENUE_CLOSED);
	rooms_book(s, room, shop_resident(s), "2026-11-22T01:30", "2026-11-22T02:00");
}

/* Rows that no act would write. */
static int raw(struct shop *s, int64_t id, int64_t number, const char *start, const char *end)
{
	struct acting a = ACTING_INIT;
	const struct act act = { .role = ROLE_SYSTEM };
	int64_t room = 0;

	s->err = (struct err){ 0 };
	assert_ok(db_integer(s->db, "SELECT min(id) FROM venue", NO_FIELDS, 0, &room, &s->err),
		&s->err);
	assert_ok(
		act_begin(&a, s->db, &act, ACT_BOOKING_PLACE, FIELDS(F_INT("n", number)), &s->err),
		&s->err);
	int r = act_insert(&a, "booking",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("venue", room),
			F_TEXT("status", "booked"), F_INT("start_at", at(start)),
			F_INT("end_at", at(end)), F_INT("until_at", at(end)),
			F_INT("release_at", at(start) + 900), F_INT("people", 6),
			F_INT("is_whole", number > 100), F_INT("placed_at", 1)),
		&s->err);
	if (r == 0)
		r = act_commit(&a, id, &s->err);
	act_end(&a);
	return r;
}

TEST(the_schema_itself_refuses_overlap, shop)
{
	struct shop *s = *state;

	rooms_add(s, "书屋", 12);
	assert_ok(raw(s, 1001, 1, "2026-11-22T23:00", "2026-11-23T01:00"), &s->err);
	assert_ok(raw(s, 1002, 2, "2026-11-22T23:30", "2026-11-23T02:00"), &s->err);
	/* Six and six are in from half past eleven to one: nobody else then. */
	assert_int_equal(raw(s, 1003, 3, "2026-11-23T00:30", "2026-11-23T00:45"), ERR_STORAGE);
	assert_int_equal(raw(s, 1003, 3, "2026-11-22T22:00", "2026-11-22T23:31"), ERR_STORAGE);
	assert_ok(raw(s, 1003, 3, "2026-11-22T22:00", "2026-11-22T23:30"), &s->err);
	assert_ok(raw(s, 1004, 4, "2026-11-23T01:00", "2026-11-23T03:00"), &s->err);
	/* The whole room is wanted where somebody is, even the day before. */
	assert_int_equal(raw(s, 1005, 105, "2026-11-23T02:59", "2026-11-23T04:00"), ERR_STORAGE);
	assert_ok(raw(s, 1005, 105, "2026-11-23T03:00", "2026-11-23T05:00"), &s->err);
	assert_int_equal(raw(s, 1006, 6, "2026-11-23T04:59", "2026-11-23T06:00"), ERR_STORAGE);
}

static int raw_move(struct shop *s, int64_t id, const char *start, const char *end)
{
	struct acting a = ACTING_INIT;
	const struct act act = { .role = ROLE_SYSTEM };

	s->err = (struct err){ 0 };
	assert_ok(act_begin(&a, s->db, &act, ACT_BOOKING_CHANGE, FIELDS(F_INT("n", at(start))),
			  &s->err),
		&s->err);
	int r = act_update(&a, "booking", id,
		FIELDS(F_INT("start_at", at(start)), F_INT("end_at", at(end)),
			F_INT("until_at", at(end)), F_INT("release_at", at(end))),
		&s->err);
	if (r == 0)
		r = act_commit(&a, id, &s->err);
	act_end(&a);
	return r;
}

TEST(the_schema_refuses_moving_into_another_booking, shop)
{
	struct shop *s = *state;

	rooms_add(s, "书屋", 12);
	assert_ok(raw(s, 1001, 101, "2026-11-22T10:00", "2026-11-22T12:00"), &s->err);
	assert_ok(raw(s, 1002, 102, "2026-11-22T12:00", "2026-11-22T14:00"), &s->err);
	assert_int_equal(raw_move(s, 1002, "2026-11-22T11:59", "2026-11-22T14:00"), ERR_STORAGE);
	assert_ok(raw_move(s, 1002, "2026-11-22T12:30", "2026-11-22T15:00"), &s->err);
	assert_ok(raw_move(s, 1001, "2026-11-22T10:30", "2026-11-22T12:30"), &s->err);
	assert_int_equal(raw_move(s, 1001, "2026-11-22T10:30", "2026-11-22T12:31"), ERR_STORAGE);
}

TEST(the_same_key_books_once, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), first, second;
	const struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-22T14:00", "2026-11-22T16:00");
	struct act act = by_resident;

	act_new_key(act.key);
	assert_ok(booking_place(s->db, &act, &draft, &first, &s->err), &s->err);
	assert_ok(booking_place(s->db, &act, &draft, &second, &s->err), &s->err);
	assert_int_equal(first, second);
}

TEST(who_is_short_of_points_is_passed_over_on_the_waiting_list, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), rich = shop_resident(s), poor = shop_resident(s);
	int64_t has, first, second;
	struct booking_draft draft = rooms_draft(room, 0, "2026-11-22T14:00", "2026-11-22T16:00");

	draft.body = "合唱团";
	assert_ok(booking_place(s->db, &by_volunteer, &draft, &has, &s->err), &s->err);
	ROOMS_POLICY(s, room, .deposit = 50);
	rooms_give_points(s, rich, 50);
	draft.body = NULL;
	draft.resident = poor;
	assert_ok(booking_wait(s->db, &by_resident, &draft, &first, &s->err), &s->err);
	draft.resident = rich;
	assert_ok(booking_wait(s->db, &by_resident, &draft, &second, &s->err), &s->err);
	/* Whoever gives the time up is not refused because somebody else cannot pay. */
	assert_ok(booking_cancel(s->db, &by_volunteer, has, &s->err), &s->err);
	assert_int_equal(rooms_status(s, first), BOOKING_WAITING);
	assert_int_equal(rooms_status(s, second), BOOKING_BOOKED);
}

TEST(what_a_blackout_cancels_gets_its_points_back, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;
	const struct act all_the_same = {
		.role = ROLE_COORDINATOR, .actor = 1, .is_override = true, .why = "漏水"
	};
	const struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-22T12:00"),
		.end_at = at("2026-11-22T18:00"),
		.name = "漏水" };

	ROOMS_POLICY(s, room, .deposit = 50);
	rooms_give_points(s, who, 60);
	rooms_book(s, room, who, "2026-11-22T14:00", "2026-11-22T16:00");
	assert_ok(blackout_add(s->db, &all_the_same, &out, &id, &s->err), &s->err);
	rooms_expect_points(s, who, 60, 0);
}

TEST(a_paused_person_books_nothing, shop)
{
	struct shop *s = *state;
	int64_t id, person = shop_resident(s);
	const struct booking_draft draft = rooms_draft(
		rooms_add(s, "客厅", 10), person, "2026-11-26T14:00", "2026-11-26T16:00");

	assert_ok(pause_begin(s->db, &by_coordinator, person, (struct day){ 2026, 11, 22 },
			  "借了不还", &s->err),
		&s->err);
	assert_refused(rooms_try(s, &draft, &id), &s->err, RESIDENT_PAUSED);
	assert_ok(pause_end(s->db, &by_coordinator, person, &s->err), &s->err);
	assert_ok(rooms_try(s, &draft, &id), &s->err);
}
