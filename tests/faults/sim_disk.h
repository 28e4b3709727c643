/* The simulation's disk: a real folder, used by several processes at once through the real system
 * calls, and beside it what of it is durable by now. Unlike disk.h it has locks and shared memory,
 * and unlike tape.h it goes on for as long as one likes, since it keeps no log.
 *
 * What it assumes of a power cut is what tape.h does: of a file, what its last sync covered is
 * there; of what was written since, 512-byte sectors survive in any combination or are garbage. Of
 * names all is there, or what was there when their folder was last synced. A file system that loses
 * the later half of a rename is the sweep's matter (test_sweep.c).
 *
 * It stands under SQLite by its table of system calls, and under all else by fsync and fdatasync of
 * this program's own: a program that links it has the one disk. */
#pragma once

#include <stdbool.h>

#include "tests/faults/disk.h"

struct sim_disk;

/* Takes in `folder`, whose content is durable; what is kept of it lies in `kept`, made for it. Both
 * paths are borrowed. To be called before the processes that share it are forked. */
struct sim_disk *sim_disk_create(const char *folder, const char *kept);
void sim_disk_destroy(struct sim_disk *);

/* From now on faults hit this process; for the others the disk is sound. */
void sim_disk_expose(struct sim_disk *);

enum sim_fault {
	SIM_SOUND,
	SIM_WRITE_FAILS, /* EIO, once */
	SIM_SYNC_FAILS,  /* EIO, once; what was to be synced is kept or lost for good */
	SIM_FULL,        /* ENOSPC for everything that makes a file longer, from then on */
	SIM_KILL,        /* SIGKILL in the middle */
	SIM_CUT,         /* the same; the process that waits for it cuts the power */
	SIM_KILL_LATE,   /* SIGKILL when all is done and nobody has been told (sim_disk_telling) */
	SIM_CUT_LATE,
	SIM_FAULT_COUNT,
};
extern const char *const sim_fault_names[SIM_FAULT_COUNT];

/* The `at`th write or sync from now on, from 1, is hit. */
void sim_disk_arm(struct sim_disk *, enum sim_fault, int at, unsigned seed);
/* This process is about to report that something is done. */
void sim_disk_telling(struct sim_disk *);
/* Sound again. True when the fault had occurred. */
bool sim_disk_disarm(struct sim_disk *);

/* Makes changes in the folder by other means durable. */
void sim_disk_settle(struct sim_disk *);

/* A disk that reports success for each sync and does nothing: to show that a test notices. */
void sim_disk_lie(struct sim_disk *);

/* Turns the folder into what a power cut leaves of it. Nobody may have a file in it open. */
void sim_disk_cut(struct sim_disk *, enum disk_fate, unsigned *seed);
