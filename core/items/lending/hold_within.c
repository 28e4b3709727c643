#include "core/items/lending/hold_within.h"

#include "core/base/mem.h"
#include "core/items/lending/hold_queue.h"
#include "core/items/lending/rule.h"
#include "core/people/resident.h"
#include "core/store/acting.h"

#define HOUR 3600

/* ---- settling ---- */

static int write_expired(struct acting *a, const struct hold_row *row, struct err *err)
{
	const struct hold *hold = &row->now;

	return act_update(a, "hold", hold->id,
		FIELDS(F_TEXT("status", hold_status_name(HOLD_EXPIRED)), F_INT("item", hold->item),
			F_INT("slot", hold->slot), F_INT("is_aside", !row->is_passed_on),
			F_INT("ready_at", hold->ready_at), F_INT("ended_at", hold->ended_at)),
		err);
}

static int write_waiting(struct acting *a, int64_t id, struct err *err)
{
	return act_update(a, "hold", id,
		FIELDS(F_TEXT("status", hold_status_name(HOLD_WAITING)), F_NULL("item"),
			F_NULL("slot"), F_INT("is_aside", 0), F_NULL("ready_at"), F_NULL("loan"),
			F_NULL("ended_at")),
		err);
}

static int write_ready(
	struct acting *a, int64_t id, int64_t item, int64_t slot, int64_t ready_at, struct err *err)
{
	return act_update(a, "hold", id,
		FIELDS(F_TEXT("status", hold_status_name(HOLD_READY)), F_INT("item", item),
			F_INT("slot", slot), F_INT("is_aside", 1), F_INT("ready_at", ready_at)),
		err);
}

/* Releases copies that are no longer anybody's, before others get them. */
static int write_partings(
	struct acting *a, const struct hold_queue *queue, int *changes, struct err *err)
{
	for (int i = 0; i < queue->count; i++) {
		const struct hold_row *row = &queue->rows[i];
		bool is_let_go = row->status == HOLD_READY && row->now.status == HOLD_WAITING;
		if (row->is_passed_on)
			TRY(write_expired(a, row, err));
		else if (is_let_go)
			TRY(write_waiting(a, row->now.id, err));
		else
			continue;
		++*changes;
	}
	return 0;
}

/* Whose copy is still there, perhaps one that somebody later in the queue had before. */
static int write_endings(
	struct acting *a, const struct hold_queue *queue, int *changes, struct err *err)
{
	for (int i = 0; i < queue->count; i++) {
		const struct hold_row *row = &queue->rows[i];
		if (row->now.status != HOLD_EXPIRED || row->is_passed_on)
			continue;
		TRY(write_expired(a, row, err));
		++*changes;
	}
	return 0;
}

static int write_heirs(
	struct acting *a, const struct hold_queue *queue, int *changes, struct err *err)
{
	for (int i = 0; i < queue->count; i++) {
		const struct hold_row *row = &queue->rows[i];
		if (row->now.status != HOLD_READY || row->item == row->now.item)
			continue;
		TRY(write_ready(
			a, row->now.id, row->now.item, row->now.slot, row->now.ready_at, err));
		++*changes;
	}
	return 0;
}

/* The place where the copy of an ended hold is already; else the first free one. */
static int take_slot(struct acting *a, int64_t item, int64_t *ret_slot, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, a->db, "SELECT id, slot FROM hold WHERE item = :item AND is_aside = 1",
		FIELDS(F_INT("item", item)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r > 0) {
		int64_t id = query_int(&q, "id");
		*ret_slot = query_int(&q, "slot");
		query_close(&q);
		return act_update(a, "hold", id, FIELDS(F_INT("is_aside", 0)), err);
	}
	return db_integer(a->db,
		"SELECT min(n) FROM (SELECT 1 AS n UNION ALL"
		" SELECT slot + 1 FROM hold WHERE is_aside = 1)"
		" WHERE n NOT IN (SELECT slot FROM hold WHERE is_aside = 1)",
		NO_FIELDS, 1, ret_slot, err);
}

/* From when a copy can be fetched: not before its rest is over. */
static int fetchable_at(struct acting *a, const struct hold *hold, int64_t *ret_at, struct err *err)
{
	struct resident resident;
	struct rule rule;
	int64_t returned_at;

	TRY(resident_get(a->db, hold->resident, &resident, err));
	TRY(rule_lookup(a->db, resident.category, hold->category, &rule, err));
	TRY(db_integer(a->db,
		"SELECT max(returned_at) FROM loan WHERE item = :item AND returned_at IS NOT NULL"
		" AND voided_at IS NULL",
		FIELDS(F_INT("item", hold->claims)), 0, &returned_at, err));
	int64_t rested_at = returned_at + rule.turnaround_hours * HOUR;
	*ret_at = a->at > hold->placed_at ? a->at : hold->placed_at;
	if (rested_at > *ret_at)
		*ret_at = rested_at;
	return 0;
}

static int write_claims(
	struct acting *a, const struct hold_queue *queue, int *changes, struct err *err)
{
	for (int i = 0; i < queue->count; i++) {
		const struct hold *hold = &queue->rows[i].now;
		int64_t slot = 0, ready_at = 0;
		if (!hold->claims)
			continue;
		TRY(fetchable_at(a, hold, &ready_at, err));
		TRY(take_slot(a, hold->claims, &slot, err));
		TRY(write_ready(a, hold->id, hold->claims, slot, ready_at, err));
		++*changes;
	}
	return 0;
}

int hold_settle_within(struct acting *a, int64_t title, int *ret_changes, struct err *err)
{
	CLEANUP(hold_queue_finish) struct hold_queue queue = { 0 };
	bool is_empty;
	int changes = 0;

	TRY(hold_queue_is_empty(a->db, title, &is_empty, err));
	if (!is_empty) {
		TRY(hold_queue_at(a->db, title, a->at, &queue, err));
		TRY(write_partings(a, &queue, &changes, err));
		TRY(write_endings(a, &queue, &changes, err));
		TRY(write_heirs(a, &queue, &changes, err));
		TRY(write_claims(a, &queue, &changes, err));
	}
	if (ret_changes)
		*ret_changes = changes;
	return 0;
}

int hold_item_within(struct acting *a, int64_t item, struct err *err)
{
	int64_t title;

	TRY(db_integer(a->db, "SELECT title FROM item WHERE id = :id", FIELDS(F_INT("id", item)), 0,
		&title, err));
	return hold_settle_within(a, title, NULL, err);
}

/* ---- lending ---- */

/* If the hold had another copy put aside, that one is still there. */
static int fulfil(struct acting *a, int64_t id, int64_t item, int64_t loan, struct err *err)
{
	int64_t lies_there;

	TRY(db_integer(a->db, "SELECT is_aside = 1 AND item <> :item FROM hold WHERE id = :id",
		FIELDS(F_INT("item", item), F_INT("id", id)), 0, &lies_there, err));
	return act_update(a, "hold", id,
		FIELDS(F_TEXT("status", hold_status_name(HOLD_FULFILLED)), F_INT("loan", loan),
			F_INT("ended_at", a->at), F_INT("is_aside", lies_there)),
		err);
}

/* The person it was put aside for waits again, as the queue computes. */
static int take_from_shelf(struct acting *a, int64_t item, struct err *err)
{
	int64_t id;

	TRY(db_integer(a->db,
		"SELECT id FROM hold WHERE item = :item AND is_aside = 1 AND ended_at IS NOT NULL",
		FIELDS(F_INT("item", item)), 0, &id, err));
	return id ? act_update(a, "hold", id, FIELDS(F_INT("is_aside", 0)), err) : 0;
}

int hold_lent_within(struct acting *a, int64_t item, int64_t hold, int64_t loan, struct err *err)
{
	if (hold)
		TRY(fulfil(a, hold, item, loan, err));
	TRY(take_from_shelf(a, item, err));
	return hold_item_within(a, item, err);
}

/* ---- undoing ---- */

static int stand_again(struct acting *a, int64_t id, bool lies_there, struct err *err)
{
	if (!lies_there)
		return write_waiting(a, id, err);
	return act_update(a, "hold", id,
		FIELDS(F_TEXT("status", hold_status_name(HOLD_READY)), F_NULL("loan"),
			F_NULL("ended_at")),
		err);
}

int hold_unlent_within(struct acting *a, int64_t item, int64_t loan, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	/* Unless they have reserved it again. */
	TRY(query_open(&q, a->db,
		"SELECT id, is_aside FROM hold WHERE loan = :loan AND NOT EXISTS"
		" (SELECT 1 FROM hold AS other WHERE other.resident = hold.resident"
		" AND other.title = hold.title AND other.ended_at IS NULL)",
		FIELDS(F_INT("loan", loan)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r > 0) {
		int64_t id = query_int(&q, "id");
		bool lies_there = query_int(&q, "is_aside") != 0;
		query_close(&q);
		TRY(stand_again(a, id, lies_there, err));
	}
	return hold_item_within(a, item, err);
}
