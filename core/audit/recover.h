/* Gives the administrator a new way in when nobody knows a PIN, and journals other uses of the
 * recovery sheet. */
#pragma once

#include "core/people/staff.h"
#include "core/sheets/recovery_sheet.h"
#include "core/store/recovery.h"

/* Whom: `code`, or with NULL the administrator, the first by code when there are several.
 * ERR_NOT_FOUND STAFF_UNKNOWN; ERR_REFUSED ROLE_NEEDED for somebody who is not one. */
int recover_whom(struct db *, const char *code, struct staff *ret, struct err *err);
/* Are these the words of the venue's sheet? ERR_INVALID RECOVERY_WRONG, ERR_NOT_FOUND
 * RECOVERY_MISSING. */
int recover_check(const char *dir, const struct recovery *, struct err *err);
/* Sets the new PIN, journalled as given by the sheet; also ends a lockout. */
int recover_pin(struct db *, const struct act *, int64_t staff, const char *hash, struct err *err);

/* The recovery sheet of the venue in `dir`; journalled. *ret is the caller's. */
int recover_sheet(struct db *, const char *dir, const struct letterhead *, const struct act *,
	struct sheet **ret, struct err *err);

/* Journals that the sheet's words were shown, or that a backup was written which anybody can
 * read. */
int recovery_record_print(struct db *, const struct act *, struct err *err);
int backup_record_plain(struct db *, const struct act *, struct err *err);
