/* venue report|week|day: how rooms were used, and what hangs at their doors */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/sheets/usage_report.h"
#include "core/sheets/venue_week.h"
#include "core/venues/usage.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/csv.h"
#include "tui/verbs/deliver.h"
#include "tui/verbs/table.h"

#define BAR_CELLS 40

static const struct table_column columns[] = {
	{ "venue", N_("Venue"), false },
	{ "people", N_("Visits"), true },
	{ "sessions", N_("Uses"), true },
	{ "minutes", N_("Hours used"), true },
	{ "estimated_minutes", N_("Hours, estimated"), true },
	{ "bookings", N_("Bookings"), true },
	{ "no_shows", N_("No-shows"), true },
	{ "cancelled", N_("Cancelled"), true },
	{ "people_outside", N_("People outside working hours"), true },
	{ "minutes_outside", N_("Hours outside working hours"), true },
	{ "open_minutes", N_("Hours open"), true },
	{ "free_minutes", N_("Of these free of charge"), true },
};

/* "5.5": the caller's. */
static char *hours_text(int64_t minutes)
{
	int64_t tenths = (minutes + 3) / 6;

	return mem_printf("%" PRId64 ".%d", tenths / 10, (int)(tenths % 10));
}

/* Hours with one decimal beside the minutes of --json. */
static void add_hours(struct table *table, int64_t minutes)
{
	CLEANUP(mem_free) char *hours = hours_text(minutes);

	table_number(table, minutes, hours);
}

static void add_row(struct table *table, const struct usage_row *row, const char *name)
{
	table_text(table, name);
	table_number(table, row->people, NULL);
	table_number(table, row->sessions, NULL);
	add_hours(table, row->minutes);
	add_hours(table, row->estimated_minutes);
	table_number(table, row->bookings, NULL);
	table_number(table, row->no_shows, NULL);
	table_number(table, row->cancelled, NULL);
	table_number(table, row->people_outside, NULL);
	add_hours(table, row->minutes_outside);
	add_hours(table, row->open_minutes);
	add_hours(table, row->free_minutes);
}

/* ---- bars in text ---- */

static void print_bar(const char *label, const struct usage_part *part, int64_t most)
{
	CLEANUP(mem_free) char *head = text_pad(label, 6, true);
	CLEANUP(mem_free) char *hours = hours_text(part->minutes);
	int cells = most ? (int)(part->people * BAR_CELLS / most) : 0;

	cells = part->people && !cells ? 1 : cells;
	printf("%s  ", head);
	for (int i = 0; i < cells; i++)
		fputs("█", stdout);
	printf("%s%lld", cells ? " " : "", (long long)part->people);
	if (part->minutes)
		printf(_(", %s hours"), hours);
	if (part->no_shows)
		printf(_(", no-shows %lld"), (long long)part->no_shows);
	putchar('\n');
}

static int64_t most_of(const struct usage_part *parts, int count)
{
	int64_t most = 0;

	for (int i = 0; i < count; i++)
		most = parts[i].people > most ? parts[i].people : most;
	return most;
}

static void print_bars(const struct usage *u)
{
	int64_t most = most_of(u->by_weekday, 8);

	printf("\n%s\n", _("People by weekday"));
	for (int i = 1; i <= 7; i++)
		print_bar(words_weekday_short(i), &u->by_weekday[i], most);
	printf("\n%s\n", _("People by the hour they came"));
	most = most_of(u->by_hour, USAGE_HOURS);
	for (int i = 0; i < USAGE_HOURS; i++) {
		CLEANUP(mem_free) char *hour = mem_printf("%d:00", i);
		if (u->by_hour[i].people || u->by_hour[i].no_shows)
			print_bar(hour, &u->by_hour[i], most);
	}
}

/* ---- CSV ---- */

static void print_csv_row(const struct usage_row *r)
{
	const int64_t numbers[] = { r->people, r->sessions, r->minutes, r->estimated_minutes,
		r->bookings, r->no_shows, r->cancelled, r->people_outside, r->minutes_outside,
		r->open_minutes, r->free_minutes };

	csv_text(r->name);
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		printf(",%" PRId64, numbers[i]);
	fputs(CSV_END, stdout);
}

static void print_csv_part(const struct usage_part *p)
{
	printf(",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 CSV_END, p->people, p->sessions,
		p->minutes, p->no_shows);
}

enum part { PART_WEEKDAY, PART_HOUR };
static const char *const parts[] = { [PART_WEEKDAY] = "weekday", [PART_HOUR] = "hour", NULL };

/* Every weekday or hour has its line, so that months can be compared side by side. */
static void print_csv_by(const struct usage *u, enum part by)
{
	bool is_weekday = by == PART_WEEKDAY;

	csv_begin();
	printf("%s,people,sessions,minutes,no_shows" CSV_END, parts[by]);
	for (int i = is_weekday; i < (is_weekday ? 8 : USAGE_HOURS); i++) {
		printf("%d", i);
		print_csv_part(is_weekday ? &u->by_weekday[i] : &u->by_hour[i]);
	}
}

static void print_csv(const struct usage *u)
{
	csv_begin();
	for (size_t i = 0; i < ARRAY_LEN(columns); i++)
		printf("%s%s", i ? "," : "", columns[i].key);
	fputs(CSV_END, stdout);
	for (int i = 0; i < u->count; i++)
		print_csv_row(&u->rows[i]);
}

/* ---- verbs ---- */

static int to_paper(struct call *call, struct day from, struct day until, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(usage_report_build(call->db, &head, from, until, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static void print_rooms(struct call *call, const struct usage *usage)
{
	call_table(call, columns, ARRAY_LEN(columns));
	for (int i = 0; i < usage->count; i++)
		add_row(call->table, &usage->rows[i], usage->rows[i].name);
	if (!call_is_json(call))
		add_row(call->table, &usage->total, _("Together"));
	call_print(call);
	if (!call_is_json(call))
		print_bars(usage);
}

static int report(struct call *call, struct err *err)
{
	CLEANUP(usage_finish) struct usage usage = { 0 };
	struct day from, until;

	usage_month(call_day(call, 0), &from, &until);
	if (call_has(call, "to"))
		return to_paper(call, from, until, err);
	TRY(usage_read(call->db, from, until, &usage, err));
	if (call_has(call, "by"))
		print_csv_by(&usage, (enum part)call_option_number(call, "by", PART_WEEKDAY));
	else if (call_has(call, "csv"))
		print_csv(&usage);
	else
		print_rooms(call, &usage);
	return 0;
}

static int print_week(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	struct day day = call_option_day(call, "on", db_today(call->db));
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(venue_week_build(call->db, &head, call_id(call, 0), day_add(day, 1 - day_weekday(day)),
		&sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static int print_day(struct call *call, struct err *err)
{
	const struct letterhead head = deliver_letterhead(call);
	struct day day = call_option_day(call, "on", db_today(call->db));
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;

	TRY(venue_day_build(call->db, &head, day, &sheet, err));
	return deliver_sheet(call, PURPOSE_OFFICE_A4, sheet, err);
}

static const struct verb_option report_options[] = {
	{ "csv", NO_VALUE, N_("For spreadsheets: a line for each room, times in minutes") },
	{ "by", { OPERAND_CHOICE, .choices = parts },
		N_("For spreadsheets: a line for each weekday or hour, of all rooms") },
	{ "to", { OPERAND_FILE }, N_("Into a file, whose suffix says how: .pdf, .png"),
		OUTPUT_REDRAWN },
	{ 0 },
};
static const struct verb_option sheet_options[] = {
	{ "on", { OPERAND_DAY }, N_("A day of it: 2026-11-21; else today") },
	{ "to", { OPERAND_FILE }, N_("Into a file, whose suffix says how: .pdf, .png"),
		OUTPUT_REDRAWN },
	{ 0 },
};

const struct verb venue_report_verbs[] = {
	{
		.name = "venue report",
		.operands = { { OPERAND_MONTH } },
		.help = N_("How the rooms were used in a month such as 2026-11"),
		.takes = VERB_JSON,
		.options = report_options,
		.run = report,
	},
	{
		.name = "venue week",
		.operands = { { OPERAND_VENUE } },
		.help = N_("Print a room's week for its door"),
		.options = sheet_options,
		.run = print_week,
	},
	{
		.name = "venue day",
		.help = N_("Print all bookings of a day for the counter"),
		.options = sheet_options,
		.run = print_day,
	},
	{ 0 },
};
