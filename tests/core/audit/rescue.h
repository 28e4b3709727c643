/* A small venue with its keys, for tests of backups and restores: acts that add households, since
 * those need nothing else. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit/backup.h"
#include "core/audit/restore.h"
#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/people/staff.h"
#include "core/store/acting.h"
#include "core/store/journal.h"
#include "tests/lib/ok.h"

struct rescue {
	char top[64]; /* holds all of it */
	char *dir, *db, *backup, *other;
	struct clock clock;
};

static inline void rescue_shell(const char *format, const char *a, const char *b)
{
	CLEANUP(mem_free) char *command = mem_printf(format, a, b);

	assert_int_equal(system(command), 0);
}

static inline int rescue_act(struct db *db, int64_t number, struct err *err)
{
	static const struct act volunteer = { .role = ROLE_VOLUNTEER };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, &volunteer, ACT_HOUSEHOLD_ADD, FIELDS(F_INT("number", number)), err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "household", FIELDS(F_INT("id", id), F_INT("number", number)), err));
	TRY(act_private(&a, "household_private", id, FIELDS(F_TEXT("building", "3栋")), err));
	return act_commit(&a, id, err);
}

static inline void rescue_acts(struct rescue *r, int64_t from, int64_t until)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	for (int64_t number = from; number <= until; number++)
		assert_ok(rescue_act(db, number, &err), &err);
	db_close(db);
}

static inline void rescue_back_up(struct rescue *r, bool is_plain)
{
	const struct backup_wish wish = {
		.dir = r->dir, .to = r->backup, .is_plain = is_plain, .may_replace = true
	};
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(r->db, DB_OPEN, &r->clock, &db, &err), &err);
	assert_ok(backup_make(db, &wish, &err), &err);
	db_close(db);
}

/* Ten households, a backup, ten more. */
static inline void rescue_create(struct rescue *r, bool is_plain)
{
	struct err err = { 0 };
	struct pepper pepper;
	struct db *db = NULL;

	snprintf(r->top, sizeof(r->top),
		"%s/jiaplus-rescue-wall-XXXXXX", /* a name that holds -wal */
		access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(r->top));
	r->dir = mem_printf("%s/venue", r->top);
	r->db = mem_printf("%s/jiaplus.db", r->dir);
	r->backup = mem_printf("%s/a.backup", r->top);
	r->other = mem_printf("%s/other", r->top);
	r->clock = clock_set(1795233600);
	assert_int_equal(mkdir(r->dir, 0700), 0);
	assert_ok(pepper_create(r->dir, &pepper, &err), &err);
	assert_ok(db_create(r->db, 5, "Asia/Shanghai", &r->clock, &db, &err), &err);
	db_close(db);
	rescue_acts(r, 1, 10);
	rescue_back_up(r, is_plain);
	rescue_acts(r, 11, 20);
}

static inline void rescue_remove(struct rescue *r)
{
	rescue_shell("rm -rf '%s'%s", r->top, "");
	free(r->dir);
	free(r->db);
	free(r->backup);
	free(r->other);
}

static inline int64_t rescue_ask(const char *path, const struct clock *clock, const char *sql)
{
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n = -1;

	assert_ok(db_open(path, DB_READ_ONLY, clock, &db, &err), &err);
	assert_ok(db_integer(db, sql, NO_FIELDS, 0, &n, &err), &err);
	db_close(db);
	return n;
}

/* How many households there are in a database that is whole and takes another act. */
static inline int64_t rescue_look(const char *path, const struct clock *clock)
{
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n;

	assert_ok(db_open(path, DB_OPEN, clock, &db, &err), &err);
	assert_ok(backup_check(db, &err), &err);
	assert_ok(db_integer(db, "SELECT count(*) FROM household", NO_FIELDS, 0, &n, &err), &err);
	assert_ok(rescue_act(db, 1000, &err), &err);
	db_close(db);
	return n;
}

/* The database is whole, agrees with its journal and takes another act: returns how many households
 * there are. */
static inline int64_t rescue_check(const char *path, const struct clock *clock)
{
	CLEANUP(mem_free) char *scratch = mem_text("/tmp");
	struct verify_report report;
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n;

	assert_ok(db_open(path, DB_OPEN, clock, &db, &err), &err);
	assert_ok(verify_run(db, true, scratch, &report, &err), &err);
	assert_string_equal(report.difference.table, "");
	assert_ok(db_integer(db, "SELECT count(*) FROM household", NO_FIELDS, 0, &n, &err), &err);
	assert_ok(rescue_act(db, 1000, &err), &err);
	assert_ok(verify_run(db, true, scratch, &report, &err), &err);
	db_close(db);
	return n;
}
