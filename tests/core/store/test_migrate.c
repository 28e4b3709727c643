/* A schema that changes: invented migrations of each sort on a venue with history before and after
 * them, and a journal that replays to the same tables. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/store/acting.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/migrate.h"
#include "core/store/open.h"
#include "core/store/reasons.h"
#include "core/store/recovery.h"
#include "core/store/seal.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

/* What version 1 has in addition to the product's own tables. */
static const char invented[] =
	"INSERT INTO table_class VALUES ('shelf', 'domain'), ('visitor', 'domain'),"
	" ('guest', 'domain'), ('tool', 'domain'), ('mark', 'domain'), ('note', 'private');"
	"CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
	"CREATE TABLE visitor (id INTEGER PRIMARY KEY, age INTEGER NOT NULL) STRICT;"
	"CREATE TABLE guest (id INTEGER PRIMARY KEY, age INTEGER NOT NULL) STRICT;"
	"CREATE TABLE tool (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
	" colour TEXT NOT NULL DEFAULT '', weight INTEGER,"
	" kind TEXT NOT NULL CHECK (kind IN ('shelf', 'visitor')), ref INTEGER NOT NULL) STRICT;"
	"CREATE INDEX tool_ref ON tool (ref);"
	"CREATE TABLE mark (id INTEGER PRIMARY KEY, tool INTEGER NOT NULL REFERENCES tool (id)) "
	"STRICT;"
	"CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT) STRICT;";

enum version {
	V_FIRST = 1,
	V_DROP,
	V_RENAME,
	V_SPLIT,
	V_BACKFILL,
	V_MERGE,
	V_PART,
	V_SEED,
	V_CLASS,
	V_COUNT
};

static const char *const scripts[V_COUNT] = {
	[V_DROP] = "ALTER TABLE tool DROP COLUMN colour;",
	[V_RENAME] = "ALTER TABLE tool RENAME COLUMN weight TO grams;"
		     "UPDATE tool SET grams = 1000 * grams;",
	/* A reference whose meaning depends on a kind becomes two typed ones. */
	[V_SPLIT] = "CREATE TABLE tool_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
		    " grams INTEGER, shelf INTEGER REFERENCES shelf (id),"
		    " visitor INTEGER REFERENCES visitor (id),"
		    " CHECK ((shelf IS NULL) <> (visitor IS NULL))) STRICT;"
		    "INSERT INTO tool_new SELECT id, name, grams,"
		    " CASE kind WHEN 'shelf' THEN ref END, CASE kind WHEN 'visitor' THEN ref END"
		    " FROM tool;"
		    "DROP TABLE tool;"
		    "ALTER TABLE tool_new RENAME TO tool;",
	[V_BACKFILL] = "CREATE TABLE tool_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
		       " place INTEGER NOT NULL UNIQUE, grams INTEGER,"
		       " shelf INTEGER REFERENCES shelf (id),"
		       " visitor INTEGER REFERENCES visitor (id),"
		       " CHECK ((shelf IS NULL) <> (visitor IS NULL))) STRICT;"
		       "INSERT INTO tool_new SELECT id, name, row_number() OVER (ORDER BY id),"
		       " grams, shelf, visitor FROM tool;"
		       "DROP TABLE tool;"
		       "ALTER TABLE tool_new RENAME TO tool;",
	[V_MERGE] = "CREATE TABLE person (id INTEGER PRIMARY KEY, age INTEGER NOT NULL,"
		    " is_guest INTEGER NOT NULL) STRICT;"
		    "INSERT INTO person SELECT id, age, 0 FROM visitor"
		    " UNION ALL SELECT id, age, 1 FROM guest;"
		    "CREATE TABLE tool_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
		    " place INTEGER NOT NULL UNIQUE, grams INTEGER,"
		    " shelf INTEGER REFERENCES shelf (id), person INTEGER REFERENCES person (id))"
		    " STRICT;"
		    "INSERT INTO tool_new SELECT id, name, place, grams, shelf, visitor FROM tool;"
		    "DROP TABLE tool; ALTER TABLE tool_new RENAME TO tool;"
		    "DROP TABLE visitor; DROP TABLE guest;"
		    "DELETE FROM table_class WHERE name IN ('visitor', 'guest');"
		    "INSERT INTO table_class VALUES ('person', 'domain');",
	[V_PART] = "CREATE TABLE spot (id INTEGER PRIMARY KEY REFERENCES tool (id),"
		   " place INTEGER NOT NULL UNIQUE, shelf INTEGER NOT NULL REFERENCES shelf (id))"
		   " STRICT;"
		   "INSERT INTO table_class VALUES ('spot', 'domain');"
		   "INSERT INTO spot SELECT id, place, shelf FROM tool WHERE shelf IS NOT NULL;"
		   "CREATE TABLE tool_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
		   " grams INTEGER, person INTEGER REFERENCES person (id)) STRICT;"
		   "INSERT INTO tool_new SELECT id, name, grams, person FROM tool;"
		   "DROP TABLE tool; ALTER TABLE tool_new RENAME TO tool;",
	[V_SEED] = "CREATE TABLE hue (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
		   "INSERT INTO table_class VALUES ('hue', 'domain');"
		   "INSERT INTO hue VALUES (1, 'red'), (2, 'green'), (3, 'blue');",
	[V_CLASS] = "UPDATE table_class SET class = 'state' WHERE name = 'mark';",
};

struct fixture {
	char dir[64], path[96];
	char *first; /* version 1 */
	struct migration rows[V_COUNT];
	struct migration_list known;
	struct clock clock;
	struct db *db;
};

static const struct act admin = { .role = ROLE_ADMIN };

/* ---- a venue and what happens in it ---- */

static void open_at(struct fixture *f, int version)
{
	struct err err = { 0 };

	db_close(TAKE(f->db));
	f->known.count = version;
	assert_ok(store_open(f->path, DB_OPEN, &f->clock, &f->known, &f->db, &err), &err);
}

static int64_t count(struct fixture *f, const char *sql)
{
	struct err err = { 0 };
	int64_t n = -1;

	assert_ok(db_integer(f->db, sql, NO_FIELDS, 0, &n, &err), &err);
	return n;
}

/* An act with a single change: '+', '=' or '-'. */
static void change(
	struct fixture *f, char op, const char *table, int64_t id, const struct field *row)
{
	struct err err = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	assert_ok(act_begin(&a, f->db, &admin, ACT_SITE_SET, NO_FIELDS, &err), &err);
	if (op == '+')
		assert_ok(act_insert(&a, table, row, &err), &err);
	else if (op == '=')
		assert_ok(act_update(&a, table, id, row, &err), &err);
	else
		assert_ok(act_delete(&a, table, id, &err), &err);
	assert_ok(act_commit(&a, id, &err), &err);
}

#define ADD(f, table, id, ...) change(f, '+', table, id, FIELDS(F_INT("id", id), __VA_ARGS__))
#define SET(f, table, id, ...) change(f, '=', table, id, FIELDS(__VA_ARGS__))
#define REMOVE(f, table, id)   change(f, '-', table, id, NULL)

static void act_at_first(struct fixture *f)
{
	struct err err = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	ADD(f, "shelf", 1, F_TEXT("name", "A"));
	ADD(f, "shelf", 2, F_TEXT("name", "B"));
	ADD(f, "visitor", 11, F_INT("age", 30));
	ADD(f, "visitor", 12, F_INT("age", 40));
	ADD(f, "guest", 21, F_INT("age", 50));
	ADD(f, "guest", 22, F_INT("age", 60));
	ADD(f, "tool", 31, F_TEXT("name", "saw"), F_TEXT("colour", "red"), F_INT("weight", 3),
		F_TEXT("kind", "shelf"), F_INT("ref", 1));
	ADD(f, "tool", 32, F_TEXT("name", "drill"), F_NULL("weight"), F_TEXT("kind", "visitor"),
		F_INT("ref", 11));
	ADD(f, "tool", 33, F_TEXT("name", "axe"), F_INT("weight", 2), F_TEXT("kind", "shelf"),
		F_INT("ref", 2));
	SET(f, "tool", 33, F_TEXT("colour", "blue"), F_INT("weight", 4));
	ADD(f, "tool", 34, F_TEXT("name", "gone"), F_TEXT("kind", "shelf"), F_INT("ref", 2));
	REMOVE(f, "tool", 34);
	REMOVE(f, "guest", 22);
	ADD(f, "mark", 41, F_INT("tool", 31));
	assert_ok(act_begin(&a, f->db, &admin, ACT_SITE_SET, NO_FIELDS, &err), &err);
	assert_ok(act_private(&a, "note", 31, FIELDS(F_TEXT("words", "of my aunt")), &err), &err);
	assert_ok(act_commit(&a, 31, &err), &err);
}

/* Acts that only the schema of that version knows. */
static void act_at(struct fixture *f, enum version version)
{
	int64_t id = 100 + version;

	switch (version) {
	case V_FIRST:
		act_at_first(f);
		break;
	case V_DROP:
		ADD(f, "tool", id, F_TEXT("name", "rake"), F_INT("weight", 5),
			F_TEXT("kind", "shelf"), F_INT("ref", 1));
		SET(f, "tool", 31, F_INT("weight", 6));
		break;
	case V_RENAME:
		ADD(f, "tool", id, F_TEXT("name", "hoe"), F_INT("grams", 700),
			F_TEXT("kind", "visitor"), F_INT("ref", 12));
		SET(f, "tool", 31, F_INT("grams", 6500));
		break;
	case V_SPLIT:
		ADD(f, "tool", id, F_TEXT("name", "plane"), F_INT("visitor", 11));
		SET(f, "tool", 31, F_NULL("shelf"), F_INT("visitor", 12));
		SET(f, "tool", 31, F_NULL("visitor"), F_INT("shelf", 1));
		break;
	case V_BACKFILL:
		ADD(f, "tool", id, F_TEXT("name", "file"), F_INT("place", id), F_INT("shelf", 2));
		SET(f, "tool", 33, F_INT("place", 1000));
		break;
	case V_MERGE:
		ADD(f, "person", id, F_INT("age", 70), F_INT("is_guest", 1));
		SET(f, "person", 21, F_INT("age", 51));
		REMOVE(f, "person", id);
		break;
	case V_PART:
		SET(f, "spot", 31, F_INT("shelf", 2));
		ADD(f, "tool", id, F_TEXT("name", "clamp"));
		ADD(f, "spot", id, F_INT("place", id), F_INT("shelf", 1));
		break;
	case V_SEED:
		SET(f, "hue", 2, F_TEXT("name", "jade"));
		REMOVE(f, "hue", 3);
		ADD(f, "hue", id, F_TEXT("name", "white"));
		break;
	case V_CLASS:
	case V_COUNT: {
		struct err err = { 0 };
		assert_ok(db_write(f->db, "INSERT INTO mark (tool) VALUES (33)", NO_FIELDS, NULL,
				  &err),
			&err);
		break;
	}
	}
}

/* The database is whole, and the journal replays to the same tables. */
static void assert_holds(struct fixture *f)
{
	struct verify_report report;
	struct err err = { 0 };

	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_true(report.is_replayed);
	assert_string_equal(report.difference.table, "");
}

/* A venue that has gone through each version up to `version`, with acts at each. */
static void live_through(struct fixture *f, int version)
{
	for (int v = V_FIRST; v <= version; v++) {
		open_at(f, v);
		act_at(f, (enum version)v);
	}
}

static void assert_migration_holds(struct fixture *f, enum version version)
{
	live_through(f, (int)version - 1);
	open_at(f, (int)version);
	assert_holds(f);
	act_at(f, version);
	assert_holds(f);
}

static int migrate_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	/* In memory where possible: what a real disk does with a sync is not tested here. */
	snprintf(f->dir, sizeof(f->dir), "%s/jiaplus-migrate-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->clock = clock_set(1795233600);
	f->first = mem_printf("%s%s", migrations_all.rows[0].sql, invented);
	f->rows[0] = (struct migration){ "001", f->first };
	for (int v = V_DROP; v < V_COUNT; v++)
		f->rows[v - 1] = (struct migration){ "invented", scripts[v] };
	f->known = (struct migration_list){ f->rows, V_FIRST };
	assert_ok(store_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->known, &f->db, &err),
		&err);
	*state = f;
	return 0;
}

static int migrate_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->db);
	free(f->first);
	int r = system(command);
	free(f);
	return r;
}

/* ---- each sort of change ---- */

TEST(a_column_can_be_dropped, migrate)
{
	assert_migration_holds(*state, V_DROP);
}

TEST(a_column_can_be_renamed_and_counted_in_another_unit, migrate)
{
	assert_migration_holds(*state, V_RENAME);
	assert_int_equal(count(*state, "SELECT grams FROM tool WHERE id = 33"), 4000);
}

TEST(a_reference_can_be_split_into_typed_ones, migrate)
{
	assert_migration_holds(*state, V_SPLIT);
	assert_int_equal(count(*state, "SELECT visitor FROM tool WHERE id = 32"), 11);
}

TEST(a_column_can_be_filled_from_others, migrate)
{
	assert_migration_holds(*state, V_BACKFILL);
}

TEST(two_tables_can_become_one, migrate)
{
	assert_migration_holds(*state, V_MERGE);
	assert_int_equal(count(*state, "SELECT count(*) FROM person"), 3);
}

TEST(one_table_can_become_two, migrate)
{
	assert_migration_holds(*state, V_PART);
}

TEST(a_new_table_can_come_with_rows, migrate)
{
	assert_migration_holds(*state, V_SEED);
	assert_int_equal(count(*state, "SELECT count(*) FROM hue"), 3);
}

TEST(a_table_can_leave_the_journal, migrate)
{
	assert_migration_holds(*state, V_CLASS);
	assert_int_equal(count(*state, "SELECT count(*) FROM mark"), 2);
}

/* ---- in steps and at once ---- */

/* Everything except when migrations ran. */
static char *dump(struct fixture *f)
{
	static const char *const tables[] = { "tool", "spot", "person", "shelf", "hue", "mark",
		"note", "table_class", "journal", "sqlite_schema" };
	CLEANUP(mem_free) char *out = mem_printf("%s/dump", f->dir);
	FILE *to = fopen(out, "w+");
	char *text = NULL;
	size_t size = 0;

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		CLEANUP(mem_free)
		char *sql = mem_printf("SELECT * FROM %s ORDER BY 1, 2", tables[i]);
		sqlite3_stmt *s = NULL;
		assert_int_equal(sqlite3_prepare_v2(f->db->handle, sql, -1, &s, NULL), SQLITE_OK);
		while (sqlite3_step(s) == SQLITE_ROW)
			for (int c = 0; c < sqlite3_column_count(s); c++)
				/* A page's position depends on how it got there. */
				if (strcmp(sqlite3_column_name(s, c), "rootpage") != 0)
					fprintf(to, "%s|%s\n", tables[i],
						sqlite3_column_type(s, c) == SQLITE_BLOB
							? "blob"
							: (const char *)sqlite3_column_text(s, c));
		sqlite3_finalize(s);
	}
	rewind(to);
	assert_true(getdelim(&text, &size, 0, to) > 0);
	fclose(to);
	return text;
}

static char *dump_after(struct fixture *f, const char *kept, bool is_stepwise)
{
	CLEANUP(mem_free)
	char *copy = mem_printf("rm -f '%s'*; cp '%s' '%s'", f->path, kept, f->path);

	db_close(TAKE(f->db));
	assert_int_equal(system(copy), 0);
	for (int v = V_DROP; is_stepwise && v < V_CLASS; v++)
		open_at(f, v);
	open_at(f, V_CLASS);
	assert_holds(f);
	return dump(f);
}

TEST(migrated_in_steps_equals_migrated_at_once, migrate)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	CLEANUP(mem_free) char *kept = mem_printf("%s/kept.db", f->dir);

	act_at_first(f);
	assert_ok(db_checkpoint(f->db, true, &err), &err);
	CLEANUP(mem_free) char *copy = mem_printf("cp '%s' '%s'", f->path, kept);
	assert_int_equal(system(copy), 0);
	CLEANUP(mem_free) char *steps = dump_after(f, kept, true);
	CLEANUP(mem_free) char *once = dump_after(f, kept, false);
	assert_string_equal(steps, once);
}

TEST(each_migration_is_recorded_with_the_row_after_which_it_ran, migrate)
{
	struct fixture *f = *state;

	act_at_first(f);
	int64_t head = count(f, "SELECT max(seq) FROM journal");
	open_at(f, V_RENAME);
	assert_int_equal(count(f, "SELECT count(*) FROM migration"), 3);
	assert_int_equal(count(f, "SELECT seq FROM migration WHERE version = 1"), 0);
	assert_int_equal(count(f, "SELECT min(seq) FROM migration WHERE version > 1"), head);
	assert_int_equal(count(f, "SELECT max(seq) FROM migration WHERE version > 1"), head);
}

TEST(a_record_of_migrations_that_does_not_fit_is_damage, migrate)
{
	static const struct {
		const char *tamper, *mend;
	} records[] = {
		{ "UPDATE migration SET seq = seq + 1000 WHERE version = 3",
			"UPDATE migration SET seq = seq - 1000 WHERE version = 3" },
		{ "UPDATE migration SET seq = 1 WHERE version = 1",
			"UPDATE migration SET seq = 0 WHERE version = 1" },
		{ "UPDATE migration SET version = 7 WHERE version = 3",
			"UPDATE migration SET version = 3 WHERE version = 7" },
		{ "INSERT INTO migration VALUES (4, 'x', 1000, 0)",
			"DELETE FROM migration WHERE version = 4" },
	};
	struct fixture *f = *state;

	live_through(f, V_RENAME);
	for (size_t i = 0; i < ARRAY_LEN(records); i++) {
		struct verify_report report;
		struct err err = { 0 };
		assert_ok(store_exec(f->db, records[i].tamper, &err), &err);
		assert_int_equal(verify_run(f->db, false, f->dir, &report, &err), ERR_STORAGE);
		assert_true(err_has(&err, REASON_STORE_DAMAGED));
		assert_ok(store_exec(f->db, records[i].mend, &err), &err);
	}
	assert_holds(f);
}

/* ---- migrations that must not be ---- */

TEST(a_migration_that_peeks_at_private_tables_is_found_by_replay, migrate)
{
	struct fixture *f = *state;
	struct verify_report report;
	struct err err = { 0 };

	act_at_first(f);
	f->rows[1].sql = "UPDATE tool SET name = (SELECT words FROM note WHERE id = 31)"
			 " WHERE id = 31 AND EXISTS (SELECT 1 FROM note WHERE id = 31);";
	open_at(f, 2);
	assert_ok(verify_run(f->db, true, f->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "tool");
	assert_int_equal(report.difference.id, 31);
}

static void assert_left_at_first(struct fixture *f, int why)
{
	CLEANUP(mem_free) char *backup = mem_printf("%s.before-3", f->path);
	struct err err = { 0 };
	struct db *copy = NULL;

	db_close(TAKE(f->db));
	f->known.count = 3;
	assert_int_equal(
		store_open(f->path, DB_OPEN, &f->clock, &f->known, &f->db, &err), ERR_STORAGE);
	assert_true(err_has(&err, why));
	open_at(f, V_FIRST);
	assert_int_equal(count(f, "SELECT count(*) FROM migration"), 1);
	assert_int_equal(count(f, "SELECT count(*) FROM tool WHERE colour = 'blue'"), 1);
	ADD(f, "shelf", 3, F_TEXT("name", "C"));
	assert_holds(f);
	assert_ok(store_open(backup, DB_READ_ONLY, &f->clock, &f->known, &copy, &err), &err);
	db_close(copy);
}

TEST(a_migration_that_fails_leaves_the_old_version_whole_and_a_backup, migrate)
{
	struct fixture *f = *state;

	act_at_first(f);
	f->rows[2].sql = "ALTER TABLE tool ADD COLUMN half INTEGER; UPDATE tool SET nothing = 1;";
	assert_left_at_first(f, REASON_STORE_FAILED);
}

TEST(a_migration_that_leaves_orphans_leaves_the_old_version_whole, migrate)
{
	struct fixture *f = *state;

	act_at_first(f);
	f->rows[2].sql = "DELETE FROM tool WHERE id = 31;"; /* mark 41 refers to it */
	assert_left_at_first(f, REASON_STORE_DAMAGED);
}

TEST(with_a_recovery_key_the_copy_of_before_is_sealed_with_it, migrate)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *backup = mem_printf("%s.before-%d", f->path, V_CLASS);
	CLEANUP(mem_free) char *plain = mem_printf("%s.plain", backup);
	CLEANUP(mem_free) char *opened = mem_printf("%s/opened.db", f->dir);
	struct recovery recovery;
	struct seal_secrets secrets;
	struct seal_about about;
	struct err err = { 0 };

	act_at_first(f);
	int64_t acts = count(f, "SELECT max(seq) FROM journal");
	assert_ok(recovery_make(f->dir, &recovery, &err), &err);
	open_at(f, V_CLASS);
	assert_true(seal_is(backup, &about));
	assert_int_equal(about.seq, acts);
	assert_int_equal(access(plain, F_OK), -1);
	assert_ok(seal_open(backup, &recovery, opened, &secrets, &err), &err);
	f->known.count = V_FIRST;
	db_close(TAKE(f->db));
	assert_ok(store_open(opened, DB_READ_ONLY, &f->clock, &f->known, &f->db, &err), &err);
	assert_int_equal(count(f, "SELECT count(*) FROM tool WHERE colour = 'blue'"), 1);
}

/* Runs in its own process: 0, or 1 after saying why not. On a loaded machine the one that migrates
 * may take longer than the others' patience: they ask again. */
static int open_said(struct fixture *f)
{
	struct err err = { 0 };
	int r;

	do {
		r = store_open(f->path, DB_OPEN, &f->clock, &f->known, &f->db, &err);
	} while (r == ERR_BUSY);
	if (r == 0)
		return 0;
	fprintf(stderr, "%s: %s\n", reason_name(err.reasons[0].code), err.detail);
	return 1;
}

TEST(two_programs_that_open_an_old_file_at_once_migrate_it_once, migrate)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *backup = mem_printf("%s.before-%d", f->path, V_CLASS);
	struct err err = { 0 };
	struct db *copy = NULL;
	pid_t children[4];
	int status;

	act_at_first(f);
	db_close(TAKE(f->db));
	f->known.count = V_CLASS;
	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(open_said(f));
	}
	for (size_t i = 0; i < ARRAY_LEN(children); i++) {
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
	}
	open_at(f, V_CLASS);
	assert_holds(f);
	f->known.count = V_FIRST;
	assert_ok(store_open(backup, DB_READ_ONLY, &f->clock, &f->known, &copy, &err), &err);
	db_close(copy);
	f->known.count = V_CLASS;
}

/* Its mark in the database was the newest version that the program knows. */
TEST(making_sure_of_the_database_leaves_its_version, migrate)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	int64_t version = 0;

	live_through(f, V_RENAME);
	f->db->is_doubtful = true;
	SET(f, "tool", 31, F_INT("grams", 1));
	assert_false(f->db->is_doubtful);
	assert_ok(store_pragma_int(f->db, "PRAGMA user_version", &version, &err), &err);
	assert_int_equal(version, V_RENAME);
}

TEST(a_trial_version_is_refused_untouched, migrate)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *trial = mem_printf("%s/trial.db", f->dir);
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", trial);
	CLEANUP(mem_free)
	char *sql = mem_printf("PRAGMA application_id = %d; PRAGMA user_version = 25;"
			       "CREATE TABLE store (id INTEGER PRIMARY KEY)",
		MIGRATE_APPLICATION_ID);
	const enum db_mode modes[] = { DB_OPEN, DB_READ_ONLY };
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(trial, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
		struct err err = { 0 };
		struct db *db = NULL;
		assert_int_equal(db_open(trial, modes[i], &f->clock, &db, &err), ERR_STORAGE);
		assert_true(err_has(&err, REASON_STORE_TRIAL));
		assert_string_equal(err.reasons[0].text, trial);
	}
	assert_int_not_equal(access(wal, F_OK), 0);
}
