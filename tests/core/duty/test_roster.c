#include <string.h>

#include "core/base/reasons.h"
#include "core/duty/reasons.h"
#include "core/duty/shift_acts.h"
#include "core/duty/team.h"
#include "core/people/message.h"
#include "core/store/role_reasons.h"
#include "tests/core/crew.h"
#include "tests/lib/test.h"

/* A shift that leaves places for one more. */
static int64_t monday_morning(struct crew *c)
{
	return crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
}

static struct roster week(struct crew *c)
{
	struct roster roster = { 0 };

	assert_ok(roster_get(c->shop->db, next_week, &roster, &c->shop->err), &c->shop->err);
	return roster;
}

static enum roster_state week_state(struct crew *c)
{
	CLEANUP(roster_finish) struct roster roster = week(c);

	return roster.state;
}

static int publish(struct crew *c)
{
	c->shop->err = (struct err){ 0 };
	return roster_publish(c->shop->db, &by_coordinator, next_week, NULL, &c->shop->err);
}

/* All objections to it. */
static struct err against(struct crew *c, int64_t resident, int64_t shift)
{
	struct err reasons = { 0 };

	assert_ok(roster_reasons_against(c->shop->db, resident, shift, &reasons, &c->shop->err),
		&c->shop->err);
	return reasons;
}

#define assert_against(c, resident, shift, name)                   \
	do {                                                       \
		struct err reasons_ = against(c, resident, shift); \
		assert_int_equal(reasons_.code, ERR_REFUSED);      \
		assert_true(err_has(&reasons_, REASON_##name));    \
	} while (0)

/* ---- the template ---- */

TEST(a_week_is_made_from_the_template_once, crew)
{
	struct crew *c = *state;
	const struct template_row rows[] = {
		{ c->desk, 1, 9 * 60, 12 * 60, false }, /* the venue is closed on Mondays */
		{ c->desk, 2, 9 * 60, 12 * 60, false },
		{ c->desk, 6, 22 * 60, 26 * 60, true },
		{ c->desk, 1, 14 * 60, 17 * 60, true },
	};
	int added;

	assert_ok(
		template_set(c->shop->db, &by_coordinator, rows, 4, &c->shop->err), &c->shop->err);
	shop_close_days(c->shop, "2026-12-01", "2026-12-01", false); /* the Tuesday after */
	assert_ok(shifts_make(c->shop->db, &by_coordinator, next_week, &added, &c->shop->err),
		&c->shop->err);
	assert_int_equal(added, 3);
	assert_ok(shifts_make(c->shop->db, &by_coordinator, next_week, &added, &c->shop->err),
		&c->shop->err);
	assert_int_equal(added, 0);
	CLEANUP(roster_finish) struct roster roster = week(c);
	assert_int_equal(roster.shifts.count, 3);
	assert_instant(roster.shifts.rows[0].start_at, MONDAY "T14:00");
	assert_instant(roster.shifts.rows[2].end_at, "2026-11-29T02:00");
	assert_string_equal(roster.shifts.rows[0].name, "服务台");
	assert_ok(shifts_make(c->shop->db, &by_coordinator, (struct week){ 2026, 49 }, &added,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(added, 2); /* not on the closed Tuesday */
}

TEST(a_template_row_is_whole_and_there_once, crew)
{
	struct crew *c = *state;
	struct template_row rows[] = {
		{ c->desk, 1, 9 * 60, 12 * 60, false },
		{ c->desk, 1, 9 * 60, 13 * 60, false },
	};

	assert_int_equal(
		template_set(c->shop->db, &by_coordinator, rows, 2, &c->shop->err), ERR_INVALID);
	rows[1].starts = 8 * 60;
	rows[1].type = 4711;
	assert_int_equal(
		template_set(c->shop->db, &by_coordinator, rows, 2, &c->shop->err), ERR_NOT_FOUND);
}

/* ---- who can take a shift ---- */

TEST(every_reason_against_somebody_is_told, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c);
	struct volunteer_draft draft = VOLUNTEER_DRAFT_INIT;
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };

	assert_int_equal(against(c, c->zhen, shift).code, 0);
	crew_times(c, c->zhen, &no, 1);
	assert_against(c, c->zhen, shift, DUTY_AWAY);
	draft.resident = c->zhen;
	draft.is_exempt = true;
	draft.exempt_until = (struct day){ 2026, 11, 23 };
	draft.cap_week = draft.cap_month = 0;
	crew_set(c, &draft);
	assert_against(c, c->zhen, shift, VOLUNTEER_EXEMPT);
	assert_against(c, c->zhen, shift, DUTY_AWAY);
	assert_against(c, c->zhen, shift, DUTY_WEEK_FULL);
	assert_against(c, c->zhen, shift, DUTY_MONTH_FULL);
	assert_refused(
		crew_assign_by(c, &by_coordinator, shift, c->zhen, NULL), &c->shop->err, DUTY_AWAY);
	struct act override = by_override;
	override.role = ROLE_COORDINATOR;
	assert_ok(crew_assign_by(c, &override, shift, c->zhen, NULL), &c->shop->err);
}

TEST(nobody_is_in_two_places_whatever_is_said, crew)
{
	struct crew *c = *state;
	int64_t one = monday_morning(c);
	int64_t other = crew_shift(c, MONDAY "T11:00", MONDAY "T14:00");
	struct act override = by_override;

	override.role = ROLE_COORDINATOR;
	crew_assign(c, one, c->zhen);
	assert_refused(
		crew_assign_by(c, &override, other, c->zhen, NULL), &c->shop->err, DUTY_OVERLAP);
	assert_instant(c->shop->err.reasons[0].n1, MONDAY "T09:00");
}

TEST(a_day_has_one_shift_and_a_night_its_rest, crew)
{
	struct crew *c = *state;
	int64_t evening = crew_shift(c, MONDAY "T18:00", MONDAY "T23:30");
	int64_t morning = crew_shift(c, MONDAY "T09:00", MONDAY "T12:00");
	int64_t next = crew_shift(c, "2026-11-24T09:00", "2026-11-24T12:00");
	int64_t later = crew_shift(c, "2026-11-24T09:30", "2026-11-24T12:00");

	crew_assign(c, evening, c->zhen);
	assert_against(c, c->zhen, morning, DUTY_DAY_TAKEN);
	assert_against(c, c->zhen, next, DUTY_REST);
	assert_int_equal(against(c, c->zhen, later).code, 0); /* ten hours, exactly */
}

TEST(weeks_months_and_days_in_a_row_have_an_end, crew)
{
	struct crew *c = *state;
	int64_t shifts[4];

	for (int i = 0; i < 4; i++) {
		CLEANUP(mem_free) char *start = mem_printf("2026-11-%dT09:00", 23 + i);
		CLEANUP(mem_free) char *end = mem_printf("2026-11-%dT12:00", 23 + i);
		shifts[i] = crew_shift(c, start, end);
	}
	for (int i = 0; i < 3; i++)
		crew_assign(c, shifts[i], c->zhen);
	assert_against(c, c->zhen, shifts[3], DUTY_WEEK_FULL);
	assert_against(c, c->zhen, shifts[3], DUTY_DAYS_FULL);
	assert_int_equal(
		against(c, c->zhen, crew_shift(c, "2026-11-30T09:00", "2026-11-30T10:00")).code, 0);
}

TEST(the_last_place_is_for_the_role_that_is_missing, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c);

	assert_int_equal(against(c, c->zhen, shift).code, 0);
	crew_assign(c, shift, crew_member(c, 0));
	assert_against(c, c->zhen, shift, DUTY_ROLE_LACKING);
	assert_int_equal(against(c, c->chen, shift).code, 0);
	crew_assign(c, shift, c->chen);
	assert_against(c, c->huang, shift, SHIFT_FULL);
}

TEST(a_shift_says_what_it_lacks, crew)
{
	struct crew *c = *state;
	struct shift_need need = { c->first_aid, 1 };
	const struct shift_type type = { .name = (char *)"活动",
		.needed = 3,
		.wants_leader = true,
		.needs = &need,
		.need_count = 1 };
	const struct shift_draft draft = { "活动", at(MONDAY "T09:00"), at(MONDAY "T12:00"), 3,
		crew_type(c->shop, &type) };
	int64_t id = 0;

	assert_ok(
		shift_add(c->shop->db, &by_coordinator, &draft, &id, &c->shop->err), &c->shop->err);
	crew_assign(c, id, crew_member(c, c->first_aid));
	CLEANUP(shift_finish) struct shift shift = crew_shift_get(c, id);
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };
	assert_ok(shift_gaps(c->shop->db, &shift, &gaps, &c->shop->err), &c->shop->err);
	assert_int_equal(gaps.places, 2);
	assert_int_equal(gaps.count, 1);
	assert_true(gaps.rows[0].is_leader);
	assert_string_equal(gaps.rows[0].name, "负责人");
}

/* ---- the life of a place ---- */

TEST(a_place_is_confirmed_by_its_own_person, crew)
{
	struct crew *c = *state;
	int64_t id = crew_assign(c, monday_morning(c), c->zhen);
	const struct act other = crew_self(c->chen), self = crew_self(c->zhen);

	assert_refused(assignment_confirm(c->shop->db, &other, id, &c->shop->err), &c->shop->err,
		ROLE_NEEDED);
	assert_ok(assignment_confirm(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	assert_ok(
		assignment_confirm(c->shop->db, &by_coordinator, id, &c->shop->err), &c->shop->err);
	assert_int_equal(crew_get(c, id).confirmed_at, c->shop->clock.set_wall);
}

TEST(a_sign_up_is_never_deleted, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen);

	assert_ok(
		assignment_cancel(c->shop->db, &by_coordinator, id, &c->shop->err), &c->shop->err);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_CANCELLED);
	assert_refused(assignment_cancel(c->shop->db, &by_coordinator, id, &c->shop->err),
		&c->shop->err, ASSIGNMENT_GONE);
	int64_t again = crew_assign(c, shift, c->zhen);
	assert_int_not_equal(again, id);
	CLEANUP(shift_finish) struct shift row = crew_shift_get(c, shift);
	assert_int_equal(row.people_count, 1);
	assert_int_equal(row.gone_count, 1);
}

TEST(a_place_is_handed_over_in_time, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen), to = 0;
	const struct act self = crew_self(c->zhen);

	shop_set_clock(c->shop, "2026-11-22T10:00");
	assert_refused(assignment_hand_over(c->shop->db, &self,
			       &(struct handing_over){ id, c->huang }, &to, &c->shop->err),
		&c->shop->err, DUTY_LEAD_TIME);
	shop_set_clock(c->shop, "2026-11-22T09:00");
	assert_ok(assignment_hand_over(c->shop->db, &self, &(struct handing_over){ id, c->huang },
			  &to, &c->shop->err),
		&c->shop->err);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_REPLACED);
	assert_int_equal(crew_get(c, to).stands_for, id);
	assert_int_equal(crew_get(c, to).resident, c->huang);
}

TEST(a_stand_in_takes_the_place_of_who_asked, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen), taken = 0;
	const struct act self = crew_self(c->zhen), other = crew_self(c->chen);

	crew_assign(c, shift, crew_member(c, 0));
	assert_refused(shift_sign_up(c->shop->db, &other,
			       &(struct sign_up){ .shift = shift, .resident = c->chen }, &taken,
			       &c->shop->err),
		&c->shop->err, SHIFT_FULL);
	c->shop->err = (struct err){ 0 };
	assert_ok(assignment_ask(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_PENDING); /* until one is found */
	assert_ok(shift_sign_up(c->shop->db, &other,
			  &(struct sign_up){ .shift = shift, .resident = c->chen }, &taken,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_REPLACED);
	assert_int_equal(crew_get(c, taken).stands_for, id);
}

TEST(who_cannot_come_is_excused_and_the_place_is_open, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen);
	const struct act self = crew_self(c->zhen);
	bool ways[ABSENCE_EXCUSED + 1];

	shop_set_clock(c->shop, MONDAY "T08:00");
	CLEANUP(shift_finish) struct shift before = crew_shift_get(c, shift);
	assert_ok(absence_ways(c->shop->db, &before, c->shop->clock.set_wall, ways, &c->shop->err),
		&c->shop->err);
	assert_false(ways[ABSENCE_HAND_OVER] || ways[ABSENCE_ASK]);
	assert_true(ways[ABSENCE_EXCUSED]);
	assert_refused(assignment_ask(c->shop->db, &self, id, &c->shop->err), &c->shop->err,
		DUTY_LEAD_TIME);
	assert_ok(assignment_excuse(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	CLEANUP(shift_finish) struct shift row = crew_shift_get(c, shift);
	assert_int_equal(shift_open_slots(&row), 2);
	assert_int_equal(row.gone[0].state, ASSIGNMENT_EXCUSED);
}

TEST(only_volunteers_sign_up_and_a_leader_comes_to_lead, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), stranger = shop_resident(c->shop), id = 0;
	const struct act self = crew_self(c->chen), other = crew_self(stranger);

	assert_refused(shift_sign_up(c->shop->db, &other,
			       &(struct sign_up){ .shift = shift, .resident = stranger }, &id,
			       &c->shop->err),
		&c->shop->err, VOLUNTEER_UNKNOWN);
	c->shop->err = (struct err){ 0 };
	assert_ok(shift_sign_up(c->shop->db, &self,
			  &(struct sign_up){ .shift = shift, .resident = c->chen }, &id,
			  &c->shop->err),
		&c->shop->err);
	assert_true(crew_get(c, id).is_leader);
	assert_true(crew_get(c, id).confirmed_at != 0);
	shop_set_clock(c->shop, MONDAY "T12:00");
	const struct act late = crew_self(c->zhen);
	assert_refused(shift_sign_up(c->shop->db, &late,
			       &(struct sign_up){ .shift = shift, .resident = c->zhen }, &id,
			       &c->shop->err),
		&c->shop->err, SHIFT_OVER);
}

/* The only thing that they will be told at their next visit. */
static void assert_told(struct crew *c, int64_t who, enum message_kind kind, int64_t start_at)
{
	struct message *messages = NULL;
	int count = message_unread(c->shop->db, who, &messages, &c->shop->err);

	assert_int_equal(count, 1);
	assert_int_equal(messages[0].kind, kind);
	assert_int_equal(messages[0].start_at, start_at);
	messages_finish(messages, count);
}

TEST(two_people_change_places, crew)
{
	struct crew *c = *state;
	int64_t one = monday_morning(c);
	int64_t other = crew_shift(c, "2026-11-25T09:00", "2026-11-25T12:00");
	int64_t a = crew_assign(c, one, c->zhen), b = crew_assign(c, other, c->chen);

	assert_ok(publish(c), &c->shop->err);
	assert_ok(
		assignment_swap(c->shop->db, &by_coordinator, a, b, &c->shop->err), &c->shop->err);
	CLEANUP(shift_finish) struct shift first = crew_shift_get(c, one);
	CLEANUP(shift_finish) struct shift second = crew_shift_get(c, other);
	assert_true(first.people[0].resident == c->chen);
	assert_true(second.people[0].resident == c->zhen);
	assert_told(c, c->zhen, MESSAGE_SHIFT_SWAPPED, second.start_at);
	assert_told(c, c->chen, MESSAGE_SHIFT_SWAPPED, first.start_at);
}

TEST(a_cancelled_shift_takes_its_people_along, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen);

	assert_ok(publish(c), &c->shop->err);
	assert_ok(shift_cancel(c->shop->db, &by_coordinator, shift, &c->shop->err), &c->shop->err);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_CANCELLED);
	assert_told(c, c->zhen, MESSAGE_SHIFT_CALLED_OFF, at(MONDAY "T09:00"));
	assert_refused(crew_assign_by(c, &by_coordinator, shift, c->zhen, NULL), &c->shop->err,
		SHIFT_CANCELLED);
	assert_int_equal(week_state(c), ROSTER_AMENDED);
}

/* How many messages wait for them. */
static int told(struct crew *c, int64_t who)
{
	struct message *messages = NULL;
	int count = message_unread(c->shop->db, who, &messages, &c->shop->err);

	messages_finish(messages, count);
	return count;
}

TEST(nobody_is_told_what_became_of_a_draft_that_they_never_heard_of, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c);

	crew_assign(c, shift, c->zhen);
	int64_t confirmed = crew_assign(c, shift, c->chen);
	assert_ok(assignment_confirm(c->shop->db, &by_coordinator, confirmed, &c->shop->err),
		&c->shop->err);
	assert_ok(shift_cancel(c->shop->db, &by_coordinator, shift, &c->shop->err), &c->shop->err);
	assert_int_equal(told(c, c->zhen), 0);
	assert_int_equal(told(c, c->chen), 1);
}

TEST(who_is_taken_off_a_published_shift_is_told, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen);

	assert_ok(publish(c), &c->shop->err);
	assert_ok(
		assignment_cancel(c->shop->db, &by_coordinator, id, &c->shop->err), &c->shop->err);
	assert_told(c, c->zhen, MESSAGE_SHIFT_TAKEN_OFF, at(MONDAY "T09:00"));
}

TEST(a_leave_is_taken_back_while_the_shift_lies_ahead, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen), back = 0;
	const struct act self = crew_self(c->zhen), other = crew_self(c->chen);

	assert_refused(assignment_return(c->shop->db, &self, id, &back, &c->shop->err),
		&c->shop->err, ASSIGNMENT_NOT_LEFT);
	c->shop->err = (struct err){ 0 };
	assert_ok(assignment_excuse(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	assert_against(c, c->zhen, shift, DUTY_LEAVE);
	CLEANUP(duty_list_finish) struct duty_list left = { 0 };
	assert_ok(duties_of(c->shop->db, c->zhen, c->shop->clock.set_wall, &left, &c->shop->err),
		&c->shop->err);
	assert_int_equal(left.count, 1);
	assert_int_equal(left.rows[0].kind, DUTY_LEFT);
	assert_refused(assignment_return(c->shop->db, &other, id, &back, &c->shop->err),
		&c->shop->err, ROLE_NEEDED);
	c->shop->err = (struct err){ 0 };
	assert_ok(assignment_return(c->shop->db, &self, id, &back, &c->shop->err), &c->shop->err);
	assert_true(crew_get(c, back).confirmed_at != 0);
	assert_int_equal(crew_get(c, id).state, ASSIGNMENT_EXCUSED); /* as it was */
	assert_ok(assignment_excuse(c->shop->db, &self, back, &c->shop->err), &c->shop->err);
	shop_set_clock(c->shop, MONDAY "T09:00");
	assert_refused(assignment_return(c->shop->db, &self, back, &id, &c->shop->err),
		&c->shop->err, SHIFT_OVER);
}

TEST(who_helped_out_unregistered_takes_a_leave_back_as_well, crew)
{
	struct crew *c = *state;
	int64_t neighbour = shop_resident(c->shop), shift = monday_morning(c), back = 0;
	int64_t id = crew_assign(c, shift, neighbour);
	const struct act self = crew_self(neighbour);

	assert_ok(assignment_excuse(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	assert_ok(assignment_return(c->shop->db, &self, id, &back, &c->shop->err), &c->shop->err);
	assert_true(back != 0);
}

TEST(a_leave_taken_back_too_late_leaves_the_place_to_who_took_it, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen), back = -1;
	const struct act self = crew_self(c->zhen);

	assert_ok(assignment_excuse(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	crew_assign(c, shift, c->chen);
	crew_assign(c, shift, c->huang);
	assert_ok(assignment_return(c->shop->db, &self, id, &back, &c->shop->err), &c->shop->err);
	assert_int_equal(back, 0);
	struct err reasons = against(c, c->zhen, shift);
	assert_false(err_has(&reasons, REASON_DUTY_LEAVE));
}

TEST(a_request_for_a_stand_in_is_taken_back, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c), id = crew_assign(c, shift, c->zhen), taken = 0;
	const struct act self = crew_self(c->zhen), other = crew_self(c->chen);

	crew_assign(c, shift, crew_member(c, 0));
	assert_ok(assignment_ask(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	assert_ok(assignment_ask_end(c->shop->db, &self, id, &c->shop->err), &c->shop->err);
	assert_int_equal(crew_get(c, id).asked_at, 0);
	assert_refused(shift_sign_up(c->shop->db, &other,
			       &(struct sign_up){ .shift = shift, .resident = c->chen }, &taken,
			       &c->shop->err),
		&c->shop->err, SHIFT_FULL);
}

TEST(what_speaks_against_somebody_else_is_not_told_to_a_resident, crew)
{
	struct crew *c = *state;
	int64_t id = crew_assign(c, monday_morning(c), c->zhen), to;
	const struct act self = crew_self(c->zhen);
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };

	crew_times(c, c->chen, &no, 1);
	assert_refused(assignment_hand_over(c->shop->db, &self,
			       &(struct handing_over){ id, c->chen }, &to, &c->shop->err),
		&c->shop->err, DUTY_CANNOT_TAKE);
	assert_int_equal(c->shop->err.reason_count, 1);
}

TEST(a_shift_says_which_role_would_be_missing, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c);
	const struct assignment_draft leads = {
		.shift = shift, .resident = c->chen, .is_leader = true
	};
	int64_t id = 0;

	assert_ok(shift_assign(c->shop->db, &by_coordinator, &leads, &id, &c->shop->err),
		&c->shop->err);
	int64_t other = crew_assign(c, shift, c->zhen);
	CLEANUP(shift_finish) struct shift row = crew_shift_get(c, shift);
	struct shift_gaps lost = { 0 };
	assert_ok(shift_gaps_after(
			  c->shop->db, &row, &(struct shift_change){ id, 0 }, &lost, &c->shop->err),
		&c->shop->err);
	CLEANUP(mem_free) char *names = shift_gaps_names(&lost, ", ");
	assert_string_equal(names, "负责人");
	shift_gaps_finish(&lost);
	assert_ok(shift_gaps_after(c->shop->db, &row, &(struct shift_change){ id, c->huang }, &lost,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(lost.count, 0);
	shift_gaps_finish(&lost);
	assert_ok(shift_gaps_after(c->shop->db, &row, &(struct shift_change){ other, 0 }, &lost,
			  &c->shop->err),
		&c->shop->err);
	assert_int_equal(lost.count, 0);
	assert_null(shift_gaps_names(&lost, ", "));
	shift_gaps_finish(&lost);
}

TEST(a_shift_of_a_kind_begins_once_at_a_time, crew)
{
	struct crew *c = *state;
	const struct shift_draft draft = { "服务台", at(MONDAY "T09:00"), at(MONDAY "T10:00"), 1,
		c->desk };
	int64_t id, first = monday_morning(c);

	assert_refused(shift_add(c->shop->db, &by_coordinator, &draft, &id, &c->shop->err),
		&c->shop->err, SHIFT_EXISTS);
	assert_ok(shift_cancel(c->shop->db, &by_coordinator, first, &c->shop->err), &c->shop->err);
	assert_refused(shift_add(c->shop->db, &by_coordinator, &draft, &id, &c->shop->err),
		&c->shop->err, SHIFT_EXISTS);
}

TEST(ones_own_shifts_are_listed, crew)
{
	struct crew *c = *state;
	CLEANUP(duty_list_finish) struct duty_list list = { 0 };
	int64_t shift = monday_morning(c);

	crew_assign(c, shift, c->zhen);
	crew_assign(c, crew_shift(c, "2026-11-25T09:00", "2026-11-25T12:00"), c->zhen);
	assert_ok(duties_of(c->shop->db, c->zhen, at(MONDAY "T12:01"), &list, &c->shop->err),
		&c->shop->err);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].kind, DUTY_ASKED); /* a draft is not a fact */
	duty_list_finish(&list);
	assert_ok(publish(c), &c->shop->err);
	assert_ok(duties_of(c->shop->db, c->zhen, at(MONDAY "T12:01"), &list, &c->shop->err),
		&c->shop->err);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].kind, DUTY_OWN);
	assert_instant(list.rows[0].start_at, "2026-11-25T09:00");
	assert_string_equal(list.rows[0].place, "一楼大厅");
}

/* ---- teams ---- */

TEST(a_team_comes_together_as_far_as_it_can, crew)
{
	struct crew *c = *state;
	int64_t people[] = { c->chen, c->huang, c->zhen }, id = 0;
	struct duty_team team = { .name = (char *)"花园队", .residents = people, .count = 3 };
	const struct volunteer_time no = { .stance = TIME_AWAY, .weekday = 1, .ends = 1440 };
	int64_t shift = monday_morning(c);
	int count = 0;

	crew_times(c, c->huang, &no, 1);
	assert_ok(duty_team_set(c->shop->db, &by_coordinator, &team, &id, &c->shop->err),
		&c->shop->err);
	assert_ok(duty_team_assign(c->shop->db, &by_coordinator,
			  &(struct team_sign_up){ id, shift }, &count, &c->shop->err),
		&c->shop->err);
	assert_int_equal(count, 2);
	assert_ok(duty_team_assign(c->shop->db, &by_coordinator,
			  &(struct team_sign_up){ id, shift }, &count, &c->shop->err),
		&c->shop->err);
	assert_int_equal(count, 0); /* they are on it */
	team.id = id;
	team.count = 1;
	assert_ok(duty_team_set(c->shop->db, &by_coordinator, &team, &id, &c->shop->err),
		&c->shop->err);
	CLEANUP(duty_team_list_finish) struct duty_team_list list = { 0 };
	assert_ok(duty_team_list(c->shop->db, &list, &c->shop->err), &c->shop->err);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].count, 1);
	team.id = 0;
	assert_refused(duty_team_set(c->shop->db, &by_coordinator, &team, &id, &c->shop->err),
		&c->shop->err, NAME_EXISTS);
}

TEST(who_is_named_twice_belongs_to_a_team_once, crew)
{
	struct crew *c = *state;
	int64_t people[] = { c->zhen, c->chen, c->zhen }, id = 0;
	struct duty_team team = { .name = (char *)"花园队", .residents = people, .count = 3 };
	CLEANUP(duty_team_finish) struct duty_team found = { 0 };

	assert_ok(duty_team_set(c->shop->db, &by_coordinator, &team, &id, &c->shop->err),
		&c->shop->err);
	assert_ok(duty_team_get(c->shop->db, id, &found, &c->shop->err), &c->shop->err);
	assert_string_equal(found.name, "花园队");
	assert_int_equal(found.count, 2);
	assert_true(duty_team_has(&found, c->zhen));
	assert_true(duty_team_has(&found, c->chen));
	assert_false(duty_team_has(&found, c->huang));
	assert_int_equal(duty_team_get(c->shop->db, id + 1, &found, &c->shop->err), ERR_NOT_FOUND);
	assert_true(err_has(&c->shop->err, REASON_TEAM_UNKNOWN));
}

/* ---- versions ---- */

TEST(a_roster_is_a_draft_until_it_is_published, crew)
{
	struct crew *c = *state;

	assert_int_equal(week_state(c), ROSTER_NONE);
	assert_refused(publish(c), &c->shop->err, ROSTER_EMPTY);
	monday_morning(c);
	assert_int_equal(week_state(c), ROSTER_DRAFT);
	assert_ok(publish(c), &c->shop->err);
	assert_int_equal(week_state(c), ROSTER_PUBLISHED);
	assert_refused(publish(c), &c->shop->err, ROSTER_UNCHANGED);
	assert_int_equal(c->shop->err.reasons[0].n1, 1);
}

TEST(a_change_amends_it_and_is_marked_until_the_version_after, crew)
{
	struct crew *c = *state;
	int64_t shift = monday_morning(c);

	crew_assign(c, shift, c->zhen);
	assert_ok(publish(c), &c->shop->err);
	c->shop->clock.set_wall += 60;
	crew_assign(c, shift, c->chen);
	CLEANUP(roster_finish) struct roster amended = week(c);
	assert_int_equal(amended.state, ROSTER_AMENDED);
	const struct shift *row = &amended.shifts.rows[0];
	assert_true(roster_is_change(&amended, shift_assignment_of(row, c->chen)));
	assert_false(roster_is_change(&amended, shift_assignment_of(row, c->zhen)));
	c->shop->clock.set_wall += 60;
	assert_ok(publish(c), &c->shop->err);
	CLEANUP(roster_finish) struct roster second = week(c);
	assert_int_equal(second.version, 2);
	assert_true(
		roster_is_change(&second, shift_assignment_of(&second.shifts.rows[0], c->chen)));
}

TEST(next_week_is_missed_from_friday_on, crew)
{
	struct crew *c = *state;
	const struct template_row row = { c->desk, 2, 9 * 60, 12 * 60, false };

	assert_int_equal(roster_is_due(c->shop->db, at("2026-11-20T09:00"), &c->shop->err), 0);
	assert_ok(
		template_set(c->shop->db, &by_coordinator, &row, 1, &c->shop->err), &c->shop->err);
	assert_int_equal(roster_is_due(c->shop->db, at("2026-11-19T23:59"), &c->shop->err), 0);
	assert_int_equal(roster_is_due(c->shop->db, at("2026-11-20T00:00"), &c->shop->err), 1);
	monday_morning(c);
	assert_ok(publish(c), &c->shop->err);
	assert_int_equal(roster_is_due(c->shop->db, at("2026-11-21T09:00"), &c->shop->err), 0);
}
