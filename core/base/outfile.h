/* Files that are written: there whole or not at all, also over a power cut, and private from the
 * first moment. What is written goes into a draft beside the file, is synced, and takes the file's
 * name at the end. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/base/err.h"

struct outfile {
	char *path, *draft; /* draft NULL: there is none any more */
	int fd;
	int problem; /* errno of the first write that failed */
};

/* Where it ends when a file of that name is there already. */
enum outfile_end {
	OUTFILE_REPLACE, /* in its place */
	OUTFILE_NEW,     /* nowhere: ERR_REFUSED FILE_EXISTS */
};

/* Modes of what is kept: its owner's alone, or read by a print server's group, too. */
#define OUTFILE_PRIVATE 0600

/* ERR_STORAGE FILE_UNWRITABLE. */
int outfile_create(struct outfile *ret, const char *path, mode_t mode, struct err *err);
/* What goes wrong is told by outfile_finish. */
void outfile_add(struct outfile *, const void *data, size_t size);
/* Syncs, gives the file its name and syncs the folder. ERR_STORAGE FILE_UNWRITABLE, also for what
 * went wrong before; ERR_REFUSED FILE_EXISTS. Then nothing is left of it. */
int outfile_finish(struct outfile *, enum outfile_end, struct err *err);
/* Without outfile_finish before: nothing is left of it. For CLEANUP; zeroed is allowed. */
void outfile_abandon(struct outfile *);

/* All of it at once. */
int outfile_put(const char *path, const void *data, size_t size, mode_t mode, enum outfile_end,
	struct err *err);

/* A folder and those above it, each for its owner alone; what is made lasts. ERR_STORAGE
 * FILE_UNWRITABLE. */
int outfile_folders(const char *path, struct err *err);

/* Root who makes a file in somebody's folder makes it theirs: what they cannot open later keeps
 * their program from starting. Nothing for other users. */
void outfile_hand_over(const char *path);

/* The end alone, for a draft that something else has written: syncs it, gives it its name and
 * syncs the folder. The draft stays after an error. */
int outfile_place(const char *draft, const char *path, enum outfile_end, struct err *err);
