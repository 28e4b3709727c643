/* resident|title|item|loan import */
#include <stdio.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/exchange/import.h"
#include "core/words.h"
#include "tui/i18n.h"
#include "tui/verbs/call.h"
#include "tui/verbs/table.h"

static const struct table_column columns[] = {
	{ "line", N_("Line"), true },
	{ "change", N_("What happens"), false },
	{ "name", N_("Entry"), false },
	{ "columns", N_("Columns"), false },
};

static const char *const change_words[IMPORT_CHANGE_COUNT] = {
	[IMPORT_SAME] = N_("stays as it is"),
	[IMPORT_CHANGED] = N_("is changed"),
	[IMPORT_ADDED] = N_("is added"),
	[IMPORT_BAD] = N_("is not in order"),
	[IMPORT_LEFT_OUT] = N_("is left out"),
};

/* ---- what is said ---- */

/* The columns' names in words: "shelf, owners" → "货架, 物主"; the caller's. */
static char *columns_words(const char *names)
{
	CLEANUP(mem_free) char *rest = mem_text(names);
	char *words = mem_text(""), *at = rest;

	for (char *name = strsep(&at, ", "); name; name = strsep(&at, ", ")) {
		CLEANUP(mem_free) char *before = NULL;
		if (!*name)
			continue;
		before = words;
		words = mem_printf("%s%s%s", before, *before ? _(", ") : "", words_field(name));
	}
	return words;
}

static void print_lines(struct call *call, const struct import_report *report)
{
	call_table(call, columns, ARRAY_LEN(columns));
	for (int i = 0; i < report->rows; i++) {
		const struct import_line *line = &report->lines[i];
		CLEANUP(mem_free) char *shown = columns_words(line->columns);
		table_number(call->table, line->line, NULL);
		table_word(call->table, import_change_name(line->change),
			_(change_words[line->change]));
		table_text(call->table, line->name);
		table_word(call->table, line->columns, shown);
	}
	call_print(call);
}

/* "file.csv:7:2: phone: This is not a phone number …" */
static void print_faults(const struct call *call, const struct import_report *report)
{
	const char *file = call_operand(call, 0);

	for (int i = 0; i < report->fault_count; i++) {
		const struct import_fault *fault = &report->faults[i];
		CLEANUP(mem_free) char *line = words_reason_line(&fault->reason, call_now(call));
		if (fault->column)
			fprintf(stderr, "%s:%d:%d: %s: %s\n", file, fault->line, fault->column,
				words_field(fault->header), line);
		else
			fprintf(stderr, "%s:%d: %s\n", file, fault->line, line);
	}
}

/* "file.csv:1: above the headings, left out: 居民登记表" */
static void print_told(const struct call *call, const struct import_report *report)
{
	static const char *const words[IMPORT_TOLD_COUNT] = {
		[IMPORT_TOLD_SEPARATOR] = N_("names the separator"),
		[IMPORT_TOLD_ABOVE] = N_("above the headings, left out"),
		[IMPORT_TOLD_HEADING] = N_("heading understood"),
		[IMPORT_TOLD_HEADER] = N_("the headings once more, left out"),
		[IMPORT_TOLD_TOTAL] = N_("a total, left out"),
		[IMPORT_TOLD_REMARK] = N_("a remark, left out"),
		[IMPORT_TOLD_EXAMPLE] = N_("an example, left out"),
		[IMPORT_TOLD_MERGED] = N_("empty, read as in the line above"),
	};

	for (int i = 0; i < report->told_count; i++) {
		const struct import_told *told = &report->told[i];
		fprintf(stderr, "%s:%d: %s: %s\n", call_operand(call, 0), told->line,
			_(words[told->kind]), told->text);
	}
}

static void print_report(
	struct call *call, const struct import *what, const struct import_report *report)
{
	print_told(call, report);
	print_faults(call, report);
	if (report->unknown_columns && *report->unknown_columns)
		fprintf(stderr, _("columns left out: %s\n"), report->unknown_columns);
	if (what->is_dry_run || call_is_json(call))
		print_lines(call, report);
	if (call_is_json(call))
		return;
	/* For an import: rows read, how many are new, changed, the same, bad; the file's
	 * encoding. */
	printf(_("%d rows: %d added, %d changed, %d the same, %d not in order (%s)\n"),
		report->rows - report->count[IMPORT_LEFT_OUT], report->count[IMPORT_ADDED],
		report->count[IMPORT_CHANGED], report->count[IMPORT_SAME],
		report->count[IMPORT_BAD], report->encoding);
	if (!report->is_kept)
		printf("%s\n", _("Nothing has been kept."));
	else if (what->skip_bad && report->count[IMPORT_BAD] > 0)
		printf(_("The lines that are not in order stand in %s\n"), what->skip_bad);
}

static char *say(const struct reason *reason, const void *context)
{
	const int64_t *now = context;

	return words_reason_line(reason, *now);
}

/* ---- doing it ---- */

static int import(struct call *call, enum exchange_kind kind, struct err *err)
{
	CLEANUP(import_report_finish) struct import_report report = { 0 };
	const char *category = call_option(call, "category");
	const int64_t now = call_now(call);

	call->act.why = _("taken over from a table");
	const struct import what = {
		.kind = kind,
		.path = call_operand(call, 0),
		.is_dry_run = call_has(call, "dry-run"),
		.skip_bad = call_option(call, "skip-bad"),
		.is_again = call_has(call, "again"),
		.say = say,
		.context = &now,
		.category = category ? category : "resident",
		.consent_version = call_option(call, "consent"),
	};
	int r = import_table(call->db, &call->act, &what, &report, err);
	if (r >= 0 || report.fault_count > 0)
		print_report(call, &what, &report);
	return r;
}

static int import_residents(struct call *call, struct err *err)
{
	return import(call, EXCHANGE_RESIDENTS, err);
}

static int import_titles(struct call *call, struct err *err)
{
	return import(call, EXCHANGE_TITLES, err);
}

static int import_items(struct call *call, struct err *err)
{
	return import(call, EXCHANGE_ITEMS, err);
}

static int import_loans(struct call *call, struct err *err)
{
	return import(call, EXCHANGE_LOANS, err);
}

static int import_points(struct call *call, struct err *err)
{
	return import(call, EXCHANGE_POINTS, err);
}

/* ---- rows ---- */

#define OPTION_REPLACE                                                                     \
	{                                                                                  \
		"replace", NO_VALUE, N_("The FILE of --skip-bad may replace an older one") \
	}

#define OPTIONS                                                                                 \
	{ "dry-run", NO_VALUE, N_("Say what would happen, line by line; keep nothing") },       \
	{                                                                                       \
		"skip-bad", { OPERAND_FILE },                                                   \
			N_("Take the good lines over; the bad ones, with their reasons, go to " \
			   "FILE"),                                                             \
			OUTPUT_KEPT                                                             \
	}

#define OPTION_AGAIN(help_)              \
	{                                \
		"again", NO_VALUE, help_ \
	}

static const struct verb_option options[] = { OPTIONS, OPTION_REPLACE, { 0 } };
static const struct verb_option item_options[] = {
	OPTIONS,
	OPTION_REPLACE,
	OPTION_AGAIN(N_("Add items also where such are here already")),
	{ 0 },
};
static const struct verb_option resident_options[] = {
	OPTIONS,
	OPTION_REPLACE,
	OPTION_AGAIN(N_("Who has the name of somebody here is another person")),
	{ "category", { OPERAND_TEXT, .word = N_("CODE") },
		N_("Category of resident; else: resident") },
	{ "consent", { OPERAND_TEXT, .word = N_("VERSION") },
		N_("All have agreed on paper to this version of the notice; else the next visit "
		   "asks") },
	{ 0 },
};

#define IMPORT(name_, help_, options_, run_)                                                \
	{                                                                                   \
		.name = name_, .operands = { { OPERAND_FILE } }, .help = help_,             \
		.takes = VERB_JSON | VERB_ACT | VERB_KEY, .options = options_, .run = run_, \
	}

const struct verb import_verbs[] = {
	IMPORT("resident import", N_("Register residents from a table (CSV; UTF-8 or GB18030)"),
		resident_options, import_residents),
	IMPORT("title import", N_("Add and change titles from a table"), options, import_titles),
	IMPORT("item import", N_("Add and change items from a table"), item_options, import_items),
	IMPORT("loan import", N_("Enter the loans of an older system from a table"), options,
		import_loans),
	IMPORT("points import", N_("Carry the points of an older list over, as opening balances"),
		options, import_points),
	{ 0 },
};
