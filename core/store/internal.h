/* Shared by the files of core/store alone. */
#pragma once

#include <jansson.h>
#include <sqlite3.h>

#include "core/base/err.h"
#include "core/base/mem.h"
#include "core/store/journal_body.h"
#include "core/store/journal_head.h"
#include "core/store/kind.h"

struct acting;
struct clock;
struct query;

/* The script that leads to each version; the first one turns an empty file into one of ours. */
struct migration {
	const char *name, *sql;
};
struct migration_list {
	const struct migration *rows;
	int count;
};
extern const struct migration_list migrations_all;

/* What the statement being prepared may write: the authorizer refuses the rest. */
enum permit {
	PERMIT_READ,
	PERMIT_STATE,   /* db_write */
	PERMIT_DOMAIN,  /* act_insert, act_update, act_delete */
	PERMIT_PRIVATE, /* act_private */
	PERMIT_JOURNAL, /* the journal's own append */
	PERMIT_ALL,     /* opening, migrating, backing up */
};

/* Names that are mostly looked up in their order. */
struct names {
	char **rows; /* NULL: the same name has come before */
	int count;
	int next; /* where the next look-up begins */
};

struct statement {
	struct statement *next; /* in its bucket */
	char *sql;
	unsigned hash; /* of both */
	enum permit permit;
	sqlite3_stmt *handle;
	struct names parameters, columns;
	bool is_busy;
};

#define LOCK_PATIENCE_MS 5000

#define PAGES_USUAL "PRAGMA cache_size = -8000;" /* KiB */
#define PAGES_WIDE  "PRAGMA cache_size = -80000;"

#define STATEMENT_BUCKETS 128
#define TABLES_MAX        256

struct table_class {
	char name[48];
	char class;    /* first letter: d, p, s (state) or t (the store's own) */
	bool is_bound; /* private, and its rows have a salt (binding.h) */
};

/* A private row that the act in progress has written. */
struct private_row {
	const char *table; /* of db->tables */
	int64_t id;
};

/* The act in progress; lives from the outermost act_begin to its end. */
struct open_act {
	enum act_kind kind;
	int depth;
	bool is_poisoned; /* an inner act failed after it had begun */
	struct journal_body body;
	struct bytes privates; /* of struct private_row: what act_private wrote */
	int64_t counter, subject, resident, undoes;
	unsigned char inputs[32];
	unsigned char previous[JOURNAL_HASH_SIZE];
	unsigned char key[JOURNAL_KEY_SIZE];
};

/* The journal's last row. It is valid as long as the transaction in which it was read or written,
 * since nobody else writes meanwhile. */
struct head {
	bool is_known, is_new; /* is_new: written by this transaction */
	int64_t seq;           /* 0: the journal is empty */
	int64_t counter;
	int64_t at; /* when it was recorded */
	unsigned char hash[JOURNAL_HASH_SIZE];
};

struct db {
	sqlite3 *handle;
	char *path;
	const struct clock *clock;
	const struct migration_list *known; /* versions that this handle may open or make */
	int lock_fd;                        /* -1 for a memory or read-only database */
	char *draft_of;                     /* NULL: it has its own name */
	int draft_lock_fd;                  /* held until it has */
	int patience_ms;
	int64_t station, site, epoch;
	int64_t data_version;
	enum permit permit;
	sqlite3_stmt *begin, *commit, *rollback, *data_version_query;
	struct statement *statements[STATEMENT_BUCKETS];
	struct table_class tables[TABLES_MAX];
	int table_count;
	int txn_depth;
	bool is_snapshot;
	bool is_doubtful; /* a commit or checkpoint has failed, or the power may have been cut: see
			     store_settle */
	struct open_act *open_act;
	struct head head;
	struct journal_head tripwire; /* as this handle last saw it */
	bool is_chain_known;          /* known to be whole, at least in its latest rows */
	int64_t inode;                /* of the database file; 0: not known */
	int64_t far_seconds;          /* the clock is watched: clock_doubt.h; 0: it is not */
};

/* Turns SQLite's result into an err: the reason for people, SQLite's message as the detail. */
int store_fail(struct db *db, int rc, struct err *err);

/* Runs SQL text that is the store's own (pragmas, migrations). */
int store_exec(struct db *db, const char *sql, struct err *err);
/* 1, 0 or an error. */
int store_has_column(struct db *db, const char *table, const char *column, struct err *err);
int store_pragma_int(struct db *db, const char *sql, int64_t *ret, struct err *err);

/* Brings the database into a known state after a failed commit or checkpoint; under the lock and
 * outside of any transaction. Frames of the failed commit may be in the WAL and come back after a
 * crash; and the system takes pages that it failed to write for written, so that later commits
 * would build on a hole. Both problems end once the WAL has been copied into the database and
 * restarted.
 *
 * The next process to open the database would find those frames as if they were committed: it has
 * to do the same, and learns that it has to from the lock file (lock_is_doubted).
 *
 * The same is needed after a power cut: the frames with which SQLite pads a commit's last sector
 * may be lost, and the next commit would be written into that sector; a second cut could then
 * destroy the earlier commit. */
int store_settle(struct db *db, struct err *err);
int store_checkpoint(struct db *db, int mode, struct err *err);

/* 0 when there is no such file. */
int64_t store_inode(const char *path);

/* fsync of a file (O_RDONLY) or a folder (O_RDONLY | O_DIRECTORY). ERR_STORAGE FILE_UNWRITABLE. */
int store_sync_path(const char *path, int flags, struct err *err);

int lock_open(const char *db_path, int *ret_fd, struct err *err);
int lock_file_open(const char *path, const char *whose, int *ret_fd, struct err *err);
/* Which boot of the machine the lock file was last marked in. After another one the power may have
 * been cut. */
#define LOCK_BOOT_SIZE 37 /* a line end where a text has its NUL */
bool lock_knows_boot(int fd);
void lock_mark_boot(int fd);
/* Under the lock: the last byte of the lock file says that what is in the WAL may not be on the
 * disk. It is set over each commit, without a sync, and is there for the next process when one was
 * killed in its commit, or has ended without having made sure (store_settle). */
bool lock_is_doubted(int fd);
void lock_set_doubt(int fd, bool is_doubted);
/* Takes the flock, trying for at most `patience_ms`: ERR_BUSY STORE_BUSY. */
int lock_wait(int fd, int patience_ms, struct err *err);
int lock_take(struct db *db, struct err *err);
void lock_release(struct db *db);

int statement_get(struct db *db, const char *sql, enum permit permit, struct statement **ret,
	struct err *err);
/* Runs a statement that returns no rows. */
int statement_run(struct db *db, const char *sql, enum permit permit, const struct field *params,
	struct err *err);
/* A column's index in the query's result; an unknown name asserts. */
int query_column(const struct query *q, const char *column);
void statement_release(struct statement *s);
void statements_drop(struct db *db);

int tables_load(struct db *db, struct err *err);
/* SQLite asks it for every access of every statement while that is compiled. */
int tables_authorize(void *db, int action, const char *a, const char *b, const char *database,
	const char *trigger);
char table_class_of(const struct db *db, const char *table);

/* Runs the scripts that the file lacks, after a backup beside it. */
int migrate_up(struct db *db, struct err *err);
/* Runs one, inside the open transaction and with foreign keys off. */
int migrate_step(struct db *db, int version, struct err *err);
/* Does every foreign key have its row? ERR_STORAGE STORE_DAMAGED; `after` is for the detail. */
int migrate_check_keys(struct db *db, const char *after, struct err *err);
/* After which journal row each migration ran, by version − 1; the caller's. ERR_STORAGE
 * STORE_DAMAGED when this program cannot have written such a record. */
int migrate_rows(struct db *db, int64_t **ret_seqs, struct err *err);
/* For an act that begins, once its head is known: clock_doubt.h. ERR_REFUSED CLOCK_BEHIND,
 * CLOCK_AHEAD. */
int store_check_clock(struct acting *a, enum act_kind kind, struct err *err);
int journal_append(struct db *db, const struct acting *a, int64_t result, struct err *err);

/* The tripwire (tripwire.c), under the lock. Before the first act of a transaction: ERR_STORAGE
 * STORE_BEHIND, STORE_DAMAGED. */
int tripwire_guard(struct db *db, struct err *err);
/* After a commit: advances it, without a sync, and silently when that fails. */
void tripwire_follow(struct db *db);
/* The same, durably, after tripwire_guard. */
int tripwire_settle(struct db *db, struct err *err);
