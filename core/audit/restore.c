#include "core/audit/restore.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/audit/backup.h"
#include "core/audit/restore_right.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/leaving/erase.h"
#include "core/people/secret.h"
#include "core/store/erased.h"
#include "core/store/instance.h"
#include "core/store/journal.h"
#include "core/store/reasons.h"
#include "core/store/restore.h"
#include "core/store/seal.h"

#define DATABASE "jiaplus.db"

struct job {
	const struct restore_wish *wish;
	struct restore_report report;
	char *target, *database; /* the folder to restore into, and its database */
	char *own_database;      /* of the venue: the same, or another one when it is only tried */
	char *staging, *staged;  /* the new files, and the database among them */
	int claim, lock;
	struct seal_secrets secrets;
	struct recovery recovery; /* that opened it */
	bool has_recovery;
	struct journal_head head; /* of the backup */
	int64_t epoch;            /* the highest so far */
	struct erased_ids erased;
	struct restore_number *numbers; /* the highest on paper */
	int number_count;
};

static void close_db(struct db **db)
{
	db_close(*db);
}

void restore_report_finish(struct restore_report *report)
{
	for (int i = 0; i < report->kind_count; i++)
		free(report->kinds[i].kind);
	free(report->kinds);
	free(report->folder);
	free(report->aside);
	*report = (struct restore_report){ 0 };
}

static void job_finish(struct job *job)
{
	if (job->staging)
		restore_unstage(job->database);
	if (job->lock >= 0)
		close(job->lock);
	if (job->claim >= 0)
		close(job->claim);
	sodium_memzero(&job->secrets, sizeof(job->secrets));
	recovery_wipe(&job->recovery);
	restore_report_finish(&job->report);
	free(job->target);
	free(job->database);
	free(job->own_database);
	free(job->staging);
	free(job->staged);
	erased_ids_finish(&job->erased);
	free(job->numbers);
}

static bool is_there(const char *path)
{
	return access(path, F_OK) == 0;
}

static bool is_empty_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool is_empty = dir != NULL;

	while (dir && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			is_empty = false;
	if (dir)
		closedir(dir);
	return is_empty;
}

/* ---- the folder ---- */

static int make_folders(const char *folder, struct err *err)
{
	CLEANUP(mem_free) char *path = mem_text(folder);

	for (char *end = path + 1;; end++) {
		char was = *end;
		if (was != '/' && was != '\0')
			continue;
		*end = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST && errno != EISDIR)
			return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s",
				strerror(errno));
		*end = was;
		if (was == '\0')
			return 0;
	}
}

static int open_folder(struct job *job, struct err *err)
{
	const struct restore_wish *wish = job->wish;

	if (wish->try_dir && is_there(wish->try_dir) && !is_empty_folder(wish->try_dir))
		return err_set(err, ERR_REFUSED, REASON_TEXT(TRY_FOLDER, wish->try_dir));
	TRY(make_folders(job->target, err));
	CLEANUP(mem_free) char *claim = mem_printf("%s/kiosk.lock", job->target);
	if (!wish->is_claimed && !wish->try_dir)
		TRY(instance_claim(claim, &job->claim, err));
	TRY(restore_finish(job->database, err));
	TRY(restore_lock(job->database, &job->lock, err));
	return restore_stage(job->database, &job->staging, &job->staged, err);
}

/* ---- the backup ---- */

static int bad(const char *path, const char *what, struct err *err)
{
	return err_setf(err, ERR_INVALID, REASON_TEXT(BACKUP_BAD, path), "%s", what);
}

static int know_recovery(struct job *job, struct err *err)
{
	const struct restore_wish *wish = job->wish;

	job->has_recovery = true;
	if (wish->sheet) {
		job->recovery = *wish->sheet;
		return 0;
	}
	int r = recovery_open(wish->dir, &job->recovery, err);
	if (r == ERR_NOT_FOUND)
		return err_set(err, ERR_REFUSED, REASON_TEXT(BACKUP_SHEET, wish->from));
	return r;
}

static bool is_sqlite(const char *path)
{
	char head[16] = "";
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(head, 1, sizeof(head), f) : 0;

	if (f)
		fclose(f);
	return n == sizeof(head) && memcmp(head, "SQLite format 3", sizeof(head)) == 0;
}

static int copy_plain(struct job *job, bool has_wal, struct err *err)
{
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", job->wish->from);
	CLEANUP(mem_free) char *staged_wal = mem_printf("%s-wal", job->staged);

	restore_unstage(job->database);
	if (mkdir(job->staging, 0700) < 0)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, job->staging), "%s",
			strerror(errno));
	TRY(restore_copy(job->wish->from, job->staged, false, err));
	return has_wal ? restore_copy(wal, staged_wal, true, err) : 0;
}

static int check_staged(struct job *job, struct db **ret, struct err *err)
{
	CLEANUP(close_db) struct db *db = NULL;

	TRY(db_open(job->staged, DB_OPEN, job->wish->clock, &db, err));
	TRY(backup_check(db, err));
	TRY(journal_head(db, &job->head, err));
	*ret = TAKE(db);
	return 0;
}

/* A fault in the copy is a fault in the backup: report the name that people know. */
static int blame_backup(struct job *job, struct err *err)
{
	static const int faults[] = { REASON_STORE_DAMAGED, REASON_STORE_NOT_OURS,
		REASON_STORE_BEHIND, REASON_STORE_FAILED };
	char detail[sizeof(err->detail)];

	for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
		if (!err_has(err, faults[i]))
			continue;
		memcpy(detail, err->detail, sizeof(detail));
		return bad(job->wish->from, detail, err);
	}
	return (int)err->code;
}

static int take_plain(struct job *job, struct db **ret, struct err *err)
{
	CLEANUP(mem_free) char *wal = mem_printf("%s-wal", job->wish->from);

	if (!is_sqlite(job->wish->from))
		return is_there(job->wish->from)
			       ? bad(job->wish->from, "neither sealed nor a database", err)
			       : err_set(err, ERR_NOT_FOUND,
					 REASON_TEXT(FILE_MISSING, job->wish->from));
	TRY(copy_plain(job, true, err));
	int r = check_staged(job, ret, err);
	if (r == 0 || !is_there(wal))
		return r == 0 ? 0 : blame_backup(job, err);
	/* A WAL beside it that belongs to another database would spoil this one. */
	job->report.is_wal_unread = true;
	TRY(copy_plain(job, false, err));
	r = check_staged(job, ret, err);
	return r == 0 ? 0 : blame_backup(job, err);
}

static int take_sealed(struct job *job, struct db **ret, struct err *err)
{
	job->report.is_sealed = true;
	TRY(know_recovery(job, err));
	TRY(seal_open(job->wish->from, &job->recovery, job->staged, &job->secrets, err));
	int r = check_staged(job, ret, err);
	return r == 0 ? 0 : blame_backup(job, err);
}

static int take_backup(struct job *job, struct db **ret, struct err *err)
{
	struct seal_about about;
	struct db *db;

	TRY(seal_is(job->wish->from, &about) ? take_sealed(job, ret, err)
					     : take_plain(job, ret, err));
	db = *ret;
	job->report.seq = job->head.seq;
	TRY(db_integer(db, "SELECT epoch FROM store", NO_FIELDS, 0, &job->epoch, err));
	return db_integer(db, "SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1",
		NO_FIELDS, 0, &job->report.last_at, err);
}

/* ---- what there is here ---- */

static int is_same_row(struct db *a, struct db *b, int64_t seq, struct err *err)
{
	unsigned char x[JOURNAL_HASH_SIZE], y[JOURNAL_HASH_SIZE];
	int r = journal_hash_at(a, seq, x, err);

	if (r <= 0)
		return r;
	r = journal_hash_at(b, seq, y, err);
	return r <= 0 ? r : memcmp(x, y, sizeof(x)) == 0;
}

/* Up to which row two journals are the same: a row's hash covers all before it. */
static int same_until(struct db *a, struct db *b, int64_t upto, int64_t *ret, struct err *err)
{
	int64_t same = 0, other = upto + 1;

	while (other - same > 1) {
		int64_t middle = same + (other - same) / 2;
		int r = is_same_row(a, b, middle, err);
		TRY(r);
		if (r)
			same = middle;
		else
			other = middle;
	}
	*ret = same;
	return 0;
}

static int count_kinds(
	struct db *old, int64_t after, struct restore_report *report, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, old,
		"SELECT kind, count(*) AS count, min(recorded_at) AS since, max(recorded_at) AS"
		" until FROM journal WHERE seq > :after GROUP BY kind ORDER BY kind",
		FIELDS(F_INT("after", after)), err));
	while ((r = query_next(&q, err)) > 0) {
		int64_t since = query_int(&q, "since"), until = query_int(&q, "until");
		report->kinds = mem_resize(
			report->kinds, (size_t)(report->kind_count + 1) * sizeof(*report->kinds));
		report->kinds[report->kind_count++] =
			(struct act_count){ mem_text(query_text0(&q, "kind")),
				query_int(&q, "count") };
		if (!report->missing_since_at || since < report->missing_since_at)
			report->missing_since_at = since;
		if (until > report->missing_until_at)
			report->missing_until_at = until;
	}
	return r;
}

/* `old` is open and readable. */
static int compare(struct job *job, struct db *backup, struct db *old, int64_t *ret_same,
	int64_t *ret_seq, struct err *err)
{
	struct journal_head head;
	int64_t epoch;

	TRY(journal_head(old, &head, err));
	int64_t upto = head.seq < job->head.seq ? head.seq : job->head.seq;
	TRY(same_until(old, backup, upto, ret_same, err));
	TRY(db_integer(old, "SELECT epoch FROM store", NO_FIELDS, 0, &epoch, err));
	TRY(erased_of(old, &job->erased, err));
	if (epoch > job->epoch)
		job->epoch = epoch;
	if (*ret_same == 0 && upto > 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(BACKUP_OTHER, job->wish->from));
	TRY(count_kinds(old, *ret_same, &job->report, err));
	TRY(restore_numbers(old, &job->numbers, &job->number_count, err));
	*ret_seq = head.seq;
	return 0;
}

/* The venue's own database, as far as it can be read: that it is damaged is no reason not to
 * restore. */
static int look_at_old(
	struct job *job, struct db *backup, int64_t *ret_same, int64_t *ret_seq, struct err *err)
{
	CLEANUP(close_db) struct db *old = NULL;
	struct restore_report *report = &job->report;

	*ret_same = *ret_seq = job->head.seq;
	if (!is_there(job->own_database))
		return 0;
	report->old = RESTORE_OLD_READ;
	int r = db_open(job->own_database, DB_READ_ONLY, job->wish->clock, &old, &report->old_err);
	if (r == 0)
		r = compare(job, backup, old, ret_same, ret_seq, &report->old_err);
	if (r == 0)
		return 0;
	if (err_has(&report->old_err, REASON_BACKUP_OTHER)) {
		*err = report->old_err;
		return r;
	}
	report->old = RESTORE_OLD_BROKEN;
	*ret_same = *ret_seq = job->head.seq;
	return 0;
}

/* Each act of which only the number is known may have issued one more of any kind. */
static int leave_room(struct job *job, struct db *backup, struct err *err)
{
	if (!job->numbers)
		TRY(restore_numbers(backup, &job->numbers, &job->number_count, err));
	for (int i = 0; i < job->number_count; i++)
		job->numbers[i].highest += job->report.missing_unread;
	return 0;
}

static int find_missing(struct job *job, struct db *backup, struct err *err)
{
	struct restore_report *report = &job->report;
	unsigned char hash[JOURNAL_HASH_SIZE];
	struct journal_head tripwire;
	int64_t same, seq;

	TRY(look_at_old(job, backup, &same, &seq, err));
	restore_tripwire_of(job->own_database, &tripwire);
	int r = tripwire.seq ? journal_hash_at(backup, tripwire.seq, hash, err) : 0;
	TRY(r);
	bool is_held = r && memcmp(hash, tripwire.hash, sizeof(hash)) == 0;
	if (tripwire.epoch > job->epoch)
		job->epoch = tripwire.epoch;
	/* The backup may well contain the whole of an old copy. */
	int64_t known = seq == same && job->head.seq > seq ? job->head.seq : seq;
	if (!is_held && tripwire.seq > known)
		report->missing_unread = tripwire.seq - known;
	report->missing = seq - same + report->missing_unread;
	return leave_room(job, backup, err);
}

static void find_erased(struct job *job)
{
	CLEANUP(mem_free) char *from = mem_text(job->wish->from);
	CLEANUP(mem_free) char *own = mem_printf("%s/backups", job->wish->dir);

	erased_in(dirname(from), &job->erased);
	erased_in(own, &job->erased);
	job->report.erased = job->erased.count;
}

/* ---- making it the venue's ---- */

static int write_keys(struct job *job, struct err *err)
{
	CLEANUP(mem_free) char *pepper = mem_printf("%s/pepper.key", job->staging);
	CLEANUP(mem_free) char *own = mem_printf("%s/pepper.key", job->wish->dir);

	if (job->has_recovery)
		TRY(recovery_keep(job->staging, &job->recovery, err));
	job->report.has_pins = job->secrets.has_pepper || is_there(own);
	if (job->secrets.has_pepper)
		return secret_write(pepper, job->secrets.pepper, err);
	return job->wish->try_dir ? restore_copy(own, pepper, true, err) : 0;
}

static char *free_aside(const struct job *job, struct day day)
{
	char *path = NULL;

	for (int i = 1; !path || is_there(path); i++) {
		free(path);
		path = mem_printf("%s/set-aside-%04d-%02d-%02d%s%.0d", job->target, day.year,
			day.month, day.day, i > 1 ? "-" : "", i > 1 ? i : 0);
	}
	return path;
}

static int make_ready(struct job *job, struct db *db, struct err *err)
{
	const struct restore_mark mark = {
		.epoch = job->epoch + 1,
		.numbers = job->numbers,
		.number_count = job->report.missing ? job->number_count : 0,
		.erased = job->erased.ids,
		.erased_count = job->erased.count,
		.erase = person_erase_again,
	};

	TRY(restore_mark(db, &mark, err));
	job->report.epoch = mark.epoch;
	return write_keys(job, err);
}

static int run(struct job *job, struct err *err)
{
	CLEANUP(close_db) struct db *db = NULL;
	CLEANUP(mem_free) char *aside = NULL;

	TRY(open_folder(job, err));
	TRY(take_backup(job, &db, err));
	TRY(find_missing(job, db, err));
	find_erased(job);
	TRY(make_ready(job, db, err));
	aside = free_aside(job, db_today(db));
	db_close(TAKE(db));
	TRY(restore_install(job->database, aside, err));
	free(TAKE(job->staging));
	if (is_there(aside))
		job->report.aside = TAKE(aside);
	return 0;
}

void restore_forget_trial(const char *try_dir)
{
	DIR *dir = opendir(try_dir);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", try_dir, entry->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	rmdir(try_dir);
}

/* A failed trial leaves nothing behind. */
static void leave_trial(const struct job *job)
{
	CLEANUP(mem_free) char *lock = mem_printf("%s.lock", job->database);

	if (!job->wish->try_dir || !job->staging)
		return;
	restore_unstage(job->database);
	unlink(lock);
	rmdir(job->target);
}

int restore_run(const struct restore_wish *wish, struct restore_report *ret, struct err *err)
{
	CLEANUP(job_finish)
	struct job job = { .wish = wish, .claim = -1, .lock = -1 };

	job.target = mem_text(wish->try_dir ? wish->try_dir : wish->dir);
	job.database = mem_printf("%s/" DATABASE, job.target);
	job.own_database = mem_printf("%s/" DATABASE, wish->dir);
	int r = run(&job, err);
	if (r < 0) {
		leave_trial(&job);
		return r;
	}
	if (!wish->try_dir)
		restore_right_forget(wish->dir);
	*ret = job.report;
	ret->folder = mem_text(job.target);
	job.report = (struct restore_report){ 0 };
	return 0;
}
