#include "core/audit/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/verify.h"
#include "core/base/bytes.h"
#include "core/base/mem.h"
#include "core/base/outfile.h"
#include "core/base/reasons.h"
#include "core/people/secret.h"
#include "core/points/fund.h"
#include "core/points/ledger.h"
#include "core/store/backup.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"
#include "core/store/restore.h"

#define LIST ".erased"

static void cleanup_db(struct db **db)
{
	db_close(*db);
}

static void close_file(FILE **f)
{
	if (*f)
		fclose(*f);
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

/* ---- those who were erased ---- */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

void backup_erased_add(const int64_t *more, int more_count, int64_t **ids, int *count)
{
	int total = *count + more_count, kept = 0;

	if (more_count == 0)
		return;
	*ids = mem_resize(*ids, (size_t)total * sizeof(**ids));
	memcpy(*ids + *count, more, (size_t)more_count * sizeof(*more));
	qsort(*ids, (size_t)total, sizeof(**ids), by_number);
	for (int i = 0; i < total; i++)
		if (kept == 0 || (*ids)[kept - 1] != (*ids)[i])
			(*ids)[kept++] = (*ids)[i];
	*count = kept;
}

static void read_list(const char *path, int64_t **ids, int *count)
{
	CLEANUP(close_file) FILE *f = fopen(path, "re");
	int64_t id;

	while (f && fscanf(f, "%" SCNd64, &id) == 1)
		backup_erased_add(&id, 1, ids, count);
}

void backup_erased_in(const char *folder, int64_t **ids, int *count)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		size_t len = strlen(entry->d_name);
		if (len <= strlen(LIST) || strcmp(entry->d_name + len - strlen(LIST), LIST) != 0)
			continue;
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", folder, entry->d_name);
		read_list(path, ids, count);
	}
	if (dir)
		closedir(dir);
}

static int write_list(struct db *db, const char *path, struct err *err)
{
	CLEANUP(bytes_finish) struct bytes text = { 0 };
	CLEANUP(mem_free) int64_t *ids = NULL;
	int count;

	TRY(restore_erased(db, &ids, &count, err));
	for (int i = 0; i < count; i++) {
		CLEANUP(mem_free) char *line = mem_printf("%" PRId64 "\n", ids[i]);
		bytes_add_text(&text, line);
	}
	return outfile_put(path, text.data, text.size, OUTFILE_PRIVATE, OUTFILE_REPLACE, err);
}

/* ---- making one ---- */

/* The copy as a restore would find it. */
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
	return r == ERR_NOT_FOUND ? 0 : r; /* then PINs are set anew after a restore */
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
	CLEANUP(mem_free) char *list = mem_printf("%s" LIST, wish->to);

	if (!wish->may_replace && access(wish->to, F_OK) == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(STORE_EXISTS, wish->to));
	TRY(backup_check(db, err));
	int r = write_part(db, wish, part, err);
	/* The list first: one without its backup does no harm. */
	if (r == 0)
		r = write_list(db, list, err);
	if (r == 0)
		r = put_in_place(part, wish->to, err);
	if (r < 0)
		unlink(part);
	return r;
}
