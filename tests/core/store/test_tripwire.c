/* The tripwire beside the database, and what a broken journal stops. */
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/mem.h"
#include "core/store/acting.h"
#include "core/store/backup.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal_check.h"
#include "core/store/reasons.h"
#include "tests/lib/ok.h"

struct fixture {
	char dir[64], path[96], head[112];
	struct clock clock;
	struct db *db;
	int64_t number; /* of the latest household */
};

static void reopen(struct fixture *f)
{
	struct err err = { 0 };

	db_close(TAKE(f->db));
	assert_ok(db_open(f->path, DB_OPEN, &f->clock, &f->db, &err), &err);
}

static int tripwire_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };

	snprintf(f->dir, sizeof(f->dir), "/tmp/jiaplus-tripwire-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/jiaplus.db", f->dir);
	snprintf(f->head, sizeof(f->head), "%s.head", f->path);
	f->clock = clock_set(1795233600);
	assert_ok(db_create(f->path, 1, "Asia/Shanghai", &f->clock, &f->db, &err), &err);
	*state = f;
	return 0;
}

static int tripwire_teardown(void **state)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *command = mem_printf("rm -rf '%s'", f->dir);

	db_close(f->db);
	int r = system(command);
	free(f);
	return r;
}

static int try_act(struct fixture *f, struct err *err)
{
	static const struct act volunteer = { .role = ROLE_VOLUNTEER };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number = f->number + 1;

	TRY(act_begin(
		&a, f->db, &volunteer, ACT_HOUSEHOLD_ADD, FIELDS(F_INT("number", number)), err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "household", FIELDS(F_INT("id", id), F_INT("number", number)), err));
	TRY(act_commit(&a, id, err));
	f->number = number;
	return 0;
}

static void act_times(struct fixture *f, int count)
{
	struct err err = { 0 };

	while (count-- > 0)
		assert_ok(try_act(f, &err), &err);
}

static int64_t told_seq(const struct fixture *f)
{
	struct journal_head head;

	journal_tripwire_read(f->db, &head);
	return head.seq;
}

static void run(const char *format, const char *a, const char *b)
{
	CLEANUP(mem_free) char *command = mem_printf(format, a, b, b, b);

	assert_int_equal(system(command), 0);
}

/* A copy of the database as it is now, later put in its place. */
static void copy_out(struct fixture *f)
{
	CLEANUP(mem_free) char *old = mem_printf("%s/old.db", f->dir);
	struct err err = { 0 };

	assert_ok(backup_write(f->db, old, true, &err), &err);
}

static void copy_back(struct fixture *f)
{
	CLEANUP(mem_free) char *old = mem_printf("%s/old.db", f->dir);

	db_close(TAKE(f->db));
	run("cp '%s' '%s' && rm -f '%s-wal' '%s-shm'", old, f->path);
	reopen(f);
}

TEST(each_act_moves_the_tripwire, tripwire)
{
	struct fixture *f = *state;

	for (int i = 1; i <= 5; i++) {
		act_times(f, 1);
		assert_int_equal(told_seq(f), i);
	}
	reopen(f);
	act_times(f, 1);
	assert_int_equal(told_seq(f), 6);
}

TEST(what_was_rolled_back_does_not_move_it, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct txn t = TXN_INIT;

	act_times(f, 2);
	assert_ok(txn_begin(&t, f->db, &err), &err);
	act_times(f, 1);
	txn_end(&t);
	assert_int_equal(told_seq(f), 2);
}

TEST(a_database_put_back_by_hand_is_behind_its_tripwire, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 3);
	copy_out(f);
	act_times(f, 1);
	assert_ok(journal_tripwire_check(f->db, &err), &err);
	copy_back(f);
	assert_int_equal(journal_tripwire_check(f->db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_BEHIND));
	assert_false(err_has(&err, REASON_STORE_DAMAGED));
}

TEST(neither_acts_nor_checkpoints_on_an_old_copy_move_it_back, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 3);
	copy_out(f);
	act_times(f, 4);
	copy_back(f);
	assert_int_equal(db_checkpoint(f->db, false, &err), ERR_STORAGE);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_BEHIND));
	assert_int_equal(told_seq(f), 7);
	reopen(f);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_int_equal(journal_tripwire_check(f->db, &err), ERR_STORAGE);
}

TEST(acts_that_went_with_a_deleted_wal_are_missed, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 2);
	assert_ok(db_checkpoint(f->db, true, &err), &err);
	act_times(f, 3);
	db_close(TAKE(f->db));
	run("rm -f '%s-wal' '%s-shm'", f->path, f->path);
	reopen(f);
	assert_int_equal(journal_tripwire_check(f->db, &err), ERR_STORAGE);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_BEHIND));
}

/* ---- the file ---- */

static void spoil(const struct fixture *f, off_t at)
{
	int fd = open(f->head, O_RDWR);

	assert_int_equal(pwrite(fd, "garbage", 7, at), 7);
	close(fd);
}

TEST(a_torn_record_leaves_the_others, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 2);
	assert_ok(db_checkpoint(f->db, false, &err), &err);
	act_times(f, 2);
	spoil(f, 8192); /* the latest act's */
	assert_int_equal(told_seq(f), 2);
	assert_false(journal_tripwire_lost(f->db));
	act_times(f, 1);
	assert_int_equal(told_seq(f), 5);
}

TEST(an_unreadable_tripwire_is_kept_and_told, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 2);
	assert_ok(db_checkpoint(f->db, false, &err), &err);
	for (int i = 0; i < 3; i++)
		spoil(f, i * 4096);
	assert_true(journal_tripwire_lost(f->db));
	act_times(f, 1);
	assert_int_equal(told_seq(f), 3);
	assert_true(journal_tripwire_lost(f->db));
}

TEST(the_line_of_0_1_0_is_understood, tripwire)
{
	struct fixture *f = *state;
	char hex[2 * JOURNAL_HASH_SIZE + 1];
	struct journal_head head;
	struct err err = { 0 };

	act_times(f, 3);
	assert_ok(journal_head(f->db, &head, &err), &err);
	for (int i = 0; i < JOURNAL_HASH_SIZE; i++)
		snprintf(hex + i * 2, 3, "%02x", head.hash[i]);
	FILE *out = fopen(f->head, "w");
	fprintf(out, "0 3 %s\n", hex);
	fclose(out);
	reopen(f);
	assert_int_equal(told_seq(f), 3);
	assert_ok(journal_tripwire_check(f->db, &err), &err);
	act_times(f, 2);
	assert_int_equal(told_seq(f), 5);
	out = fopen(f->head, "w");
	fprintf(out, "0 9 %s\n", hex);
	fclose(out);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_BEHIND));
}

/* ---- a broken chain ---- */

static void rewrite_row(struct fixture *f, int64_t seq)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("DROP TRIGGER journal_keeps;"
			       " UPDATE journal SET body = body || ' ' WHERE seq = %" PRId64 ";"
			       " CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN"
			       " SELECT RAISE(ABORT, 'the journal is append-only'); END",
		seq);
	sqlite3 *raw = NULL;

	db_close(TAKE(f->db));
	assert_int_equal(sqlite3_open(f->path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	reopen(f);
}

TEST(nothing_is_written_on_a_broken_chain, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 5);
	rewrite_row(f, 2);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	assert_int_equal(err.reasons[0].n1, 2);
	assert_int_equal(db_checkpoint(f->db, false, &err), ERR_STORAGE);
	assert_int_equal(told_seq(f), 5);
}

TEST(what_one_process_finds_broken_all_leave_alone, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 5);
	journal_condemn(f->db, 3);
	reopen(f);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	assert_int_equal(err.reasons[0].n1, 3);
	journal_absolve(f->db); /* a full check has found it good */
	reopen(f);
	act_times(f, 1);
}

/* ---- another file in its place ---- */

TEST(nothing_is_written_to_a_file_that_was_replaced, tripwire)
{
	struct fixture *f = *state;
	struct err err = { 0 };

	act_times(f, 2);
	copy_out(f);
	run("mv '%s/old.db' '%s'", f->dir, f->path);
	assert_int_equal(try_act(f, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_REPLACED));
}
