#include "core/exchange/loan_past.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/item.h"
#include "core/items/lending/loan_sql.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"

static int check_dates(const struct loan_past *loan, int64_t now, struct err *err)
{
	if (loan->due_at <= loan->lent_at)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "due_at"));
	if (loan->returned_at && (loan->returned_at < loan->lent_at || loan->returned_at > now))
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "returned_at"));
	if (loan->lost_at && loan->lost_at != loan->returned_at)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "lost_at"));
	return 0;
}

static int check_who_and_what(struct db *db, const struct loan_past *loan, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	struct resident resident;
	struct err refusal = { 0 };

	TRY(item_get(db, loan->item, &item, err));
	TRY(resident_get(db, loan->resident, &resident, err));
	if (loan->returned_at)
		return 0;
	if (resident.has_left)
		err_refuse(&refusal, REASON(RESIDENT_LEFT));
	if (item.status == ITEM_RETIRED)
		err_refuse(&refusal, REASON(ITEM_RETIRED));
	if (item.kit)
		err_refuse(&refusal, REASON(ITEM_IN_KIT, .n1 = item.kit_number));
	if (refusal.code)
		*err = refusal;
	return (int)refusal.code;
}

/* Loans of one item never overlap, so the last one that begins before this one ends decides. */
static int check_overlap(struct db *db, const struct loan_past *loan, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		LOANS_STANDING("lent_at, returned_at, id",
			"item = :item AND lent_at < :until") " ORDER BY lent_at DESC, id DESC "
							     "LIMIT 1",
		FIELDS(F_INT("item", loan->item),
			F_INT("until", loan->returned_at ? loan->returned_at : INT64_MAX)),
		err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	int64_t returned_at =
		query_is_null(&q, "returned_at") ? INT64_MAX : query_int(&q, "returned_at");
	if (returned_at > loan->lent_at)
		return err_set(
			err, ERR_REFUSED, REASON(LOAN_OVERLAPS, .n1 = query_int(&q, "lent_at")));
	return 0;
}

static int check_number(struct db *db, int64_t *number, struct err *err)
{
	int64_t is_taken;

	if (*number == 0)
		return db_integer(db, NEXT_NUMBER("loan"), NO_FIELDS, 1, number, err);
	TRY(db_integer(db, "SELECT 1 FROM loan WHERE number = :number",
		FIELDS(F_INT("number", *number)), 0, &is_taken, err));
	return is_taken ? err_set(err, ERR_REFUSED, REASON(NUMBER_TAKEN, .n1 = *number)) : 0;
}

int loan_enter(struct db *db, const struct act *act, const struct loan_past *loan, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number = loan->number;

	TRY(act_begin(&a, db, act, ACT_LOAN_ENTER,
		FIELDS(F_INT("number", loan->number), F_INT("item", loan->item),
			F_INT("resident", loan->resident), F_INT("lent_at", loan->lent_at),
			F_INT("due_at", loan->due_at), F_ID("returned_at", loan->returned_at),
			F_ID("lost_at", loan->lost_at), F_INT("renewals", loan->renewals)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_dates(loan, a.now, err));
	TRY(check_who_and_what(db, loan, err));
	TRY(check_overlap(db, loan, err));
	TRY(check_number(db, &number, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "loan",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("item", loan->item),
			F_INT("resident", loan->resident), F_INT("lent_at", loan->lent_at),
			F_INT("due_at", loan->due_at), F_ID("returned_at", loan->returned_at),
			F_ID("lost_at", loan->lost_at), F_INT("renewals", loan->renewals)),
		err));
	act_set_subject(&a, id, loan->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
