/* Rooms, bookings and who used them: from 20 November. */
#include <string.h>

#include "core/desk/blank_write.h"
#include "core/points/freeze.h"
#include "core/points/ledger.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"
#include "core/venues/call_off.h"
#include "core/venues/series.h"
#include "core/venues/session.h"
#include "core/venues/thing.h"
#include "core/venues/venue.h"
#include "core/venues/venue_hours.h"
#include "tests/walk/walk.h"

static struct booking_draft draft_of(
	struct walk *w, int64_t venue, int64_t resident, const char *start, const char *end)
{
	return (struct booking_draft){ .venue = venue,
		.resident = resident,
		.purpose = "练歌",
		.start_at = walk_instant(w, start),
		.end_at = walk_instant(w, end) };
}

static int64_t book(struct walk *w, const struct booking_draft *draft)
{
	const struct act act = draft->resident ? by_self(draft->resident) : by_volunteer(w);
	int64_t id = 0;

	MUST(w, booking_place(w->db, &act, draft, &id, &w->err));
	return id;
}

static void set_policy(
	struct walk *w, int64_t id, int64_t fee, int64_t deposit, bool needs_approval)
{
	const struct act coordinator = by_coordinator(w);
	CLEANUP(venue_finish) struct venue venue = { 0 };

	MUST(w, venue_get(w->db, id, &venue, &w->err));
	venue.policy.fee = fee;
	venue.policy.deposit = deposit;
	venue.policy.needs_approval = needs_approval;
	MUST(w, venue_edit(w->db, &coordinator, &venue, &w->err));
}

static void make_venues(struct walk *w)
{
	const struct act coordinator = by_coordinator(w), volunteer = by_volunteer(w);
	const struct opening week[] = { { 6, 480, 1320 }, { 7, 480, 1320 } };
	const struct closure floor = { .from = walk_day(w, "2020-12-26"),
		.until = walk_day(w, "2020-12-27"),
		.name = "打蜡" };
	int64_t own, id, key, remote;

	MUST(w, venue_add(w->db, &coordinator, &(struct venue_draft){ "琴房", 4 }, &w->room,
			&w->err));
	MUST(w, venue_add(w->db, &coordinator, &(struct venue_draft){ "大厅", 30 }, &w->hall,
			&w->err));
	MUST(w, venue_add(w->db, &coordinator, &(struct venue_draft){ "天台", 10 }, &own, &w->err));
	MUST(w, venue_week_set(w->db, &coordinator, own, week, 2, &w->err));
	MUST(w, venue_exception_add(w->db, &coordinator, own, &floor, &id, &w->err));
	MUST(w, venue_exception_remove(w->db, &coordinator, id, &w->err));
	MUST(w, venue_exception_add(w->db, &coordinator, own, &floor, &id, &w->err));
	MUST(w, thing_add(w->db, &coordinator, &(struct thing_draft){ w->room, "钥匙", true }, &key,
			&w->err));
	MUST(w, thing_add(w->db, &coordinator, &(struct thing_draft){ w->room, "遥控器", true },
			&remote, &w->err));
	MUST(w, thing_remove(w->db, &coordinator, remote, &w->err));
	MUST(w, handover_out(w->db, &volunteer,
			&(struct handing_out){ .thing = key, .resident = w->people[0] }, &w->err));
	MUST(w, handover_back(w->db, &volunteer, key, &w->err));
	MUST(w, handover_out(w->db, &volunteer,
			&(struct handing_out){ .thing = key, .resident = w->people[1] }, &w->err));
}

/* Placed, moved, cancelled; requested and answered; waited for and served. */
static void make_bookings(struct walk *w)
{
	const struct act volunteer = by_volunteer(w), self = by_self(w->people[0]);
	struct booking_draft draft =
		draft_of(w, w->room, w->people[0], "2020-11-21T10:00", "2020-11-21T11:00");
	int64_t first = book(w, &draft), id;

	draft.end_at += 1800;
	MUST(w, booking_change(w->db, &self, first, &draft, &w->err));
	draft.resident = w->people[1];
	const struct act other = by_self(draft.resident);
	MUST(w, booking_wait(w->db, &other, &draft, &id, &w->err));
	MUST(w, booking_cancel(w->db, &self, first, &w->err)); /* the other one is served */
	set_policy(w, w->hall, 0, 0, true);
	draft = draft_of(w, w->hall, w->people[3], "2020-11-22T10:00", "2020-11-22T12:00");
	MUST(w, booking_approve(w->db, &volunteer, book(w, &draft), &w->err));
	draft = draft_of(w, w->hall, w->people[4], "2020-11-22T13:00", "2020-11-22T14:00");
	MUST(w, booking_decline(w->db, &volunteer, book(w, &draft), &w->err));
	set_policy(w, w->hall, 0, 0, false);
}

static void make_series(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	const struct series_draft weekly = { .first = { .venue = w->hall,
						     .body = "太极队",
						     .purpose = "太极",
						     .start_at =
							     walk_instant(w, "2020-11-24T09:00"),
						     .end_at = walk_instant(w, "2020-11-24T10:00"),
						     .people = 12 },
		.every_days = 7,
		.occurrences = 4 };
	int64_t id;

	MUST(w, series_place(w->db, &volunteer, &weekly, false, &id, &w->err));
	MUST(w, series_cancel(w->db, &volunteer, id, walk_instant(w, "2020-12-08T00:00"), &w->err));
}

static void make_sessions(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	struct act self = by_self(w->people[1]);
	struct session out;
	int64_t id;
	int n;

	walk_clock(w, "2020-11-21T10:02"); /* the served booking */
	MUST(w, session_open(w->db, &self, &(struct session_request){ w->room, w->people[1], 0, 0 },
			&id, &w->err));
	MUST(w, session_set_people(w->db, &self, id, 3, &w->err));
	walk_clock(w, "2020-11-21T11:20");
	MUST(w, session_close(w->db, &self, w->people[1], true, &out, &w->err));
	MUST(w, session_open(w->db, &volunteer, &(struct session_request){ w->hall, 0, 0, 5 }, &id,
			&w->err));
	MUST(w, session_end(w->db, &volunteer, id, true, &w->err));
	self = by_self(w->people[9]);
	MUST(w, session_open(w->db, &self, &(struct session_request){ w->hall, w->people[9], 0, 0 },
			&id, &w->err));
	walk_clock(w, "2020-11-22T09:00"); /* nobody signed out */
	MUST(w, sessions_close(w->db, &self, &n, &w->err));
}

/* A fee, a deposit, and nobody comes. */
static void make_charges(struct walk *w)
{
	const struct act coordinator = by_coordinator(w), self = by_self(w->people[11]);
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-90) },
		{ .resident = w->people[10], .amount = POINTS(90) } };
	struct booking_draft draft;
	int64_t id, blackout;
	int n;

	MUST(w, transfer_post(w->db, &coordinator,
			&(struct transfer_draft){ "opening", postings, 2 }, &id, &w->err));
	set_policy(w, w->room, 5, 10, false);
	draft = draft_of(w, w->room, w->people[10], "2020-11-22T15:00", "2020-11-22T16:00");
	book(w, &draft);
	draft = draft_of(w, w->room, w->people[10], "2020-11-28T15:00", "2020-11-28T16:00");
	book(w, &draft);
	MUST(w, blackout_add(w->db, &coordinator,
			&(struct blackout_draft){
				w->room, draft.end_at, draft.end_at + 7200, "调音" },
			&blackout, &w->err));
	MUST(w, blackout_remove(w->db, &coordinator, blackout, &w->err));
	MUST(w, blackout_add(w->db, &coordinator,
			&(struct blackout_draft){ w->hall, walk_instant(w, "2020-12-31T18:00"),
				walk_instant(w, "2020-12-31T22:00"), "联欢会" },
			&blackout, &w->err));
	walk_clock(w, "2020-11-22T16:30");
	MUST(w, sessions_close(w->db, &self, &n, &w->err));
	set_policy(w, w->room, 0, 0, false);
	draft = draft_of(w, w->room, w->people[0], "2020-11-30T15:00", "2020-11-30T16:00");
	draft.start_at += 86400;
	draft.end_at += 86400;
	book(w, &draft);
	MUST(w, bookings_call_off(w->db, &coordinator, walk_day(w, "2020-11-30"),
			walk_day(w, "2020-12-01"), &n, &w->err));
}

/* An evening on paper: who was in the hall is entered the next morning. */
static void make_slip(struct walk *w)
{
	static const int room_slips[BLANK_USE_COUNT] = { [BLANK_ROOM] = 2 };
	struct act volunteer = by_volunteer(w);
	struct blank_issued slips[2];
	struct blank blank;

	MUST(w, blanks_issue(w->db, &volunteer, room_slips, slips, &w->err));
	struct code code = code_read(slips[0].code, strlen(slips[0].code), NULL);
	MUST(w, blank_by_code(w->db, &code, &blank, &w->err));
	const struct blank_written written = { .at = walk_instant(w, "2020-11-21T19:00"),
		.until_at = walk_instant(w, "2020-11-21T20:30"),
		.resident = w->people[2],
		.venue = w->hall,
		.people = 2 };
	volunteer.why = "停电";
	MUST(w, blank_write(w->db, &volunteer, &blank, &written, &w->err));
}

void walk_rooms(struct walk *w)
{
	walk_clock(w, "2020-11-20T12:00");
	make_venues(w);
	make_bookings(w);
	make_series(w);
	make_sessions(w);
	make_slip(w);
	make_charges(w);
}
