#include "core/items/giving/departure_undo.h"

#include <assert.h>

#include "core/base/mem.h"
#include "core/items/giving/giveaway.h"
#include "core/items/giving/sale.h"
#include "core/items/giving/swap.h"
#include "core/items/lending/hold_within.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/points/fund.h"
#include "core/points/reversal.h"
#include "core/store/acting.h"

static const struct {
	enum act_kind act;
	const char *table;
} kinds[] = {
	[DEPARTURE_SALE] = { ACT_SALE_MAKE, "sale" },
	[DEPARTURE_SWAP] = { ACT_SWAP_MAKE, "swap" },
	[DEPARTURE_GIVEAWAY] = { ACT_GIVEAWAY_MAKE, "giveaway" },
};
static_assert(ARRAY_LEN(kinds) == DEPARTURE_KIND_COUNT, "an act for each kind");

int departure_latest(struct db *db, int64_t item, struct departure *ret, struct err *err)
{
	struct act_latest latest;

	int r = act_latest_standing(db, item, &latest, err);
	if (r <= 0)
		return r;
	for (int i = 0; i < DEPARTURE_KIND_COUNT; i++) {
		if (kinds[i].act != latest.kind)
			continue;
		*ret = (struct departure){ .kind = (enum departure_kind)i,
			.id = latest.result,
			.item = item,
			.at = latest.occurred_at,
			.seq = latest.seq };
		return 1;
	}
	return 0;
}

/* ---- the item comes back ---- */

/* The latest retirement of an item: 0 when there is none. */
static int retirement_of(struct db *db, int64_t item, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT id FROM retirement WHERE item = :item ORDER BY id DESC LIMIT 1",
		FIELDS(F_INT("item", item)), 0, ret, err);
}

/* The items it held were retired just before it, with consecutive ids. */
static int retired_before(struct db *db, int64_t retirement, int64_t *ret_item, struct err *err)
{
	return db_integer(db,
		"SELECT inside.item FROM retirement AS inside JOIN retirement AS whole"
		" ON whole.id = :id WHERE inside.id = :id - 1 AND inside.cause = whole.cause"
		" AND inside.retired_at = whole.retired_at",
		FIELDS(F_INT("id", retirement)), 0, ret_item, err);
}

/* Items in a kit are to be inspected: nobody recorded in which condition they left. */
static int put_back(struct acting *a, int64_t item, int64_t kit, struct err *err)
{
	return act_update(a, "item", item,
		FIELDS(F_TEXT("status", item_status_name(ITEM_ACTIVE)), F_ID("kit", kit),
			F_INT("needs_check", kit != 0)),
		err);
}

static int bring_back(struct acting *a, int64_t item, struct err *err)
{
	int64_t retirement, inside;

	TRY(retirement_of(a->db, item, &retirement, err));
	TRY(put_back(a, item, 0, err));
	while (retirement) {
		TRY(retired_before(a->db, retirement, &inside, err));
		TRY(act_delete(a, "retirement", retirement, err));
		retirement = inside ? retirement - 1 : 0;
		if (inside)
			TRY(put_back(a, inside, item, err));
	}
	return hold_item_within(a, item, err);
}

/* ---- what was given for it ---- */

static int give_points_back(struct acting *a, int64_t transfer, struct err *err)
{
	int64_t id;

	return transfer ? transfer_take_back(a, transfer, &id, err) : 0;
}

static int take_out_of_fund(struct acting *a, int64_t line, struct err *err)
{
	struct act act = *a->act;
	int64_t id;

	if (!line)
		return 0;
	/* fund_reverse needs a reason: the undone sale is one. */
	act.why = "undo";
	return fund_reverse(a->db, &act, line, &id, err);
}

static int undo_sale(struct acting *a, struct departure *d, struct err *err)
{
	struct sale sale;

	TRY(sale_get(a->db, d->id, &sale, err));
	d->resident = sale.resident;
	TRY(give_points_back(a, sale.transfer, err));
	return take_out_of_fund(a, sale.fund_line, err);
}

/* What came in goes back with the person, unless something has happened to it. */
static int send_away(struct acting *a, const struct departure *d, int64_t item, struct err *err)
{
	struct act act = *a->act;
	int64_t is_touched;

	TRY(db_integer(a->db, "SELECT 1 FROM journal WHERE subject = :item AND seq > :seq LIMIT 1",
		FIELDS(F_INT("item", item), F_INT("seq", d->seq)), 0, &is_touched, err));
	if (is_touched)
		return err_set(err, ERR_REFUSED, REASON(UNDO_LATER));
	act.why = "undo";
	return item_set_status(a->db, &act, item, ITEM_RETIRED, err);
}

static int undo_swap(struct acting *a, struct departure *d, struct err *err)
{
	struct swap swap;

	TRY(swap_get(a->db, d->id, &swap, err));
	d->resident = swap.resident;
	TRY(send_away(a, d, swap.item_in, err));
	return give_points_back(a, swap.transfer, err);
}

static int undo_giveaway(struct acting *a, struct departure *d, struct err *err)
{
	CLEANUP(giveaway_finish) struct giveaway giveaway = { 0 };

	TRY(giveaway_get(a->db, d->id, &giveaway, err));
	d->resident = giveaway.resident;
	return 0;
}

/* ---- the act ---- */

static int check(const struct acting *a, int64_t item, struct departure *ret, struct err *err)
{
	CLEANUP(item_finish) struct item it = { 0 };

	TRY(item_get(a->db, item, &it, err));
	int r = departure_latest(a->db, item, ret, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_REFUSED, REASON(UNDO_LATER));
	if (day_compare(when_day(ret->at), when_day(a->now)) != 0)
		return err_set(err, ERR_REFUSED, REASON(UNDO_OTHER_DAY));
	return 0;
}

int departure_undo(struct db *db, const struct act *act, int64_t item, struct err *err)
{
	static int (*const undo[])(struct acting *, struct departure *, struct err *) = {
		[DEPARTURE_SALE] = undo_sale,
		[DEPARTURE_SWAP] = undo_swap,
		[DEPARTURE_GIVEAWAY] = undo_giveaway,
	};
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct departure departure;

	TRY(act_begin(&a, db, act, ACT_DEPARTURE_UNDO, FIELDS(F_INT("item", item)), err));
	if (a.is_repeat)
		return 0;
	TRY(check(&a, item, &departure, err));
	TRY(act_check_order(&a, item, err));
	TRY(undo[departure.kind](&a, &departure, err));
	TRY(act_update(&a, kinds[departure.kind].table, departure.id,
		FIELDS(F_INT("voided_at", a.at)), err));
	TRY(bring_back(&a, item, err));
	act_set_undoes(&a, departure.seq);
	act_set_subject(&a, item, departure.resident);
	return act_commit(&a, item, err);
}
