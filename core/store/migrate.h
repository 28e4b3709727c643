/* Numbered migrations: core/store/sql/NNN-*.sql, embedded, never edited once released. A script and
 * the version it leads to (PRAGMA user_version) commit in one transaction; foreign keys are off
 * before BEGIN and checked before COMMIT. */
#pragma once

#include "core/store/db.h"

/* "jia+" as SQLite's application_id: tells our databases from others. */
#define MIGRATE_APPLICATION_ID 0x6a69612b

/* The newest version that this program knows. */
int migrate_latest(void);
