/* Removes papers about a person from the outbox and from the folders that files are printed to. */
#pragma once

#include "core/config.h"
#include "core/store/db.h"

struct purge_folders {
	const char *dir;             /* the venue's: DIR/printed */
	const struct config *config; /* queues of mode file with a folder of their own */
};

struct purge {
	char **marks; /* what the names of their files contain: "-000012-5f0c1a22" */
	int mark_count;
	int count; /* papers that were emptied */
};
void purge_finish(struct purge *);

/* Empties every paper of the resident's visits and loans, and every other one that says one of
 * `words` (NULL at the end; "" are passed over); those that have not been printed are cancelled.
 * Also names the files of papers that were emptied before, since nobody knows what they said. Runs
 * inside the caller's txn. */
int purge_papers(struct db *, int64_t resident, const char *const *words, struct purge *ret,
	struct err *err);
/* Removes the files that were named. ERR_STORAGE FILE_UNWRITABLE for one that cannot be removed. */
int purge_files(const struct purge *, const struct purge_folders *, struct err *err);
