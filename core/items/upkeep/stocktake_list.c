#include "core/items/upkeep/stocktake_list.h"

#include "core/base/mem.h"
#include "core/items/upkeep/stocktake_scope.h"
#include "core/store/rows.h"

#define FROM_ITEM " FROM item JOIN title ON title.id = item.title"

/* ---- counts ---- */

static int count_unseen(struct db *db, const struct stocktake *s, int64_t *ret, struct err *err)
{
	if (s->closed_at)
		return db_integer(db,
			"SELECT count(*) FROM stocktake_unseen WHERE stocktake = :stocktake",
			FIELDS(F_INT("stocktake", s->id)), 0, ret, err);
	return db_integer(db, "SELECT count(*)" FROM_ITEM " WHERE " UNSEEN, FIELDS(SCOPE_FIELDS(s)),
		0, ret, err);
}

int stocktake_progress(struct db *db, int64_t id, struct stocktake_progress *ret, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct stocktake_progress progress = { 0 };
	int r;

	TRY(stocktake_get(db, id, &s, err));
	TRY(count_unseen(db, &s, &progress.unseen, err));
	TRY(query_open(&q, db,
		"SELECT state, count(*) AS sights, sum(is_counted) AS counted FROM stocktake_sight"
		" WHERE stocktake = :stocktake GROUP BY state",
		FIELDS(F_INT("stocktake", id)), err));
	while ((r = query_next(&q, err)) > 0) {
		enum stocktake_state state = stocktake_state_named(query_text0(&q, "state"));
		progress.states[state] = query_int(&q, "sights");
		progress.seen += query_int(&q, "counted");
	}
	if (r == 0)
		*ret = progress;
	return r;
}

/* ---- lines ---- */

static const struct column stocktake_line_columns[] = {
	COLUMN(struct stocktake_line, id),
	COLUMN(struct stocktake_line, item),
	COLUMN(struct stocktake_line, number),
	COLUMN(struct stocktake_line, name),
	COLUMN(struct stocktake_line, zone),
	COLUMN(struct stocktake_line, shelf),
	COLUMN(struct stocktake_line, seen_zone),
	COLUMN(struct stocktake_line, seen_shelf),
	COLUMN(struct stocktake_line, seen_at),
	COLUMN(struct stocktake_line, is_missing),
};
static const struct row_type stocktake_line_rows =
	ROW_TYPE(struct stocktake_line, stocktake_line_columns);
ROW_FINISHER(stocktake_line_finish, struct stocktake_line, stocktake_line_rows);
LIST_FINISHER(stocktake_lines_finish, struct stocktake_lines, stocktake_line_rows);

#define ITEM_COLUMNS                                                   \
	" item.id AS item, item.number AS number, title.name AS name," \
	" item.zone AS zone, item.shelf AS shelf,"
#define NOT_SEEN " NULL AS seen_zone, NULL AS seen_shelf, 0 AS seen_at,"

/* Uses the index of places; the item's id is the line's. */
#define UNSEEN_NOW                                                                           \
	"SELECT item.id AS id," ITEM_COLUMNS NOT_SEEN " 0 AS is_missing" FROM_ITEM " WHERE " \
	"(item.zone, item.shelf, item.id) > (:after_zone, :after_shelf, :after)"             \
	" AND " UNSEEN " ORDER BY item.zone, item.shelf, item.id LIMIT :limit"

/* In the order in which they were stored, which is that of places. */
#define UNSEEN_THEN                                                           \
	"SELECT stocktake_unseen.id AS id," ITEM_COLUMNS NOT_SEEN             \
	" missing_at IS NOT NULL AS is_missing"                               \
	" FROM stocktake_unseen JOIN item ON item.id = stocktake_unseen.item" \
	" JOIN title ON title.id = item.title"                                \
	" WHERE stocktake = :stocktake AND stocktake_unseen.id > :after"      \
	" ORDER BY stocktake_unseen.id LIMIT :limit"

int stocktake_unseen(struct db *db, int64_t id, const struct stocktake_line *after, int limit,
	struct stocktake_lines *ret, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	int64_t after_id = after ? after->id : INT64_MIN;

	TRY(stocktake_get(db, id, &s, err));
	if (s.closed_at)
		return rows_list(db, &stocktake_line_rows, UNSEEN_THEN,
			FIELDS(F_INT("stocktake", id), F_INT("after", after_id),
				F_INT("limit", limit)),
			ret, err);
	return rows_list(db, &stocktake_line_rows, UNSEEN_NOW,
		FIELDS(SCOPE_FIELDS(&s), F_TEXT("after_zone", after ? after->zone : ""),
			F_TEXT("after_shelf", after ? after->shelf : ""), F_INT("after", after_id),
			F_INT("limit", limit)),
		ret, err);
}

int stocktake_sights(struct db *db, int64_t id, enum stocktake_state state,
	const struct stocktake_line *after, int limit, struct stocktake_lines *ret, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };

	TRY(stocktake_get(db, id, &s, err));
	return rows_list(db, &stocktake_line_rows,
		"SELECT stocktake_sight.id AS id," ITEM_COLUMNS
		" stocktake_sight.zone AS seen_zone, stocktake_sight.shelf AS seen_shelf, seen_at,"
		" 0 AS is_missing FROM stocktake_sight JOIN item ON item.id = stocktake_sight.item"
		" JOIN title ON title.id = item.title"
		" WHERE stocktake = :stocktake AND stocktake_sight.state = :state"
		" AND stocktake_sight.id > :after ORDER BY stocktake_sight.id LIMIT :limit",
		FIELDS(F_INT("stocktake", id), F_TEXT("state", stocktake_state_name(state)),
			F_INT("after", after ? after->id : 0), F_INT("limit", limit)),
		ret, err);
}

/* ---- places ---- */

static const struct column stocktake_shelf_columns[] = {
	COLUMN(struct stocktake_shelf, zone),
	COLUMN(struct stocktake_shelf, shelf),
	COLUMN(struct stocktake_shelf, unseen),
};
static const struct row_type stocktake_shelf_rows =
	ROW_TYPE(struct stocktake_shelf, stocktake_shelf_columns);
ROW_FINISHER(stocktake_shelf_finish, struct stocktake_shelf, stocktake_shelf_rows);
LIST_FINISHER(stocktake_shelves_finish, struct stocktake_shelves, stocktake_shelf_rows);

int stocktake_shelves(struct db *db, int64_t id, struct stocktake_shelves *ret, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	TRY(stocktake_get(db, id, &s, err));
	return rows_list(db, &stocktake_shelf_rows,
		"SELECT item.zone AS zone, item.shelf AS shelf,"
		" count(CASE WHEN " UNSEEN " THEN 1 END) AS unseen" FROM_ITEM
		" WHERE item.status <> 'retired' AND " SCOPE
		" GROUP BY item.zone, item.shelf ORDER BY item.zone, item.shelf",
		FIELDS(SCOPE_FIELDS(&s)), ret, err);
}

int stocktake_place(struct db *db, int64_t id, struct stocktake_shelf *ret, struct err *err)
{
	CLEANUP(stocktake_finish) struct stocktake s = { 0 };
	struct stocktake_shelf place = { 0 };

	TRY(stocktake_get(db, id, &s, err));
	int r = row_find(db, &stocktake_shelf_rows,
		"SELECT zone, shelf, 0 AS unseen FROM stocktake_sight WHERE stocktake = :stocktake"
		" ORDER BY id DESC LIMIT 1",
		FIELDS(F_INT("stocktake", id)), &place, err);
	if (r == 0)
		place = (struct stocktake_shelf){ .zone = mem_text(s.zone ? s.zone : ""),
			.shelf = mem_text(s.shelf ? s.shelf : "") };
	if (r >= 0)
		*ret = place;
	return r < 0 ? r : 0;
}
