/* Puts a backup in the place of a venue's database so that a kill or a power cut at any moment
 * leaves one of the two whole.
 *
 * The new files are prepared in the folder "<database>.restore". Renaming it to
 * "<database>.restored" is the moment from which they count: the rest (moving the old files into a
 * folder of their own and the new ones into their places) is finished by the next process that
 * opens the database. */
#pragma once

#include "core/store/db.h"
#include "core/store/journal_head.h"

/* Nobody else writes while it is held. ERR_BUSY STORE_BUSY, ERR_STORAGE. Release it with close().
 */
int restore_lock(const char *db_path, int *ret_fd, struct err *err);

/* Makes the empty folder for the new files; one left by an interrupted attempt is emptied. The
 * database in it has the name of the venue's. *ret_db is the caller's. */
int restore_stage(const char *db_path, char **ret_folder, char **ret_db, struct err *err);
void restore_unstage(const char *db_path);

/* Copies a file durably, mode 0600; with `is_optional` a missing file is skipped. */
int restore_copy(const char *from, const char *to, bool is_optional, struct err *err);

/* What a venue's tripwire says, whether or not its database can be opened; seq 0: nothing. */
void restore_tripwire_of(const char *db_path, struct journal_head *ret);

/* The highest number of each table whose rows have one that people read. *ret is the caller's. */
struct restore_number {
	char table[48];
	int64_t highest;
};
int restore_numbers(struct db *, struct restore_number **ret, int *ret_count, struct err *err);

/* Turns a copy of a database into the venue's: raises its epoch to `epoch`, so that no id is issued
 * twice; empties the private rows of people who were erased meanwhile; cancels papers that were
 * waiting then; all in one act. Then the WAL is checkpointed and the tripwire set. */
struct restore_mark {
	int64_t epoch;
	const struct restore_number *numbers; /* issued up to these */
	int number_count;
	const int64_t *erased;
	int erased_count;
	/* Erases one of them within the act: nothing when the copy does not know them. */
	int (*erase)(struct db *, int64_t resident, struct err *err);
};
int restore_mark(struct db *, const struct restore_mark *, struct err *err);
#define RESTORE_EPOCH_MAX 127

/* Installs the prepared files, under the lock and with no handle open on either database; `aside`
 * is the folder for the old files, beside them. */
int restore_install(const char *db_path, const char *aside, struct err *err);
/* Finishes an interrupted install; does nothing when there is none. */
int restore_finish(const char *db_path, struct err *err);
