#include "core/items/upkeep/retire.h"

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/store/acting.h"

/* ---- what stands against it ---- */

/* It goes to somebody, so it must be here, in order, and ours to give. */
static bool is_handed_over(enum retire_cause cause)
{
	return cause != RETIRE_WORN_OUT && cause != RETIRE_LOST;
}

static void check_item(const struct item *item, enum retire_cause cause, struct err *refusal)
{
	bool is_handed = is_handed_over(cause);

	if (item->loan)
		err_refuse(refusal, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	if (item->status == ITEM_RETIRED)
		err_refuse(refusal, REASON(ITEM_RETIRED));
	if (item->status == ITEM_MAINTENANCE && is_handed)
		err_refuse(refusal, REASON(ITEM_MAINTENANCE));
	if (item->status == ITEM_MISSING && is_handed)
		err_refuse(refusal, REASON(ITEM_MISSING));
	if (item->kit)
		err_refuse(refusal, REASON(ITEM_IN_KIT, .n1 = item->kit_number));
}

/* What a named person may override with a reason. */
static int check_promises(struct db *db, const struct item *item, enum retire_cause cause,
	struct err *refusal, struct err *err)
{
	int64_t is_aside, is_owned = 0;

	TRY(db_integer(db, "SELECT 1 FROM hold WHERE item = :item AND is_aside = 1",
		FIELDS(F_INT("item", item->id)), 0, &is_aside, err));
	if (is_handed_over(cause))
		TRY(db_integer(db,
			"SELECT 1 FROM item JOIN item_owner ON item_owner.item = item.id"
			" WHERE item.id = :item OR item.kit = :item LIMIT 1",
			FIELDS(F_INT("item", item->id)), 0, &is_owned, err));
	if (is_aside)
		err_refuse(refusal, REASON(ITEM_HELD));
	if (is_owned)
		err_refuse(refusal, REASON(ITEM_OWNED));
	return 0;
}

static int check(
	const struct acting *a, const struct item *item, enum retire_cause cause, struct err *err)
{
	struct err refusal = { 0 };

	check_item(item, cause, &refusal);
	if (!a->act->is_override)
		TRY(check_promises(a->db, item, cause, &refusal, err));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* ---- the act ---- */

static int close_ticket(struct acting *a, int64_t item, struct err *err)
{
	int64_t ticket;

	TRY(db_integer(a->db, "SELECT id FROM ticket WHERE item = :item AND closed_at IS NULL",
		FIELDS(F_INT("item", item)), 0, &ticket, err));
	if (!ticket)
		return 0;
	return act_update(a, "ticket", ticket,
		FIELDS(F_INT("closed_at", a->at), F_TEXT("outcome", "retired")), err);
}

static int retire_one(struct acting *a, int64_t item, enum retire_cause cause, struct err *err)
{
	struct act act = *a->act;

	/* item_set_status needs a reason: the cause is one. */
	act.why = retire_cause_name(cause);
	TRY(item_set_status(a->db, &act, item, ITEM_RETIRED, err));
	TRY(act_insert(a, "retirement",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("item", item),
			F_TEXT("cause", retire_cause_name(cause)), F_INT("retired_at", a->at)),
		err));
	return close_ticket(a, item, err);
}

static int next_inside(struct db *db, int64_t kit, int64_t *ret_item, struct err *err)
{
	return db_integer(db,
		"SELECT id FROM item WHERE kit = :kit AND status <> 'retired' ORDER BY id LIMIT 1",
		FIELDS(F_INT("kit", kit)), 0, ret_item, err);
}

int item_retire(
	struct db *db, const struct act *act, int64_t id, enum retire_cause cause, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t inside;

	TRY(act_begin(&a, db, act, ACT_ITEM_RETIRE,
		FIELDS(F_INT("item", id), F_TEXT("cause", retire_cause_name(cause))), err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(check(&a, &item, cause, err));
	TRY(next_inside(db, id, &inside, err));
	while (inside) {
		TRY(retire_one(&a, inside, cause, err));
		TRY(next_inside(db, id, &inside, err));
	}
	TRY(retire_one(&a, id, cause, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
