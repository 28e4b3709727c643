/* A program's calls to the disk, recorded one by one under ptrace, so that the folder as a power
 * cut would leave it can be reconstructed, for any moment. Unlike disk.h it sees everything that is
 * done to files, by whatever means: SQLite, copies, renames, keys.
 *
 * The assumed disk: of a file, what its last sync covered is there; of what was written since,
 * 512-byte sectors survive in any combination. Of changes to names (created, renamed, removed) a
 * prefix survives, in their order, as journalling file systems keep it, and at least what came
 * before the last sync of a folder concerned. */
#pragma once

#include <stdbool.h>

#include "tests/faults/disk.h"
#include "tests/faults/paged.h"

struct tape;

/* Runs play(arg) in a separate process, which must come to its end, and records what it does in
 * `folder`, whose present content is durable. NULL if nobody may be traced. */
struct tape *tape_record(const char *folder, void (*play)(void *arg), void *arg);
void tape_destroy(struct tape *);

int tape_count(const struct tape *); /* of operations */
/* Of a file by its name in the folder. */
bool tape_is_sync(const struct tape *, int op, const char *name);
bool tape_is_write(const struct tape *, int op, const char *name);
/* Of anything: a file or a folder. */
bool tape_is_any_sync(const struct tape *, int op);
/* In words, for a test that fails; the caller's. */
char *tape_describe(const struct tape *, int op);
/* Makes, renames or removes a name. */
bool tape_is_name(const struct tape *, int op);

/* Syncs that did nothing. */
void tape_lie(struct tape *);

/* What is found after a cut just before `op` (tape_count: at the end). Going from one op to a later
 * one is cheap, back again is not. */
void tape_cut(struct tape *, int op, enum disk_fate fate, unsigned *seed);
/* A file that was found last; NULL: there is none of that name. Borrowed until the next cut. */
const struct paged *tape_found(const struct tape *, const char *name);
/* A file or a folder. */
bool tape_has_found(const struct tape *, const char *name);
/* Makes a folder hold what was found, and nothing else. */
void tape_put(const struct tape *, const char *folder);
