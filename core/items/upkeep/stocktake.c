#include "core/items/upkeep/stocktake.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/reasons.h"
#include "core/items/upkeep/item_status.h"
#include "core/items/upkeep/stocktake_scope.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define PLACE_MAX_CHARS 20 /* as of an item */

static const char *const state_names[] = {
	"retired",
	"missing",
	"out",
	"other",
	"misplaced",
	"right",
};
static_assert(ARRAY_LEN(state_names) == STOCKTAKE_STATE_COUNT, "a name for each state");

const char *stocktake_state_name(enum stocktake_state state)
{
	return state_names[state];
}

enum stocktake_state stocktake_state_named(const char *name)
{
	int state = 0;

	while (state < STOCKTAKE_STATE_COUNT - 1 && strcmp(name, state_names[state]) != 0)
		state++;
	return (enum stocktake_state)state;
}

static const struct column stocktake_columns[] = {
	COLUMN(struct stocktake, id),
	COLUMN(struct stocktake, number),
	COLUMN(struct stocktake, category),
	COLUMN_OR_NULL(struct stocktake, zone),
	COLUMN_OR_NULL(struct stocktake, shelf),
	COLUMN(struct stocktake, started_at),
	COLUMN(struct stocktake, closed_at),
};
static const struct row_type stocktake_rows = ROW_TYPE(struct stocktake, stocktake_columns);
ROW_FINISHER(stocktake_finish, struct stocktake, stocktake_rows);

/* ---- which ---- */

#define STOCKTAKE_SELECT \
	"SELECT id, number, category, zone, shelf, started_at, closed_at FROM stocktake"

int stocktake_get(struct db *db, int64_t id, struct stocktake *ret, struct err *err)
{
	int r = row_find(db, &stocktake_rows, STOCKTAKE_SELECT " WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, err);

	if (r < 0)
		return r;
	return r > 0 ? 0 : err_set(err, ERR_NOT_FOUND, REASON(STOCKTAKE_UNKNOWN));
}

int stocktake_current(struct db *db, struct stocktake *ret, struct err *err)
{
	return row_find(db, &stocktake_rows, STOCKTAKE_SELECT " WHERE closed_at IS NULL", NO_FIELDS,
		ret, err);
}

int stocktake_latest(struct db *db, struct stocktake *ret, struct err *err)
{
	return row_find(db, &stocktake_rows, STOCKTAKE_SELECT " ORDER BY id DESC LIMIT 1",
		NO_FIELDS, ret, err);
}

static int read_open(struct db *db, int64_t id, struct stocktake *ret, struct err *err)
{
	TRY(stocktake_get(db, id, ret, err));
	return ret->closed_at ? err_set(err, ERR_REFUSED, REASON(STOCKTAKE_CLOSED)) : 0;
}

/* ---- start ---- */

static int check_start(struct db *db, const struct stocktake_scope *scope, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake open = { 0 };
	int64_t known = 1;

	if (scope->category)
		TRY(db_integer(db, "SELECT 1 FROM category WHERE id = :id",
			FIELDS(F_INT("id", scope->category)), 0, &known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(CATEGORY_UNKNOWN));
	int r = stocktake_current(db, &open, err);
	if (r < 0)
		return r;
	return r ? err_set(err, ERR_REFUSED, REASON(STOCKTAKE_OPEN, .n1 = open.number)) : 0;
}

int stocktake_start(struct db *db, const struct act *act, const struct stocktake_scope *scope,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number;

	TRY(act_begin(&a, db, act, ACT_STOCKTAKE_START,
		FIELDS(F_INT("category", scope->category), F_TEXT("zone", scope->zone),
			F_TEXT("shelf", scope->shelf)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_start(db, scope, err));
	TRY(db_integer(db, NEXT_NUMBER("stocktake"), NO_FIELDS, 1, &number, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "stocktake",
		FIELDS(F_INT("id", id), F_INT("number", number), F_ID("category", scope->category),
			F_TEXT("zone", scope->zone), F_TEXT("shelf", scope->shelf),
			F_INT("started_at", a.at)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- seeing ---- */

/* A sighting of an item: where, and what it means. */
struct sight {
	int64_t id; /* of an earlier one, or 0 */
	char *zone, *shelf;
	enum stocktake_state state;
	bool is_counted;
};

static void sight_finish(struct sight *sight)
{
	free(sight->zone);
	free(sight->shelf);
	*sight = (struct sight){ 0 };
}

static int accept_place(const struct stocktake_sighting *seen, struct sight *sight, struct err *err)
{
	static const struct text_limits zone_limits = { "zone", PLACE_MAX_CHARS, true };
	static const struct text_limits shelf_limits = { "shelf", PLACE_MAX_CHARS, true };
	const char *zone = seen->zone ? seen->zone : "";
	const char *shelf = seen->shelf ? seen->shelf : "";

	TRY(text_accept(zone, strlen(zone), &zone_limits, &sight->zone, err));
	return text_accept(shelf, strlen(shelf), &shelf_limits, &sight->shelf, err);
}

static bool is_said(const char *zone, const char *shelf)
{
	return *zone || *shelf;
}

static int is_in_category(
	struct db *db, const struct stocktake *s, int64_t item, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT 1 FROM item JOIN title ON title.id = item.title"
		" WHERE item.id = :item AND " SEARCH_IN_CATEGORY,
		FIELDS(F_INT("item", item), F_INT("category", s->category)), 0, ret, err);
}

/* An item on the pick-up shelf, or without a home place, is never misplaced. */
static int is_misplaced(struct db *db, const struct item *item, const struct sight *sight,
	bool *ret, struct err *err)
{
	bool is_home =
		strcmp(item->zone, sight->zone) == 0 && strcmp(item->shelf, sight->shelf) == 0;
	int64_t is_aside;

	TRY(db_integer(db, "SELECT 1 FROM hold WHERE item = :item AND is_aside = 1",
		FIELDS(F_INT("item", item->id)), 0, &is_aside, err));
	*ret = !is_home && !is_aside && is_said(sight->zone, sight->shelf) &&
	       is_said(item->zone, item->shelf);
	return 0;
}

static bool matches(const char *wanted, const char *is)
{
	return !wanted || strcmp(wanted, is) == 0;
}

static int judge(struct db *db, const struct stocktake *s, const struct item *item,
	struct sight *sight, struct err *err)
{
	int64_t is_category;
	bool is_elsewhere;

	TRY(is_in_category(db, s, item->id, &is_category, err));
	TRY(is_misplaced(db, item, sight, &is_elsewhere, err));
	if (item->status == ITEM_RETIRED)
		sight->state = STOCKTAKE_RETIRED;
	else if (item->status == ITEM_MISSING)
		sight->state = STOCKTAKE_MISSING;
	else if (item->loan)
		sight->state = STOCKTAKE_OUT;
	else if (!is_category)
		sight->state = STOCKTAKE_OTHER;
	else
		sight->state = is_elsewhere ? STOCKTAKE_MISPLACED : STOCKTAKE_RIGHT;
	sight->is_counted = sight->state >= STOCKTAKE_MISPLACED && matches(s->zone, item->zone) &&
			    matches(s->shelf, item->shelf);
	return 0;
}

/* True when nothing has changed since it was seen before. */
static int was_seen(struct db *db, int64_t stocktake, int64_t item, struct sight *sight,
	bool *ret_is_same, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	*ret_is_same = false;
	TRY(query_open(&q, db,
		"SELECT id, zone, shelf, state FROM stocktake_sight"
		" WHERE stocktake = :stocktake AND item = :item",
		FIELDS(F_INT("stocktake", stocktake), F_INT("item", item)), err));
	int r = query_next(&q, err);
	if (r <= 0)
		return r;
	sight->id = query_int(&q, "id");
	*ret_is_same = strcmp(query_text0(&q, "zone"), sight->zone) == 0 &&
		       strcmp(query_text0(&q, "shelf"), sight->shelf) == 0 &&
		       stocktake_state_named(query_text0(&q, "state")) == sight->state;
	return 0;
}

static int write_sight(struct acting *a, int64_t stocktake, int64_t item, const struct sight *sight,
	struct err *err)
{
#define SIGHT_FIELDS                                                \
	F_TEXT("zone", sight->zone), F_TEXT("shelf", sight->shelf), \
		F_TEXT("state", state_names[sight->state]),         \
		F_INT("is_counted", sight->is_counted), F_INT("seen_at", a->at)
	if (sight->id)
		return act_update(a, "stocktake_sight", sight->id, FIELDS(SIGHT_FIELDS), err);
	return act_insert(a, "stocktake_sight",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("stocktake", stocktake),
			F_INT("item", item), SIGHT_FIELDS),
		err);
#undef SIGHT_FIELDS
}

static int look(struct db *db, const struct act *act, const struct stocktake *s,
	const struct item *item, struct sight *sight, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	bool is_same;

	TRY(was_seen(db, s->id, item->id, sight, &is_same, err));
	if (is_same)
		return 0;
	TRY(act_begin(&a, db, act, ACT_STOCKTAKE_SEEN,
		FIELDS(F_INT("stocktake", s->id), F_INT("item", item->id),
			F_TEXT("zone", sight->zone), F_TEXT("shelf", sight->shelf)),
		err));
	if (a.is_repeat)
		return 0;
	TRY(write_sight(&a, s->id, item->id, sight, err));
	act_set_subject(&a, s->id, act->resident);
	return act_commit(&a, item->id, err);
}

int stocktake_seen(struct db *db, const struct act *act, const struct stocktake_sighting *seen,
	enum stocktake_state *ret, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(sight_finish) struct sight sight = { 0 };
	/* The read and the write are one transaction, so both see the same data. */
	CLEANUP(txn_end) struct txn t = TXN_INIT;

	TRY(accept_place(seen, &sight, err));
	TRY(txn_begin(&t, db, err));
	TRY(read_open(db, seen->stocktake, &s, err));
	TRY(item_get(db, seen->item, &item, err));
	TRY(judge(db, &s, &item, &sight, err));
	TRY(look(db, act, &s, &item, &sight, err));
	TRY(txn_commit(&t, err));
	*ret = sight.state;
	return 0;
}

/* ---- the end ---- */

static int write_unseen(struct acting *a, const struct stocktake *s, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, a->db,
		"SELECT item.id AS id FROM item JOIN title ON title.id = item.title"
		" WHERE " UNSEEN " ORDER BY item.zone, item.shelf, item.id",
		FIELDS(SCOPE_FIELDS(s)), err));
	while ((r = query_next(&q, err)) > 0)
		TRY(act_insert(a, "stocktake_unseen",
			FIELDS(F_INT("id", act_new_id(a)), F_INT("stocktake", s->id),
				F_INT("item", query_int(&q, "id"))),
			err));
	return r;
}

int stocktake_close(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_STOCKTAKE_CLOSE, FIELDS(F_INT("stocktake", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_open(db, id, &s, err));
	TRY(write_unseen(&a, &s, err));
	TRY(act_update(&a, "stocktake", id, FIELDS(F_INT("closed_at", a.at)), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}

/* What has neither been touched nor found since. */
#define STILL_UNSEEN                                                                        \
	"SELECT stocktake_unseen.id AS id, item.id AS item FROM stocktake_unseen"           \
	" JOIN item ON item.id = stocktake_unseen.item"                                     \
	" WHERE stocktake = :stocktake AND stocktake_unseen.id > :after"                    \
	" AND missing_at IS NULL AND item.status IN ('active', 'maintenance')"              \
	" AND NOT " LOAN_OUT_SINCE("ifnull(item.kit, item.id)",                             \
		":closed_at") " AND NOT EXISTS (SELECT 1 FROM stocktake_sight AS later"     \
			      " WHERE later.item = item.id AND later.seen_at > :closed_at)" \
			      " ORDER BY stocktake_unseen.id LIMIT 1"

/* 1 and the one after *id, or 0. */
static int next_unseen(
	struct db *db, const struct stocktake *s, int64_t *id, int64_t *ret_item, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, STILL_UNSEEN,
		FIELDS(F_INT("stocktake", s->id), F_INT("closed_at", s->closed_at),
			F_INT("after", *id)),
		err));
	int r = query_next(&q, err);
	if (r > 0) {
		*id = query_int(&q, "id");
		*ret_item = query_int(&q, "item");
	}
	return r;
}

static int set_all(struct acting *a, const struct stocktake *s, int64_t *ret_count, struct err *err)
{
	struct act act = *a->act;
	int64_t id = 0, item;
	int r;

	act.why = "stocktake"; /* item_set_status needs a reason: this is one */
	*ret_count = 0;
	while ((r = next_unseen(a->db, s, &id, &item, err)) > 0) {
		TRY(item_set_status(a->db, &act, item, ITEM_MISSING, err));
		TRY(act_update(a, "stocktake_unseen", id, FIELDS(F_INT("missing_at", a->at)), err));
		++*ret_count;
	}
	return r;
}

int stocktake_set_missing(
	struct db *db, const struct act *act, int64_t id, int64_t *ret_count, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t count;

	TRY(act_begin(&a, db, act, ACT_STOCKTAKE_SET_MISSING, FIELDS(F_INT("stocktake", id)), err));
	if (a.is_repeat) {
		*ret_count = a.result;
		return 0;
	}
	TRY(stocktake_get(db, id, &s, err));
	if (!s.closed_at)
		return err_set(err, ERR_REFUSED, REASON(STOCKTAKE_OPEN, .n1 = s.number));
	TRY(set_all(&a, &s, &count, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, count, err));
	*ret_count = count;
	return 0;
}
