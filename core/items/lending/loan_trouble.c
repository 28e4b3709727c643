#include "core/items/lending/loan_trouble.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/due.h"
#include "core/items/lending/hold_within.h"
#include "core/items/lending/item_look.h"
#include "core/items/lending/loan.h"
#include "core/items/reasons.h"
#include "core/people/message.h"
#include "core/site/setting.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"

/* Reads the loan; it is open, and nothing later prevents a backdated act. */
static int begin_on_open(struct acting *a, int64_t id, struct loan *loan, struct err *err)
{
	TRY(loan_get(a->db, id, loan, err));
	if (!loan_is_open(loan))
		return err_set(err, ERR_REFUSED, REASON(LOAN_CLOSED));
	act_set_subject(a, loan->item, loan->resident);
	return act_check_order(a, loan->item, err);
}

/* ---- called back ---- */

static int recalled_due(struct acting *a, struct day day, int64_t *ret_due_at, struct err *err)
{
	int64_t days, earliest_at, due_at;

	TRY(setting_int(a->db, SETTING_RECALL_DAYS, &days, err));
	TRY(due_on_day(a->db, day_add(when_day(a->at), (int)days), &earliest_at, err));
	TRY(due_on_day(a->db, day, &due_at, err));
	*ret_due_at = due_at > earliest_at ? due_at : earliest_at;
	return 0;
}

static int write_recall(struct acting *a, const struct loan *loan, struct day day,
	const char *words, int64_t *ret_due_at, struct err *err)
{
	TRY(recalled_due(a, day, ret_due_at, err));
	if (*ret_due_at >= loan->due_at)
		return err_set(err, ERR_REFUSED, REASON(RECALL_NOT_EARLIER, .n1 = loan->due_at));
	TRY(act_update(a, "loan", loan->id,
		FIELDS(F_INT("due_at", *ret_due_at), F_INT("recalled_at", a->at)), err));
	return message_add(a->db, a->act, loan->resident, words, NULL, err);
}

int loan_recall(struct db *db, const struct act *act, int64_t id, struct day day, const char *words,
	int64_t *ret_due_at, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t due_at;
	char on[11];

	day_format(day, on);
	TRY(act_begin(
		&a, db, act, ACT_LOAN_RECALL, FIELDS(F_INT("loan", id), F_TEXT("day", on)), err));
	if (a.is_repeat) {
		TRY(loan_get(db, id, &loan, err));
		*ret_due_at = loan.due_at;
		return 0;
	}
	TRY(begin_on_open(&a, id, &loan, err));
	TRY(write_recall(&a, &loan, day, words, &due_at, err));
	TRY(act_commit(&a, id, err));
	*ret_due_at = due_at;
	return 0;
}

/* ---- said to be returned ---- */

int loan_claim(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_LOAN_CLAIM, FIELDS(F_INT("loan", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(begin_on_open(&a, id, &loan, err));
	if (loan.claimed_at)
		return err_set(err, ERR_REFUSED, REASON(LOAN_CLAIMED));
	TRY(act_update(&a, "loan", id, FIELDS(F_INT("claimed_at", a.at)), err));
	return act_commit(&a, id, err);
}

int claim_drop(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_CLAIM_DROP, FIELDS(F_INT("loan", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(begin_on_open(&a, id, &loan, err));
	if (!loan.claimed_at)
		return err_set(err, ERR_REFUSED, REASON(UNDO_NOTHING));
	TRY(act_update(&a, "loan", id, FIELDS(F_NULL("claimed_at")), err));
	return act_commit(&a, id, err);
}

/* ---- said to be damaged ---- */

static int check_just_back(struct db *db, const struct loan *loan, struct err *err)
{
	struct act_latest latest = { 0 };
	int r = act_latest_standing(db, loan->item, &latest, err);

	if (r < 0)
		return r;
	if (r == 0 || latest.kind != ACT_LOAN_RETURN || latest.result != loan->id)
		return err_set(err, ERR_REFUSED, REASON(UNDO_LATER));
	return 0;
}

int loan_report(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_LOAN_REPORT, FIELDS(F_INT("loan", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(loan_get(db, id, &loan, err));
	TRY(check_just_back(db, &loan, err));
	TRY(act_check_order(&a, loan.item, err));
	TRY(act_update(&a, "loan", id, FIELDS(F_INT("reported_at", a.at)), err));
	TRY(act_update(&a, "item", loan.item, FIELDS(F_INT("needs_check", 1)), err));
	TRY(hold_item_within(&a, loan.item, err));
	act_set_subject(&a, loan.item, loan.resident);
	return act_commit(&a, id, err);
}

/* ---- lost and found ---- */

int loan_lost(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_LOAN_LOST, FIELDS(F_INT("loan", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(begin_on_open(&a, id, &loan, err));
	if (!act->why || !*act->why)
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	int64_t lost_at = a.at > loan.lent_at ? a.at : loan.lent_at;
	TRY(act_update(&a, "loan", id,
		FIELDS(F_INT("returned_at", lost_at), F_INT("lost_at", lost_at)), err));
	TRY(act_update(&a, "item", loan.item,
		FIELDS(F_TEXT("status", item_status_name(ITEM_MISSING))), err));
	return act_commit(&a, id, err);
}

static int check_missing(const struct item *item, struct err *err)
{
	if (item->loan)
		return err_set(err, ERR_REFUSED, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	return item->status == ITEM_MISSING ? 0 : err_set(err, ERR_REFUSED, REASON(ITEM_NOT_OUT));
}

int item_found(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct item_look look;

	TRY(act_begin(&a, db, act, ACT_ITEM_FOUND, FIELDS(F_INT("item", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(check_missing(&item, err));
	TRY(act_check_order(&a, id, err));
	TRY(item_look_get(db, id, &look, err));
	TRY(act_update(&a, "item", id,
		FIELDS(F_TEXT("status", item_status_name(ITEM_ACTIVE)),
			F_INT("needs_check", look.has_parts || look.has_deposit)),
		err));
	TRY(hold_item_within(&a, id, err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
