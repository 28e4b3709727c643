/* Rebuilds the domain from the journal: the proof that the tables hold what was recorded and
 * nothing else. Private and state tables are left out.
 *
 * A journal row names the tables and columns of the schema under which it was written. Therefore
 * replay migrates where the venue did: the scratch database begins at version 1 of the schema,
 * takes the changes up to the row after which the venue's first migration ran (the table
 * `migration` says which), runs the same script, takes the changes up to the next one, and so on;
 * then both are at the newest version and are compared there. In the scratch database only domain
 * tables have rows, which reveals a script whose effect on them depends on anything else. */
#pragma once

#include "core/store/db.h"

enum replay_start {
	REPLAY_FIRST,  /* version 1: for replay_into */
	REPLAY_NEWEST, /* for replay_check_structure */
};

/* A scratch database as `db` was when it was made, or as it would be made today. `path`
 * must not exist, or is ":memory:"; the caller removes it afterwards. */
int replay_scratch(struct db *db, enum replay_start start, const char *path,
	struct db **ret_scratch, struct err *err);

/* Applies every row change of `db`'s journal, in order, to `scratch`, which must be at version 1,
 * and migrates it on the way. If another process may write, take a snapshot of `db` around this
 * call and what follows. ERR_STORAGE STORE_DAMAGED when a change does not fit. */
int replay_into(struct db *db, struct db *scratch, struct err *err);

/* The first place where a domain table differs between the two. */
struct replay_difference {
	char table[48]; /* empty: they are the same */
	int64_t id;
};
int replay_compare(
	struct db *db, struct db *scratch, struct replay_difference *ret, struct err *err);

/* Structure: SQLite's own integrity check, foreign keys, every object of the schema as in `fresh`,
 * and the record of migrations. ERR_STORAGE STORE_DAMAGED, with what is wrong as detail. */
int replay_check_structure(struct db *db, struct db *fresh, struct err *err);
