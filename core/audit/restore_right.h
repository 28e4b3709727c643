/* Who may go on from a backup where the venue's own database lets nobody in, because it cannot be
 * opened: whoever has the recovery sheet, or an administrator as that backup knows them, with card
 * and PIN.
 *
 * The PIN proves nothing when the backup was opened with a sheet that was typed: both may be
 * another venue's. A backup that this machine's own key has opened was sealed here, and the pepper
 * of a plain one is this machine's, so that nobody can have made up the PIN in it. */
#pragma once

#include "core/people/staff.h"
#include "core/store/recovery.h"

/* Of this venue; or, on a machine that holds no recovery key, the one that opened the backup. A
 * right one forgets the PINs that were tried. ERR_INVALID RECOVERY_WRONG; errors as recover_check.
 */
int restore_right_sheet(const char *dir, const struct recovery *, bool has_opened, struct err *err);

/* The restored copy in the folder of a trial, opened for tries of PINs, which it counts. Errors as
 * db_open. */
int restore_copy_open(const char *try_dir, const struct clock *, struct db **ret, struct err *err);
void restore_copy_close(struct db *); /* NULL is allowed */

/* PINs that were tried for this since somebody was last let in. They are kept in the venue's
 * folder, DIR/restore.tries, one byte each, since the database that counts them elsewhere is not to
 * be had; so a restart forgets none. 0 where nothing could be written. */
int restore_right_tries(const char *dir);
/* Counts one more, before its outcome is known, so that pulling the plug wins nothing. ERR_STORAGE
 * FILE_UNWRITABLE: a full or read-only disk forgets it, and is no reason to refuse the try. */
int restore_right_count(const char *dir, struct err *err);
/* Somebody was let in, by a right PIN or by a restore. */
void restore_right_forget(const char *dir);

/* Whose card was read, in the restored copy of the backup. ERR_REFUSED CODE_WRONG_TYPE,
 * ROLE_NEEDED; otherwise as staff_card_find. The PIN is checked there as well (staff_pin_begin). */
int restore_right_card(
	struct db *copy, const char *bytes, size_t len, struct staff *ret, struct err *err);
