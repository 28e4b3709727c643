#include "core/store/own_files.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"

struct own_file {
	const char *pattern; /* of its name in the folder, as fnmatch has it */
	mode_t mode;
	bool is_taken; /* nothing else may be written there, whether it exists or not */
};

/* Files below a folder of the table have its permissions without x. */
static const struct own_file table[] = {
	{ "jiaplus.db", 0600, true },
	{ "jiaplus.db-*", 0600, true }, /* -wal, -shm, -journal */
	{ "jiaplus.db.*", 0600, true }, /* lock, tripwire, drafts, copies before a migration */
	{ "pepper.key*", 0600, true },
	{ "recovery.key*", 0600, true },
	{ "restore.tries*", 0600, true },
	{ "kiosk.lock", 0600, true },
	{ "outbox.lock", 0600, true },
	{ "paper.lock", 0600, true },
	{ "jiaplus.log", 0600, true },
	{ "recovery.txt", 0600, true },
	{ "demo.txt", 0600, true },
	{ "printed", 0700, true },
	{ "backups", 0700, true },
	{ "pins", 0700, false },
	{ "cards", 0700, false },
	{ "labels", 0700, false },
};

static const struct own_file *row_of(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		if (fnmatch(table[i].pattern, name, FNM_PERIOD) == 0)
			return &table[i];
	return NULL;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* ---- what may be written to ---- */

/* Calls `visit` for each name in `dir` that the table has, until one returns non-zero. For a folder
 * that cannot be read: −1 and errno. */
static int each_own(const char *dir,
	int (*visit)(void *arg, const char *path, const struct own_file *row), void *arg)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;
	int r = 0;

	if (!folder)
		return -1;
	while (r == 0 && (entry = readdir(folder))) {
		const struct own_file *row = row_of(entry->d_name);
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", dir, entry->d_name);
		if (row)
			r = visit(arg, path, row);
	}
	closedir(folder);
	return r;
}

/* 1: `arg` is another name of this file. */
static int compare(void *arg, const char *path, const struct own_file *row)
{
	struct stat own;

	return row->is_taken && stat(path, &own) == 0 && is_same(&own, arg);
}

/* Is `folder` the folder of `own`, or somewhere below it? */
static bool is_within(const char *folder, const struct stat *own)
{
	CLEANUP(mem_free) char *up = realpath(folder, NULL);
	struct stat at;

	while (up && *up) {
		if (stat(up, &at) == 0 && is_same(&at, own))
			return true;
		*strrchr(up, '/') = '\0';
	}
	return false;
}

static bool is_in_own_folder(const char *dir, const char *folder)
{
	struct stat own;

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(mem_free) char *path = mem_printf("%s/%s", dir, table[i].pattern);
		if (table[i].is_taken && stat(path, &own) == 0 && S_ISDIR(own.st_mode) &&
			is_within(folder, &own))
			return true;
	}
	return false;
}

static bool is_own(const char *dir, const char *path)
{
	CLEANUP(mem_free) char *for_folder = mem_text(path), *for_name = mem_text(path);
	const char *folder = dirname(for_folder), *name = basename(for_name);
	const struct own_file *row = row_of(name);
	struct stat at, venue, file;

	if (row && row->is_taken && stat(folder, &at) == 0 && stat(dir, &venue) == 0 &&
		is_same(&at, &venue))
		return true;
	if (is_in_own_folder(dir, folder))
		return true;
	return stat(path, &file) == 0 && each_own(dir, compare, &file) > 0;
}

int output_check(const char *dir, const char *path, bool may_replace, struct err *err)
{
	struct stat there;

	if (is_own(dir, path))
		return err_set(err, ERR_REFUSED, REASON_TEXT(FILE_OURS, path));
	if (lstat(path, &there) < 0)
		return 0;
	if (S_ISDIR(there.st_mode))
		return err_setf(err, ERR_STORAGE, REASON_TEXT(FILE_UNWRITABLE, path), "%s",
			strerror(EISDIR));
	return may_replace ? 0 : err_set(err, ERR_REFUSED, REASON_TEXT(FILE_EXISTS, path));
}

/* ---- who may read what is there ---- */

struct looking {
	struct own_faults *faults;
	uid_t owner;
};

static void add(struct own_faults *faults, const char *path, const struct stat *st, mode_t wanted)
{
	faults->rows =
		mem_resize(faults->rows, (size_t)(faults->count + 1) * sizeof(*faults->rows));
	faults->rows[faults->count++] = (struct own_fault){ .path = mem_text(path),
		.mode = st->st_mode & 07777,
		.wanted = wanted,
		.owner = st->st_uid };
}

static void look_at(struct looking *looking, const char *path, mode_t wanted, struct stat *st)
{
	/* Gone meanwhile, or a link: nothing to report. */
	if (lstat(path, st) < 0 || S_ISLNK(st->st_mode)) {
		st->st_mode = 0;
		return;
	}
	if (st->st_uid != looking->owner)
		add(looking->faults, path, st, 0);
	if (st->st_mode & 07777 & ~wanted)
		add(looking->faults, path, st, wanted);
}

static int look(void *arg, const char *path, const struct own_file *row)
{
	struct looking *looking = arg;
	struct dirent *entry;
	struct stat st, inside;

	look_at(looking, path, row->mode, &st);
	DIR *folder = S_ISDIR(st.st_mode) ? opendir(path) : NULL;
	while (folder && (entry = readdir(folder))) {
		CLEANUP(mem_free) char *below = mem_printf("%s/%s", path, entry->d_name);
		if (entry->d_name[0] != '.')
			look_at(looking, below, row->mode & 0666, &inside);
	}
	if (folder)
		closedir(folder);
	return 0;
}

void own_faults_finish(struct own_faults *faults)
{
	for (int i = 0; i < faults->count; i++)
		free(faults->rows[i].path);
	free(faults->rows);
	*faults = (struct own_faults){ 0 };
}

int own_files_check(const char *dir, struct own_faults *ret, struct err *err)
{
	CLEANUP(own_faults_finish) struct own_faults faults = { 0 };
	struct looking looking = { .faults = &faults };
	struct stat st;

	if (stat(dir, &st) < 0 && errno == ENOENT)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(FILE_MISSING, dir));
	looking.owner = st.st_uid;
	if (st.st_mode & 07077)
		add(&faults, dir, &st, 0700);
	if (each_own(dir, look, &looking) < 0)
		return err_setf(
			err, ERR_STORAGE, REASON_TEXT(FILE_UNREADABLE, dir), "%s", strerror(errno));
	*ret = faults;
	faults = (struct own_faults){ 0 };
	return 0;
}

int own_files_tighten(const struct own_faults *faults)
{
	int left = 0;

	for (int i = 0; i < faults->count; i++) {
		const struct own_fault *fault = &faults->rows[i];
		left += !fault->wanted || chmod(fault->path, fault->mode & fault->wanted) < 0;
	}
	return left;
}
