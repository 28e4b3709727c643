/* duty plan WEEK|MONTH: makes the shifts, lets jiaplus-planner fill them, applies its answer. */
#include <stdio.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_whole.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

/* ---- what came out ---- */

static const char *const status_words[PLAN_STATUS_COUNT] = {
	[PLAN_PROVEN] = N_("no better roster exists"),
	[PLAN_STOPPED] = N_("stopped early: a better roster may exist"),
	[PLAN_LATE] = N_("stopped by the clock: another run may differ"),
	[PLAN_FELL_BACK] = N_("planned without jiaplus-planner: a start, not the best"),
};

static const char *const block_words[PLAN_BLOCK_COUNT] = {
	[PLAN_BLOCK_HERE] = N_("in it already"),
	[PLAN_BLOCK_EXEMPT] = N_("exempt"),
	[PLAN_BLOCK_BARRED] = N_("asked for leave or taken off"),
	[PLAN_BLOCK_UNAVAILABLE] = N_("not available"),
	[PLAN_BLOCK_ROLE] = N_("without the role"),
	[PLAN_BLOCK_DAY] = N_("on duty that day"),
	[PLAN_BLOCK_REST] = N_("too little rest"),
	[PLAN_BLOCK_WEEK] = N_("week full"),
	[PLAN_BLOCK_PERIOD] = N_("month full"),
	[PLAN_BLOCK_CONSECUTIVE] = N_("too many days in a row"),
	[PLAN_BLOCK_NONE] = N_("could, at a cost"),
};

static char *why_open(const struct plan_gap *gap)
{
	char *text = mem_text("");

	for (int i = 0; i < PLAN_BLOCK_COUNT; i++) {
		if (!gap->people[i])
			continue;
		CLEANUP(mem_free) char *before = text;
		text = mem_printf("%s%s%s %d", before, *before ? _(", ") : "", _(block_words[i]),
			gap->people[i]);
	}
	return text;
}

/* ---- whom it put on and took off, and what stays open ---- */

static const struct table_column columns[] = {
	{ "code", NULL, false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "name", N_("Shift"), false },
	{ "status", NULL, false },
	{ "resident", N_("Person"), false },
	{ "missing", NULL, true },
	{ "why", NULL, false },
	{ "because", N_("Why"), false },
};

/* The shift's cells, and the word for what happened there. */
static int put_shift(struct call *call, int64_t id, const char *status, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	char code[CODE_TEXT_MAX];

	TRY(shift_get(call->db, id, &shift, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift.start_at), db_today(call->db));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	code_write_id(CODE_SHIFT, shift.id, code);
	table_text(call->table, code);
	table_instant(call->table, shift.start_at, day);
	table_instant(call->table, shift.end_at, span);
	table_text(call->table, shift.name);
	table_text(call->table, status);
	return 0;
}

static int other_words(
	struct call *call, const struct roster_change *change, char **ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	if (!change->other)
		return 0;
	if (change->why == ROSTER_WHY_YIELDED)
		return who_name(call->db, change->other, true, ret, err);
	TRY(shift_get(call->db, change->other, &shift, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift.start_at), db_today(call->db));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	*ret = mem_printf("%s %s", day, span);
	return 0;
}

static int put_change(struct call *call, const struct roster_change *change, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL, *other = NULL;

	TRY(put_shift(call, change->shift, change->is_added ? "added" : "removed", err));
	TRY(who_name(call->db, change->resident, true, &name, err));
	TRY(other_words(call, change, &other, err));
	CLEANUP(mem_free) char *shown = mem_printf("%s %s", change->is_added ? "+" : "−", name);
	CLEANUP(mem_free) char *why = words_roster_why(change, other, call_now(call));
	table_word(call->table, name, shown);
	table_id(call->table, 0);
	table_text(call->table, roster_why_name(change->why));
	table_text(call->table, why);
	return 0;
}

static char *gap_words(const struct plan_gap *gap)
{
	CLEANUP(mem_free) char *why = why_open(gap);
	CLEANUP(mem_free)
	char *what = gap->role == PLAN_ANYBODY ? mem_printf(_("%d places open"), gap->missing)
		     : gap->role == PLAN_LEADER
			     ? mem_text(_("nobody leads"))
			     : mem_printf(_("%d with a role missing"), gap->missing);

	return mem_printf("%s  (%s)", what, why);
}

static int put_gap(struct call *call, const struct plan_gap *gap, struct err *err)
{
	CLEANUP(mem_free) char *words = gap_words(gap);

	TRY(put_shift(call, gap->shift, gap->role == PLAN_ANYBODY ? "open" : "lacking", err));
	table_word(call->table, NULL, "○");
	table_id(call->table, gap->missing);
	table_text(call->table, NULL);
	table_text(call->table, words);
	return 0;
}

static void tell_counts(const struct plan_answer *answer, const struct roster_taken *taken)
{
	printf(_("%d assigned, %d taken off; %s\n"), taken->added, taken->cancelled,
		_(status_words[answer->status]));
	if (answer->status == PLAN_STOPPED)
		printf(_("cost %lld, no roster below %lld\n"), (long long)answer->objective,
			(long long)answer->bound);
	if (taken->left_open)
		printf(_("%d places left open by a volunteer's own limits\n"), taken->left_open);
}

static int tell(struct call *call, const struct plan_answer *answer,
	const struct roster_taken *taken, struct err *err)
{
	bool is_json = call_is_json(call),
	     is_shown = is_json || taken->change_count + answer->gap_count > 0;

	if (is_shown)
		call_table(call, columns, ARRAY_LEN(columns));
	for (int i = 0; i < taken->change_count; i++)
		TRY(put_change(call, &taken->changes[i], err));
	for (int i = 0; i < answer->gap_count; i++)
		TRY(put_gap(call, &answer->gaps[i], err));
	if (!is_json)
		tell_counts(answer, taken);
	call_print(call);
	return 0;
}

static void tell_published(const struct roster_whole *whole)
{
	for (int i = 0; i < whole->published_count; i++) {
		const struct roster_published *one = &whole->published[i];
		CLEANUP(mem_free)
		char *name = mem_printf("%d-W%02d", one->week.year, one->week.week);
		printf(_("%s is published as version %d\n"), name, one->version);
	}
}

static int plan(struct call *call, struct err *err)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 };
	struct days period = call_period(call, 0);

	TRY(roster_rehearse(call->db, &call->act, period.from, period.until, &problem, err));
	if (problem.problem.shift_count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	TRY(plan_solve(&problem.problem, NULL, &answer, err));
	TRY(roster_whole_take(
		call->db, &call->act, &problem, &answer, call_has(call, "publish"), &whole, err));
	TRY(tell(call, &answer, &whole.taken, err));
	if (!call_is_json(call))
		tell_published(&whole);
	return 0;
}

static const struct verb_option options[] = {
	{ "publish", NO_VALUE, N_("Publish it as well") },
	{ 0 },
};

const struct verb duty_plan_verbs[] = {
	{
		.name = "duty plan",
		.operands = { { OPERAND_PERIOD } },
		.help = N_("Plan a week (2026-W48) or a month (2026-11)"),
		.takes = VERB_JSON | VERB_ACT | VERB_KEY,
		.options = options,
		.run = plan,
	},
	{ 0 },
};
