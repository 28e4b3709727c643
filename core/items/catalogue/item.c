#include "core/items/catalogue/item.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/search.h"
#include "core/items/catalogue/title_row.h"
#include "core/items/reasons.h"
#include "core/people/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define ZONE_MAX_CHARS    20
#define SHELF_MAX_CHARS   20
#define PROJECT_MAX_CHARS 80
#define NUMBER_MAX        999999999
#define COST_MAX_FEN      INT64_C(10000000000)

static const char *const status_names[] = { "active", "maintenance", "missing", "retired" };
static_assert(ARRAY_LEN(status_names) == ITEM_STATUS_COUNT, "a name for each status");

const char *item_status_name(enum item_status status)
{
	return status_names[status];
}

static const char *const cause_names[] = {
	"worn_out",
	"lost",
	"sold",
	"given_away",
	"swapped",
	"donated_on",
};
static_assert(ARRAY_LEN(cause_names) == RETIRE_CAUSE_COUNT, "a name for each cause");

const char *retire_cause_name(enum retire_cause cause)
{
	return cause_names[cause];
}

int retire_cause_parse(const char *name, enum retire_cause *ret, struct err *err)
{
	for (int i = 0; i < RETIRE_CAUSE_COUNT; i++) {
		if (strcmp(name, cause_names[i]) == 0) {
			*ret = (enum retire_cause)i;
			return 0;
		}
	}
	return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "cause"));
}

static const char *const source_names[] = { "", "bought", "donated", "swapped", "project" };
static_assert(ARRAY_LEN(source_names) == ITEM_SOURCE_COUNT, "a name for each source");

const char *item_source_name(enum item_source source)
{
	return source_names[source];
}

void item_number_format(int64_t number, char out[ITEM_NUMBER_SIZE])
{
	if (number == 0)
		*out = '\0';
	else
		snprintf(out, ITEM_NUMBER_SIZE, "%06" PRId64, number);
}

static int read_cause(const struct query *q, void *row, struct err *err)
{
	struct item *item = row;
	const char *cause = query_text(q, "cause");

	item->cause = RETIRE_CAUSE_COUNT;
	return cause ? retire_cause_parse(cause, &item->cause, err) : 0;
}

static const struct column item_columns[] = {
	COLUMN(struct item, id),
	COLUMN(struct item, number),
	COLUMN_ENUM(struct item, status, status_names),
	COLUMN(struct item, zone),
	COLUMN(struct item, shelf),
	COLUMN(struct item, added_at),
	COLUMN_ENUM(struct item, source, source_names),
	COLUMN(struct item, project),
	COLUMN(struct item, cost_fen),
	COLUMN(struct item, expires_on),
	COLUMN(struct item, inspected_until_on),
	COLUMN(struct item, kit),
	COLUMN(struct item, kit_number),
	COLUMN(struct item, title),
	COLUMN(struct item, name),
	COLUMN(struct item, pinyin),
	COLUMN(struct item, safety),
	COLUMN(struct item, category),
	COLUMN(struct item, category_code),
	COLUMN(struct item, category_name),
	COLUMN_INNER(struct item, terms, title_terms_rows),
	COLUMN(struct item, stock),
	COLUMN(struct item, loan),
	COLUMN(struct item, loan_resident),
	COLUMN_AS(struct item, loan_lent_at, "lent_at"),
	COLUMN_AS(struct item, loan_due_at, "due_at"),
};
static const struct row_type item_rows = ROW_TYPE_MORE(struct item, item_columns, read_cause);
ROW_FINISHER(item_finish, struct item, item_rows);
LIST_FINISHER(item_list_finish, struct item_list, item_rows);

#define ITEM_COLUMNS                                                                             \
	"SELECT item.id AS id, item.number AS number, item.status AS status, item.zone AS zone," \
	" item.shelf AS shelf, item.added_at AS added_at, ifnull(item.source, '') AS source,"    \
	" item.project AS project, item.cost_fen AS cost_fen, item.expires_on AS expires_on,"    \
	" item.inspected_until_on AS inspected_until_on, item.kit AS kit,"                       \
	" (SELECT number FROM item AS holder WHERE holder.id = item.kit) AS kit_number,"         \
	" item.title AS title, title.name AS name, title.pinyin AS pinyin,"                      \
	" title.safety AS safety, " TITLE_TERMS_COLUMNS ","                                      \
	" title.category AS category, category.code AS category_code,"                           \
	" category.name AS category_name, loan.id AS loan, loan.resident AS loan_resident,"      \
	" loan.lent_at AS lent_at, loan.due_at AS due_at,"                                       \
	" (SELECT cause FROM retirement WHERE item.status = 'retired'"                           \
	" AND retirement.item = item.id ORDER BY retirement.id DESC LIMIT 1) AS cause"
#define ITEM_JOINS                                                 \
	" JOIN title ON title.id = item.title"                     \
	" JOIN category ON category.id = title.category"           \
	" LEFT JOIN loan ON loan.item = ifnull(item.kit, item.id)" \
	" AND loan.returned_at IS NULL AND loan.voided_at IS NULL"
#define ITEM_SELECT ITEM_COLUMNS " FROM item" ITEM_JOINS

int item_get(struct db *db, int64_t id, struct item *ret, struct err *err)
{
	return row_get(db, &item_rows, ITEM_SELECT " WHERE item.id = :id", FIELDS(F_INT("id", id)),
		ret, REASON(ITEM_UNKNOWN), err);
}

int item_by_number(struct db *db, int64_t number, struct item *ret, struct err *err)
{
	return row_get(db, &item_rows, ITEM_SELECT " WHERE item.number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(ITEM_UNKNOWN), err);
}

/* ---- finding ---- */

/* First only the ids are found, with the least work; then a page of them is read. Without CROSS
 * JOIN SQLite would sometimes walk through all titles and look for each item. */
#define ITEM_FIND(from, match, sorted)                                                          \
	ITEM_COLUMNS                                                                            \
	" FROM (SELECT item.id AS id FROM " from " WHERE " match " AND " SEARCH_IN_CATEGORY     \
	" AND (:title = 0 OR item.title = :title)"                                              \
	" AND (:zone IS NULL OR item.zone = :zone) AND (:shelf IS NULL OR item.shelf = :shelf)" \
	" AND (NOT :is_asset OR item.source = 'project')"                                       \
	" AND (:where = 0 OR (:where = 1) = NOT EXISTS (SELECT 1 FROM loan"                     \
	" WHERE loan.item = ifnull(item.kit, item.id)"                                          \
	" AND loan.returned_at IS NULL AND loan.voided_at IS NULL))"                            \
	" AND (:with_retired OR item.status <> 'retired')"                                      \
	" AND " sorted "title.pinyin >= :after_pinyin"                                          \
	" AND (" sorted "title.pinyin, item.number) > (:after_pinyin, :after_number)"           \
	" ORDER BY " sorted "title.pinyin, item.number LIMIT :limit) AS page"                   \
	" JOIN item ON item.id = page.id" ITEM_JOINS " ORDER BY title.pinyin, item.number"
#define BY_TITLE "title CROSS JOIN item ON item.title = title.id"
#define BY_ITEM  "item CROSS JOIN title ON title.id = item.title"

#define MATCH_NUMBER                                                             \
	"item.id IN (SELECT id FROM item WHERE number = CAST(:words AS INTEGER)" \
	" UNION ALL SELECT id FROM item"                                         \
	" WHERE title IN (SELECT id FROM title WHERE " SEARCH_MATCH_WORDS "))"

static const char *const find_sql[] = {
	[SEARCH_ALL] = ITEM_FIND(BY_TITLE, SEARCH_MATCH_ALL, SEARCH_SORTED),
	[SEARCH_LETTERS] = ITEM_FIND(BY_TITLE, SEARCH_MATCH_LETTERS, SEARCH_UNSORTED),
	[SEARCH_WORDS] = ITEM_FIND(BY_TITLE, SEARCH_MATCH_WORDS, SEARCH_SORTED),
	[SEARCH_NUMBER] = ITEM_FIND(BY_ITEM, MATCH_NUMBER, SEARCH_UNSORTED),
};
static_assert(ARRAY_LEN(find_sql) == SEARCH_KIND_COUNT, "a statement for each kind");
static_assert(ITEM_ANYWHERE == 0 && ITEM_ON_SHELF == 1, "as the statement has them");
static const char walk_sql[] = ITEM_FIND(BY_TITLE, SEARCH_MATCH_LETTERS_WALK, SEARCH_SORTED);

/* If few match, they are found first and then sorted, or SQLite would walk all titles in order. */
static const char of_title_sql[] =
	ITEM_FIND(BY_TITLE, SEARCH_MATCH_ALL " AND title.id = :title", SEARCH_UNSORTED);
static const char asset_sql[] =
	ITEM_FIND(BY_ITEM, SEARCH_MATCH_ALL " AND item.source = 'project'", SEARCH_UNSORTED);
#define AT_PLACE(where) ITEM_FIND(BY_ITEM, SEARCH_MATCH_ALL " AND " where, SEARCH_UNSORTED)
static const char in_zone_sql[] = AT_PLACE("item.zone = :zone");
static const char on_shelf_sql[] = AT_PLACE("item.shelf = :shelf");
static const char in_zone_on_shelf_sql[] = AT_PLACE("item.zone = :zone AND item.shelf = :shelf");

/* With this many items in a zone the walk soon fills a page. */
#define ZONE_IS_LARGE 500

static int sql_for_place(
	struct db *db, const struct item_filter *filter, const char **ret, struct err *err)
{
	int64_t count = 0;

	if (!filter->shelf)
		TRY(db_integer(db,
			"SELECT count(*) FROM (SELECT 1 FROM item WHERE zone = :zone LIMIT :limit)",
			FIELDS(F_TEXT("zone", filter->zone), F_INT("limit", ZONE_IS_LARGE)), 0,
			&count, err));
	if (count == ZONE_IS_LARGE)
		*ret = find_sql[SEARCH_ALL];
	else if (!filter->shelf)
		*ret = in_zone_sql;
	else
		*ret = filter->zone ? in_zone_on_shelf_sql : on_shelf_sql;
	return 0;
}

static int sql_for(struct db *db, const struct item_filter *filter, const struct search *search,
	const char **ret, struct err *err)
{
	bool is_common;

	TRY(search_is_common(db, search, &is_common, err));
	*ret = is_common ? walk_sql : find_sql[search->kind];
	if (search->kind != SEARCH_ALL)
		return 0;
	if (filter->title)
		*ret = of_title_sql;
	else if (filter->is_asset)
		*ret = asset_sql;
	else if (filter->zone || filter->shelf)
		return sql_for_place(db, filter, ret, err);
	return 0;
}

int items_in_kit(struct db *db, int64_t kit, struct item_list *ret, struct err *err)
{
	return rows_list(db, &item_rows, ITEM_SELECT " WHERE item.kit = :kit ORDER BY item.number",
		FIELDS(F_INT("kit", kit)), ret, err);
}

int item_find(
	struct db *db, const struct item_filter *filter, struct item_list *ret, struct err *err)
{
	CLEANUP(search_finish) struct search search = search_of(filter->words);
	const char *sql;

	TRY(sql_for(db, filter, &search, &sql, err));
	return rows_list(db, &item_rows, sql,
		FIELDS(SEARCH_FIELDS(&search), F_INT("category", filter->category),
			F_INT("title", filter->title), F_TEXT("zone", filter->zone),
			F_TEXT("shelf", filter->shelf), F_INT("is_asset", filter->is_asset),
			F_INT("where", filter->where), F_INT("with_retired", filter->with_retired),
			F_TEXT("after_pinyin", filter->after ? filter->after->pinyin : ""),
			F_INT("after_number", filter->after ? filter->after->number : 0),
			F_INT("limit", filter->limit)),
		ret, err);
}

/* ---- acts ---- */

static int check_title(struct db *db, int64_t title, struct err *err)
{
	int64_t known;

	TRY(db_integer(db, "SELECT 1 FROM title WHERE id = :id", FIELDS(F_INT("id", title)), 0,
		&known, err));
	return known ? 0 : err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
}

struct item_draft item_draft_of(const struct item *item)
{
	return (struct item_draft){
		.title = item->title,
		.shelf = item->shelf,
		.zone = item->zone,
		.source = item->source,
		.project = item->project,
		.cost_fen = item->cost_fen,
		.expires_on = item->expires_on,
		.inspected_until_on = item->inspected_until_on,
	};
}

/* The draft's texts as they are stored in the row; a date is NULL or valid. */
struct accepted {
	char *zone, *shelf, *project;
	const char *expires_on, *inspected_until_on;
};

static void accepted_finish(struct accepted *t)
{
	free(t->zone);
	free(t->shelf);
	free(t->project);
}

static int accept_text(
	const char *typed, const char *what, int max_chars, char **ret, struct err *err)
{
	const struct text_limits limits = { what, max_chars, true };

	typed = typed ? typed : "";
	return text_accept(typed, strlen(typed), &limits, ret, err);
}

static int accept_date(const char *typed, const char *what, const char **ret, struct err *err)
{
	struct day day;

	*ret = NULL;
	if (!typed || !*typed)
		return 0;
	if (day_parse(typed, &day, err) < 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, what));
	*ret = typed;
	return 0;
}

static int accept_draft(const struct item_draft *draft, struct accepted *t, struct err *err)
{
	TRY(accept_text(draft->zone, "zone", ZONE_MAX_CHARS, &t->zone, err));
	TRY(accept_text(draft->shelf, "shelf", SHELF_MAX_CHARS, &t->shelf, err));
	TRY(accept_text(draft->project, "project", PROJECT_MAX_CHARS, &t->project, err));
	if (draft->cost_fen < 0 || draft->cost_fen > COST_MAX_FEN)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "cost"));
	TRY(accept_date(draft->expires_on, "expires_on", &t->expires_on, err));
	return accept_date(
		draft->inspected_until_on, "inspected_until_on", &t->inspected_until_on, err);
}

/* NULL in the row if unknown. */
static const char *source_column(enum item_source source)
{
	return source == ITEM_SOURCE_UNKNOWN ? NULL : source_names[source];
}

#define ROW_FIELDS(draft, t)                                                                       \
	F_INT("title", (draft)->title), F_TEXT("zone", (t)->zone), F_TEXT("shelf", (t)->shelf),    \
		F_TEXT("source", source_column((draft)->source)), F_TEXT("project", (t)->project), \
		F_INT("cost_fen", (draft)->cost_fen), F_TEXT("expires_on", (t)->expires_on),       \
		F_TEXT("inspected_until_on", (t)->inspected_until_on)

static int check_number(struct db *db, int64_t *number, struct err *err)
{
	int64_t is_taken;

	if (*number == 0)
		return db_integer(db, NEXT_NUMBER("item"), NO_FIELDS, 1, number, err);
	if (*number < 1 || *number > NUMBER_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "number"));
	TRY(db_integer(db, "SELECT 1 FROM item WHERE number = :number",
		FIELDS(F_INT("number", *number)), 0, &is_taken, err));
	return is_taken ? err_set(err, ERR_REFUSED, REASON(NUMBER_TAKEN, .n1 = *number)) : 0;
}

int item_add(struct db *db, const struct act *act, const struct item_draft *draft, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(accepted_finish) struct accepted t = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t number = draft->number;

	TRY(accept_draft(draft, &t, err));
	TRY(act_begin(&a, db, act, ACT_ITEM_ADD,
		FIELDS(F_ID("number", draft->number), ROW_FIELDS(draft, &t)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_title(db, draft->title, err));
	TRY(check_number(db, &number, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "item",
		FIELDS(F_INT("id", id), F_INT("number", number),
			F_TEXT("status", item_status_name(ITEM_ACTIVE)), F_INT("added_at", a.at),
			ROW_FIELDS(draft, &t)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int item_edit(struct db *db, const struct act *act, int64_t id, const struct item_draft *draft,
	struct err *err)
{
	CLEANUP(item_finish) struct item item = { 0 };
	CLEANUP(accepted_finish) struct accepted t = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(accept_draft(draft, &t, err));
	TRY(act_begin(
		&a, db, act, ACT_ITEM_EDIT, FIELDS(F_INT("item", id), ROW_FIELDS(draft, &t)), err));
	if (a.is_repeat)
		return 0;
	TRY(item_get(db, id, &item, err));
	TRY(check_title(db, draft->title, err));
	TRY(act_update(&a, "item", id, FIELDS(ROW_FIELDS(draft, &t)), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}
