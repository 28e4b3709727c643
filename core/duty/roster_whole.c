#include "core/duty/roster_whole.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/duty/template.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"

static struct day first_monday(struct day from)
{
	return week_monday(day_iso_week(from));
}

static int make_weeks(
	struct db *db, const struct act *act, struct day from, struct day until, struct err *err)
{
	struct day monday = first_monday(from);
	int added;

	for (; day_compare(monday, until) <= 0; monday = day_add(monday, 7))
		TRY(shifts_make(db, act, day_iso_week(monday), &added, err));
	return 0;
}

int roster_rehearse(struct db *db, const struct act *act, struct day from, struct day until,
	struct roster_problem *ret, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	/* A rehearsal needs no key, and the caller's belongs to the real act. */
	struct act unkept = { .role = act->role, .actor = act->actor };

	TRY(txn_begin(&t, db, err));
	TRY(make_weeks(db, &unkept, from, until, err));
	return roster_problem(db, from, until, ret, err);
}

/* ---- from the rehearsal to what is so ---- */

static bool is_same_shift(const struct plan_shift *a, const struct plan_shift *b)
{
	return a->day == b->day && a->start == b->start && a->end == b->end;
}

static int64_t made_as(
	const struct roster_problem *rehearsed, const struct roster_problem *made, int64_t id)
{
	for (int i = 0; i < rehearsed->problem.shift_count; i++)
		if (rehearsed->shifts[i].id == id)
			return made->shifts[i].id;
	return id;
}

/* The same shifts in the same order; they may have other ids when somebody has written in
 * between. */
static bool follow(const struct roster_problem *rehearsed, const struct roster_problem *made,
	struct plan_answer *answer)
{
	int count = rehearsed->problem.shift_count;

	if (made->problem.shift_count != count)
		return false;
	for (int i = 0; i < count; i++)
		if (!is_same_shift(&rehearsed->shifts[i], &made->shifts[i]))
			return false;
	for (int i = 0; i < answer->assignment_count; i++) {
		int64_t *shift = &answer->assignments[i].shift;
		*shift = made_as(rehearsed, made, *shift);
	}
	for (int i = 0; i < answer->gap_count; i++) {
		struct plan_gap *gap = &answer->gaps[i];
		gap->shift = made_as(rehearsed, made, gap->shift);
		for (int n = 0; n < PLAN_BLOCK_COUNT; n++)
			gap->fill[n].from = made_as(rehearsed, made, gap->fill[n].from);
	}
	return true;
}

/* ---- publishing ---- */

void roster_whole_finish(struct roster_whole *whole)
{
	roster_taken_finish(&whole->taken);
	free(whole->published);
	*whole = (struct roster_whole){ 0 };
}

/* Weeks that begin in the span: a month's last days may belong to the next month's roster. */
static int publish_weeks(struct acting *a, const struct roster_problem *p,
	struct roster_whole *whole, struct err *err)
{
	struct day monday = first_monday(p->from);

	for (; day_compare(monday, p->until) <= 0; monday = day_add(monday, 7)) {
		CLEANUP(roster_finish) struct roster roster = { 0 };
		struct roster_published one = { .week = day_iso_week(monday) };
		TRY(roster_get(a->db, one.week, &roster, err));
		/* That there is nothing to publish, or nothing new, does not fail a plan. */
		if (roster.state == ROSTER_NONE || roster.state == ROSTER_PUBLISHED)
			continue;
		TRY(roster_publish(a->db, a->act, one.week, &one.version, err));
		one.version = roster.version + 1;
		whole->published = mem_resize(whole->published,
			(size_t)(whole->published_count + 1) * sizeof(*whole->published));
		whole->published[whole->published_count++] = one;
	}
	return 0;
}

/* ---- the act ---- */

static int take(struct acting *a, const struct roster_problem *rehearsed,
	struct plan_answer *answer, bool is_published, struct roster_whole *whole, struct err *err)
{
	CLEANUP(roster_problem_finish) struct roster_problem made = { 0 };

	TRY(make_weeks(a->db, a->act, rehearsed->from, rehearsed->until, err));
	TRY(roster_problem(a->db, rehearsed->from, rehearsed->until, &made, err));
	if (!follow(rehearsed, &made, answer))
		return err_set(err, ERR_BUSY, REASON(STORE_BUSY));
	TRY(roster_plan_take(a->db, a->act, &made, answer, &whole->taken, err));
	return is_published ? publish_weeks(a, &made, whole, err) : 0;
}

int roster_whole_take(struct db *db, const struct act *act, const struct roster_problem *rehearsed,
	struct plan_answer *answer, bool is_published, struct roster_whole *ret, struct err *err)
{
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char from_on[11], until_on[11];

	day_format(rehearsed->from, from_on);
	day_format(rehearsed->until, until_on);
	TRY(act_begin(&a, db, act, ACT_ROSTER_PLAN,
		FIELDS(F_TEXT("from_on", from_on), F_TEXT("until_on", until_on),
			F_INT("is_published", is_published)),
		err));
	if (!a.is_repeat) {
		TRY(take(&a, rehearsed, answer, is_published, &whole, err));
		TRY(act_commit(&a, whole.taken.added, err));
	}
	*ret = whole;
	whole = (struct roster_whole){ 0 };
	return 0;
}
