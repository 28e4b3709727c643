#include "core/store/replay.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal.h"
#include "core/store/open.h"
#include "core/store/reasons.h"

#define COLUMNS_MAX 64

static int misfit(struct db *db, int64_t seq, const char *table, struct err *err)
{
	return err_setf(err, ERR_STORAGE, reason_with_text(REASON_STORE_DAMAGED, db->path, seq),
		"the change of %s in journal row %" PRId64 " does not fit", table, seq);
}

static struct field field_from(const char *name, const json_t *value)
{
	if (json_is_integer(value))
		return F_INT(name, json_integer_value(value));
	return F_TEXT(name, json_string_value(value));
}

static int fields_from(const json_t *row, struct field *out, int max)
{
	const char *name;
	json_t *value;
	int count = 0;

	json_object_foreach((json_t *)row, name, value)
	{
		if (count == max)
			return -1;
		out[count++] = field_from(name, value);
	}
	return count;
}

/* The names come from a journal that may have been tampered with, so only names that the schema has
 * are put into a statement. */
static bool are_columns(
	struct db *scratch, const char *table, const struct field *fields, int count)
{
	for (int i = 0; i < count; i++)
		if (sqlite3_table_column_metadata(scratch->handle, "main", table, fields[i].name,
			    NULL, NULL, NULL, NULL, NULL) != SQLITE_OK)
			return false;
	return true;
}

static char *sql_for(char op, const char *table, const struct field *fields, int count)
{
	char *sql = NULL;
	size_t size;
	FILE *out = open_memstream(&sql, &size);

	if (op == '+') {
		fprintf(out, "INSERT INTO %s (id", table);
		for (int i = 0; i < count; i++)
			fprintf(out, ", %s", fields[i].name);
		fputs(") VALUES (:id", out);
		for (int i = 0; i < count; i++)
			fprintf(out, ", :%s", fields[i].name);
		fputs(")", out);
	} else if (op == '=') {
		fprintf(out, "UPDATE %s SET ", table);
		for (int i = 0; i < count; i++)
			fprintf(out, "%s%s = :%s", i ? ", " : "", fields[i].name, fields[i].name);
		fputs(" WHERE id = :id", out);
	} else {
		fprintf(out, "DELETE FROM %s WHERE id = :id", table);
	}
	fclose(out);
	return sql;
}

static int apply(struct db *scratch, int64_t seq, char op, const char *table, int64_t id,
	const json_t *row, struct err *err)
{
	struct field fields[COLUMNS_MAX + 2] = { { 0 } };
	int count = row ? fields_from(row, fields, COLUMNS_MAX) : 0;

	if (!strchr("+=-", op) || table_class_of(scratch, table) != 'd' || count < 0 ||
		(op == '=' && count == 0) || !are_columns(scratch, table, fields, count))
		return misfit(scratch, seq, table, err);
	CLEANUP(mem_free) char *sql = sql_for(op, table, fields, count);
	fields[count] = F_INT("id", id);
	if (statement_run(scratch, sql, PERMIT_DOMAIN, fields, err) < 0 ||
		sqlite3_changes(scratch->handle) != 1)
		return misfit(scratch, seq, table, err);
	return 0;
}

int replay_scratch(struct db *db, enum replay_start start, const char *path,
	struct db **ret_scratch, struct err *err)
{
	const struct migration_list first = { db->known->rows, 1 };
	CLEANUP(mem_free) char *zone = NULL;
	struct db *scratch;

	TRY(db_zone(db, &zone, err));
	TRY(store_make(path, 0, zone, db->clock, start == REPLAY_FIRST ? &first : db->known,
		&scratch, err));
	scratch->known = db->known; /* where it goes from there */
	int r = store_exec(scratch, "PRAGMA foreign_keys = OFF", err);
	if (r < 0)
		db_close(scratch);
	else
		*ret_scratch = scratch;
	return r < 0 ? r : 0;
}

struct replaying {
	struct db *scratch;
	const int64_t *seqs; /* after which row each migration ran, by version − 1 */
	int version;         /* the scratch's */
};

/* Runs the migrations that the venue ran before journal row `seq`. */
static int migrate_before(struct replaying *r, int64_t seq, struct err *err)
{
	while (r->version < r->scratch->known->count && r->seqs[r->version] < seq)
		TRY(migrate_step(r->scratch, ++r->version, err));
	return 0;
}

static int follow(void *arg, int64_t seq, char op, const char *table, int64_t id, const json_t *row,
	struct err *err)
{
	struct replaying *r = arg;

	TRY(migrate_before(r, seq, err));
	return apply(r->scratch, seq, op, table, id, row, err);
}

int replay_into(struct db *db, struct db *scratch, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(mem_free) int64_t *seqs = NULL;
	struct replaying r = { .scratch = scratch, .version = 1 };

	TRY(migrate_rows(db, &seqs, err));
	r.seqs = seqs;
	TRY(txn_begin(&t, scratch, err));
	/* The caller may have rolled back an earlier replay. */
	statements_drop(scratch);
	TRY(tables_load(scratch, err));
	TRY(journal_each_change(db, follow, &r, err));
	TRY(migrate_before(&r, INT64_MAX, err));
	TRY(migrate_check_keys(scratch, "the journal", err));
	return txn_commit(&t, err);
}

static bool same_value(sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
	int type = sqlite3_column_type(a, column);

	if (type != sqlite3_column_type(b, column))
		return false;
	if (type == SQLITE_NULL)
		return true;
	if (type == SQLITE_INTEGER)
		return sqlite3_column_int64(a, column) == sqlite3_column_int64(b, column);
	size_t size = (size_t)sqlite3_column_bytes(a, column);
	if (size != (size_t)sqlite3_column_bytes(b, column))
		return false;
	/* The address of an empty value may be NULL. */
	return size == 0 ||
	       memcmp(sqlite3_column_blob(a, column), sqlite3_column_blob(b, column), size) == 0;
}

static bool same_row(sqlite3_stmt *a, sqlite3_stmt *b)
{
	int columns = sqlite3_column_count(a);

	if (columns != sqlite3_column_count(b))
		return false;
	for (int i = 0; i < columns; i++)
		if (!same_value(a, b, i))
			return false;
	return true;
}

/* Returns 1 and *ret_id when a row differs or exists on one side only. */
static int compare_table(
	struct db *db, struct db *scratch, const char *table, int64_t *ret_id, struct err *err)
{
	CLEANUP(mem_free) char *sql = mem_printf("SELECT * FROM %s ORDER BY id", table);
	CLEANUP(query_close) struct query ours = QUERY_INIT;
	CLEANUP(query_close) struct query theirs = QUERY_INIT;

	TRY(query_open(&ours, db, sql, NO_FIELDS, err));
	TRY(query_open(&theirs, scratch, sql, NO_FIELDS, err));
	for (;;) {
		int a = query_next(&ours, err);
		if (a < 0)
			return a;
		int b = query_next(&theirs, err);
		if (b < 0)
			return b;
		if (a == 0 && b == 0)
			return 0;
		if (a == 1 && b == 1 && same_row(ours.statement->handle, theirs.statement->handle))
			continue;
		int64_t one = a ? query_int(&ours, "id") : INT64_MAX;
		int64_t other = b ? query_int(&theirs, "id") : INT64_MAX;
		*ret_id = one < other ? one : other;
		return 1;
	}
}

int replay_compare(
	struct db *db, struct db *scratch, struct replay_difference *ret, struct err *err)
{
	struct replay_difference difference = { 0 };

	for (int i = 0; i < db->table_count && !difference.table[0]; i++) {
		const struct table_class *t = &db->tables[i];
		if (t->class != 'd')
			continue;
		int r = compare_table(db, scratch, t->name, &difference.id, err);
		if (r < 0)
			return r;
		if (r == 1)
			memcpy(difference.table, t->name, sizeof(difference.table));
	}
	*ret = difference;
	return 0;
}

static int wrong(struct db *db, const char *what, struct err *err)
{
	return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path), "%s", what);
}

static int check_integrity(struct db *db, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	int64_t orphans = 0;
	int r = 0;

	db->permit = PERMIT_ALL;
	int rc = sqlite3_prepare_v2(db->handle, "PRAGMA integrity_check(1)", -1, &statement, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(statement);
	db->permit = PERMIT_READ;
	if (rc != SQLITE_ROW)
		r = store_fail(db, sqlite3_extended_errcode(db->handle), err);
	else if (strcmp((const char *)sqlite3_column_text(statement, 0), "ok") != 0)
		r = wrong(db, (const char *)sqlite3_column_text(statement, 0), err);
	sqlite3_finalize(statement);
	if (r < 0)
		return r;
	TRY(store_pragma_int(db, "SELECT count(*) FROM pragma_foreign_key_check", &orphans, err));
	return orphans ? wrong(db, "rows refer to rows that are not there", err) : 0;
}

int replay_check_structure(struct db *db, struct db *fresh, struct err *err)
{
	static const char sql[] = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE "
				  "'sqlite_%' ORDER BY type, name";
	CLEANUP(query_close) struct query ours = QUERY_INIT;
	CLEANUP(query_close) struct query theirs = QUERY_INIT;
	CLEANUP(mem_free) int64_t *seqs = NULL;

	TRY(check_integrity(db, err));
	TRY(query_open(&ours, db, sql, NO_FIELDS, err));
	TRY(query_open(&theirs, fresh, sql, NO_FIELDS, err));
	for (;;) {
		int a = query_next(&ours, err);
		if (a < 0)
			return a;
		int b = query_next(&theirs, err);
		if (b < 0)
			return b;
		if (a == 0 && b == 0)
			return migrate_rows(db, &seqs, err);
		if (a == 1 && b == 1 && same_row(ours.statement->handle, theirs.statement->handle))
			continue;
		CLEANUP(mem_free)
		char *what = mem_printf("the schema differs at %s",
			b ? query_text0(&theirs, "name") : query_text0(&ours, "name"));
		return wrong(db, what, err);
	}
}
