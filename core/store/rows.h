/* Rows of a query as structs. A const table says which column fills which member:
 *
 *   static const struct column line_columns[] = {
 *           COLUMN(struct fund_line, id),
 *           COLUMN_ENUM(struct fund_line, kind, kind_names),
 *           COLUMN_AS(struct fund_line, whose.body, "body"),
 *   };
 *   static const struct row_type line_rows = ROW_TYPE(struct fund_line, line_columns);
 *   LIST_FINISHER(fund_statement_finish, struct fund_statement, line_rows);
 *
 *   return rows_list(db, &line_rows, "SELECT id, …", NO_FIELDS, ret, err);
 *
 * Every column of the table must be in the query (an unknown one asserts); it is looked up once a
 * query. A member without a column is zero. Only reading is here: rows are written by acts. */
#pragma once

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "core/store/db.h"

enum column_kind {
	COLUMN_INT64, /* NULL reads as 0, as it does for the next three */
	COLUMN_INT,
	COLUMN_BOOL,
	COLUMN_NUMBERED, /* an enum that the database holds as its number */
	COLUMN_NAMED,    /* an enum that it holds as a word: any other is STORE_DAMAGED */
	COLUMN_DAY,      /* NULL reads as all zero; an invalid day is DATE_BAD */
	COLUMN_CHARS,    /* a text in an array, cut to its size; NULL reads as "" */
	COLUMN_TEXT,     /* the row's own; NULL reads as "" */
	COLUMN_TEXT_OR_NULL,
	COLUMN_OWNED, /* a text or an array that is not read but filled in later, and freed with the
			 row */
	COLUMN_NESTED, /* a member that is a row of another type, of the same query */
};

struct row_type;

struct column {
	const char *name;
	enum column_kind kind;
	size_t offset, size;
	const char *const *words; /* of COLUMN_NAMED */
	int word_count;
	const struct row_type *nested;
};

#define COLUMN_ROW(T, m, ...)                                                      \
	{                                                                          \
		.offset = offsetof(T, m), .size = sizeof(((T *)0)->m), __VA_ARGS__ \
	}
/* The kind follows from the member's type: int64_t, int, bool, a char pointer, struct day, or
 * char[11] (a day's text). */
#define COLUMN_KIND_OF(T, m) \
	_Generic(&((T *)0)->m, \
		int64_t *: COLUMN_INT64, \
		int *: COLUMN_INT, \
		bool *: COLUMN_BOOL, \
		char **: COLUMN_TEXT, \
		const char **: COLUMN_TEXT, \
		struct day *: COLUMN_DAY, \
		char(*)[11]: COLUMN_CHARS)
#define COLUMN_AS(T, m, column) COLUMN_ROW(T, m, .name = (column), .kind = COLUMN_KIND_OF(T, m))
#define COLUMN(T, m)            COLUMN_AS(T, m, #m)
/* What the type does not say: */
#define COLUMN_OR_NULL(T, m) COLUMN_ROW(T, m, .name = #m, .kind = COLUMN_TEXT_OR_NULL)
#define COLUMN_ARRAY(T, m)   COLUMN_ROW(T, m, .name = #m, .kind = COLUMN_CHARS)
#define COLUMN_TO_FILL(T, m) COLUMN_ROW(T, m, .name = #m, .kind = COLUMN_OWNED)
#define COLUMN_NUMBER(T, m)  COLUMN_ROW(T, m, .name = #m, .kind = COLUMN_NUMBERED)
/* `names` is the array of an enum's words in the database, in the order of the enum. Where it has
 * NULL, NULL means that value. */
#define COLUMN_NAMED_AS(T, m, column, names)                                       \
	COLUMN_ROW(T, m, .name = (column), .kind = COLUMN_NAMED, .words = (names), \
		.word_count = (int)(sizeof(names) / sizeof(*(names))))
#define COLUMN_ENUM(T, m, names) COLUMN_NAMED_AS(T, m, #m, names)
#define COLUMN_INNER(T, m, type) COLUMN_ROW(T, m, .kind = COLUMN_NESTED, .nested = &(type))

struct row_type {
	size_t size;
	const struct column *columns;
	int count;
	/* NULL, or fills what no single column says; after the columns. */
	int (*more)(const struct query *, void *row, struct err *err);
};
#define ROW_TYPE_MORE(T, table, fill)                                               \
	{                                                                           \
		sizeof(T), (table), (int)(sizeof(table) / sizeof(*(table))), (fill) \
	}
#define ROW_TYPE(T, table) ROW_TYPE_MORE(T, table, NULL)

/* The one row, or the first: 1 and *ret, or 0 and *ret untouched. After a failure it owns nothing.
 */
int row_find(struct db *, const struct row_type *, const char *sql, const struct field *params,
	void *ret, struct err *err);
/* The same, or a row that is all zero. */
int row_or_zero(struct db *, const struct row_type *, const char *sql, const struct field *params,
	void *ret, struct err *err);
/* The same, or ERR_NOT_FOUND with `unknown`. */
int row_get(struct db *, const struct row_type *, const char *sql, const struct field *params,
	void *ret, struct reason unknown, struct err *err);

/* All rows of the query into `list->rows` and `list->count`, in its order; the list's other members
 * stay as they are. Written only on success. */
#define rows_list(db, type, sql, params, list, err) \
	rows_read(db, type, sql, params, &(list)->rows, &(list)->count, sizeof(*(list)->rows), err)
/* What rows_list is made of. `ret_rows` points to a pointer to rows of `size` bytes. */
int rows_read(struct db *, const struct row_type *, const char *sql, const struct field *params,
	void *ret_rows, int *ret_count, size_t size, struct err *err);
/* The current row of an open query; for a loop that cannot be a list. */
int row_read(const struct query *, const struct row_type *, void *ret, struct err *err);
/* For a query that returns ids: its first column, whatever its name. *ret is the caller's
 * (mem_free). Returns how many. */
int rows_ids(
	struct db *, const char *sql, const struct field *params, int64_t **ret, struct err *err);

/* Frees the texts of a row. The row is left all zero. */
void row_finish(const struct row_type *, void *row);
/* Frees the rows of a list and their texts; the pointer is left NULL and the count 0. */
void rows_finish(const struct row_type *, void *pointer_to_rows, int *count);

/* Define these two for one type. */
#define ROW_FINISHER(function, T, type)   \
	void function(T *row)             \
	{                                 \
		row_finish(&(type), row); \
	}                                 \
	_Static_assert(sizeof(T) > 0, "takes the semicolon")
#define LIST_FINISHER(function, T, type)                         \
	void function(T *list)                                   \
	{                                                        \
		rows_finish(&(type), &list->rows, &list->count); \
		*list = (T){ 0 };                                \
	}                                                        \
	_Static_assert(sizeof(T) > 0, "takes the semicolon")
