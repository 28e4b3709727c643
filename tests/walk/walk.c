#include "tests/walk/walk.h"

#include "core/duty/assignment.h"
#include "core/duty/shift_acts.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_acts.h"
#include "core/points/lot.h"
#include "core/store/clock_accept.h"
#include "core/store/clock_doubt.h"
#include "core/venues/booking.h"
#include "core/venues/booking_acts.h"
#include "core/venues/booking_check.h"

int64_t walk_instant(struct walk *w, const char *local)
{
	int64_t at = 0;

	MUST(w, when_parse(local, &at, &w->err));
	return at;
}

int64_t walk_count(struct walk *w, const char *sql)
{
	int64_t n = -1;

	MUST(w, db_integer(w->db, sql, NO_FIELDS, 0, &n, &w->err));
	return n;
}

void walk_clock(struct walk *w, const char *local)
{
	int64_t at = walk_instant(w, local);

	if (at > w->clock.set_wall)
		w->clock.set_wall = at;
}

struct day walk_day(struct walk *w, const char *date)
{
	struct day day = { 0 };

	MUST(w, day_parse(date, &day, &w->err));
	return day;
}

struct act by_admin(const struct walk *w)
{
	return (struct act){ .role = ROLE_ADMIN, .actor = w->coordinator };
}

struct act by_coordinator(const struct walk *w)
{
	return (struct act){ .role = ROLE_COORDINATOR, .actor = w->coordinator, .why = "试用" };
}

struct act by_volunteer(const struct walk *w)
{
	return (struct act){ .role = ROLE_VOLUNTEER, .actor = w->volunteer, .why = "试用" };
}

struct act by_self(int64_t resident)
{
	return (struct act){ .role = ROLE_RESIDENT, .resident = resident };
}

/* The house was shut for weeks: whoever opens it again confirms the clock. */
static void accept_clock(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);

	db_watch_clock(w->db, 30);
	MUST(w, clock_accept(w->db, &volunteer, &w->err));
}

/* Deposits on things that nobody inspected in time, and points whose day has come. */
static void let_time_pass(struct walk *w)
{
	const struct act night = { .role = ROLE_SERVICE, .actor = w->night };
	struct expiry expiry;
	int n;

	MUST(w, deposits_release_due(w->db, &night, 0, &n, &w->err));
	MUST(w, points_expire(w->db, &night, &expiry, &w->err)); /* tells */
	walk_clock(w, "2021-01-10T09:00");
	accept_clock(w);
	MUST(w, points_expire(w->db, &night, &expiry, &w->err)); /* announces more, and expires */
}

/* What still lies ahead when the walk is over. */
static void serve_ahead(struct walk *w)
{
	struct act coordinator = by_coordinator(w);
	const struct shift_draft draft = { "服务台", walk_instant(w, "2021-01-11T14:00"),
		walk_instant(w, "2021-01-11T16:00"), 1, 0 };
	int64_t shift, id;

	coordinator.is_override = true;
	MUST(w, shift_add(w->db, &coordinator, &draft, &shift, &w->err));
	MUST(w, shift_assign(w->db, &coordinator,
			&(struct assignment_draft){ shift, w->people[12], false }, &id, &w->err));
	coordinator = by_self(w->people[12]);
	MUST(w, assignment_confirm(w->db, &coordinator, id, &w->err));
}

static void book_ahead(struct walk *w)
{
	const struct act self = by_self(w->people[0]);
	const struct booking_draft draft = { .venue = w->room,
		.resident = w->people[0],
		.start_at = walk_instant(w, "2021-01-11T10:00"),
		.end_at = walk_instant(w, "2021-01-11T11:00") };
	int64_t id;

	MUST(w, booking_place(w->db, &self, &draft, &id, &w->err));
}

static void hold_ahead(struct walk *w)
{
	const struct act volunteer = by_volunteer(w);
	const struct loan_request out = { w->items[30], w->people[9], 0 };
	const struct hold_request wanted = { w->titles[30], w->people[10], 0 };
	int64_t loan, hold;

	MUST(w, loan_open(w->db, &volunteer, &out, &loan, &w->err));
	MUST(w, hold_place(w->db, &volunteer, &wanted, &hold, &w->err));
	MUST(w, loan_return(w->db, &volunteer, loan, 0, &w->err));
}

/* As the kiosk does when nobody is there. */
static void rest(struct walk *w)
{
	MUST(w, db_checkpoint(w->db, true, &w->err));
}

void walk_every_act(const char *dir)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", dir);
	struct walk w = { .clock = clock_set(1604192400), .dir = dir }; /* 2020-11-01T09:00+08:00 */

	MUST(&w, db_create(path, 7, "Asia/Shanghai", &w.clock, &w.db, &w.err));
	walk_people(&w);
	rest(&w);
	walk_things(&w);
	rest(&w);
	walk_rooms(&w);
	rest(&w);
	walk_points(&w);
	rest(&w);
	walk_duty(&w);
	rest(&w);
	walk_keeping(&w);
	let_time_pass(&w);
	serve_ahead(&w);
	book_ahead(&w);
	hold_ahead(&w);
	db_close(w.db);
}
