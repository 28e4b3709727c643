#include "core/items/giving/sale.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/giving/party.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/retire.h"
#include "core/points/fund.h"
#include "core/points/posting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define PRICE_MAX POINTS_MAX

/* The price, or why there is none. */
static int settle_price(const struct acting *a, const struct sale_draft *draft,
	const struct item *item, int64_t *ret, struct err *err)
{
	bool is_points = draft->currency == SALE_FOR_POINTS;
	int64_t noted = is_points ? item->terms.value_points : item->terms.value_fen;

	*ret = draft->price ? draft->price : noted;
	if (*ret == 0)
		return err_set(err, ERR_REFUSED, REASON_TEXT(PRICE_NONE, item->name));
	if (noted && *ret != noted && !a->act->is_override)
		return err_set(err, ERR_REFUSED, REASON(PRICE_FIXED));
	return 0;
}

static int pay_points(
	struct acting *a, int64_t resident, int64_t price, int64_t *ret_transfer, struct err *err)
{
	/* Goods are never sold on credit. */
	const struct posting_more more = { .is_covered = true };

	return posting_move(a, "sale", HOLDER_RESIDENT(resident), HOLDER_SYSTEM(ACCOUNT_POOL),
		POINTS(price), &more, ret_transfer, err);
}

static int insert_sale(struct acting *a, const struct sale *sale, int64_t transfer, struct err *err)
{
	return act_insert(a, "sale",
		FIELDS(F_INT("id", sale->id), F_INT("number", sale->number),
			F_INT("item", sale->item), F_ID("resident", sale->resident),
			F_INT("points", sale->points), F_INT("fen", sale->fen),
			F_ID("transfer", transfer), F_ID("fund_line", sale->fund_line),
			F_INT("sold_at", a->at)),
		err);
}

static int sell(
	struct acting *a, const struct sale_draft *draft, const struct item *item, struct err *err)
{
	bool is_points = draft->currency == SALE_FOR_POINTS;
	struct sale sale = { .item = draft->item, .resident = draft->resident };
	int64_t price, transfer = 0;

	TRY(settle_price(a, draft, item, &price, err));
	TRY(item_retire(a->db, a->act, draft->item, RETIRE_SOLD, err));
	TRY(db_integer(a->db, NEXT_NUMBER("sale"), NO_FIELDS, 1, &sale.number, err));
	sale.id = act_new_id(a);
	if (is_points) {
		sale.points = price;
		TRY(pay_points(a, draft->resident, price, &transfer, err));
	} else {
		const struct fund_draft line = { FUND_SALE, price, sale.id };
		sale.fen = price;
		TRY(fund_post(a->db, a->act, &line, &sale.fund_line, err));
	}
	TRY(insert_sale(a, &sale, transfer, err));
	act_set_subject(a, draft->item, draft->resident);
	return act_commit(a, sale.id, err);
}

int sale_make(struct db *db, const struct act *act, const struct sale_draft *draft, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	if (draft->price < 0 || draft->price > PRICE_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "price"));
	TRY(act_begin(&a, db, act, ACT_SALE_MAKE,
		FIELDS(F_INT("item", draft->item), F_INT("resident", draft->resident),
			F_INT("currency", draft->currency), F_INT("price", draft->price)),
		err));
	if (!a.is_repeat) {
		TRY(item_get(db, draft->item, &item, err));
		if (draft->resident || draft->currency == SALE_FOR_POINTS)
			TRY(party_check(db, draft->resident, err));
		TRY(sell(&a, draft, &item, err));
	}
	*ret_id = a.result;
	return 0;
}

static const struct column sale_columns[] = {
	COLUMN(struct sale, id),
	COLUMN(struct sale, number),
	COLUMN(struct sale, item),
	COLUMN(struct sale, resident),
	COLUMN(struct sale, points),
	COLUMN(struct sale, fen),
	COLUMN(struct sale, fund_line),
	COLUMN(struct sale, transfer),
	COLUMN(struct sale, sold_at),
};
static const struct row_type sale_rows = ROW_TYPE(struct sale, sale_columns);

int sale_get(struct db *db, int64_t id, struct sale *ret, struct err *err)
{
	return row_get(db, &sale_rows,
		"SELECT id, number, item, resident, points, fen, transfer, fund_line, sold_at FROM "
		"sale"
		" WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(MOVE_UNKNOWN), err);
}
