/* A week from nothing to a published roster, in one act. */
#include <string.h>

#include "core/duty/roster_whole.h"
#include "core/store/journal.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

static const struct day first = { 2026, 11, 23 };
static const struct plan_options no_helper = { .helper = "/nonexistent" };

/* Monday to Wednesday, 9:00 to 12:00. */
static void set_template(struct crew *c)
{
	struct template_row rows[3];

	for (int i = 0; i < 3; i++)
		rows[i] = (struct template_row){ c->desk, .weekday = i + 1, .starts = 540,
			.ends = 720, .on_closed_days = true };
	assert_ok(
		template_set(c->shop->db, &by_coordinator, rows, 3, &c->shop->err), &c->shop->err);
}

static int64_t last_row(struct crew *c)
{
	struct journal_head head;

	assert_ok(journal_head(c->shop->db, &head, &c->shop->err), &c->shop->err);
	return head.seq;
}

static int64_t count(struct crew *c, const char *sql)
{
	int64_t n = -1;

	assert_ok(db_integer(c->shop->db, sql, NO_FIELDS, -1, &n, &c->shop->err), &c->shop->err);
	return n;
}

static int64_t shifts(struct crew *c)
{
	return count(c, "SELECT count(*) FROM shift");
}

static void rehearse(struct crew *c, struct roster_problem *problem, struct plan_answer *answer)
{
	assert_ok(roster_rehearse(c->shop->db, &by_coordinator, first, day_add(first, 6), problem,
			  &c->shop->err),
		&c->shop->err);
	assert_ok(plan_solve(&problem->problem, &no_helper, answer, &c->shop->err), &c->shop->err);
}

TEST(a_rehearsal_plans_shifts_that_are_not_made_and_keeps_nothing, crew)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	struct crew *c = *state;

	set_template(c);
	int64_t before = last_row(c);
	rehearse(c, &problem, &answer);
	assert_int_equal(problem.problem.shift_count, 3);
	assert_int_equal(answer.assignment_count, 6);
	assert_int_equal(shifts(c), 0);
	assert_int_equal(last_row(c), before);
}

TEST(shifts_plan_and_publication_are_one_act, crew)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 };
	struct crew *c = *state;

	set_template(c);
	int64_t before = last_row(c);
	rehearse(c, &problem, &answer);
	assert_ok(roster_whole_take(c->shop->db, &by_coordinator, &problem, &answer, true, &whole,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(last_row(c), before + 1);
	assert_int_equal(shifts(c), 3);
	assert_int_equal(whole.taken.added, 6);
	assert_int_equal(whole.published_count, 1);
	assert_int_equal(whole.published[0].week.week, 48);
	assert_int_equal(whole.published[0].version, 1);
}

TEST(somebody_writes_while_the_planner_thinks, crew)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 };
	struct crew *c = *state;

	set_template(c);
	rehearse(c, &problem, &answer);
	/* Takes the ids that the shifts had. */
	shop_resident(c->shop);
	shop_resident(c->shop);
	assert_ok(roster_whole_take(c->shop->db, &by_coordinator, &problem, &answer, false, &whole,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(whole.taken.added, 6);
	assert_int_equal(count(c, "SELECT count(*) FROM assignment"), 6);
	assert_int_equal(whole.published_count, 0);
}

TEST(a_shift_changed_meanwhile_is_planned_anew, crew)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 };
	struct crew *c = *state;

	set_template(c);
	rehearse(c, &problem, &answer);
	crew_shift(c, "2026-11-26T09:00", "2026-11-26T12:00");
	int64_t before = last_row(c);
	assert_int_equal(roster_whole_take(c->shop->db, &by_coordinator, &problem, &answer, false,
				 &whole, &c->shop->err),
		ERR_BUSY);
	assert_int_equal(last_row(c), before);
	assert_int_equal(shifts(c), 1);
}

TEST(said_twice_with_one_key_it_is_planned_once, crew)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 }, again = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 }, other = { 0 };
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 }, repeat = { 0 };
	struct crew *c = *state;
	struct act act = by_coordinator;

	memset(act.key, 7, sizeof(act.key));
	set_template(c);
	rehearse(c, &problem, &answer);
	assert_ok(roster_whole_take(
			  c->shop->db, &act, &problem, &answer, true, &whole, &c->shop->err),
		&c->shop->err);
	int64_t before = last_row(c);
	rehearse(c, &again, &other);
	assert_ok(
		roster_whole_take(c->shop->db, &act, &again, &other, true, &repeat, &c->shop->err),
		&c->shop->err);
	assert_int_equal(last_row(c), before);
	assert_int_equal(repeat.published_count, 0);
}

TEST_FILE()
