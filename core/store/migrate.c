#include "core/store/migrate.h"

#include <errno.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/reasons.h"
#include "core/store/backup.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"
#include "core/store/seal.h"

int migrate_latest(void)
{
	return migrations_all.count;
}

int migrate_check_keys(struct db *db, const char *after, struct err *err)
{
	int64_t rows = 0;

	TRY(store_pragma_int(db, "SELECT count(*) FROM pragma_foreign_key_check", &rows, err));
	if (rows)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
			"%s leaves %" PRId64 " rows without what they refer to", after, rows);
	return 0;
}

int migrate_step(struct db *db, int version, struct err *err)
{
	const struct migration *m = &db->known->rows[version - 1];
	CLEANUP(mem_free) char *mark = mem_printf("PRAGMA user_version = %d", version);

	/* Cached statements remember columns by name, and the columns may change now. */
	statements_drop(db);
	TRY(store_exec(db, m->sql, err));
	TRY(migrate_check_keys(db, m->name, err));
	TRY(statement_run(db,
		"INSERT INTO migration (version, name, seq, ran_at)"
		" SELECT :version, :name, ifnull(max(seq), 0), :at FROM journal",
		PERMIT_ALL,
		FIELDS(F_INT("version", version), F_TEXT("name", m->name),
			F_INT("at", clock_now(db->clock))),
		err));
	TRY(store_exec(db, mark, err));
	return tables_load(db, err);
}

static int run_all(struct db *db, int64_t version, struct err *err)
{
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(txn_begin(&t, db, err));
	while (version < db->known->count)
		TRY(migrate_step(db, (int)++version, err));
	return txn_commit(&t, err);
}

/* ---- the copy of before ---- */

static int about_of(struct db *db, struct seal_about *ret, struct err *err)
{
	ret->made_at = clock_now(db->clock);
	TRY(store_pragma_int(db, "SELECT site FROM store", &ret->site, err));
	TRY(store_pragma_int(db, "SELECT epoch FROM store", &ret->epoch, err));
	return store_pragma_int(db, "SELECT max(seq) FROM journal", &ret->seq, err);
}

/* As every backup is. The secret behind the PINs is not in it: it lies beside the database, in
 * whose place the copy is put if at all. */
static int seal_copy(struct db *db, const struct recovery *recovery, const char *plain,
	const char *to, struct err *err)
{
	static const struct seal_secrets none;
	CLEANUP(mem_free) char *part = mem_printf("%s.part", to);
	struct seal_about about = { 0 };

	TRY(about_of(db, &about, err));
	int r = seal_write(plain, &none, &about, recovery, part, err);
	if (r == 0 && rename(part, to) < 0)
		r = err_setf(
			err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, to), "%s", strerror(errno));
	if (r < 0)
		unlink(part);
	return r;
}

/* A venue without a recovery key, or whose key cannot be read, gets a plain one: better than none.
 */
static int back_up_first(struct db *db, int64_t version, struct err *err)
{
	CLEANUP(mem_free) char *to = mem_printf("%s.before-%d", db->path, db->known->count);
	CLEANUP(mem_free) char *plain = mem_printf("%s.plain", to);
	CLEANUP(mem_free) char *path = mem_text(db->path);
	struct recovery recovery;
	struct err no_key;

	if (version == 0 || db->lock_fd < 0)
		return 0;
	if (recovery_open(dirname(path), &recovery, &no_key) < 0)
		return backup_write(db, to, true, err);
	int r = backup_write(db, plain, true, err);
	if (r == 0)
		r = seal_copy(db, &recovery, plain, to, err);
	unlink(plain);
	recovery_wipe(&recovery);
	return r;
}

/* ---- step by step ---- */

static int migrate_locked(struct db *db, struct err *err)
{
	int64_t version = 0;

	/* Read under the lock, since another process may just have migrated it. */
	TRY(store_pragma_int(db, "PRAGMA user_version", &version, err));
	if (version >= db->known->count)
		return 0;
	TRY(back_up_first(db, version, err));
	/* The pragma has no effect inside a transaction, so it comes before. */
	TRY(store_exec(db, "PRAGMA foreign_keys = OFF", err));
	TRY(run_all(db, version, err));
	return store_exec(db, "PRAGMA foreign_keys = ON", err);
}

int migrate_up(struct db *db, struct err *err)
{
	TRY(lock_take(db, err));
	int r = migrate_locked(db, err);
	lock_release(db);
	return r;
}

static int broken_record(struct db *db, int64_t version, struct err *err)
{
	return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
		"the record of migration %" PRId64 " does not fit", version);
}

int migrate_rows(struct db *db, int64_t **ret_seqs, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	CLEANUP(mem_free) int64_t *seqs = mem_alloc((size_t)db->known->count * sizeof(*seqs));
	struct journal_head head;
	int r, count = 0;

	TRY(journal_head(db, &head, err));
	TRY(query_open(
		&q, db, "SELECT version, seq FROM migration ORDER BY version", NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		int64_t version = query_int(&q, "version"), seq = query_int(&q, "seq");
		int64_t least = count ? seqs[count - 1] : 0;
		if (count == db->known->count || version != count + 1 || seq < least ||
			seq > head.seq || (count == 0 && seq != 0))
			return broken_record(db, version, err);
		seqs[count++] = seq;
	}
	if (r < 0)
		return r;
	if (count != db->known->count)
		return broken_record(db, count + 1, err);
	*ret_seqs = TAKE(seqs);
	return 0;
}
