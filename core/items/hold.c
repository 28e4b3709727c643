#include "core/items/hold.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/eligible.h"
#include "core/items/hold_queue.h"
#include "core/items/hold_row.h"
#include "core/items/hold_within.h"
#include "core/items/reasons.h"
#include "core/items/title.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* ---- reading ---- */

static void list_push(struct hold_list *list, struct hold hold)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count++] = hold;
}

/* Moves a hold out of the queue that it was worked out in. */
static struct hold take(struct hold *hold)
{
	struct hold taken = *hold;

	*hold = (struct hold){ 0 };
	return taken;
}

static bool stands(const struct hold *hold)
{
	return hold->status == HOLD_WAITING || hold->status == HOLD_READY;
}

/* What is written down of a hold that is not ended, as it stands at `at`. */
static int bring_up_to_date(struct db *db, struct hold *hold, int64_t at, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };

	TRY(hold_queue_at(db, hold->title, at, &queue, err));
	for (int i = 0; i < queue.count; i++) {
		if (queue.rows[i].now.id != hold->id)
			continue;
		hold_finish(hold);
		*hold = take(&queue.rows[i].now);
		break;
	}
	return 0;
}

int hold_get(struct db *db, int64_t id, int64_t at, struct hold *ret, struct err *err)
{
	CLEANUP(hold_finish) struct hold hold = { 0 };

	TRY(row_get(db, &hold_rows, HOLD_SELECT " WHERE hold.id = :id", FIELDS(F_INT("id", id)),
		&hold, REASON(HOLD_UNKNOWN), err));
	if (!hold.ended_at)
		TRY(bring_up_to_date(db, &hold, at, err));
	*ret = take(&hold);
	return 0;
}

int holds_of_resident(
	struct db *db, int64_t resident, int64_t at, struct hold_list *ret, struct err *err)
{
	CLEANUP(hold_list_finish) struct hold_list all = { 0 }, list = { 0 };

	TRY(rows_list(db, &hold_rows,
		HOLD_SELECT " WHERE hold.resident = :resident AND ended_at IS NULL ORDER BY "
			    "hold.id",
		FIELDS(F_INT("resident", resident)), &all, err));
	for (int i = 0; i < all.count; i++) {
		TRY(bring_up_to_date(db, &all.rows[i], at, err));
		if (stands(&all.rows[i]))
			list_push(&list, take(&all.rows[i]));
	}
	*ret = list;
	list = (struct hold_list){ 0 };
	return 0;
}

/* Those that stand, in order. */
static void take_standing(struct hold_queue *queue, struct hold_list *list)
{
	for (int i = 0; i < queue->count; i++)
		if (stands(&queue->rows[i].now))
			list_push(list, take(&queue->rows[i].now));
}

int holds_of_title(struct db *db, int64_t title, int64_t at, struct hold_list *ret, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };
	struct hold_list list = { 0 };

	TRY(hold_queue_at(db, title, at, &queue, err));
	take_standing(&queue, &list);
	*ret = list;
	return 0;
}

int holds_history_of_title(struct db *db, int64_t title, const struct hold *after, int limit,
	struct hold_list *ret, struct err *err)
{
	return rows_list(db, &hold_rows,
		HOLD_SELECT " WHERE hold.title = :title AND hold.id < :after"
			    " ORDER BY hold.id DESC LIMIT :limit",
		FIELDS(F_INT("title", title), F_INT("after", after ? after->id : INT64_MAX),
			F_INT("limit", limit)),
		ret, err);
}

/* By who was first in each. */
static int compare_queues(const void *left, const void *right)
{
	const struct hold_queue *a = left, *b = right;

	return a->rows[0].now.id < b->rows[0].now.id ? -1 : a->rows[0].now.id > b->rows[0].now.id;
}

int holds_standing(struct db *db, int64_t at, struct hold_list *ret, struct err *err)
{
	CLEANUP(hold_queues_finish) struct hold_queues queues = { 0 };
	struct hold_list list = { 0 };

	TRY(hold_queues_at(db, at, &queues, err));
	if (queues.count > 0)
		qsort(queues.rows, (size_t)queues.count, sizeof(*queues.rows), compare_queues);
	for (int i = 0; i < queues.count; i++)
		take_standing(&queues.rows[i], &list);
	*ret = list;
	return 0;
}

/* ---- the pick-up shelf ---- */

static void take_on_shelf(struct hold_queue *queue, struct hold_list *list)
{
	for (int i = 0; i < queue->count; i++) {
		struct hold *hold = &queue->rows[i].now;
		bool is_over = hold->status == HOLD_EXPIRED && !queue->rows[i].is_passed_on;
		if (hold->status == HOLD_READY || hold->claims || is_over)
			list_push(list, take(hold));
	}
}

static bool is_claimed(const struct hold_list *list, int64_t item)
{
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].claims == item)
			return true;
	return false;
}

/* What has to be put aside comes first, by the shelf it stands on; then the pick-up shelf. */
static int compare_on_shelf(const void *left, const void *right)
{
	const struct hold *a = left, *b = right;

	if (!a->slot != !b->slot)
		return a->slot ? 1 : -1;
	if (a->slot != b->slot)
		return a->slot < b->slot ? -1 : 1;
	int by_shelf = strcmp(a->shelf, b->shelf);
	if (by_shelf != 0)
		return by_shelf;
	return a->id < b->id ? -1 : a->id > b->id;
}

int holds_on_shelf(struct db *db, int64_t at, struct hold_list *ret, struct err *err)
{
	CLEANUP(hold_queues_finish) struct hold_queues queues = { 0 };
	CLEANUP(hold_list_finish) struct hold_list list = { 0 }, ended = { 0 };

	TRY(hold_queues_at(db, at, &queues, err));
	for (int i = 0; i < queues.count; i++)
		take_on_shelf(&queues.rows[i], &list);
	TRY(rows_list(db, &hold_rows,
		HOLD_SELECT " WHERE is_aside = 1 AND ended_at IS NOT NULL AND NOT EXISTS"
			    " (SELECT 1 FROM loan WHERE loan.item = hold.item"
			    " AND returned_at IS NULL AND voided_at IS NULL)",
		NO_FIELDS, &ended, err));
	for (int i = 0; i < ended.count; i++)
		if (!is_claimed(&list, ended.rows[i].item))
			list_push(&list, take(&ended.rows[i]));
	if (list.count > 0)
		qsort(list.rows, (size_t)list.count, sizeof(*list.rows), compare_on_shelf);
	*ret = list;
	list = (struct hold_list){ 0 };
	return 0;
}

int hold_of_item(struct db *db, int64_t item, int64_t at, struct hold *ret, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };
	int64_t title;

	TRY(db_integer(db, "SELECT title FROM item WHERE id = :id", FIELDS(F_INT("id", item)), 0,
		&title, err));
	TRY(hold_queue_at(db, title, at, &queue, err));
	for (int i = 0; i < queue.count; i++) {
		struct hold *hold = &queue.rows[i].now;
		if (hold->status != HOLD_READY || hold->item != item)
			continue;
		*ret = take(hold);
		return 1;
	}
	return 0;
}

/* ---- placing ---- */

/* One question and what was read for it; reasons gather in `refusal`. */
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
		if (stands(hold) && hold->resident == p->resident.id)
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

/* Things that are used up, used here or only lent inside a kit are not worth waiting for. */
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

/* The person's last hold on it may have run out without anybody having written it down. */
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
	return stands(hold) ? 0 : err_set(err, ERR_REFUSED, REASON(HOLD_ENDED));
}

/* What was put aside lies there until it is given to the next or put back. */
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

/* Is there anything that is not written down? */
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
