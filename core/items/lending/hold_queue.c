#include "core/items/lending/hold_queue.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/items/lending/condition.h"
#include "core/items/lending/due.h"
#include "core/items/lending/hold_row.h"
#include "core/site/setting.h"
#include "core/store/rows.h"

void hold_queue_finish(struct hold_queue *queue)
{
	for (int i = 0; i < queue->count; i++)
		hold_finish(&queue->rows[i].now);
	free(queue->rows);
	free(queue->free);
	*queue = (struct hold_queue){ 0 };
}

void hold_queues_finish(struct hold_queues *queues)
{
	for (int i = 0; i < queues->count; i++)
		hold_queue_finish(&queues->rows[i]);
	free(queues->rows);
	*queues = (struct hold_queues){ 0 };
}

/* ---- their clocks ---- */

/* When the time of a hold ends that is ready from some day on: always at the end of a later day, so
 * only the day matters. */
struct hold_end {
	struct day ready_on;
	int64_t until_at;
};

/* One computation of the queues, and its results. */
struct view {
	struct db *db;
	int64_t at;
	struct query holds, copies; /* by title; each stops at the row that comes next */
	int has_hold, has_copy;
	struct hold_end *ends;
	int end_count;
};

static void view_finish(struct view *view)
{
	query_close(&view->holds);
	query_close(&view->copies);
	free(view->ends);
}

static int hold_until(struct view *view, int64_t ready_at, int64_t *ret_until_at, struct err *err)
{
	struct rule clock = { .unit = PERIOD_DAYS, .due_mode = DUE_SKIP };
	struct hold_end end = { .ready_on = when_day(ready_at) };

	for (int i = 0; i < view->end_count; i++) {
		if (day_compare(view->ends[i].ready_on, end.ready_on) != 0)
			continue;
		*ret_until_at = view->ends[i].until_at;
		return 0;
	}
	TRY(setting_int(view->db, SETTING_HOLD_DAYS, &clock.period, err));
	TRY(due_compute(view->db, &clock, ready_at, ready_at, &end.until_at, err));
	view->ends = mem_resize(view->ends, (size_t)(view->end_count + 1) * sizeof(*view->ends));
	view->ends[view->end_count++] = end;
	*ret_until_at = end.until_at;
	return 0;
}

/* ---- what is written down ---- */

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

#define HOLDS(which) \
	HOLD_SELECT " WHERE " which " AND ended_at IS NULL ORDER BY hold.title, hold.id"
#define COPIES(which)                                                                            \
	"SELECT item.title AS title, item.id AS id, item.number AS number, item.shelf AS shelf," \
	" " ITEM_FIT_COLUMNS                                                                     \
	" FROM item JOIN title ON title.id = item.title WHERE item.title " which                 \
	" AND item.status = 'active' AND item.needs_check = 0"                                   \
	" AND NOT EXISTS (SELECT 1 FROM loan WHERE loan.item = item.id"                          \
	" AND returned_at IS NULL AND voided_at IS NULL) ORDER BY item.title, item.number"

/* `title` 0: of all that somebody has reserved. */
static int view_begin(struct view *view, struct db *db, int64_t title, int64_t at, struct err *err)
{
	const struct field *one = FIELDS(F_INT("title", title));

	view->db = db;
	view->at = at;
	if (title) {
		TRY(query_open(&view->holds, db, HOLDS("hold.title = :title"), one, err));
		TRY(query_open(&view->copies, db, COPIES("= :title"), one, err));
	} else {
		TRY(query_open(&view->holds, db, HOLDS("true"), NO_FIELDS, err));
		TRY(query_open(&view->copies, db,
			COPIES("IN (SELECT title FROM hold WHERE ended_at IS NULL)"), NO_FIELDS,
			err));
	}
	TRY(view->has_hold = query_next(&view->holds, err));
	return view->has_copy = query_next(&view->copies, err);
}

static int read_holds(struct view *view, struct hold_queue *queue, struct err *err)
{
	while (view->has_hold && query_int(&view->holds, "title") == queue->title) {
		queue->rows =
			mem_resize(queue->rows, (size_t)(queue->count + 1) * sizeof(*queue->rows));
		struct hold_row *row = &queue->rows[queue->count];
		struct hold *now = &row->now;
		*row = (struct hold_row){ 0 };
		TRY(row_read(&view->holds, &hold_rows, now, err));
		row->status = now->status;
		row->item = now->item;
		queue->count++;
		if (now->status == HOLD_READY)
			TRY(hold_until(view, now->ready_at, &now->until_at, err));
		TRY(view->has_hold = query_next(&view->holds, err));
	}
	return 0;
}

static int read_copies(struct view *view, int64_t title, struct copies *copies, struct err *err)
{
	const struct query *q = &view->copies;

	while (view->has_copy && query_int(q, "title") == title) {
		copies->rows = mem_resize(
			copies->rows, (size_t)(copies->count + 1) * sizeof(*copies->rows));
		copies->rows[copies->count++] = (struct copy){ .item = query_int(q, "id"),
			.number = query_int(q, "number"),
			.shelf = mem_text(query_text0(q, "shelf")),
			.is_fit = item_row_is_fit(q, view->at) };
		TRY(view->has_copy = query_next(&view->copies, err));
	}
	return 0;
}

static struct copy *find_copy(const struct copies *copies, int64_t item)
{
	for (int i = 0; i < copies->count; i++)
		if (copies->rows[i].item == item && copies->rows[i].is_fit)
			return &copies->rows[i];
	return NULL;
}

/* ---- how it stands now ---- */

static struct hold *first_waiting(struct hold_queue *queue)
{
	for (int i = 0; i < queue->count; i++)
		if (queue->rows[i].now.status == HOLD_WAITING)
			return &queue->rows[i].now;
	return NULL;
}

/* The ready one whose time ran out first. */
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

static int pass_on(struct view *view, const struct hold *from, struct hold *to, struct err *err)
{
	to->status = HOLD_READY;
	to->item = from->item;
	to->item_number = from->item_number;
	free(to->shelf);
	to->shelf = mem_text(from->shelf);
	to->slot = from->slot;
	to->ready_at = from->until_at > to->placed_at ? from->until_at : to->placed_at;
	return hold_until(view, to->ready_at, &to->until_at, err);
}

/* One after the other, as their times ran out. */
static int expire(struct view *view, struct hold_queue *queue, struct err *err)
{
	struct hold_row *over;

	while ((over = first_expired(queue, view->at))) {
		struct hold *next = first_waiting(queue);
		over->now.status = HOLD_EXPIRED;
		over->now.ended_at = over->now.until_at;
		over->is_passed_on = next != NULL;
		if (next)
			TRY(pass_on(view, &over->now, next, err));
		over->now.until_at = 0;
	}
	return 0;
}

static void let_go(struct hold *hold)
{
	hold->status = HOLD_WAITING;
	hold->item = hold->slot = hold->ready_at = hold->until_at = hold->item_number = 0;
}

/* The copy that was put aside is still there, or its hold waits again. */
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

/* The queue of the title whose rows come next. */
static int read_queue(struct view *view, int64_t title, struct hold_queue *ret, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { .title = title };
	CLEANUP(copies_finish) struct copies copies = { 0 };

	TRY(read_holds(view, &queue, err));
	TRY(read_copies(view, title, &copies, err));
	TRY(expire(view, &queue, err));
	match_copies(&queue, &copies);
	claim(&queue, &copies);
	*ret = queue;
	queue = (struct hold_queue){ 0 };
	return 0;
}

int hold_queue_at(struct db *db, int64_t title, int64_t at, struct hold_queue *ret, struct err *err)
{
	CLEANUP(view_finish) struct view view = { 0 };

	TRY(view_begin(&view, db, title, at, err));
	return read_queue(&view, title, ret, err);
}

int hold_queues_at(struct db *db, int64_t at, struct hold_queues *ret, struct err *err)
{
	CLEANUP(view_finish) struct view view = { 0 };
	CLEANUP(hold_queues_finish) struct hold_queues queues = { 0 };

	TRY(view_begin(&view, db, 0, at, err));
	while (view.has_hold) {
		queues.rows =
			mem_resize(queues.rows, (size_t)(queues.count + 1) * sizeof(*queues.rows));
		TRY(read_queue(
			&view, query_int(&view.holds, "title"), &queues.rows[queues.count], err));
		queues.count++;
	}
	*ret = queues;
	queues = (struct hold_queues){ 0 };
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
	/* A copy that is not free is refused for its own reason; if it may be lent anyway, it
	 * serves the queue. */
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
