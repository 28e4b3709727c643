#include "core/items/hold_queue.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/condition.h"
#include "core/items/due.h"
#include "core/items/hold_row.h"
#include "core/items/item.h"
#include "core/site/setting.h"

void hold_queue_finish(struct hold_queue *queue)
{
	for (int i = 0; i < queue->count; i++)
		hold_finish(&queue->rows[i].now);
	free(queue->rows);
	free(queue->free);
	*queue = (struct hold_queue){ 0 };
}

int hold_until(struct db *db, int64_t ready_at, int64_t *ret_until_at, struct err *err)
{
	struct rule clock = { .unit = PERIOD_DAYS, .due_mode = DUE_SKIP };

	TRY(setting_int(db, SETTING_HOLD_DAYS, &clock.period, err));
	return due_compute(db, &clock, ready_at, ready_at, ret_until_at, err);
}

/* ---- the copies ---- */

/* A copy of the title that is in the house. */
struct copy {
	int64_t item, number;
	char *shelf;
	bool is_fit; /* to be lent or put aside */
	bool is_taken;
};

struct copies {
	struct copy *rows;
	int count;
};

static void copies_finish(struct copies *copies)
{
	for (int i = 0; i < copies->count; i++)
		free(copies->rows[i].shelf);
	free(copies->rows);
}

/* Nothing that lies in the thing itself stands against lending it. */
static int is_fit(struct db *db, int64_t id, int64_t at, bool *ret, struct err *err)
{
	static const struct act somebody = { .role = ROLE_VOLUNTEER };
	CLEANUP(item_finish) struct item item = { 0 };
	struct err refusal = { 0 };

	TRY(item_get(db, id, &item, err));
	TRY(item_conditions(db, &somebody, &item, at, &refusal, NULL, err));
	*ret = refusal.code == 0;
	return 0;
}

static int read_copies(
	struct db *db, int64_t title, int64_t at, struct copies *copies, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT id, number, shelf FROM item WHERE title = :title AND status = 'active'"
		" AND needs_check = 0 AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.item = item.id"
		" AND returned_at IS NULL AND voided_at IS NULL) ORDER BY number",
		FIELDS(F_INT("title", title)), err));
	while ((r = query_next(&q, err)) > 0) {
		copies->rows = mem_resize(
			copies->rows, (size_t)(copies->count + 1) * sizeof(*copies->rows));
		struct copy *copy = &copies->rows[copies->count++];
		*copy = (struct copy){ .item = query_int(&q, "id"),
			.number = query_int(&q, "number"),
			.shelf = mem_text(query_text0(&q, "shelf")) };
		TRY(is_fit(db, copy->item, at, &copy->is_fit, err));
	}
	return r;
}

static struct copy *find_copy(const struct copies *copies, int64_t item)
{
	for (int i = 0; i < copies->count; i++)
		if (copies->rows[i].item == item && copies->rows[i].is_fit)
			return &copies->rows[i];
	return NULL;
}

/* ---- the holds ---- */

static int read_holds(struct db *db, struct hold_queue *queue, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		HOLD_SELECT " WHERE hold.title = :title AND ended_at IS NULL ORDER BY hold.id",
		FIELDS(F_INT("title", queue->title)), err));
	while ((r = query_next(&q, err)) > 0) {
		queue->rows =
			mem_resize(queue->rows, (size_t)(queue->count + 1) * sizeof(*queue->rows));
		struct hold hold = hold_read_row(&q);
		queue->rows[queue->count++] =
			(struct hold_row){ .now = hold, .status = hold.status, .item = hold.item };
		struct hold *now = &queue->rows[queue->count - 1].now;
		if (now->status == HOLD_READY)
			TRY(hold_until(db, now->ready_at, &now->until_at, err));
	}
	return r;
}

static struct hold *first_waiting(struct hold_queue *queue)
{
	for (int i = 0; i < queue->count; i++)
		if (queue->rows[i].now.status == HOLD_WAITING)
			return &queue->rows[i].now;
	return NULL;
}

/* The ready one whose clock ran out first. */
static struct hold_row *first_expired(struct hold_queue *queue, int64_t at)
{
	struct hold_row *first = NULL;

	for (int i = 0; i < queue->count; i++) {
		struct hold_row *row = &queue->rows[i];
		if (row->now.status == HOLD_READY && row->now.until_at <= at &&
			(!first || row->now.until_at < first->now.until_at))
			first = row;
	}
	return first;
}

static int pass_on(struct db *db, const struct hold *from, struct hold *to, struct err *err)
{
	to->status = HOLD_READY;
	to->item = from->item;
	to->item_number = from->item_number;
	free(to->shelf);
	to->shelf = mem_text(from->shelf);
	to->slot = from->slot;
	to->ready_at = from->until_at > to->placed_at ? from->until_at : to->placed_at;
	return hold_until(db, to->ready_at, &to->until_at, err);
}

/* One after the other, as their clocks ran out. */
static int expire(struct db *db, struct hold_queue *queue, int64_t at, struct err *err)
{
	struct hold_row *over;

	while ((over = first_expired(queue, at))) {
		struct hold *next = first_waiting(queue);
		over->now.status = HOLD_EXPIRED;
		over->now.ended_at = over->now.until_at;
		over->is_passed_on = next != NULL;
		if (next)
			TRY(pass_on(db, &over->now, next, err));
		over->now.until_at = 0;
	}
	return 0;
}

static void let_go(struct hold *hold)
{
	hold->status = HOLD_WAITING;
	hold->item = hold->slot = hold->ready_at = hold->until_at = hold->item_number = 0;
}

/* What was put aside is there still, or its hold waits again. */
static void match_copies(struct hold_queue *queue, struct copies *copies)
{
	for (int i = 0; i < queue->count; i++) {
		struct hold *hold = &queue->rows[i].now;
		if (hold->status != HOLD_READY)
			continue;
		struct copy *copy = find_copy(copies, hold->item);
		if (copy)
			copy->is_taken = true;
		else
			let_go(hold);
	}
}

/* Who waits, and what they could have. */
static void claim(struct hold_queue *queue, struct copies *copies)
{
	int next = 0;

	queue->free = mem_alloc((size_t)(copies->count + 1) * sizeof(*queue->free));
	for (int i = 0; i < copies->count; i++)
		if (copies->rows[i].is_fit && !copies->rows[i].is_taken)
			queue->free[queue->free_count++] = copies->rows[i].item;
	for (int i = 0; i < queue->count; i++) {
		struct hold *hold = &queue->rows[i].now;
		if (hold->status != HOLD_WAITING)
			continue;
		hold->position = ++queue->waiting_count;
		if (next >= queue->free_count)
			continue;
		const struct copy *copy = find_copy(copies, queue->free[next++]);
		hold->claims = copy->item;
		hold->item_number = copy->number;
		free(hold->shelf);
		hold->shelf = mem_text(copy->shelf);
	}
}

int hold_queue_at(struct db *db, int64_t title, int64_t at, struct hold_queue *ret, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { .title = title };
	CLEANUP(copies_finish) struct copies copies = { 0 };

	TRY(read_holds(db, &queue, err));
	TRY(read_copies(db, title, at, &copies, err));
	TRY(expire(db, &queue, at, err));
	match_copies(&queue, &copies);
	claim(&queue, &copies);
	*ret = queue;
	queue = (struct hold_queue){ 0 };
	return 0;
}

int hold_queue_is_empty(struct db *db, int64_t title, bool *ret, struct err *err)
{
	int64_t some;

	TRY(db_integer(db, "SELECT 1 FROM hold WHERE title = :title AND ended_at IS NULL LIMIT 1",
		FIELDS(F_INT("title", title)), 0, &some, err));
	*ret = some == 0;
	return 0;
}

/* ---- questions ---- */

static bool is_free(const struct hold_queue *queue, int64_t item)
{
	for (int i = 0; i < queue->free_count; i++)
		if (queue->free[i] == item)
			return true;
	return false;
}

/* The hold that the copy is put aside for, or the resident's own. */
static const struct hold *find_hold(const struct hold_queue *queue, int64_t item, int64_t resident)
{
	for (int i = 0; i < queue->count; i++) {
		const struct hold *hold = &queue->rows[i].now;
		bool stands = hold->status == HOLD_READY || hold->status == HOLD_WAITING;
		if (!stands)
			continue;
		if (item ? hold->item == item : hold->resident == resident)
			return hold;
	}
	return NULL;
}

bool hold_queue_admits(
	const struct hold_queue *queue, int64_t item, int64_t resident, int64_t *ret_hold)
{
	const struct hold *aside = find_hold(queue, item, 0);
	const struct hold *own = find_hold(queue, 0, resident);
	/* A copy that is not free is refused for what it is; whoever may lend it out all the same
	 * serves the queue with it. */
	int copies = queue->free_count + !is_free(queue, item);

	*ret_hold = own ? own->id : 0;
	if (aside)
		return aside->resident == resident;
	if (own && own->status == HOLD_READY)
		return true;
	return own ? own->position <= copies : queue->waiting_count < copies;
}

bool hold_queue_is_short(const struct hold_queue *queue)
{
	return queue->waiting_count > queue->free_count;
}
