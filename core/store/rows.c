#include "core/store/rows.h"

#include <stdlib.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

#define COLUMNS_MAX 48

/* A query that is being read as rows of one type. */
struct reading {
	struct query query;
	const struct row_type *type;
	int at[COLUMNS_MAX]; /* where the query has each column; those of nested rows in their place
			      */
	int count;
};

static void reading_close(struct reading *r)
{
	query_close(&r->query);
}

static void look_up(struct reading *r, const struct row_type *type)
{
	for (int i = 0; i < type->count; i++) {
		const struct column *column = &type->columns[i];
		if (column->kind == COLUMN_NESTED)
			look_up(r, column->nested);
		if (column->kind >= COLUMN_OWNED)
			continue;
		assert(r->count < COLUMNS_MAX);
		r->at[r->count++] = query_column(&r->query, column->name);
	}
}

static int reading_open(struct reading *r, struct db *db, const struct row_type *type,
	const char *sql, const struct field *params, struct err *err)
{
	*r = (struct reading){ .type = type };
	TRY(query_open(&r->query, db, sql, params, err));
	look_up(r, type);
	return 0;
}

/* ---- one column ---- */

/* Members are written by bytes: their types are not known here. */
static void *member_of(void *row, const struct column *column)
{
	return (char *)row + column->offset;
}

static void put_integer(enum column_kind kind, int64_t value, void *member)
{
	if (kind == COLUMN_INT64)
		memcpy(member, &value, sizeof(value));
	else if (kind == COLUMN_BOOL)
		memcpy(member, &(bool){ value != 0 }, sizeof(bool));
	else
		memcpy(member, &(int){ (int)value }, sizeof(int));
}

static bool is_word(const char *word, const char *text)
{
	return word && text ? strcmp(word, text) == 0 : word == text;
}

static int put_named(const struct query *q, const struct column *column, const char *text,
	void *member, struct err *err)
{
	assert(column->size == sizeof(int));
	for (int i = 0; i < column->word_count; i++) {
		if (!is_word(column->words[i], text))
			continue;
		memcpy(member, &i, sizeof(i));
		return 0;
	}
	return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db_path(q->db)),
		"%s is \"%s\"", column->name, text ? text : "");
}

static int put_day(const char *text, void *member, struct err *err)
{
	struct day day = { 0 };

	if (text)
		TRY(day_parse(text, &day, err));
	memcpy(member, &day, sizeof(day));
	return 0;
}

static void put_text(const char *text, void *member)
{
	char *copy = mem_text(text);

	memcpy(member, &copy, sizeof(copy));
}

static int put(
	const struct query *q, const struct column *column, int at, void *member, struct err *err)
{
	sqlite3_stmt *handle = q->statement->handle;
	const char *text = NULL;

	if (column->kind > COLUMN_NUMBERED)
		text = (const char *)sqlite3_column_text(handle, at);
	switch (column->kind) {
	case COLUMN_NAMED:
		return put_named(q, column, text, member, err);
	case COLUMN_DAY:
		return put_day(text, member, err);
	case COLUMN_CHARS:
		snprintf(member, column->size, "%s", text ? text : "");
		return 0;
	case COLUMN_TEXT:
		put_text(text ? text : "", member);
		return 0;
	case COLUMN_TEXT_OR_NULL:
		put_text(text, member);
		return 0;
	case COLUMN_INT64:
	case COLUMN_INT:
	case COLUMN_BOOL:
	case COLUMN_NUMBERED:
	case COLUMN_OWNED:
	case COLUMN_NESTED:
		break;
	}
	put_integer(column->kind, sqlite3_column_int64(handle, at), member);
	return 0;
}

/* ---- a row ---- */

static bool is_text(const struct column *column)
{
	return column->kind == COLUMN_TEXT || column->kind == COLUMN_TEXT_OR_NULL ||
	       column->kind == COLUMN_OWNED;
}

void row_finish(const struct row_type *type, void *row)
{
	for (int i = 0; i < type->count; i++) {
		const struct column *column = &type->columns[i];
		if (column->kind == COLUMN_NESTED)
			row_finish(column->nested, member_of(row, column));
		else if (is_text(column))
			mem_free(member_of(row, column));
	}
	memset(row, 0, type->size);
}

/* `*at` goes on to the next column that was looked up. */
static int put_all(const struct query *q, const struct row_type *type, const int **at, void *row,
	struct err *err)
{
	for (int i = 0; i < type->count; i++) {
		const struct column *column = &type->columns[i];
		if (column->kind == COLUMN_NESTED)
			TRY(put_all(q, column->nested, at, member_of(row, column), err));
		else if (column->kind != COLUMN_OWNED)
			TRY(put(q, column, *(*at)++, member_of(row, column), err));
	}
	return type->more ? type->more(q, row, err) : 0;
}

/* From the current row of the query. */
static int fill(const struct reading *reading, void *row, struct err *err)
{
	const int *at = reading->at;

	memset(row, 0, reading->type->size);
	int r = put_all(&reading->query, reading->type, &at, row, err);
	if (r < 0)
		row_finish(reading->type, row);
	return r;
}

int row_read(const struct query *q, const struct row_type *type, void *ret, struct err *err)
{
	struct reading reading = { .query = *q, .type = type };

	look_up(&reading, type);
	return fill(&reading, ret, err);
}

int row_find(struct db *db, const struct row_type *type, const char *sql,
	const struct field *params, void *ret, struct err *err)
{
	CLEANUP(reading_close) struct reading reading = { 0 };

	TRY(reading_open(&reading, db, type, sql, params, err));
	int r = query_next(&reading.query, err);
	if (r > 0)
		TRY(fill(&reading, ret, err));
	return r;
}

int row_or_zero(struct db *db, const struct row_type *type, const char *sql,
	const struct field *params, void *ret, struct err *err)
{
	int r = row_find(db, type, sql, params, ret, err);

	if (r == 0)
		memset(ret, 0, type->size);
	return r < 0 ? r : 0;
}

int row_get(struct db *db, const struct row_type *type, const char *sql, const struct field *params,
	void *ret, struct reason unknown, struct err *err)
{
	int r = row_find(db, type, sql, params, ret, err);

	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, unknown);
	return r < 0 ? r : 0;
}

/* ---- a list ---- */

void rows_finish(const struct row_type *type, void *pointer_to_rows, int *count)
{
	char *rows;

	memcpy(&rows, pointer_to_rows, sizeof(rows));
	for (int i = 0; i < *count; i++)
		row_finish(type, rows + (size_t)i * type->size);
	mem_free(pointer_to_rows);
	*count = 0;
}

int rows_read(struct db *db, const struct row_type *type, const char *sql,
	const struct field *params, void *ret_rows, int *ret_count, size_t size, struct err *err)
{
	CLEANUP(reading_close) struct reading reading = { 0 };
	char *rows = NULL;
	int r, count = 0, room = 0;

	assert(size == type->size && "a list of the type's rows");
	TRY(reading_open(&reading, db, type, sql, params, err));
	while ((r = query_next(&reading.query, err)) > 0) {
		if (count == room)
			rows = mem_resize(rows, (size_t)(room = 2 * room + 4) * size);
		r = fill(&reading, rows + (size_t)count * size, err);
		if (r < 0)
			break;
		count++;
	}
	if (r < 0) {
		rows_finish(type, &rows, &count);
		return r;
	}
	memcpy(ret_rows, &rows, sizeof(rows));
	*ret_count = count;
	return 0;
}

int rows_ids(
	struct db *db, const char *sql, const struct field *params, int64_t **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	CLEANUP(mem_free) int64_t *ids = NULL;
	int r, count = 0;

	TRY(query_open(&q, db, sql, params, err));
	while ((r = query_next(&q, err)) > 0) {
		ids = mem_resize(ids, (size_t)(count + 1) * sizeof(*ids));
		ids[count++] = sqlite3_column_int64(q.statement->handle, 0);
	}
	if (r < 0)
		return r;
	*ret = TAKE(ids);
	return count;
}
