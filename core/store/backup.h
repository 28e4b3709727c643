/* A whole, checked copy of the database: VACUUM INTO a temporary file, integrity check, journal
 * head compared, fsync, rename, fsync of the folder. */
#pragma once

#include "core/store/db.h"

/* `to` must not exist unless `may_replace`. ERR_STORAGE FILE_UNWRITABLE, STORE_FULL, STORE_DAMAGED.
 */
int backup_write(struct db *, const char *to, bool may_replace, struct err *err);
