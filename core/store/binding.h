/* What binds private rows to the journal, which holds none of their words.
 *
 * A private row that an act writes gets a fresh random salt; the body of the act's journal row
 * holds BLAKE2b-256, keyed with that salt, over the table's name, the id and every value that is
 * not NULL with its column's name:
 *
 *   "private":[["resident_private",12,"9f86…"]]
 *
 * So a row that was changed without the program is detected. The salt is stored in the row alone:
 * once that is erased, the hash confirms no guess at what the row held. A column added later
 * changes no hash; a migration that renames or rewrites private columns would, and binding_check
 * has to be taught about it. */
#pragma once

#include "core/store/db.h"

#define BINDING_SALT_SIZE 16
#define BINDING_HASH_TEXT 65 /* hexadecimal, with its NUL */

/* The hash of a row as it is now: 1 and *ret; 0 and "" when it does not exist or is empty. A row
 * that holds something but no salt matches no hash. */
int binding_hash(
	struct db *, const char *table, int64_t id, char ret[BINDING_HASH_TEXT], struct err *err);

/* Is every private row as the last act that wrote it left it? Rows older than bindings, and erased
 * ones, are skipped. Reads the whole journal. ERR_STORAGE PRIVATE_CHANGED, table and id as detail.
 */
int binding_check(struct db *, struct err *err);
