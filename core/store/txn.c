#include <assert.h>

#include "core/store/internal.h"

static int step(struct db *db, sqlite3_stmt *statement)
{
	int rc = sqlite3_step(statement);

	sqlite3_reset(statement);
	return rc == SQLITE_DONE ? SQLITE_OK : sqlite3_extended_errcode(db->handle);
}

int txn_begin(struct txn *t, struct db *db, struct err *err)
{
	bool is_owner = db->txn_depth == 0;

	if (is_owner) {
		TRY(lock_take(db, err));
		int rc = step(db, db->begin);
		if (rc != SQLITE_OK) {
			lock_release(db);
			return store_fail(db, rc, err);
		}
	}
	db->txn_depth++;
	*t = (struct txn){ .db = db, .is_owner = is_owner };
	return 0;
}

/* Prepared at open: short of memory, compiling "ROLLBACK" could fail just when it is needed. */
static void roll_back(struct db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		step(db, db->rollback);
}

int txn_commit(struct txn *t, struct err *err)
{
	struct db *db = t->db;
	int rc = SQLITE_OK;

	assert(db && db->txn_depth > 0);
	t->db = NULL;
	db->txn_depth--;
	if (!t->is_owner)
		return 0;
	rc = step(db, db->commit);
	if (rc != SQLITE_OK)
		store_fail(db, rc, err); /* read before the rollback */
	roll_back(db);
	lock_release(db);
	if (rc != SQLITE_OK) {
		err->code = ERR_UNSURE; /* beside what the store said */
		err->reasons[err->reason_count++] = REASON(STORE_UNSURE);
		return ERR_UNSURE;
	}
	return 0;
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
