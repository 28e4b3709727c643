#include "core/store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/reasons.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

int store_sync_path(const char *path, int flags, struct err *err)
{
	int fd = open(path, flags | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);
	int saved = errno;

	if (fd >= 0)
		close(fd);
	if (r < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s",
			strerror(saved));
	return 0;
}

static int read_end(struct db *db, int64_t *ret_seq, struct err *err)
{
	return store_pragma_int(db, "SELECT ifnull(max(seq), 0) FROM journal", ret_seq, err);
}

/* Reads the copy back: its structure must be whole, and its journal must end where ours did at some
 * moment since it ended at `from`, because others may write meanwhile. */
static int check_copy(struct db *db, const char *path, int64_t from, struct err *err)
{
	sqlite3 *copy = NULL;
	sqlite3_stmt *statement = NULL;
	bool is_whole = false;
	int64_t seq = -1, upto = 0;

	TRY(read_end(db, &upto, err));
	if (sqlite3_open_v2(path, &copy, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		sqlite3_prepare_v2(copy,
			"SELECT (SELECT integrity_check FROM pragma_integrity_check LIMIT 1),"
			" (SELECT ifnull(max(seq), 0) FROM journal)",
			-1, &statement, NULL) == SQLITE_OK &&
		sqlite3_step(statement) == SQLITE_ROW) {
		const char *verdict = (const char *)sqlite3_column_text(statement, 0);
		is_whole = verdict && strcmp(verdict, "ok") == 0;
		seq = sqlite3_column_int64(statement, 1);
	}
	sqlite3_finalize(statement);
	sqlite3_close(copy);
	if (!is_whole || seq < from || seq > upto)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
			"the copy %s is not whole (journal %lld of %lld)", path, (long long)seq,
			(long long)upto);
	return 0;
}

static int copy_to(struct db *db, const char *path, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	int64_t from = 0;

	TRY(read_end(db, &from, err));
	unlink(path);
	db->permit = PERMIT_ALL;
	int rc = sqlite3_prepare_v2(db->handle, "VACUUM INTO ?1", -1, &statement, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_bind_text(statement, 1, path, -1, SQLITE_TRANSIENT);
		rc = sqlite3_step(statement);
	}
	int r = rc == SQLITE_DONE ? 0 : store_fail(db, sqlite3_extended_errcode(db->handle), err);
	db->permit = PERMIT_READ;
	sqlite3_finalize(statement);
	if (r < 0)
		return r;
	chmod(path, 0600);
	return check_copy(db, path, from, err);
}

int backup_write(struct db *db, const char *to, bool may_replace, struct err *err)
{
	CLEANUP(mem_free) char *part = mem_printf("%s.part", to);
	CLEANUP(mem_free) char *folder = mem_text(to);

	if (!may_replace && access(to, F_OK) == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STORE_EXISTS, to));
	int r = copy_to(db, part, err);
	if (r == 0)
		r = store_sync_path(part, O_RDONLY, err);
	if (r == 0 && rename(part, to) < 0)
		r = err_setf(
			err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, to), "%s", strerror(errno));
	if (r < 0) {
		unlink(part);
		return r;
	}
	return store_sync_path(dirname(folder), O_RDONLY | O_DIRECTORY, err);
}
