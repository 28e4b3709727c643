#include <string.h>

#include "core/store/role_reasons.h"
#include "core/venues/booking.h"
#include "core/venues/reasons.h"
#include "core/venues/series.h"
#include "tests/core/rooms.h"
#include "tests/lib/test.h"

static int64_t count_booked(struct shop *s)
{
	int64_t count = -1;

	assert_ok(db_integer(s->db, "SELECT count(*) FROM booking WHERE status = 'booked'",
			  NO_FIELDS, 0, &count, &s->err),
		&s->err);
	return count;
}

/* Sundays from two to four, four of them. */
static struct series_draft sundays(struct shop *s, int64_t room)
{
	return (struct series_draft){
		.first =
			rooms_draft(room, shop_resident(s), "2026-11-22T14:00", "2026-11-22T16:00"),
		.every_days = 7,
		.occurrences = 4,
	};
}

TEST(a_series_is_booked_as_a_whole, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	const struct series_draft draft = sundays(s, room);

	assert_ok(series_place(s->db, &by_volunteer, &draft, false, &id, &s->err), &s->err);
	assert_ok(bookings_of_series(s->db, id, &list, &s->err), &s->err);
	assert_int_equal(list.count, 4);
	assert_instant(list.rows[3].start_at, "2026-12-13T14:00");
	assert_instant(list.rows[3].end_at, "2026-12-13T16:00");
	assert_refused(series_place(s->db, &by_resident, &draft, false, &id, &s->err), &s->err,
		ROLE_NEEDED);
}

TEST(all_conflicts_are_told_at_once, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id, rows = 0;
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	const struct series_draft draft = sundays(s, room);

	rooms_book(s, room, shop_resident(s), "2026-11-29T15:00", "2026-11-29T17:00");
	shop_close_days(s, "2026-12-13", "2026-12-13", false);
	assert_ok(series_check(s->db, &by_volunteer, &draft, plan, &s->err), &s->err);
	assert_int_equal(plan->count, 4);
	assert_int_equal(plan->refused, 2);
	assert_int_equal(plan->rows[0].refusal.code, ERR_NONE);
	assert_true(err_has(&plan->rows[1].refusal, REASON_BOOKING_TAKEN));
	assert_true(err_has(&plan->rows[3].refusal, REASON_VENUE_SHUT));
	assert_instant(plan->rows[3].start_at, "2026-12-13T14:00");
	/* Asking has not booked anything. */
	assert_int_equal(count_booked(s), 1);
	assert_only(series_place(s->db, &by_volunteer, &draft, false, &id, &s->err), &s->err,
		SERIES_CONFLICTS);
	assert_int_equal(s->err.reasons[0].n1, 2);
	assert_int_equal(count_booked(s), 1);
	s->err = (struct err){ 0 };
	assert_ok(series_place(s->db, &by_volunteer, &draft, true, &id, &s->err), &s->err);
	assert_int_equal(count_booked(s), 3);
	assert_ok(db_integer(s->db, "SELECT count(*) FROM booking_series", NO_FIELDS, 0, &rows,
			  &s->err),
		&s->err);
	assert_int_equal(rows, 1);
}

TEST(earlier_ones_count_for_the_quota_of_later_ones, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20);
	CLEANUP(mem_free) struct series_plan *plan = mem_alloc(sizeof(*plan));
	struct series_draft draft = sundays(s, room);

	ROOMS_POLICY(s, room, .month_hours = 4);
	draft.occurrences = 6;
	assert_ok(series_check(s->db, &by_volunteer, &draft, plan, &s->err), &s->err);
	/* Two in November, two in December; the third Sunday of December is one too many. */
	assert_int_equal(plan->refused, 2);
	assert_true(err_has(&plan->rows[4].refusal, REASON_QUOTA_MONTH));
	/* And the sixth is too far ahead. */
	assert_true(err_has(&plan->rows[5].refusal, REASON_BOOKING_FAR));
}

TEST(the_rest_of_a_series_can_be_cancelled, shop)
{
	struct shop *s = *state;
	int64_t room = rooms_add(s, "客厅", 20), id;
	CLEANUP(booking_list_finish) struct booking_list list = { 0 };
	const struct series_draft draft = sundays(s, room);

	assert_ok(series_place(s->db, &by_volunteer, &draft, false, &id, &s->err), &s->err);
	assert_ok(
		series_cancel(s->db, &by_volunteer, id, at("2026-12-01T00:00"), &s->err), &s->err);
	assert_ok(bookings_of_series(s->db, id, &list, &s->err), &s->err);
	assert_int_equal(list.rows[1].status, BOOKING_BOOKED);
	assert_int_equal(list.rows[2].status, BOOKING_CANCELLED);
	assert_int_equal(list.rows[3].status, BOOKING_CANCELLED);
	assert_only(series_cancel(s->db, &by_volunteer, id, at("2026-12-01T00:00"), &s->err),
		&s->err, BOOKING_ENDED);
	assert_int_equal(series_cancel(s->db, &by_volunteer, 4711, 0, &s->err), ERR_NOT_FOUND);
}

TEST(a_series_has_an_end, shop)
{
	struct shop *s = *state;
	struct series_draft draft = sundays(s, rooms_add(s, "客厅", 20));
	int64_t id;

	draft.occurrences = SERIES_MAX + 1;
	assert_int_equal(
		series_place(s->db, &by_volunteer, &draft, false, &id, &s->err), ERR_INVALID);
	draft.occurrences = 2;
	draft.every_days = 0;
	assert_int_equal(
		series_place(s->db, &by_volunteer, &draft, false, &id, &s->err), ERR_INVALID);
}
