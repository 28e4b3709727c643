#include "core/items/lending/hold_acts.h"

#include "core/base/mem.h"
#include "core/items/catalogue/title.h"
#include "core/items/lending/eligible.h"
#include "core/items/lending/hold_list.h"
#include "core/items/lending/hold_queue.h"
#include "core/items/lending/hold_within.h"
#include "core/items/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* ---- placing ---- */

/* One check and the data read for it; reasons collect in `refusal`. */
struct placing {
	struct db *db;
	const struct act *act;
	const struct hold_request *request;
	int64_t at;
	struct title title;
	struct resident resident;
	struct rule rule;
	struct hold_queue queue;
	struct err refusal;
};

static void placing_finish(struct placing *p)
{
	title_finish(&p->title);
	hold_queue_finish(&p->queue);
}

static int placing_read(struct placing *p, struct err *err)
{
	TRY(title_get(p->db, p->request->title, &p->title, err));
	TRY(resident_get(p->db, p->request->resident, &p->resident, err));
	TRY(rule_lookup(p->db, p->resident.category, p->title.category, &p->rule, err));
	return hold_queue_at(p->db, p->title.id, p->at, &p->queue, err);
}

static bool has_hold(const struct placing *p)
{
	for (int i = 0; i < p->queue.count; i++) {
		const struct hold *hold = &p->queue.rows[i].now;
		if (hold_stands(hold) && hold->resident == p->resident.id)
			return true;
	}
	return false;
}

static int check_own(struct placing *p, struct err *err)
{
	int64_t due_at;

	if (has_hold(p))
		err_refuse(&p->refusal, REASON(HOLD_EXISTS));
	TRY(db_integer(p->db,
		"SELECT min(due_at) FROM loan JOIN item ON item.id = loan.item"
		" WHERE resident = :resident AND item.title = :title AND returned_at IS NULL"
		" AND voided_at IS NULL",
		FIELDS(F_INT("resident", p->resident.id), F_INT("title", p->title.id)), 0, &due_at,
		err));
	if (due_at)
		err_refuse(&p->refusal, REASON(HOLD_HAS_COPY, .n1 = due_at));
	return 0;
}

/* There is no point in waiting for titles that are used up, used on site or only lent inside a
 * kit. */
static int check_copies(struct placing *p, struct err *err)
{
	bool is_lent_out = !p->title.terms.is_consumable && !p->title.terms.is_onsite;
	int64_t copies;

	TRY(db_integer(p->db,
		"SELECT count(*) FROM item WHERE title = :title AND kit IS NULL"
		" AND status IN ('active', 'maintenance')",
		FIELDS(F_INT("title", p->title.id)), 0, &copies, err));
	if (!is_lent_out || copies == 0)
		err_refuse(&p->refusal, REASON(HOLD_NO_COPY));
	else if (p->act->role < ROLE_VOLUNTEER && p->queue.free_count > p->queue.waiting_count)
		err_refuse(&p->refusal, REASON(HOLD_ON_SHELF));
	return 0;
}

static int check_placing(struct placing *p, struct err *err)
{
	const struct eligible_question question = {
		.act = p->act, .resident = &p->resident, .rule = &p->rule, .at = p->at
	};
	bool ignored;

	TRY(placing_read(p, err));
	TRY(check_own(p, err));
	TRY(check_copies(p, err));
	TRY(eligible_check(p->db, &question, &p->refusal, err));
	return eligible_conclude(p->act, &p->refusal, &ignored, err);
}

/* The person's last hold on it may have expired without anybody having recorded it. */
static int insert_hold(
	struct acting *a, const struct hold_request *request, int64_t *ret_id, struct err *err)
{
	TRY(hold_settle_within(a, request->title, NULL, err));
	*ret_id = act_new_id(a);
	TRY(act_insert(a, "hold",
		FIELDS(F_INT("id", *ret_id), F_INT("title", request->title),
			F_INT("resident", request->resident), F_ID("visit", request->visit),
			F_INT("placed_at", a->at)),
		err));
	return hold_settle_within(a, request->title, NULL, err);
}

int hold_place(struct db *db, const struct act *act, const struct hold_request *request,
	int64_t *ret_hold, struct err *err)
{
	CLEANUP(placing_finish)
	struct placing p = { .db = db, .act = act, .request = request };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_HOLD_PLACE,
		FIELDS(F_INT("title", request->title), F_INT("resident", request->resident),
			F_ID("visit", request->visit)),
		err));
	if (a.is_repeat) {
		*ret_hold = a.result;
		return 0;
	}
	p.at = a.at;
	TRY(check_placing(&p, err));
	TRY(insert_hold(&a, request, &id, err));
	act_set_subject(&a, request->title, request->resident);
	TRY(act_commit(&a, id, err));
	*ret_hold = id;
	return 0;
}

/* ---- cancelling, settling, putting back ---- */

static int check_cancel(struct acting *a, const struct hold *hold, struct err *err)
{
	bool is_theirs = hold->resident == a->act->resident;

	if (a->act->role < ROLE_VOLUNTEER && !is_theirs)
		return err_set(err, ERR_NOT_FOUND, REASON(HOLD_UNKNOWN));
	return hold_stands(hold) ? 0 : err_set(err, ERR_REFUSED, REASON(HOLD_ENDED));
}

/* The copy stays on the pick-up shelf until it is given to the next or put back. */
int hold_cancel(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_HOLD_CANCEL, FIELDS(F_INT("hold", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(hold_get(db, id, a.at, &hold, err));
	TRY(check_cancel(&a, &hold, err));
	TRY(hold_settle_within(&a, hold.title, NULL, err));
	TRY(act_update(&a, "hold", id,
		FIELDS(F_TEXT("status", hold_status_name(HOLD_CANCELLED)), F_INT("ended_at", a.at)),
		err));
	TRY(hold_settle_within(&a, hold.title, NULL, err));
	act_set_subject(&a, hold.title, hold.resident);
	return act_commit(&a, id, err);
}

/* Is there anything that has not been stored yet? */
static int has_news(struct db *db, int64_t title, bool *ret, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };

	TRY(hold_queue_at(db, title, db_now(db), &queue, err));
	*ret = false;
	for (int i = 0; i < queue.count; i++) {
		const struct hold_row *row = &queue.rows[i];
		*ret = *ret || row->now.status != row->status || row->now.item != row->item ||
		       row->now.claims;
	}
	return 0;
}

int hold_settle(struct db *db, const struct act *act, int64_t title, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	bool is_news;

	TRY(has_news(db, title, &is_news, err));
	if (!is_news)
		return 0;
	TRY(act_begin(&a, db, act, ACT_HOLD_SETTLE, FIELDS(F_INT("title", title)), err));
	if (a.is_repeat)
		return 0;
	TRY(hold_settle_within(&a, title, NULL, err));
	act_set_subject(&a, title, 0);
	TRY(act_commit(&a, title, err));
	return 1;
}

int hold_put_back(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t lies_there;

	TRY(act_begin(&a, db, act, ACT_HOLD_PUT_BACK, FIELDS(F_INT("hold", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(hold_get(db, id, a.at, &hold, err));
	TRY(hold_settle_within(&a, hold.title, NULL, err));
	TRY(db_integer(db,
		"SELECT 1 FROM hold WHERE id = :id AND is_aside = 1 AND ended_at IS NOT NULL",
		FIELDS(F_INT("id", id)), 0, &lies_there, err));
	if (!lies_there)
		return err_set(err, ERR_REFUSED, REASON(HOLD_ENDED));
	TRY(act_update(&a, "hold", id, FIELDS(F_INT("is_aside", 0)), err));
	act_set_subject(&a, hold.title, hold.resident);
	return act_commit(&a, id, err);
}
