/* Entering a room: whose booking it is for, until when, and how many there is room for. */
#include "core/duty/team.h"
#include "core/people/pause.h"
#include "core/people/reasons.h"
#include "core/people/resident_acts.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/reasons.h"
#include "core/venues/session.h"
#include "core/venues/venue_hours.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static int try_in(struct shop *s, const struct session_request *request, int64_t *ret_id)
{
	s->err = (struct err){ 0 };
	return session_open(s->db, &by_resident, request, ret_id, &s->err);
}

/* A card at the door. */
static int scan_in(struct shop *s, int64_t room, int64_t who)
{
	const struct session_request request = { .venue = room, .resident = who };
	int64_t id;

	return try_in(s, &request, &id);
}

/* The same after a question. */
static int scan_in_sure(struct shop *s, int64_t room, int64_t who)
{
	const struct session_request request = { .venue = room, .resident = who, .is_sure = true };
	int64_t id;

	return try_in(s, &request, &id);
}

static int64_t in_room(struct shop *s, int64_t room, int64_t who)
{
	struct session session = { 0 };

	assert_ok(scan_in(s, room, who), &s->err);
	assert_int_equal(session_of_resident(s->db, who, &session, &s->err), 1);
	assert_int_equal(session.venue, room);
	return session.id;
}

static struct session session_now(struct shop *s, int64_t who)
{
	struct session session = { 0 };

	assert_true(session_of_resident(s->db, who, &session, &s->err) >= 0);
	return session;
}

static struct entry entry_of(struct shop *s, int64_t who)
{
	struct session session = session_now(s, who);
	struct entry entry;

	assert_true(session.id != 0);
	assert_ok(session_entry(s->db, session.id, &session, &entry, &s->err), &s->err);
	return entry;
}

static int64_t neighbour(struct shop *s, const char *name)
{
	const struct resident_new draft = { .name = name,
		.category = "resident",
		.consent_version = "2026-1",
		.building = "3栋",
		.room = "502" };
	int64_t id;

	assert_ok(resident_add(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static int64_t book_for_body(
	struct shop *s, int64_t room, const char *body, const char *start, const char *end)
{
	struct booking_draft draft = rooms_draft(room, 0, start, end);
	int64_t id = 0;

	draft.body = body;
	assert_ok(booking_place(s->db, &by_volunteer, &draft, &id, &s->err), &s->err);
	return id;
}

static void pause_until(struct shop *s, int64_t who, struct day until)
{
	assert_ok(pause_begin(s->db, &by_coordinator, who, until, "借了不还", &s->err), &s->err);
}

static void add_team(struct shop *s, const char *name, int64_t member)
{
	const struct duty_team team = { .name = (char *)name, .residents = &member, .count = 1 };
	int64_t id;

	assert_ok(duty_team_set(s->db, &by_coordinator, &team, &id, &s->err), &s->err);
}

/* ---- who goes in ---- */

TEST(a_paused_person_neither_walks_in_nor_comes_to_a_booking_of_before, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), other = rooms_add(s, "书屋", 20);
	int64_t who = shop_resident(s);
	const struct session_request request = { .venue = other, .resident = who };
	int64_t id;

	rooms_book(s, room, who, "2026-11-21T14:30", "2026-11-21T17:00");
	pause_until(s, who, (struct day){ 2026, 11, 21 });
	shop_set_clock(s, "2026-11-21T14:30");
	assert_only(scan_in(s, room, who), &s->err, RESIDENT_PAUSED);
	assert_only(scan_in_sure(s, other, who), &s->err, RESIDENT_PAUSED);
	s->err = (struct err){ 0 };
	assert_only(session_open(s->db, &by_override, &request, &id, &s->err), &s->err,
		RESIDENT_PAUSED);
	shop_set_clock(s, "2026-11-22T14:30");
	in_room(s, other, who);
}

TEST(who_is_paused_while_in_a_room_leaves_it_as_always, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);
	struct session session;

	in_room(s, room, who);
	pause_until(s, who, (struct day){ 2026, 11, 22 });
	assert_ok(session_close(s->db, &by_resident, who, false, &session, &s->err), &s->err);
}

/* ---- whose booking ---- */

TEST(before_its_window_a_booking_says_from_when_it_signs_in, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);
	int64_t booking = rooms_book(s, room, who, "2026-11-21T15:00", "2026-11-21T17:00");

	shop_set_clock(s, "2026-11-21T14:20");
	assert_only(scan_in(s, room, who), &s->err, BOOKING_AHEAD);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T14:45");
	assert_true(session_reason_is_question(s->err.reasons[0].code));
	assert_int_equal(session_now(s, who).id, 0);
	shop_set_clock(s, "2026-11-21T14:45");
	in_room(s, room, who);
	assert_int_equal(session_now(s, who).booking, booking);
	assert_instant(entry_of(s, who).until_at, "2026-11-21T17:00");
	assert_int_equal(entry_of(s, who).end, ENTRY_OWN);
}

TEST(who_went_in_before_their_booking_goes_on_with_it, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);
	int64_t booking = rooms_book(s, room, who, "2026-11-21T16:00", "2026-11-21T17:00");
	struct session session;

	assert_ok(scan_in_sure(s, room, who), &s->err);
	assert_int_equal(session_now(s, who).booking, 0);
	assert_instant(entry_of(s, who).until_at, "2026-11-21T16:00");
	assert_int_equal(session_at_door(s->db, who, room, &session, &s->err), 1);
	shop_set_clock(s, "2026-11-21T15:50");
	/* The same scan goes on now, and out after that. */
	assert_int_equal(session_at_door(s->db, who, room, &session, &s->err), 0);
	in_room(s, room, who);
	assert_int_equal(session_now(s, who).booking, booking);
	assert_int_equal(session_at_door(s->db, who, room, &session, &s->err), 1);
}

TEST(a_household_comes_with_the_booking_of_one_of_them, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), mother = neighbour(s, "何一"),
		son = neighbour(s, "何二"), stranger = shop_resident(s);
	int64_t booking = rooms_book(s, room, mother, "2026-11-21T14:10", "2026-11-21T17:00");
	struct session session;

	in_room(s, room, son);
	assert_int_equal(session_now(s, son).booking, booking);
	assert_int_equal(rooms_status(s, booking), BOOKING_USED);
	/* Whoever comes later has joined them, and may sign them out. */
	assert_only(scan_in(s, room, mother), &s->err, VENUE_SIGNED_IN);
	assert_int_equal(session_at_door(s->db, mother, room, &session, &s->err), 1);
	assert_int_equal(session.resident, son);
	const struct act by_mother = { .role = ROLE_RESIDENT, .resident = mother };
	assert_refused(
		session_end(s->db, &by_mother, session.id, false, &s->err), &s->err, VENUE_GROUP);
	shop_set_clock(s, "2026-11-21T14:30");
	assert_refused(scan_in(s, room, stranger), &s->err, VENUE_BOOKED);
}

TEST(a_team_comes_with_the_booking_in_its_name, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), member = shop_resident(s);
	int64_t booking = book_for_body(s, room, "粤曲社", "2026-11-21T14:10", "2026-11-21T17:00");

	add_team(s, "粤曲社", member);
	in_room(s, room, member);
	assert_int_equal(session_now(s, member).booking, booking);
	/* They are a little early, and have it to themselves. */
	assert_only(scan_in(s, room, shop_resident(s)), &s->err, VENUE_BOOKED);
}

TEST(a_booking_of_another_day_is_no_matter_today, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);

	rooms_book(s, room, who, "2026-11-22T15:00", "2026-11-22T17:00");
	in_room(s, room, who);
	assert_int_equal(session_now(s, who).booking, 0);
}

TEST(a_request_that_nobody_has_agreed_to_lets_nobody_in, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "议事室", 12), who = shop_resident(s);

	ROOMS_POLICY(s, room, .needs_approval = true);
	rooms_book(s, room, who, "2026-11-21T14:10", "2026-11-21T17:00");
	assert_refused(scan_in(s, room, who), &s->err, BOOKING_UNAPPROVED);
}

TEST(who_had_left_comes_back_as_long_as_nobody_else_has_the_rest, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);
	int64_t booking = rooms_book(s, room, who, "2026-11-21T14:00", "2026-11-21T17:00");
	struct session session;

	in_room(s, room, who);
	shop_set_clock(s, "2026-11-21T14:30");
	assert_ok(session_close(s->db, &by_resident, who, false, &session, &s->err), &s->err);
	in_room(s, room, who);
	assert_int_equal(session_now(s, who).booking, booking);
	/* The room is theirs again. */
	const struct booking_draft in_way =
		rooms_draft(room, shop_resident(s), "2026-11-21T15:00", "2026-11-21T17:00");
	int64_t id;
	assert_refused(rooms_try(s, &in_way, &id), &s->err, BOOKING_TAKEN);
	assert_ok(session_close(s->db, &by_resident, who, false, &session, &s->err), &s->err);
	assert_ok(rooms_try(s, &in_way, &id), &s->err);
	assert_refused(scan_in(s, room, who), &s->err, BOOKING_TAKEN);
}

/* ---- walking in ---- */

TEST(a_walk_in_lasts_until_the_next_booking_and_the_time_to_tidy_up, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "厨房", 8), who = shop_resident(s);

	ROOMS_POLICY(s, room, .buffer_minutes = 30);
	rooms_book(s, room, shop_resident(s), "2026-11-21T16:00", "2026-11-21T17:00");
	in_room(s, room, who);
	assert_instant(entry_of(s, who).until_at, "2026-11-21T15:30");
	assert_int_equal(entry_of(s, who).end, ENTRY_BOOKED);
	shop_set_clock(s, "2026-11-21T15:29");
	in_room(s, room, shop_resident(s));
	shop_set_clock(s, "2026-11-21T15:30");
	assert_only(scan_in(s, room, shop_resident(s)), &s->err, VENUE_BOOKED);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T16:00");
}

TEST(a_walk_in_lasts_until_closing_time_or_until_the_room_is_out_of_use, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;
	const struct blackout_draft out = { .venue = room,
		.start_at = at("2026-11-21T18:00"),
		.end_at = at("2026-11-21T19:00"),
		.name = "消杀" };

	in_room(s, room, who);
	assert_instant(entry_of(s, who).until_at, "2026-11-21T21:00");
	assert_int_equal(entry_of(s, who).end, ENTRY_CLOSING);
	assert_ok(blackout_add(s->db, &by_coordinator, &out, &id, &s->err), &s->err);
	assert_instant(entry_of(s, who).until_at, "2026-11-21T18:00");
	assert_int_equal(entry_of(s, who).end, ENTRY_BLACKOUT);
}

TEST(nobody_walks_in_when_the_room_is_closed, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;
	const struct session_request request = { .venue = room, .resident = who };

	shop_set_clock(s, "2026-11-21T21:00");
	assert_only(scan_in(s, room, who), &s->err, VENUE_OPENS);
	assert_instant(s->err.reasons[0].n1, "2026-11-22T09:00");
	shop_close_days(s, "2026-11-22", "2026-12-31", false);
	shop_set_clock(s, "2026-11-22T15:00");
	assert_only(scan_in(s, room, who), &s->err, VENUE_SHUT);
	s->err = (struct err){ 0 };
	assert_ok(session_open(s->db, &by_override, &request, &id, &s->err), &s->err);
}

TEST(the_last_places_of_a_shared_room_are_kept_for_who_has_booked_them, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "书屋", 5), who = shop_resident(s), id;
	struct booking_draft draft =
		rooms_draft(room, shop_resident(s), "2026-11-21T15:00", "2026-11-21T17:00");
	const struct session_request three = { .venue = room, .resident = who, .people = 3 };

	ROOMS_POLICY(s, room, .is_shared = true);
	draft.people = 3;
	assert_ok(rooms_try(s, &draft, &id), &s->err);
	/* Two can stay, and three only until then. */
	in_room(s, room, shop_resident(s));
	struct session session = session_now(s, who);
	assert_int_equal(session.id, 0);
	assert_ok(try_in(s, &three, &id), &s->err);
	struct entry entry = entry_of(s, who);
	assert_instant(entry.until_at, "2026-11-21T15:00");
	assert_int_equal(entry.end, ENTRY_BOOKED);
	assert_int_equal(entry.places, 4);
	assert_ok(session_set_people(s->db, &by_resident, id, 1, &s->err), &s->err);
	assert_instant(entry_of(s, who).until_at, "2026-11-21T21:00");
	shop_set_clock(s, "2026-11-21T15:00");
	assert_only(scan_in(s, room, shop_resident(s)), &s->err, VENUE_FULL);
}

/* ---- how many ---- */

TEST(nobody_brings_more_people_than_there_are_places, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "厨房", 8), who = shop_resident(s), id;
	const struct session_request nine = { .venue = room, .resident = who, .people = 9 };
	const struct session_request five = { .venue = room, .resident = who, .people = 5 };

	assert_only(try_in(s, &nine, &id), &s->err, VENUE_FULL);
	assert_ok(try_in(s, &five, &id), &s->err);
	int64_t other = in_room(s, room, shop_resident(s));
	assert_ok(session_set_people(s->db, &by_resident, other, 3, &s->err), &s->err);
	assert_only(
		session_set_people(s->db, &by_resident, other, 4, &s->err), &s->err, VENUE_PLACES);
	assert_int_equal(s->err.reasons[0].n1, 3);
	assert_int_equal(s->err.reasons[0].n2, 4);
	s->err = (struct err){ 0 };
	assert_ok(session_set_people(s->db, &by_override, other, 4, &s->err), &s->err);
}

TEST(a_booking_brings_no_more_people_than_the_room_holds, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 6), who = shop_resident(s), id;
	const struct session_request seven = { .venue = room, .resident = who, .people = 7 };
	const struct session_request six = { .venue = room, .resident = who, .people = 6 };

	rooms_book(s, room, who, "2026-11-21T14:00", "2026-11-21T17:00");
	assert_only(try_in(s, &seven, &id), &s->err, VENUE_PLACES);
	assert_ok(try_in(s, &six, &id), &s->err);
}

/* ---- what is asked first ---- */

TEST(a_group_is_not_signed_out_without_a_question, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s), id;
	const struct session_request three = { .venue = room, .resident = who, .people = 3 };
	struct session session;

	assert_ok(try_in(s, &three, &id), &s->err);
	assert_only(session_close(s->db, &by_resident, who, false, &session, &s->err), &s->err,
		VENUE_GROUP);
	assert_int_equal(s->err.reasons[0].n1, 3);
	s->err = (struct err){ 0 };
	assert_refused(session_end(s->db, &by_resident, id, false, &s->err), &s->err, VENUE_GROUP);
	assert_int_equal(session_now(s, who).id, id);
	assert_ok(session_close(s->db, &by_resident, who, true, &session, &s->err), &s->err);
	assert_int_equal(session_now(s, who).id, 0);
}

TEST(a_second_room_is_not_entered_without_a_question, shop)
{
	struct shop *s = *state;
	int64_t first = rooms_add(s, "客厅", 20), second = rooms_add(s, "厨房", 8);
	int64_t who = shop_resident(s);

	in_room(s, first, who);
	assert_only(scan_in(s, second, who), &s->err, VENUE_ELSEWHERE);
	assert_string_equal(s->err.reasons[0].text, "客厅");
	assert_instant(s->err.reasons[0].n1, "2026-11-21T14:00");
	assert_int_equal(session_now(s, who).venue, first);
	assert_ok(scan_in_sure(s, second, who), &s->err);
	assert_int_equal(session_now(s, who).venue, second);
}

TEST(what_a_rule_refuses_is_not_let_through_by_an_answer, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), who = shop_resident(s);

	rooms_book(s, room, shop_resident(s), "2026-11-21T14:00", "2026-11-21T15:00");
	assert_only(scan_in_sure(s, room, who), &s->err, VENUE_BOOKED);
}
