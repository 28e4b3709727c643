/* The journal: the one append-only, hash-chained table of acts.
 *
 * Each row's hash covers the row and the hash before it (journal_row.h). The unkeyed chain catches
 * accidents and careless editors; one who recomputes it is caught by printed day slips, not by
 * this. */
#pragma once

#include "core/store/db.h"

#define JOURNAL_HASH_SIZE 32

struct journal_head {
	int64_t epoch, seq; /* seq 0: empty */
	unsigned char hash[JOURNAL_HASH_SIZE];
};

int journal_head(struct db *, struct journal_head *ret, struct err *err);

/* The hash of a row as it is stored: 1 and *ret, or 0 when there is no such row or none in it. */
int journal_hash_at(
	struct db *, int64_t seq, unsigned char ret[JOURNAL_HASH_SIZE], struct err *err);

/* The first row recorded at `at` or later; behind `last`, the journal's last row, when there is
 * none.
 */
int journal_row_from(struct db *, int64_t at, int64_t last, int64_t *ret, struct err *err);

/* The side file "<database>.head": what the journal held after its latest act. A database put back
 * by hand is older than its own tripwire. It is written after each act and synced at checkpoints
 * alone: a power cut can take what it said of the acts since, and with that the alarm in case their
 * WAL is lost as well. It never moves to a journal that does not hold what it holds.
 *
 * seq 0: there is none, or it cannot be read (journal_tripwire_lost); it is only a witness, the
 * chain itself is checked apart. Read it before the snapshot in which it is compared: what it names
 * was committed before it was written, so whoever looks later sees it. */
void journal_tripwire_read(const struct db *, struct journal_head *ret);
/* ERR_STORAGE STORE_BEHIND when the journal does not hold the row, n1. */
int journal_tripwire_compare(struct db *, const struct journal_head *tripwire, struct err *err);
/* Both at once. */
int journal_tripwire_check(struct db *, struct err *err);
/* It is there but cannot be read, or was so once and lies beside the database as
 * "<database>.head.unreadable": what was written last is not known. */
bool journal_tripwire_lost(const struct db *);

/* The journal is broken at that row (0: the file's structure is): from now on every act of every
 * process is refused with ERR_STORAGE STORE_DAMAGED, until a whole check has found all well. */
void journal_condemn(struct db *, int64_t row);
void journal_absolve(struct db *);

/* Calls `visit` for each row change of each act in order: what replay is made of. `op` is '+', '='
 * or
 * '-'; `row` a JSON object of column values (NULL for '-'). A non-zero return stops and is
 * returned. */
struct json_t;
int journal_each_change(struct db *,
	int (*visit)(void *arg, int64_t seq, char op, const char *table, int64_t id,
		const struct json_t *row, struct err *err),
	void *arg, struct err *err);
