#include "core/items/item.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/items/search.h"

#define SHELF_MAX_CHARS 20

static const char *const status_names[] = { "active", "maintenance", "missing", "retired" };
static_assert(ARRAY_LEN(status_names) == ITEM_STATUS_COUNT, "a name for each status");

const char *item_status_name(enum item_status status)
{
	return status_names[status];
}

int item_status_parse(const char *name, enum item_status *ret, struct err *err)
{
	for (int i = 0; i < ITEM_STATUS_COUNT; i++) {
		if (strcmp(name, status_names[i]) == 0) {
			*ret = (enum item_status)i;
			return 0;
		}
	}
	return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "status"));
}

void item_number_format(int64_t number, char out[ITEM_NUMBER_SIZE])
{
	snprintf(out, ITEM_NUMBER_SIZE, "%06" PRId64, number);
}

void item_finish(struct item *item)
{
	free(item->shelf);
	free(item->name);
	free(item->pinyin);
	free(item->safety);
	free(item->category_code);
	free(item->category_name);
	*item = (struct item){ 0 };
}

void item_list_finish(struct item_list *list)
{
	for (int i = 0; i < list->count; i++)
		item_finish(&list->rows[i]);
	free(list->rows);
	*list = (struct item_list){ 0 };
}

#define ITEM_SELECT                                                                            \
	"SELECT item.id AS id, item.number AS number, status, shelf, added_at, item.title AS " \
	"title,"                                                                               \
	" title.name AS name, pinyin, safety, title.category AS category,"                     \
	" category.code AS category_code, category.name AS category_name,"                     \
	" loan.id AS loan, loan.resident AS loan_resident, lent_at, due_at"                    \
	" FROM title JOIN item ON item.title = title.id"                                       \
	" JOIN category ON category.id = title.category"                                       \
	" LEFT JOIN loan ON loan.item = item.id AND returned_at IS NULL AND voided_at IS NULL"

/* The schema lets only the four names in. */
static enum item_status read_status(const char *name)
{
	struct err ignored = { 0 };
	enum item_status status = ITEM_ACTIVE;

	item_status_parse(name, &status, &ignored);
	return status;
}

static struct item read_row(const struct query *q)
{
	return (struct item){
		.id = query_int(q, "id"),
		.number = query_int(q, "number"),
		.status = read_status(query_text0(q, "status")),
		.shelf = mem_text(query_text0(q, "shelf")),
		.added_at = query_int(q, "added_at"),
		.title = query_int(q, "title"),
		.name = mem_text(query_text0(q, "name")),
		.pinyin = mem_text(query_text0(q, "pinyin")),
		.safety = mem_text(query_text0(q, "safety")),
		.category = query_int(q, "category"),
		.category_code = mem_text(query_text0(q, "category_code")),
		.category_name = mem_text(query_text0(q, "category_name")),
		.loan = query_int(q, "loan"),
		.loan_resident = query_int(q, "loan_resident"),
		.loan_lent_at = query_int(q, "lent_at"),
		.loan_due_at = query_int(q, "due_at"),
	};
}

static int read_one(struct db *db, const char *sql, const struct field *params, struct item *ret,
	struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, sql, params, err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(ITEM_UNKNOWN));
	*ret = read_row(&q);
	return 0;
}

int item_get(struct db *db, int64_t id, struct item *ret, struct err *err)
{
	return read_one(db, ITEM_SELECT " WHERE item.id = :id", FIELDS(F_INT("id", id)), ret, err);
}

int item_by_number(struct db *db, int64_t number, struct item *ret, struct err *err)
{
	return read_one(db, ITEM_SELECT " WHERE item.number = :number",
		FIELDS(F_INT("number", number)), ret, err);
}

/* ---- finding ---- */

#define MATCH_NUMBER                                                             \
	"item.id IN (SELECT id FROM item WHERE number = CAST(:words AS INTEGER)" \
	" UNION ALL SELECT id FROM item"                                         \
	" WHERE title IN (SELECT id FROM title WHERE " SEARCH_MATCH_WORDS "))"

#define ITEM_FIND(match, sorted)                                                              \
	ITEM_SELECT                                                                           \
	" WHERE " match " AND " SEARCH_IN_CATEGORY " AND (:title = 0 OR item.title = :title)" \
	" AND (:where = 0 OR (:where = 1) = (loan.id IS NULL))"                               \
	" AND (:with_retired OR status <> 'retired')"                                         \
	" AND (" sorted "title.pinyin, item.number) > (:after_pinyin, :after_number)"         \
	" ORDER BY " sorted "title.pinyin, item.number LIMIT :limit"

static const char *const find_sql[] = {
	[SEARCH_ALL] = ITEM_FIND(SEARCH_MATCH_ALL, SEARCH_SORTED),
	[SEARCH_LETTERS] = ITEM_FIND(SEARCH_MATCH_LETTERS, SEARCH_UNSORTED),
	[SEARCH_WORDS] = ITEM_FIND(SEARCH_MATCH_WORDS, SEARCH_SORTED),
	[SEARCH_NUMBER] = ITEM_FIND(MATCH_NUMBER, SEARCH_UNSORTED),
};
static_assert(ARRAY_LEN(find_sql) == SEARCH_KIND_COUNT, "a statement for each kind");
static_assert(ITEM_ANYWHERE == 0 && ITEM_ON_SHELF == 1, "as the statement has them");

int item_find(
	struct db *db, const struct item_filter *filter, struct item_list *ret, struct err *err)
{
	CLEANUP(search_finish) struct search search = search_of(filter->words);
	CLEANUP(item_list_finish) struct item_list list = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db, find_sql[search.kind],
		FIELDS(F_TEXT("words", search.words), F_TEXT("until", search.until),
			F_INT("category", filter->category), F_INT("title", filter->title),
			F_INT("where", filter->where), F_INT("with_retired", filter->with_retired),
			F_TEXT("after_pinyin", filter->after ? filter->after->pinyin : ""),
			F_INT("after_number", filter->after ? filter->after->number : 0),
			F_INT("limit", filter->limit)),
		err));
	while ((r = query_next(&q, err)) > 0) {
		list.rows = mem_resize(list.rows, (size_t)(list.count + 1) * sizeof(*list.rows));
		list.rows[list.count++] = read_row(&q);
	}
	if (r < 0)
		return r;
	*ret = list;
	list = (struct item_list){ 0 };
	return 0;
}

/* ---- acts ---- */

static int check_title(struct db *db, int64_t title, struct err *err)
{
	int64_t known;

	TRY(db_integer(db, "SELECT 1 FROM title WHERE id = :id", FIELDS(F_INT("id", title)), 0,
		&known, err));
	return known ? 0 : err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
}

int item_add(struct db *db, const struct act *act, const struct item_draft *draft, int64_t *ret_id,
	struct err *err)
{
	static const struct text_limits shelf_limits = { "shelf", SHELF_MAX_CHARS, true };
	const char *typed = draft->shelf ? draft->shelf : "";
	CLEANUP(mem_free) char *shelf = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number;

	TRY(text_accept(typed, strlen(typed), &shelf_limits, &shelf, err));
	TRY(act_begin(&a, db, act, ACT_ITEM_ADD,
		FIELDS(F_INT("title", draft->title), F_TEXT("shelf", shelf)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_title(db, draft->title, err));
	TRY(db_integer(db, "SELECT max(number) + 1 FROM item", NO_FIELDS, 1, &number, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "item",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("title", draft->title),
			F_TEXT("status", item_status_name(ITEM_ACTIVE)), F_TEXT("shelf", shelf),
			F_INT("added_at", a.at)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static int check_status(
	const struct acting *a, const struct item *item, enum item_status status, struct err *err)
{
	bool has_why = a->act->why && *a->act->why;
	bool keeps_loan = status == ITEM_ACTIVE || status == ITEM_MISSING;
	struct err refusal = { 0 };

	if (item->loan && !keeps_loan)
		err_refuse(&refusal, REASON(ITEM_OUT_OTHER, .n1 = item->loan_due_at));
	if (status != ITEM_ACTIVE && !has_why)
		err_refuse(&refusal, REASON(WHY_NEEDED));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

int item_set_status(
	struct db *db, const struct act *act, int64_t id, enum item_status status, struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	const char *name = item_status_name(status);

	TRY(act_begin(&a, db, act, ACT_ITEM_STATUS,
		FIELDS(F_INT("item", id), F_TEXT("status", name)), err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(act_check_order(&a, id, err));
	TRY(check_status(&a, &item, status, err));
	TRY(act_update(&a, "item", id, FIELDS(F_TEXT("status", name)), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
