#include "core/items/giving/swap.h"

#include "core/base/mem.h"
#include "core/items/giving/party.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/retire.h"
#include "core/points/posting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* What an item's title is worth in points. */
static int read_value(struct db *db, int64_t id, int64_t *ret, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };

	TRY(item_get(db, id, &item, err));
	*ret = item.terms.value_points;
	return *ret > 0 ? 0 : err_set(err, ERR_REFUSED, REASON_TEXT(VALUE_NONE, item.name));
}

/* The same for what goes; if it has none yet, it gets the draft's. */
static int read_value_out(
	struct acting *a, const struct swap_draft *draft, int64_t *ret, struct err *err)
{
	const struct title_terms said = { .value_points = draft->value_out };
	CLEANUP(title_finish) struct title title = { 0 };
	CLEANUP(item_finish) struct item item = { 0 };

	if (draft->value_out) {
		TRY(item_get(a->db, draft->out, &item, err));
		TRY(title_get(a->db, item.title, &title, err));
		TRY(arrival_note_value(a->db, a->act, &title, &said, err));
	}
	return read_value(a->db, draft->out, ret, err);
}

static int pay(
	struct acting *a, int64_t resident, int64_t points, int64_t *ret_transfer, struct err *err)
{
	/* Goods are never given on credit. */
	const struct posting_more more = { .is_covered = true };

	*ret_transfer = 0;
	if (points <= 0)
		return 0;
	return posting_move(a, "swap", HOLDER_RESIDENT(resident), HOLDER_SYSTEM(ACCOUNT_POOL),
		POINTS(points), &more, ret_transfer, err);
}

static int exchange(
	struct acting *a, const struct swap_draft *draft, struct swap *ret, struct err *err)
{
	struct swap swap = { .resident = draft->resident, .item_out = draft->out };
	int64_t transfer;

	TRY(party_check(a->db, draft->resident, err));
	TRY(read_value_out(a, draft, &swap.value_out, err));
	TRY(arrival_take(a->db, a->act, &draft->in, ITEM_SOURCE_SWAPPED, &swap.item_in, err));
	TRY(read_value(a->db, swap.item_in, &swap.value_in, err));
	TRY(item_retire(a->db, a->act, draft->out, RETIRE_SWAPPED, err));
	TRY(pay(a, draft->resident, swap.value_out - swap.value_in, &transfer, err));
	TRY(db_integer(a->db, NEXT_NUMBER("swap"), NO_FIELDS, 1, &swap.number, err));
	swap.id = act_new_id(a);
	*ret = swap;
	return act_insert(a, "swap",
		FIELDS(F_INT("id", swap.id), F_INT("number", swap.number),
			F_INT("resident", swap.resident), F_INT("item_in", swap.item_in),
			F_INT("item_out", swap.item_out), F_INT("value_in", swap.value_in),
			F_INT("value_out", swap.value_out), F_ID("transfer", transfer),
			F_INT("swapped_at", a->at)),
		err);
}

int swap_make(struct db *db, const struct act *act, const struct swap_draft *draft, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct swap swap;

	TRY(act_begin(&a, db, act, ACT_SWAP_MAKE,
		FIELDS(F_INT("resident", draft->resident), F_INT("out", draft->out),
			F_INT("title", draft->in.title), F_TEXT("name", draft->in.draft.name),
			F_INT("value_out", draft->value_out)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(exchange(&a, draft, &swap, err));
	act_set_subject(&a, draft->out, draft->resident);
	TRY(act_commit(&a, swap.id, err));
	*ret_id = swap.id;
	return 0;
}

static const struct column swap_columns[] = {
	COLUMN(struct swap, id),
	COLUMN(struct swap, number),
	COLUMN(struct swap, resident),
	COLUMN(struct swap, item_in),
	COLUMN(struct swap, item_out),
	COLUMN(struct swap, value_in),
	COLUMN(struct swap, value_out),
	COLUMN(struct swap, transfer),
	COLUMN(struct swap, swapped_at),
};
static const struct row_type swap_rows = ROW_TYPE(struct swap, swap_columns);

int swap_get(struct db *db, int64_t id, struct swap *ret, struct err *err)
{
	return row_get(db, &swap_rows,
		"SELECT id, number, resident, item_in, item_out, value_in, value_out, transfer,"
		" swapped_at FROM swap WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(MOVE_UNKNOWN), err);
}
