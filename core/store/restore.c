#include "core/store/restore.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/reasons.h"

#define LOCK_MS    5000
#define ASIDE_FILE "aside" /* a file in the prepared folder that says where the old files go */

static int unwritable(const char *path, struct err *err)
{
	int reason = errno == ENOSPC ? REASON_STORE_FULL : REASON_FILE_UNWRITABLE;

	return err_setf(err, ERR_STORAGE, reason_with_text(reason, path, 0), "%s", strerror(errno));
}

int restore_lock(const char *db_path, int *ret_fd, struct err *err)
{
	const struct timespec nap = { .tv_nsec = 5 * 1000 * 1000 };
	int64_t until = clock_ms(&clock_system) + LOCK_MS;
	int fd;

	TRY(lock_open(db_path, &fd, err));
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (clock_ms(&clock_system) >= until) {
			close(fd);
			return err_set(err, ERR_BUSY, REASON(STORE_BUSY));
		}
		nanosleep(&nap, NULL);
	}
	*ret_fd = fd;
	return 0;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static void close_dir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

static char *staging_of(const char *db_path)
{
	return mem_printf("%s.restore", db_path);
}

static char *ready_of(const char *db_path)
{
	return mem_printf("%s.restored", db_path);
}

/* The path of that name in the database's folder. */
static char *beside(const char *db_path, const char *name)
{
	CLEANUP(mem_free) char *copy = mem_text(db_path);

	return mem_printf("%s/%s", dirname(copy), name);
}

static int sync_folder_of(const char *path, struct err *err)
{
	CLEANUP(mem_free) char *folder = mem_text(path);

	return store_sync_path(dirname(folder), O_RDONLY | O_DIRECTORY, err);
}

/* ---- preparing ---- */

/* Calls `visit` for each file of a folder, which contains no folders. */
static int each_file(
	const char *folder, int (*visit)(const char *path, struct err *err), struct err *err)
{
	CLEANUP(close_dir) DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return errno == ENOENT ? 0 : unwritable(folder, err);
	while ((entry = readdir(dir))) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.')
			TRY(visit(path, err));
	}
	return 0;
}

static int remove_file(const char *path, struct err *err)
{
	return unlink(path) < 0 ? unwritable(path, err) : 0;
}

static int sync_file(const char *path, struct err *err)
{
	return store_sync_path(path, O_RDONLY, err);
}

void restore_unstage(const char *db_path)
{
	CLEANUP(mem_free) char *staging = staging_of(db_path);
	struct err ignored;

	each_file(staging, remove_file, &ignored);
	rmdir(staging);
}

int restore_stage(const char *db_path, char **ret_folder, char **ret_db, struct err *err)
{
	CLEANUP(mem_free) char *staging = staging_of(db_path);
	CLEANUP(mem_free) char *name = mem_text(db_path);

	restore_unstage(db_path);
	if (mkdir(staging, 0700) < 0)
		return unwritable(staging, err);
	*ret_db = mem_printf("%s/%s", staging, basename(name));
	*ret_folder = TAKE(staging);
	return 0;
}

static int copy_bytes(int from, const char *from_path, int to, const char *to_path, struct err *err)
{
	CLEANUP(mem_free) char *buffer = mem_alloc(1 << 16);
	ssize_t n;

	while ((n = read(from, buffer, 1 << 16)) > 0)
		if (write(to, buffer, (size_t)n) != n) {
			errno = errno ? errno : ENOSPC;
			return unwritable(to_path, err);
		}
	if (n < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, from_path), "%s",
			strerror(errno));
	return fsync(to) < 0 ? unwritable(to_path, err) : 0;
}

int restore_copy(const char *from, const char *to, bool is_optional, struct err *err)
{
	CLEANUP(close_fd) int in = open(from, O_RDONLY | O_CLOEXEC);

	if (in < 0 && errno == ENOENT)
		return is_optional ? 0
				   : err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, from));
	if (in < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, from), "%s",
			strerror(errno));
	unlink(to);
	CLEANUP(close_fd) int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		return unwritable(to, err);
	errno = 0;
	return copy_bytes(in, from, out, to, err);
}

/* ---- numbers that people read ---- */

int restore_numbers(struct db *db, struct restore_number **ret, int *ret_count, struct err *err)
{
	struct restore_number *rows = mem_alloc((size_t)db->table_count * sizeof(*rows));
	int count = 0, r = 0;

	for (int i = 0; i < db->table_count && r >= 0; i++) {
		const char *table = db->tables[i].name;
		if (db->tables[i].class != 'd')
			continue;
		r = store_has_column(db, table, "number", err);
		if (r <= 0)
			continue;
		CLEANUP(mem_free)
		char *sql = mem_printf(
			"SELECT max(ifnull((SELECT max(number) FROM %s), 0), ifnull((SELECT"
			" at_least FROM number_floor WHERE name = '%s'), 0))",
			table, table);
		r = store_pragma_int(db, sql, &rows[count].highest, err);
		snprintf(rows[count++].table, sizeof(rows->table), "%s", table);
	}
	if (r < 0) {
		free(rows);
		return r;
	}
	*ret = rows;
	*ret_count = count;
	return 0;
}

static int set_floor(struct acting *a, const struct restore_number *number, struct err *err)
{
	int64_t id, at_least;

	TRY(db_integer(a->db, "SELECT id FROM number_floor WHERE name = :name",
		FIELDS(F_TEXT("name", number->table)), 0, &id, err));
	TRY(db_integer(a->db, "SELECT at_least FROM number_floor WHERE name = :name",
		FIELDS(F_TEXT("name", number->table)), 0, &at_least, err));
	if (at_least >= number->highest)
		return 0;
	if (id)
		return act_update(
			a, "number_floor", id, FIELDS(F_INT("at_least", number->highest)), err);
	return act_insert(a, "number_floor",
		FIELDS(F_INT("id", act_new_id(a)), F_TEXT("name", number->table),
			F_INT("at_least", number->highest)),
		err);
}

/* ---- the act ---- */

/* Papers that were waiting for a printer then have come out since, or nobody wants them any more.
 */
static int quiet_papers(struct db *db, bool has_erased, struct err *err)
{
	TRY(db_write(db,
		"UPDATE outbox SET state = 'cancelled', sheet = '', changed_at = :now"
		" WHERE state NOT IN ('done', 'cancelled')",
		FIELDS(F_INT("now", db_now(db))), NULL, err));
	return has_erased ? db_write(db, "UPDATE outbox SET sheet = '' WHERE sheet <> ''",
				    NO_FIELDS, NULL, err)
			  : 0;
}

static int mark(struct db *db, const struct restore_mark *m, struct err *err)
{
	static const struct act by_program = { .role = ROLE_SYSTEM };
	CLEANUP(txn_end) struct txn t = TXN_INIT;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(txn_begin(&t, db, err));
	TRY(statement_run(db, "UPDATE store SET epoch = :epoch", PERMIT_ALL,
		FIELDS(F_INT("epoch", m->epoch)), err));
	db->epoch = m->epoch;
	TRY(act_begin(
		&a, db, &by_program, ACT_STORE_RESTORE, FIELDS(F_INT("epoch", m->epoch)), err));
	for (int i = 0; i < m->number_count; i++)
		TRY(set_floor(&a, &m->numbers[i], err));
	for (int i = 0; i < m->erased_count; i++)
		TRY(m->erase(db, m->erased[i], err));
	TRY(quiet_papers(db, m->erased_count > 0, err));
	TRY(act_commit(&a, m->epoch, err));
	return txn_commit(&t, err);
}

int restore_mark(struct db *db, const struct restore_mark *m, struct err *err)
{
	if (m->epoch > RESTORE_EPOCH_MAX)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_FAILED, db->path),
			"restored %d times: there is no epoch left", RESTORE_EPOCH_MAX);
	TRY(mark(db, m, err));
	return db_checkpoint(db, true, err);
}

/* ---- putting it in place ---- */

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static int move(const char *from, const char *to, struct err *err)
{
	return rename(from, to) < 0 ? unwritable(to, err) : 0;
}

/* Replaces one of the venue's files: the old one is moved aside and the new one takes its place. A
 * file without a new one (a WAL) is only moved aside. */
static int swap_file(
	const char *db_path, const char *name, const char *aside, bool has_new, struct err *err)
{
	CLEANUP(mem_free) char *place = beside(db_path, name);
	CLEANUP(mem_free) char *ready = ready_of(db_path);
	CLEANUP(mem_free) char *fresh = mem_printf("%s/%s", ready, name);
	CLEANUP(mem_free) char *old = mem_printf("%s/%s", aside, name);

	if (has_new && !is_there(fresh))
		return 0; /* there is none, or it is in place already */
	if (is_there(place))
		TRY(move(place, old, err));
	return has_new ? move(fresh, place, err) : 0;
}

static int swap_all(const char *db_path, const char *aside, struct err *err)
{
	static const struct {
		const char *suffix;
		bool has_new;
	} files[] = { { "-wal", false }, { "-shm", false }, { ".head.unreadable", false },
		{ ".head", true }, { "", true } }; /* the database comes last and completes it */
	CLEANUP(mem_free) char *path = mem_text(db_path);
	const char *base = basename(path);
	CLEANUP(mem_free) char *ready = ready_of(db_path);
	CLEANUP(mem_free) char *fresh = mem_printf("%s/%s", ready, base);

	if (!is_there(fresh))
		return 0;
	TRY(swap_file(db_path, "pepper.key", aside, true, err));
	TRY(swap_file(db_path, "recovery.key", aside, true, err));
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		CLEANUP(mem_free) char *name = mem_printf("%s%s", base, files[i].suffix);
		TRY(swap_file(db_path, name, aside, files[i].has_new, err));
	}
	return 0;
}

static char *read_aside(const char *db_path)
{
	CLEANUP(mem_free) char *ready = ready_of(db_path);
	CLEANUP(mem_free) char *path = mem_printf("%s/" ASIDE_FILE, ready);
	char name[256] = "";
	FILE *f = fopen(path, "re");

	if (f && fgets(name, sizeof(name), f))
		name[strcspn(name, "\n")] = '\0';
	if (f)
		fclose(f);
	/* Gone already when only the folder was still to be removed. */
	return beside(db_path, *name ? name : "set-aside");
}

static int finish_locked(const char *db_path, struct err *err)
{
	CLEANUP(mem_free) char *ready = ready_of(db_path);
	CLEANUP(mem_free) char *note = mem_printf("%s/" ASIDE_FILE, ready);
	CLEANUP(mem_free) char *aside = read_aside(db_path);

	if (!is_there(ready))
		return 0;
	if (is_there(note) && mkdir(aside, 0700) < 0 && errno != EEXIST)
		return unwritable(aside, err);
	TRY(swap_all(db_path, aside, err));
	TRY(sync_folder_of(ready, err));
	unlink(note);
	rmdir(aside); /* stays when there is anything in it */
	if (rmdir(ready) < 0)
		return unwritable(ready, err);
	return sync_folder_of(ready, err);
}

static int write_aside(const char *staging, const char *aside, struct err *err)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/" ASIDE_FILE, staging);
	CLEANUP(mem_free) char *name = mem_text(aside);
	FILE *f = fopen(path, "we");

	if (!f)
		return unwritable(path, err);
	fprintf(f, "%s\n", basename(name));
	return fclose(f) != 0 ? unwritable(path, err) : 0;
}

/* What opening the copy left in the folder: an empty WAL, its lock, the version before a migration.
 */
static int remove_unkept(const char *path, struct err *err)
{
	static const char *const kept[] = { ".db", ".head", ".key" };
	struct stat about;

	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		if (text_ends_with(path, kept[i]))
			return 0;
	if (text_ends_with(path, "-wal") && stat(path, &about) == 0 && about.st_size > 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(STORE_FAILED, path),
			"the WAL was not put away");
	return remove_file(path, err);
}

int restore_install(const char *db_path, const char *aside, struct err *err)
{
	CLEANUP(mem_free) char *staging = staging_of(db_path);
	CLEANUP(mem_free) char *ready = ready_of(db_path);

	TRY(finish_locked(db_path, err));
	TRY(each_file(staging, remove_unkept, err));
	TRY(write_aside(staging, aside, err));
	TRY(each_file(staging, sync_file, err));
	TRY(store_sync_path(staging, O_RDONLY | O_DIRECTORY, err));
	TRY(move(staging, ready, err));
	TRY(sync_folder_of(ready, err));
	return finish_locked(db_path, err);
}

int restore_finish(const char *db_path, struct err *err)
{
	CLEANUP(mem_free) char *ready = ready_of(db_path);
	CLEANUP(close_fd) int lock = -1;

	if (!is_there(ready))
		return 0;
	TRY(restore_lock(db_path, &lock, err));
	return finish_locked(db_path, err);
}
