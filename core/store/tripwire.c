/* The tripwire: the side file "<database>.head" says what the journal last held. A database that
 * was put back by hand, or has lost its WAL, is older than that and is detected.
 *
 * Three records, each on a sector of its own. Every act writes the third one, without a sync: a
 * power cut can suppress an alarm that way but never raise a false one, since an act is durable
 * before it is written there. Checkpoints write the older of the other two and sync it, so that one
 * of them is whole at any moment. A fourth record exists while the journal is known to be broken.
 *
 * It is written through SQLite's VFS, so that the simulated disk of the tests covers it too. */
#include <inttypes.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/journal_check.h"
#include "core/store/journal_row.h"
#include "core/store/reasons.h"
#include "core/store/restore.h"

#define RECORD_SIZE   128
#define RECORD_STRIDE 4096 /* what a torn write may destroy */
#define CHECK_HEX     16

enum record { RECORD_SETTLED_A, RECORD_SETTLED_B, RECORD_ACT, RECORD_BROKEN };
#define HEADS 3 /* of them hold a head */

/* How many rows of the chain a handle checks before its first act, which takes a few milliseconds;
 * the kiosk checks them all. */
#define TAIL_ROWS 20000

enum file_state { FILE_NONE, FILE_READ, FILE_UNREADABLE };

struct content {
	enum file_state state;
	struct journal_head heads[HEADS]; /* seq −1: not readable */
	struct journal_head head;         /* the furthest */
	bool is_broken;
	int64_t broken_at;
};

/* ---- the file ---- */

struct file {
	sqlite3_vfs *vfs;
	const char *path; /* as SQLite writes names for a VFS */
	sqlite3_file *handle;
};

static void file_close(struct file *f)
{
	if (f->handle && f->handle->pMethods)
		f->handle->pMethods->xClose(f->handle);
	free(f->handle);
	sqlite3_free_filename(f->path);
}

/* SQLITE_CANTOPEN when there is none, unless it is to be made. */
static int file_open(const char *db_path, int access, struct file *ret)
{
	/* VFSes require nothing for this kind of file. */
	int flags = SQLITE_OPEN_SUPER_JOURNAL | access;
	CLEANUP(mem_free) char *path = mem_printf("%s.head", db_path);

	*ret = (struct file){ .vfs = sqlite3_vfs_find(NULL) };
	ret->path = sqlite3_create_filename(path, "", "", 0, NULL);
	if (!ret->path)
		return SQLITE_NOMEM;
	ret->handle = mem_alloc((size_t)ret->vfs->szOsFile);
	int rc = ret->vfs->xOpen(ret->vfs, ret->path, ret->handle, flags, NULL);
	if (rc == SQLITE_OK && access & SQLITE_OPEN_CREATE)
		chmod(ret->path, 0600);
	return rc;
}

static int file_there(const struct file *f)
{
	int is_there = 0;

	if (f->path)
		f->vfs->xAccess(f->vfs, f->path, SQLITE_ACCESS_EXISTS, &is_there);
	return is_there;
}

static int file_write(struct file *f, enum record record, const char text[RECORD_SIZE])
{
	return f->handle->pMethods->xWrite(
		f->handle, text, RECORD_SIZE, (sqlite3_int64)record * RECORD_STRIDE);
}

static int file_sync(struct file *f)
{
	return f->handle->pMethods->xSync(f->handle, SQLITE_SYNC_NORMAL);
}

/* ---- a record: "EPOCH SEQ HASH CHECK" and a line's end, filled with spaces ---- */

static void check_of(const char *text, size_t len, char ret[CHECK_HEX + 1])
{
	unsigned char digest[32];

	crypto_generichash(digest, sizeof(digest), (const unsigned char *)text, len, NULL, 0);
	sodium_bin2hex(ret, CHECK_HEX + 1, digest, CHECK_HEX / 2);
}

static void record_write(const struct journal_head *head, char ret[RECORD_SIZE])
{
	char hex[2 * JOURNAL_HASH_SIZE + 1], check[CHECK_HEX + 1];

	sodium_bin2hex(hex, sizeof(hex), head->hash, sizeof(head->hash));
	memset(ret, ' ', RECORD_SIZE);
	int len = snprintf(
		ret, RECORD_SIZE, "%" PRId64 " %" PRId64 " %s ", head->epoch, head->seq, hex);
	check_of(ret, (size_t)len, check);
	len += snprintf(ret + len, (size_t)(RECORD_SIZE - len), "%s", check);
	ret[len] = ' ';
	ret[RECORD_SIZE - 1] = '\n';
}

/* 0.1.0 wrote one line without a check. */
static bool record_read(const char *text, struct journal_head *ret)
{
	char hex[2 * JOURNAL_HASH_SIZE + 1] = "", said[CHECK_HEX + 1] = "", check[CHECK_HEX + 1];
	struct journal_head head = { 0 };
	size_t size = 0;
	int len = 0;

	int fields = sscanf(text, "%" SCNd64 " %" SCNd64 " %64s %n%16s", &head.epoch, &head.seq,
		hex, &len, said);
	if (fields < 3 || head.seq < 0 || head.epoch < 0)
		return false;
	/* A record cut short while it was written: one without a check must have a complete hash.
	 */
	if (fields == 3 && strlen(hex) != 2 * JOURNAL_HASH_SIZE)
		return false;
	if (fields == 4) {
		check_of(text, (size_t)len, check);
		if (strcmp(check, said) != 0)
			return false;
	}
	/* A damaged hash without a check matches no row. */
	sodium_hex2bin(head.hash, sizeof(head.hash), hex, strlen(hex), NULL, &size, NULL);
	*ret = head;
	return true;
}

static bool is_further(const struct journal_head *a, const struct journal_head *b)
{
	return a->epoch != b->epoch ? a->epoch > b->epoch : a->seq > b->seq;
}

static bool is_same(const struct journal_head *a, const struct journal_head *b)
{
	return a->epoch == b->epoch && a->seq == b->seq &&
	       memcmp(a->hash, b->hash, sizeof(a->hash)) == 0;
}

static void take_record(struct content *c, enum record record, const char *text)
{
	struct journal_head head;
	bool is_read = record_read(text, &head);

	if (record == RECORD_BROKEN) {
		c->is_broken = is_read;
		c->broken_at = is_read ? head.seq : 0;
		return;
	}
	c->heads[record].seq = -1;
	if (!is_read)
		return;
	c->heads[record] = head;
	if (c->state != FILE_READ || is_further(&head, &c->head))
		c->head = head;
	c->state = FILE_READ;
}

static void content_read_path(const char *db_path, struct content *ret)
{
	CLEANUP(file_close) struct file f = { 0 };
	char text[RECORD_SIZE + 1];

	*ret = (struct content){ .state = FILE_NONE };
	int rc = file_open(db_path, SQLITE_OPEN_READONLY, &f);
	if (rc != SQLITE_OK) {
		ret->state = file_there(&f) ? FILE_UNREADABLE : FILE_NONE;
		return;
	}
	ret->state = FILE_UNREADABLE;
	for (int i = 0; i <= RECORD_BROKEN; i++) {
		memset(text, 0, sizeof(text));
		rc = f.handle->pMethods->xRead(
			f.handle, text, RECORD_SIZE, (sqlite3_int64)i * RECORD_STRIDE);
		if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ)
			text[0] = '\0';
		take_record(ret, (enum record)i, text);
	}
}

/* As SQLite and with it a VFS knows it. */
static const char *path_of(const struct db *db)
{
	const char *main = sqlite3_db_filename(db->handle, "main");

	return main && *main ? main : db->path;
}

static void content_read(const struct db *db, struct content *ret)
{
	content_read_path(path_of(db), ret);
}

/* ---- reading and comparing ---- */

void restore_tripwire_of(const char *db_path, struct journal_head *ret)
{
	CLEANUP(mem_free) char *full = realpath(db_path, NULL);
	struct content c;

	content_read_path(full ? full : db_path, &c);
	*ret = c.state == FILE_READ ? c.head : (struct journal_head){ 0 };
}

void journal_tripwire_read(const struct db *db, struct journal_head *ret)
{
	struct content c;

	content_read(db, &c);
	*ret = c.state == FILE_READ ? c.head : (struct journal_head){ 0 };
}

bool journal_tripwire_lost(const struct db *db)
{
	CLEANUP(mem_free) char *kept = mem_printf("%s.head.unreadable", db->path);
	struct content c;

	content_read(db, &c);
	return c.state == FILE_UNREADABLE || access(kept, F_OK) == 0;
}

int journal_tripwire_compare(struct db *db, const struct journal_head *tripwire, struct err *err)
{
	unsigned char hash[JOURNAL_HASH_SIZE];

	if (tripwire->seq == 0)
		return 0;
	int r = journal_hash_at(db, tripwire->seq, hash, err);
	if (r < 0)
		return r;
	if (r == 1 && memcmp(hash, tripwire->hash, sizeof(hash)) == 0)
		return 0;
	return err_setf(err, ERR_STORAGE,
		reason_with_text(REASON_STORE_BEHIND, db->path, tripwire->seq),
		"the journal does not hold row %" PRId64 " as it was last seen", tripwire->seq);
}

int journal_tripwire_check(struct db *db, struct err *err)
{
	struct journal_head tripwire;

	journal_tripwire_read(db, &tripwire);
	return journal_tripwire_compare(db, &tripwire, err);
}

/* ---- before an act ---- */

/* Somebody who edits by hand mostly touches recent rows; the whole chain is checked by the kiosk
 * when it starts, by each backup and by verify. */
static int check_tail(struct db *db, struct err *err)
{
	struct journal_check check = JOURNAL_CHECK_INIT;
	struct journal_head head;

	if (db->is_chain_known)
		return 0;
	TRY(journal_head(db, &head, err));
	if (head.seq > TAIL_ROWS) {
		check.seq = head.seq - TAIL_ROWS;
		TRY(journal_hash_at(db, check.seq, check.hash, err));
	}
	TRY(journal_check_step(db, &check, TAIL_ROWS + 1, err));
	db->is_chain_known = true;
	return 0;
}

int tripwire_guard(struct db *db, struct err *err)
{
	struct content c;

	if (db->lock_fd < 0)
		return 0;
	content_read(db, &c);
	if (c.is_broken)
		return journal_broken_at(db, c.broken_at, err);
	TRY(check_tail(db, err));
	if (c.state == FILE_READ && !is_same(&c.head, &db->tripwire)) {
		TRY(journal_tripwire_compare(db, &c.head, err));
		db->tripwire = c.head;
	}
	return 0;
}

/* ---- moving it ---- */

/* The file is kept, so that this can be reported: what it held is not known any more. */
static void put_unreadable_aside(const struct db *db)
{
	CLEANUP(mem_free) char *from = mem_printf("%s.head", db->path);
	CLEANUP(mem_free) char *to = mem_printf("%s.unreadable", from);

	rename(from, to);
}

static int write_record(
	const struct db *db, enum record record, const struct journal_head *head, bool is_synced)
{
	CLEANUP(file_close) struct file f = { 0 };
	char text[RECORD_SIZE];

	int rc = file_open(path_of(db), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &f);
	record_write(head, text);
	if (rc == SQLITE_OK)
		rc = file_write(&f, record, text);
	if (rc == SQLITE_OK && is_synced)
		rc = file_sync(&f);
	return rc;
}

void tripwire_follow(struct db *db)
{
	struct journal_head head = { .epoch = db->epoch, .seq = db->head.seq };
	struct content c;

	if (db->lock_fd < 0 || !db->head.is_new)
		return;
	memcpy(head.hash, db->head.hash, sizeof(head.hash));
	content_read(db, &c);
	if (c.state == FILE_UNREADABLE)
		put_unreadable_aside(db);
	/* The act is done even if this fails: the next act or checkpoint writes it again. A new
	 * file is synced at once, so that a power cut leaves no empty one. */
	bool is_new = c.state != FILE_READ;
	if (write_record(db, is_new ? RECORD_SETTLED_A : RECORD_ACT, &head, is_new) == SQLITE_OK)
		db->tripwire = head;
}

int tripwire_settle(struct db *db, struct err *err)
{
	struct journal_head head;
	struct content c;

	TRY(tripwire_guard(db, err));
	TRY(journal_head(db, &head, err));
	content_read(db, &c);
	if (c.state == FILE_UNREADABLE)
		put_unreadable_aside(db);
	/* Never overwrites the only synced record. */
	enum record older =
		c.state != FILE_READ || c.heads[RECORD_SETTLED_A].seq < 0 ||
				is_further(&c.heads[RECORD_SETTLED_B], &c.heads[RECORD_SETTLED_A])
			? RECORD_SETTLED_A
			: RECORD_SETTLED_B;
	int rc = write_record(db, older, &head, true);
	if (rc != SQLITE_OK)
		return store_fail(db, rc, err);
	db->tripwire = head;
	return 0;
}

/* ---- a broken journal ---- */

void journal_condemn(struct db *db, int64_t row)
{
	const struct journal_head mark = { .seq = row };

	db->is_chain_known = false;
	if (db->lock_fd >= 0)
		write_record(db, RECORD_BROKEN, &mark, true);
}

void journal_absolve(struct db *db)
{
	CLEANUP(file_close) struct file f = { 0 };
	struct content c;
	char blank[RECORD_SIZE];

	db->is_chain_known = true;
	content_read(db, &c);
	if (!c.is_broken || db->lock_fd < 0 ||
		file_open(path_of(db), SQLITE_OPEN_READWRITE, &f) != SQLITE_OK)
		return;
	memset(blank, ' ', sizeof(blank));
	if (file_write(&f, RECORD_BROKEN, blank) == SQLITE_OK)
		file_sync(&f);
}
