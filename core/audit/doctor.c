#include "core/audit/doctor.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/audit/doctor_devices.h"
#include "core/audit/verify.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/staff.h"
#include "core/points/ledger.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "core/store/clock_doubt.h"
#include "core/store/own_files.h"
#include "core/store/reasons.h"

#define SPACE_LOW_MB 100
#define FILES_TOLD   8 /* of one kind; more would only repeat them */
#define MB           (1024 * 1024)

struct look {
	const struct doctor_options *options;
	struct doctor_report *report;
};

static void add(struct look *look, enum doctor_check check, enum doctor_verdict verdict,
	struct reason reason)
{
	doctor_add(look->report,
		(struct doctor_line){ .check = check, .verdict = verdict, .reason = reason });
}

static void add_err(struct look *look, enum doctor_check check, const struct err *err)
{
	add(look, check, DOCTOR_FAILS, err->reasons[0]);
}

static void add_well(struct look *look, enum doctor_check check)
{
	add(look, check, DOCTOR_WELL, (struct reason){ 0 });
}

static void close_db(struct db **db)
{
	db_close(*db);
}

/* ---- folder and files ---- */

static bool check_folder(struct look *look)
{
	const char *dir = look->options->dir;
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", dir);
	struct stat st;

	if (stat(dir, &st) < 0) {
		add(look, DOCTOR_FOLDER, DOCTOR_FAILS,
			errno == ENOENT || errno == ENOTDIR ? REASON_TEXT(STORE_MISSING, path)
							    : REASON_TEXT(FILE_UNREADABLE, dir));
		return false;
	}
	if (!S_ISDIR(st.st_mode) || access(dir, R_OK | W_OK | X_OK) < 0) {
		add(look, DOCTOR_FOLDER, DOCTOR_FAILS,
			errno == EROFS ? REASON_TEXT(DISK_READ_ONLY, dir)
				       : REASON_TEXT(STORE_READ_ONLY, dir));
		return S_ISDIR(st.st_mode);
	}
	add_well(look, DOCTOR_FOLDER);
	return true;
}

static void add_fault(struct look *look, const struct own_fault *fault)
{
	struct stat st;
	bool is_folder = stat(fault->path, &st) == 0 && S_ISDIR(st.st_mode);

	if (!fault->wanted)
		add(look, DOCTOR_FILES, DOCTOR_FAILS,
			reason_with_text(REASON_FILE_FOREIGN, fault->path, fault->owner));
	else
		add(look, DOCTOR_FILES, DOCTOR_WARNS,
			is_folder ? REASON_TEXT(FOLDER_OPEN, fault->path)
				  : REASON_TEXT(FILE_OPEN, fault->path));
}

static void check_files(struct look *look)
{
	CLEANUP(own_faults_finish) struct own_faults faults = { 0 };
	struct err err = { 0 };

	if (own_files_check(look->options->dir, &faults, &err) < 0) {
		add_err(look, DOCTOR_FILES, &err);
		return;
	}
	for (int i = 0; i < faults.count && i < FILES_TOLD; i++)
		add_fault(look, &faults.rows[i]);
	if (faults.count == 0)
		add_well(look, DOCTOR_FILES);
}

int doctor_space(const char *dir, struct reason *ret)
{
	struct statvfs disk;

	if (statvfs(dir, &disk) < 0)
		return 0;
	uint64_t left = (uint64_t)disk.f_bavail * disk.f_frsize / MB;
	if (left >= SPACE_LOW_MB)
		return 0;
	*ret = reason_with_text(REASON_DISK_LOW, dir, (int64_t)left);
	return 1;
}

static void check_space(struct look *look)
{
	struct reason reason;

	if (doctor_space(look->options->dir, &reason))
		add(look, DOCTOR_SPACE, reason.n1 == 0 ? DOCTOR_FAILS : DOCTOR_WARNS, reason);
	else
		add_well(look, DOCTOR_SPACE);
}

/* ---- the database ---- */

static int check_chain(struct look *look, struct db *db, struct err *err)
{
	struct verify_report report;

	TRY(verify_run(db, false, look->options->dir, &report, err));
	return ledger_prove(db, err);
}

static void check_clock(struct look *look, struct db *db)
{
	int64_t far_days = 0, last_at = 0;
	enum clock_doubt doubt;
	struct err err = { 0 };

	int r = setting_int(db, SETTING_CLOCK_FAR_DAYS, &far_days, &err);
	if (r == 0)
		db_watch_clock(db, (int)far_days);
	if (r < 0 || db_clock_doubt(db, &doubt, &last_at, &err) < 0)
		add_err(look, DOCTOR_CLOCK, &err);
	else if (doubt == CLOCK_BEHIND)
		add(look, DOCTOR_CLOCK, DOCTOR_FAILS, REASON(CLOCK_BEHIND, .n1 = last_at));
	else if (doubt == CLOCK_AHEAD)
		add(look, DOCTOR_CLOCK, DOCTOR_FAILS, REASON(CLOCK_AHEAD, .n1 = last_at));
	else
		add_well(look, DOCTOR_CLOCK);
}

/* Opened as the kiosk will open it, since that also needs files that it writes beside it. */
static int check_writable(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		CLEANUP(mem_free) char *file = mem_printf("%s%s", path, ends[i]);
		if (access(file, W_OK) < 0 && errno != ENOENT)
			return (int)i;
	}
	return -1;
}

static void check_database(struct look *look)
{
	static const char *const ends[] = { "", "-wal", "-shm", ".lock" };
	CLEANUP(mem_free) char *path = mem_printf("%s/jiaplus.db", look->options->dir);
	CLEANUP(close_db) struct db *db = NULL;
	struct err err = { 0 };

	if (db_open(path, DB_READ_ONLY, look->options->clock, &db, &err) < 0) {
		look->report->is_missing = err_has(&err, REASON_STORE_MISSING);
		add(look, DOCTOR_DATABASE,
			err_has(&err, REASON_STORE_OLDER) ? DOCTOR_WARNS : DOCTOR_FAILS,
			err.reasons[0]);
		return;
	}
	int bad = check_writable(path);
	if (bad >= 0) {
		CLEANUP(mem_free) char *file = mem_printf("%s%s", path, ends[bad]);
		add(look, DOCTOR_DATABASE, DOCTOR_FAILS, REASON_TEXT(STORE_READ_ONLY, file));
	} else {
		add_well(look, DOCTOR_DATABASE);
	}
	if (check_chain(look, db, &err) < 0)
		add_err(look, DOCTOR_CHAIN, &err);
	else
		add_well(look, DOCTOR_CHAIN);
	check_clock(look, db);
}

static void check_keys(struct look *look)
{
	struct pepper pepper;
	struct err err = { 0 };

	CLEANUP(mem_free) char *path = mem_printf("%s/pepper.key", look->options->dir);
	struct stat st;

	if (pepper_open(look->options->dir, &pepper, &err) == 0)
		add_well(look, DOCTOR_KEYS);
	else if (stat(path, &st) == 0 && st.st_mode & 077)
		add(look, DOCTOR_KEYS, DOCTOR_FAILS, REASON_TEXT(FILE_OPEN, path));
	else
		add(look, DOCTOR_KEYS, DOCTOR_FAILS, REASON_TEXT(KEYS_LOST, path));
	sodium_memzero(&pepper, sizeof(pepper));
}

/* ---- all of it ---- */

static int by_check(const void *a, const void *b)
{
	const struct doctor_line *x = a, *y = b;
	int order = (int)x->check - (int)y->check;

	return order ? order : (int)x->purpose - (int)y->purpose;
}

void doctor_run(const struct doctor_options *options, struct doctor_report *ret)
{
	struct look look = { .options = options, .report = ret };

	*ret = (struct doctor_report){ 0 };
	if (check_folder(&look)) {
		check_files(&look);
		check_space(&look);
		check_database(&look);
		if (!ret->is_missing)
			check_keys(&look);
	}
	doctor_printers(options, ret);
	doctor_camera(options, ret);
	qsort(ret->rows, (size_t)ret->count, sizeof(*ret->rows), by_check);
}
