/* Random flipped bits and truncated files, in everything in a venue's folder; then the kiosk's way
 * of starting, a backup's check and a full verification. Never a crash, never silence, never a lie:
 * whatever raises no complaint is unchanged. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/backup.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/desk/desk.h"
#include "core/store/act_reasons.h"
#include "core/store/binding.h"
#include "core/store/reasons.h"
#include "tests/core/audit/rescue.h"
#include "tests/faults/work.h"
#include "tests/lib/chance.h"
#include "tests/lib/ok.h"
#include "tests/lib/test.h"

#define ACTS  12
#define IN_DB 6
#define HARMS 60

struct fixture {
	struct work work;
	char *kept;
};

static void shell(const char *format, const char *a, const char *b)
{
	CLEANUP(mem_free) char *command = mem_printf(format, a, b);

	assert_int_equal(system(command), 0);
}

static int harm_setup(void **state)
{
	struct fixture *f = mem_alloc(sizeof(*f));
	struct err err = { 0 };
	struct db *db = NULL;

	work_create(&f->work);
	f->kept = mem_printf("%s/kept", f->work.dir);
	assert_ok(db_open(f->work.path, DB_OPEN, &f->work.clock, &db, &err), &err);
	for (int i = 1; i <= ACTS; i++) {
		assert_ok(work_act(&f->work, db, i, &err), &err);
		if (i == IN_DB)
			assert_ok(db_checkpoint(db, true, &err), &err);
	}
	db_close(db);
	assert_int_equal(mkdir(f->kept, 0700), 0);
	shell("cp '%s'* '%s'", f->work.path, f->kept);
	*state = f;
	return 0;
}

static int harm_teardown(void **state)
{
	struct fixture *f = *state;

	work_remove(&f->work);
	free(f->kept);
	free(f);
	return 0;
}

static void put_back(const struct fixture *f)
{
	shell("rm -f '%s'*%s", f->work.path, "");
	shell("cp '%s'/* '%s'", f->kept, f->work.dir);
}

/* ---- the harm ---- */

struct harm {
	const char *suffix; /* of the database's name */
	bool is_cut;
	off_t at;
	int bit;
};

static struct harm draw_harm(const struct fixture *f, int number)
{
	static const char *const suffixes[] = { "", "", "-wal", ".head", "", "-wal", ".lock" };
	struct harm h = { .suffix = suffixes[number % (int)ARRAY_LEN(suffixes)],
		.is_cut = draw(4) == 0,
		.bit = (int)draw(8) };
	CLEANUP(mem_free) char *path = mem_printf("%s%s", f->work.path, h.suffix);
	struct stat about;

	assert_int_equal(stat(path, &about), 0);
	h.at = about.st_size ? (off_t)draw((uint32_t)about.st_size) : 0;
	return h;
}

/* A bit that is in use: most of a small database is free space. */
static void do_harm(const struct fixture *f, struct harm *h)
{
	CLEANUP(mem_free) char *path = mem_printf("%s%s", f->work.path, h->suffix);
	unsigned char byte = 0;
	int fd = open(path, O_RDWR | O_CLOEXEC);

	assert_true(fd >= 0);
	if (h->is_cut) {
		assert_int_equal(ftruncate(fd, h->at), 0);
	} else {
		while (pread(fd, &byte, 1, h->at) == 1 && byte == 0)
			h->at++;
		byte ^= (unsigned char)(1u << h->bit);
		assert_int_equal(pwrite(fd, &byte, 1, h->at), 1);
	}
	close(fd);
}

/* ---- what is said of it ---- */

enum said {
	SAID_AT_START,  /* or at the first look at the chain, before anything is done */
	SAID_BY_BACKUP, /* its check, the same night */
	SAID_BY_VERIFY,
	SAID_NOTHING, /* and nothing is wrong */
	SAID_A_LIE,   /* nothing, and something is wrong */
	SAID_ODD,     /* something that does not fit */
	SAID_COUNT,
};

static enum said said(enum said when, const struct err *err)
{
	static const int fitting[] = { REASON_STORE_DAMAGED, REASON_STORE_NOT_OURS,
		REASON_STORE_NEWER, REASON_STORE_FAILED, REASON_STORE_BEHIND, REASON_STORE_TRIAL,
		REASON_PRIVATE_CHANGED, REASON_ZONE_UNKNOWN };

	for (size_t i = 0; i < ARRAY_LEN(fitting); i++)
		if (err_has(err, fitting[i]))
			return when;
	fprintf(stderr, "# %d %s %s\n", err->code, reason_name(err->reasons[0].code), err->detail);
	return SAID_ODD;
}

/* As the kiosk does it: opens the store and the desk, and holds back until it has checked the
 * tripwire and the chain. */
static int start(struct db *db, struct err *err)
{
	const struct desk_options options = { .letterhead = { .language = "zh_CN" },
		.receipt_width_mm = 80 };
	struct journal_check check = JOURNAL_CHECK_INIT;
	struct desk *desk = NULL;
	int r;

	TRY(desk_open(db, &options, &desk, err));
	desk_hold_back(desk, true);
	r = journal_tripwire_check(db, err);
	while (r >= 0 && (r = journal_check_step(db, &check, 1000, err)) > 0)
		;
	desk_close(desk);
	return r;
}

static enum said examine(const struct work *w)
{
	struct replay_difference difference;
	struct journal_head head;
	struct err err = { 0 };
	struct db *db = NULL;

	if (db_open(w->path, DB_OPEN, &w->clock, &db, &err) < 0)
		return said(SAID_AT_START, &err);
	enum said verdict = SAID_NOTHING;
	if (start(db, &err) < 0)
		verdict = said(SAID_AT_START, &err);
	else if (backup_check(db, &err) < 0)
		verdict = said(SAID_BY_BACKUP, &err);
	else if (work_verify(w, db, &difference, &err) < 0 || binding_check(db, &err) < 0)
		verdict = said(SAID_BY_VERIFY, &err);
	else if (difference.table[0])
		verdict = SAID_BY_VERIFY;
	else if (journal_head(db, &head, &err) < 0 || head.seq != w->rows + ACTS ||
		 memcmp(head.hash, w->hash[ACTS], sizeof(head.hash)) != 0)
		verdict = SAID_A_LIE;
	db_close(db);
	return verdict;
}

/* In a separate process, so that a crash is reported with its position. */
static enum said examine_apart(const struct work *w, const struct harm *h)
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0)
		_exit((int)examine(w));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) >= SAID_ODD)
		fail_msg("%s of jiaplus.db%s at %ld, bit %d: status %d", h->is_cut ? "cut" : "flip",
			h->suffix, (long)h->at, h->bit, status);
	return (enum said)WEXITSTATUS(status);
}

TEST(a_flipped_bit_or_a_cut_anywhere_never_crashes_is_never_silent_and_never_lies, harm)
{
	struct fixture *f = *state;
	int counts[SAID_COUNT] = { 0 }, harms = work_effort(HARMS);

	for (int i = 0; i < harms; i++) {
		struct harm h = draw_harm(f, i);
		do_harm(f, &h);
		enum said verdict = examine_apart(&f->work, &h);
		if (verdict == SAID_A_LIE)
			fail_msg("%s of jiaplus.db%s at %ld, bit %d: nobody says anything",
				h.is_cut ? "cut" : "flip", h.suffix, (long)h.at, h.bit);
		counts[verdict]++;
		put_back(f);
	}
	print_message("# %d harms: told at the start %d, by the backup's check %d, by verify %d; "
		      "without effect %d\n",
		harms, counts[SAID_AT_START], counts[SAID_BY_BACKUP], counts[SAID_BY_VERIFY],
		counts[SAID_NOTHING]);
	assert_true(counts[SAID_AT_START] > 0);
}

/* ---- bytes of any kind where the program reads its own ---- */

/* Some bytes are changed, or some are gone. */
static void garble(char *bytes, size_t *size)
{
	if (draw(5) == 0) {
		*size = draw((uint32_t)*size);
		return;
	}
	for (uint32_t i = 1 + draw(4); i > 0; i--)
		bytes[draw((uint32_t)*size)] ^= (char)(1 + draw(255));
}

static char *body_of(sqlite3 *raw, int64_t seq)
{
	sqlite3_stmt *s = NULL;

	assert_int_equal(
		sqlite3_prepare_v2(raw, "SELECT body FROM journal WHERE seq = ?1", -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(s, 1, seq);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	char *body = mem_text((const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return body;
}

static void set_body(sqlite3 *raw, int64_t seq, const char *body, size_t size)
{
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_prepare_v2(
				 raw, "UPDATE journal SET body = ?2 WHERE seq = ?1", -1, &s, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(s, 1, seq);
	sqlite3_bind_text(s, 2, body, (int)size, SQLITE_TRANSIENT);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
}

/* Without the chain, which would name it before it is read. */
static int replay(const struct work *w, struct db *db, struct err *err)
{
	CLEANUP(txn_end) struct txn rolled_back = TXN_INIT;

	TRY(txn_begin(&rolled_back, w->scratch, err));
	return replay_into(db, w->scratch, err);
}

TEST(a_garbled_journal_body_is_named_or_says_something_that_can_be_applied, harm)
{
	struct fixture *f = *state;
	int named = 0, tries = work_effort(40);
	struct err err = { 0 };
	struct db *db = NULL;
	sqlite3 *raw = NULL;

	assert_int_equal(sqlite3_open(f->work.path, &raw), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(raw, "DROP TRIGGER journal_keeps", NULL, NULL, NULL), SQLITE_OK);
	assert_ok(db_open(f->work.path, DB_READ_ONLY, &f->work.clock, &db, &err), &err);
	assert_ok(replay(&f->work, db, &err), &err);
	for (int i = 0; i < tries; i++) {
		int64_t seq = 1 + draw((uint32_t)(f->work.rows + ACTS));
		CLEANUP(mem_free) char *body = body_of(raw, seq);
		CLEANUP(mem_free) char *other = mem_text(body);
		size_t size = strlen(body);
		garble(other, &size);
		set_body(raw, seq, other, size);
		if (replay(&f->work, db, &err) < 0) {
			if (!err_has(&err, REASON_STORE_DAMAGED))
				fail_msg("row %d: %s %s", (int)seq,
					reason_name(err.reasons[0].code), err.detail);
			named++;
		}
		set_body(raw, seq, body, strlen(body));
	}
	assert_ok(replay(&f->work, db, &err), &err);
	db_close(db);
	sqlite3_close(raw);
	print_message("# %d of %d garbled bodies named\n", named, tries);
	assert_true(named > tries / 2);
}

/* ---- backups ---- */

static int rescued_setup(void **state)
{
	struct rescue *r = mem_alloc(sizeof(*r));

	rescue_create(r, false);
	*state = r;
	return 0;
}

static int rescued_teardown(void **state)
{
	rescue_remove(*state);
	free(*state);
	return 0;
}

static char *read_backup(const struct rescue *r, size_t *ret_size)
{
	struct stat about;
	FILE *f = fopen(r->backup, "rbe");

	assert_non_null(f);
	assert_int_equal(stat(r->backup, &about), 0);
	char *bytes = mem_alloc((size_t)about.st_size);
	*ret_size = fread(bytes, 1, (size_t)about.st_size, f);
	assert_int_equal(*ret_size, about.st_size);
	fclose(f);
	return bytes;
}

static void write_backup(const struct rescue *r, const char *bytes, size_t size)
{
	FILE *f = fopen(r->backup, "wbe");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, size, f), size);
	fclose(f);
}

/* Tried in a new folder: refused, or the ten households of the backup. */
static bool is_refused(const struct rescue *r)
{
	const struct restore_wish wish = {
		.from = r->backup, .dir = r->dir, .try_dir = r->other, .clock = &r->clock
	};
	CLEANUP(mem_free) char *tried = mem_printf("%s/jiaplus.db", r->other);
	struct restore_report report = { 0 };
	struct err err = { 0 };

	int r2 = restore_run(&wish, &report, &err);
	restore_report_finish(&report);
	if (r2 == 0)
		assert_int_equal(
			rescue_ask(tried, &r->clock, "SELECT count(*) FROM household"), 10);
	else if (!err_has(&err, REASON_BACKUP_BAD) && !err_has(&err, REASON_BACKUP_LOCKED) &&
		 !err_has(&err, REASON_BACKUP_OTHER) && !err_has(&err, REASON_STORE_TRIAL) &&
		 !err_has(&err, REASON_STORE_NEWER))
		fail_msg("refused, but for %s (%s)", reason_name(err.reasons[0].code), err.detail);
	rescue_shell("rm -rf '%s'%s", r->other, "");
	return r2 < 0;
}

static int refused_of(const struct rescue *r, int tries)
{
	size_t size;
	CLEANUP(mem_free) char *kept = read_backup(r, &size);
	CLEANUP(mem_free) char *bytes = mem_alloc(size);
	int refused = 0;

	for (int i = 0; i < tries; i++) {
		size_t left = size;
		memcpy(bytes, kept, size);
		garble(bytes, &left);
		write_backup(r, bytes, left);
		refused += is_refused(r);
	}
	write_backup(r, kept, size);
	assert_false(is_refused(r));
	return refused;
}

TEST(a_garbled_sealed_backup_is_always_refused, rescued)
{
	int tries = work_effort(20);

	assert_int_equal(refused_of(*state, tries), tries);
}

TEST(a_garbled_plain_backup_is_refused_or_whole, rescued)
{
	struct rescue *r = *state;
	int tries = work_effort(12);

	rescue_remove(r);
	rescue_create(r, true);
	print_message("# %d of %d refused\n", refused_of(r, tries), tries);
}
