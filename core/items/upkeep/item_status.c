#include "core/items/upkeep/item_status.h"

#include "core/base/mem.h"
#include "core/items/lending/hold_within.h"
#include "core/items/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"

static int check_status(
	const struct acting *a, const struct item *item, enum item_status status, struct err *err)
{
	bool has_why = a->act->why && *a->act->why;
	bool keeps_loan = status == ITEM_ACTIVE || status == ITEM_MISSING;
	struct err refusal = { 0 };

	if (item->loan && !keeps_loan)
		err_refuse(&refusal, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	if (status != ITEM_ACTIVE && !has_why)
		err_refuse(&refusal, REASON(WHY_NEEDED));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* An item out of use is in no kit, and holds nothing. */
static int leave_kits(struct acting *a, int64_t id, struct err *err)
{
	for (;;) {
		int64_t held;
		TRY(db_integer(a->db,
			"SELECT id FROM item WHERE kit = :id OR id = :id AND kit IS NOT NULL"
			" LIMIT 1",
			FIELDS(F_INT("id", id)), 0, &held, err));
		if (held == 0)
			return 0;
		TRY(act_update(a, "item", held, FIELDS(F_NULL("kit")), err));
	}
}

int item_set_status(
	struct db *db, const struct act *act, int64_t id, enum item_status status, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const char *name = item_status_name(status);

	TRY(act_begin(&a, db, act, ACT_ITEM_STATUS,
		FIELDS(F_INT("item", id), F_TEXT("status", name)), err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(act_check_order(&a, id, err));
	TRY(check_status(&a, &item, status, err));
	if (status == ITEM_RETIRED)
		TRY(leave_kits(&a, id, err));
	/* For whom it was put aside until now, and for whom afterwards. */
	TRY(hold_item_within(&a, id, err));
	TRY(act_update(&a, "item", id, FIELDS(F_TEXT("status", name)), err));
	TRY(hold_item_within(&a, id, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
