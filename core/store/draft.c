/* A new database is made under another name and renamed when it is whole. */
#include <unistd.h>

#include "core/base/outfile.h"
#include "core/store/db.h"
#include "core/store/internal.h"
#include "core/store/open.h"
#include "core/store/reasons.h"
#include "core/store/restore.h"

/* Existing files belong to somebody. The remains of another database would be taken for the new
 * one's: its WAL would be replayed into it, and its tripwire would say that acts are missing. */
static int check_free(const char *path, struct err *err)
{
	static const char *const left[] = { "-wal", "-journal", ".head" };

	if (access(path, F_OK) == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STORE_EXISTS, path));
	for (size_t i = 0; i < ARRAY_LEN(left); i++) {
		CLEANUP(mem_free) char *other = mem_printf("%s%s", path, left[i]);
		if (access(other, F_OK) == 0)
			return err_set(err, ERR_REFUSED, REASON_TEXT(STORE_LEFT, other));
	}
	return 0;
}

static int draft_locked(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err)
{
	CLEANUP(mem_free) char *part = mem_printf("%s.part", path);

	/* Checked once more, under the lock, in case another process is making the same one. */
	TRY(check_free(path, err));
	unlink(part); /* left by an interrupted one */
	int r = store_make(part, site, zone, clock, known, ret, err);
	if (r < 0)
		unlink(part);
	return r;
}

int store_draft(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err)
{
	int fd = -1;

	TRY(restore_finish(path, err));
	TRY(check_free(path, err));
	TRY(lock_open(path, &fd, err));
	int r = lock_wait(fd, LOCK_PATIENCE_MS, err);
	if (r == 0)
		r = draft_locked(path, site, zone, clock, known, ret, err);
	if (r < 0) {
		close(fd);
		return r;
	}
	(*ret)->draft_of = mem_text(path);
	(*ret)->draft_lock_fd = fd;
	return 0;
}

int db_draft(const char *path, int site, const char *zone, const struct clock *clock,
	struct db **ret, struct err *err)
{
	return store_draft(path, site, zone, clock, &migrations_all, ret, err);
}

int db_publish(struct db *db, struct err *err)
{
	CLEANUP(mem_free) char *part = mem_text(db->path), *path = TAKE(db->draft_of);
	int fd = db->draft_lock_fd;

	db_close(db);
	int r = outfile_place(part, path, OUTFILE_NEW, err);
	if (r < 0)
		unlink(part);
	close(fd);
	return r;
}

/* Done here, since it would slow down the first act. */
static void begin_tripwire(struct db *db)
{
	struct err ignored;

	if (lock_take(db, &ignored) < 0)
		return;
	tripwire_settle(db, &ignored);
	lock_release(db);
}

int store_create(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err)
{
	struct db *draft;

	TRY(store_draft(path, site, zone, clock, known, &draft, err));
	TRY(db_publish(draft, err));
	TRY(store_open(path, DB_OPEN, clock, known, ret, err));
	begin_tripwire(*ret);
	return 0;
}

int db_create(const char *path, int site, const char *zone, const struct clock *clock,
	struct db **ret, struct err *err)
{
	return store_create(path, site, zone, clock, &migrations_all, ret, err);
}
