/* Files that are not as they should be, and folders without permission: each is distinguished,
 * nothing crashes, nothing is made worse. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/base/reason_name.h"
#include "core/base/reasons.h"
#include "core/base/when.h"
#include "core/items/lending/loan.h"
#include "core/items/lending/loan_list.h"
#include "core/store/reasons.h"
#include "tests/faults/work.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define ACTS  12 /* done before the damage; the last few are only in the WAL */
#define IN_DB 6
#define PAGE  4096

struct fixture {
	struct work work;
	char *wal, *head, *shm, *lock;
	unsigned seed;
};

static void do_acts(const struct work *w)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(w->path, DB_OPEN, &w->clock, &db, &err), &err);
	for (int i = 1; i <= ACTS; i++) {
		assert_ok(work_act(w, db, i, &err), &err);
		if (i == IN_DB)
			assert_ok(db_checkpoint(db, true, &err), &err);
	}
	db_close(db);
}

static int bad_files_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));

	work_create(&f->work);
	f->wal = mem_printf("%s-wal", f->work.path);
	f->head = mem_printf("%s.head", f->work.path);
	f->shm = mem_printf("%s-shm", f->work.path);
	f->lock = mem_printf("%s.lock", f->work.path);
	f->seed = work_seed();
	do_acts(&f->work);
	*state = f;
	return 0;
}

static int bad_files_teardown(void **state)
{
	struct fixture *f = *state;

	work_remove(&f->work);
	free(f->wal);
	free(f->head);
	free(f->shm);
	free(f->lock);
	free(f);
	return 0;
}

/* ---- files by hand ---- */

static off_t size_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return status.st_size;
}

static void put_byte(const char *path, off_t offset, unsigned char byte)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &byte, 1, offset), 1);
	close(fd);
}

static unsigned char get_byte(const char *path, off_t offset)
{
	unsigned char byte = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(pread(fd, &byte, 1, offset), 1);
	close(fd);
	return byte;
}

/* All of it in one file, without a WAL. */
static void into_one_file(const struct fixture *f)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(db_open(f->work.path, DB_OPEN, &f->work.clock, &db, &err), &err);
	assert_ok(db_checkpoint(db, true, &err), &err);
	db_close(db);
	assert_int_equal(size_of(f->wal), 0);
}

static int open_it(const struct fixture *f, enum db_mode mode, struct db **ret, struct err *err)
{
	*err = (struct err){ 0 };
	return db_open(f->work.path, mode, &f->work.clock, ret, err);
}

#define assert_not_opened(f, code_, name)                                                          \
	do {                                                                                       \
		struct err err_ = { 0 };                                                           \
		struct db *db_ = NULL;                                                             \
		for (int mode_ = DB_OPEN; mode_ <= DB_READ_ONLY; mode_++) {                        \
			assert_int_equal(open_it((f), (enum db_mode)mode_, &db_, &err_), (code_)); \
			if (!err_has(&err_, REASON_##name))                                        \
				fail_msg("not opened, but for %s (%s)",                            \
					reason_name(err_.reasons[0].code), err_.detail);           \
		}                                                                                  \
	} while (0)

/* ---- not a database of ours ---- */

TEST(an_empty_file_is_not_ours_and_stays_empty, bad_files)
{
	struct fixture *f = *state;

	assert_int_equal(unlink(f->wal), 0);
	assert_int_equal(truncate(f->work.path, 0), 0);
	assert_not_opened(f, ERR_STORAGE, STORE_NOT_OURS);
	assert_int_equal(size_of(f->work.path), 0);
}

TEST(a_file_of_anything_else_is_not_ours_and_stays_as_it_is, bad_files)
{
	struct fixture *f = *state;

	assert_int_equal(unlink(f->wal), 0);
	for (int i = 0; i < 100; i++)
		put_byte(f->work.path, i, (unsigned char)('a' + i % 26));
	off_t before = size_of(f->work.path);
	assert_not_opened(f, ERR_STORAGE, STORE_NOT_OURS);
	assert_int_equal(size_of(f->work.path), before);
	assert_int_equal(get_byte(f->work.path, 27), 'b');
}

TEST(a_database_of_another_program_is_not_touched, bad_files)
{
	struct fixture *f = *state;
	sqlite3 *raw = NULL;

	unlink(f->work.path);
	unlink(f->wal);
	assert_int_equal(sqlite3_open(f->work.path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, "CREATE TABLE t (a)", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
	assert_not_opened(f, ERR_STORAGE, STORE_NOT_OURS);
	assert_int_equal(get_byte(f->work.path, 18), 1); /* not turned into a WAL database */
}

TEST(a_missing_file_and_a_folder_are_told_apart, bad_files)
{
	struct fixture *f = *state;
	struct err err;
	struct db *db = NULL;

	unlink(f->work.path);
	assert_not_opened(f, ERR_NOT_FOUND, STORE_MISSING);
	assert_int_equal(mkdir(f->work.path, 0700), 0);
	assert_int_equal(open_it(f, DB_OPEN, &db, &err), ERR_STORAGE);
	assert_int_equal(open_it(f, DB_READ_ONLY, &db, &err), ERR_STORAGE);
}

/* ---- damage ---- */

enum verdict {
	VERDICT_NAMED,   /* opening, using or verifying it says that it is damaged */
	VERDICT_WELL,    /* verify finds nothing, the journal is what it was */
	VERDICT_CHANGED, /* verify finds nothing although the journal is another */
	VERDICT_ODD,     /* a reason that does not fit */
};

static bool names_damage(const struct err *err)
{
	return err->code == ERR_STORAGE &&
	       (err_has(err, REASON_STORE_DAMAGED) || err_has(err, REASON_STORE_NOT_OURS) ||
		       err_has(err, REASON_STORE_NEWER) || err_has(err, REASON_STORE_FAILED));
}

static enum verdict verdict_of(const struct err *err)
{
	if (names_damage(err))
		return VERDICT_NAMED;
	fprintf(stderr, "# %d %s %s\n", err->code, reason_name(err->reasons[0].code), err->detail);
	return VERDICT_ODD;
}

/* Verifies it, then uses it anyway: whatever verifying says, it must not crash. */
static enum verdict examine(const struct work *w)
{
	struct replay_difference difference;
	struct journal_head head;
	struct err err = { 0 }, ignored;
	struct db *db = NULL;
	enum verdict verdict = VERDICT_NAMED;
	struct loan loan = { 0 };

	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0)
		return verdict_of(&err);
	if (work_verify(w, db, &difference, &err) < 0)
		verdict = verdict_of(&err);
	else if (!difference.table[0])
		verdict = journal_head(db, &head, &err) == 0 && head.seq == w->rows + ACTS &&
					  memcmp(head.hash, w->hash[ACTS], sizeof(head.hash)) == 0
				  ? VERDICT_WELL
				  : VERDICT_CHANGED;
	for (int i = 0; i < WORK_ITEMS; i++) {
		loan_open_of_item(db, w->items[i], &loan, &ignored);
		loan_finish(&loan);
	}
	work_act(w, db, ACTS + 1, &ignored);
	db_close(db);
	return verdict;
}

/* In a separate process, so that a crash is reported with its position. */
static enum verdict examine_apart(const struct work *w, const char *what, long where)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit((int)examine(w));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) > VERDICT_ODD)
		fail_msg("%s at %ld: crashed, status %d", what, where, status);
	return (enum verdict)WEXITSTATUS(status);
}

/* The whole file, to put it back after an examination. */
struct kept {
	char *bytes;
	size_t size;
};

static void cleanup_kept(struct kept *kept)
{
	free(kept->bytes);
}

static struct kept keep(const struct fixture *f)
{
	struct kept kept = { .size = (size_t)size_of(f->work.path) };
	FILE *in = fopen(f->work.path, "rbe");

	assert_non_null(in);
	kept.bytes = mem_alloc(kept.size);
	assert_int_equal(fread(kept.bytes, 1, kept.size, in), kept.size);
	fclose(in);
	return kept;
}

static void put_back(const struct fixture *f, const struct kept *kept)
{
	FILE *out = fopen(f->work.path, "wbe");

	assert_non_null(out);
	assert_int_equal(fwrite(kept->bytes, 1, kept->size, out), kept->size);
	fclose(out);
	unlink(f->wal);
	unlink(f->shm);
	/* The examined file was written to: the copy lacks that. */
	unlink(f->head);
}

TEST(a_truncated_database_is_named_as_damaged, bad_files)
{
	struct fixture *f = *state;

	into_one_file(f);
	off_t whole = size_of(f->work.path);
	CLEANUP(cleanup_kept) struct kept kept = keep(f);
	for (int i = 1; i <= 12; i++) {
		off_t cut = whole * i / 13 / (i % 2 ? PAGE : 1) * (i % 2 ? PAGE : 1);
		assert_int_equal(truncate(f->work.path, cut), 0);
		if (examine_apart(&f->work, "cut", (long)cut) != VERDICT_NAMED)
			fail_msg("cut to %ld of %ld: not named", (long)cut, (long)whole);
		put_back(f, &kept);
	}
	assert_int_equal(examine(&f->work), VERDICT_WELL);
}

static enum verdict flip(struct fixture *f, off_t at, const struct kept *kept)
{
	unsigned char byte = get_byte(f->work.path, at);

	put_byte(f->work.path, at, byte ^ (unsigned char)(1u << rand_r(&f->seed) % 8));
	enum verdict verdict = examine_apart(&f->work, "flipped bit in byte", (long)at);
	put_back(f, kept);
	return verdict;
}

TEST(a_flipped_bit_is_named_or_changes_nothing_that_is_proven, bad_files)
{
	struct fixture *f = *state;
	int named = 0, flips = work_effort(40);

	into_one_file(f);
	CLEANUP(cleanup_kept) struct kept kept = keep(f);
	off_t whole = size_of(f->work.path);
	for (int i = 0; i < flips; i++) {
		off_t at = whole * i / flips + rand_r(&f->seed) % (whole / flips);
		while (at < whole - 1 && get_byte(f->work.path, at) == 0)
			at++; /* most of a small database is free space */
		enum verdict verdict = flip(f, at, &kept);
		if (verdict != VERDICT_NAMED && verdict != VERDICT_WELL)
			fail_msg("bit in byte %ld: verdict %d", (long)at, verdict);
		named += verdict == VERDICT_NAMED;
	}
	print_message("# %d of %d flipped bits named, the others in unused space or in what the "
		      "journal does not hold\n",
		named, flips);
	assert_true(named > 0);
}

TEST(a_page_that_lost_its_head_is_always_named, bad_files)
{
	struct fixture *f = *state;

	into_one_file(f);
	CLEANUP(cleanup_kept) struct kept kept = keep(f);
	off_t pages = size_of(f->work.path) / PAGE;
	for (off_t page = 1 + rand_r(&f->seed) % 8; page < pages; page += 8) {
		put_byte(f->work.path, page * PAGE, 0x77);
		if (examine_apart(&f->work, "page", (long)page) != VERDICT_NAMED)
			fail_msg("page %ld of %ld: not named", (long)page, (long)pages);
		put_back(f, &kept);
	}
}

/* What a damaged file may contain although the schema forbids it. */
static void tamper(const struct fixture *f, const char *sql)
{
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(f->work.path, &raw), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(raw, "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF",
			NULL, NULL, NULL),
		SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
	sqlite3_close(raw);
}

static off_t first_page_of(const struct fixture *f, const char *table)
{
	CLEANUP(mem_free)
	char *sql = mem_printf("SELECT rootpage FROM sqlite_schema WHERE name = '%s'", table);
	sqlite3_stmt *statement = NULL;
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(f->work.path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	off_t page = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	sqlite3_close(raw);
	return page - 1;
}

TEST(verify_names_damage_too, bad_files)
{
	struct fixture *f = *state;
	struct verify_report report;
	struct err err = { 0 };
	struct db *db = NULL;

	into_one_file(f);
	assert_ok(open_it(f, DB_OPEN, &db, &err), &err);
	assert_ok(verify_run(db, true, f->work.dir, &report, &err), &err);
	db_close(db);
	put_byte(f->work.path, first_page_of(f, "loan") * PAGE, 0x77);
	assert_ok(open_it(f, DB_OPEN, &db, &err), &err);
	assert_int_equal(verify_run(db, true, f->work.dir, &report, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	db_close(db);
}

TEST(a_journal_that_ends_in_no_hash_is_named_by_the_next_act, bad_files)
{
	struct fixture *f = *state;
	struct journal_head head;
	struct err err = { 0 };
	struct db *db = NULL;

	tamper(f, "DROP TRIGGER journal_keeps; UPDATE journal SET hash = x''"
		  " WHERE seq = (SELECT max(seq) FROM journal)");
	assert_ok(open_it(f, DB_OPEN, &db, &err), &err);
	assert_int_equal(work_act(&f->work, db, ACTS + 1, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	assert_int_equal(journal_head(db, &head, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	db_close(db);
}

TEST(a_store_row_without_sense_is_named, bad_files)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;

	tamper(f, "UPDATE store SET site = 16384");
	assert_int_equal(open_it(f, DB_OPEN, &db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
	tamper(f, "UPDATE store SET site = 3, zone = 'Asia/Shanhgai'");
	assert_true(open_it(f, DB_OPEN, &db, &err) < 0);
	assert_true(err_has(&err, REASON_ZONE_UNKNOWN));
	tamper(f, "DELETE FROM store");
	assert_int_equal(open_it(f, DB_OPEN, &db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_DAMAGED));
}

/* ---- the files beside it ---- */

/* The tripwire has seen the acts that went with the WAL. */
static void assert_missed(const struct fixture *f)
{
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(open_it(f, DB_OPEN, &db, &err), &err);
	assert_int_equal(journal_tripwire_check(db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_BEHIND));
	db_close(db);
}

static int acts_there(const struct fixture *f)
{
	CLEANUP(mem_free) char *fault = NULL;
	struct err err = { 0 };
	struct db *db = NULL;

	assert_ok(open_it(f, DB_OPEN, &db, &err), &err);
	int there = work_check(&f->work, db, &fault);
	if (there < 0)
		fail_msg("%s", fault);
	db_close(db);
	return there;
}

TEST(without_its_wal_a_database_is_whole_as_of_the_last_checkpoint, bad_files)
{
	struct fixture *f = *state;

	assert_int_equal(unlink(f->wal), 0);
	assert_missed(f);
	unlink(f->head);
	assert_int_equal(acts_there(f), IN_DB);
}

TEST(a_garbled_wal_counts_up_to_where_it_is_whole, bad_files)
{
	struct fixture *f = *state;
	off_t whole = size_of(f->wal);

	off_t at = whole / 2 + rand_r(&f->seed) % 500;
	put_byte(f->wal, at, get_byte(f->wal, at) ^ 0xff);
	assert_missed(f);
	unlink(f->head);
	int half = acts_there(f);
	assert_in_range(half, IN_DB, ACTS - 1);
	put_byte(f->wal, 3, 0x55); /* its very magic */
	assert_int_equal(acts_there(f), IN_DB);
	assert_int_equal(truncate(f->wal, 20), 0);
	assert_int_equal(acts_there(f), IN_DB);
}

TEST(shared_memory_left_behind_by_a_crash_is_made_anew, bad_files)
{
	struct fixture *f = *state;
	int fd = open(f->shm, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_true(fd >= 0);
	for (int i = 0; i < 32768; i++)
		put_byte(f->shm, i, (unsigned char)rand_r(&f->seed));
	close(fd);
	assert_int_equal(acts_there(f), ACTS);
}

/* ---- folders that do not let us ---- */

TEST(a_lock_that_cannot_be_made_is_told_with_its_name, bad_files)
{
	struct fixture *f = *state;
	struct err err = { 0 };
	struct db *db = NULL;

	unlink(f->lock);
	assert_int_equal(mkdir(f->lock, 0700), 0);
	assert_int_equal(open_it(f, DB_OPEN, &db, &err), ERR_STORAGE);
	assert_true(err_has(&err, REASON_STORE_READ_ONLY));
	assert_non_null(strstr(err.detail, ".lock"));
	/* Reading needs no lock. */
	assert_ok(open_it(f, DB_READ_ONLY, &db, &err), &err);
	db_close(db);
}

/* Runs `body` as nobody, in a separate process; its return value becomes the exit status. */
static int as_nobody(const struct fixture *f, int (*body)(const struct fixture *))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit(setresgid(65534, 65534, 65534) < 0 || setresuid(65534, 65534, 65534) < 0
				? 99
				: body(f));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* 0 when it is not opened, because it may not be written or even searched for. */
static int try_opening(const struct fixture *f)
{
	struct err err = { 0 };
	struct db *db = NULL;

	if (open_it(f, DB_OPEN, &db, &err) != ERR_STORAGE)
		return 1;
	return err_has(&err, REASON_STORE_READ_ONLY) ? 0 : 2;
}

static int try_reading(const struct fixture *f)
{
	struct err err = { 0 };
	struct db *db = NULL;
	int64_t n = 0;

	if (open_it(f, DB_READ_ONLY, &db, &err) < 0)
		return err.code == ERR_STORAGE && err_has(&err, REASON_STORE_READ_ONLY) ? 0 : 1;
	int r = db_integer(db, "SELECT count(*) FROM loan", NO_FIELDS, 0, &n, &err);
	db_close(db);
	return r == 0 && n == WORK_ITEMS ? 0 : 2;
}

TEST(without_rights_it_says_so, bad_files)
{
	struct fixture *f = *state;

	if (geteuid() != 0) {
		print_message("# skipped: only root can become nobody\n");
		return;
	}
	chmod(f->work.dir, 0755);
	assert_int_equal(as_nobody(f, try_opening), 0);
	chmod(f->work.path, 0644);
	assert_int_equal(as_nobody(f, try_opening), 0);
	assert_int_equal(as_nobody(f, try_reading), 0);
	chmod(f->lock, 0666);
	assert_int_equal(as_nobody(f, try_opening), 0);
	chmod(f->work.dir, 0700);
	assert_int_equal(as_nobody(f, try_opening), 0);
	assert_int_equal(acts_there(f), ACTS);
}

/* ---- made half-way ---- */

#define KILLS 30

static void make(const struct fixture *f, const char *path)
{
	struct err err = { 0 };
	struct db *db = NULL;

	_exit(db_create(path, 5, "Asia/Shanghai", &f->work.clock, &db, &err) < 0 ? 1 : 0);
}

/* Kills it `us` microseconds after its start, or waits for its end when that is 0. */
static void make_apart(const struct fixture *f, const char *path, long us)
{
	struct timespec nap = { .tv_nsec = us * 1000 };
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		make(f, path);
	if (us > 0) {
		nanosleep(&nap, NULL);
		kill(pid, SIGKILL);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
}

static void clear(const char *path)
{
	CLEANUP(mem_free) char *command = mem_printf("rm -f '%s'*", path);

	assert_int_equal(system(command), 0);
}

static long time_of_making(const struct fixture *f, const char *path)
{
	int64_t from = clock_us();

	make_apart(f, path, 0);
	long us = (long)(clock_us() - from);
	clear(path);
	return us < 500000 ? us : 500000;
}

/* 1 when it was there already; otherwise there is nothing, and it can be created. */
static int open_or_make(const struct fixture *f, const char *path)
{
	struct err err = { 0 };
	struct db *db = NULL;

	int r = db_open(path, DB_OPEN, &f->work.clock, &db, &err);
	bool was_there = r == 0;
	if (r == ERR_NOT_FOUND)
		r = db_create(path, 5, "Asia/Shanghai", &f->work.clock, &db, &err);
	assert_ok(r, &err);
	assert_ok(replay_check_structure(db, f->work.fresh, &err), &err);
	db_close(db);
	return was_there;
}

TEST(a_database_is_made_whole_or_not_at_all, bad_files)
{
	struct fixture *f = *state;
	CLEANUP(mem_free) char *path = mem_printf("%s/new.db", f->work.dir);
	long usual = time_of_making(f, path);
	int there = 0;

	for (int i = 0; i < KILLS; i++) {
		make_apart(f, path, 1 + rand_r(&f->seed) % usual);
		there += open_or_make(f, path);
		clear(path);
	}
	print_message("# %d of %d kills came when it was there\n", there, KILLS);
}
