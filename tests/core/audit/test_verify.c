/* The journal proves the tables: honest ones pass, and every way of meddling is found. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

struct fixture {
	char dir[64], path[96];
	struct clock clock;
	struct db *db;
};

static const struct act admin = { .role = ROLE_ADMIN };

static int venue_write(struct db *db, int64_t number, int capacity, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *name = mem_printf("共享客厅%d", (int)number);

	TRY(act_begin(&a, db, &admin, ACT_VENUE_ADD, FIELDS(F_INT("number", number)), err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "venue",
		FIELDS(F_INT("id", id), F_INT("number", number), F_TEXT("name", name),
			F_INT("capacity", capacity)),
		err));
	TRY(act_update(&a, "venue", id, FIELDS(F_INT("capacity", capacity + 1)), err));
	int64_t gone = act_new_id(&a);
	TRY(act_insert(&a, "closure",
		FIELDS(F_INT("id", gone), F_TEXT("from_on", "2026-01-01"),
			F_TEXT("until_on", "2026-01-01"), F_NULL("opens"), F_NULL("closes"),
			F_TEXT("name", "元旦 \"quoted\"")),
		err));
	TRY(act_delete(&a, "closure", gone, err));
	return act_commit(&a, id, err);
}

static int verify_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-verify-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->clock = clock_set(1795233600);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->db, &err), &err);
	for (int i = 1; i <= 5; i++)
		assert_ok(venue_write(f->db, i, 10 * i, &err), &err);
	*state = f;
	return 0;
}

static int verify_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->db);
	int r = system(command);
	free(f);
	return r;
}

static void tamper(const struct fixture *f, const char *sql)
{
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
}

TEST(an_honest_database_replays_to_the_same_tables, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;

	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_int_equal(report.journal_rows, 5);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

TEST(a_row_changed_behind_the_journal_is_named, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;
	int64_t id = 0;

	tamper(f, "UPDATE venue SET capacity = 1000 WHERE number = 3");
	assert_ok(
		db_integer(f->db, "SELECT id FROM venue WHERE number = 3", NO_FIELDS, 0, &id, &err),
		&err);
	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "venue");
	assert_true(report.difference.id == id);
}

TEST(a_row_removed_or_added_behind_the_journal_is_named, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;

	tamper(f, "DELETE FROM venue WHERE number = 5");
	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "venue");
	tamper(f, "INSERT INTO closure (id, from_on, until_on, name) VALUES (9, '2026-01-01', "
		  "'2026-01-02', 'x')");
	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "closure");
	assert_int_equal(report.difference.id, 9);
}

TEST(a_rewritten_body_breaks_the_chain, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;

	tamper(f, "DROP TRIGGER journal_keeps; UPDATE journal SET body = replace(body, '20', '21') "
		  "WHERE seq = 2;"
		  "CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal\n"
		  "BEGIN\n\tSELECT RAISE(ABORT, 'the journal is append-only');\nEND");
	assert_int_equal(verify_run(f->db, true, f->dir, &report, &err), ERR_STORAGE);
	assert_int_equal(err.reasons[0].n1, 2);
}

TEST(a_dropped_trigger_is_a_schema_that_differs, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;

	tamper(f, "DROP TRIGGER journal_keeps");
	assert_int_equal(verify_run(f->db, false, f->dir, &report, &err), ERR_STORAGE);
	assert_non_null(strstr(err.detail, "journal_keeps"));
}

/* ---- private rows ---- */

static int64_t household_write(struct fixture *f, int64_t number, const char *why)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const struct act act = { .role = ROLE_ADMIN, .why = why };
	struct err err = { 0 };

	assert_ok(act_begin(&a, f->db, &act, ACT_HOUSEHOLD_ADD, FIELDS(F_INT("number", number)),
			  &err),
		&err);
	int64_t id = act_new_id(&a);
	assert_ok(
		act_insert(&a, "household", FIELDS(F_INT("id", id), F_INT("number", number)), &err),
		&err);
	assert_ok(act_private(&a, "household_private", id,
			  FIELDS(F_TEXT("building", "3栋"), F_NULL("place")), &err),
		&err);
	assert_ok(act_private(&a, "household_private", id, FIELDS(F_TEXT("room", "502")), &err),
		&err);
	assert_ok(act_commit(&a, id, &err), &err);
	return id;
}

static void assert_names(struct fixture *f, const char *row)
{
	struct err err = { 0 };
	struct verify_report report;

	assert_int_equal(verify_run(f->db, false, f->dir, &report, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_PRIVATE_CHANGED));
	assert_string_equal(err.detail, row);
}

static void assert_quiet(struct fixture *f)
{
	struct err err = { 0 };
	struct verify_report report;

	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "");
}

TEST(every_private_table_has_a_place_for_its_salt, verify)
{
	struct fixture *f = *state;
	sqlite3 *raw = NULL;
	sqlite3_stmt *bare = NULL;

	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	assert_int_equal(
		sqlite3_prepare_v2(raw,
			"SELECT name FROM table_class t WHERE class = 'private' AND NOT EXISTS"
			" (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'salt')",
			-1, &bare, NULL),
		SQLITE_OK);
	if (sqlite3_step(bare) == SQLITE_ROW)
		fail_msg("%s has no column salt", (const char *)sqlite3_column_text(bare, 0));
	sqlite3_finalize(bare);
	sqlite3_close(raw);
}

TEST(a_private_row_changed_by_hand_is_named, verify)
{
	static const char *const changes[] = { "building = '4栋'", "building = NULL", "place = ''",
		"salt = NULL", "salt = randomblob(16)", "room = '5' || '03'" };
	struct fixture *f = *state;
	int64_t id = household_write(f, 1, NULL), other = household_write(f, 2, NULL);
	CLEANUP(mem_free)
	char *row = mem_printf("household_private, row %lld", (long long)other);

	assert_quiet(f);
	assert_true(id != other);
	CLEANUP(mem_free) char *path = mem_printf("%s/kept.db", f->dir);
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		CLEANUP(mem_free)
		char *change = mem_printf("ATTACH '%s' AS k;"
					  "CREATE TABLE k.kept AS SELECT * FROM household_private;"
					  "UPDATE household_private SET %s WHERE id = %lld",
			path, changes[i], (long long)other);
		CLEANUP(mem_free)
		char *back = mem_printf("ATTACH '%s' AS k; REPLACE INTO household_private"
					" SELECT * FROM k.kept; DROP TABLE k.kept",
			path);
		tamper(f, change);
		assert_names(f, row);
		tamper(f, back);
		assert_quiet(f);
	}
}

TEST(a_private_row_copied_over_another_is_named, verify)
{
	struct fixture *f = *state;
	int64_t id = household_write(f, 1, NULL), other = household_write(f, 2, NULL);
	CLEANUP(mem_free)
	char *sql = mem_printf("DELETE FROM household_private WHERE id = %lld;"
			       "UPDATE household_private SET id = %lld WHERE id = %lld",
		(long long)other, (long long)other, (long long)id);
	CLEANUP(mem_free)
	char *row = mem_printf("household_private, row %lld", (long long)other);

	tamper(f, sql);
	assert_names(f, row);
}

TEST(the_words_of_a_reason_are_bound_as_well, verify)
{
	struct fixture *f = *state;

	household_write(f, 1, "搬来了");
	assert_quiet(f);
	tamper(f, "UPDATE journal_why SET why = '没有搬来'");
	assert_names(f, "journal_why, row 6");
}

/* Erasing means deleting the row, or everything in it. */
TEST(an_erased_row_is_passed_over_and_leaves_nothing_to_guess_by, verify)
{
	struct fixture *f = *state;

	household_write(f, 1, "搬来了");
	household_write(f, 2, NULL);
	tamper(f, "UPDATE household_private SET building = NULL, room = NULL, place = NULL,"
		  " room_key = NULL, salt = NULL; DELETE FROM journal_why");
	assert_quiet(f);
}

TEST(a_row_of_before_there_were_bindings_is_passed_over, verify)
{
	struct fixture *f = *state;

	tamper(f, "INSERT INTO journal_why (id, why) VALUES (1, '从前的话')");
	assert_quiet(f);
}

TEST(the_latest_act_that_wrote_a_row_binds_it, verify)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t id = household_write(f, 1, NULL);

	assert_ok(act_begin(&a, f->db, &admin, ACT_HOUSEHOLD_ADD, NO_FIELDS, &err), &err);
	assert_ok(act_private(&a, "household_private", id, FIELDS(F_TEXT("room", "503")), &err),
		&err);
	assert_ok(act_commit(&a, id, &err), &err);
	assert_quiet(f);
	tamper(f, "UPDATE household_private SET room = '502'");
	CLEANUP(mem_free) char *row = mem_printf("household_private, row %lld", (long long)id);
	assert_names(f, row);
}

TEST(the_journal_holds_no_salt_and_two_equal_rows_have_two_hashes, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t n = -1;

	household_write(f, 1, NULL);
	household_write(f, 2, NULL);
	assert_ok(db_integer(f->db,
			  "SELECT count(DISTINCT json_extract(body, '$.private[0][2]'))"
			  " FROM journal WHERE instr(body, 'private\":[')",
			  NO_FIELDS, 0, &n, &err),
		&err);
	assert_int_equal(n, 2);
	assert_ok(db_integer(f->db,
			  "SELECT count(*) FROM journal, household_private"
			  " WHERE instr(lower(body), lower(hex(salt))) OR instr(body, '3栋')",
			  NO_FIELDS, 0, &n, &err),
		&err);
	assert_int_equal(n, 0);
}

TEST(nothing_is_left_of_the_scratch_file, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;
	CLEANUP(mem_free) char *command = mem_printf("ls '%s' | grep -q verify", f->dir);

	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_int_not_equal(system(command), 0);
}
