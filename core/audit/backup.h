/* Verified backups: nothing damaged is backed up, and what was written is read back. */
#pragma once

#include "core/store/seal.h"

struct db;

struct backup_wish {
	const char *dir;  /* the venue's folder: keys, and room for the copy before it is sealed */
	const char *to;   /* the file */
	bool is_plain;    /* SQLite's own format, readable by all; else sealed (seal.h) */
	bool may_replace; /* an existing file of that name */
};

/* Checks structure, chain, tripwire and books; copies; checks the copy; seals it and reads that
 * back; puts it under its name. Beside it goes "TO.erased", the ids of people of whom nothing is
 * kept any more, for a restore from an older backup. Creates the venue's recovery key when there is
 * none. After any error an existing file of that name stays. ERR_STORAGE STORE_DAMAGED,
 * STORE_BEHIND, STORE_FULL, FILE_UNWRITABLE; ERR_REFUSED STORE_EXISTS. */
int backup_make(struct db *, const struct backup_wish *, struct err *err);

/* Checks structure, chain and books of an open database. ERR_STORAGE. */
int backup_check(struct db *, struct err *err);
