/* Random venues through the product's own functions: the plans, and what people then do to the
 * roster, never break a hard rule of duty, and the journal replays to the same tables. The checker
 * below reads the rows and applies the rules independently; it shares no code with core/duty. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/reason_name.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_plan.h"
#include "core/duty/shift_acts.h"
#include "tests/core/crew.h"
#include "tests/lib/chance.h"
#include "tests/lib/test.h"

#define PEOPLE_MAX 14
#define SHIFTS_MAX 80
#define ROWS_MAX   2000
#define STEPS      4000
#define TRIES      6

static const struct day first = { 2026, 11, 23 };
/* Without its helper the planner uses its start solution: the rules are the same. */
static const struct plan_options no_helper = { .helper = "/nonexistent" };

/* What was set, as the checker knows it. Times are whole days. */
struct person {
	int64_t resident;
	int cap_week, cap_month, rest, days_in_row;
	bool leads, exempt;
	struct day leads_until, exempt_until;
	unsigned free_days, away_days; /* bits, Monday first; no free days: any */
	int dated;                     /* day from `first` that has an exception, or −1 */
	bool is_dated_free;
};

struct venue {
	struct crew *crew;
	struct person people[PEOPLE_MAX];
	int people_count;
	int64_t shifts[SHIFTS_MAX];
	int shift_count;
	/* Assignments that were ended by hand, and those of them for which that was taken back. */
	int64_t off[STEPS], let_go[STEPS];
	int off_count, let_go_count;
};

static struct db *db_of(const struct venue *v)
{
	return v->crew->shop->db;
}

static struct err *err_of(const struct venue *v)
{
	return &v->crew->shop->err;
}

/* ---- drawing a venue ---- */

static void draw_times(struct venue *v, struct person *p)
{
	struct volunteer_time times[15];
	int count = 0;

	p->dated = draw(3) == 0 ? (int)draw(14) : -1;
	p->is_dated_free = draw(2) == 0;
	for (int day = 0; day < 7; day++) {
		enum time_stance stance = draw(4) == 0 ? TIME_AWAY : TIME_DISLIKE;
		if (draw(5) == 0)
			stance = TIME_FREE;
		else if (draw(3) != 0)
			continue;
		p->free_days |= (stance == TIME_FREE) << day;
		p->away_days |= (stance == TIME_AWAY) << day;
		times[count++] = (struct volunteer_time){
			.stance = stance, .weekday = day + 1, .ends = 1440
		};
	}
	if (p->dated >= 0)
		times[count++] =
			(struct volunteer_time){ .stance = p->is_dated_free ? TIME_FREE : TIME_AWAY,
				.from = day_add(first, p->dated),
				.until = day_add(first, p->dated),
				.ends = 1440 };
	crew_times(v->crew, p->resident, times, count);
}

static void draw_person(struct venue *v)
{
	struct person *p = &v->people[v->people_count++];
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;

	*p = (struct person){ .resident = crew_member(v->crew, 0),
		.cap_week = 1 + (int)draw(5),
		.cap_month = 2 + (int)draw(8),
		.rest = (int)draw(3) * 600,
		.days_in_row = 1 + (int)draw(4),
		.leads = draw(2) == 0,
		.leads_until = day_add(first, (int)draw(14)),
		.exempt = draw(6) == 0,
		.exempt_until = day_add(first, (int)draw(10)) };
	draft.resident = p->resident;
	draft.cap_week = p->cap_week;
	draft.cap_month = p->cap_month;
	draft.rest_minutes = p->rest;
	draft.days_in_row = p->days_in_row;
	draft.is_exempt = p->exempt;
	draft.exempt_until = p->exempt_until;
	draft.partner = v->people_count > 1 && draw(3) == 0 ? v->people[0].resident : 0;
	crew_set(v->crew, &draft);
	if (p->leads) {
		const struct volunteer_role role = {
			.role = v->crew->leader, .has_end = true, .until = p->leads_until
		};
		assert_ok(volunteer_roles_set(db_of(v), &by_volunteer,
				  crew_volunteer_of(v->crew, p->resident), &role, 1, err_of(v)),
			err_of(v));
	}
	draw_times(v, p);
}

/* A type has one shift at a time: `index` selects another hour for each on the same day. */
static void draw_shift(struct venue *v, int day, int index)
{
	static const int starts[3][2] = { { 6, 9 }, { 10, 14 }, { 18, 22 } };
	int hour = starts[index][draw(2)];
	int64_t start = when_instant(day_add(first, day), hour, 0, 0);
	const struct shift_draft draft = { "服务台", start, start + (2 + draw(3)) * 3600,
		1 + draw(3), draw(4) == 0 ? 0 : v->crew->desk };

	assert_ok(
		shift_add(db_of(v), &by_coordinator, &draft, &v->shifts[v->shift_count], err_of(v)),
		err_of(v));
	v->shift_count++;
}

static void draw_venue(struct venue *v)
{
	int people = 4 + (int)draw(PEOPLE_MAX - 4);

	while (v->people_count < people)
		draw_person(v);
	for (int day = 0; day < 14; day++)
		for (int i = 0; i < 3 && v->shift_count < SHIFTS_MAX; i++)
			draw_shift(v, day, i);
	assert_true(v->shift_count > 10);
}

/* ---- the checker ---- */

struct place {
	int64_t resident, shift, start_at, end_at, needed;
	bool is_leader;
};

static int read_places(const struct venue *v, struct place *places)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int count = 0;

	assert_ok(query_open(&q, db_of(v),
			  "SELECT resident, shift, start_at, end_at, needed, is_leader"
			  " FROM assignment JOIN shift ON shift.id = assignment.shift"
			  " WHERE gone IS NULL AND cancelled_at IS NULL"
			  " ORDER BY resident, start_at",
			  NO_FIELDS, err_of(v)),
		err_of(v));
	while (query_next(&q, err_of(v)) > 0) {
		assert_true(count < ROWS_MAX);
		places[count++] = (struct place){ query_int(&q, "resident"), query_int(&q, "shift"),
			query_int(&q, "start_at"), query_int(&q, "end_at"), query_int(&q, "needed"),
			query_int(&q, "is_leader") != 0 };
	}
	return count;
}

static const struct person *person_of(const struct venue *v, int64_t resident)
{
	for (int i = 0; i < v->people_count; i++)
		if (v->people[i].resident == resident)
			return &v->people[i];
	return NULL;
}

static bool may_serve_on(const struct person *p, struct day day)
{
	int index = day_distance(first, day), weekday = day_weekday(day) - 1;

	if (p->exempt && day_compare(day, p->exempt_until) <= 0)
		return false;
	if (p->dated == index)
		return p->is_dated_free;
	if (p->away_days >> weekday & 1)
		return false;
	return !p->free_days || p->free_days >> weekday & 1;
}

static void check_place(const struct place *place, const struct person *p)
{
	struct day day = when_day(place->start_at);

	if (!may_serve_on(p, day))
		fail_msg("a refused time, or an excuse, is broken");
	if (place->is_leader && (!p->leads || day_compare(day, p->leads_until) > 0))
		fail_msg("led by somebody who may not, or not any more");
}

/* All of one person's places, by start. */
static void check_person(const struct place *places, int count, const struct person *p)
{
	int row = 1;

	for (int i = 0; i < count; i++) {
		struct day day = when_day(places[i].start_at);
		struct week week = day_iso_week(day);
		int in_week = 0, in_month = 0;
		check_place(&places[i], p);
		for (int k = 0; k < count; k++) {
			struct day other = when_day(places[k].start_at);
			struct week its = day_iso_week(other);
			in_week += its.year == week.year && its.week == week.week;
			in_month += other.year == day.year && other.month == day.month;
		}
		if (in_week > p->cap_week || in_month > p->cap_month)
			fail_msg("%d in a week of %d, %d in a month of %d", in_week, p->cap_week,
				in_month, p->cap_month);
		if (i == 0)
			continue;
		int days = day_distance(when_day(places[i - 1].start_at), day);
		if (places[i].start_at < places[i - 1].end_at || days == 0)
			fail_msg("in two places, or twice on a day");
		if (days == 1 && places[i].start_at - places[i - 1].end_at < p->rest * 60)
			fail_msg("too little rest");
		row = days == 1 ? row + 1 : 1;
		if (row > p->days_in_row)
			fail_msg("%d days in a row, not %d", row, p->days_in_row);
	}
}

static void check_shifts(const struct place *places, int count)
{
	for (int i = 0; i < count; i++) {
		int people = 0, leaders = 0;
		for (int k = 0; k < count; k++) {
			people += places[k].shift == places[i].shift;
			leaders += places[k].shift == places[i].shift && places[k].is_leader;
		}
		if (people > places[i].needed || leaders > 1)
			fail_msg("%d people for %d, %d leaders", people, (int)places[i].needed,
				leaders);
	}
}

/* Returns how many places there are. */
static int check(const struct venue *v)
{
	struct place *places = mem_alloc(ROWS_MAX * sizeof(*places));
	CLEANUP(mem_free) struct place *owned = places;
	int count = read_places(v, places);

	for (int from = 0, until; from < count; from = until) {
		const struct person *p = person_of(v, places[from].resident);
		for (until = from;
			until < count && places[until].resident == places[from].resident;)
			until++;
		if (p)
			check_person(places + from, until - from, p);
	}
	check_shifts(places, count);
	return count;
}

/* ---- what people said holds ---- */

static bool is_among(const int64_t *ids, int count, int64_t id)
{
	for (int i = 0; i < count; i++)
		if (ids[i] == id)
			return true;
	return false;
}

/* Before a plan: whom it must leave where they are (`is_kept`), and who must not come back. */
struct promise {
	int64_t shift, resident;
	bool is_kept;
};

static int read_promises(const struct venue *v, struct promise *ret)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int count = 0;

	assert_ok(query_open(&q, db_of(v),
			  "SELECT id, shift, resident, gone, confirmed_at IS NOT NULL OR is_locked"
			  " OR in_at IS NOT NULL AS is_said FROM assignment a"
			  " WHERE NOT EXISTS (SELECT 1 FROM assignment b WHERE b.shift = a.shift"
			  " AND b.resident = a.resident AND b.id > a.id)",
			  NO_FIELDS, err_of(v)),
		err_of(v));
	while (query_next(&q, err_of(v)) > 0) {
		int64_t id = query_int(&q, "id");
		const char *gone = query_text(&q, "gone");
		bool is_kept = !gone && query_int(&q, "is_said");
		bool is_off = gone && !is_among(v->let_go, v->let_go_count, id) &&
			      (strcmp(gone, "excused") == 0 || strcmp(gone, "replaced") == 0 ||
				      is_among(v->off, v->off_count, id));
		assert_true(count < ROWS_MAX);
		if (is_kept || is_off)
			ret[count++] = (struct promise){ query_int(&q, "shift"),
				query_int(&q, "resident"), is_kept };
	}
	return count;
}

static void check_promises(const struct venue *v, const struct promise *promises, int count)
{
	for (int i = 0; i < count; i++) {
		int64_t is_on;
		assert_ok(
			db_integer(db_of(v),
				"SELECT count(*) FROM assignment WHERE shift = :shift AND resident"
				" = :resident AND gone IS NULL",
				FIELDS(F_INT("shift", promises[i].shift),
					F_INT("resident", promises[i].resident)),
				0, &is_on, err_of(v)),
			err_of(v));
		if (is_on != promises[i].is_kept)
			fail_msg("%s", is_on ? "a plan put back who had left"
					     : "a plan took off who was kept");
	}
}

/* ---- planning ---- */

static void plan(struct venue *v, int from, int days)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_taken_finish) struct roster_taken taken = { 0 };
	struct day begin = day_add(first, from);
	CLEANUP(mem_free) struct promise *promises = mem_alloc(ROWS_MAX * sizeof(*promises));
	int promise_count = read_promises(v, promises);

	assert_ok(roster_problem(db_of(v), begin, day_add(begin, days - 1), &problem, err_of(v)),
		err_of(v));
	if (problem.problem.shift_count == 0)
		return;
	assert_ok(plan_solve(&problem.problem, &no_helper, &answer, err_of(v)), err_of(v));
	assert_ok(roster_plan_take(db_of(v), &by_coordinator, &problem, &answer, &taken, err_of(v)),
		err_of(v));
	check_promises(v, promises, promise_count);
}

TEST(what_is_planned_breaks_no_hard_rule, crew)
{
	int places = 0;

	for (int round = 0; round < 15; round++) {
		struct venue v = { .crew = round == 0 ? *state : NULL };
		void *crew = v.crew;
		if (!crew)
			crew_setup(&crew);
		v.crew = crew;
		draw_venue(&v);
		plan(&v, 0, 7);
		check(&v);
		/* The following week is planned beside the first, then both again. */
		plan(&v, 7, 7);
		check(&v);
		plan(&v, 0, 14);
		places += check(&v);
		if (round > 0)
			crew_teardown(&crew);
	}
	print_message("# %d places\n", places);
	assert_true(places > 100);
}

/* ---- what people do ---- */

static int64_t any_shift(const struct venue *v)
{
	return v->shifts[draw((uint32_t)v->shift_count)];
}

static int64_t any_person(const struct venue *v)
{
	return v->people[draw((uint32_t)v->people_count)].resident;
}

/* One of those on the roster; occasionally one that has left it. */
static int64_t any_place(const struct venue *v)
{
	int64_t count = 0, id = 0;

	assert_ok(db_integer(db_of(v),
			  "SELECT id FROM assignment WHERE gone IS NULL AND in_at IS NULL"
			  " ORDER BY id LIMIT 1 OFFSET :draw",
			  FIELDS(F_INT("draw", draw(25))), 0, &id, err_of(v)),
		err_of(v));
	if (id && draw(8) != 0)
		return id;
	assert_ok(db_integer(db_of(v), "SELECT count(*) FROM assignment", NO_FIELDS, 0, &count,
			  err_of(v)),
		err_of(v));
	assert_ok(db_integer(db_of(v), "SELECT id FROM assignment ORDER BY id LIMIT 1 OFFSET :n",
			  FIELDS(F_INT("n", count ? draw((uint32_t)count) : 0)), 0, &id, err_of(v)),
		err_of(v));
	return id;
}

static struct act with_reason(void)
{
	struct act act = by_coordinator;

	act.why = "说明";
	act.actor = 0;
	return act;
}

static int do_plan(struct venue *v)
{
	plan(v, (int)draw(2) * 7, 7);
	return 0;
}

static int do_assign(struct venue *v)
{
	return crew_assign_by(v->crew, &by_coordinator, any_shift(v), any_person(v), NULL);
}

static int do_sign_up(struct venue *v)
{
	int64_t who = any_person(v), id;
	struct act self = crew_self(who);

	return shift_sign_up(db_of(v), &self,
		&(struct sign_up){ .shift = any_shift(v), .resident = who }, &id, err_of(v));
}

static int do_confirm(struct venue *v)
{
	return assignment_confirm(db_of(v), &by_coordinator, any_place(v), err_of(v));
}

static int do_lock(struct venue *v)
{
	return assignment_lock(db_of(v), &by_coordinator, any_place(v), draw(2) == 0, err_of(v));
}

static int do_cancel(struct venue *v)
{
	int64_t id = any_place(v);
	int r = assignment_cancel(db_of(v), &by_coordinator, id, err_of(v));

	if (r == 0)
		v->off[v->off_count++] = id;
	return r;
}

/* One that has left the roster. */
static int64_t any_left(const struct venue *v)
{
	int64_t id = 0;

	assert_ok(db_integer(db_of(v),
			  "SELECT id FROM assignment WHERE gone IS NOT NULL"
			  " ORDER BY id DESC LIMIT 1 OFFSET :draw",
			  FIELDS(F_INT("draw", draw(25))), 0, &id, err_of(v)),
		err_of(v));
	return id;
}

static int do_let_go(struct venue *v)
{
	int64_t id = any_left(v);
	int r = assignment_let_go(db_of(v), &by_coordinator, id, err_of(v));

	if (r == 0)
		v->let_go[v->let_go_count++] = id;
	return r;
}

static int do_return(struct venue *v)
{
	int64_t id = any_left(v), again;
	int r = assignment_return(db_of(v), &by_coordinator, id, &again, err_of(v));

	if (r == 0)
		v->let_go[v->let_go_count++] = id;
	return r;
}

static int do_ask_end(struct venue *v)
{
	return assignment_ask_end(db_of(v), &by_coordinator, any_place(v), err_of(v));
}

static int do_excuse(struct venue *v)
{
	return assignment_excuse(db_of(v), &by_coordinator, any_place(v), err_of(v));
}

static int do_ask(struct venue *v)
{
	return assignment_ask(db_of(v), &by_coordinator, any_place(v), err_of(v));
}

static int do_hand_over(struct venue *v)
{
	const struct handing_over over = { any_place(v), any_person(v) };
	int64_t id;

	return assignment_hand_over(db_of(v), &by_coordinator, &over, &id, err_of(v));
}

static int do_swap(struct venue *v)
{
	return assignment_swap(db_of(v), &by_coordinator, any_place(v), any_place(v), err_of(v));
}

static int do_publish(struct venue *v)
{
	struct week week = day_iso_week(day_add(first, (int)draw(2) * 7));

	return roster_publish(db_of(v), &by_coordinator, week, NULL, err_of(v));
}

/* The first person of all who has a shift to come to. */
static int do_come(struct venue *v)
{
	int64_t now = v->crew->shop->clock.set_wall;

	for (int i = 0; i < v->people_count; i++) {
		int64_t who = v->people[i].resident;
		const struct act self = crew_self(who);
		CLEANUP(shift_finish) struct shift shift = { 0 };
		int r = shift_of_resident(db_of(v), who, now, &shift, err_of(v));
		if (r > 0)
			r = attendance_in(db_of(v), &self, shift.id, who, err_of(v)) == 0;
		if (r > 0)
			return 0;
	}
	return err_set(err_of(v), ERR_REFUSED, REASON(SHIFT_NOT_ASSIGNED));
}

static int do_go(struct venue *v)
{
	int64_t who = 0, shift = 0;

	assert_ok(db_integer(db_of(v),
			  "SELECT resident FROM assignment WHERE in_at IS NOT NULL AND out_at IS"
			  " NULL ORDER BY id DESC",
			  NO_FIELDS, any_person(v), &who, err_of(v)),
		err_of(v));
	assert_ok(db_integer(db_of(v),
			  "SELECT shift FROM assignment WHERE in_at IS NOT NULL AND out_at IS NULL"
			  " ORDER BY id DESC",
			  NO_FIELDS, any_shift(v), &shift, err_of(v)),
		err_of(v));
	struct act self = crew_self(who);
	return attendance_out(db_of(v), &self, shift, who, err_of(v));
}

static int do_close(struct venue *v)
{
	const struct act system = { .role = ROLE_SYSTEM };
	int count;

	return attendance_close(db_of(v), &system, &count, err_of(v));
}

static int do_missed(struct venue *v)
{
	const struct act act = with_reason();

	return attendance_missed(db_of(v), &act, any_place(v), err_of(v));
}

static int do_correct(struct venue *v)
{
	const struct act act = with_reason();
	int64_t count = 0, line = 0;

	assert_ok(db_integer(db_of(v), "SELECT count(*) FROM service_hours", NO_FIELDS, 0, &count,
			  err_of(v)),
		err_of(v));
	assert_ok(
		db_integer(db_of(v), "SELECT id FROM service_hours ORDER BY id LIMIT 1 OFFSET :n",
			FIELDS(F_INT("n", count ? draw((uint32_t)count) : 0)), 0, &line, err_of(v)),
		err_of(v));
	return service_hours_reverse(db_of(v), &act, line, err_of(v));
}

static int do_cancel_shift(struct venue *v)
{
	return draw(20) ? err_set(err_of(v), ERR_REFUSED, REASON(SHIFT_UNKNOWN))
			: shift_cancel(db_of(v), &by_coordinator, any_shift(v), err_of(v));
}

/* Moves the clock on a while, or until somebody is due: they can only come then. */
static int do_wait(struct venue *v)
{
	int64_t *now = &v->crew->shop->clock.set_wall, next = 0;

	assert_ok(db_integer(db_of(v),
			  "SELECT min(s.start_at) FROM assignment a JOIN shift s ON s.id = a.shift"
			  " WHERE a.gone IS NULL AND s.start_at > :now",
			  FIELDS(F_INT("now", *now)), 0, &next, err_of(v)),
		err_of(v));
	*now = next && draw(3) == 0 ? next : *now + 300 + draw(3600);
	return 0;
}

static void prove(struct venue *v)
{
	char dir[] = "/tmp/jiaplus-roster-XXXXXX";
	struct verify_report report = { 0 };

	assert_non_null(mkdtemp(dir));
	assert_ok(verify_run(db_of(v), true, dir, &report, err_of(v)), err_of(v));
	assert_int_equal(rmdir(dir), 0);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

TEST(whatever_people_do_the_rules_hold_and_the_journal_replays, crew)
{
	static const struct {
		const char *name;
		int (*run)(struct venue *);
	} steps[] = { { "plan", do_plan }, { "assign", do_assign }, { "sign up", do_sign_up },
		{ "confirm", do_confirm }, { "lock", do_lock }, { "cancel", do_cancel },
		{ "excuse", do_excuse }, { "ask", do_ask }, { "ask no more", do_ask_end },
		{ "let go", do_let_go }, { "return", do_return }, { "hand over", do_hand_over },
		{ "swap", do_swap }, { "publish", do_publish }, { "come", do_come },
		{ "go", do_go }, { "close", do_close }, { "missed", do_missed },
		{ "correct", do_correct }, { "cancel shift", do_cancel_shift },
		{ "wait", do_wait } };
	struct venue v = { .crew = *state };
	int done[ARRAY_LEN(steps)] = { 0 };

	draw_venue(&v);
	plan(&v, 0, 14);
	for (int i = 0; i < STEPS; i++) {
		uint32_t n = draw(ARRAY_LEN(steps));
		int r = ERR_REFUSED;
		/* Most random choices are refused: try again. */
		for (int k = 0; k < TRIES && r == ERR_REFUSED; k++) {
			*err_of(&v) = (struct err){ 0 };
			r = steps[n].run(&v);
		}
		if (r < 0 && r != ERR_REFUSED && r != ERR_NOT_FOUND)
			fail_msg("%s: %s", steps[n].name, reason_name(err_of(&v)->reasons[0].code));
		done[n] += r == 0;
		if (i % 50 == 0)
			check(&v);
	}
	check(&v);
	prove(&v);
	/* A run that exercises nothing proves nothing. */
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		print_message("# %s: %d\n", steps[i].name, done[i]);
	int kinds = 0;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++)
		kinds += done[i] > 0;
	/* In a small crew there may be nobody to hand a shift over to. */
	assert_true(kinds >= (int)ARRAY_LEN(steps) - 1);
}
