/* The venue's own files in its folder: what they are called and who may read them, in one table.
 * Nothing that a person has written to a path of their choice ends up on one of them. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "core/base/err.h"

/* May a file be written to `path` by a verb or screen of the venue in `dir`? By name, through
 * links and as another name of the same file: ERR_REFUSED FILE_OURS for the venue's own, be it
 * there or not, and for all in its folders of printed papers and backups. Something else of that
 * name is ERR_REFUSED FILE_EXISTS, unless `may_replace`. A folder: ERR_STORAGE FILE_UNWRITABLE. */
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

/* Looks at the folder and all of the table that is in it: whose rights are wider than the table's,
 * and what belongs to others than the folder does. ERR_NOT_FOUND FILE_MISSING without a folder;
 * ERR_STORAGE FILE_UNREADABLE. */
int own_files_check(const char *dir, struct own_faults *ret, struct err *err);
/* Takes away the rights that are too wide, where this process may; returns how many it could not.
 */
int own_files_tighten(const struct own_faults *faults);
