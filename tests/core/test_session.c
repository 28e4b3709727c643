#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/venues/session.h"
#include "core/venues/venue.h"
#include "tests/core/shop.h"

static int64_t venue(struct shop *s, const char *name, int64_t capacity)
{
	struct venue_draft draft = { name, capacity };
	int64_t id = 0;

	assert_ok(venue_add(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
	return id;
}

static int sign_in(struct shop *s, int64_t venue_id, int64_t resident)
{
	int64_t id;

	s->err = (struct err){ 0 };
	return session_open(s->db, &by_resident, venue_id, resident, &id, &s->err);
}

static int sign_out(struct shop *s, int64_t resident, struct session *ret)
{
	s->err = (struct err){ 0 };
	return session_close(s->db, &by_resident, resident, ret, &s->err);
}

static int64_t present(struct shop *s, int64_t venue_id)
{
	int64_t count = -1;

	assert_ok(session_count(s->db, venue_id, &count, &s->err), &s->err);
	return count;
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

static void a_session_lasts_from_sign_in_to_sign_out(void **state)
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

static void signing_in_twice_is_refused(void **state)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);

	assert_ok(sign_in(s, room, resident), &s->err);
	assert_refused(sign_in(s, room, resident), &s->err, VENUE_SIGNED_IN);
	assert_instant(s->err.reasons[0].n1, "2026-11-21T14:00");
}

static void signing_in_elsewhere_signs_out_here(void **state)
{
	struct shop *s = *state;
	int64_t first = venue(s, "客厅", 20), second = venue(s, "厨房", 6);
	int64_t resident = shop_resident(s);

	assert_ok(sign_in(s, first, resident), &s->err);
	shop_set_clock(s, "2026-11-21T15:00");
	assert_ok(sign_in(s, second, resident), &s->err);
	assert_int_equal(present(s, first), 0);
	assert_int_equal(present(s, second), 1);
	struct session before = latest(s, resident);
	assert_instant(before.out_at, "2026-11-21T15:00");
	assert_false(before.is_estimated);
}

static void a_full_venue_refuses_unless_a_volunteer_overrides(void **state)
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
	assert_ok(session_open(s->db, &by_override, room, late, &id, &s->err), &s->err);
	assert_ok(sign_out(s, first, &session), &s->err);
	assert_refused(sign_in(s, room, first), &s->err, VENUE_FULL);
}

static void closing_time_ends_a_session_without_a_timer(void **state)
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
	/* The next sign-in writes down when that was. */
	shop_set_clock(s, "2026-11-25T10:00");
	assert_ok(sign_in(s, room, resident), &s->err);
	struct session before = latest(s, resident);
	assert_instant(before.out_at, "2026-11-21T21:00");
	assert_true(before.is_estimated);
	assert_int_equal(present(s, room), 1);
}

static void a_night_past_midnight_is_one_session(void **state)
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

static void without_opening_hours_midnight_ends_it(void **state)
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

static void what_is_unknown_or_gone_does_not_sign_in(void **state)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s);

	assert_int_equal(sign_in(s, 4711, resident), ERR_NOT_FOUND);
	assert_int_equal(sign_in(s, room, 4711), ERR_NOT_FOUND);
	assert_ok(resident_leave(s->db, &by_coordinator, resident, &s->err), &s->err);
	assert_refused(sign_in(s, room, resident), &s->err, RESIDENT_LEFT);
}

static void the_same_key_signs_in_once(void **state)
{
	struct shop *s = *state;
	int64_t room = venue(s, "客厅", 20), resident = shop_resident(s), first, second;
	struct session session, again;
	struct act act = by_resident;

	act_new_key(act.key);
	assert_ok(session_open(s->db, &act, room, resident, &first, &s->err), &s->err);
	assert_ok(session_open(s->db, &act, room, resident, &second, &s->err), &s->err);
	assert_int_equal(first, second);
	act_new_key(act.key);
	assert_ok(session_close(s->db, &act, resident, &session, &s->err), &s->err);
	assert_ok(session_close(s->db, &act, resident, &again, &s->err), &s->err);
	assert_int_equal(session.id, again.id);
	assert_int_equal(session.out_at, again.out_at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		SHOP_TEST(a_session_lasts_from_sign_in_to_sign_out),
		SHOP_TEST(signing_in_twice_is_refused),
		SHOP_TEST(signing_in_elsewhere_signs_out_here),
		SHOP_TEST(a_full_venue_refuses_unless_a_volunteer_overrides),
		SHOP_TEST(closing_time_ends_a_session_without_a_timer),
		SHOP_TEST(a_night_past_midnight_is_one_session),
		SHOP_TEST(without_opening_hours_midnight_ends_it),
		SHOP_TEST(what_is_unknown_or_gone_does_not_sign_in),
		SHOP_TEST(the_same_key_signs_in_once),
	};
	return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
