/* A disk in memory under SQLite, to find out what a power cut would leave and what a failing disk
 * would break.
 *
 * It becomes SQLite's default VFS and holds the files inside its folder; all others are real. Each
 * write is logged, so that the disk as it would be found after a cut at any moment can be
 * reconstructed. One connection at a time per file: it has no locks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct disk;
struct disk *disk_create(const char *folder);
void disk_destroy(struct disk *);
/* Takes in a real file; the real one stays where it is and is not touched again. */
void disk_import(struct disk *, const char *path);
/* The same under another name, or that there is none. */
void disk_import_as(struct disk *, const char *path, const char *real);

/* A file of its folder becomes that, durable, without a sound; NULL: there is none. Nobody has it
 * open. */
struct paged;
void disk_put(struct disk *, const char *path, const struct paged *content);
/* Borrowed until the next write; NULL: there is none. */
const struct paged *disk_content(struct disk *, const char *path);

/* Files opened from now on are told that a torn write spares its neighbours (psow), as SQLite
 * assumes by default: to show that a test notices. */
void disk_trust(struct disk *);

/* Contents. Loading an image starts a new log; everything in it is durable. */
struct disk_image;
struct disk_image *disk_save(const struct disk *);
void disk_load(struct disk *, const struct disk_image *);
void disk_image_destroy(struct disk_image *);

/* The log since the last load. What SQLite asks for, and the test's own marks in between. */
enum disk_op_kind {
	DISK_WRITE,
	DISK_TRUNCATE,
	DISK_SYNC,
	DISK_SYNC_FAILED,
	DISK_CREATE,
	DISK_DELETE,
	DISK_MARK,
};
struct disk_log;
void disk_mark(struct disk *, int number);
struct disk_log *disk_take_log(struct disk *); /* the caller's; the disk starts a new one */
void disk_log_destroy(struct disk_log *);
int disk_log_count(const struct disk_log *);
enum disk_op_kind disk_log_kind(const struct disk_log *, int op);
/* The number of the last mark before `op`, 0 when there is none. */
int disk_log_mark(const struct disk_log *, int op);

/* A power cut. What a file's last sync covered is there; of what was written since, 512-byte
 * sectors survive as the fate says, in any combination, across files as well. */
enum disk_fate {
	DISK_KEPT,    /* all of it */
	DISK_LOST,    /* none of it */
	DISK_ANY,     /* each sector at random */
	DISK_TORN,    /* likewise, and some of what is lost is garbage now */
	DISK_GARBAGE, /* likewise, and the damage takes the 4 KiB around it */
	DISK_FATE_COUNT,
};
/* The disk after a cut just before `op` (disk_log_count: at the end). Going from one op to a later
 * one is cheap, back again is not. */
struct disk_image *disk_log_cut(struct disk_log *, int op, enum disk_fate fate, unsigned *seed);

/* A disk that reports success for each sync and does nothing: to show that a test notices. */
void disk_log_lie(struct disk_log *);

/* Faults: the `at`th call of the kind fails (from 1; 0: none), and with `for_ever` all later
 * ones. */
enum disk_fault {
	DISK_SOUND,
	DISK_WRITE_FAILS,    /* EIO */
	DISK_WRITE_IS_SHORT, /* EIO, half of it written */
	DISK_IS_FULL,        /* ENOSPC for everything that would make files longer in total */
	DISK_SYNC_FAILS,   /* EIO; what was to be synced is kept or lost for good, all or in part */
	DISK_SYNC_IS_FULL, /* the same with ENOSPC, as from a disk that allocates late */
	DISK_SYNC_CUT_OFF, /* neither synced nor lost yet, as when its process is killed */
	DISK_TRUNCATE_FAILS,
	DISK_READ_FAILS,
	DISK_FAULT_COUNT,
};
void disk_fail(struct disk *, enum disk_fault fault, int at, bool for_ever, unsigned seed);
/* Since disk_fail: how many calls of the kind there were, and how many of them failed. */
int disk_calls(const struct disk *);
int disk_failed(const struct disk *);
