#include "core/store/journal_check.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal_row.h"

#define STEP_ROWS (1 << 16)

/* Read by position, since this runs over millions of rows. */
#define CHAIN_SELECT "SELECT " JOURNAL_INT_COLUMNS ", " JOURNAL_BYTE_COLUMNS ", hash FROM journal"

static void read_row(sqlite3_stmt *s, struct journal_row *row)
{
	for (int i = 0; i < JOURNAL_INTS; i++) {
		int64_t value = sqlite3_column_int64(s, i);
		/* NULL reads as 0, so the type is asked only then. */
		bool is_null = value == 0 && sqlite3_column_type(s, i) == SQLITE_NULL;
		row->ints[i].type = is_null ? FIELD_NULL : FIELD_INT;
		row->ints[i].integer = value;
	}
	for (int i = 0; i < JOURNAL_BYTES; i++) {
		row->bytes[i].data = sqlite3_column_blob(s, JOURNAL_INTS + i);
		row->bytes[i].size = (size_t)sqlite3_column_bytes(s, JOURNAL_INTS + i);
	}
}

/* Does the statement's row follow the rows checked so far? */
static bool is_next(sqlite3_stmt *s, struct journal_check *check)
{
	struct journal_row row;
	unsigned char hash[JOURNAL_HASH_SIZE];
	int at = JOURNAL_INTS + JOURNAL_BYTES;

	read_row(s, &row);
	if (row.ints[0].integer != check->seq + 1)
		return false;
	journal_row_hash(&row, check->hash, hash);
	if (sqlite3_column_bytes(s, at) != JOURNAL_HASH_SIZE ||
		memcmp(sqlite3_column_blob(s, at), hash, JOURNAL_HASH_SIZE) != 0)
		return false;
	check->seq++;
	memcpy(check->hash, hash, JOURNAL_HASH_SIZE);
	return true;
}

int journal_check_step(struct db *db, struct journal_check *check, int rows, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r, done = 0;

	TRY(query_open(&q, db, CHAIN_SELECT " WHERE seq > :seq ORDER BY seq LIMIT :rows",
		FIELDS(F_INT("seq", check->seq), F_INT("rows", rows)), err));
	while ((r = query_next(&q, err)) > 0) {
		if (!is_next(q.statement->handle, check))
			return journal_broken_at(db, check->seq + 1, err);
		done++;
	}
	if (r < 0)
		return r;
	return done == rows ? 1 : 0;
}

/* ---- in parts at once ----
 *
 * A part starts from the stored hash before it, which the previous part checks. So when every part
 * is right, the whole chain is; when one is not, the chain is checked from its start, which finds
 * the first wrong row. */

#define PART_ROWS_MIN 50000 /* with fewer rows a thread is not worth it */

struct part {
	const char *path;
	struct journal_check check;
	int64_t upto; /* its last row */
	bool is_well;
	pthread_t thread;
};

static bool check_part(sqlite3_stmt *s, struct part *part)
{
	int rc;

	sqlite3_bind_int64(s, 1, part->check.seq);
	sqlite3_bind_int64(s, 2, part->upto);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW)
		if (!is_next(s, &part->check))
			return false;
	return rc == SQLITE_DONE && part->check.seq == part->upto;
}

/* On a connection of its own: a handle belongs to the thread that opened it. */
static void *run_part(void *arg)
{
	struct part *part = arg;
	sqlite3 *own = NULL;
	sqlite3_stmt *s = NULL;

	if (sqlite3_open_v2(part->path, &own, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) ==
			SQLITE_OK &&
		sqlite3_prepare_v2(own, CHAIN_SELECT " WHERE seq > ?1 AND seq <= ?2 ORDER BY seq",
			-1, &s, NULL) == SQLITE_OK)
		part->is_well = check_part(s, part);
	sqlite3_finalize(s);
	sqlite3_close(own);
	return NULL;
}

static int worthwhile_parts(int64_t rows)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int64_t parts = rows / PART_ROWS_MIN;

	if (parts > processors)
		parts = processors;
	return parts > JOURNAL_PARTS_MAX ? JOURNAL_PARTS_MAX : (int)parts;
}

/* Rows are never rewritten, so a later connection sees all that a snapshot sees. */
static bool can_others_see(const struct db *db)
{
	return strcmp(db->path, ":memory:") != 0 && db->txn_depth == 0;
}

/* Divides the rows into parts of about the same size. */
static int cut(struct db *db, int64_t rows, int count, struct part *parts, struct err *err)
{
	for (int i = 0; i < count; i++) {
		struct part *part = &parts[i];
		part->path = db->path;
		part->check.seq = rows * i / count;
		part->upto = rows * (i + 1) / count;
		if (i > 0)
			TRY(journal_hash_at(db, part->check.seq, part->check.hash, err));
	}
	return 0;
}

static bool run_parts(struct part *parts, int count)
{
	bool are_well = true;
	int started = 0;

	while (started < count &&
		pthread_create(&parts[started].thread, NULL, run_part, &parts[started]) == 0)
		started++;
	for (int i = 0; i < started; i++) {
		pthread_join(parts[i].thread, NULL);
		are_well = are_well && parts[i].is_well;
	}
	return are_well && started == count;
}

int journal_verify_parts(struct db *db, int count, int64_t *ret_rows, struct err *err)
{
	struct journal_check check = JOURNAL_CHECK_INIT;
	struct part parts[JOURNAL_PARTS_MAX] = { { 0 } };
	struct journal_head head;
	int r;

	TRY(journal_head(db, &head, err));
	if (count > 1 && can_others_see(db)) {
		TRY(cut(db, head.seq, count, parts, err));
		/* The loop below continues from there with the rows that were added meanwhile. */
		if (run_parts(parts, count))
			check = parts[count - 1].check;
	}
	while ((r = journal_check_step(db, &check, STEP_ROWS, err)) > 0)
		;
	*ret_rows = check.seq;
	return r;
}

int journal_verify(struct db *db, int64_t *ret_rows, struct err *err)
{
	struct journal_head head;

	TRY(journal_head(db, &head, err));
	return journal_verify_parts(db, worthwhile_parts(head.seq), ret_rows, err);
}
