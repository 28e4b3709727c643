/* A venue of each release, with a month of acts of every kind (tests/data/make_venue.c): whatever
 * the schema is by now, it opens, migrates and replays. Checks nothing that a migration may
 * change. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/points/ledger.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/open.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define LATER INT64_C(1893456000) /* 2030: after everything that happened there */

struct fixture {
	char dir[64], path[96];
	struct clock clock;
	glob_t venues;
};

static int kept_venue_setup(void **state)
{
	const char *source = getenv("JIAPLUS_SOURCE");
	struct fixture *f = mem_alloc(sizeof(*f));

	assert_non_null(source);
	/* In memory where possible: what a real disk does with a sync is not tested here. */
	snprintf(f->dir, sizeof(f->dir), "%s/jiaplus-kept-XXXXXX",
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	f->clock = clock_set(LATER);
	CLEANUP(mem_free) char *pattern = mem_printf("%s/tests/data/venue-*.db", source);
	assert_int_equal(glob(pattern, 0, NULL, &f->venues), 0);
	*state = f;
	return 0;
}

static int kept_venue_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	globfree(&f->venues);
	int r = system(command);
	free(f);
	return r;
}

static void take_copy(const struct fixture *f, size_t venue)
{
	CLEANUP(mem_free)
	char *command = mem_printf(
		"rm -f '%s'* && cp '%s' '%s'", f->path, f->venues.gl_pathv[venue], f->path);

	assert_int_equal(system(command), 0);
}

/* Opens it, which migrates it up to that version; checks journal and books. */
static void assert_holds_at(const struct fixture *f, int version)
{
	const struct migration_list known = { migrations_all.rows, version };
	struct verify_report report;
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t kinds = 0;

	assert_ok(store_open(f->path, DB_OPEN, &f->clock, &known, &db, &err), &err);
	assert_ok(verify_run(db, true, f->dir, &report, &err), &err);
	assert_string_equal(report.difference.table, "");
	assert_ok(ledger_prove(db, &err), &err);
	assert_ok(db_integer(db, "SELECT count(DISTINCT kind) FROM journal", NO_FIELDS, 0, &kinds,
			  &err),
		&err);
	assert_true(kinds >= 160);
	db_close(db);
}

TEST(a_kept_venue_migrates_and_replays, kept_venue)
{
	const struct fixture *f = *state;

	for (size_t i = 0; i < f->venues.gl_pathc; i++) {
		take_copy(f, i);
		assert_holds_at(f, migrations_all.count);
	}
}

TEST(a_kept_venue_replays_at_each_version_on_its_way, kept_venue)
{
	const struct fixture *f = *state;

	for (size_t i = 0; i < f->venues.gl_pathc; i++) {
		sqlite3 *raw = NULL;
		sqlite3_stmt *s = NULL;
		take_copy(f, i);
		assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
		assert_int_equal(
			sqlite3_prepare_v2(raw, "PRAGMA user_version", -1, &s, NULL), SQLITE_OK);
		assert_int_equal(sqlite3_step(s), SQLITE_ROW);
		int version = sqlite3_column_int(s, 0);
		sqlite3_finalize(s);
		sqlite3_close(raw);
		assert_true(version >= 1);
		for (; version <= migrations_all.count; version++)
			assert_holds_at(f, version);
	}
}
