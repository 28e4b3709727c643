#include "core/items/lending/hold_list.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/items/lending/hold_queue.h"
#include "core/items/lending/hold_row.h"
#include "core/items/reasons.h"
#include "core/store/rows.h"

static void list_push(struct hold_list *list, struct hold hold)
{
	list->rows = mem_resize(list->rows, (size_t)(list->count + 1) * sizeof(*list->rows));
	list->rows[list->count++] = hold;
}

/* Moves a hold out of the computed queue. */
static struct hold take(struct hold *hold)
{
	struct hold taken = *hold;

	*hold = (struct hold){ 0 };
	return taken;
}

/* The state at `at` of a stored hold that has not ended. */
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
		if (hold_stands(&all.rows[i]))
			list_push(&list, take(&all.rows[i]));
	}
	*ret = list;
	list = (struct hold_list){ 0 };
	return 0;
}

/* Those that have not ended, in order. */
static void take_standing(struct hold_queue *queue, struct hold_list *list)
{
	for (int i = 0; i < queue->count; i++)
		if (hold_stands(&queue->rows[i].now))
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

/* Ordered by who was first in each. */
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

/* What has to be put aside comes first, by its shelf; then the pick-up shelf. */
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
