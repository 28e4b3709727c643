#include "core/exchange/import.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/exchange/cell.h"
#include "core/exchange/header.h"
#include "core/exchange/import_row.h"
#include "core/exchange/import_skip.h"
#include "core/exchange/import_told.h"
#include "core/exchange/reasons.h"
#include "core/exchange/seen.h"
#include "core/exchange/table_read.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/role_reasons.h"

#define NUMBER_MAX 999999999
#define ACTS_APART -1
#define ACTS_LATER 10000 /* more than one line's own acts ever need */

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
	int at[EXCHANGE_COLUMNS_MAX]; /* the file's column for each, or −1 */
	struct import_report *report;
	bool *is_bad, *is_left; /* by row: invalid, left out */
	int bad_count, left_count;

	/* of this round over all lines */
	struct seen seen;
	struct later *later;
	int later_count, later_room;

	/* of the current line */
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

/* A separate key for each act of each row, derived from the import's: a repeated import repeats act
 * by act. */
static struct act act_at(const struct importing *im, int index, int64_t occurred_at)
{
	static const unsigned char zero[ACT_KEY_SIZE];
	struct act act = *im->act;
	int place[2] = { im->row, index };

	act.occurred_at = occurred_at;
	if (memcmp(act.key, zero, sizeof(zero)) != 0)
		crypto_generichash(act.key, ACT_KEY_SIZE, (const unsigned char *)place,
			sizeof(place), im->act->key, ACT_KEY_SIZE);
	return act;
}

struct act import_act(struct importing *im, int64_t occurred_at)
{
	return act_at(im, im->acts++, occurred_at);
}

struct act import_act_apart(struct importing *im, int64_t occurred_at)
{
	return act_at(im, ACTS_APART, occurred_at);
}

int import_is_repeat(struct importing *im, bool *ret, struct err *err)
{
	struct act act = act_at(im, im->acts, 0);
	int64_t is_there;

	TRY(db_integer(im->db, "SELECT count(*) FROM journal WHERE key = :key",
		FIELDS(F_BLOB("key", act.key, ACT_KEY_SIZE)), 0, &is_there, err));
	*ret = is_there > 0;
	return 0;
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
			return column_called(im->columns, known[i].column, NULL);
	return *reason->text ? column_called(im->columns, reason->text, NULL) : -1;
}

/* Faults of this line; any other error ends the import. */
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

bool import_is_added(const struct importing *im)
{
	return im->report->lines[im->row - 1].change == IMPORT_ADDED;
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

static bool is_new_word(const char *cell)
{
	return strcmp(cell, "新") == 0 || text_equal_fold(cell, "new");
}

void import_number(struct importing *im, int column, int64_t *ret)
{
	*ret = 0;
	if (!is_new_word(import_cell(im, column)))
		import_integer(im, column, 1, NUMBER_MAX, ret);
}

bool import_asks(const struct importing *im, int number_column)
{
	return !im->what->is_again && !is_new_word(import_cell(im, number_column));
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
	struct day day, today = when_day(db_now(im->db));

	if (!*cell)
		return;
	if (cell_day(cell, name_of(im, column), today, &day, &err) < 0)
		import_fault(im, column, err.reasons[0]);
	else
		day_format(day, ret);
}

void import_instant(struct importing *im, int column, int seconds_alone, int64_t *ret)
{
	const char *cell = import_cell(im, column);
	struct err err = { 0 };
	struct day today = when_day(db_now(im->db));
	int64_t at;

	if (!*cell)
		return;
	if (cell_instant(cell, name_of(im, column), today, seconds_alone, &at, &err) < 0)
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

/* Titles and dates above the header, and a line that names the separator. */
static void skip_to_header(struct importing *im, int header)
{
	CLEANUP(mem_free) char *named = mem_printf("sep=%c", table_separator(im->table));

	if (table_names_separator(im->table))
		import_tell(im->report, 1, IMPORT_TOLD_SEPARATOR, named);
	for (int row = 0; row < header; row++) {
		CLEANUP(mem_free) char *text = import_row_text(im->table, row);
		import_tell(im->report, table_line(im->table, row), IMPORT_TOLD_ABOVE, text);
	}
	table_drop_above(im->table, header);
	if (table_rows(im->table) > 1 && header_goes_on(im->table, im->columns, 0, 1))
		table_join_first(im->table);
}

/* Of two columns with one meaning the first counts. */
static void read_headings(struct importing *im)
{
	for (int i = 0; i < im->columns->count; i++)
		im->at[i] = -1;
	for (int i = 0; i < table_columns(im->table, 0); i++) {
		CLEANUP(mem_free) char *heading = cell_plain(table_cell(im->table, 0, i));
		bool is_exact = true;
		int column = *heading ? column_called(im->columns, heading, &is_exact) : -1;
		if (column >= 0 && im->at[column] < 0)
			im->at[column] = i;
		else if (*heading && !import_skip_is_reason(heading))
			note_unknown(im->report, heading);
		if (column >= 0 && !is_exact)
			import_tell(
				im->report, table_line(im->table, 0), IMPORT_TOLD_HEADING, heading);
	}
}

static int read_header(struct importing *im, struct err *err)
{
	int known, header = header_find(im->table, im->columns, &known);

	assert(im->columns->count <= EXCHANGE_COLUMNS_MAX);
	skip_to_header(im, header < 0 ? 0 : header);
	read_headings(im);
	for (int i = 0; i < im->columns->count; i++)
		if (im->columns->rows[i].is_needed && im->at[i] < 0)
			return err_set(err, ERR_INVALID,
				reason_with_text(REASON_COLUMN_MISSING, im->columns->rows[i].name,
					table_line(im->table, 0)));
	return 0;
}

static bool is_number(const char *cell)
{
	CLEANUP(mem_free) char *plain = cell_plain(cell);

	return strspn(plain, "0123456789") > 0 || is_new_word(plain) ||
	       code_read(plain, strlen(plain), NULL).type == CODE_ITEM;
}

/* GJ-001: numbers from another system are not ours. If all are such, the column is left out like
 * any unknown one. */
static void drop_foreign_numbers(struct importing *im)
{
	int number = column_called(im->columns, "number", NULL), foreign = 0;

	if (number < 0 || im->at[number] < 0)
		return;
	for (int row = 1; row < table_rows(im->table); row++) {
		const char *cell = table_cell(im->table, row, im->at[number]);
		if (im->is_left[row] || !*cell)
			continue;
		if (is_number(cell))
			return;
		foreign++;
	}
	if (foreign == 0)
		return;
	note_unknown(im->report, table_cell(im->table, 0, im->at[number]));
	im->at[number] = -1;
}

/* ---- one line ---- */

static void drop_cells(struct importing *im)
{
	for (int i = 0; i < im->columns->count; i++)
		mem_free(&im->cells[i]);
}

/* The caller's. */
static char *read_cell(struct importing *im, int i, const char *cell)
{
	const struct column *column = &im->columns->rows[i];
	struct err fault = { 0 };
	char *digits;

	if (column->is_text)
		return column->is_list ? mem_text(cell) : cell_line(cell);
	char *plain = cell_plain(cell);
	if (!column->is_digits)
		return plain;
	if (cell_digits(plain, column->name, &digits, &fault) < 0) {
		import_fault(im, i, fault.reasons[0]);
		return plain;
	}
	free(plain);
	return digits;
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
		im->cells[i] =
			read_cell(im, i, cell_unguard(table_cell(im->table, im->row, im->at[i])));
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

/* Calls one of the kind's functions for the current line; returns its change, or an error that
 * concerns more than the line. */
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

/* For a new entry no changed columns are reported. */
static void set_change(struct importing *im, enum import_change change)
{
	struct import_line *line = line_at_hand(im);

	line->change = change;
	if (change == IMPORT_ADDED)
		*line->columns = '\0';
}

/* ---- the whole ---- */

static void leave_out(struct importing *im)
{
	for (im->row = 1; im->row < table_rows(im->table); im->row++) {
		enum import_told_kind kind =
			import_told_of(im->table, im->at[im->kind->name], im->row);
		if (kind == IMPORT_TOLD_NOTHING)
			continue;
		CLEANUP(mem_free) char *text = import_row_text(im->table, im->row);
		import_tell(im->report, table_line(im->table, im->row), kind, text);
		im->is_left[im->row] = true;
		im->left_count++;
		*line_at_hand(im) = (struct import_line){ table_line(im->table, im->row),
			IMPORT_LEFT_OUT, text_fit(text, 40), mem_text("") };
	}
}

static bool is_blank(const struct importing *im, int row, int column)
{
	CLEANUP(mem_free) char *cell = cell_plain(table_cell(im->table, row, im->at[column]));

	return !*cell;
}

/* A merged cell has its text in the first line only: each room below it is in the same building. */
static void fill_merged(struct importing *im)
{
	int merged = im->kind->merged, beside = im->kind->beside, above = 0;

	if (!merged || im->at[merged] < 0 || im->at[beside] < 0)
		return;
	for (int row = 1; row < table_rows(im->table); row++) {
		if (im->is_left[row])
			continue;
		if (!is_blank(im, row, merged)) {
			above = row;
			continue;
		}
		if (!above || is_blank(im, row, beside))
			continue;
		const char *text = table_cell(im->table, above, im->at[merged]);
		if (table_set_cell(im->table, row, im->at[merged], text))
			import_tell(
				im->report, table_line(im->table, row), IMPORT_TOLD_MERGED, text);
	}
}

static int do_lines(struct importing *im, struct err *err)
{
	for (im->row = 1; im->row < table_rows(im->table); im->row++) {
		if (im->is_bad[im->row] || im->is_left[im->row])
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
		im->acts = ACTS_LATER;
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

/* A line can only turn bad, so this ends: lines that depend on a bad one fail with it, and no line
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
	if (im->what->is_dry_run || im->bad_count == im->report->rows - im->left_count)
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
	im->is_left = mem_alloc((size_t)table_rows(im->table) * sizeof(*im->is_left));
	leave_out(im);
	drop_foreign_numbers(im);
	fill_merged(im);
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
	free(im->is_left);
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
	TRY(table_open(what->path, &exchange_columns[what->kind], &im.table, err));
	ret->encoding = table_encoding(im.table);
	if (table_rows(im.table) == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, what->path));
	TRY(read_header(&im, err));
	db_set_wide(db, true);
	return do_rounds(&im, err);
}
