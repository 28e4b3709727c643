/* Writes files that are there whole or not at all, even after a power cut, and private from the
 * first moment. The data goes into a draft beside the file, which is synced and then renamed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/base/err.h"

struct outfile {
	char *path, *draft; /* draft NULL: finished or abandoned */
	int fd;
	int problem; /* errno of the first write that failed */
};

/* What happens when a file of that name exists already. */
enum outfile_end {
	OUTFILE_REPLACE, /* it is replaced */
	OUTFILE_NEW,     /* it stays: ERR_REFUSED FILE_EXISTS */
};

/* The mode of a file that only its owner may read. */
#define OUTFILE_PRIVATE 0600

/* ERR_STORAGE FILE_UNWRITABLE. */
int outfile_create(struct outfile *ret, const char *path, mode_t mode, struct err *err);
/* Errors are reported by outfile_finish. */
void outfile_add(struct outfile *, const void *data, size_t size);
/* Syncs the draft, renames it and syncs the folder. ERR_STORAGE FILE_UNWRITABLE, also for earlier
 * errors; ERR_REFUSED FILE_EXISTS. After an error the draft is gone. */
int outfile_finish(struct outfile *, enum outfile_end, struct err *err);
/* Removes the draft unless outfile_finish was called before. For CLEANUP; a zeroed struct is
 * allowed. */
void outfile_abandon(struct outfile *);

/* Creates, fills and finishes a file in one call. */
int outfile_put(const char *path, const void *data, size_t size, mode_t mode, enum outfile_end,
	struct err *err);

/* Makes a folder and its missing parents durably, each accessible to its owner alone. ERR_STORAGE
 * FILE_UNWRITABLE. */
int outfile_folders(const char *path, struct err *err);

/* If root made the file in another user's folder, gives it to that user: a file that they cannot
 * open would keep their program from starting. Does nothing for any user but root. */
void outfile_hand_over(const char *path);

/* The last step alone, for a draft written by other code: syncs it, renames it and syncs the
 * folder. After an error the draft stays. */
int outfile_place(const char *draft, const char *path, enum outfile_end, struct err *err);
