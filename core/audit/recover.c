#include "core/audit/recover.h"

#include <sodium.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"
#include "core/store/role_reasons.h"

int recover_whom(struct db *db, const char *code, struct staff *ret, struct err *err)
{
	CLEANUP(staff_list_finish) struct staff_list list = { 0 };

	if (code) {
		TRY(staff_by_code(db, code, ret, err));
		return ret->role == ROLE_ADMIN
			       ? 0
			       : err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_ADMIN));
	}
	TRY(staff_list(db, &list, err));
	for (int i = 0; i < list.count; i++) {
		if (list.rows[i].staff.role != ROLE_ADMIN)
			continue;
		*ret = list.rows[i].staff;
		return 0;
	}
	return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, "admin"));
}

int recover_check(const char *dir, const struct recovery *recovery, struct err *err)
{
	struct recovery own;

	TRY(recovery_open(dir, &own, err));
	bool is_same = sodium_memcmp(own.seed, recovery->seed, sizeof(own.seed)) == 0;
	recovery_wipe(&own);
	return is_same ? 0 : err_set(err, ERR_INVALID, REASON(RECOVERY_WRONG));
}

int recover_pin(
	struct db *db, const struct act *act, int64_t staff, const char *hash, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_STAFF_RECOVER, FIELDS(F_INT("staff", staff)), err));
	if (a.is_repeat)
		return 0;
	TRY(staff_pin_set(db, act, staff, hash, err));
	act_set_subject(&a, staff, 0);
	return act_commit(&a, staff, err);
}

static int record(struct db *db, const struct act *act, enum act_kind kind, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, kind, NO_FIELDS, err));
	return a.is_repeat ? 0 : act_commit(&a, 0, err);
}

int recovery_record_print(struct db *db, const struct act *act, struct err *err)
{
	return record(db, act, ACT_RECOVERY_PRINT, err);
}

int backup_record_plain(struct db *db, const struct act *act, struct err *err)
{
	return record(db, act, ACT_BACKUP_PLAIN, err);
}

int recover_sheet(struct db *db, const char *dir, const struct letterhead *head,
	const struct act *act, struct sheet **ret, struct err *err)
{
	struct recovery recovery;

	TRY(recovery_record_print(db, act, err));
	TRY(recovery_make(dir, &recovery, err));
	int r = recovery_sheet_build(db, head, &recovery, ret, err);
	recovery_wipe(&recovery);
	return r;
}
