#include <string.h>

#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/store/role_reasons.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/session_list.h"
#include "core/venues/venue_hours.h"
#include "core/venues/venue_now.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static int64_t venue(struct shop *s, const char *name, int64_t capacity)
{
	return rooms_add(s, name, capacity);
}

static int open_session(
	struct shop *s, const struct act *act, int64_t venue_id, int64_t resident, int64_t *ret_id)
{
	const struct session_request request = { .venue = venue_id, .resident = resident };

	return session_open(s->db, act, &request, ret_id, &s->err);
}

static int sign_in(struct shop *s, int64_t venue_id, int64_t resident)
{
	int64_t id;

	s->err = (struct err){ 0 };
	return open_session(s, &by_resident, venue_id, resident, &id);
}

static int sign_out(struct shop *s, int64_t resident, struct session *ret)
{
	s->err = (struct err){ 0 };
	return session_close(s->db, &by_resident, resident, false, ret, &s->err);
}

static int64_t present(struct shop *s, int64_t venue_id)
{
	CLEANUP(venue_list_finish) struct venue_list all = { 0 };

	assert_ok(venues_now(s->db, &all, &s->err), &s->err);
	for (int i = 0; i < all.count; i++)
		if (all.rows[i].id == venue_id)
			return all.rows[i].present;
	return -1;
}

static bool is_in(struct shop *s, int64_t resident)
{
	struct session session;
	int r = session_of_resident(s->db, resident, &session, &s->err);

	assert_true(r >= 0);
	return r > 0;
}

/* out_at and is_estimated of a resident's latest session. */
static struct session latest(struct shop *s, int64_t resident)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	assert_ok(query_open(&q, s->db,
			  "SELECT out_at, is_estimated FROM session WHERE resident = :resident"
			  " AND out_at IS NOT NULL ORDER BY id DESC LIMIT 1",
			  FIELDS(F_INT("resident", resident)), &s->err),
		&s->err);
	assert_int_equal(query_next(&q, &s->err), 1);
	return (struct session){ .out_at = query_int(&q, "out_at"),
		.is_estimated = query_int(&q, "is_estimated") != 0 };
}

TEST(a_session_lasts_from_sign_in_to_sign_out, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);
	struct session session;

	assert_ok(sign_in(s, room, resident), &s->err);
	assert_int_equal(present(s, room), 1);
	assert_true(is_in(s, resident));
	shop_set_clock(s, "2026-11-21T16:30");
	assert_ok(sign_out(s, resident, &session), &s->err);
	assert_instant(session.in_at, "2026-11-21T14:00");
	assert_instant(session.out_at, "2026-11-21T16:30");
	assert_int_equal(session.venue, room);
	assert_false(session.is_estimated);
	assert_int_equal(present(s, room), 0);
	assert_refused(sign_out(s, resident, &session), &s->err, VENUE_NOT_SIGNED_IN);
}

TEST(signing_in_twice_is_refused, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);

	assert_ok(sign_in(s, room, resident), &s->err);
	assert_refused(sign_in(s, room, resident), &s->err, VENUE_SIGNED_IN);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T14:00");
}

TEST(signing_in_elsewhere_signs_out_here, shop)
{
	struct shop *s = *state;
	int64_t first = venue(s, "客厅", 20), second = venue(s, "厨房", 6);
	int64_t resident = shop_resident(s), id;

	assert_ok(sign_in(s, first, resident), &s->err);
	shop_set_clock(s, "2026-11-21T15:00");
	const struct session_request over = {
		.venue = second, .resident = resident, .is_sure = true
	};
	assert_ok(session_open(s->db, &by_resident, &over, &id, &s->err), &s->err);
	assert_int_equal(present(s, first), 0);
	assert_int_equal(present(s, second), 1);
	struct session before = latest(s, resident);
	assert_instant(before.out_at, "2026-11-21T15:00");
	assert_false(before.is_estimated);
}

TEST(a_full_venue_refuses_unless_a_volunteer_overrides, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "厨房", 2), late = shop_resident(s), id;
	struct session session;

	int64_t first = shop_resident(s);
	assert_ok(sign_in(s, room, first), &s->err);
	assert_ok(sign_in(s, room, shop_resident(s)), &s->err);
	assert_refused(sign_in(s, room, late), &s->err, VENUE_FULL);
	assert_int_equal(s->err.reasons[0].n1, 2);
	assert_int_equal(s->err.reasons[0].n2, 2);
	assert_ok(open_session(s, &by_override, room, late, &id), &s->err);
	assert_ok(sign_out(s, first, &session), &s->err);
	assert_refused(sign_in(s, room, first), &s->err, VENUE_FULL);
}

TEST(closing_time_ends_a_session_without_a_timer, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);
	struct session session;

	assert_ok(sign_in(s, room, resident), &s->err);
	shop_set_clock(s, "2026-11-21T20:59");
	assert_true(is_in(s, resident));
	shop_set_clock(s, "2026-11-21T21:00");
	assert_false(is_in(s, resident));
	assert_int_equal(present(s, room), 0);
	assert_refused(sign_out(s, resident, &session), &s->err, VENUE_NOT_SIGNED_IN);
	/* The next sign-in records when that was. */
	shop_set_clock(s, "2026-11-25T10:00");
	assert_ok(sign_in(s, room, resident), &s->err);
	struct session before = latest(s, resident);
	assert_instant(before.out_at, "2026-11-21T21:00");
	assert_true(before.is_estimated);
	assert_int_equal(present(s, room), 1);
}

TEST(a_night_past_midnight_is_one_session, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);
	struct session session;

	shop_set_week(s, 22 * 60, 26 * 60, "xxxxxxx");
	shop_set_clock(s, "2026-11-21T23:00");
	assert_ok(sign_in(s, room, resident), &s->err);
	shop_set_clock(s, "2026-11-22T01:30");
	assert_int_equal(present(s, room), 1);
	assert_ok(sign_out(s, resident, &session), &s->err);
	assert_ok(sign_in(s, room, resident), &s->err);
	shop_set_clock(s, "2026-11-22T02:00");
	assert_false(is_in(s, resident));
	shop_set_clock(s, "2026-11-22T22:30");
	assert_ok(sign_in(s, room, resident), &s->err);
	struct session before = latest(s, resident);
	assert_instant(before.out_at, "2026-11-22T02:00");
	assert_true(before.is_estimated);
}

TEST(without_opening_hours_midnight_ends_it, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);

	shop_set_week(s, 0, 0, ".......");
	assert_ok(sign_in(s, room, resident), &s->err);
	shop_set_clock(s, "2026-11-21T23:59");
	assert_true(is_in(s, resident));
	shop_set_clock(s, "2026-11-22T00:00");
	assert_false(is_in(s, resident));
}

TEST(what_is_unknown_or_gone_does_not_sign_in, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);

	assert_int_equal(sign_in(s, 4711, resident), ERR_NOT_FOUND);
	assert_int_equal(sign_in(s, room, 4711), ERR_NOT_FOUND);
	assert_ok(resident_leave(s->db, &by_coordinator, resident, &s->err), &s->err);
	assert_refused(sign_in(s, room, resident), &s->err, RESIDENT_LEFT);
}

TEST(the_same_key_signs_in_once, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s), first, second;
	struct session session, again;
	struct act act = by_resident;

	act_new_key(act.key);
	assert_ok(open_session(s, &act, room, resident, &first), &s->err);
	assert_ok(open_session(s, &act, room, resident, &second), &s->err);
	assert_int_equal(first, second);
	act_new_key(act.key);
	assert_ok(session_close(s->db, &act, resident, false, &session, &s->err), &s->err);
	assert_ok(session_close(s->db, &act, resident, false, &again, &s->err), &s->err);
	assert_int_equal(session.id, again.id);
	assert_int_equal(session.out_at, again.out_at);
}

/* ---- of bookings ---- */

static int sign_in_booking(struct shop *s, const struct act *act, int64_t booking, int64_t *ret_id)
{
	const struct session_request request = { .booking = booking };

	s->err = (struct err){ 0 };
	return session_open(s->db, act, &request, ret_id, &s->err);
}

TEST(a_card_signs_in_to_its_own_booking, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), who = shop_resident(s);
	int64_t booking = rooms_book(s, room, who, "2026-11-21T15:00", "2026-11-21T17:00");
	struct session session;

	shop_set_clock(s, "2026-11-21T14:45");
	assert_ok(sign_in(s, room, who), &s->err);
	assert_int_equal(rooms_status(s, booking), BOOKING_USED);
	assert_int_equal(session_of_booking(s->db, booking, &session, &s->err), 1);
	assert_true(session.resident == who);
	/* Nobody walks in to a room that somebody has booked. */
	shop_set_clock(s, "2026-11-21T15:30");
	assert_refused(sign_in(s, room, shop_resident(s)), &s->err, VENUE_BOOKED);
	assert_instant(s->err.reasons[0].n2, "2026-11-21T17:00");
	/* They leave early: the remaining time is free. */
	shop_set_clock(s, "2026-11-21T16:00");
	assert_ok(sign_out(s, who, &session), &s->err);
	assert_ok(sign_in(s, room, shop_resident(s)), &s->err);
	rooms_book(s, room, shop_resident(s), "2026-11-21T16:00", "2026-11-21T17:00");
	shop_set_clock(s, "2026-11-23T09:00");
	assert_int_equal(rooms_status(s, booking), BOOKING_USED);
}

TEST(a_slip_signs_in_without_a_card, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), id;
	struct booking_draft draft = rooms_draft(room, 0, "2026-11-21T15:00", "2026-11-21T17:00");
	int64_t booking;

	draft.body = "书法班";
	draft.people = 9;
	assert_ok(booking_place(s->db, &by_volunteer, &draft, &booking, &s->err), &s->err);
	assert_refused(sign_in_booking(s, &by_resident, booking, &id), &s->err, BOOKING_EARLY);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T14:45");
	assert_ok(sign_in_booking(s, &by_override, booking, &id), &s->err);
	assert_int_equal(present(s, room), 9);
	assert_ok(session_set_people(s->db, &by_resident, id, 11, &s->err), &s->err);
	assert_int_equal(present(s, room), 11);
	assert_int_equal(session_set_people(s->db, &by_resident, id, 0, &s->err), ERR_INVALID);
	assert_ok(session_end(s->db, &by_resident, id, true, &s->err), &s->err);
	assert_int_equal(session_end(s->db, &by_resident, id, true, &s->err), ERR_NOT_FOUND);
	assert_int_equal(session_set_people(s->db, &by_resident, id, 3, &s->err), ERR_NOT_FOUND);
}

TEST(one_booking_may_follow_another, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), who = shop_resident(s), id;
	int64_t first = rooms_book(s, room, who, "2026-11-21T15:00", "2026-11-21T16:00");
	int64_t second = rooms_book(s, room, who, "2026-11-21T16:00", "2026-11-21T17:00");
	struct session session;

	shop_set_clock(s, "2026-11-21T15:00");
	assert_ok(sign_in_booking(s, &by_resident, first, &id), &s->err);
	assert_refused(sign_in_booking(s, &by_resident, first, &id), &s->err, VENUE_SIGNED_IN);
	shop_set_clock(s, "2026-11-21T16:05");
	assert_ok(sign_in_booking(s, &by_resident, second, &id), &s->err);
	assert_int_equal(session_of_booking(s->db, first, &session, &s->err), 0);
	assert_int_equal(present(s, room), 1);
}

TEST(who_comes_too_late_finds_it_released, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), who = shop_resident(s), id;
	int64_t booking = rooms_book(s, room, who, "2026-11-21T15:00", "2026-11-21T17:00");

	shop_set_clock(s, "2026-11-21T15:20");
	assert_refused(sign_in_booking(s, &by_resident, booking, &id), &s->err, BOOKING_RELEASED);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T15:15");
	/* The room is empty, so they may walk in. */
	assert_ok(sign_in(s, room, who), &s->err);
	assert_int_equal(rooms_status(s, booking), BOOKING_NO_SHOW);
	shop_set_clock(s, "2026-11-21T15:25");
	assert_ok(booking_cancel(s->db, &by_volunteer,
			  rooms_book(s, room, shop_resident(s), "2026-11-21T15:30",
				  "2026-11-21T16:30"),
			  &s->err),
		&s->err);
}

TEST(people_without_a_card_are_counted_by_a_volunteer, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "花园", 10), id;
	const struct session_request visitors = { .venue = room, .people = 7 };
	const struct session_request more = { .venue = room, .people = 4 };

	assert_refused(
		session_open(s->db, &by_resident, &visitors, &id, &s->err), &s->err, ROLE_NEEDED);
	s->err = (struct err){ 0 };
	assert_ok(session_open(s->db, &by_volunteer, &visitors, &id, &s->err), &s->err);
	assert_int_equal(present(s, room), 7);
	assert_refused(
		session_open(s->db, &by_volunteer, &more, &id, &s->err), &s->err, VENUE_FULL);
	assert_int_equal(s->err.reasons[0].n1, 7);
	shop_set_clock(s, "2026-11-21T21:00");
	assert_int_equal(present(s, room), 0);
}

TEST(places_of_bookings_are_kept_in_a_shared_room, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "书屋", 3), id;
	struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-21T15:00", "2026-11-21T17:00");

	ROOMS_POLICY(s, room, .is_shared = true);
	draft.people = 2;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	shop_set_clock(s, "2026-11-21T15:05");
	assert_ok(sign_in(s, room, shop_resident(s)), &s->err);
	assert_refused(sign_in(s, room, shop_resident(s)), &s->err, VENUE_FULL);
	assert_ok(sign_in(s, room, draft.resident), &s->err);
	assert_int_equal(present(s, room), 3);
}

TEST(nobody_signs_in_to_a_room_out_of_use, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), id;
	const struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-21T12:00"),
		.end_at = at("2026-11-21T15:00"),
		.name = "消杀" };

	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	assert_refused(sign_in(s, room, shop_resident(s)), &s->err, VENUE_BLACKOUT);
	assert_ok(open_session(s, &by_override, room, shop_resident(s), &id), &s->err);
}

TEST(lists_work_out_who_is_still_in, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), who = shop_resident(s), other = shop_resident(s);
	CLEANUP(session_rows_finish) struct session_rows now = { 0 }, day = { 0 }, late = { 0 };
	struct session session;

	rooms_book(s, room, who, "2026-11-21T14:00", "2026-11-21T15:00");
	assert_ok(sign_in(s, room, who), &s->err);
	shop_set_clock(s, "2026-11-21T16:00");
	assert_ok(sign_in(s, room, other), &s->err);
	assert_ok(sessions_present(s->db, 0, &now, &s->err), &s->err);
	assert_int_equal(now.count, 2);
	assert_true(session_is_overstay(&now.rows[0], s->clock.set_wall));
	assert_false(session_is_overstay(&now.rows[1], s->clock.set_wall));
	shop_set_clock(s, "2026-11-21T17:00");
	assert_ok(sign_out(s, other, &session), &s->err);
	/* Two days later no row has been touched. */
	shop_set_clock(s, "2026-11-24T10:00");
	assert_ok(sessions_present(s->db, room, &late, &s->err), &s->err);
	assert_int_equal(late.count, 0);
	assert_ok(sessions_between(s->db, room, at("2026-11-21T00:00"), at("2026-11-22T00:00"),
			  &day, &s->err),
		&s->err);
	assert_int_equal(day.count, 2);
	assert_instant(day.rows[0].session.out_at, "2026-11-21T21:00");
	assert_true(day.rows[0].session.is_estimated);
	assert_instant(day.rows[1].session.out_at, "2026-11-21T17:00");
	assert_false(day.rows[1].session.is_estimated);
}

TEST(a_room_with_hours_of_its_own_closes_by_them, shop)
{
	struct shop *s = *state;
	int64_t room = venue(s, "花园", 20), who = shop_resident(s);
	const struct opening week[] = { { 6, 8 * 60, 18 * 60 } };

	assert_ok(venue_week_set(s->db, &by_coordinator, room, week, 1, &s->err), &s->err);
	assert_ok(sign_in(s, room, who), &s->err);
	shop_set_clock(s, "2026-11-21T18:00");
	assert_false(is_in(s, who));
}
