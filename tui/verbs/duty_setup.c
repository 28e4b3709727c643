/* duty type|types|template: what shifts there are; duty enter|waiting|approve|reverse: hours by
 * hand. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
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
#include "tui/verbs/duty.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
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
		.purpose = (char *)call_option(call, "purpose"),
		.place = (char *)call_option(call, "place"),
		.wants_leader = call_has(call, "leader"),
		.is_creditable = !call_has(call, "no-hours"),
		.is_reportable = !call_has(call, "no-report"),
		.is_retired = call_has(call, "retired"),
		.needs = needs,
	};
	long long needed;
	struct act act;
	struct db *db;
	int64_t id;

	TRY(text_integer(call_operand(call, 1), "needed", 1, 100, &needed, err));
	type.needed = needed;
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(find_type(db, type.name, &type.id, err));
	TRY(duty_needs(db, call_option(call, "roles"), needs, &type.need_count, err));
	return shift_type_set(db, &act, &type, &id, err);
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(type_columns, ARRAY_LEN(type_columns));
	CLEANUP(shift_type_list_finish) struct shift_type_list list = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	TRY(shift_type_list(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		const struct shift_type *type = &list.rows[i];
		table_text(table, type->name);
		table_number(table, type->needed, NULL);
		table_fact(table, type->wants_leader, type->wants_leader ? "★" : "");
		table_text(table, type->place);
		table_text(table, type->purpose);
		table_fact(table, type->is_creditable,
			type->is_creditable ? C_("fact", "yes") : C_("fact", "no"));
		table_fact(table, type->is_reportable,
			type->is_reportable ? C_("fact", "yes") : C_("fact", "no"));
	}
	table_print(table, call_is_json(call));
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

static int set_template(struct call *call, struct db *db, struct err *err)
{
	struct template_row *rows = mem_alloc(ROWS_MAX * sizeof(*rows));
	CLEANUP(mem_free) struct template_row *owned = rows;
	struct act act;
	int count = 0;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	for (int i = 0; i < call_count(call); i++) {
		CLEANUP(mem_free) char *line = mem_text(call_operand(call, i));
		TRY(read_line(db, line, rows, &count, err));
	}
	return template_set(db, &act, rows, count, err);
}

static const struct table_column template_columns[] = {
	{ "weekday", N_("Day"), false },
	{ "starts", N_("From"), false },
	{ "ends", N_("Until"), false },
	{ "name", N_("Shift"), false },
	{ "on_closed_days", N_("On closed days"), false },
};

static int show_template(struct call *call, struct db *db, struct err *err)
{
	CLEANUP(table_destroyp)
	struct table *table = table_create(template_columns, ARRAY_LEN(template_columns));
	CLEANUP(mem_free) struct template_row *rows = NULL;
	char from[6], until[6];
	int count = template_get(db, &rows, err);

	for (int i = 0; i < count; i++) {
		CLEANUP(shift_type_finish) struct shift_type type = { 0 };
		TRY(shift_type_get(db, rows[i].type, &type, err));
		minutes_format(rows[i].starts, from);
		minutes_format(rows[i].ends > 1440 ? rows[i].ends - 1440 : rows[i].ends, until);
		table_number(table, rows[i].weekday, words_weekday_short(rows[i].weekday));
		table_text(table, from);
		table_text(table, until);
		table_text(table, type.name);
		table_fact(table, rows[i].on_closed_days,
			rows[i].on_closed_days ? C_("fact", "yes") : "");
	}
	if (count >= 0)
		table_print(table, call_is_json(call));
	return count < 0 ? count : 0;
}

static int template(struct call *call, struct err *err)
{
	struct db *db;

	TRY(call_db(call, &db, err));
	return call_count(call) > 0 ? set_template(call, db, err) : show_template(call, db, err);
}

/* ---- hours written by hand ---- */

/* "2026-11-21T14:05" */
static int enter(struct call *call, struct err *err)
{
	CLEANUP(shift_finish) struct shift shift = { 0 };
	const struct assignment *who;
	int64_t resident, in_at, out_at, id;
	struct act act;
	struct db *db;

	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(named_shift(db, call_operand(call, 1), &id, err));
	TRY(named_resident(db, call_operand(call, 0), &resident, err));
	TRY(when_parse(call_operand(call, 2), &in_at, err));
	TRY(when_parse(call_operand(call, 3), &out_at, err));
	TRY(shift_get(db, id, &shift, err));
	if (!(who = shift_assignment_of(&shift, resident)))
		return err_set(err, ERR_REFUSED, REASON(SHIFT_NOT_ASSIGNED));
	act.resident = resident;
	act.why = call_option(call, "why");
	return attendance_enter(db, &act, who->id, in_at, out_at, err);
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(waiting_columns, ARRAY_LEN(waiting_columns));
	CLEANUP(service_lines_finish) struct service_lines lines = { 0 };
	struct db *db;

	TRY(call_db(call, &db, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(service_hours_waiting(db, &lines, err));
	for (int i = 0; i < lines.count; i++) {
		const struct service_line *line = &lines.rows[i];
		CLEANUP(mem_free) char *name = NULL, *hours = words_duration(line->credited.n);
		char day[11];
		TRY(who_name(db, line->resident, staff == 1, &name, err));
		day_format(line->served_on, day);
		table_number(table, line->number, NULL);
		table_text(table, day);
		table_text(table, line->name);
		table_text(table, name);
		table_number(table, line->credited.n, hours);
	}
	table_print(table, call_is_json(call));
	return 0;
}

/* Who acts, and on which line: NUMBER. 0, or as call_staff. */
static int read_line_call(struct call *call, struct act *ret_act, struct db **ret_db,
	int64_t *ret_line, struct err *err)
{
	long long number;

	TRY(text_integer(call_operand(call, 0), "number", 1, 999999999, &number, err));
	int r = call_staff(call, ret_act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, ret_db, err));
	return service_hours_by_number(*ret_db, number, ret_line, err);
}

static int approve(struct call *call, struct err *err)
{
	int64_t line = 0;
	struct act act;
	struct db *db;

	int r = read_line_call(call, &act, &db, &line, err);
	return r == 0 ? service_hours_approve(db, &act, line, err) : r;
}

static int reverse(struct call *call, struct err *err)
{
	int64_t line = 0;
	struct act act;
	struct db *db;

	int r = read_line_call(call, &act, &db, &line, err);
	if (r != 0)
		return r;
	act.why = call_option(call, "why");
	return service_hours_reverse(db, &act, line, err);
}

/* ---- rows ---- */

static const struct verb_option type_options[] = {
	{ "leader", NULL, N_("One of them leads") },
	{ "roles", N_("CODE:N,…"), N_("So many of them must be that: first-aid:1") },
	{ "place", N_("TEXT"), N_("Where") },
	{ "purpose", N_("TEXT"), N_("What for") },
	{ "no-hours", NULL, N_("Its time is not certified") },
	{ "no-report", NULL, N_("Not volunteer service in the eyes of i-Volunteer") },
	{ "retired", NULL, N_("No more shifts of it are made") },
	{ 0 },
};
static const struct verb_option why_options[] = {
	{ "why", N_("TEXT"), N_("The reason; needed") },
	{ 0 },
};

const struct verb duty_setup_verbs[] = {
	{
		.name = "duty type",
		.usage = N_("NAME PEOPLE"),
		.help = N_("Add a kind of shift, or change it as a whole"),
		.min = 2,
		.max = 2,
		.takes = VERB_STAFF | VERB_KEY,
		.options = type_options,
		.run = set_type,
	},
	{
		.name = "duty types",
		.usage = "",
		.help = N_("List the kinds of shifts"),
		.takes = VERB_JSON,
		.run = list_types,
	},
	{
		.name = "duty template",
		.usage = N_("[LINE…]"),
		.help = N_("Show the weekly template, or replace it: \"NAME 1-5 9:00-12:00\" each"),
		.max = -1,
		.takes = VERB_JSON | VERB_STAFF | VERB_KEY,
		.run = template,
	},
	{
		.name = "duty enter",
		.usage = N_("CARD SHIFT IN OUT"),
		.help = N_(
			"Write down when somebody came and left (2026-11-21T14:05), with a reason"),
		.min = 4,
		.max = 4,
		.takes = VERB_STAFF | VERB_KEY,
		.options = why_options,
		.run = enter,
	},
	{
		.name = "duty waiting",
		.usage = "",
		.help = N_("List hours written by hand that wait for a second person"),
		.takes = VERB_JSON | VERB_STAFF,
		.run = list_waiting,
	},
	{
		.name = "duty approve",
		.usage = N_("NUMBER"),
		.help = N_("Approve hours that somebody else has written by hand"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = approve,
	},
	{
		.name = "duty reverse",
		.usage = N_("NUMBER"),
		.help = N_("Take hours back, with a reason"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.options = why_options,
		.run = reverse,
	},
	{ 0 },
};
