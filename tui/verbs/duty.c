/* duty make|publish|show|hours|record */
#include "core/base/reasons.h"
#include "core/duty/roster.h"
#include "core/words_duty.h"

#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/duty/attendance.h"
#include "core/duty/service_record.h"
#include "core/duty/shift_gap.h"
#include "core/duty/template.h"
#include "core/exchange/hours_export.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/duty.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

/* ---- make, publish ---- */

static int make_week(struct call *call, struct err *err)
{
	int added;

	struct week week = call_week(call, 0);
	TRY(shifts_make(call->db, &call->act, week, &added, err));
	printf(ngettext("%d shift made\n", "%d shifts made\n", (unsigned long)added), added);
	return 0;
}

static int publish_week(struct call *call, struct err *err)
{
	int version;

	struct week week = call_week(call, 0);
	TRY(roster_publish(call->db, &call->act, week, &version, err));
	printf(_("%s is published as version %d\n"), call_operand(call, 0), version);
	return 0;
}

/* ---- show ---- */

static const struct table_column show_columns[] = {
	{ "code", NULL, false },
	{ "start_at", N_("Day"), false },
	{ "end_at", N_("Time"), false },
	{ "name", N_("Shift"), false },
	{ "status", N_("State"), false },
	{ "resident", N_("Person"), false },
	{ "is_leader", NULL, false },
	{ "is_stand_in", NULL, false },
	{ "confirmed_at", NULL, false },
	{ "is_kept", NULL, false },
	{ "role", NULL, false },
	{ "version", NULL, true },
};

struct showing {
	struct call *call;
	struct table *table;
	const struct roster *roster;
};

static const char *const state_words[ASSIGNMENT_STATE_COUNT] = { "pending", "present", "excused",
	"missed", "cancelled", "replaced" };

static void put_shift(const struct showing *s, const struct shift *shift)
{
	char code[CODE_TEXT_MAX];
	CLEANUP(mem_free) char *day = words_day(when_day(shift->start_at), db_today(s->call->db));
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);

	code_write_id(CODE_SHIFT, shift->id, code);
	table_text(s->table, code);
	table_instant(s->table, shift->start_at, day);
	table_instant(s->table, shift->end_at, span);
	table_text(s->table, shift->name);
}

/* Done by hand, so that a plan keeps it; only coordinators see that. */
static bool is_kept(
	const struct showing *s, const struct shift *shift, const struct assignment *who)
{
	if (!s->call->is_staff || shift->start_at <= call_now(s->call))
		return false;
	return who->gone_at ? shift_kept_off(shift, who->resident) == who : who->is_locked;
}

static int put_person(const struct showing *s, const struct shift *shift,
	const struct assignment *who, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;

	TRY(s->call->is_staff ? who_name(s->call->db, who->resident, true, &name, err)
			      : resident_wall_name(s->call->db, who->resident, &name, err));
	CLEANUP(mem_free)
	char *shown =
		mem_printf("%s%s%s", who->is_leader ? "★" : "", who->stands_for ? "▲" : "", name);
	put_shift(s, shift);
	CLEANUP(mem_free)
	char *state = mem_printf("%s%s", words_assignment_state(who->state),
		is_kept(s, shift, who) ? who->gone_at ? _(", stays off") : _(", kept") : "");
	table_word(s->table, state_words[who->state], state);
	table_word(s->table, name, shown);
	table_fact(s->table, who->is_leader, NULL);
	table_fact(s->table, who->stands_for != 0, NULL);
	table_instant(s->table, who->confirmed_at, NULL);
	table_fact(s->table, is_kept(s, shift, who), NULL);
	table_text(s->table, NULL);
	table_number(s->table, s->roster->version, NULL);
	return 0;
}

/* A place, or with `role` a role, that nobody fills. */
static void put_open(const struct showing *s, const struct shift *shift, const char *word,
	const char *shown, const char *role)
{
	put_shift(s, shift);
	table_word(s->table, word, shown);
	table_text(s->table, NULL);
	table_fact(s->table, false, NULL);
	table_fact(s->table, false, NULL);
	table_instant(s->table, 0, NULL);
	table_fact(s->table, false, NULL);
	table_text(s->table, role);
	table_number(s->table, s->roster->version, NULL);
}

/* What is still open, or was when it ended. */
static int put_gaps(const struct showing *s, const struct shift *shift, struct err *err)
{
	CLEANUP(shift_gaps_finish) struct shift_gaps gaps = { 0 };

	TRY(shift_gaps(s->call->db, shift, &gaps, err));
	if (gaps.places > 0) {
		CLEANUP(mem_free)
		char *open = mem_printf(_("○ %lld more needed"), (long long)gaps.places);
		put_open(s, shift, "open", open, NULL);
	}
	for (int i = 0; i < gaps.count; i++) {
		CLEANUP(mem_free) char *lacks = mem_printf(_("○ lacks: %s"), gaps.rows[i].name);
		put_open(s, shift, "lacking", lacks, gaps.rows[i].name);
	}
	return 0;
}

/* Of those who have left: those who missed it, and for coordinators those who are kept off. */
static bool is_told(
	const struct showing *s, const struct shift *shift, const struct assignment *who)
{
	return who->state == ASSIGNMENT_MISSED || is_kept(s, shift, who);
}

static int put_rows(const struct showing *s, struct err *err)
{
	for (int i = 0; i < s->roster->shifts.count; i++) {
		const struct shift *shift = &s->roster->shifts.rows[i];
		for (int j = 0; j < shift->people_count; j++)
			TRY(put_person(s, shift, &shift->people[j], err));
		for (int j = 0; j < shift->gone_count; j++)
			if (is_told(s, shift, &shift->gone[j]))
				TRY(put_person(s, shift, &shift->gone[j], err));
		TRY(put_gaps(s, shift, err));
	}
	return 0;
}

static int show_week(struct call *call, struct err *err)
{
	CLEANUP(roster_finish) struct roster roster = { 0 };
	const struct showing s = { .call = call, .table = call->table, .roster = &roster };

	TRY(roster_get(call->db, call_week(call, 0), &roster, err));
	TRY(put_rows(&s, err));
	if (!call_is_json(call)) {
		printf("%s  %s", call_operand(call, 0), words_roster_state(roster.state));
		if (roster.version)
			printf(_("  version %d"), roster.version);
		printf("\n");
	}
	return 0;
}

/* ---- hours ---- */

static int export_hours(struct call *call, struct err *err)
{
	const struct hours_export what = {
		.path = call_operand(call, 2),
		.from = call_day(call, 0),
		.until = call_day(call, 1),
		.encoding = call_has(call, "gb18030") ? TABLE_GB18030 : TABLE_UTF8,
		.separator = ',',
	};
	const struct act closing = { .role = ROLE_SYSTEM };
	int rows, closed;

	if (day_compare(what.until, what.from) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	TRY(attendance_close(call->db, &closing, &closed, err));
	TRY(hours_export(call->db, &call->act, &what, &rows, err));
	printf(_("%d rows in %s\n"), rows, what.path);
	return 0;
}

/* ---- a service record's number ---- */

static const struct table_column record_columns[] = {
	{ "number", N_("Number"), true },
	{ "resident", N_("Person"), false },
	{ "from_on", N_("From"), false },
	{ "until_on", N_("Until"), false },
	{ "minutes", N_("Service hours"), true },
	{ "times", N_("How often"), true },
	{ "issued_at", N_("Issued"), false },
};

static int show_record(struct call *call, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	struct service_record record;
	char from[11], until[11];

	TRY(service_record_get(call->db, call_number(call, 0), &record, err));
	TRY(who_name(call->db, record.resident, call->is_staff, &name, err));
	CLEANUP(mem_free) char *hours = words_duration(record.minutes.n);
	CLEANUP(mem_free) char *issued = words_instant(record.issued_at, call_now(call));
	day_format(record.from, from);
	day_format(record.until, until);
	table_number(call->table, record.number, NULL);
	table_text(call->table, name);
	table_text(call->table, from);
	table_text(call->table, until);
	table_number(call->table, record.minutes.n, hours);
	table_number(call->table, record.lines, NULL);
	table_instant(call->table, record.issued_at, issued);
	return 0;
}

/* ---- rows ---- */

static const struct verb_option hours_options[] = {
	{ "gb18030", NO_VALUE, N_("For older programs; else UTF-8") },
	{ 0 },
};

const struct verb duty_verbs[] = {
	{
		.name = "duty make",
		.operands = { { OPERAND_WEEK } },
		.help = N_("Make a week's shifts (2026-W48) from the weekly template"),
		.takes = VERB_ACT | VERB_KEY,
		.run = make_week,
	},
	{
		.name = "duty publish",
		.operands = { { OPERAND_WEEK } },
		.help = N_("Publish a week's roster as its next version"),
		.takes = VERB_ACT | VERB_KEY,
		.run = publish_week,
	},
	{
		.name = "duty show",
		.operands = { { OPERAND_WEEK } },
		.help = N_("Show a week's roster: who stands which shift, and what is open"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(show_columns),
		.run = show_week,
	},
	{
		.name = "duty hours",
		.operands = { { OPERAND_DAY, .word = NC_("day", "FROM") },
			{ OPERAND_DAY, .word = N_("UNTIL") },
			{ OPERAND_FILE, .word = N_("FILE.csv") } },
		.help = N_("Write the service hours of these days into a table"),
		.takes = VERB_ACT | VERB_KEY | VERB_OUTPUT,
		.options = hours_options,
		.run = export_hours,
	},
	{
		.name = "duty record",
		.operands = { { OPERAND_NUMBER } },
		.help = N_("Look up a service record by the number on it"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(record_columns),
		.is_record = true,
		.run = show_record,
	},
	{ 0 },
};
