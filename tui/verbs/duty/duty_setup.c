/* duty type|types|template: what shifts there are; duty enter|waiting|approve|reverse: hours by
 * hand. */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/attendance.h"
#include "core/duty/duty_role.h"
#include "core/duty/reasons.h"
#include "core/duty/service_hours.h"
#include "core/duty/shift_type.h"
#include "core/duty/template.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/duty/duty.h"
#include "tui/verbs/table.h"
#include "tui/verbs/who.h"

#define ROWS_MAX 512

/* ---- kinds of shifts ---- */

int duty_needs(
	struct db *db, const char *text, struct shift_need *needs, int *ret_count, struct err *err)
{
	CLEANUP(mem_free) char *copy = mem_text(text ? text : "");
	char *rest = copy;
	long long number;

	*ret_count = 0;
	for (char *one; *copy && *ret_count < DUTY_ROLES_MAX && (one = strsep(&rest, ","));) {
		struct shift_need *need = &needs[(*ret_count)++];
		char *count = strchr(one, ':');
		if (count)
			*count++ = '\0';
		TRY(duty_role_by_code(db, one, &need->role, err));
		TRY(text_integer(count ? count : "1", "needs", 1, 100, &number, err));
		need->needed = number;
	}
	return 0;
}

static int find_type(struct db *db, const char *name, int64_t *ret, struct err *err)
{
	*ret = 0;
	int r = shift_type_by_name(db, name, ret, err);
	if (r == ERR_NOT_FOUND) {
		*err = (struct err){ 0 };
		return 0;
	}
	return r;
}

static int set_type(struct call *call, struct err *err)
{
	struct shift_need needs[DUTY_ROLES_MAX];
	struct shift_type type = {
		.name = (char *)call_operand(call, 0),
		.needed = call_number(call, 1),
		.purpose = (char *)call_option(call, "purpose"),
		.place = (char *)call_option(call, "place"),
		.wants_leader = call_has(call, "leader"),
		.is_creditable = !call_has(call, "no-hours"),
		.is_reportable = !call_has(call, "no-report"),
		.is_retired = call_has(call, "retired"),
		.needs = needs,
	};
	int64_t id;

	TRY(find_type(call->db, type.name, &type.id, err));
	TRY(duty_needs(call->db, call_option(call, "roles"), needs, &type.need_count, err));
	return shift_type_set(call->db, &call->act, &type, &id, err);
}

static const struct table_column type_columns[] = {
	{ "name", N_("Shift"), false },
	{ "needed", N_("Needed"), true },
	{ "wants_leader", N_("Leader"), false },
	{ "place", NC_("shift", "Place"), false },
	{ "purpose", N_("Purpose"), false },
	{ "is_creditable", N_("Hours count"), false },
	{ "is_reportable", N_("Reported"), false },
};

static int list_types(struct call *call, struct err *err)
{
	CLEANUP(shift_type_list_finish) struct shift_type_list list = { 0 };

	TRY(shift_type_list(call->db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct shift_type *type = &list.rows[i];
		table_text(call->table, type->name);
		table_number(call->table, type->needed, NULL);
		table_fact(call->table, type->wants_leader, type->wants_leader ? "★" : "");
		table_text(call->table, type->place);
		table_text(call->table, type->purpose);
		table_fact(call->table, type->is_creditable,
			type->is_creditable ? C_("fact", "yes") : C_("fact", "no"));
		table_fact(call->table, type->is_reportable,
			type->is_reportable ? C_("fact", "yes") : C_("fact", "no"));
	}
	return 0;
}

/* ---- the weekly template ---- */

/* "服务台 1-5 9:00-12:00 [always]" */
static int read_line(
	struct db *db, char *line, struct template_row *rows, int *count, struct err *err)
{
	char *rest = line, *name = strsep(&rest, " \t"), *days = strsep(&rest, " \t");
	char *from = strsep(&rest, "-"), *until = strsep(&rest, " \t");
	struct template_row row = { .on_closed_days = rest && strcmp(rest, "always") == 0 };
	int first, last;

	if (!until || !*days)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "starts"));
	TRY(shift_type_by_name(db, name, &row.type, err));
	TRY(minutes_parse(from, &row.starts, err));
	TRY(minutes_parse(until, &row.ends, err));
	if (row.ends <= row.starts)
		row.ends += 1440; /* 22:00-2:00 */
	first = days[0] - '0';
	last = days[1] == '-' ? days[2] - '0' : first;
	for (row.weekday = first; row.weekday <= last && *count < ROWS_MAX; row.weekday++)
		rows[(*count)++] = row;
	return 0;
}

static int set_template(struct call *call, struct err *err)
{
	CLEANUP(mem_free) struct template_row *rows = mem_alloc(ROWS_MAX * sizeof(*rows));
	int count = 0;

	int r = call_staff(call, err);
	if (r != 0)
		return r;
	for (int i = 0; i < call_count(call); i++) {
		CLEANUP(mem_free) char *line = mem_text(call_operand(call, i));
		TRY(read_line(call->db, line, rows, &count, err));
	}
	return template_set(call->db, &call->act, rows, count, err);
}

static const struct table_column template_columns[] = {
	{ "weekday", N_("Day"), false },
	{ "starts", N_("From"), false },
	{ "ends", N_("Until"), false },
	{ "name", N_("Shift"), false },
	{ "on_closed_days", N_("On closed days"), false },
};

static int show_template(struct call *call, struct err *err)
{
	CLEANUP(mem_free) struct template_row *rows = NULL;
	char from[6], until[6];
	int count = template_get(call->db, &rows, err);

	call_table(call, template_columns, ARRAY_LEN(template_columns));
	for (int i = 0; i < count; i++) {
		CLEANUP(shift_type_finish) struct shift_type type = { 0 };
		TRY(shift_type_get(call->db, rows[i].type, &type, err));
		minutes_format(rows[i].starts, from);
		minutes_format(rows[i].ends > 1440 ? rows[i].ends - 1440 : rows[i].ends, until);
		table_number(call->table, rows[i].weekday, words_weekday_short(rows[i].weekday));
		table_text(call->table, from);
		table_text(call->table, until);
		table_text(call->table, type.name);
		table_fact(call->table, rows[i].on_closed_days,
			rows[i].on_closed_days ? C_("fact", "yes") : "");
	}
	return count < 0 ? count : 0;
}

static int template(struct call *call, struct err *err)
{
	return call_count(call) > 0 ? set_template(call, err) : show_template(call, err);
}

/* ---- hours written by hand ---- */

static int enter(struct call *call, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };

	call->act.resident = call_id(call, 0);
	TRY(shift_get(call->db, call_id(call, 1), &shift, err));
	const struct assignment *who = shift_assignment_of(&shift, call_id(call, 0));
	if (!who)
		return err_set(err, ERR_REFUSED, REASON(SHIFT_NOT_ASSIGNED));
	return attendance_enter(
		call->db, &call->act, who->id, call_time(call, 2), call_time(call, 3), err);
}

static const struct table_column waiting_columns[] = {
	{ "number", N_("Number"), true },
	{ "served_on", N_("Day"), false },
	{ "name", N_("Shift"), false },
	{ "resident", N_("Person"), false },
	{ "minutes", N_("Hours"), true },
};

static int list_waiting(struct call *call, struct err *err)
{
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };

	TRY(service_hours_waiting(call->db, &lines, err));
	for (int i = 0; i < lines.count; i++) {
		const struct service_line *line = &lines.rows[i];
		CLEANUP(mem_free) char *name = NULL, *hours = words_duration(line->credited.n);
		char day[11];
		TRY(who_name(call->db, line->resident, call->is_staff, &name, err));
		day_format(line->served_on, day);
		table_number(call->table, line->number, NULL);
		table_text(call->table, day);
		table_text(call->table, line->name);
		table_text(call->table, name);
		table_number(call->table, line->credited.n, hours);
	}
	return 0;
}

static int approve(struct call *call, struct err *err)
{
	int64_t line;

	TRY(service_hours_by_number(call->db, call_number(call, 0), &line, err));
	return service_hours_approve(call->db, &call->act, line, err);
}

static int reverse(struct call *call, struct err *err)
{
	int64_t line;

	TRY(service_hours_by_number(call->db, call_number(call, 0), &line, err));
	return service_hours_reverse(call->db, &call->act, line, err);
}

/* ---- rows ---- */

static const struct verb_option type_options[] = {
	{ "leader", NO_VALUE, N_("One of them leads") },
	{ "roles", { OPERAND_TEXT, .word = N_("CODE:N,…") },
		N_("So many of them must be that: first-aid:1") },
	{ "place", { OPERAND_TEXT }, N_("Where") },
	{ "purpose", { OPERAND_TEXT }, N_("What for") },
	{ "no-hours", NO_VALUE, N_("Its time is not certified") },
	{ "no-report", NO_VALUE, N_("Not volunteer service in the eyes of i-Volunteer") },
	{ "retired", NO_VALUE, N_("No more shifts of it are made") },
	{ 0 },
};
static const struct verb_option why_options[] = {
	{ "why", { OPERAND_TEXT }, N_("The reason; needed") },
	{ 0 },
};

const struct verb duty_setup_verbs[] = {
	{
		.name = "duty type",
		.operands = { { OPERAND_TEXT, .word = NC_("thing", "NAME") },
			{ OPERAND_NUMBER, .word = N_("PEOPLE"), .key = "needed", .min = 1,
				.max = 100 } },
		.help = N_("Add a kind of shift, or change it as a whole"),
		.takes = VERB_ACT | VERB_KEY,
		.options = type_options,
		.run = set_type,
	},
	{
		.name = "duty types",
		.help = N_("List the kinds of shifts"),
		.takes = VERB_JSON,
		.columns = COLUMNS(type_columns),
		.run = list_types,
	},
	{
		.name = "duty template",
		.operands = { { OPERAND_TEXT, TIMES_ANY, .word = N_("LINE") } },
		.help = N_("Show the weekly template, or replace it: \"NAME 1-5 9:00-12:00\" each"),
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = template,
	},
	{
		.name = "duty enter",
		.operands = { { OPERAND_CARD }, { OPERAND_SHIFT },
			{ OPERAND_TIME, .word = N_("IN") }, { OPERAND_TIME, .word = N_("OUT") } },
		.help = N_(
			"Write down when somebody came and left (2026-11-21T14:05), with a reason"),
		.takes = VERB_ACT | VERB_KEY,
		.options = why_options,
		.run = enter,
	},
	{
		.name = "duty waiting",
		.help = N_("List hours written by hand that wait for a second person"),
		.takes = VERB_JSON | VERB_NAMES,
		.columns = COLUMNS(waiting_columns),
		.run = list_waiting,
	},
	{
		.name = "duty approve",
		.operands = { { OPERAND_NUMBER } },
		.help = N_("Approve hours that somebody else has written by hand"),
		.takes = VERB_ACT | VERB_KEY,
		.run = approve,
	},
	{
		.name = "duty reverse",
		.operands = { { OPERAND_NUMBER } },
		.help = N_("Take hours back, with a reason"),
		.takes = VERB_ACT | VERB_KEY,
		.options = why_options,
		.run = reverse,
	},
	{ 0 },
};
