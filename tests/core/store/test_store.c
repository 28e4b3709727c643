/* The store: acts, journal, lock, authorizer, migrations. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/backup.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal.h"
#include "core/store/journal_check.h"
#include "core/store/migrate.h"
#include "core/store/reasons.h"
#include "core/store/role_reasons.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define NOON 1795233600 /* 2026-11-21 12:00 in Shanghai */

struct fixture {
	char dir[64];
	char path[96];
	struct clock clock;
	struct db *db;
};

static int store_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-store-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->clock = clock_set(NOON);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->db, &err), &err);
	*state = f;
	return 0;
}

static int store_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->db);
	int r = system(command);
	free(f);
	return r;
}

/* The smallest act there is: a household. */
static int household_add(
	struct db *db, const struct act *act, int64_t number, int64_t *ret, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_HOUSEHOLD_ADD, FIELDS(F_INT("number", number)), err));
	*ret = a.result;
	if (a.is_repeat)
		return 0;
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "household", FIELDS(F_INT("id", id), F_INT("number", number)), err));
	TRY(act_private(&a, "household_private", id, FIELDS(F_TEXT("building", "3栋")), err));
	act_set_subject(&a, id, 0);
	TRY(act_commit(&a, id, err));
	*ret = id;
	return 0;
}

static const struct act volunteer = { .role = ROLE_VOLUNTEER, .actor = 7 };

static int64_t count(struct db *db, const char *sql)
{
	struct err err = { 0 };
	int64_t n = -1;

	assert_ok(db_integer(db, sql, NO_FIELDS, 0, &n, &err), &err);
	return n;
}

/* What somebody with the sqlite3 shell could do. */
static void tamper(const struct fixture *f, const char *sql)
{
	sqlite3 *raw = NULL;
	char *message = NULL;

	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(raw);
}

TEST(an_act_writes_its_rows_and_one_journal_row, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id;

	assert_ok(household_add(f->db, &volunteer, 1, &id, &err), &err);
	assert_int_equal(count(f->db, "SELECT count(*) FROM household"), 1);
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal"), 1);
	assert_int_equal(count(f->db, "SELECT actor FROM journal"), 7);
	assert_int_equal(count(f->db, "SELECT recorded_at FROM journal"), NOON);
}

TEST(an_id_carries_site_epoch_and_counter, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t first, second;

	assert_ok(household_add(f->db, &volunteer, 1, &first, &err), &err);
	assert_ok(household_add(f->db, &volunteer, 2, &second, &err), &err);
	assert_true(first == (INT64_C(1) << 39 | 1));
	assert_true(second == first + 1);
}

TEST(personal_data_stays_out_of_the_journal, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id;

	assert_ok(household_add(f->db, &volunteer, 1, &id, &err), &err);
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal WHERE instr(body, '栋')"), 0);
	assert_int_equal(
		count(f->db, "SELECT count(*) FROM household_private WHERE building = '3栋'"), 1);
}

TEST(the_same_key_and_inputs_answer_the_first_result, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct act act = volunteer;
	int64_t first, again;

	act_new_key(act.key);
	assert_ok(household_add(f->db, &act, 1, &first, &err), &err);
	assert_ok(household_add(f->db, &act, 1, &again, &err), &err);
	assert_true(first == again);
	assert_int_equal(count(f->db, "SELECT count(*) FROM household"), 1);
}

TEST(the_same_key_with_other_inputs_is_refused, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct act act = volunteer;
	int64_t id;

	act_new_key(act.key);
	assert_ok(household_add(f->db, &act, 1, &id, &err), &err);
	assert_int_equal(household_add(f->db, &act, 2, &id, &err), ERR_REFUSED);
	assert_true(err_has(&err, REASON_KEY_REUSED));
}

TEST(a_role_too_low_is_refused_and_writes_nothing, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct act resident = { .role = ROLE_RESIDENT };
	int64_t id;

	assert_int_equal(household_add(f->db, &resident, 1, &id, &err), ERR_REFUSED);
	assert_true(err_has(&err, REASON_ROLE_NEEDED));
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal"), 0);
}

TEST(a_backdated_act_needs_a_reason_and_is_never_in_the_future, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct act act = volunteer;
	int64_t id;

	act.occurred_at = NOON - 60;
	assert_int_equal(household_add(f->db, &act, 1, &id, &err), ERR_REFUSED);
	assert_true(err_has(&err, REASON_WHY_NEEDED));
	act.occurred_at = NOON + 60;
	assert_int_equal(household_add(f->db, &act, 1, &id, &err), ERR_REFUSED);
	assert_true(err_has(&err, REASON_BACKDATE_FUTURE));
	act.occurred_at = NOON - 60;
	act.why = "停电时记在纸上";
	assert_ok(household_add(f->db, &act, 1, &id, &err), &err);
	assert_int_equal(count(f->db, "SELECT recorded_at - occurred_at FROM journal"), 60);
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal_why"), 1);
}

TEST(domain_tables_cannot_be_written_outside_an_act, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	assert_true(db_write(f->db, "INSERT INTO household (id, number) VALUES (1, 1)", NO_FIELDS,
			    NULL, &err) < 0);
	assert_true(db_write(f->db, "DELETE FROM journal_why", NO_FIELDS, NULL, &err) < 0);
	assert_true(db_write(f->db, "UPDATE table_class SET class = 'state'", NO_FIELDS, NULL,
			    &err) < 0);
	assert_true(db_write(f->db, "DROP TABLE loan", NO_FIELDS, NULL, &err) < 0);
	struct query q = QUERY_INIT;
	assert_true(query_open(&q, f->db,
			    "INSERT INTO visit (resident, station, started_at) VALUES (1, 1, 1)",
			    NO_FIELDS, &err) < 0);
}

TEST(state_tables_are_written_without_an_act, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = 0;

	assert_int_equal(
		db_write(f->db,
			"INSERT INTO visit (resident, station, started_at) VALUES (1, 1, 1)",
			NO_FIELDS, &id, &err),
		0);
	assert_int_equal(id, 1);
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal"), 0);
}

static int add_two(struct db *db, const struct act *act, int64_t one, int64_t two, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_RESIDENT_ADD, NO_FIELDS, err));
	TRY(household_add(db, act, one, &id, err));
	TRY(household_add(db, act, two, &id, err));
	return act_commit(&a, id, err);
}

TEST(an_act_inside_another_joins_its_row_and_its_fate, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	assert_int_equal(add_two(f->db, &volunteer, 1, 2, &err), 0);
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal"), 1);
	assert_int_equal(count(f->db, "SELECT json_array_length(body, '$.ops') FROM journal"), 2);
	/* The second household's number is taken: neither is written. */
	assert_true(add_two(f->db, &volunteer, 3, 1, &err) < 0);
	assert_int_equal(count(f->db, "SELECT count(*) FROM household"), 2);
	assert_int_equal(count(f->db, "SELECT count(*) FROM journal"), 1);
}

TEST(acts_of_one_transaction_follow_one_another, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id, rows;
	struct db *other;

	for (int64_t round = 0; round < 2; round++) {
		CLEANUP(txn_end) struct txn t = TXN_INIT;
		assert_ok(txn_begin(&t, f->db, &err), &err);
		for (int64_t n = 1; n <= 3; n++)
			assert_ok(
				household_add(f->db, &volunteer, 10 * round + n, &id, &err), &err);
		/* An act that fails takes no number. */
		assert_true(household_add(f->db, &volunteer, 10 * round + 1, &id, &err) < 0);
		err = (struct err){ 0 };
		assert_ok(household_add(f->db, &volunteer, 10 * round + 4, &id, &err), &err);
		if (round == 1)
			assert_ok(txn_commit(&t, &err), &err);
	}
	/* The first round was taken back, the second stands; then somebody else writes. */
	assert_int_equal(count(f->db, "SELECT count(*) FROM household"), 4);
	assert_int_equal(count(f->db, "SELECT max(seq) FROM journal"), 4);
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &other, &err), &err);
	assert_ok(household_add(other, &volunteer, 30, &id, &err), &err);
	db_close(other);
	assert_ok(household_add(f->db, &volunteer, 31, &id, &err), &err);
	assert_ok(journal_verify(f->db, &rows, &err), &err);
	assert_int_equal(rows, 6);
	assert_int_equal(count(f->db, "SELECT count(DISTINCT id) FROM household"), 6);
}

TEST(an_act_that_fails_leaves_nothing, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id;

	assert_ok(household_add(f->db, &volunteer, 1, &id, &err), &err);
	assert_true(household_add(f->db, &volunteer, 1, &id, &err) < 0);
	assert_int_equal(err.code, ERR_STORAGE);
	assert_int_equal(count(f->db, "SELECT count(*) FROM household_private"), 1);
	assert_ok(household_add(f->db, &volunteer, 2, &id, &err), &err);
}

static void fill(struct fixture *f, int rows)
{
	struct err err = { 0 };
	int64_t id;

	for (int i = 1; i <= rows; i++)
		assert_ok(household_add(f->db, &volunteer, i, &id, &err), &err);
}

TEST(the_chain_of_an_honest_journal_holds, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t rows = 0;

	fill(f, 20);
	assert_int_equal(journal_verify(f->db, &rows, &err), 0);
	assert_int_equal(rows, 20);
}

TEST(the_chain_can_be_checked_in_pieces, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct journal_check check = JOURNAL_CHECK_INIT;
	int turns = 1;

	fill(f, 20);
	while (journal_check_step(f->db, &check, 7, &err) == 1)
		turns++;
	assert_int_equal(err.code, 0);
	assert_int_equal(check.seq, 20);
	assert_int_equal(turns, 3);
}

TEST(in_parts_the_chain_tells_the_same, store)
{
	struct fixture *f = *state;
	static const int wrong_rows[] = { 20, 11, 10, 7, 1 }; /* each is the first one then */
	struct err err = { 0 };
	int64_t rows;

	fill(f, 20);
	for (int parts = 1; parts <= JOURNAL_PARTS_MAX; parts++) {
		assert_ok(journal_verify_parts(f->db, parts, &rows, &err), &err);
		assert_int_equal(rows, 20);
	}
	tamper(f, "DROP TRIGGER journal_keeps");
	for (size_t i = 0; i < ARRAY_LEN(wrong_rows); i++) {
		CLEANUP(mem_free)
		char *sql =
			mem_printf("UPDATE journal SET actor = 8 WHERE seq = %d", wrong_rows[i]);
		tamper(f, sql);
		for (int parts = 1; parts <= JOURNAL_PARTS_MAX; parts++) {
			err = (struct err){ 0 };
			assert_int_equal(
				journal_verify_parts(f->db, parts, &rows, &err), ERR_STORAGE);
			assert_int_equal(err.reasons[0].n1, wrong_rows[i]);
		}
	}
}

TEST(an_edited_row_is_named, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t rows;

	fill(f, 20);
	tamper(f, "DROP TRIGGER journal_keeps; UPDATE journal SET actor = 8 WHERE seq = 11");
	assert_int_equal(journal_verify(f->db, &rows, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	assert_int_equal(err.reasons[0].n1, 11);
}

TEST(a_deleted_row_is_named, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t rows;

	fill(f, 20);
	tamper(f, "DROP TRIGGER journal_stays; DELETE FROM journal WHERE seq = 5");
	assert_int_equal(journal_verify(f->db, &rows, &err), ERR_STORAGE);
	assert_int_equal(err.reasons[0].n1, 5);
}

TEST(the_journal_refuses_every_change_but_the_next_row, store)
{
	static const char *const attempts[] = {
		"UPDATE journal SET actor = 9",
		"DELETE FROM journal",
		"INSERT OR REPLACE INTO journal SELECT 1, site, epoch, recorded_at, occurred_at, "
		"kind, version,"
		" role, actor, approver, station, resident, subject, undoes, counter, body, key, "
		"inputs, 99,"
		" hash FROM journal WHERE seq = 1",
	};
	struct fixture *f = *state;
	sqlite3 *raw = NULL;

	fill(f, 2);
	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	for (size_t i = 0; i < ARRAY_LEN(attempts); i++)
		assert_int_equal(
			sqlite3_exec(raw, attempts[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
	sqlite3_close(raw);
}

TEST(a_second_writer_is_told_to_wait, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *other = NULL;
	int64_t id;

	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &other, &err), &err);
	db_set_patience(other, 0);
	struct txn t = TXN_INIT;
	assert_ok(txn_begin(&t, f->db, &err), &err);
	assert_int_equal(household_add(other, &volunteer, 1, &id, &err), ERR_BUSY);
	assert_true(err_has(&err, REASON_STORE_BUSY));
	txn_end(&t);
	assert_ok(household_add(other, &volunteer, 1, &id, &err), &err);
	db_close(other);
}

TEST(what_another_process_wrote_is_noticed, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *other = NULL;
	int64_t id;

	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &other, &err), &err);
	assert_false(db_changed_outside(f->db));
	assert_ok(household_add(other, &volunteer, 1, &id, &err), &err);
	assert_true(db_changed_outside(f->db));
	assert_false(db_changed_outside(f->db));
	db_close(other);
}

TEST(a_database_from_the_future_is_refused_with_both_versions, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;

	tamper(f, "PRAGMA user_version = 999");
	assert_int_equal(db_open(f->path, DB_OPEN, &f->clock, &db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_NEWER));
	assert_int_equal(err.reasons[0].n1, 999);
	assert_int_equal(err.reasons[0].n2, migrate_latest());
}

TEST(a_file_that_is_not_a_database_of_ours_is_refused_untouched, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;
	CLEANUP(mem_free) char *text = mem_printf("%s/text.db", f->dir);
	CLEANUP(mem_free) char *foreign = mem_printf("%s/foreign.db", f->dir);
	sqlite3 *raw = NULL;

	FILE *out = fopen(text, "w");
	fputs("this is a letter to my aunt, long enough to be taken for a page of something else",
		out);
	fclose(out);
	assert_int_equal(db_open(text, DB_OPEN, &f->clock, &db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_NOT_OURS));
	assert_int_equal(sqlite3_open(foreign, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "CREATE TABLE t (x)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_int_equal(db_open(foreign, DB_OPEN, &f->clock, &db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_NOT_OURS));
}

TEST(a_missing_database_says_so_and_is_not_created, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;
	CLEANUP(mem_free) char *path = mem_printf("%s/none.db", f->dir);

	assert_int_equal(db_open(path, DB_OPEN, &f->clock, &db, &err), ERR_NOT_FOUND);
	assert_true(err_has(&err, REASON_STORE_MISSING));
	assert_true(access(path, F_OK) < 0);
}

TEST(an_existing_database_is_never_created_over, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;

	assert_int_equal(db_create(f->path, 1, "Asia/Shanghai", &f->clock, &db, &err), ERR_REFUSED);
	assert_true(err_has(&err, REASON_STORE_EXISTS));
}

/* Thanks to sql/001/loans.sql and sql/015-loan-indexes.sql, SQLite knows what a venue ten years old
 * looks like. */
TEST(open_loans_are_not_looked_for_in_the_whole_history, store)
{
	struct fixture *f = *state;
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct err err = { 0 };

	assert_ok(query_open(&q, f->db,
			  "EXPLAIN QUERY PLAN SELECT due_at, category FROM loan"
			  " JOIN item ON item.id = loan.item JOIN title ON title.id = item.title"
			  " WHERE resident = :resident AND returned_at IS NULL"
			  " AND voided_at IS NULL",
			  FIELDS(F_INT("resident", 1)), &err),
		&err);
	assert_int_equal(query_next(&q, &err), 1);
	assert_string_equal(
		query_text(&q, "detail"), "SEARCH loan USING INDEX loan_open (resident=?)");
}

TEST(every_table_has_a_class, store)
{
	struct fixture *f = *state;

	assert_int_equal(count(f->db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
				      " AND name NOT LIKE 'sqlite_%' AND name NOT IN"
				      " (SELECT name FROM table_class)"),
		0);
}

TEST(an_unknown_zone_is_refused, store)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;
	CLEANUP(mem_free) char *path = mem_printf("%s/zone.db", f->dir);

	assert_int_equal(db_create(path, 1, "Asia/Shangai", &f->clock, &db, &err), ERR_INVALID);
	assert_true(err_has(&err, REASON_ZONE_UNKNOWN));
}
