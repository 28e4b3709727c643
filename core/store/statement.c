/* Prepared statements, cached by text and by what they may write. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/db.h"
#include "core/store/internal.h"

/* Eight bytes at a time, since some statements have a thousand. */
static unsigned hash_of(const char *sql, enum permit permit)
{
	uint64_t hash = UINT64_C(14695981039346656037) ^ permit, letters;
	size_t len = strlen(sql);

	for (size_t i = 0; i < len; i += sizeof(letters)) {
		letters = 0;
		memcpy(&letters, sql + i, len - i < sizeof(letters) ? len - i : sizeof(letters));
		hash = (hash ^ letters) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
	}
	return (unsigned)hash;
}

static int prepare(
	struct db *db, const char *sql, enum permit permit, sqlite3_stmt **ret, struct err *err)
{
	enum permit before = db->permit;

	db->permit = permit;
	int rc = sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, ret, NULL);
	db->permit = before;
	if (rc != SQLITE_OK)
		return store_fail(db, rc, err);
	assert(*ret && "an empty statement");
	return 0;
}

/* ---- names ---- */

/* The index of a name, from 0, or −1. */
static int names_find(struct names *names, const char *name)
{
	for (int i = 0; i < names->count; i++) {
		int at = names->next + i;
		if (at >= names->count)
			at -= names->count;
		if (!names->rows[at] || strcmp(names->rows[at], name) != 0)
			continue;
		names->next = at + 1;
		return at;
	}
	return -1;
}

/* Copied, since SQLite's own names last only until the statement is compiled again. */
static void names_add(struct names *names, const char *name)
{
	bool is_there = name && names_find(names, name) >= 0;

	names->rows[names->count++] = is_there ? NULL : mem_text(name);
}

static void names_finish(struct names *names)
{
	for (int i = 0; i < names->count; i++)
		free(names->rows[i]);
	free(names->rows);
}

/* Parameters are kept without their colon. */
static void read_names(struct statement *s)
{
	int parameters = sqlite3_bind_parameter_count(s->handle);
	int columns = sqlite3_column_count(s->handle);

	s->parameters.rows = mem_alloc((size_t)(parameters + 1) * sizeof(char *));
	s->columns.rows = mem_alloc((size_t)(columns + 1) * sizeof(char *));
	for (int i = 1; i <= parameters; i++) {
		const char *name = sqlite3_bind_parameter_name(s->handle, i);
		names_add(&s->parameters, name ? name + 1 : NULL);
	}
	for (int i = 0; i < columns; i++)
		names_add(&s->columns, sqlite3_column_name(s->handle, i));
}

/* ---- the cache ---- */

int statement_get(
	struct db *db, const char *sql, enum permit permit, struct statement **ret, struct err *err)
{
	unsigned hash = hash_of(sql, permit), bucket = hash % STATEMENT_BUCKETS;
	struct statement *s;

	for (s = db->statements[bucket]; s; s = s->next)
		if (!s->is_busy && s->hash == hash && s->permit == permit &&
			strcmp(s->sql, sql) == 0)
			break;
	if (!s) {
		sqlite3_stmt *handle = NULL;
		TRY(prepare(db, sql, permit, &handle, err));
		s = mem_alloc(sizeof(*s));
		*s = (struct statement){ .next = db->statements[bucket],
			.sql = mem_text(sql),
			.hash = hash,
			.permit = permit,
			.handle = handle };
		read_names(s);
		db->statements[bucket] = s;
	}
	s->is_busy = true;
	*ret = s;
	return 0;
}

void statement_release(struct statement *s)
{
	sqlite3_reset(s->handle);
	sqlite3_clear_bindings(s->handle);
	s->is_busy = false;
}

void statements_drop(struct db *db)
{
	for (int i = 0; i < STATEMENT_BUCKETS; i++) {
		while (db->statements[i]) {
			struct statement *s = db->statements[i];
			db->statements[i] = s->next;
			assert(!s->is_busy && "a query is still open");
			sqlite3_finalize(s->handle);
			names_finish(&s->parameters);
			names_finish(&s->columns);
			free(s->sql);
			free(s);
		}
	}
}

/* ---- running ---- */

static int bind_one(
	sqlite3_stmt *handle, int at, const struct field *f, sqlite3_destructor_type lifetime)
{
	switch (f->type) {
	case FIELD_INT:
		return sqlite3_bind_int64(handle, at, f->integer);
	case FIELD_TEXT:
		return sqlite3_bind_text64(handle, at, f->data, f->size, lifetime, SQLITE_UTF8);
	case FIELD_BLOB:
		return sqlite3_bind_blob64(handle, at, f->data, f->size, lifetime);
	case FIELD_NULL:
	case FIELD_END:
		break;
	}
	return sqlite3_bind_null(handle, at);
}

/* `lifetime` SQLITE_TRANSIENT: texts are copied, SQLITE_STATIC: they outlive the statement's run.
 */
static int bind(struct db *db, struct statement *s, const struct field *params,
	sqlite3_destructor_type lifetime, struct err *err)
{
	for (const struct field *f = params; f->type != FIELD_END; f++) {
		int at = names_find(&s->parameters, f->name);
		assert(at >= 0 && "no such parameter in the statement");
		int rc = bind_one(s->handle, at + 1, f, lifetime);
		if (rc != SQLITE_OK)
			return store_fail(db, rc, err);
	}
	return 0;
}

int statement_run(struct db *db, const char *sql, enum permit permit, const struct field *params,
	struct err *err)
{
	struct statement *s;
	enum permit before = db->permit;

	TRY(statement_get(db, sql, permit, &s, err));
	int r = bind(db, s, params, SQLITE_STATIC, err);
	if (r == 0) {
		int rc;
		db->permit = permit; /* a changed schema compiles the statement again in step */
		while ((rc = sqlite3_step(s->handle)) == SQLITE_ROW)
			;
		if (rc != SQLITE_DONE)
			r = store_fail(db, sqlite3_extended_errcode(db->handle), err);
		db->permit = before;
	}
	statement_release(s);
	return r;
}

int query_open(struct query *q, struct db *db, const char *sql, const struct field *params,
	struct err *err)
{
	struct statement *s;

	TRY(statement_get(db, sql, PERMIT_READ, &s, err));
	int r = bind(db, s, params, SQLITE_TRANSIENT, err);
	if (r < 0) {
		statement_release(s);
		return r;
	}
	q->db = db;
	q->statement = s;
	return 0;
}

int query_next(struct query *q, struct err *err)
{
	int rc = sqlite3_step(q->statement->handle);

	if (rc == SQLITE_ROW)
		return 1;
	if (rc == SQLITE_DONE)
		return 0;
	return store_fail(q->db, sqlite3_extended_errcode(q->db->handle), err);
}

void query_close(struct query *q)
{
	if (q->statement)
		statement_release(TAKE(q->statement));
}

int query_column(const struct query *q, const char *column)
{
	int at = names_find(&q->statement->columns, column);

	assert(at >= 0 && "no such column in the query");
	return at;
}

bool query_is_null(const struct query *q, const char *column)
{
	return sqlite3_column_type(q->statement->handle, query_column(q, column)) == SQLITE_NULL;
}

int64_t query_int(const struct query *q, const char *column)
{
	return sqlite3_column_int64(q->statement->handle, query_column(q, column));
}

const char *query_text(const struct query *q, const char *column)
{
	return (const char *)sqlite3_column_text(q->statement->handle, query_column(q, column));
}

const char *query_text0(const struct query *q, const char *column)
{
	const char *s = query_text(q, column);

	return s ? s : "";
}

const void *query_blob(const struct query *q, const char *column, size_t *ret_size)
{
	int at = query_column(q, column);
	const void *p = sqlite3_column_blob(q->statement->handle, at);

	*ret_size = (size_t)sqlite3_column_bytes(q->statement->handle, at);
	return p;
}

int db_integer(struct db *db, const char *sql, const struct field *params, int64_t fallback,
	int64_t *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	bool is_there = r == 1 && sqlite3_column_type(q.statement->handle, 0) != SQLITE_NULL;
	*ret = is_there ? sqlite3_column_int64(q.statement->handle, 0) : fallback;
	return 0;
}

int db_text(struct db *db, const char *sql, const struct field *params, char **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	const char *text = r ? (const char *)sqlite3_column_text(q.statement->handle, 0) : NULL;
	*ret = mem_text(text ? text : "");
	return r;
}
