/* The backups that the kiosk makes by itself: DIR/backups, one a day, and a copy of each on a USB
 * stick. Kept are the newest 7 days, the newest of each of 4 weeks and of each of 12 months. */
#pragma once

#include <stdint.h>

#include "core/base/err.h"
#include "core/base/when.h"

struct db;

struct keep_wish {
	const char *dir;
	const char *stick; /* a folder on another disk; NULL: none is configured */
};

struct keep_report {
	char *path;           /* of the backup; the caller's */
	bool is_on_stick;     /* and was read back from there */
	struct err stick_err; /* why it is not, if one is configured */
};
void keep_report_finish(struct keep_report *);

/* Makes today's backup (backup_make), copies it to the stick, and only then removes what is too
 * old; of the copies that migrations left ("jiaplus.db.before-N") it removes all but the latest,
 * and that one after a year or if it is not sealed. A problem with the stick does not fail the
 * call: *ret reports it. A stick that is not plugged in is ERR_DEVICE STICK_MISSING: its folder is
 * then on the same disk. */
int keep_run(struct db *, const struct keep_wish *, struct keep_report *ret, struct err *err);

/* When the newest kept backup was made; 0: there is none. */
int64_t keep_last(const char *dir);
/* Is it time for the next one: once a night, otherwise when a day has passed. */
bool keep_is_due(int64_t last_at, int64_t now);

/* The backups in a folder, newest first. */
struct keep_list {
	struct keep_file {
		char *path;
		struct day day;
	} * rows;
	int count;
};
void keep_list_finish(struct keep_list *);
void keep_list_read(const char *folder, struct keep_list *ret);
/* Which of them are removed: true in ret[i]. For the test. */
void keep_choose(const struct keep_list *, bool *ret);
