/* Posting compared with plain durable appends of the same bytes, alternating in the same run; how
 * long a balance and a statement take with five million entries; how long the chain of a million
 * journal rows takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <locale.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/points/ledger.h"
#include "core/store/journal_check.h"
#include "tests/core/shop.h"

#define BATCHES  20
#define BATCH    100
#define PEOPLE   2000
#define ENTRIES  5000000
#define ROWS     1000000
#define QUERIES  2000
#define PAGE     20 /* lines of a statement on the screen */
#define FIRST_ID (INT64_C(1) << 40)

/* Counts what SQLite asks of the kernel: overrides libc's own. */
static int64_t written;

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
	written += (int64_t)size;
	return syscall(SYS_pwrite64, fd, bytes, size, at);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct bench {
	char dir[64], path[96];
	struct shop shop;
	int64_t people[PEOPLE];
	int log_fd;
};

static void open_db(struct bench *b)
{
	struct shop *s = &b->shop;

	assert_ok(db_open(b->path, DB_OPEN, &s->clock, &s->db, &s->err), &s->err);
}

static void prepare(struct bench *b)
{
	struct shop *s = &b->shop;

	snprintf(b->dir, sizeof(b->dir), "bench-points-XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->path, sizeof(b->path), "%s/jiaplus.db", b->dir);
	s->clock = clock_set(1795240800);
	assert_ok(db_create(b->path, 1, "Asia/Shanghai", &s->clock, &s->db, &s->err), &s->err);
	assert_ok(resident_category_add(s->db, &by_coordinator, "resident", "居民",
			  &s->resident_category, &s->err),
		&s->err);
	struct txn t = TXN_INIT;
	assert_ok(txn_begin(&t, s->db, &s->err), &s->err);
	for (int i = 0; i < PEOPLE; i++)
		b->people[i] = shop_resident(s);
	assert_ok(txn_commit(&t, &s->err), &s->err);
	CLEANUP(mem_free) char *log = mem_printf("%s/append", b->dir);
	b->log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	assert_true(b->log_fd >= 0);
}

/* ---- posting ---- */

static void post(struct bench *b, int i)
{
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-5) },
		{ .resident = b->people[i % PEOPLE], .amount = POINTS(5) } };
	int64_t id;

	assert_ok(transfer_post(b->shop.db, &by_coordinator,
			  &(struct transfer_draft){ "earn", postings, 2 }, &id, &b->shop.err),
		&b->shop.err);
}

static double post_batch(struct bench *b)
{
	double start = seconds();

	for (int i = 0; i < BATCH; i++)
		post(b, i * 7);
	return seconds() - start;
}

static double append_batch(struct bench *b, size_t size)
{
	CLEANUP(mem_free) char *bytes = mem_alloc(size);

	memset(bytes, 'x', size);
	double start = seconds();
	for (int i = 0; i < BATCH; i++) {
		assert_int_equal(write(b->log_fd, bytes, size), (ssize_t)size);
		assert_int_equal(fdatasync(b->log_fd), 0);
	}
	return seconds() - start;
}

static void bench_posting(struct bench *b)
{
	double posting = 0, appending = 0;
	int64_t bytes = 0;

	/* Warm: every account exists. */
	for (int i = 0; i < PEOPLE; i++)
		post(b, i);
	for (int i = 0; i < BATCHES; i++) {
		written = 0;
		posting += post_batch(b);
		bytes += written;
		appending += append_batch(b, (size_t)(written / BATCH));
	}
	double ours = BATCHES * BATCH / posting, bare = BATCHES * BATCH / appending;
	printf("posting\t%.0f\tacts/s\tappend+fdatasync of %lld bytes: %.0f/s\t%.2f\n", ours,
		(long long)(bytes / (BATCHES * BATCH)), bare, ours / bare);
}

/* ---- a large ledger ---- */

static void run(sqlite3 *raw, const char *sql)
{
	char *message = NULL;

	if (sqlite3_exec(raw, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s", message);
}

/* The triggers of `tables` are dropped for speed; put_triggers restores them. */
static char *take_triggers(sqlite3 *raw, const char *tables)
{
	CLEANUP(mem_free)
	char *query = mem_printf(
		"SELECT group_concat(sql, ';\n'), group_concat('DROP TRIGGER ' || name, ';')"
		" FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN (%s)",
		tables);
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_prepare_v2(raw, query, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	char *kept = mem_text((const char *)sqlite3_column_text(s, 0));
	CLEANUP(mem_free) char *drop = mem_text((const char *)sqlite3_column_text(s, 1));
	sqlite3_finalize(s);
	run(raw, drop);
	return kept;
}

/* Written without acts, as in tests/lib/scale.h: half of the transfers issue points, half spend
 * them. */
static void fill_ledger(sqlite3 *raw)
{
	CLEANUP(mem_free) char *triggers = take_triggers(raw, "'entry', 'account', 'transfer'");
	CLEANUP(mem_free)
	char *sql = mem_printf(
		"CREATE TEMP TABLE person AS SELECT row_number() OVER () - 1 AS n, id FROM account"
		" WHERE resident IS NOT NULL; CREATE UNIQUE INDEX temp.person_n ON person (n);"
		"CREATE TEMP TABLE series (value INTEGER PRIMARY KEY);"
		"WITH RECURSIVE s(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM s"
		" WHERE value < %2$d) INSERT INTO series SELECT value FROM s;"
		"INSERT INTO transfer (id, at, kind) SELECT %1$lld + 3 * value, 1700000000 + value,"
		" 'earn' FROM series;"
		"INSERT INTO entry SELECT %1$lld + 3 * value + 1, %1$lld + 3 * value,"
		" (SELECT id FROM account WHERE system = 'issue'), -3 FROM series;"
		"INSERT INTO entry SELECT %1$lld + 3 * value + 2, %1$lld + 3 * value,"
		" (SELECT id FROM person WHERE n = value %% %3$d), 3 FROM series;"
		"UPDATE account SET balance = (SELECT sum(amount) FROM entry"
		" WHERE account = account.id), last_entry = (SELECT max(id) FROM entry"
		" WHERE account = account.id);",
		(long long)FIRST_ID, ENTRIES / 2, PEOPLE);

	run(raw, "BEGIN");
	run(raw, sql);
	run(raw, triggers);
	run(raw, "COMMIT");
}

static int by_value(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

static void print_p99(const char *name, double *times)
{
	qsort(times, QUERIES, sizeof(*times), by_value);
	double p99 = times[QUERIES * 99 / 100];
	printf("%s\t%.3f\tms p99\t1 ms with %d entries\t%.2f\n", name, p99 * 1e3, ENTRIES,
		1e-3 / p99);
}

static void bench_reading(struct bench *b)
{
	static double balances[QUERIES], statements[QUERIES];
	unsigned seed = 20261121;

	for (int i = 0; i < QUERIES; i++) {
		int64_t resident = b->people[rand_r(&seed) % PEOPLE];
		CLEANUP(points_statement_finish) struct points_statement list = { 0 };
		struct points points;
		double start = seconds();
		assert_ok(
			points_balance(b->shop.db, resident, &points, &b->shop.err), &b->shop.err);
		double between = seconds();
		assert_ok(points_statement(b->shop.db, resident, NULL, PAGE, &list, &b->shop.err),
			&b->shop.err);
		statements[i] = seconds() - between;
		balances[i] = between - start;
		assert_int_equal(list.count, PAGE);
	}
	print_p99("points_balance", balances);
	print_p99("points_statement", statements);
}

/* ---- a long journal ---- */

static void put64(crypto_generichash_state *state, uint64_t v)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(v >> (56 - 8 * i));
	crypto_generichash_update(state, bytes, 8);
}

/* Rows as posting writes them, chained as core/store/journal.h describes. */
static void fill_journal(sqlite3 *raw)
{
	CLEANUP(mem_free) char *triggers = take_triggers(raw, "'journal'");
	static const char *const body =
		"{\"ops\":[[\"+\",\"transfer\",549755815000,{\"at\":1795240800,\"kind\":\"earn\","
		"\"reverses\":null}],[\"+\",\"entry\",549755815001,{\"transfer\":549755815000,"
		"\"account\":549755814000,\"amount\":-5}],[\"+\",\"entry\",549755815002,"
		"{\"transfer\":549755815000,\"account\":549755814001,\"amount\":5}]]}";
	unsigned char hash[32] = { 0 }, key[16], inputs[32] = { 1, 2, 3 };
	sqlite3_stmt *s = NULL;

	run(raw, "BEGIN; DELETE FROM journal_why; DELETE FROM journal");
	assert_int_equal(
		sqlite3_prepare_v2(raw,
			"INSERT INTO journal (seq, site, epoch, recorded_at, occurred_at, version,"
			" role, actor, approver, station, resident, subject, undoes, counter,"
			" result, kind, body, key, inputs, hash) VALUES (?1, 1, 0, 1795240800,"
			" 1795240800, 1, 3, NULL, NULL, 0, 9, 9, NULL, 9, 9, 'transfer.post', ?2,"
			" ?3, ?4, ?5)",
			-1, &s, NULL),
		SQLITE_OK);
	for (int64_t seq = 1; seq <= ROWS; seq++) {
		const int64_t ints[15] = { seq, 1, 0, 1795240800, 1795240800, 1, 3, 0, 0, 0, 9, 9,
			0, 9, 9 };
		const struct {
			const void *data;
			size_t size;
		} texts[] = { { "transfer.post", 13 }, { body, strlen(body) }, { key, 16 },
			{ inputs, 32 } };
		crypto_generichash_state state;
		unsigned char format = 1;
		memset(key, 0, sizeof(key));
		memcpy(key, &seq, sizeof(seq));
		crypto_generichash_init(&state, NULL, 0, sizeof(hash));
		crypto_generichash_update(&state, &format, 1);
		crypto_generichash_update(&state, hash, sizeof(hash));
		for (int i = 0; i < 15; i++) {
			unsigned char is_null = i == 7 || i == 8 || i == 12;
			crypto_generichash_update(&state, &is_null, 1);
			put64(&state, (uint64_t)ints[i]);
		}
		for (int i = 0; i < 4; i++) {
			put64(&state, texts[i].size);
			crypto_generichash_update(&state, texts[i].data, texts[i].size);
		}
		crypto_generichash_final(&state, hash, sizeof(hash));
		sqlite3_bind_int64(s, 1, seq);
		sqlite3_bind_text(s, 2, body, -1, SQLITE_STATIC);
		sqlite3_bind_blob(s, 3, key, sizeof(key), SQLITE_TRANSIENT);
		sqlite3_bind_blob(s, 4, inputs, sizeof(inputs), SQLITE_STATIC);
		sqlite3_bind_blob(s, 5, hash, sizeof(hash), SQLITE_TRANSIENT);
		assert_int_equal(sqlite3_step(s), SQLITE_DONE);
		sqlite3_reset(s);
	}
	sqlite3_finalize(s);
	run(raw, triggers);
	run(raw, "COMMIT");
}

static void bench_chain(struct bench *b)
{
	int64_t rows;
	double best = 1e9;

	for (int i = 0; i < 3; i++) {
		double start = seconds();
		assert_ok(journal_verify(b->shop.db, &rows, &b->shop.err), &b->shop.err);
		double taken = seconds() - start;
		best = taken < best ? taken : best;
	}
	assert_int_equal(rows, ROWS);
	printf("journal_verify\t%.3f\ts\t1 s for %d rows\t%.2f\n", best, ROWS, 1 / best);
}

static void refill(struct bench *b, void (*fill)(sqlite3 *))
{
	sqlite3 *raw = NULL;

	db_close(b->shop.db);
	assert_int_equal(sqlite3_open(b->path, &raw), SQLITE_OK);
	run(raw, "PRAGMA synchronous = OFF; PRAGMA cache_size = -400000");
	fill(raw);
	run(raw, "PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(raw);
	open_db(b);
}

int main(void)
{
	struct bench b = { 0 };

	if (!setlocale(LC_ALL, "C.UTF-8"))
		return 1;
	prepare(&b);
	bench_posting(&b);
	refill(&b, fill_ledger);
	bench_reading(&b);
	refill(&b, fill_journal);
	bench_chain(&b);
	db_close(b.shop.db);
	close(b.log_fd);
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", b.dir);
	return system(command) == 0 ? 0 : 1;
}
