/* The journal proves the tables: honest ones pass, and every way of meddling is found. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
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

TEST(nothing_is_left_of_the_scratch_file, verify)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct verify_report report;
	CLEANUP(mem_free) char *command = mem_printf("ls '%s' | grep -q verify", f->dir);

	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_int_not_equal(system(command), 0);
}
