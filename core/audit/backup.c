#include "core/audit/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/secret.h"
#include "core/points/fund.h"
#include "core/points/ledger.h"
#include "core/store/backup.h"
#include "core/store/erased.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"

static void cleanup_db(struct db **db)
{
	db_close(*db);
}

static int unwritable(const char *path, struct err *err)
{
	int reason = errno == ENOSPC ? REASON_STORE_FULL : REASON_FILE_UNWRITABLE;

	return err_setf(err, ERR_STORAGE, reason_with_text(reason, path, 0), "%s", strerror(errno));
}

int backup_check(struct db *db, struct err *err)
{
	struct verify_report report;

	TRY(verify_run(db, false, NULL, &report, err));
	TRY(ledger_prove(db, err));
	return fund_prove(db, err);
}

static int write_list(struct db *db, const char *path, struct err *err)
{
	CLEANUP(erased_ids_finish) struct erased_ids erased = { 0 };

	TRY(erased_of(db, &erased, err));
	return erased_write(&erased, path, err);
}

/* ---- making one ---- */

/* Checks the copy as a restore would find it. */
static int check_copy(struct db *db, const char *path, struct seal_about *ret, struct err *err)
{
	CLEANUP(cleanup_db) struct db *copy = NULL;
	struct journal_head head;

	TRY(db_open(path, DB_READ_ONLY, db_clock(db), &copy, err));
	TRY(backup_check(copy, err));
	TRY(journal_head(copy, &head, err));
	TRY(db_integer(copy, "SELECT site FROM store", NO_FIELDS, 0, &ret->site, err));
	TRY(db_integer(copy, "SELECT epoch FROM store", NO_FIELDS, 0, &ret->epoch, err));
	ret->seq = head.seq;
	ret->made_at = db_now(db);
	return 0;
}

static int read_pepper(const char *dir, struct seal_secrets *ret, struct err *err)
{
	CLEANUP(mem_free) char *path = mem_printf("%s/pepper.key", dir);
	int r = secret_open(path, ret->pepper, err);

	ret->has_pepper = r == 0;
	return r == ERR_NOT_FOUND ? 0 : r; /* without it PINs have to be set anew after a restore */
}

static int seal(const char *copy, const struct backup_wish *wish, const struct seal_about *about,
	const char *part, struct err *err)
{
	struct seal_secrets secrets = { 0 };
	struct recovery recovery;

	TRY(recovery_make(wish->dir, &recovery, err));
	int r = read_pepper(wish->dir, &secrets, err);
	if (r == 0)
		r = seal_write(copy, &secrets, about, &recovery, part, err);
	sodium_memzero(&secrets, sizeof(secrets));
	recovery_wipe(&recovery);
	return r;
}

static int write_part(
	struct db *db, const struct backup_wish *wish, const char *part, struct err *err)
{
	CLEANUP(mem_free)
	char *copy = wish->is_plain ? mem_text(part) : mem_printf("%s/backup.part", wish->dir);
	struct seal_about about;

	int r = backup_write(db, copy, true, err);
	if (r == 0)
		r = check_copy(db, copy, &about, err);
	if (r == 0 && !wish->is_plain)
		r = seal(copy, wish, &about, part, err);
	if (r < 0 || !wish->is_plain)
		unlink(copy);
	return r;
}

static int put_in_place(const char *part, const char *to, struct err *err)
{
	CLEANUP(mem_free) char *copy = mem_text(to);

	if (rename(part, to) < 0)
		return unwritable(to, err);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r = fd < 0 ? -1 : fsync(fd);
	if (fd >= 0)
		close(fd);
	return r < 0 ? unwritable(to, err) : 0;
}

int backup_make(struct db *db, const struct backup_wish *wish, struct err *err)
{
	CLEANUP(mem_free) char *part = mem_printf("%s.new", wish->to);
	CLEANUP(mem_free) char *list = mem_printf("%s" ERASED_LIST, wish->to);

	if (!wish->may_replace && access(wish->to, F_OK) == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STORE_EXISTS, wish->to));
	TRY(backup_check(db, err));
	int r = write_part(db, wish, part, err);
	/* The list first: a list without its backup does no harm. */
	if (r == 0)
		r = write_list(db, list, err);
	if (r == 0)
		r = put_in_place(part, wish->to, err);
	if (r < 0)
		unlink(part);
	return r;
}
