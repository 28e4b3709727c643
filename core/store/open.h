/* Opening and making a database, told which versions are known: for core/store and its tests. */
#pragma once

#include "core/store/db.h"

struct migration_list;

/* As db_open, db_create and db_open_memory, with other versions than this program's: for tests. */
int store_open(const char *path, enum db_mode mode, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err);
int store_create(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err);
int store_draft(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err);
/* A database without durability and without a lock: ":memory:" or a scratch file, which must not
 * exist. */
int store_make(const char *path, int site, const char *zone, const struct clock *clock,
	const struct migration_list *known, struct db **ret, struct err *err);
