#include "core/items/lending/item_look.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/items/reasons.h"
#include "core/store/rows.h"

static const struct column item_look_columns[] = {
	COLUMN(struct item_look, needs_check),
	COLUMN(struct item_look, has_parts),
	COLUMN(struct item_look, has_deposit),
	COLUMN(struct item_look, parts_missing),
};
static const struct row_type item_look_rows = ROW_TYPE(struct item_look, item_look_columns);

int item_look_get(struct db *db, int64_t item, struct item_look *ret, struct err *err)
{
	return row_get(db, &item_look_rows,
		"SELECT needs_check, parts_missing, deposit > 0 AS has_deposit,"
		" EXISTS (SELECT 1 FROM title_part WHERE title_part.title = item.title)"
		" AS has_parts FROM item JOIN title ON title.id = item.title WHERE item.id = :id",
		FIELDS(F_INT("id", item)), ret, REASON(ITEM_UNKNOWN), err);
}

int item_look_check_parts(struct db *db, int64_t item, int64_t parts, struct err *err)
{
	int64_t known;

	TRY(db_integer(db,
		"SELECT sum(1 << bit) FROM title_part"
		" WHERE title = (SELECT title FROM item WHERE id = :id)",
		FIELDS(F_INT("id", item)), 0, &known, err));
	if ((parts & ~known) != 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "parts"));
	return 0;
}

int items_to_look_at(
	struct db *db, int64_t after, int limit, struct item_list *ret, struct err *err)
{
	CLEANUP(item_list_finish) struct item_list list = { 0 };
	CLEANUP(mem_free) int64_t *ids = NULL;
	int count = rows_ids(db,
		/* Starts from the few that wait for inspection, not from all numbers in order. */
		"SELECT id FROM item WHERE needs_check = 1 AND +number > :after ORDER BY +number"
		" LIMIT :limit",
		FIELDS(F_INT("after", after), F_INT("limit", limit)), &ids, err);

	TRY(count);
	list.rows = mem_alloc((size_t)count * sizeof(*list.rows));
	for (int i = 0; i < count; i++) {
		TRY(item_get(db, ids[i], &list.rows[i], err));
		list.count++;
	}
	*ret = list;
	list = (struct item_list){ 0 };
	return 0;
}
