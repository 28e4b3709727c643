#include "core/exchange/import.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/cell.h"
#include "core/exchange/import_row.h"
#include "core/exchange/import_skip.h"
#include "core/exchange/reasons.h"
#include "core/exchange/seen.h"
#include "core/exchange/table.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/store/reasons.h"

struct later {
	int row;
	int64_t id;
};

struct importing {
	struct db *db;
	const struct act *act;
	const struct import *what;
	const struct import_kind *kind;
	const struct column_list *columns;
	struct table *table;
	int at[EXCHANGE_COLUMNS_MAX]; /* the file's column of each, or −1 */
	struct import_report *report;
	bool *is_bad; /* by row */
	int bad_count;

	/* of this round over all lines */
	struct seen seen;
	struct later *later;
	int later_count, later_room;

	/* of the line at hand */
	int row, acts;
	int faults_before;
	char *cells[EXCHANGE_COLUMNS_MAX];
};

static const struct import_kind *const kinds[EXCHANGE_COUNT] = {
	[EXCHANGE_RESIDENTS] = &import_residents_kind,
	[EXCHANGE_TITLES] = &import_titles_kind,
	[EXCHANGE_ITEMS] = &import_items_kind,
	[EXCHANGE_LOANS] = &import_loans_kind,
	[EXCHANGE_POINTS] = &import_points_kind,
};

const char *import_change_name(enum import_change change)
{
	static const char *const names[] = { "same", "changed", "added", "bad" };

	static_assert(ARRAY_LEN(names) == IMPORT_CHANGE_COUNT, "a name each");
	return names[change];
}

/* ---- for the kinds ---- */

struct db *import_db(const struct importing *im)
{
	return im->db;
}

const struct import *import_what(const struct importing *im)
{
	return im->what;
}

const char *import_cell(const struct importing *im, int column)
{
	return im->cells[column];
}

/* A key of its own for each act of each row, drawn from the import's: a repeat repeats act by act.
 */
struct act import_act(struct importing *im, int64_t occurred_at)
{
	static const unsigned char zero[ACT_KEY_SIZE];
	struct act act = *im->act;
	int place[2] = { im->row, im->acts++ };

	act.occurred_at = occurred_at;
	if (memcmp(act.key, zero, sizeof(zero)) != 0)
		crypto_generichash(act.key, ACT_KEY_SIZE, (const unsigned char *)place,
			sizeof(place), im->act->key, ACT_KEY_SIZE);
	return act;
}

void import_fault(struct importing *im, int column, struct reason reason)
{
	struct import_report *report = im->report;
	bool is_there = column >= 0 && im->at[column] >= 0;

	report->faults = mem_resize(
		report->faults, ((size_t)report->fault_count + 1) * sizeof(*report->faults));
	report->faults[report->fault_count++] = (struct import_fault){
		.line = table_line(im->table, im->row),
		.column = is_there ? im->at[column] + 1 : 0,
		.header = is_there ? im->columns->rows[column].name : "",
		.reason = reason,
	};
}

bool import_has_fault(const struct importing *im)
{
	return im->report->fault_count > im->faults_before;
}

/* The column that a reason is about, or −1. */
static int column_of(const struct importing *im, const struct reason *reason)
{
	static const struct {
		int code;
		const char *column;
	} known[] = {
		{ REASON_CATEGORY_UNKNOWN, "category" },
		{ REASON_NUMBER_TAKEN, "number" },
		{ REASON_PERSON_EXISTS, "name" },
		{ REASON_TITLE_SEVERAL, "name" },
		{ REASON_PART_TOO_MANY, "parts" },
		{ REASON_OWNER_TWICE, "owners" },
		{ REASON_KIT_NESTED, "kit" },
		{ REASON_ITEM_IN_KIT, "kit" },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (known[i].code == reason->code)
			return column_called(im->columns, known[i].column);
	return column_called(im->columns, reason->text);
}

/* About this line; everything else ends the import. */
static bool is_about_line(const struct err *err)
{
	static const int about_more[] = { REASON_ROLE_NEEDED, REASON_KEY_REUSED,
		REASON_WHY_NEEDED };

	if (err->code != ERR_INVALID && err->code != ERR_NOT_FOUND && err->code != ERR_REFUSED)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(about_more); i++)
		if (err_has(err, about_more[i]))
			return false;
	return true;
}

int import_note(struct importing *im, const struct err *fault, struct err *err)
{
	if (!is_about_line(fault)) {
		*err = *fault;
		return (int)fault->code;
	}
	for (int i = 0; i < fault->reason_count; i++)
		import_fault(im, column_of(im, &fault->reasons[i]), fault->reasons[i]);
	return 0;
}

static struct import_line *line_at_hand(struct importing *im)
{
	return &im->report->lines[im->row - 1];
}

void import_changed(struct importing *im, int column)
{
	struct import_line *line = line_at_hand(im);
	CLEANUP(mem_free) char *before = line->columns;

	line->columns =
		mem_printf("%s%s%s", before, *before ? ", " : "", im->columns->rows[column].name);
}

bool import_has_changed(const struct importing *im)
{
	return *im->report->lines[im->row - 1].columns != '\0';
}

bool import_is_first(struct importing *im, int column, int64_t id)
{
	int before = seen_row(&im->seen, id);

	if (before < 0) {
		seen_note(&im->seen, id, im->row);
		return true;
	}
	import_fault(im, column, REASON(LINE_REPEATED, .n1 = table_line(im->table, before)));
	return false;
}

bool import_has_seen(const struct importing *im, int64_t id)
{
	return seen_row(&im->seen, id) >= 0;
}

void import_later(struct importing *im, int64_t id)
{
	if (im->later_count == im->later_room) {
		im->later_room = im->later_room ? im->later_room * 2 : 64;
		im->later = mem_resize(im->later, (size_t)im->later_room * sizeof(*im->later));
	}
	im->later[im->later_count++] = (struct later){ im->row, id };
}

static const char *name_of(const struct importing *im, int column)
{
	return im->columns->rows[column].name;
}

void import_integer(struct importing *im, int column, int64_t min, int64_t max, int64_t *ret)
{
	const char *cell = import_cell(im, column);
	long long n = 0;
	struct err err = { 0 };

	if (!*cell)
		return;
	if (text_integer(cell, name_of(im, column), min, max, &n, &err) < 0)
		import_fault(im, column, err.reasons[0]);
	else
		*ret = n;
}

void import_fen(struct importing *im, int column, int64_t *ret)
{
	const char *cell = import_cell(im, column);
	struct err err = { 0 };

	if (*cell && cell_fen(cell, name_of(im, column), ret, &err) < 0)
		import_fault(im, column, err.reasons[0]);
}

void import_yes(struct importing *im, int column, bool *ret)
{
	const char *cell = import_cell(im, column);
	struct err err = { 0 };

	if (*cell && cell_yes(cell, name_of(im, column), ret, &err) < 0)
		import_fault(im, column, err.reasons[0]);
}

void import_date(struct importing *im, int column, char ret[11])
{
	const char *cell = import_cell(im, column);
	struct err err = { 0 };
	struct day day;

	if (!*cell)
		return;
	if (cell_day(cell, name_of(im, column), &day, &err) < 0)
		import_fault(im, column, err.reasons[0]);
	else
		day_format(day, ret);
}

void import_instant(struct importing *im, int column, int seconds_alone, int64_t *ret)
{
	const char *cell = import_cell(im, column);
	struct err err = { 0 };
	int64_t at;

	if (!*cell)
		return;
	if (cell_instant(cell, name_of(im, column), seconds_alone, &at, &err) < 0)
		import_fault(im, column, err.reasons[0]);
	else if (at > db_now(im->db))
		import_fault(im, column, REASON_TEXT(DATE_BAD, name_of(im, column)));
	else
		*ret = at;
}

/* ---- the header ---- */

static void note_unknown(struct import_report *report, const char *header)
{
	CLEANUP(mem_free) char *before = report->unknown_columns;
	CLEANUP(mem_free) char *shown = text_fit(header, 40);

	report->unknown_columns = mem_printf("%s%s%s", before, *before ? ", " : "", shown);
}

/* The first of two columns with one meaning counts. */
static int read_header(struct importing *im, struct err *err)
{
	assert(im->columns->count <= EXCHANGE_COLUMNS_MAX);
	for (int i = 0; i < im->columns->count; i++)
		im->at[i] = -1;
	for (int i = 0; i < table_columns(im->table, 0); i++) {
		CLEANUP(mem_free) char *header = cell_plain(table_cell(im->table, 0, i));
		int column = column_called(im->columns, header);
		if (column >= 0 && im->at[column] < 0)
			im->at[column] = i;
		else if (*header && !import_skip_is_reason(header))
			note_unknown(im->report, header);
	}
	const char *needed = im->columns->rows[im->kind->needed].name;
	if (im->at[im->kind->needed] < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(COLUMN_MISSING, needed));
	return 0;
}

/* ---- one line ---- */

static void drop_cells(struct importing *im)
{
	for (int i = 0; i < im->columns->count; i++)
		mem_free(&im->cells[i]);
}

static void read_cells(struct importing *im)
{
	for (int i = 0; i < im->columns->count; i++) {
		const struct column *column = &im->columns->rows[i];
		if (table_cell_is_endless(im->table, im->row, im->at[i])) {
			import_fault(im, i,
				reason_with_text(
					REASON_TEXT_TOO_LONG, column->name, TABLE_CELL_MAX));
			im->cells[i] = mem_text("");
			continue;
		}
		const char *cell = cell_unguard(table_cell(im->table, im->row, im->at[i]));
		im->cells[i] = column->is_text ? mem_text(cell) : cell_plain(cell);
	}
}

static void set_line(struct importing *im)
{
	struct import_line *line = line_at_hand(im);

	free(line->name);
	free(line->columns);
	*line = (struct import_line){ .line = table_line(im->table, im->row),
		.name = text_fit(im->cells[im->kind->name], 40),
		.columns = mem_text("") };
}

static void mark_bad(struct importing *im)
{
	line_at_hand(im)->change = IMPORT_BAD;
	if (im->is_bad[im->row])
		return;
	im->is_bad[im->row] = true;
	im->bad_count++;
}

/* Calls one of the kind's functions for the line at hand; its change, or an error about more. */
static int do_line(struct importing *im, int64_t later_id, struct err *err)
{
	struct err fault = { 0 };
	int r = 0;

	im->faults_before = im->report->fault_count;
	read_cells(im);
	if (later_id == 0)
		set_line(im);
	if (!import_has_fault(im))
		r = later_id ? im->kind->later(im, later_id, &fault) : im->kind->row(im, &fault);
	drop_cells(im);
	if (r < 0)
		TRY(import_note(im, &fault, err));
	if (import_has_fault(im) || r < 0)
		mark_bad(im);
	return r < 0 ? 0 : r;
}

/* Of what is new no column is told. */
static void set_change(struct importing *im, enum import_change change)
{
	struct import_line *line = line_at_hand(im);

	line->change = change;
	if (change == IMPORT_ADDED)
		*line->columns = '\0';
}

/* ---- the whole ---- */

static int do_lines(struct importing *im, struct err *err)
{
	for (im->row = 1; im->row < table_rows(im->table); im->row++) {
		if (im->is_bad[im->row])
			continue;
		im->acts = 0;
		int change = do_line(im, 0, err);
		if (change < 0)
			return change;
		if (!im->is_bad[im->row])
			set_change(im, (enum import_change)change);
	}
	for (int i = 0; i < im->later_count; i++) {
		im->row = im->later[i].row;
		if (im->is_bad[im->row])
			continue;
		im->acts = 100; /* behind those of the line itself */
		int change = do_line(im, im->later[i].id, err);
		if (change < 0)
			return change;
		if (change == IMPORT_CHANGED && line_at_hand(im)->change != IMPORT_CHANGED)
			set_change(im, line_at_hand(im)->change == IMPORT_ADDED ? IMPORT_ADDED
										: IMPORT_CHANGED);
	}
	return 0;
}

static int compare_faults(const void *a, const void *b)
{
	const struct import_fault *x = a, *y = b;

	return x->line != y->line ? x->line - y->line : x->column - y->column;
}

static void sort_faults(struct import_report *report)
{
	if (report->fault_count > 1)
		qsort(report->faults, (size_t)report->fault_count, sizeof(*report->faults),
			compare_faults);
}

/* A line can only turn bad, so this ends: lines that stood on a bad one fall with it, and no line
 * that failed half-way is part of the round that is kept. */
static int do_round(struct importing *im, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	int bad_before = im->bad_count;

	seen_finish(&im->seen);
	im->later_count = 0;
	TRY(txn_begin(&t, im->db, err));
	TRY(do_lines(im, err));
	if (im->bad_count > bad_before)
		return im->what->skip_bad ? 1 : 0;
	if (im->what->is_dry_run || im->bad_count == table_rows(im->table) - 1)
		return 0;
	if (im->bad_count > 0 && !im->what->skip_bad)
		return 0;
	sort_faults(im->report);
	if (im->bad_count > 0)
		TRY(import_skip_write(im->what, im->table, im->is_bad, im->report, err));
	TRY(txn_commit(&t, err));
	im->report->is_kept = true;
	return 0;
}

static void count_lines(struct import_report *report)
{
	for (int i = 0; i < report->rows; i++)
		report->count[report->lines[i].change]++;
}

static int do_rounds(struct importing *im, struct err *err)
{
	struct import_report *report = im->report;
	int r;

	report->rows = table_rows(im->table) - 1;
	report->lines = mem_alloc(((size_t)report->rows + 1) * sizeof(*report->lines));
	im->is_bad = mem_alloc((size_t)table_rows(im->table) * sizeof(*im->is_bad));
	do
		r = do_round(im, err);
	while (r > 0);
	sort_faults(report);
	if (r < 0)
		return r;
	count_lines(report);
	if (im->bad_count > 0 && !report->is_kept && !(im->what->is_dry_run && im->what->skip_bad))
		return err_set(err, ERR_REFUSED, REASON(IMPORT_FAULTS, .n1 = im->bad_count));
	return 0;
}

static void importing_finish(struct importing *im)
{
	db_set_wide(im->db, false);
	table_close(im->table);
	seen_finish(&im->seen);
	free(im->later);
	free(im->is_bad);
}

int import_table(struct db *db, const struct act *act, const struct import *what,
	struct import_report *ret, struct err *err)
{
	CLEANUP(importing_finish)
	struct importing im = { .db = db,
		.act = act,
		.what = what,
		.kind = kinds[what->kind],
		.columns = &exchange_columns[what->kind],
		.report = ret };

	*ret = (struct import_report){ .encoding = "", .unknown_columns = mem_text("") };
	TRY(table_open(what->path, &im.table, err));
	ret->encoding = table_encoding(im.table);
	if (table_rows(im.table) == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, what->path));
	TRY(read_header(&im, err));
	db_set_wide(db, true);
	return do_rounds(&im, err);
}

void import_report_finish(struct import_report *report)
{
	for (int i = 0; report->lines && i < report->rows; i++) {
		free(report->lines[i].name);
		free(report->lines[i].columns);
	}
	free(report->lines);
	free(report->unknown_columns);
	free(report->faults);
	*report = (struct import_report){ 0 };
}
