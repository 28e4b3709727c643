#include <string.h>

#include "core/desk/shut.h"
#include "core/people/message.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/session.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

/* What becomes of a booking in its owner's absence is told at their next visit; its fee and deposit
 * are settled without waiting for them. It is Saturday 2026-11-21, 14:00. */

/* The only message that waits for them: its kind, venue and times. Marks it as read. */
static struct message only_message(struct shop *s, int64_t resident)
{
	struct message *messages = NULL;

	assert_int_equal(message_unread(s->db, resident, &messages, &s->err), 1);
	struct message one = messages[0];
	assert_string_equal(one.about, "客厅");
	assert_string_equal(one.words, "");
	assert_ok(message_read(s->db, &by_resident, one.id, &s->err), &s->err);
	messages_finish(messages, 1);
	one.words = one.about = NULL;
	return one;
}

static void assert_told(struct shop *s, int64_t resident, enum message_kind kind, const char *start)
{
	struct message one = only_message(s, resident);

	assert_int_equal(one.kind, kind);
	assert_instant(one.start_at, start);
}

static void assert_untold(struct shop *s, int64_t resident)
{
	struct message *messages = NULL;

	assert_int_equal(message_unread(s->db, resident, &messages, &s->err), 0);
	messages_finish(messages, 0);
}

TEST(who_is_served_from_the_waiting_list_is_told, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), waits = shop_resident(s), has, id;
	struct booking_draft draft =
		rooms_draft(room, waits, "2026-11-22T14:00", "2026-11-22T16:00");

	has = rooms_book(s, room, shop_resident(s), "2026-11-22T13:00", "2026-11-22T15:00");
	assert_ok(booking_wait(s->db, &by_resident, &draft, &id, &s->err), &s->err);
	assert_untold(s, waits);
	assert_ok(booking_cancel(s->db, &by_resident, has, &s->err), &s->err);
	assert_told(s, waits, MESSAGE_BOOKING_SERVED, "2026-11-22T14:00");
}

TEST(the_answer_to_a_request_is_told, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), lucky = shop_resident(s), not = shop_resident(s);

	ROOMS_POLICY(s, room, .needs_approval = true);
	int64_t one = rooms_book(s, room, lucky, "2026-11-22T14:00", "2026-11-22T16:00");
	int64_t other = rooms_book(s, room, not, "2026-11-22T16:00", "2026-11-22T17:00");
	assert_ok(booking_approve(s->db, &by_volunteer, one, &s->err), &s->err);
	assert_ok(booking_decline(s->db, &by_volunteer, other, &s->err), &s->err);
	assert_told(s, lucky, MESSAGE_BOOKING_APPROVED, "2026-11-22T14:00");
	assert_told(s, not, MESSAGE_BOOKING_DECLINED, "2026-11-22T16:00");
}

TEST(what_a_blackout_cancels_is_told, shop)
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

	rooms_book(s, room, who, "2026-11-22T14:00", "2026-11-22T16:00");
	assert_ok(blackout_add(s->db, &all_the_same, &out, &id, &s->err), &s->err);
	assert_told(s, who, MESSAGE_BOOKING_CALLED_OFF, "2026-11-22T14:00");
}

TEST(a_house_that_is_shut_calls_off_what_is_booked_then, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), later = shop_resident(s);
	struct closure closure = { .is_emergency = true, .name = (char *)"台风" };
	struct shut shut = { 0 }, again = { 0 };
	const struct act once = { .role = ROLE_COORDINATOR, .key = { 7 } };

	ROOMS_POLICY(s, room, .deposit = 50);
	rooms_give_points(s, who, 60);
	rooms_give_points(s, later, 60);
	int64_t hit = rooms_book(s, room, who, "2026-11-22T14:00", "2026-11-22T16:00");
	int64_t spared = rooms_book(s, room, later, "2026-11-24T14:00", "2026-11-24T16:00");
	assert_ok(day_parse("2026-11-22", &closure.from, &s->err), &s->err);
	closure.until = closure.from;
	assert_ok(desk_shut(s->db, &once, &closure, &shut, &s->err), &s->err);
	assert_int_equal(shut.bookings, 1);
	assert_int_equal(rooms_status(s, hit), BOOKING_CANCELLED);
	assert_int_equal(rooms_status(s, spared), BOOKING_BOOKED);
	rooms_expect_points(s, who, 60, 0);
	rooms_expect_points(s, later, 10, 50);
	/* Repeated, it is done once. */
	assert_ok(desk_shut(s->db, &once, &closure, &again, &s->err), &s->err);
	assert_int_equal(again.closure, shut.closure);
	assert_told(s, who, MESSAGE_BOOKING_CALLED_OFF, "2026-11-22T14:00");
	assert_untold(s, later);
}

/* A person who has booked with a fee of 20 and a deposit of 50, and signed in. */
static int64_t somebody_within(struct shop *s)
{
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;

	ROOMS_POLICY(s, room, .fee = 20, .deposit = 50);
	rooms_give_points(s, who, 100);
	const struct session_request request = { .venue = room,
		.resident = who,
		.booking = rooms_book(s, room, who, "2026-11-22T14:00", "2026-11-22T16:00") };
	shop_set_clock(s, "2026-11-22T14:00");
	assert_ok(session_open(s->db, &by_resident, &request, &id, &s->err), &s->err);
	return who;
}

TEST(a_fee_is_paid_once_at_sign_out_and_the_deposit_comes_back, shop)
{
	struct shop *s = *state;
	int64_t who = somebody_within(s), transfers;
	struct session session;
	int closed;

	rooms_expect_points(s, who, 30, 70);
	shop_set_clock(s, "2026-11-22T15:30");
	assert_ok(session_close(s->db, &by_resident, who, false, &session, &s->err), &s->err);
	rooms_expect_points(s, who, 80, 0);
	struct message told = only_message(s, who);
	assert_int_equal(told.kind, MESSAGE_BOOKING_SETTLED);
	assert_int_equal(told.points, 20);
	assert_int_equal(told.points_back, 50);
	const char *count = "SELECT count(*) FROM transfer";
	assert_ok(db_integer(s->db, count, NO_FIELDS, 0, &transfers, &s->err), &s->err);
	shop_set_clock(s, "2026-11-23T09:00");
	assert_ok(sessions_close(s->db, &by_resident, &closed, &s->err), &s->err);
	assert_int_equal(closed, 0);
	int64_t after;
	assert_ok(db_integer(s->db, count, NO_FIELDS, 0, &after, &s->err), &s->err);
	assert_int_equal(after, transfers);
}

TEST(who_never_signs_out_is_settled_after_closing_time, shop)
{
	struct shop *s = *state;
	int64_t who = somebody_within(s), present;
	int closed;

	shop_set_clock(s, "2026-11-22T20:59");
	assert_ok(sessions_close(s->db, &by_resident, &closed, &s->err), &s->err);
	assert_int_equal(closed, 0);
	rooms_expect_points(s, who, 30, 70);
	shop_set_clock(s, "2026-11-22T21:05");
	assert_ok(sessions_close(s->db, &by_resident, &closed, &s->err), &s->err);
	assert_int_equal(closed, 1);
	rooms_expect_points(s, who, 80, 0);
	assert_int_equal(only_message(s, who).kind, MESSAGE_BOOKING_SETTLED);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM session WHERE is_estimated = 1",
			  NO_FIELDS, 0, &present, &s->err),
		&s->err);
	assert_int_equal(present, 1);
	assert_ok(sessions_close(s->db, &by_resident, &closed, &s->err), &s->err);
	assert_int_equal(closed, 0);
}
