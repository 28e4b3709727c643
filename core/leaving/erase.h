/* Erasing a person (doc/rules.md, People and privacy): who leaves and wants nothing personal kept.
 * The rows of all private tables that are about them are removed and overwritten in the file, and
 * what papers say of them goes, too; the journal stays whole, for it holds ids and no names. What
 * is counted (loans, points, hours) stays with a number that nobody can be found by. */
#pragma once

#include "core/print/purge.h"
#include "core/store/act.h"

struct erasing {
	int64_t points_to;          /* as person_leave */
	struct purge_folders where; /* printed papers lie there */
};
struct erased {
	int papers; /* whose content is gone */
	/* The database's files hold nothing of them any more, and the lists beside the backups name
	 * them; else erase again. */
	bool is_whole;
};
/* Whoever has not left leaves by the same act, with the refusals of person_leave. Done again, it
 * clears papers and files once more and writes no act. Records that were merged into this one go
 * with it. ERR_REFUSED also RESIDENT_IS_STAFF; ERR_NOT_FOUND RESIDENT_UNKNOWN.
 *
 * The program itself (ROLE_SYSTEM) erases somebody again where an older copy of the venue still has
 * them: then nothing stands against it, and what is in their name stays there.
 *
 * Other copies are out of reach: backups made before, tables that were exported. The lists beside
 * the backups that are here, and on the stick when it is plugged in, name them from now on, so that
 * a restore does not bring them back. */
int person_erase(struct db *, const struct act *, int64_t resident, const struct erasing *,
	struct erased *ret, struct err *err);

/* Within the caller's act, of a copy that is being restored: erases whom it still knows, as the
 * program itself; nothing otherwise. Papers and files are the caller's. */
int person_erase_again(struct db *, int64_t resident, struct err *err);

/* The private tables that it clears, for the test that none is forgotten. NULL at the end. */
const char *erase_table(int index);
