/* December, at random: lending, points, rooms. Then points expire. */
#include "core/items/deposit.h"
#include "core/items/loan.h"
#include "core/points/earn_rule.h"
#include "core/points/earning.h"
#include "core/points/ledger.h"
#include "core/points/lot.h"
#include "core/venues/booking.h"
#include "core/venues/session.h"
#include "tests/data/make.h"

#define FIRST_THING 20
#define ACTS_A_DAY  24

static void lend_or_take_back(struct maker *m)
{
	const int thing = FIRST_THING + make_chance(m, THINGS - FIRST_THING);
	const struct act volunteer = by_volunteer(m);
	CLEANUP(loan_finish) struct loan loan = { 0 };
	int64_t id;

	int r = loan_open_of_item(m->db, m->items[thing], &loan, &m->err);
	MUST(m, r);
	if (r == 0)
		MAY(m, loan_open(m->db, &volunteer,
			       &(struct loan_request){
				       m->items[thing], m->people[make_chance(m, PEOPLE)], 0 },
			       &id, &m->err));
	else if (make_chance(m, 3) == 0)
		MAY(m, loan_renew(m->db, &volunteer, loan.id, 0, &id, &m->err));
	else
		MAY(m, loan_return(m->db, &volunteer, loan.id, 0, &m->err));
}

static void move_points(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	const int64_t n = 1 + make_chance(m, 30);
	const bool is_earned = make_chance(m, 3) > 0;
	const struct posting postings[] = {
		{ .system = is_earned ? ACCOUNT_ISSUE : ACCOUNT_REDEEMED,
			.amount = POINTS(is_earned ? -n : n) },
		{ .resident = m->people[make_chance(m, 20)], .amount = POINTS(is_earned ? n : -n) },
	};
	int64_t id;

	MAY(m, transfer_post(m->db, &coordinator,
		       &(struct transfer_draft){ is_earned ? "earn" : "spend", postings, 2 }, &id,
		       &m->err));
}

static void use_rooms(struct maker *m)
{
	const int64_t resident = m->people[make_chance(m, PEOPLE)];
	const struct act self = by_self(resident);
	const int64_t start = m->clock.set_wall + 3600 * (1 + make_chance(m, 40));
	const struct booking_draft draft = { .venue = make_chance(m, 2) ? m->room : m->hall,
		.resident = resident,
		.start_at = start,
		.end_at = start + 1800 * (1 + make_chance(m, 4)) };
	struct session out;
	int64_t id;

	if (make_chance(m, 2))
		MAY(m, booking_place(m->db, &self, &draft, &id, &m->err));
	else if (make_chance(m, 2))
		MAY(m, session_open(m->db, &self,
			       &(struct session_request){ draft.venue, resident, 0, 0 }, &id,
			       &m->err));
	else if (session_close(m->db, &self, resident, &out, &m->err) < 0 &&
		 m->err.code != ERR_REFUSED && m->err.code != ERR_NOT_FOUND)
		make_fail(m, "session_close", __FILE__, __LINE__);
}

static void make_a_day(struct maker *m, int day)
{
	CLEANUP(mem_free) char *opens = mem_printf("2020-12-%02dT09:00", day);
	const struct act self = by_self(m->people[0]);
	int n;

	make_clock(m, opens);
	for (int i = 0; i < ACTS_A_DAY; i++) {
		m->clock.set_wall += 60 * (1 + make_chance(m, 28));
		switch (make_chance(m, 4)) {
		case 0:
			move_points(m);
			break;
		case 1:
			use_rooms(m);
			break;
		default:
			lend_or_take_back(m);
		}
	}
	m->clock.set_wall += 3 * 3600;
	MUST(m, sessions_close(m->db, &self, &n, &m->err));
}

/* What no act writes: a visit, its receipt, a code that was refused, a PIN that was wrong. */
static void make_state(struct maker *m)
{
	static const char *const rows[] = {
		"INSERT INTO visit (resident, station, started_at, ended_at)"
		" VALUES (:resident, 1, :at, :at + 60)",
		"INSERT INTO refused_scan (at, station, reason, resident)"
		" VALUES (:at, 1, 'CODE_FOREIGN', :resident)",
		"INSERT INTO outbox (purpose, title, sheet, state, mode, visit, queued_at, "
		"changed_at)"
		" SELECT 'receipt', 'receipt', '{}', 'done', 'file', max(id), :at, :at FROM visit"
		" WHERE resident = :resident",
		"INSERT INTO lockout (staff, failures, rounds, until_at)"
		" SELECT id, 2, 1, :at FROM staff WHERE :resident > 0 AND code = 'wei'",
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		MUST(m, db_write(m->db, rows[i],
				FIELDS(F_INT("resident", m->people[0]), F_INT("at", db_now(m->db))),
				NULL, &m->err));
}

void make_month(struct maker *m)
{
	const struct act coordinator = by_coordinator(m);
	struct expiry expiry;
	int n;

	make_state(m);
	MUST(m, deposits_release_due(m->db, &coordinator, 0, &n, &m->err));
	MUST(m, points_expire(m->db, &coordinator, &expiry, &m->err)); /* tells */
	for (int day = 1; day <= 12; day++)
		make_a_day(m, day);
	make_clock(m, "2021-01-10T09:00");
	MUST(m, points_expire(
			m->db, &coordinator, &expiry, &m->err)); /* tells of more, and takes */
	make_clock(m, "2021-02-20T09:00");
	MUST(m, points_expire(m->db, &coordinator, &expiry, &m->err));
}
