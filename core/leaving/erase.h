/* Erases a person (doc/rules.md, People and privacy) who leaves and wants nothing personal kept.
 * The rows of all private tables that are about them are removed and overwritten in the file, and
 * so is what papers say about them; the journal stays whole, since it holds ids and no names. What
 * is counted (loans, points, hours) stays under a number by which nobody can be identified. */
#pragma once

#include "core/print/purge.h"
#include "core/store/act.h"

struct erasing {
	int64_t points_to;          /* as person_leave */
	struct purge_folders where; /* printed papers are there */
};
struct erased {
	int papers; /* whose content is gone */
	/* The database's files contain nothing about them any more, and the lists beside the
	 * backups name them; if false, erase again. */
	bool is_whole;
};
/* Somebody who has not left yet leaves by the same act, with the refusals of person_leave.
 * Repeated, it clears papers and files once more and writes no act. Records that were merged into
 * this one are erased too. ERR_REFUSED also RESIDENT_IS_STAFF; ERR_NOT_FOUND RESIDENT_UNKNOWN.
 *
 * The program itself (ROLE_SYSTEM) erases somebody again if an older copy of the venue still
 * contains them: then nothing prevents it, and what is in their name stays there.
 *
 * Other copies are out of reach: earlier backups, exported tables. The lists beside the backups
 * that are here, and on the stick when it is plugged in, name them from now on, so that a restore
 * does not bring them back. */
int person_erase(struct db *, const struct act *, int64_t resident, const struct erasing *,
	struct erased *ret, struct err *err);

/* Within the caller's act, on a copy that is being restored: erases the person if the copy still
 * contains them, as the program itself; otherwise does nothing. Papers and files are up to the
 * caller. */
int person_erase_again(struct db *, int64_t resident, struct err *err);

/* The private tables that it clears, for the test that none is forgotten. NULL at the end. */
const char *erase_table(int index);
