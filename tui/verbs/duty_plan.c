/* duty plan WEEK|MONTH: makes the shifts, lets jiaplus-planner fill them, takes its answer in. */
#include <stdio.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/reasons.h"
#include "core/duty/roster_whole.h"
#include "core/words.h"
#include "core/words_duty.h"
#include "tui/i18n.h"
#include "tui/verbs/duty.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

struct planning {
	struct call *call;
	struct db *db;
	struct act act;
	struct day from, until;
};

static int read_span(struct planning *p, const char *text, struct err *err)
{
	struct week week;
	int year, month;

	if (duty_month(text, &year, &month)) {
		p->from = (struct day){ year, month, 1 };
		p->until = day_add(month == 12 ? (struct day){ year + 1, 1, 1 }
					       : (struct day){ year, month + 1, 1 },
			-1);
		return 0;
	}
	TRY(week_parse(text, &week, err));
	p->from = week_monday(week);
	p->until = day_add(p->from, 6);
	return 0;
}

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
static int put_shift(const struct planning *p, struct table *table, int64_t id, const char *status,
	struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	char code[CODE_TEXT_MAX];

	TRY(shift_get(p->db, id, &shift, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift.start_at), db_today(p->db));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	code_write_id(CODE_SHIFT, shift.id, code);
	table_text(table, code);
	table_instant(table, shift.start_at, day);
	table_instant(table, shift.end_at, span);
	table_text(table, shift.name);
	table_text(table, status);
	return 0;
}

static int other_words(
	const struct planning *p, const struct roster_change *change, char **ret, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	if (!change->other)
		return 0;
	if (change->why == ROSTER_WHY_YIELDED)
		return who_name(p->db, change->other, true, ret, err);
	TRY(shift_get(p->db, change->other, &shift, err));
	CLEANUP(mem_free)
	char *day = words_day(when_day(shift.start_at), db_today(p->db));
	CLEANUP(mem_free) char *span = words_span(shift.start_at, shift.end_at);
	*ret = mem_printf("%s %s", day, span);
	return 0;
}

static int put_change(const struct planning *p, struct table *table,
	const struct roster_change *change, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL, *other = NULL;

	TRY(put_shift(p, table, change->shift, change->is_added ? "added" : "removed", err));
	TRY(who_name(p->db, change->resident, true, &name, err));
	TRY(other_words(p, change, &other, err));
	CLEANUP(mem_free) char *shown = mem_printf("%s %s", change->is_added ? "+" : "−", name);
	CLEANUP(mem_free) char *why = words_roster_why(change, other, call_now(p->call));
	table_word(table, name, shown);
	table_id(table, 0);
	table_text(table, roster_why_name(change->why));
	table_text(table, why);
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

static int put_gap(
	const struct planning *p, struct table *table, const struct plan_gap *gap, struct err *err)
{
	CLEANUP(mem_free) char *words = gap_words(gap);

	TRY(put_shift(p, table, gap->shift, gap->role == PLAN_ANYBODY ? "open" : "lacking", err));
	table_word(table, NULL, "○");
	table_id(table, gap->missing);
	table_text(table, NULL);
	table_text(table, words);
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

static int tell(const struct planning *p, const struct plan_answer *answer,
	const struct roster_taken *taken, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(columns, ARRAY_LEN(columns));
	bool is_json = call_is_json(p->call);

	for (int i = 0; i < taken->change_count; i++)
		TRY(put_change(p, table, &taken->changes[i], err));
	for (int i = 0; i < answer->gap_count; i++)
		TRY(put_gap(p, table, &answer->gaps[i], err));
	if (!is_json)
		tell_counts(answer, taken);
	if (is_json || taken->change_count + answer->gap_count > 0)
		table_print(table, is_json);
	return 0;
}

static void tell_published(const struct planning *p, const struct roster_whole *whole)
{
	for (int i = 0; i < whole->published_count && !call_is_json(p->call); i++) {
		const struct roster_published *one = &whole->published[i];
		CLEANUP(mem_free)
		char *name = mem_printf("%d-W%02d", one->week.year, one->week.week);
		printf(_("%s is published as version %d\n"), name, one->version);
	}
}

static int run_plan(struct planning *p, struct err *err)
{
	CLEANUP(roster_problem_finish) struct roster_problem problem = { 0 };
	CLEANUP(plan_answer_finish) struct plan_answer answer = { 0 };
	CLEANUP(roster_whole_finish) struct roster_whole whole = { 0 };
	bool is_published = call_has(p->call, "publish");

	TRY(roster_rehearse(p->db, &p->act, p->from, p->until, &problem, err));
	if (problem.problem.shift_count == 0)
		return err_set(err, ERR_REFUSED, REASON(ROSTER_EMPTY));
	TRY(plan_solve(&problem.problem, NULL, &answer, err));
	TRY(roster_whole_take(p->db, &p->act, &problem, &answer, is_published, &whole, err));
	TRY(tell(p, &answer, &whole.taken, err));
	tell_published(p, &whole);
	return 0;
}

static int plan(struct call *call, struct err *err)
{
	struct planning p = { .call = call };

	TRY(read_span(&p, call_operand(call, 0), err));
	int r = call_act(call, &p.act, &p.db, err);
	return r != 0 ? r : run_plan(&p, err);
}

static const struct verb_option options[] = {
	{ "publish", NULL, N_("Publish it as well") },
	{ 0 },
};

const struct verb duty_plan_verbs[] = {
	{
		.name = "duty plan",
		.usage = N_("WEEK|MONTH"),
		.help = N_("Plan a week (2026-W48) or a month (2026-11)"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.options = options,
		.run = plan,
	},
	{ 0 },
};
