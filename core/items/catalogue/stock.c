#include "core/items/catalogue/stock.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/catalogue/title.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static int check_take(
	const struct act *act, const struct title *title, int64_t count, struct err *refusal)
{
	if (!title->terms.is_consumable) {
		err_refuse(refusal, REASON(STOCK_NONE));
		return refusal->code;
	}
	if (title->terms.needs_approval && act->role < ROLE_VOLUNTEER)
		err_refuse(refusal, REASON(ITEM_APPROVAL));
	if (title->stock == 0)
		err_refuse(refusal, REASON(STOCK_OUT));
	else if (count > title->stock)
		err_refuse(refusal, REASON(STOCK_SHORT, .n1 = title->stock));
	return refusal->code;
}

static int check_add(const struct title *title, struct err *refusal)
{
	if (!title->terms.is_consumable)
		err_refuse(refusal, REASON(STOCK_NONE));
	return refusal->code;
}

/* What is left, and the move that led to it. */
static int write_change(
	struct acting *a, const struct title *title, int64_t change, struct err *err)
{
	int64_t left = title->stock + change, id = act_new_id(a);

	TRY(act_update(a, "title", title->id, FIELDS(F_INT("stock", left)), err));
	return act_insert(a, "stock_move",
		FIELDS(F_INT("id", id), F_INT("title", title->id),
			F_ID("resident", a->act->resident), F_INT("change", change),
			F_INT("stock", left), F_INT("moved_at", a->at)),
		err);
}

static int change_stock(struct db *db, const struct act *act, enum act_kind kind, int64_t id,
	int64_t count, int64_t *ret_left, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct err refusal = { 0 };

	if (count < 1 || count > STOCK_CHANGE_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "count"));
	TRY(act_begin(&a, db, act, kind,
		FIELDS(F_INT("title", id), F_INT("count", count), F_ID("resident", act->resident)),
		err));
	if (ret_left)
		*ret_left = a.result;
	if (a.is_repeat)
		return 0;
	TRY(title_get(db, id, &title, err));
	bool is_taken = kind == ACT_STOCK_TAKE;
	if ((is_taken ? check_take(act, &title, count, &refusal) : check_add(&title, &refusal)) <
		0) {
		*err = refusal;
		return refusal.code;
	}
	TRY(act_check_order(&a, id, err));
	int64_t change = is_taken ? -count : count;
	TRY(write_change(&a, &title, change, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, title.stock + change, err));
	if (ret_left)
		*ret_left = title.stock + change;
	return 0;
}

int stock_take(struct db *db, const struct act *act, int64_t title, int64_t count,
	int64_t *ret_left, struct err *err)
{
	return change_stock(db, act, ACT_STOCK_TAKE, title, count, ret_left, err);
}

int stock_add(struct db *db, const struct act *act, int64_t title, int64_t count, int64_t *ret_left,
	struct err *err)
{
	return change_stock(db, act, ACT_STOCK_ADD, title, count, ret_left, err);
}

/* ---- reading ---- */

static const struct column stock_move_columns[] = {
	COLUMN(struct stock_move, id),
	COLUMN(struct stock_move, resident),
	COLUMN(struct stock_move, change),
	COLUMN(struct stock_move, stock),
	COLUMN(struct stock_move, moved_at),
};
static const struct row_type stock_move_rows = ROW_TYPE(struct stock_move, stock_move_columns);
LIST_FINISHER(stock_move_list_finish, struct stock_move_list, stock_move_rows);

int stock_moves(struct db *db, int64_t title, const struct stock_move *before, int limit,
	struct stock_move_list *ret, struct err *err)
{
	return rows_list(db, &stock_move_rows,
		"SELECT id, resident, change, stock, moved_at FROM stock_move WHERE title = :title"
		" AND (moved_at, id) < (:before_at, :before_id)"
		" ORDER BY moved_at DESC, id DESC LIMIT :limit",
		FIELDS(F_INT("title", title),
			F_INT("before_at", before ? before->moved_at : INT64_MAX),
			F_INT("before_id", before ? before->id : INT64_MAX), F_INT("limit", limit)),
		ret, err);
}
