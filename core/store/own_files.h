/* The venue's own files in its folder: what they are called and who may read them, in one table.
 * Nothing that is written to a path of a person's choice may overwrite one of them. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "core/base/err.h"

/* May a file be written to `path` by a verb or screen of the venue in `dir`? By name, through
 * links and as another name of the same file: ERR_REFUSED FILE_OURS for the venue's own files,
 * whether they exist or not, and for everything in its folders of printed papers and backups.
 * Another file of that name is ERR_REFUSED FILE_EXISTS unless `may_replace`; a folder is
 * ERR_STORAGE FILE_UNWRITABLE. */
int output_check(const char *dir, const char *path, bool may_replace, struct err *err);

/* A file that others can read or another user owns. */
struct own_fault {
	char *path;
	mode_t mode, wanted; /* wanted 0: the owner is the fault */
	uid_t owner;
};
struct own_faults {
	struct own_fault *rows;
	int count;
};
void own_faults_finish(struct own_faults *); /* for CLEANUP */

/* Checks the folder and every file of the table in it: which have wider permissions than the
 * table's, and which belong to another user than the folder does. ERR_NOT_FOUND FILE_MISSING
 * without a folder; ERR_STORAGE FILE_UNREADABLE. */
int own_files_check(const char *dir, struct own_faults *ret, struct err *err);
/* Removes permissions that are too wide where this process may; returns how many files it could not
 * change.
 */
int own_files_tighten(const struct own_faults *faults);
