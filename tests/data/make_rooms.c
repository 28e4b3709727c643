/* Rooms, bookings and who used them: from 20 November. */
#include "core/points/freeze.h"
#include "core/points/ledger.h"
#include "core/venues/blackout.h"
#include "core/venues/booking.h"
#include "core/venues/series.h"
#include "core/venues/session.h"
#include "core/venues/thing.h"
#include "core/venues/venue.h"
#include "core/venues/venue_hours.h"
#include "tests/data/make.h"

static struct booking_draft draft_of(
	struct maker *m, int64_t venue, int64_t resident, const char *start, const char *end)
{
	return (struct booking_draft){ .venue = venue,
		.resident = resident,
		.purpose = "练歌",
		.start_at = make_instant(m, start),
		.end_at = make_instant(m, end) };
}

static int64_t book(struct maker *m, const struct booking_draft *draft)
{
	const struct act act = draft->resident ? by_self(draft->resident) : by_volunteer(m);
	int64_t id = 0;

	MUST(m, booking_place(m->db, &act, draft, &id, &m->err));
	return id;
}

static void set_policy(
	struct maker *m, int64_t id, int64_t fee, int64_t deposit, bool needs_approval)
{
	const struct act coordinator = by_coordinator(m);
	CLEANUP(venue_finish) struct venue venue = { 0 };

	MUST(m, venue_get(m->db, id, &venue, &m->err));
	venue.policy.fee = fee;
	venue.policy.deposit = deposit;
	venue.policy.needs_approval = needs_approval;
	MUST(m, venue_edit(m->db, &coordinator, &venue, &m->err));
}

static void make_venues(struct maker *m)
{
	const struct act coordinator = by_coordinator(m), volunteer = by_volunteer(m);
	const struct opening week[] = { { 6, 480, 1320 }, { 7, 480, 1320 } };
	const struct closure floor = { .from = make_day(m, "2020-12-26"),
		.until = make_day(m, "2020-12-27"),
		.name = "打蜡" };
	int64_t own, id, key, remote;

	MUST(m, venue_add(m->db, &coordinator, &(struct venue_draft){ "琴房", 4 }, &m->room,
			&m->err));
	MUST(m, venue_add(m->db, &coordinator, &(struct venue_draft){ "大厅", 30 }, &m->hall,
			&m->err));
	MUST(m, venue_add(m->db, &coordinator, &(struct venue_draft){ "天台", 10 }, &own, &m->err));
	MUST(m, venue_week_set(m->db, &coordinator, own, week, 2, &m->err));
	MUST(m, venue_exception_add(m->db, &coordinator, own, &floor, &id, &m->err));
	MUST(m, venue_exception_remove(m->db, &coordinator, id, &m->err));
	MUST(m, venue_exception_add(m->db, &coordinator, own, &floor, &id, &m->err));
	MUST(m, thing_add(m->db, &coordinator, &(struct thing_draft){ m->room, "钥匙", true }, &key,
			&m->err));
	MUST(m, thing_add(m->db, &coordinator, &(struct thing_draft){ m->room, "遥控器", true },
			&remote, &m->err));
	MUST(m, thing_remove(m->db, &coordinator, remote, &m->err));
	MUST(m, handover_out(m->db, &volunteer, key, m->people[0], 0, &m->err));
	MUST(m, handover_back(m->db, &volunteer, key, &m->err));
	MUST(m, handover_out(m->db, &volunteer, key, m->people[1], 0, &m->err));
}

/* Placed, moved, cancelled; asked for and answered; waited for and served. */
static void make_bookings(struct maker *m)
{
	const struct act volunteer = by_volunteer(m), self = by_self(m->people[0]);
	struct booking_draft draft =
		draft_of(m, m->room, m->people[0], "2020-11-21T10:00", "2020-11-21T11:00");
	int64_t first = book(m, &draft), id;

	draft.end_at += 1800;
	MUST(m, booking_change(m->db, &self, first, &draft, &m->err));
	draft.resident = m->people[1];
	const struct act other = by_self(draft.resident);
	MUST(m, booking_wait(m->db, &other, &draft, &id, &m->err));
	MUST(m, booking_cancel(m->db, &self, first, &m->err)); /* the other one is served */
	set_policy(m, m->hall, 0, 0, true);
	draft = draft_of(m, m->hall, m->people[3], "2020-11-22T10:00", "2020-11-22T12:00");
	MUST(m, booking_approve(m->db, &volunteer, book(m, &draft), &m->err));
	draft = draft_of(m, m->hall, m->people[4], "2020-11-22T13:00", "2020-11-22T14:00");
	MUST(m, booking_decline(m->db, &volunteer, book(m, &draft), &m->err));
	set_policy(m, m->hall, 0, 0, false);
}

static void make_series(struct maker *m)
{
	const struct act volunteer = by_volunteer(m);
	const struct series_draft weekly = { .first = { .venue = m->hall,
						     .body = "太极队",
						     .purpose = "太极",
						     .start_at =
							     make_instant(m, "2020-11-24T09:00"),
						     .end_at = make_instant(m, "2020-11-24T10:00"),
						     .people = 12 },
		.every_days = 7,
		.occurrences = 4 };
	int64_t id;

	MUST(m, series_place(m->db, &volunteer, &weekly, false, &id, &m->err));
	MUST(m, series_cancel(m->db, &volunteer, id, make_instant(m, "2020-12-08T00:00"), &m->err));
}

static void make_sessions(struct maker *m)
{
	const struct act volunteer = by_volunteer(m);
	struct act self = by_self(m->people[1]);
	struct session out;
	int64_t id;
	int n;

	make_clock(m, "2020-11-21T10:02"); /* the served booking */
	MUST(m, session_open(m->db, &self, &(struct session_request){ m->room, m->people[1], 0, 0 },
			&id, &m->err));
	MUST(m, session_set_people(m->db, &self, id, 3, &m->err));
	make_clock(m, "2020-11-21T11:20");
	MUST(m, session_close(m->db, &self, m->people[1], &out, &m->err));
	MUST(m, session_open(m->db, &volunteer, &(struct session_request){ m->hall, 0, 0, 5 }, &id,
			&m->err));
	MUST(m, session_end(m->db, &volunteer, id, &m->err));
	self = by_self(m->people[9]);
	MUST(m, session_open(m->db, &self, &(struct session_request){ m->hall, m->people[9], 0, 0 },
			&id, &m->err));
	make_clock(m, "2020-11-22T09:00"); /* nobody signed out */
	MUST(m, sessions_close(m->db, &self, &n, &m->err));
}

/* A fee, a deposit, and nobody comes. */
static void make_charges(struct maker *m)
{
	const struct act coordinator = by_coordinator(m), self = by_self(m->people[11]);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-90) },
		{ .resident = m->people[10], .amount = POINTS(90) } };
	struct booking_draft draft;
	int64_t id, blackout;
	int n;

	MUST(m, transfer_post(m->db, &coordinator,
			&(struct transfer_draft){ "opening", postings, 2 }, &id, &m->err));
	set_policy(m, m->room, 5, 10, false);
	draft = draft_of(m, m->room, m->people[10], "2020-11-22T15:00", "2020-11-22T16:00");
	book(m, &draft);
	draft = draft_of(m, m->room, m->people[10], "2020-11-28T15:00", "2020-11-28T16:00");
	book(m, &draft);
	MUST(m, blackout_add(m->db, &coordinator,
			&(struct blackout_draft){
				m->room, draft.end_at, draft.end_at + 7200, "调音" },
			&blackout, &m->err));
	MUST(m, blackout_remove(m->db, &coordinator, blackout, &m->err));
	MUST(m, blackout_add(m->db, &coordinator,
			&(struct blackout_draft){ m->hall, make_instant(m, "2020-12-31T18:00"),
				make_instant(m, "2020-12-31T22:00"), "联欢会" },
			&blackout, &m->err));
	make_clock(m, "2020-11-22T16:30");
	MUST(m, sessions_close(m->db, &self, &n, &m->err));
	set_policy(m, m->room, 0, 0, false);
	draft = draft_of(m, m->room, m->people[0], "2020-11-30T15:00", "2020-11-30T16:00");
	draft.start_at += 86400;
	draft.end_at += 86400;
	book(m, &draft);
	MUST(m, bookings_call_off(m->db, &coordinator, make_day(m, "2020-11-30"),
			make_day(m, "2020-12-01"), &n, &m->err));
}

void make_rooms(struct maker *m)
{
	make_clock(m, "2020-11-20T12:00");
	make_venues(m);
	make_bookings(m);
	make_series(m);
	make_sessions(m);
	make_charges(m);
}
