/* Opening, making and closing a database. */
#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/outfile.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/migrate.h"
#include "core/store/open.h"
#include "core/store/reasons.h"
#include "core/store/restore.h"

/* The numbers of bits that ids have for these (doc/decisions.md, Ids). */
#define SITE_MAX  16383
#define EPOCH_MAX 127

/* "file:…?psow=0": with the default, a torn sector loses commits. */
static char *uri_of(const char *path)
{
	static const char hex[] = "0123456789ABCDEF";
	char *uri = mem_alloc(strlen(path) * 3 + 32);
	char *out = uri;

	memcpy(out, "file:", 5);
	out += 5;
	for (const unsigned char *c = (const unsigned char *)path; *c; c++) {
		if (strchr("%?#", *c)) {
			*out++ = '%';
			*out++ = hex[*c >> 4];
			*out++ = hex[*c & 15];
		} else {
			*out++ = (char)*c;
		}
	}
	memcpy(out, "?psow=0", 8);
	return uri;
}

static int open_handle(struct db *db, int flags, struct err *err)
{
	CLEANUP(mem_free) char *uri = uri_of(db->path);
	bool is_memory = strcmp(db->path, ":memory:") == 0;

	/* Nobody reads SQLite's memory statistics, for which each allocation takes a lock. Has no
	 * effect once SQLite is in use. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int rc = sqlite3_open_v2(is_memory ? ":memory:" : uri, &db->handle,
		flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK)
		return store_fail(db, rc, err);
	sqlite3_extended_result_codes(db->handle, 1);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_set_authorizer(db->handle, tables_authorize, db);
	return 0;
}

static int set_pragmas(struct db *db, struct err *err)
{
	return store_exec(db,
		"PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA recursive_triggers "
		"= ON;"
		"PRAGMA busy_timeout = 5000; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
		"PRAGMA secure_delete = ON; PRAGMA synchronous = FULL;"
		/* A checkpoint would cost a loan two more fdatasyncs, so the idle kiosk makes them
		   (db_checkpoint); this limit is for a kiosk that is never idle. */
		"PRAGMA wal_autocheckpoint = 8000;" PAGES_USUAL,
		err);
}

/* Reads the durability settings back instead of hoping. */
static int set_wal(struct db *db, struct err *err)
{
	sqlite3_stmt *statement = NULL;
	int64_t synchronous = 0;
	bool is_wal = false;

	db->permit = PERMIT_ALL;
	int rc = sqlite3_prepare_v2(db->handle, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
	db->permit = PERMIT_READ;
	if (rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
		is_wal = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
	if (rc == SQLITE_OK && !is_wal)
		rc = sqlite3_extended_errcode(db->handle);
	int r = is_wal ? 0 : store_fail(db, rc, err);
	sqlite3_finalize(statement);
	if (r < 0)
		return r;
	TRY(store_pragma_int(db, "PRAGMA synchronous", &synchronous, err));
	if (synchronous != 2)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_FAILED, db->path),
			"synchronous is %lld", (long long)synchronous);
	return 0;
}

static int prepare_ends(struct db *db, struct err *err)
{
	const struct {
		const char *sql;
		sqlite3_stmt **statement;
	} all[] = { { "BEGIN IMMEDIATE", &db->begin }, { "COMMIT", &db->commit },
		{ "ROLLBACK", &db->rollback }, { "PRAGMA data_version", &db->data_version_query } };

	db->permit = PERMIT_ALL;
	int rc = SQLITE_OK;
	for (size_t i = 0; i < ARRAY_LEN(all) && rc == SQLITE_OK; i++)
		rc = sqlite3_prepare_v3(db->handle, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT,
			all[i].statement, NULL);
	db->permit = PERMIT_READ;
	return rc == SQLITE_OK ? 0 : store_fail(db, rc, err);
}

/* Every released version has the table `migration`; trial versions from before have none. */
static int check_released(struct db *db, struct err *err)
{
	int rc = sqlite3_table_column_metadata(
		db->handle, "main", "migration", NULL, NULL, NULL, NULL, NULL, NULL);

	if (rc == SQLITE_ERROR)
		return err_set(err, ERR_STORAGE, REASON_TEXT(STORE_TRIAL, db->path));
	return rc == SQLITE_OK ? 0 : store_fail(db, rc, err);
}

/* Is it one of our files, and not from a newer program? */
static int check_identity(struct db *db, int64_t *ret_version, struct err *err)
{
	int64_t application = 0, version = 0;

	TRY(store_pragma_int(db, "PRAGMA application_id", &application, err));
	TRY(store_pragma_int(db, "PRAGMA user_version", &version, err));
	if (application != MIGRATE_APPLICATION_ID || version < 1)
		return err_set(err, ERR_STORAGE, REASON_TEXT(STORE_NOT_OURS, db->path));
	TRY(check_released(db, err));
	if (version > db->known->count)
		return err_set(err, ERR_STORAGE,
			REASON(STORE_NEWER, .n1 = version, .n2 = db->known->count));
	*ret_version = version;
	return 0;
}

static int load_store_row(struct db *db, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT site, epoch, zone FROM store", NO_FIELDS, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_setf(
			err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path), "store has no row");
	db->site = query_int(&q, "site");
	db->epoch = query_int(&q, "epoch");
	if (db->site < 0 || db->site > SITE_MAX || db->epoch < 0 || db->epoch > EPOCH_MAX)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_DAMAGED, db->path),
			"site %lld, epoch %lld", (long long)db->site, (long long)db->epoch);
	return when_set_zone(query_text0(&q, "zone"), err);
}

static struct db *handle_create(
	const char *path, const struct clock *clock, const struct migration_list *known)
{
	struct db *db = mem_alloc(sizeof(*db));

	if (sodium_init() < 0)
		abort(); /* without a source of randomness nothing here can be trusted */
	db->path = mem_text(path);
	db->clock = clock;
	db->known = known;
	db->lock_fd = db->draft_lock_fd = -1;
	db->patience_ms = LOCK_PATIENCE_MS;
	db->station = 1;
	return db;
}

static void cleanup_db(struct db **db)
{
	db_close(*db);
}

/* A folder that may not be searched is a different fault from a missing file. */
static int check_there(const char *path, struct err *err)
{
	if (access(path, F_OK) == 0)
		return 0;
	if (errno == ENOENT || errno == ENOTDIR)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STORE_MISSING, path));
	return err_setf(
		err, ERR_STORAGE, REASON_TEXT(STORE_READ_ONLY, path), "%s", strerror(errno));
}

/* A WAL from before the machine was started: nothing may be appended to it (store_settle). */
static void doubt_after_boot(struct db *db)
{
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", db->path);
	struct stat about;

	if (lock_knows_boot(db->lock_fd))
		return;
	if (stat(wal, &about) == 0 && about.st_size > 0)
		db->is_doubtful = true;
	else
		lock_mark_boot(db->lock_fd);
}

int store_open(const char *path, enum db_mode mode, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err)
{
	CLEANUP(cleanup_db) struct db *db = handle_create(path, clock, known);
	bool is_read_only = mode == DB_READ_ONLY;
	int64_t version = 0;

	TRY(restore_finish(path, err));
	TRY(check_there(path, err));
	if (!is_read_only)
		TRY(lock_open(path, &db->lock_fd, err));
	TRY(open_handle(db, is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, err));
	if (!is_read_only && sqlite3_db_readonly(db->handle, "main") == 1)
		return err_set(err, ERR_STORAGE, REASON_TEXT(STORE_READ_ONLY, path));
	db->inode = store_inode(path);
	TRY(set_pragmas(db, err));
	TRY(check_identity(db, &version, err));
	if (!is_read_only)
		TRY(set_wal(db, err));
	if (!is_read_only)
		doubt_after_boot(db);
	TRY(prepare_ends(db, err));
	if (version < known->count) {
		if (is_read_only)
			return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_OLDER, path),
				"schema %lld needs migrating", (long long)version);
		TRY(migrate_up(db, err));
	}
	TRY(tables_load(db, err));
	TRY(load_store_row(db, err));
	*ret = TAKE(db);
	return 0;
}

int db_open(const char *path, enum db_mode mode, const struct clock *clock, struct db **ret,
	struct err *err)
{
	return store_open(path, mode, clock, &migrations_all, ret, err);
}

static int fill_new(struct db *db, int site, const char *zone, struct err *err)
{
	CLEANUP(mem_free)
	char *head = mem_printf("PRAGMA application_id = %d", MIGRATE_APPLICATION_ID);

	TRY(when_set_zone(zone, err));
	TRY(set_pragmas(db, err));
	TRY(store_exec(db, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", err));
	TRY(store_exec(db, head, err));
	TRY(prepare_ends(db, err));
	TRY(migrate_up(db, err));
	TRY(statement_run(db,
		"INSERT INTO store (id, site, epoch, zone, created_at) VALUES (1, :site, 0, :zone, "
		":at)",
		PERMIT_ALL,
		FIELDS(F_INT("site", site), F_TEXT("zone", zone),
			F_INT("at", clock_now(db->clock))),
		err));
	return load_store_row(db, err);
}

int store_make(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err)
{
	CLEANUP(cleanup_db) struct db *db = handle_create(path, clock, known);

	TRY(open_handle(db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err));
	if (strcmp(path, ":memory:") != 0) {
		chmod(path, 0600);
		outfile_hand_over(path);
	}
	TRY(fill_new(db, site, zone, err));
	*ret = TAKE(db);
	return 0;
}

int db_open_memory(const struct clock *clock, struct db **ret, struct err *err)
{
	return store_make(":memory:", 1, "Asia/Shanghai", clock, &migrations_all, ret, err);
}

static void drop_draft(struct db *db)
{
	if (!db->draft_of)
		return;
	unlink(db->path);
	close(db->draft_lock_fd);
	mem_free(&db->draft_of);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	assert(db->txn_depth == 0 && "closed inside a transaction");
	statements_drop(db);
	sqlite3_finalize(db->begin);
	sqlite3_finalize(db->commit);
	sqlite3_finalize(db->rollback);
	sqlite3_finalize(db->data_version_query);
	sqlite3_close(db->handle);
	if (db->lock_fd >= 0)
		close(db->lock_fd);
	drop_draft(db);
	free(db->path);
	free(db);
}

int db_zone(struct db *db, char **ret_zone, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT zone FROM store", NO_FIELDS, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	*ret_zone = mem_text(r ? query_text0(&q, "zone") : "UTC");
	return 0;
}
