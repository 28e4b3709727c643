#include "core/store/migrate.h"

#include "core/store/backup.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

int migrate_latest(void)
{
	return migration_count;
}

static int check_foreign_keys(struct db *db, const char *name, struct err *err)
{
	int64_t rows = 0;

	TRY(store_pragma_int(db, "SELECT count(*) FROM pragma_foreign_key_check", &rows, err));
	if (rows)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
			"%s leaves %lld rows without what they refer to", name, (long long)rows);
	return 0;
}

/* The script and the version it leads to, in one transaction. */
static int run_one(struct db *db, int index, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(mem_free) char *version = mem_printf("PRAGMA user_version = %d", index + 1);

	TRY(txn_begin(&t, db, err));
	TRY(store_exec(db, migrations[index].sql, err));
	TRY(check_foreign_keys(db, migrations[index].name, err));
	TRY(store_exec(db, version, err));
	return txn_commit(&t, err);
}

static int back_up_first(struct db *db, int64_t version, struct err *err)
{
	CLEANUP(mem_free) char *to = mem_printf("%s.before-%d", db->path, migration_count);

	if (version == 0 || db->lock_fd < 0)
		return 0;
	return backup_write(db, to, true, err);
}

int migrate_up(struct db *db, struct err *err)
{
	int64_t version = 0;

	TRY(store_pragma_int(db, "PRAGMA user_version", &version, err));
	TRY(back_up_first(db, version, err));
	/* A pragma of no effect inside a transaction, so it stands outside. */
	TRY(store_exec(db, "PRAGMA foreign_keys = OFF", err));
	int r = 0;
	for (int i = (int)version; i < migration_count && r == 0; i++)
		r = run_one(db, i, err);
	if (r < 0)
		return r;
	return store_exec(db, "PRAGMA foreign_keys = ON", err);
}
