/* The journal: the one append-only, hash-chained table of acts.
 *
 * Each row's hash covers the row and the hash before it (journal_row.h). The chain has no key: it
 * catches accidents and careless editors. Somebody who recomputes it is caught by printed day
 * slips, not by this. */
#pragma once

#include "core/store/db.h"
#include "core/store/journal_head.h"

int journal_head(struct db *, struct journal_head *ret, struct err *err);

/* The hash of a row as it is stored: 1 and *ret, or 0 when there is no such row or none in it. */
int journal_hash_at(
	struct db *, int64_t seq, unsigned char ret[JOURNAL_HASH_SIZE], struct err *err);

/* The first row recorded at `at` or later; the number after `last`, the journal's last row, when
 * there is none.
 */
int journal_row_from(struct db *, int64_t at, int64_t last, int64_t *ret, struct err *err);

/* The side file "<database>.head": what the journal held after its latest act. A database put back
 * by hand is older than its own tripwire. It is written after each act but synced only at
 * checkpoints: a power cut can lose what it said of the acts since then, and with that the alarm in
 * case their WAL is lost too. It never moves to a journal that does not contain the row that it
 * names.
 *
 * seq 0: there is none, or it cannot be read (journal_tripwire_lost). It is only a witness; the
 * chain itself is checked separately. Read it before the snapshot in which it is compared: the row
 * that it names was committed before it was written, so a later snapshot contains that row. */
void journal_tripwire_read(const struct db *, struct journal_head *ret);
/* ERR_STORAGE STORE_BEHIND when the journal does not hold the row, n1. */
int journal_tripwire_compare(struct db *, const struct journal_head *tripwire, struct err *err);
/* Both at once. */
int journal_tripwire_check(struct db *, struct err *err);
/* The file exists but cannot be read, or was found so before and was renamed to
 * "<database>.head.unreadable": what was written last is not known. */
bool journal_tripwire_lost(const struct db *);

/* Records that the journal is broken at that row (0: the file's structure is): from now on every
 * act of every process is refused with ERR_STORAGE STORE_DAMAGED, until a complete check finds no
 * fault. */
void journal_condemn(struct db *, int64_t row);
void journal_absolve(struct db *);

/* Calls `visit` for each row change of each act, in order; replay is built on this. `op` is '+',
 * '=' or
 * '-'; `row` a JSON object of column values (NULL for '-'). A non-zero return stops and is
 * returned. */
struct json_t;
int journal_each_change(struct db *,
	int (*visit)(void *arg, int64_t seq, char op, const char *table, int64_t id,
		const struct json_t *row, struct err *err),
	void *arg, struct err *err);
