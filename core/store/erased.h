/* The ids of people of whom nothing personal is kept any more: from a venue's database, and from
 * the lists beside its backups ("BACKUP.erased", one id per line), which tell them to a restore
 * from a backup that still contains these people. */
#pragma once

#include "core/store/db.h"

#define ERASED_LIST ".erased"

/* Ids, sorted, each once. */
struct erased_ids {
	int64_t *ids;
	int count;
};
void erased_ids_finish(struct erased_ids *);

/* Adds those that the database knows; it may have an older schema. */
int erased_of(struct db *, struct erased_ids *, struct err *err);
/* Adds those of all lists in a folder. One that cannot be read adds nothing. */
void erased_in(const char *folder, struct erased_ids *);

/* Writes them as the list `path`, durably. ERR_STORAGE FILE_UNWRITABLE, STORE_FULL. */
int erased_write(const struct erased_ids *, const char *path, struct err *err);
/* Brings every list in the folder up to date with the database; a list keeps what it has already. A
 * folder that does not exist has none. ERR_STORAGE. */
int erased_note(struct db *, const char *folder, struct err *err);
