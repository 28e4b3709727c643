/* duty make|publish|show|hours|record */
#include "core/base/reasons.h"
#include "core/duty/roster.h"
#include "core/words_duty.h"

#include <stdio.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/duty/attendance.h"
#include "core/duty/service_record.h"
#include "core/duty/shift_gap.h"
#include "core/duty/template.h"
#include "core/exchange/hours_export.h"
#include "core/people/resident.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/duty.h"
#include "tui/verbs/named.h"
#include "tui/verbs/table.h"
#include "tui/verbs/verb.h"
#include "tui/verbs/who.h"

/* ---- WEEK and MONTH ---- */

bool duty_month(const char *text, int *ret_year, int *ret_month)
{
	struct day first = { 0 };
	struct err ignored;

	if (month_parse(text, &first, &ignored) < 0)
		return false;
	*ret_year = first.year;
	*ret_month = first.month;
	return true;
}

/* ---- make, publish ---- */

static int make_week(struct call *call, struct err *err)
{
	struct week week;
	struct act act;
	struct db *db;
	int added;

	TRY(week_parse(call_operand(call, 0), &week, err));
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(shifts_make(db, &act, week, &added, err));
	printf(ngettext("%d shift made\n", "%d shifts made\n", (unsigned long)added), added);
	return 0;
}

static int publish_week(struct call *call, struct err *err)
{
	struct week week;
	struct act act;
	struct db *db;
	int version;

	TRY(week_parse(call_operand(call, 0), &week, err));
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	TRY(roster_publish(db, &act, week, &version, err));
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
	struct db *db;
	struct table *table;
	const struct roster *roster;
	int64_t now;
	bool is_full;
};

static const char *const state_words[ASSIGNMENT_STATE_COUNT] = { "pending", "present", "excused",
	"missed", "cancelled", "replaced" };

static void put_shift(const struct showing *s, const struct shift *shift)
{
	char code[CODE_TEXT_MAX];
	CLEANUP(mem_free) char *day = words_day(when_day(shift->start_at), when_day(s->now));
	CLEANUP(mem_free) char *span = words_span(shift->start_at, shift->end_at);

	code_write_id(CODE_SHIFT, shift->id, code);
	table_text(s->table, code);
	table_instant(s->table, shift->start_at, day);
	table_instant(s->table, shift->end_at, span);
	table_text(s->table, shift->name);
}

/* Done by hand, so that a plan leaves it; that is for those in charge. */
static bool is_kept(
	const struct showing *s, const struct shift *shift, const struct assignment *who)
{
	if (!s->is_full || shift->start_at <= s->now)
		return false;
	return who->gone_at ? shift_kept_off(shift, who->resident) == who : who->is_locked;
}

static int put_person(const struct showing *s, const struct shift *shift,
	const struct assignment *who, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;

	TRY(s->is_full ? who_name(s->db, who->resident, true, &name, err)
		       : resident_wall_name(s->db, who->resident, &name, err));
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

	TRY(shift_gaps(s->db, shift, &gaps, err));
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

/* Of those who have left: who missed it, and for those in charge whoever is kept off. */
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(show_columns, ARRAY_LEN(show_columns));
	CLEANUP(roster_finish) struct roster roster = { 0 };
	struct showing s = { .table = table, .roster = &roster, .now = call_now(call) };
	struct week week;

	TRY(week_parse(call_operand(call, 0), &week, err));
	TRY(call_db(call, &s.db, err));
	TRY(roster_get(s.db, week, &roster, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	s.is_full = staff == 1;
	TRY(put_rows(&s, err));
	if (!call_is_json(call)) {
		printf("%s  %s", call_operand(call, 0), words_roster_state(roster.state));
		if (roster.version)
			printf(_("  version %d"), roster.version);
		printf("\n");
	}
	table_print(table, call_is_json(call));
	return 0;
}

/* ---- hours ---- */

static int read_dates(struct call *call, struct hours_export *what, struct err *err)
{
	TRY(day_parse(call_operand(call, 0), &what->from, err));
	TRY(day_parse(call_operand(call, 1), &what->until, err));
	if (day_compare(what->until, what->from) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "until"));
	return 0;
}

static int export_hours(struct call *call, struct err *err)
{
	struct hours_export what = { .path = call_operand(call, 2), .separator = ',' };
	struct act act;
	struct db *db;
	int rows, closed;

	TRY(read_dates(call, &what, err));
	if (call_has(call, "gb18030"))
		what.encoding = TABLE_GB18030;
	int r = call_staff(call, &act, err);
	if (r != 0)
		return r;
	TRY(call_db(call, &db, err));
	struct act closing = { .role = ROLE_SYSTEM };
	TRY(attendance_close(db, &closing, &closed, err));
	TRY(hours_export(db, &act, &what, &rows, err));
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
	CLEANUP(table_destroyp)
	struct table *table = table_create(record_columns, ARRAY_LEN(record_columns));
	CLEANUP(mem_free) char *name = NULL;
	struct service_record record;
	long long number;
	char from[11], until[11];
	struct db *db;

	TRY(text_integer(call_operand(call, 0), "number", 1, 999999999, &number, err));
	TRY(call_db(call, &db, err));
	TRY(service_record_get(db, number, &record, err));
	int staff = call_is_staff(call, err);
	if (staff < 0)
		return staff;
	TRY(who_name(db, record.resident, staff == 1, &name, err));
	CLEANUP(mem_free) char *hours = words_duration(record.minutes.n);
	CLEANUP(mem_free) char *issued = words_instant(record.issued_at, call_now(call));
	day_format(record.from, from);
	day_format(record.until, until);
	table_number(table, record.number, NULL);
	table_text(table, name);
	table_text(table, from);
	table_text(table, until);
	table_number(table, record.minutes.n, hours);
	table_number(table, record.lines, NULL);
	table_instant(table, record.issued_at, issued);
	table_print_record(table, call_is_json(call));
	return 0;
}

/* ---- rows ---- */

static const struct verb_option hours_options[] = {
	{ "gb18030", NULL, N_("For older programs; else UTF-8") },
	{ 0 },
};

const struct verb duty_verbs[] = {
	{
		.name = "duty make",
		.usage = N_("WEEK"),
		.help = N_("Make a week's shifts (2026-W48) from the weekly template"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = make_week,
	},
	{
		.name = "duty publish",
		.usage = N_("WEEK"),
		.help = N_("Publish a week's roster as its next version"),
		.min = 1,
		.max = 1,
		.takes = VERB_STAFF | VERB_KEY,
		.run = publish_week,
	},
	{
		.name = "duty show",
		.usage = N_("WEEK"),
		.help = N_("Show a week's roster: who stands which shift, and what is open"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = show_week,
	},
	{
		.name = "duty hours",
		.usage = N_("FROM UNTIL FILE.csv"),
		.help = N_("Write the service hours of these days into a table"),
		.min = 3,
		.max = 3,
		.takes = VERB_STAFF | VERB_KEY | VERB_OUTPUT,
		.options = hours_options,
		.run = export_hours,
	},
	{
		.name = "duty record",
		.usage = N_("NUMBER"),
		.help = N_("Look up a service record by the number on it"),
		.min = 1,
		.max = 1,
		.takes = VERB_JSON | VERB_STAFF,
		.run = show_record,
	},
	{ 0 },
};
