/* Letting the administrator in again when nobody knows a PIN, and what else is done with the
 * recovery sheet on the record. */
#pragma once

#include "core/people/staff.h"
#include "core/sheets/recovery_sheet.h"
#include "core/store/recovery.h"

/* Whom: `code`, or with NULL the administrator, the first by code when there are several.
 * ERR_NOT_FOUND STAFF_UNKNOWN; ERR_REFUSED ROLE_NEEDED for somebody who is none. */
int recover_whom(struct db *, const char *code, struct staff *ret, struct err *err);
/* Are these the words of the venue's sheet? ERR_INVALID RECOVERY_WRONG, ERR_NOT_FOUND
 * RECOVERY_MISSING. */
int recover_check(const char *dir, const struct recovery *, struct err *err);
/* The new PIN, on the record as given by the sheet; ends a lockout, too. */
int recover_pin(struct db *, const struct act *, int64_t staff, const char *hash, struct err *err);

/* The recovery sheet of the venue in `dir`, on the record. *ret is the caller's. */
int recover_sheet(struct db *, const char *dir, const struct letterhead *, const struct act *,
	struct sheet **ret, struct err *err);

/* On the record: the sheet's words were shown; a backup that anybody can read was written. */
int recovery_record_print(struct db *, const struct act *, struct err *err);
int backup_record_plain(struct db *, const struct act *, struct err *err);
