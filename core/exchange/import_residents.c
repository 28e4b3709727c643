#include "core/exchange/import_residents.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/exchange/table.h"
#include "core/people/resident.h"

/* ---- columns ---- */

enum column {
	COLUMN_NAME,
	COLUMN_PHONE,
	COLUMN_BUILDING,
	COLUMN_ROOM,
	COLUMN_CATEGORY,
	COLUMN_ALIAS,
	COLUMN_NUMBER,
	COLUMN_NOTE,
	COLUMN_WALL,
	COLUMN_COUNT,
};

/* What people write over each; the first is also what a reason's text calls it. */
static const struct {
	const char *header;
	enum column column;
} headers[] = {
	{ "name", COLUMN_NAME },
	{ "phone", COLUMN_PHONE },
	{ "building", COLUMN_BUILDING },
	{ "room", COLUMN_ROOM },
	{ "category", COLUMN_CATEGORY },
	{ "alias", COLUMN_ALIAS },
	{ "number", COLUMN_NUMBER },
	{ "note", COLUMN_NOTE },
	{ "wall", COLUMN_WALL },
	{ "mobile", COLUMN_PHONE },
	{ "no", COLUMN_NUMBER },
	{ "no.", COLUMN_NUMBER },
	{ "姓名", COLUMN_NAME },
	{ "名字", COLUMN_NAME },
	{ "居民姓名", COLUMN_NAME },
	{ "电话", COLUMN_PHONE },
	{ "手机", COLUMN_PHONE },
	{ "手机号", COLUMN_PHONE },
	{ "手机号码", COLUMN_PHONE },
	{ "联系电话", COLUMN_PHONE },
	{ "电话号码", COLUMN_PHONE },
	{ "楼栋", COLUMN_BUILDING },
	{ "楼号", COLUMN_BUILDING },
	{ "栋", COLUMN_BUILDING },
	{ "楼", COLUMN_BUILDING },
	{ "房号", COLUMN_ROOM },
	{ "房间", COLUMN_ROOM },
	{ "房间号", COLUMN_ROOM },
	{ "室", COLUMN_ROOM },
	{ "类别", COLUMN_CATEGORY },
	{ "分类", COLUMN_CATEGORY },
	{ "称呼", COLUMN_ALIAS },
	{ "编号", COLUMN_NUMBER },
	{ "居民编号", COLUMN_NUMBER },
	{ "备注", COLUMN_NOTE },
	{ "上墙", COLUMN_WALL },
};

static const struct {
	const char *word;
	enum wall_name wall_name;
} wall_words[] = {
	{ "", WALL_FULL },
	{ "full", WALL_FULL },
	{ "全名", WALL_FULL },
	{ "alias", WALL_ALIAS },
	{ "称呼", WALL_ALIAS },
	{ "masked", WALL_MASKED },
	{ "匿名", WALL_MASKED },
	{ "隐名", WALL_MASKED },
};

struct import {
	struct db *db;
	const struct act *act;
	const struct import_residents *what;
	struct table *table;
	int at[COLUMN_COUNT]; /* the file's column of each, or -1 */
	struct resident_category *categories;
	int category_count;
	struct import_report *report;
};

/* A cell without what people put around a word: full-width forms, spaces, a colon. The caller's. */
static char *plain(const char *cell)
{
	CLEANUP(mem_free) char *narrow = text_narrow(cell);
	const char *from = narrow + strspn(narrow, " \t\n");
	size_t len = strlen(from);

	while (len > 0 && strchr(" \t\n:", from[len - 1]))
		len--;
	return mem_text_n(from, len);
}

static int column_called(const char *header)
{
	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		if (text_equal_fold(headers[i].header, header))
			return (int)headers[i].column;
	return -1;
}

static void note_unknown(struct import_report *report, const char *header)
{
	char *longer = mem_printf(
		"%s%s%s", report->unknown_columns, *report->unknown_columns ? ", " : "", header);

	free(report->unknown_columns);
	report->unknown_columns = longer;
}

/* The first of two columns with one meaning counts. */
static int read_header(struct import *im, struct err *err)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		im->at[i] = -1;
	for (int i = 0; i < table_columns(im->table, 0); i++) {
		CLEANUP(mem_free) char *header = plain(table_cell(im->table, 0, i));
		int column = column_called(header);
		if (column >= 0 && im->at[column] < 0)
			im->at[column] = i;
		else if (*header)
			note_unknown(im->report, header);
	}
	if (im->at[COLUMN_NAME] < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(COLUMN_MISSING, "name"));
	return 0;
}

/* ---- faults ---- */

static void add_fault(struct import *im, int row, int column, struct reason reason)
{
	struct import_report *report = im->report;

	report->faults = mem_resize(
		report->faults, ((size_t)report->fault_count + 1) * sizeof(*report->faults));
	report->faults[report->fault_count++] = (struct import_fault){
		.line = table_line(im->table, row),
		.column = column >= 0 && im->at[column] >= 0 ? im->at[column] + 1 : 0,
		.reason = reason,
	};
}

/* The column that a reason is about, or -1. */
static int column_of(const struct reason *reason)
{
	static const struct {
		enum reason_code code;
		enum column column;
	} known[] = {
		{ REASON_CATEGORY_UNKNOWN, COLUMN_CATEGORY },
		{ REASON_NUMBER_TAKEN, COLUMN_NUMBER },
		{ REASON_PERSON_EXISTS, COLUMN_NAME },
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (known[i].code == reason->code)
			return (int)known[i].column;
	return column_called(reason->text);
}

static void add_faults(struct import *im, int row, const struct err *err)
{
	for (int i = 0; i < err->reason_count; i++)
		add_fault(im, row, column_of(&err->reasons[i]), err->reasons[i]);
}

/* ---- one row ---- */

struct person {
	char *cells[COLUMN_COUNT]; /* names and notes as they came, the rest plain */
	enum wall_name wall_name;
	long long number;
	const char *category;
};

static void person_finish(struct person *person)
{
	for (int i = 0; i < COLUMN_COUNT; i++)
		free(person->cells[i]);
}

static int read_category(const struct import *im, struct person *person, struct err *err)
{
	const char *cell = person->cells[COLUMN_CATEGORY];

	person->category = im->what->category;
	if (!*cell)
		return 0;
	for (int i = 0; i < im->category_count; i++) {
		const struct resident_category *category = &im->categories[i];
		if (!text_equal_fold(category->code, cell) && strcmp(category->name, cell) != 0)
			continue;
		person->category = category->code;
		return 0;
	}
	return err_set(err, ERR_REFUSED, REASON_TEXT(CATEGORY_UNKNOWN, cell));
}

static int read_wall(struct person *person, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(wall_words); i++) {
		if (!text_equal_fold(wall_words[i].word, person->cells[COLUMN_WALL]))
			continue;
		person->wall_name = wall_words[i].wall_name;
		return 0;
	}
	return err_set(err, ERR_INVALID, REASON_TEXT(SETTING_BAD, "wall"));
}

static int read_number(struct person *person, struct err *err)
{
	const char *cell = person->cells[COLUMN_NUMBER];

	return *cell ? text_integer(cell, "number", 1, 999999999, &person->number, err) : 0;
}

/* Notes each fault; returns how many. */
static int read_person(struct import *im, int row, struct person *person)
{
	struct err err = { 0 };
	int faults = 0;

	for (int i = 0; i < COLUMN_COUNT; i++) {
		const char *cell = table_cell(im->table, row, im->at[i]);
		bool is_free = i == COLUMN_NAME || i == COLUMN_NOTE || i == COLUMN_ALIAS;
		person->cells[i] = is_free ? mem_text(cell) : plain(cell);
	}
	if (read_category(im, person, &err) < 0) {
		add_faults(im, row, &err);
		faults++;
	}
	if (read_wall(person, &err) < 0) {
		add_faults(im, row, &err);
		faults++;
	}
	if (read_number(person, &err) < 0) {
		add_faults(im, row, &err);
		faults++;
	}
	return faults;
}

/* A key of its own for each row, drawn from the import's: a repeat repeats row by row. */
static struct act act_of_row(const struct import *im, int row)
{
	static const unsigned char zero[ACT_KEY_SIZE];
	struct act act = *im->act;
	unsigned char number[sizeof(row)];

	if (memcmp(act.key, zero, sizeof(zero)) == 0)
		return act;
	memcpy(number, &row, sizeof(row));
	crypto_generichash(
		act.key, ACT_KEY_SIZE, number, sizeof(number), im->act->key, ACT_KEY_SIZE);
	return act;
}

static int import_row(struct import *im, int row, struct err *err)
{
	CLEANUP(person_finish) struct person person = { 0 };
	struct act act = act_of_row(im, row);
	struct err refused = { 0 };
	int64_t id;

	int faults = read_person(im, row, &person);
	/* Whatever is wrong so far, the rest of the row is looked at too. */
	struct resident_new resident = { .name = person.cells[COLUMN_NAME],
		.alias = person.cells[COLUMN_ALIAS],
		.phone = person.cells[COLUMN_PHONE],
		.note = person.cells[COLUMN_NOTE],
		.building = person.cells[COLUMN_BUILDING],
		.room = person.cells[COLUMN_ROOM],
		.category = person.category,
		.wall_name = person.wall_name,
		.consent_version = im->what->consent_version,
		.number = person.number };
	int r = resident_add(im->db, &act, &resident, &id, &refused);
	if (r == 0) {
		im->report->added += faults == 0;
		return 0;
	}
	bool is_about_row = r == ERR_INVALID || r == ERR_NOT_FOUND ||
			    (r == ERR_REFUSED && !err_has(&refused, REASON_ROLE_NEEDED) &&
				    !err_has(&refused, REASON_KEY_REUSED) &&
				    !err_has(&refused, REASON_WHY_NEEDED) &&
				    !err_has(&refused, REASON_BACKDATE_FUTURE));
	if (!is_about_row) {
		*err = refused;
		return r;
	}
	add_faults(im, row, &refused);
	return 0;
}

/* ---- the whole ---- */

/* Faults come line by line. */
static int bad_lines(const struct import_report *report)
{
	int lines = 0;

	for (int i = 0; i < report->fault_count; i++)
		lines += i == 0 || report->faults[i].line != report->faults[i - 1].line;
	return lines;
}

/* Everything is tried in one transaction, which a dry run or a fault rolls back: what the dry run
 * promises is what happens. */
static int import_all(struct import *im, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	struct import_report *report = im->report;

	TRY(txn_begin(&t, im->db, err));
	for (int row = 1; row < table_rows(im->table); row++) {
		report->rows++;
		TRY(import_row(im, row, err));
	}
	if (report->fault_count > 0) {
		report->added = 0;
		return err_set(err, ERR_REFUSED, REASON(IMPORT_FAULTS, .n1 = bad_lines(report)));
	}
	if (im->what->is_dry_run)
		return 0;
	return txn_commit(&t, err);
}

static void import_finish(struct import *im)
{
	table_close(im->table);
	resident_categories_finish(im->categories, im->category_count);
}

int import_residents(struct db *db, const struct act *act, const struct import_residents *what,
	struct import_report *ret, struct err *err)
{
	CLEANUP(import_finish)
	struct import im = { .db = db, .act = act, .what = what, .report = ret };

	*ret = (struct import_report){ .encoding = "", .unknown_columns = mem_text("") };
	TRY(table_open(what->path, &im.table, err));
	ret->encoding = table_encoding(im.table);
	if (table_rows(im.table) == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(FILE_EMPTY, what->path));
	TRY(read_header(&im, err));
	int count = resident_categories(db, &im.categories, err);
	if (count < 0)
		return count;
	im.category_count = count;
	return import_all(&im, err);
}

void import_report_finish(struct import_report *report)
{
	free(report->unknown_columns);
	free(report->faults);
	*report = (struct import_report){ 0 };
}
