/* Restores a venue from a backup (doc/decisions.md, Restore): what is checked first, what would be
 * lost, and doing it. core/store/restore.h says how it survives a kill. */
#pragma once

#include "core/audit/day_slip.h"
#include "core/store/recovery.h"

struct restore_wish {
	const char *from;    /* a sealed backup, a plain one, or the venue's own database */
	const char *dir;     /* the venue's folder */
	const char *try_dir; /* restore into this new folder instead, and leave the venue alone */
	const struct recovery *sheet; /* NULL: the venue's own key */
	const struct clock *clock;
	bool is_claimed; /* the caller is the folder's kiosk, with its database closed */
};

enum restore_old {
	RESTORE_OLD_NONE,
	RESTORE_OLD_READ,   /* its acts can be listed */
	RESTORE_OLD_BROKEN, /* it is there and cannot be read: old_err says why */
};

struct restore_report {
	char *folder; /* where the venue is now; NULL once that is gone */
	char *aside;  /* where its old files are; NULL: there were none */
	bool is_sealed, is_wal_unread;
	int64_t seq, last_at; /* the backup's last act: its row, and when it was recorded */
	enum restore_old old;
	struct err old_err;
	int64_t missing;        /* acts that were done here and are not in the backup */
	int64_t missing_unread; /* of those: only the number is known */
	int64_t missing_since_at, missing_until_at; /* of those that can be read; 0: none */
	struct act_count *kinds;                    /* likewise, by kind */
	int kind_count;
	int erased; /* people of whom nothing is kept, who may still be in the backup */
	int64_t epoch;
	bool has_pins; /* PINs stay valid; otherwise they are set anew (staff recover) */
};
void restore_report_finish(struct restore_report *);

/* The kiosk's trials, in the venue's folder. */
#define RESTORE_TRIAL "restore-trial"
/* Removes the folder of a trial with its contents. */
void restore_forget_trial(const char *try_dir);

/* Checks the whole backup before anything is touched. ERR_INVALID BACKUP_BAD, TRY_FOLDER;
 * ERR_REFUSED BACKUP_LOCKED, BACKUP_SHEET, BACKUP_OTHER; ERR_NOT_FOUND FILE_MISSING; ERR_BUSY
 * KIOSK_RUNNING, STORE_BUSY; ERR_STORAGE. After an error the venue is as it was. */
int restore_run(const struct restore_wish *, struct restore_report *ret, struct err *err);
