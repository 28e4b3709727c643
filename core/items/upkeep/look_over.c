#include "core/items/upkeep/look_over.h"

#include "core/base/mem.h"
#include "core/items/lending/deposit.h"
#include "core/items/lending/hold_within.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan_sql.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"

static int check_here(const struct item *item, struct err *err)
{
	struct err refusal = { 0 };

	if (item->loan)
		err_refuse(&refusal, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	if (item->status == ITEM_MISSING)
		err_refuse(&refusal, REASON(ITEM_MISSING));
	if (item->status == ITEM_RETIRED)
		err_refuse(&refusal, REASON(ITEM_RETIRED));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

/* What is missing at the first inspection was missing at the return: recorded with that loan. */
static int note_with_loan(struct acting *a, int64_t item, const struct item_look *before,
	int64_t parts_missing, struct err *err)
{
	int64_t loan;

	if (!before->has_parts)
		return 0;
	TRY(db_integer(a->db,
		"SELECT CASE WHEN parts_missing IS NULL AND lost_at IS NULL THEN id END FROM loan"
		" WHERE id = (SELECT id FROM (" LOANS_STANDING(
			"lent_at, id", "item = :item") " ORDER BY 1 DESC, 2 DESC LIMIT 1))",
		FIELDS(F_INT("item", item)), 0, &loan, err));
	if (!loan)
		return 0;
	return act_update(a, "loan", loan, FIELDS(F_INT("parts_missing", parts_missing)), err);
}

int item_look(struct db *db, const struct act *act, int64_t id, int64_t parts_missing,
	bool is_for_repair, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct item_look before;

	TRY(act_begin(&a, db, act, ACT_ITEM_LOOK,
		FIELDS(F_INT("item", id), F_INT("parts_missing", parts_missing),
			F_INT("is_for_repair", is_for_repair)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(act_check_order(&a, id, err));
	TRY(check_here(&item, err));
	TRY(item_look_check_parts(db, id, parts_missing, err));
	TRY(item_look_get(db, id, &before, err));
	TRY(note_with_loan(&a, id, &before, parts_missing, err));
	enum item_status status = is_for_repair ? ITEM_MAINTENANCE : ITEM_ACTIVE;
	TRY(act_update(&a, "item", id,
		FIELDS(F_TEXT("status", item_status_name(status)), F_INT("needs_check", 0),
			F_INT("parts_missing", parts_missing)),
		err));
	/* If something is wrong, its deposit waits for a decision (deposit_settle). */
	if (!is_for_repair && parts_missing == before.parts_missing)
		TRY(deposit_looked_within(&a, id, err));
	TRY(hold_item_within(&a, id, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
