/* Who may restore a backup when nobody can log in to the venue's own database, because it cannot be
 * opened: whoever has the recovery sheet, or an administrator as that backup knows them, with card
 * and PIN.
 *
 * The PIN proves nothing when the backup was opened with a typed sheet: both may be another
 * venue's. A backup that this machine's own key has opened was sealed here, and the pepper of a
 * plain one is this machine's, so that nobody can have made up the PIN in it. */
#pragma once

#include "core/people/staff.h"
#include "core/store/recovery.h"

/* The sheet of this venue; or, on a machine without a recovery key, the one that opened the backup.
 * A right one clears the PINs that were tried. ERR_INVALID RECOVERY_WRONG; errors as
 * recover_check. */
int restore_right_sheet(const char *dir, const struct recovery *, bool has_opened, struct err *err);

/* Opens the restored copy in the folder of a trial to try PINs, which it counts. Errors as
 * db_open. */
int restore_copy_open(const char *try_dir, const struct clock *, struct db **ret, struct err *err);
void restore_copy_close(struct db *); /* NULL is allowed */

/* PINs that were tried for this since somebody was last let in. They are kept in the venue's
 * folder, DIR/restore.tries, one byte each, since the database that otherwise counts them is not
 * available; so a restart does not forget them. 0 where nothing could be written. */
int restore_right_tries(const char *dir);
/* Counts one more, before its outcome is known, so that pulling the plug gains nothing. ERR_STORAGE
 * FILE_UNWRITABLE: on a full or read-only disk it is forgotten, which is no reason to refuse the
 * try. */
int restore_right_count(const char *dir, struct err *err);
/* Somebody was let in, by a right PIN or by a restore. */
void restore_right_forget(const char *dir);

/* The staff member whose card was read, in the restored copy of the backup. ERR_REFUSED
 * CODE_WRONG_TYPE, ROLE_NEEDED; otherwise as staff_card_find. The PIN is checked there as well
 * (staff_pin_begin). */
int restore_right_card(
	struct db *copy, const char *bytes, size_t len, struct staff *ret, struct err *err);
