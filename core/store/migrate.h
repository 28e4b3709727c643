/* The schema and how it changes: core/store/sql/001/ is version 1, one file per noun; each later
 * version is a script of its own, core/store/sql/NNN-….sql, never edited once released.
 *
 * A script may add, drop, rename, split, merge and fill tables and columns. What it does to domain
 * tables must depend on domain tables alone, since replay (replay.h) runs it in a file where the
 * others are empty. Foreign keys are off while scripts run and are checked after each. The scripts
 * that a file lacks, the row of each in the table `migration` and the new PRAGMA user_version
 * commit in one transaction: a file is entirely at its old version or entirely at the newest. */
#pragma once

#include "core/store/db.h"

/* "jia+" as SQLite's application_id: tells our databases from others. */
#define MIGRATE_APPLICATION_ID 0x6a69612b

/* The newest version that this program knows. */
int migrate_latest(void);
