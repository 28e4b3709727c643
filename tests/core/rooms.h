/* Rooms in the small venue of shop.h, and bookings of them. */
#pragma once

#include "core/points/freeze.h"
#include "core/points/ledger.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

static inline int64_t rooms_add(struct shop *s, const char *name, int64_t capacity)
{
	struct venue_draft draft = { name, capacity };
	int64_t id = 0;

	assert_ok(venue_add(s->db, &by_coordinator, &draft, &id, &s->err), &s->err);
	return id;
}

/* ROOMS_POLICY(s, room, needs_approval = true, slot_minutes = 60): the rest stays. */
#define ROOMS_POLICY(s, room, ...)                                                              \
	do {                                                                                    \
		CLEANUP(venue_finish) struct venue venue_ = { 0 };                              \
		assert_ok(venue_get((s)->db, (room), &venue_, &(s)->err), &(s)->err);           \
		rooms_set(&venue_.policy, (struct venue_policy){ __VA_ARGS__ });                \
		assert_ok(venue_edit((s)->db, &by_coordinator, &venue_, &(s)->err), &(s)->err); \
	} while (0)

static inline void rooms_set(struct venue_policy *policy, struct venue_policy given)
{
	const int64_t min = policy->min_minutes, max = policy->max_minutes,
		      ahead = policy->ahead_days, window = policy->window_minutes;

	*policy = given;
	policy->is_bookable = true;
	if (!policy->min_minutes)
		policy->min_minutes = min;
	if (!policy->max_minutes)
		policy->max_minutes = max;
	if (!policy->ahead_days)
		policy->ahead_days = ahead;
	if (!policy->window_minutes)
		policy->window_minutes = window;
}

/* "2026-11-22T14:00" … */
static inline struct booking_draft rooms_draft(
	int64_t room, int64_t resident, const char *start, const char *end)
{
	return (struct booking_draft){
		.venue = room, .resident = resident, .start_at = at(start), .end_at = at(end)
	};
}

static inline int rooms_try(struct shop *s, const struct booking_draft *draft, int64_t *ret_id)
{
	s->err = (struct err){ 0 };
	return booking_place(s->db, &by_resident, draft, ret_id, &s->err);
}

static inline int64_t rooms_book(
	struct shop *s, int64_t room, int64_t resident, const char *start, const char *end)
{
	const struct booking_draft draft = rooms_draft(room, resident, start, end);
	int64_t id = 0;

	assert_ok(rooms_try(s, &draft, &id), &s->err);
	return id;
}

/* Only this, and no other reason. */
#define assert_only(call, err, name)                      \
	do {                                              \
		assert_refused(call, err, name);          \
		assert_int_equal((err)->reason_count, 1); \
	} while (0)

static inline enum booking_status rooms_status(struct shop *s, int64_t id)
{
	CLEANUP(booking_finish) struct booking booking = { 0 };

	assert_ok(booking_get(s->db, id, &booking, &s->err), &s->err);
	return booking.status;
}

static inline void rooms_give_points(struct shop *s, int64_t resident, int64_t n)
{
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = resident, .amount = POINTS(n) } };
	int64_t id;

	assert_ok(transfer_post(s->db, &by_coordinator,
			  &(struct transfer_draft){ "earn", postings, 2 }, &id, &s->err),
		&s->err);
}

static inline void rooms_expect_points(
	struct shop *s, int64_t resident, int64_t balance, int64_t frozen)
{
	struct points is, held;

	assert_ok(points_balance(s->db, resident, &is, &s->err), &s->err);
	assert_ok(points_frozen(s->db, resident, &held, &s->err), &s->err);
	assert_int_equal(is.n, balance);
	assert_int_equal(held.n, frozen);
}
