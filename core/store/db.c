#include "core/store/db.h"

#include <errno.h>
#include <sys/stat.h>

#include "core/store/internal.h"
#include "core/store/reasons.h"

static const struct {
	int rc; /* SQLite's primary result */
	enum err_code code;
	int reason;
} meanings[] = {
	{ SQLITE_FULL, ERR_STORAGE, REASON_STORE_FULL },
	{ SQLITE_READONLY, ERR_STORAGE, REASON_STORE_READ_ONLY },
	{ SQLITE_PERM, ERR_STORAGE, REASON_STORE_READ_ONLY },
	{ SQLITE_CANTOPEN, ERR_STORAGE, REASON_STORE_READ_ONLY },
	{ SQLITE_CORRUPT, ERR_STORAGE, REASON_STORE_DAMAGED },
	{ SQLITE_NOTADB, ERR_STORAGE, REASON_STORE_NOT_OURS },
	{ SQLITE_BUSY, ERR_BUSY, REASON_STORE_BUSY },
	{ SQLITE_LOCKED, ERR_BUSY, REASON_STORE_BUSY },
};

int store_fail(struct db *db, int rc, struct err *err)
{
	enum err_code code = ERR_STORAGE;
	int reason = REASON_STORE_FAILED;

	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		if (meanings[i].rc != (rc & 0xff))
			continue;
		code = meanings[i].code;
		reason = meanings[i].reason;
	}
	if ((rc & 0xff) == SQLITE_IOERR && sqlite3_system_errno(db->handle) == ENOSPC)
		reason = REASON_STORE_FULL;
	return err_setf(err, code, reason_with_text(reason, db->path, 0), "%s (%d)",
		sqlite3_errmsg(db->handle), rc);
}

int store_exec(struct db *db, const char *sql, struct err *err)
{
	enum permit before = db->permit;

	db->permit = PERMIT_ALL;
	int rc = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
	db->permit = before;
	return rc == SQLITE_OK ? 0 : store_fail(db, sqlite3_extended_errcode(db->handle), err);
}

int store_pragma_int(struct db *db, const char *sql, int64_t *ret, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	enum permit before = db->permit;

	db->permit = PERMIT_ALL;
	int rc = sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(statement);
	db->permit = before; /* a pragma read as a table compiles a statement of its own in step */
	if (rc == SQLITE_ROW)
		*ret = sqlite3_column_int64(statement, 0);
	else if (rc == SQLITE_DONE)
		*ret = 0;
	else
		store_fail(db, sqlite3_extended_errcode(db->handle), err);
	sqlite3_finalize(statement);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : (int)err->code;
}

int64_t store_inode(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 ? (int64_t)about.st_ino : 0;
}

const struct clock *db_clock(const struct db *db)
{
	return db->clock;
}

int64_t db_now(const struct db *db)
{
	return clock_now(db->clock);
}

struct day db_today(const struct db *db)
{
	return when_day(db_now(db));
}

const char *db_path(const struct db *db)
{
	return db->path;
}

int64_t db_station(const struct db *db)
{
	return db->station;
}

void db_set_station(struct db *db, int64_t station)
{
	db->station = station;
}

void db_set_patience(struct db *db, int milliseconds)
{
	db->patience_ms = milliseconds;
}

void db_set_wide(struct db *db, bool is_wide)
{
	struct err ignored = { 0 };

	/* Only the running time depends on it. */
	store_exec(db, is_wide ? PAGES_WIDE : PAGES_USUAL, &ignored);
}

bool db_changed_outside(struct db *db)
{
	int64_t version = db->data_version;

	if (sqlite3_step(db->data_version_query) == SQLITE_ROW)
		version = sqlite3_column_int64(db->data_version_query, 0);
	sqlite3_reset(db->data_version_query);
	bool is_changed = db->data_version != 0 && version != db->data_version;
	db->data_version = version;
	return is_changed;
}
