#include "core/leaving/hand_over.h"

#include "core/base/mem.h"
#include "core/sheets/kept.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"

int hand_over(struct db *db, const struct act *act, const struct letterhead *letterhead,
	int64_t resident, struct sheet **ret, struct err *err)
{
	CLEANUP(sheet_destroyp) struct sheet *sheet = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct act now = *act;

	now.occurred_at = 0; /* never backdated */
	if (act->role < ROLE_VOLUNTEER && act->resident != resident)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	TRY(act_begin(
		&a, db, &now, ACT_RESIDENT_HAND_OVER, FIELDS(F_INT("resident", resident)), err));
	TRY(kept_sheet_build(db, letterhead, resident, &sheet, err));
	if (!a.is_repeat) {
		act_set_subject(&a, 0, resident);
		TRY(act_commit(&a, resident, err));
	}
	*ret = TAKE(sheet);
	return 0;
}
