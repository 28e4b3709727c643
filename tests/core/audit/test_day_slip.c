/* What somebody with the sqlite3 shell can do to the journal, and what reveals it: the chain names
 * the first wrong row; whoever recomputes the chain is caught by the slip on paper. */
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/day_slip.h"
#include "core/audit/verify.h"
#include "core/base/reasons.h"
#include "core/points/fund.h"
#include "core/points/ledger.h"
#include "tests/core/shop.h"
#include "tests/lib/test.h"

#define OK(f, call) assert_ok((call), &(f)->shop.err)

#define ROWS 12 /* postings, after the rows that set the venue up */

struct fixture {
	struct shop shop;
	char dir[64], path[96];
	int64_t first, people[2]; /* the first posting's row */
};

static int64_t head(struct fixture *f)
{
	int64_t seq;

	OK(f, db_integer(f->shop.db, "SELECT max(seq) FROM journal", NO_FIELDS, 0, &seq,
		      &f->shop.err));
	return seq;
}

static void issue(struct fixture *f, int64_t resident, int64_t n)
{
	const struct posting postings[] = { { .system = ACCOUNT_ISSUE, .amount = POINTS(-n) },
		{ .resident = resident, .amount = POINTS(n) } };
	int64_t id;

	OK(f, transfer_post(f->shop.db, &by_coordinator,
		      &(struct transfer_draft){ "earn", postings, 2 }, &id, &f->shop.err));
}

static int day_slip_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct shop *s = &f->shop;

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-slip-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	s->clock = clock_set(at("2026-11-20T14:00"));
	OK(f, db_create(f->path, 1, "Asia/Shanghai", &s->clock, &s->db, &s->err));
	OK(f, resident_category_add(
		      s->db, &by_coordinator, "resident", "居民", &s->resident_category, &s->err));
	f->people[0] = shop_resident(s);
	f->people[1] = shop_resident(s);
	shop_set_clock(s, "2026-11-21T14:00");
	f->first = head(f) + 1;
	for (int i = 0; i < ROWS; i++)
		issue(f, f->people[i % 2], 10 + i);
	*state = f;
	return 0;
}

static int day_slip_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->shop.db);
	int r = system(command);
	free(f);
	return r;
}

/* Runs `sql` with the journal's triggers removed, and restores them. */
static void tamper(struct fixture *f, const char *sql)
{
	static const char *const triggers[] = { "journal_appends", "journal_keeps",
		"journal_stays" };
	sqlite3 *raw = NULL;
	char *kept[ARRAY_LEN(triggers)] = { NULL };

	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	for (size_t i = 0; i < ARRAY_LEN(triggers); i++) {
		sqlite3_stmt *s = NULL;
		CLEANUP(mem_free) char *drop = mem_printf("DROP TRIGGER %s", triggers[i]);
		sqlite3_prepare_v2(
			raw, "SELECT sql FROM sqlite_schema WHERE name = ?", -1, &s, NULL);
		sqlite3_bind_text(s, 1, triggers[i], -1, SQLITE_STATIC);
		assert_int_equal(sqlite3_step(s), SQLITE_ROW);
		kept[i] = mem_text((const char *)sqlite3_column_text(s, 0));
		sqlite3_finalize(s);
		assert_int_equal(sqlite3_exec(raw, drop, NULL, NULL, NULL), SQLITE_OK);
	}
	char *message = NULL;
	if (sqlite3_exec(raw, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s", message);
	for (size_t i = 0; i < ARRAY_LEN(triggers); i++) {
		assert_int_equal(sqlite3_exec(raw, kept[i], NULL, NULL, NULL), SQLITE_OK);
		free(kept[i]);
	}
	sqlite3_close(raw);
}

/* The first wrong row, or 0 when all is well. */
static int64_t first_wrong(struct fixture *f)
{
	struct verify_report report;
	struct err err = { 0 };

	int r = verify_run(f->shop.db, false, f->dir, &report, &err);
	if (r == 0)
		return 0;
	assert_int_equal(r, ERR_STORAGE);
	return err.reasons[0].n1;
}

static char *sql_at(const struct fixture *f, const char *format, int row)
{
	return mem_printf(format, (long long)(f->first + row));
}

TEST(an_edited_row_is_named, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(mem_free)
	char *sql = sql_at(f,
		"UPDATE journal SET body = replace(body, '\"amount\":15', '\"amount\":95')"
		" WHERE seq = %lld",
		5);

	assert_int_equal(first_wrong(f), 0);
	tamper(f, sql);
	assert_int_equal(first_wrong(f), f->first + 5);
}

TEST(a_deleted_row_is_named, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *sql = sql_at(f, "DELETE FROM journal WHERE seq = %lld", 4);

	tamper(f, sql);
	assert_int_equal(first_wrong(f), f->first + 4);
}

TEST(a_deleted_row_is_named_also_when_the_gap_is_closed, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(mem_free)
	char *sql = sql_at(f,
		"DELETE FROM journal WHERE seq = %1$lld;"
		"UPDATE journal SET seq = -(seq - 1) WHERE seq > %1$lld;"
		"UPDATE journal SET seq = -seq WHERE seq < 0",
		4);

	tamper(f, sql);
	assert_int_equal(first_wrong(f), f->first + 4);
}

TEST(two_rows_in_each_others_place_are_named, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(mem_free)
	char *sql = sql_at(f,
		"UPDATE journal SET seq = -seq WHERE seq IN (%1$lld, %1$lld + 1);"
		"UPDATE journal SET seq = 2 * %1$lld + 1 + seq WHERE seq < 0",
		3);

	tamper(f, sql);
	assert_int_equal(first_wrong(f), f->first + 3);
}

TEST(a_replaced_row_is_named, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(mem_free)
	char *sql = sql_at(f,
		"CREATE TEMP TABLE other AS SELECT * FROM journal WHERE seq = %1$lld - 2;"
		"UPDATE other SET seq = %1$lld, key = randomblob(16);"
		"DELETE FROM journal WHERE seq = %1$lld;"
		"INSERT INTO journal SELECT * FROM other",
		6);

	tamper(f, sql);
	assert_int_equal(first_wrong(f), f->first + 6);
}

/* ---- one who knows how the chain is made ---- */

static void put64(crypto_generichash_state *state, uint64_t v)
{
	unsigned char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(v >> (56 - 8 * i));
	crypto_generichash_update(state, bytes, 8);
}

/* The chain as core/store/journal.h describes it, recomputed over all rows. */
static void recompute_chain(sqlite3 *raw)
{
	unsigned char hash[32] = { 0 };
	sqlite3_stmt *read = NULL, *write = NULL;

	sqlite3_prepare_v2(raw,
		"SELECT seq, site, epoch, recorded_at, occurred_at, version, role, actor, approver,"
		" station, resident, subject, undoes, counter, result, kind, body, key, inputs"
		" FROM journal ORDER BY seq",
		-1, &read, NULL);
	sqlite3_prepare_v2(raw, "UPDATE journal SET hash = ? WHERE seq = ?", -1, &write, NULL);
	while (sqlite3_step(read) == SQLITE_ROW) {
		crypto_generichash_state state;
		unsigned char format = 1;
		crypto_generichash_init(&state, NULL, 0, sizeof(hash));
		crypto_generichash_update(&state, &format, 1);
		crypto_generichash_update(&state, hash, sizeof(hash));
		for (int i = 0; i < 15; i++) {
			unsigned char is_null = sqlite3_column_type(read, i) == SQLITE_NULL;
			crypto_generichash_update(&state, &is_null, 1);
			put64(&state, (uint64_t)sqlite3_column_int64(read, i));
		}
		for (int i = 15; i < 19; i++) {
			const void *bytes = sqlite3_column_blob(read, i);
			int size = sqlite3_column_bytes(read, i);
			put64(&state, (uint64_t)size);
			crypto_generichash_update(&state, bytes, (size_t)size);
		}
		crypto_generichash_final(&state, hash, sizeof(hash));
		sqlite3_bind_blob(write, 1, hash, sizeof(hash), SQLITE_STATIC);
		sqlite3_bind_int64(write, 2, sqlite3_column_int64(read, 0));
		assert_int_equal(sqlite3_step(write), SQLITE_DONE);
		sqlite3_reset(write);
	}
	sqlite3_finalize(read);
	sqlite3_finalize(write);
}

static void rewrite_and_recompute(struct fixture *f, const char *sql)
{
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	/* tamper() drops the triggers and recreates them; here they are only in the way of the
	 * hashes. */
	tamper(f, sql);
	char *keeps = NULL;
	sqlite3_stmt *s = NULL;
	sqlite3_prepare_v2(
		raw, "SELECT sql FROM sqlite_schema WHERE name = 'journal_keeps'", -1, &s, NULL);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	keeps = mem_text((const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	assert_int_equal(
		sqlite3_exec(raw, "DROP TRIGGER journal_keeps", NULL, NULL, NULL), SQLITE_OK);
	recompute_chain(raw);
	assert_int_equal(sqlite3_exec(raw, keeps, NULL, NULL, NULL), SQLITE_OK);
	/* Whoever does this also rewrites the tripwire. */
	CLEANUP(mem_free) char *tripwire = mem_printf("%s.head", f->path);
	unlink(tripwire);
	free(keeps);
	sqlite3_close(raw);
}

TEST(who_recomputes_the_chain_is_caught_by_the_slip, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(day_slip_finish) struct day_slip slip = { 0 };
	struct err err = { 0 };
	int64_t seq;

	OK(f, day_slip_make(f->shop.db, (struct day){ 2026, 11, 21 }, &slip, &f->shop.err));
	OK(f, day_slip_check(f->shop.db, slip.code, &seq, &f->shop.err));
	assert_int_equal(seq, f->first + ROWS - 1);
	CLEANUP(mem_free)
	char *sql = sql_at(f,
		"UPDATE journal SET body = replace(body, '\"amount\":15', '\"amount\":95')"
		" WHERE seq = %lld",
		5);
	rewrite_and_recompute(f, sql);
	/* The chain is whole again: nothing in the file itself shows it. */
	assert_int_equal(first_wrong(f), 0);
	assert_int_equal(day_slip_check(f->shop.db, slip.code, &seq, &err), ERR_STORAGE);
	assert_int_equal(err.reasons[0].n1, f->first + ROWS - 1);
}

TEST(a_recomputed_chain_without_a_change_is_the_same_chain, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(day_slip_finish) struct day_slip slip = { 0 };
	int64_t seq;

	OK(f, day_slip_make(f->shop.db, (struct day){ 2026, 11, 21 }, &slip, &f->shop.err));
	rewrite_and_recompute(f, "SELECT 1");
	assert_int_equal(first_wrong(f), 0);
	OK(f, day_slip_check(f->shop.db, slip.code, &seq, &f->shop.err));
}

/* ---- the slip itself ---- */

TEST(a_slip_counts_its_day_and_vouches_for_all_before, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(day_slip_finish) struct day_slip slip = { 0 };
	CLEANUP(day_slip_finish) struct day_slip before = { 0 };
	CLEANUP(day_slip_finish) struct day_slip empty = { 0 };
	int64_t id, seq;

	OK(f, fund_post(f->shop.db, &by_volunteer, &(struct fund_draft){ FUND_GIFT, 1250, 0 }, &id,
		      &f->shop.err));
	shop_set_clock(&f->shop, "2026-11-22T00:00");
	issue(f, f->people[0], 100);
	OK(f, day_slip_make(f->shop.db, (struct day){ 2026, 11, 21 }, &slip, &f->shop.err));
	assert_int_equal(slip.acts, ROWS + 1);
	assert_int_equal(slip.first, f->first);
	assert_int_equal(slip.head, f->first + ROWS);
	assert_int_equal(slip.kind_count, 2);
	assert_string_equal(slip.kinds[1].kind, "transfer.post");
	assert_int_equal(slip.kinds[1].count, ROWS);
	assert_int_equal(slip.points.rows[0].points.n, ROWS * 10 + ROWS * (ROWS - 1) / 2);
	assert_int_equal(slip.fund_fen, 1250);
	OK(f, day_slip_make(f->shop.db, (struct day){ 2026, 11, 20 }, &before, &f->shop.err));
	assert_int_equal(before.head, f->first - 1);
	OK(f, day_slip_check(f->shop.db, before.code, &seq, &f->shop.err));
	OK(f, day_slip_make(f->shop.db, (struct day){ 2026, 11, 23 }, &empty, &f->shop.err));
	assert_int_equal(empty.acts, 0);
	assert_int_equal(empty.head, f->first + ROWS + 1);
}

TEST(what_is_no_slip_is_said_so, day_slip)
{
	struct fixture *f = *state;
	CLEANUP(day_slip_finish) struct day_slip slip = { 0 };
	char card[CODE_TEXT_MAX];
	struct err err;
	int64_t seq;

	OK(f, day_slip_make(f->shop.db, (struct day){ 2026, 11, 21 }, &slip, &f->shop.err));
	slip.code[12] = slip.code[12] == '7' ? '8' : '7';
	assert_int_equal(day_slip_check(f->shop.db, slip.code, &seq, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_CODE_DAMAGED));
	code_write_id(CODE_LOAN, 7, card);
	assert_int_equal(day_slip_check(f->shop.db, card, &seq, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_CODE_WRONG_TYPE));
}
