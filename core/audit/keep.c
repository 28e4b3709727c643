#include "core/audit/keep.h"

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
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/print/reasons.h"
#include "core/store/db.h"
#include "core/store/erased.h"
#include "core/store/restore.h"
#include "core/store/seal.h"

#define DAYS       7
#define WEEKS      4
#define MONTHS     12
#define NAME_START "jiaplus-"
#define NAME_END   ".backup"
#define BEFORE     "jiaplus.db.before-"

/* The night, when venues are closed, lasts until 6:00 local time. */
#define NIGHT_SECONDS (6 * 60 * 60)
#define DAY_SECONDS   (24 * 60 * 60)
#define YEAR_SECONDS  (366 * DAY_SECONDS)

void keep_report_finish(struct keep_report *report)
{
	free(report->path);
	*report = (struct keep_report){ 0 };
}

void keep_list_finish(struct keep_list *list)
{
	for (int i = 0; i < list->count; i++)
		free(list->rows[i].path);
	free(list->rows);
	*list = (struct keep_list){ 0 };
}

/* ---- what is kept ---- */

static bool read_name(const char *name, struct day *ret)
{
	int end = 0;

	return sscanf(name, NAME_START "%4d-%2d-%2d" NAME_END "%n", &ret->year, &ret->month,
		       &ret->day, &end) == 3 &&
	       end > 0 && name[end] == '\0';
}

static int newest_first(const void *a, const void *b)
{
	const struct keep_file *x = a, *y = b;

	return day_compare(y->day, x->day);
}

void keep_list_read(const char *folder, struct keep_list *ret)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	struct day day;

	*ret = (struct keep_list){ 0 };
	while (dir && (entry = readdir(dir))) {
		if (!read_name(entry->d_name, &day))
			continue;
		ret->rows = mem_resize(ret->rows, (size_t)(ret->count + 1) * sizeof(*ret->rows));
		ret->rows[ret->count++] =
			(struct keep_file){ mem_printf("%s/%s", folder, entry->d_name), day };
	}
	if (dir)
		closedir(dir);
	if (ret->count)
		qsort(ret->rows, (size_t)ret->count, sizeof(*ret->rows), newest_first);
}

static int month_of(struct day day)
{
	return day.year * 12 + day.month;
}

/* A week begins on Monday. */
static int week_of(struct day day)
{
	static const struct day a_monday = { 1970, 1, 5 };

	return day_distance(a_monday, day) / 7;
}

void keep_choose(const struct keep_list *list, bool *ret)
{
	int weeks = 0, months = 0, week = 0, month = 0;

	for (int i = 0; i < list->count; i++) {
		struct day day = list->rows[i].day;
		bool is_kept = i < DAYS;
		if (weeks < WEEKS && (weeks == 0 || week_of(day) != week)) {
			week = week_of(day);
			weeks++;
			is_kept = true;
		}
		if (months < MONTHS && (months == 0 || month_of(day) != month)) {
			month = month_of(day);
			months++;
			is_kept = true;
		}
		ret[i] = !is_kept;
	}
}

static void let_go(const char *folder)
{
	CLEANUP(keep_list_finish) struct keep_list list = { 0 };

	keep_list_read(folder, &list);
	CLEANUP(mem_free) bool *gone = mem_alloc((size_t)list.count + 1);
	keep_choose(&list, gone);
	for (int i = 0; i < list.count; i++) {
		CLEANUP(mem_free) char *erased = mem_printf("%s" ERASED_LIST, list.rows[i].path);
		if (!gone[i])
			continue;
		unlink(list.rows[i].path);
		unlink(erased);
	}
}

/* A copy from before a migration (core/store/migrate.c), and its number. */
static bool read_before(const char *name, int *ret)
{
	int end = 0;

	return sscanf(name, BEFORE "%d%n", ret, &end) == 1 && end > 0 && name[end] == '\0';
}

static int last_before(const char *dir)
{
	DIR *files = opendir(dir);
	struct dirent *entry;
	int last = 0, version;

	while (files && (entry = readdir(files)))
		if (read_before(entry->d_name, &version) && version > last)
			last = version;
	if (files)
		closedir(files);
	return last;
}

/* Now that a later backup is verified, the latest of them is enough, kept as long as backups are,
 * and only if it is sealed like them. */
static void let_go_before(const char *dir, int64_t now)
{
	DIR *files = opendir(dir);
	struct dirent *entry;
	struct seal_about about;
	struct stat st;
	int version, last = last_before(dir);

	while (files && (entry = readdir(files))) {
		if (!read_before(entry->d_name, &version))
			continue;
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", dir, entry->d_name);
		bool is_kept = version == last && seal_is(path, &about) && stat(path, &st) == 0 &&
			       st.st_mtime > now - YEAR_SECONDS;
		if (!is_kept)
			unlink(path);
	}
	if (files)
		closedir(files);
}

static char *folder_of(const char *dir)
{
	return mem_printf("%s/backups", dir);
}

int64_t keep_last(const char *dir)
{
	CLEANUP(mem_free) char *folder = folder_of(dir);
	CLEANUP(keep_list_finish) struct keep_list list = { 0 };
	struct stat about;

	keep_list_read(folder, &list);
	return list.count && stat(list.rows[0].path, &about) == 0 ? about.st_mtime : 0;
}

bool keep_is_due(int64_t last_at, int64_t now)
{
	bool is_night = now - when_day_start(when_day(now)) < NIGHT_SECONDS;

	if (is_night && day_compare(when_day(last_at), when_day(now)) != 0)
		return true;
	return now - last_at >= DAY_SECONDS || last_at > now + DAY_SECONDS;
}

/* ---- the stick ---- */

static bool same_content(const char *a, const char *b)
{
	CLEANUP(mem_free) char *x = mem_alloc(1 << 16);
	CLEANUP(mem_free) char *y = mem_alloc(1 << 16);
	FILE *f = fopen(a, "re"), *g = fopen(b, "re");
	size_t n = 0, m = 0;
	bool is_same = f && g;

	/* From the stick, not from memory. */
	if (g)
		posix_fadvise(fileno(g), 0, 0, POSIX_FADV_DONTNEED);
	while (is_same && ((n = fread(x, 1, 1 << 16, f)) > 0 || !feof(f))) {
		m = fread(y, 1, 1 << 16, g);
		is_same = n == m && memcmp(x, y, n) == 0;
	}
	is_same = is_same && fgetc(g) == EOF && !ferror(f) && !ferror(g);
	if (f)
		fclose(f);
	if (g)
		fclose(g);
	return is_same;
}

static int copy_over(const char *from, const char *folder, struct err *err)
{
	CLEANUP(mem_free) char *name = mem_text(from);
	CLEANUP(mem_free) char *to = mem_printf("%s/%s", folder, basename(name));
	CLEANUP(mem_free) char *part = mem_printf("%s.part", to);

	int r = restore_copy(from, part, false, err);
	if (r == 0 && !same_content(from, part))
		r = err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, to),
			"what was read back is not what was written");
	if (r == 0 && rename(part, to) < 0)
		r = err_setf(
			err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, to), "%s", strerror(errno));
	if (r < 0)
		unlink(part);
	return r;
}

static int copy_to_stick(
	struct db *db, const char *path, const struct keep_wish *wish, struct err *err)
{
	CLEANUP(mem_free) char *list = mem_printf("%s" ERASED_LIST, path);
	struct stat here, there;

	if (stat(wish->stick, &there) < 0 || stat(wish->dir, &here) < 0 ||
		here.st_dev == there.st_dev)
		return err_set(err, ERR_DEVICE, REASON(STICK_MISSING));
	TRY(copy_over(list, wish->stick, err));
	TRY(copy_over(path, wish->stick, err));
	let_go(wish->stick);
	/* It may not have been plugged in when somebody was erased. */
	return erased_note(db, wish->stick, err);
}

/* ---- all of it ---- */

int keep_run(struct db *db, const struct keep_wish *wish, struct keep_report *ret, struct err *err)
{
	CLEANUP(mem_free) char *folder = folder_of(wish->dir);
	char day[11];

	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, folder), "%s",
			strerror(errno));
	day_format(db_today(db), day);
	CLEANUP(mem_free) char *path = mem_printf("%s/" NAME_START "%s" NAME_END, folder, day);
	const struct backup_wish backup = { .dir = wish->dir, .to = path, .may_replace = true };
	TRY(backup_make(db, &backup, err));
	*ret = (struct keep_report){ .path = TAKE(path) };
	if (wish->stick)
		ret->is_on_stick = copy_to_stick(db, ret->path, wish, &ret->stick_err) == 0;
	let_go(folder);
	let_go_before(wish->dir, db_now(db));
	return 0;
}
