/* Is the database intact and true? What `jiaplus verify` and the coordinator's screen ask. */
#pragma once

#include "core/store/replay.h"

struct verify_report {
	int64_t journal_rows;
	bool is_replayed;
	bool is_tripwire_lost;               /* journal_tripwire_lost */
	struct replay_difference difference; /* empty table: replay and tables are the same */
};

/* Checks structure, foreign keys, the journal's chain and its tripwire, and that private rows are
 * as they were written (ERR_STORAGE PRIVATE_CHANGED); with `replay` also rebuilds the domain from
 * the journal in a scratch file inside `scratch_dir` and compares. All of it reads one moment of
 * the database, whoever writes meanwhile. 0 when all is well or only the replay differs (see the
 * report); otherwise ERR_STORAGE STORE_DAMAGED, n1 the first wrong journal row when it is the
 * chain, or STORE_BEHIND. A damaged database is condemned. */
int verify_run(struct db *db, bool is_replayed, const char *scratch_dir, struct verify_report *ret,
	struct err *err);
