/* Rebuilding the domain from the journal: the proof that the tables hold what was recorded and
 * nothing else. Private and state tables are left out. */
#pragma once

#include "core/store/db.h"

/* Applies every row change of `db`'s journal, in order, to `scratch`, a database just created.
 * ERR_STORAGE STORE_DAMAGED when a change does not fit. */
int replay_into(struct db *db, struct db *scratch, struct err *err);

/* The first place where a domain table of the two differs. */
struct replay_difference {
	char table[48]; /* empty: they are the same */
	int64_t id;
};
int replay_compare(
	struct db *db, struct db *scratch, struct replay_difference *ret, struct err *err);

/* Structure: SQLite's own integrity check, foreign keys, and every object of the schema as in
 * `scratch`. ERR_STORAGE STORE_DAMAGED, with what is wrong as detail. */
int replay_check_structure(struct db *db, struct db *scratch, struct err *err);
