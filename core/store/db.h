/* The database: one local SQLite file in WAL mode, opened as was found safe (doc/facts.md,
 * SQLite).
 *
 * Every module above may read. Writing is restricted: domain tables change only inside an act
 * (act.h), through act_insert, act_update and act_delete; SQLite's authorizer refuses everything
 * else at prepare time. Tables listed as `state` (outbox, visits, lockouts …: not journalled) are
 * written with db_write, inside a txn or alone.
 *
 * There is one writer at a time among all processes: an flock on "<database>.lock" is taken for
 * every write transaction and checkpoint. A handle belongs to the thread that opened it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/err.h"
#include "core/base/field.h"
#include "core/base/when.h"

struct db;

enum db_mode {
	DB_OPEN,      /* an older schema is migrated, after a backup beside it */
	DB_READ_ONLY, /* the schema must be this program's */
};

/* `clock` must outlive the handle. The venue's zone is set from the database (when_set_zone).
 * ERR_NOT_FOUND STORE_MISSING; ERR_STORAGE with STORE_NEWER (database from a newer program: both
 * versions named), STORE_OLDER (only reading), STORE_TRIAL (from before the first release),
 * STORE_NOT_OURS, STORE_READ_ONLY, STORE_FULL, STORE_DAMAGED, STORE_FAILED. */
int db_open(const char *path, enum db_mode mode, const struct clock *clock, struct db **ret,
	struct err *err);
/* A new database for `site` (0–16383, in every id) in `zone` ("Asia/Shanghai"); neither the file
 * nor a WAL or tripwire beside it may exist: ERR_REFUSED STORE_EXISTS, ERR_INVALID ZONE_UNKNOWN.
 * Afterwards it exists whole or not at all. */
int db_create(const char *path, int site, const char *zone, const struct clock *clock,
	struct db **ret, struct err *err);
/* The same for a database that is filled before it appears: it gets its name when db_publish
 * returns 0, which closes the handle in any case. Closed without db_publish, or cut off, it never
 * existed. ERR_BUSY when another one is being made. */
int db_draft(const char *path, int site, const char *zone, const struct clock *clock,
	struct db **ret, struct err *err);
int db_publish(struct db *, struct err *err);
/* A new database in memory, fully migrated: for tests. */
int db_open_memory(const struct clock *clock, struct db **ret, struct err *err);
void db_close(struct db *); /* NULL is allowed */

const struct clock *db_clock(const struct db *);
int64_t db_now(const struct db *);
/* The venue's day. A handle implies the venue's zone, so a verb asks this and not its own clock,
 * which is in the machine's zone until a database is open. */
struct day db_today(const struct db *);
const char *db_path(const struct db *); /* borrowed; ":memory:" for a memory database */
int db_zone(
	struct db *, char **ret_zone, struct err *err); /* the venue's time zone; the caller's */
int64_t db_station(const struct db *);
void db_set_station(struct db *, int64_t station);

/* How long a write waits for another process's lock before ERR_BUSY STORE_BUSY: 0 for the kiosk's
 * loop (which tries again on a timer), the default 5000 for verbs. */
void db_set_patience(struct db *, int milliseconds);

/* For a transaction that writes much: keeps ten times as many pages in memory, which would
 * otherwise be written out and read again. */
void db_set_wide(struct db *, bool is_wide);

/* True once after another connection has committed something (PRAGMA data_version). */
bool db_changed_outside(struct db *);

/* Moves the WAL into the database file and writes the tripwire; for idle moments. ERR_BUSY while
 * another process writes. `truncate` also empties the WAL file (after an erasure). */
int db_checkpoint(struct db *, bool truncate, struct err *err);

/* Reading.
 *
 *   CLEANUP(query_close) struct query q = QUERY_INIT;
 *   TRY(query_open(&q, db, "SELECT id, due_at FROM loan WHERE item = :item",
 *           FIELDS(F_INT("item", item_id)), err));
 *   while ((r = query_next(&q, err)) > 0)
 *           … query_int(&q, "due_at") …
 *
 * Statements are cached by their SQL text, which must live for ever (a literal). A parameter has
 * the name of its field, with a colon before it; columns are read by name, and an unknown name
 * fails an assertion. A text is borrowed until the next query_next or query_close. */
struct query {
	struct db *db;
	struct statement *statement;
};
#define QUERY_INIT \
	{          \
		0  \
	}

int query_open(
	struct query *, struct db *, const char *sql, const struct field *params, struct err *err);
int query_next(struct query *, struct err *err); /* 1 a row, 0 no more */
void query_close(struct query *);

bool query_is_null(const struct query *, const char *column);
int64_t query_int(const struct query *, const char *column);       /* NULL reads as 0 */
const char *query_text(const struct query *, const char *column);  /* NULL reads as NULL */
const char *query_text0(const struct query *, const char *column); /* NULL reads as "" */
const void *query_blob(const struct query *, const char *column, size_t *ret_size);

/* The integer of a query that yields one row with one column. No row or NULL: `fallback`. */
int db_integer(struct db *, const char *sql, const struct field *params, int64_t fallback,
	int64_t *ret, struct err *err);

/* The one text of such a query, the caller's; no row or NULL: "". Returns 1 when there is a row,
 * else 0. */
int db_text(struct db *, const char *sql, const struct field *params, char **ret, struct err *err);

/* The query for the next number that people will read on a card, a label, a receipt: after the
 * highest one, and after those that were given out before a restore. `table` is a literal; with
 * db_integer and the fallback 1. */
#define NEXT_NUMBER(table)                                           \
	"SELECT max(ifnull((SELECT max(number) FROM " table "), 0)," \
	" ifnull((SELECT at_least FROM number_floor WHERE name = '" table "'), 0)) + 1"

/* Several queries that see the database as of one moment, even while others write. Nothing may be
 * written inside it. A snapshot begun inside another one, or inside a transaction, joins that.
 *
 *   CLEANUP(snapshot_end) struct snapshot s = SNAPSHOT_INIT;
 *   TRY(snapshot_begin(&s, db, err)); */
struct snapshot {
	struct db *db;
};
#define SNAPSHOT_INIT \
	{             \
		0     \
	}
int snapshot_begin(struct snapshot *, struct db *, struct err *err);
void snapshot_end(struct snapshot *); /* all its queries must be closed */

/* Writing state tables. A txn groups several writes, an act may run inside one and joins it.
 *
 * After ERR_STORAGE from txn_commit nothing of it is stored; after ERR_UNSURE this is not known,
 * because the disk no longer answers. Then the handle begins nothing until it has verified the
 * state of the database; each txn_begin tries again and returns ERR_STORAGE while it cannot. */
struct txn {
	struct db *db;
	bool is_owner;
};
#define TXN_INIT  \
	{         \
		0 \
	}
int txn_begin(struct txn *, struct db *, struct err *err);
int txn_commit(struct txn *, struct err *err);
void txn_end(struct txn *); /* rolls back unless committed; for CLEANUP */

/* One statement on state tables, in its own transaction unless one is open. *ret_rowid (may be
 * NULL) is the rowid of an insert. */
int db_write(struct db *, const char *sql, const struct field *params, int64_t *ret_rowid,
	struct err *err);
