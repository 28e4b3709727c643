/* Shared only by disk.c, disk_vfs.c and disk_log.c. */
#pragma once

#include <sqlite3.h>

#include "tests/faults/disk.h"
#include "tests/faults/paged.h"

#define DISK_FILES_MAX 16

struct disk_file {
	struct paged content;
	bool exists;
};
struct disk_image {
	struct disk_file files[DISK_FILES_MAX];
};

void disk_file_write(struct disk_file *, const void *bytes, size_t size, size_t offset);
void disk_file_truncate(struct disk_file *, size_t size); /* never longer */
void disk_file_remove(struct disk_file *);
struct disk_image *disk_image_copy(const struct disk_image *);

struct disk_op {
	enum disk_op_kind kind;
	int file;
	size_t offset, size;
	unsigned char *bytes;
	unsigned number; /* a mark's; of a failed sync the seed of what it lost */
};
struct disk_log {
	struct disk_image *base;
	struct disk_op *ops;
	int count, capacity;

	/* the position of disk_log_cut */
	struct disk_image *durable;
	struct disk_piece *pending;
	int pending_count, pending_capacity;
	int next;
	bool is_lying;
};
struct disk_log *disk_log_create(const struct disk_image *base);
void disk_log_add(struct disk_log *, struct disk_op op, const void *bytes);

#define DISK_SHM_MAX 16 /* regions of a file's shared memory */

struct disk {
	sqlite3_vfs vfs, *real;
	char *folder;
	char *names[DISK_FILES_MAX];
	struct disk_image now;
	void *shm[DISK_FILES_MAX][DISK_SHM_MAX];
	struct disk_log *log;
	bool is_trusted;

	enum disk_fault fault;
	bool for_ever;
	int at, calls, failed, errno_said;
	unsigned seed;
	size_t space; /* of all files, once the disk is full; 0: unlimited */
};

/* The number of the file with that path, taking it in if there is none; -1: not in the folder. */
int disk_file_number(struct disk *, const char *path);
void disk_shm_drop(struct disk *, int file);
void disk_vfs_register(struct disk *);
