#include <assert.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

static int step(struct db *db, sqlite3_stmt *statement)
{
	int rc = sqlite3_step(statement);

	sqlite3_reset(statement);
	return rc == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(db->handle);
}

/* Prepared at open: when memory is short, compiling "ROLLBACK" could fail just when it is needed.
 */
static void roll_back(struct db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		step(db, db->rollback);
}

/* Also for the processes after this one. */
static void doubt(struct db *db)
{
	db->is_doubtful = true;
	if (db->lock_fd >= 0)
		lock_set_doubt(db->lock_fd, true);
}

int store_checkpoint(struct db *db, int mode, struct err *err)
{
	int rc = sqlite3_wal_checkpoint_v2(db->handle, NULL, mode, NULL, NULL);

	if (rc == SQLITE_OK)
		return 0;
	int r = store_fail(db, rc, err);
	if (r != ERR_BUSY)
		doubt(db);
	return r;
}

int store_settle(struct db *db, struct err *err)
{
	int64_t version = 0;

	if (db->lock_fd < 0 || !(db->is_doubtful || lock_is_doubted(db->lock_fd)))
		return 0;
	TRY(store_checkpoint(db, SQLITE_CHECKPOINT_TRUNCATE, err));
	TRY(store_pragma_int(db, "PRAGMA user_version", &version, err));
	/* Writes the same value again: this writes a page in any case, and with it the beginning of
	 * the new WAL.
	 */
	CLEANUP(mem_free) char *any_commit = mem_printf("PRAGMA user_version = %d", (int)version);
	TRY(store_exec(db, any_commit, err));
	db->is_doubtful = false;
	lock_mark_boot(db->lock_fd);
	lock_set_doubt(db->lock_fd, false);
	return 0;
}

/* Restoring a backup puts another file in the place of this one; whatever is written on this handle
 * afterwards goes to the file that was set aside. */
static int check_place(struct db *db, struct err *err)
{
	if (db->inode == 0 || store_inode(db->path) == db->inode)
		return 0;
	return err_set(err, ERR_STORAGE, REASON_TEXT(STORE_REPLACED, db->path));
}

static int begin_locked(struct db *db, struct err *err)
{
	roll_back(db); /* in case the last one failed */
	TRY(check_place(db, err));
	TRY(store_settle(db, err));
	int rc = step(db, db->begin);
	return rc == SQLITE_OK ? 0 : store_fail(db, rc, err);
}

int txn_begin(struct txn *t, struct db *db, struct err *err)
{
	bool is_owner = db->txn_depth == 0;

	assert(!db->is_snapshot && "nothing is written inside a snapshot");
	if (is_owner) {
		db->head = (struct head){ 0 };
		TRY(lock_take(db, err));
		int r = begin_locked(db, err);
		if (r < 0) {
			lock_release(db);
			return r;
		}
	}
	db->txn_depth++;
	*t = (struct txn){ .db = db, .is_owner = is_owner };
	return 0;
}

/* An error from COMMIT means unknown, not failed, until the WAL has been restarted. */
static int commit_failed(struct db *db, struct err *err)
{
	struct err ignored;

	doubt(db);
	roll_back(db);
	if (store_settle(db, &ignored) == 0)
		return (int)err->code;
	err->code = ERR_UNSURE; /* in addition to the store's own reason */
	err->reasons[err->reason_count++] = REASON(STORE_UNSURE);
	return ERR_UNSURE;
}

/* A process that is killed in its commit leaves the doubt to the next one. */
static int commit_marked(struct db *db)
{
	bool is_shared = db->lock_fd >= 0;

	if (is_shared)
		lock_set_doubt(db->lock_fd, true);
	int rc = step(db, db->commit);
	if (is_shared && rc == SQLITE_OK)
		lock_set_doubt(db->lock_fd, false);
	return rc;
}

int txn_commit(struct txn *t, struct err *err)
{
	struct db *db = t->db;
	int r = 0;

	assert(db && db->txn_depth > 0);
	t->db = NULL;
	db->txn_depth--;
	if (!t->is_owner)
		return 0;
	int rc = commit_marked(db);
	if (rc != SQLITE_OK) {
		store_fail(db, rc, err);
		r = commit_failed(db, err);
	} else {
		tripwire_follow(db);
	}
	lock_release(db);
	return r;
}

void txn_end(struct txn *t)
{
	struct db *db = t->db;

	if (!db)
		return;
	t->db = NULL;
	db->txn_depth--;
	if (!t->is_owner)
		return;
	roll_back(db);
	lock_release(db);
}

int db_write(struct db *db, const char *sql, const struct field *params, int64_t *ret_rowid,
	struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, db, err));
	TRY(statement_run(db, sql, PERMIT_STATE, params, err));
	int64_t rowid = sqlite3_last_insert_rowid(db->handle);
	TRY(txn_commit(&t, err));
	if (ret_rowid)
		*ret_rowid = rowid;
	return 0;
}

int snapshot_begin(struct snapshot *s, struct db *db, struct err *err)
{
	int64_t version;

	if (db->is_snapshot || db->txn_depth > 0)
		return 0;
	roll_back(db); /* in case the last one failed */
	TRY(store_exec(db, "BEGIN", err));
	/* The first read fixes what the snapshot sees. */
	int r = store_pragma_int(db, "SELECT count(*) FROM sqlite_schema", &version, err);
	if (r < 0) {
		roll_back(db);
		return r;
	}
	db->is_snapshot = true;
	s->db = db;
	return 0;
}

void snapshot_end(struct snapshot *s)
{
	struct db *db = s->db;

	if (!db)
		return;
	s->db = NULL;
	db->is_snapshot = false;
	roll_back(db);
}

static int checkpoint_locked(struct db *db, bool truncate, struct err *err)
{
	TRY(store_settle(db, err));
	/* This comes first: a database that is not what it was is left as it was found, with its
	 * WAL. */
	TRY(tripwire_settle(db, err));
	return store_checkpoint(
		db, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, err);
}

int db_checkpoint(struct db *db, bool truncate, struct err *err)
{
	if (db->lock_fd < 0)
		return 0;
	TRY(lock_take(db, err));
	int r = checkpoint_locked(db, truncate, err);
	lock_release(db);
	return r;
}
