/* Reserving at the counter, and what has to be put aside there. */
#include "core/desk/desk.h"
#include "core/desk/internal.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/hold_acts.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/item_look.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"

/* What is on the pick-up shelf for whom: only they and the volunteers need to know. */
static int tell_aside(
	struct desk *desk, const struct hold *hold, struct outcome *ret, struct err *err)
{
	bool is_own = desk->visit.id && desk->visit.resident == hold->resident;
	CLEANUP(mem_free) char *name = NULL;

	if (desk->staff.id || is_own)
		TRY(resident_masked_name(desk->db, hold->resident, &name, err));
	mem_free(&ret->held_for);
	ret->held_for = name ? TAKE(name) : mem_text("");
	ret->slot = hold->slot;
	ret->until_at = hold->until_at;
	return 0;
}

/* After a copy has arrived at the counter: is it put aside, is it to be inspected? */
int hold_tell(struct desk *desk, int64_t item, struct outcome *ret, struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };
	struct item_look look;

	TRY(item_look_get(desk->db, item, &look, err));
	ret->needs_check = look.needs_check;
	ret->has_parts = look.has_parts;
	int r = hold_of_item(desk->db, item, db_now(desk->db), &hold, err);
	return r > 0 ? tell_aside(desk, &hold, ret, err) : r;
}

/* A volunteer who holds a copy that the queue waits for puts it aside. */
int hold_look(struct desk *desk, const struct item *item, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);

	if (!desk->staff.id)
		return 0;
	TRY(hold_settle(desk->db, &act, item->title, err));
	return hold_tell(desk, item->id, ret, err);
}

static int show_hold(struct desk *desk, int64_t id, struct outcome *ret, struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };

	TRY(hold_get(desk->db, id, db_now(desk->db), &hold, err));
	ret->hold = hold.id;
	ret->title = hold.title;
	ret->item = hold.item;
	ret->number = hold.item_number;
	ret->position = hold.position;
	mem_free(&ret->name);
	ret->name = mem_text(hold.name);
	return hold.status == HOLD_READY ? tell_aside(desk, &hold, ret, err) : 0;
}

int hold_for_visitor(struct desk *desk, int64_t title_id, const struct act *act,
	struct outcome *ret, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };
	struct hold_request request = {
		.title = title_id, .resident = desk->visit.resident, .visit = desk->visit.id
	};
	int64_t id = 0;

	if (!desk->visit.id)
		return err_set(err, ERR_REFUSED, REASON(CARD_NONE));
	TRY(title_get(desk->db, title_id, &title, err));
	ret->kind = OUTCOME_HELD;
	ret->title = title_id;
	ret->name = mem_text(title.name);
	ret->at = db_now(desk->db);
	int r = counter_settle(desk, hold_place(desk->db, act, &request, &id, err), act, &id, err);
	r = r < 0 ? counter_refused_or(r, err, ret) : show_hold(desk, id, ret, err);
	if (r >= 0)
		line_note(desk, ret);
	return r;
}

/* The next in the queue may have the copy that was put aside. */
static int tell_next(struct desk *desk, int64_t item, struct outcome *ret, struct err *err)
{
	return item ? hold_tell(desk, item, ret, err) : 0;
}

int unhold_for_visitor(struct desk *desk, int64_t id, struct outcome *ret, struct err *err)
{
	struct act act = desk_act(desk);
	CLEANUP(hold_finish) struct hold hold = { 0 };
	int64_t ignored;

	TRY(hold_get(desk->db, id, db_now(desk->db), &hold, err));
	if (hold.resident != desk->visit.resident)
		return err_set(err, ERR_NOT_FOUND, REASON(HOLD_UNKNOWN));
	ret->kind = OUTCOME_UNHELD;
	ret->hold = id;
	ret->title = hold.title;
	ret->name = mem_text(hold.name);
	ret->at = db_now(desk->db);
	int r = counter_settle(desk, hold_cancel(desk->db, &act, id, err), &act, &ignored, err);
	if (r < 0)
		return counter_refused_or(r, err, ret);
	TRY(tell_next(desk, hold.item, ret, err));
	line_note(desk, ret);
	return 0;
}
