#include "core/items/catalogue/kit.h"

#include "core/base/mem.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"

/* An item that is out can neither be put in nor taken out; and one no longer in use is not
 * packed. */
static void check_is_here(const struct item *item, struct err *refusal)
{
	if (item->loan)
		err_refuse(refusal, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	if (item->status == ITEM_RETIRED)
		err_refuse(refusal, REASON(ITEM_RETIRED));
}

static int check_is_flat(
	struct db *db, const struct item *kit, int64_t item, struct err *refusal, struct err *err)
{
	int64_t holds;

	TRY(db_integer(db, "SELECT count(*) FROM item WHERE kit = :item",
		FIELDS(F_INT("item", item)), 0, &holds, err));
	if (kit->kit || holds || kit->id == item)
		err_refuse(refusal, REASON(KIT_NESTED));
	return 0;
}

static int end_check(const struct err *refusal, struct err *err)
{
	if (refusal->code)
		*err = *refusal;
	return refusal->code;
}

static int check_add(struct db *db, int64_t kit_id, int64_t id, struct err *err)
{
	CLEANUP(item_finish) struct item kit = { 0 };
	CLEANUP(item_finish) struct item item = { 0 };
	struct err refusal = { 0 };

	TRY(item_get(db, kit_id, &kit, err));
	TRY(item_get(db, id, &item, err));
	check_is_here(&kit, &refusal);
	check_is_here(&item, &refusal);
	if (item.kit)
		err_refuse(&refusal, REASON(ITEM_IN_KIT, .n1 = item.kit_number));
	TRY(check_is_flat(db, &kit, id, &refusal, err));
	return end_check(&refusal, err);
}

int kit_add(struct db *db, const struct act *act, int64_t kit, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_KIT_ADD, FIELDS(F_INT("kit", kit), F_INT("item", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(check_add(db, kit, id, err));
	TRY(act_check_order(&a, id, err));
	TRY(act_update(&a, "item", id, FIELDS(F_INT("kit", kit)), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, kit, err);
}

int kit_remove(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct err refusal = { 0 };

	TRY(act_begin(&a, db, act, ACT_KIT_REMOVE, FIELDS(F_INT("item", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(act_check_order(&a, id, err));
	if (!item.kit)
		err_refuse(&refusal, REASON(KIT_NOT_IN));
	else if (item.loan)
		err_refuse(&refusal, REASON(ITEM_OUT_OTHER, .n1 = item.loan_due_at));
	TRY(end_check(&refusal, err));
	TRY(act_update(&a, "item", id, FIELDS(F_NULL("kit")), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
