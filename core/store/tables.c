/* Which tables there are, and what each statement may write to them. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/store/db.h"
#include "core/store/internal.h"

int store_has_column(struct db *db, const char *table, const char *column, struct err *err)
{
	CLEANUP(mem_free)
	char *sql = mem_printf(
		"SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'", table, column);
	int64_t count = 0;

	TRY(store_pragma_int(db, sql, &count, err));
	return count > 0;
}

/* The class that a table must have to be written under a permit. */
static char class_for(enum permit permit)
{
	switch (permit) {
	case PERMIT_STATE:
		return 's';
	case PERMIT_DOMAIN:
		return 'd';
	case PERMIT_PRIVATE:
		return 'p';
	case PERMIT_READ:
	case PERMIT_JOURNAL:
	case PERMIT_ALL:
		break;
	}
	return 0;
}

static bool may_write(const struct db *db, const char *table)
{
	if (db->permit == PERMIT_ALL)
		return true;
	/* AUTOINCREMENT's own bookkeeping goes with the insert that caused it. */
	if (strcmp(table, "sqlite_sequence") == 0)
		return db->permit == PERMIT_STATE;
	if (db->permit == PERMIT_JOURNAL)
		return strcmp(table, "journal") == 0;
	char class = class_for(db->permit);
	return class && table_class_of(db, table) == class;
}

/* Called for every access of every statement while it is compiled. */
int tables_authorize(void *arg, int action, const char *a, const char *b, const char *database,
	const char *trigger)
{
	const struct db *db = arg;

	(void)b;
	(void)database;
	(void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
		return SQLITE_OK;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return may_write(db, a) ? SQLITE_OK : SQLITE_DENY;
	case SQLITE_PRAGMA:
		if (strcmp(a, "data_version") == 0)
			return SQLITE_OK;
		return db->permit == PERMIT_ALL ? SQLITE_OK : SQLITE_DENY;
	default: /* DDL, ATTACH … */
		return db->permit == PERMIT_ALL ? SQLITE_OK : SQLITE_DENY;
	}
}

char table_class_of(const struct db *db, const char *table)
{
	for (int i = 0; i < db->table_count; i++)
		if (strcmp(db->tables[i].name, table) == 0)
			return db->tables[i].class;
	return 0;
}

/* Does this private table have a salt? In older schemas none has. */
static int load_binding(struct db *db, struct table_class *row, struct err *err)
{
	int rc = sqlite3_table_column_metadata(
		db->handle, "main", row->name, "salt", NULL, NULL, NULL, NULL, NULL);

	/* SQLITE_ERROR: no such column. */
	row->is_bound = rc == SQLITE_OK;
	return rc == SQLITE_OK || rc == SQLITE_ERROR ? 0 : store_fail(db, rc, err);
}

int tables_load(struct db *db, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	db->table_count = 0;
	TRY(query_open(&q, db, "SELECT name, class FROM table_class", NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		const char *class = query_text0(&q, "class");
		assert(db->table_count < TABLES_MAX);
		struct table_class *row = &db->tables[db->table_count++];
		*row = (struct table_class){ .class =
						     strcmp(class, "store") == 0 ? 't' : class[0] };
		snprintf(row->name, sizeof(row->name), "%s", query_text0(&q, "name"));
		if (row->class == 'p')
			TRY(load_binding(db, row, err));
	}
	return r;
}
