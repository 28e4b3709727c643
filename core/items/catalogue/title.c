#include "core/items/catalogue/title.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/search.h"
#include "core/items/catalogue/title_row.h"
#include "core/items/reasons.h"
#include "core/people/pinyin.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS   80
#define SAFETY_MAX_CHARS 120
#define PINYIN_MAX_CHARS 500
#define VALUE_MAX        INT64_C(1000000000)
#define SHORT_DAYS_MAX   365

static const struct column terms_columns[] = {
	COLUMN(struct title_terms, value_points),
	COLUMN(struct title_terms, value_fen),
	COLUMN(struct title_terms, deposit),
	COLUMN(struct title_terms, short_days),
	COLUMN(struct title_terms, needs_approval),
	COLUMN(struct title_terms, is_onsite),
	COLUMN(struct title_terms, is_consumable),
};
const struct row_type title_terms_rows = ROW_TYPE(struct title_terms, terms_columns);

/* Two readings as one text, as they were entered. */
static char *joined(const char *first, const char *second)
{
	return *second ? mem_printf("%s %s", first, second) : mem_text(first);
}

static int read_readings(const struct query *q, void *row, struct err *err)
{
	struct title *title = row;

	title->pinyin = joined(query_text0(q, "pinyin"), query_text0(q, "pinyin2"));
	title->initials = joined(query_text0(q, "initials"), query_text0(q, "initials2"));
	return 0;
}

static const struct column title_columns[] = {
	COLUMN(struct title, id),
	COLUMN(struct title, name),
	COLUMN(struct title, category),
	COLUMN(struct title, isbn),
	COLUMN_TO_FILL(struct title, pinyin),
	COLUMN_TO_FILL(struct title, initials),
	COLUMN(struct title, safety),
	COLUMN_INNER(struct title, terms, title_terms_rows),
	COLUMN(struct title, stock),
};
static const struct row_type title_rows = ROW_TYPE_MORE(struct title, title_columns, read_readings);
ROW_FINISHER(title_finish, struct title, title_rows);
LIST_FINISHER(title_list_finish, struct title_list, title_rows);

#define TITLE_COLUMNS                                                        \
	"title.id, title.name, title.category, isbn, title.pinyin, pinyin2," \
	" title.initials, initials2, safety, " TITLE_TERMS_COLUMNS

int title_get(struct db *db, int64_t id, struct title *ret, struct err *err)
{
	return row_get(db, &title_rows, "SELECT " TITLE_COLUMNS " FROM title WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(TITLE_UNKNOWN), err);
}

int title_by_isbn(struct db *db, int64_t isbn, struct title *ret, struct err *err)
{
	return row_get(db, &title_rows, "SELECT " TITLE_COLUMNS " FROM title WHERE isbn = :isbn",
		FIELDS(F_INT("isbn", isbn)), ret, REASON(TITLE_UNKNOWN), err);
}

int title_by_name(struct db *db, const char *name, int64_t *ret_id, struct err *err)
{
	int64_t id;

	TRY(db_integer(db, "SELECT min(id) FROM title WHERE name = :name",
		FIELDS(F_TEXT("name", name)), 0, &id, err));
	if (id == 0)
		return 0;
	*ret_id = id;
	return 1;
}

#define TITLE_FIND(match, sorted)                                                     \
	"SELECT " TITLE_COLUMNS " FROM title WHERE " match " AND " SEARCH_IN_CATEGORY \
	" AND (" sorted "title.pinyin, title.id) > (:after_pinyin, :after_id)"        \
	" ORDER BY " sorted "title.pinyin, title.id LIMIT :limit"

static const char *const find_sql[] = {
	[SEARCH_ALL] = TITLE_FIND(SEARCH_MATCH_ALL, SEARCH_SORTED),
	[SEARCH_LETTERS] = TITLE_FIND(SEARCH_MATCH_LETTERS, SEARCH_UNSORTED),
	[SEARCH_WORDS] = TITLE_FIND(SEARCH_MATCH_WORDS, SEARCH_SORTED),
	[SEARCH_NUMBER] = TITLE_FIND(SEARCH_MATCH_WORDS, SEARCH_SORTED),
};
static_assert(ARRAY_LEN(find_sql) == SEARCH_KIND_COUNT, "a statement for each kind");
static const char walk_sql[] = TITLE_FIND(SEARCH_MATCH_LETTERS_WALK, SEARCH_SORTED);

/* The column that orders pages contains only the first reading. */
static char *first_reading(const char *pinyin)
{
	return mem_text_n(pinyin, strcspn(pinyin, " "));
}

int title_find(
	struct db *db, const struct title_filter *filter, struct title_list *ret, struct err *err)
{
	CLEANUP(search_finish) struct search search = search_of(filter->words);
	CLEANUP(mem_free) char *after = first_reading(filter->after ? filter->after->pinyin : "");
	bool is_common;

	TRY(search_is_common(db, &search, &is_common, err));
	return rows_list(db, &title_rows, is_common ? walk_sql : find_sql[search.kind],
		FIELDS(SEARCH_FIELDS(&search), F_INT("category", filter->category),
			F_TEXT("after_pinyin", after),
			F_INT("after_id", filter->after ? filter->after->id : INT64_MIN),
			F_INT("limit", filter->limit)),
		ret, err);
}

/* ---- acts ---- */

struct title_draft title_draft_of(const struct title *t)
{
	return (struct title_draft){
		.name = t->name,
		.category = t->category,
		.isbn = t->isbn,
		.pinyin = t->pinyin,
		.initials = t->initials,
		.safety = t->safety,
		.terms = t->terms,
	};
}

/* The draft's texts as they are stored in the row; readings one by one. */
struct accepted {
	char *name, *safety;
	char *pinyin, *initials, *pinyin2, *initials2;
};

static void accepted_finish(struct accepted *t)
{
	free(t->name);
	free(t->safety);
	free(t->pinyin);
	free(t->initials);
	free(t->pinyin2);
	free(t->initials2);
}

/* "yinle yinyue" → its two words; a third and later reading is left out. */
static void split_readings(const char *both, char **ret_first, char **ret_second)
{
	size_t len = strcspn(both, " ");
	const char *rest = both + len + strspn(both + len, " ");

	*ret_first = mem_text_n(both, len);
	*ret_second = mem_text_n(rest, strcspn(rest, " "));
}

static int accept_reading(const char *typed, char **ret_first, char **ret_second, struct err *err)
{
	static const struct text_limits limits = { "pinyin", PINYIN_MAX_CHARS, true };
	CLEANUP(mem_free) char *text = NULL;

	TRY(text_accept(typed, strlen(typed), &limits, &text, err));
	if (text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789 ")])
		return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_CONTROL, "pinyin"));
	split_readings(text, ret_first, ret_second);
	return 0;
}

static void read_name(struct accepted *t)
{
	struct pinyin_text text = { 0 };

	pinyin_of_title(t->name, &text);
	split_readings(text.full, &t->pinyin, &t->pinyin2);
	split_readings(text.initials, &t->initials, &t->initials2);
	pinyin_text_finish(&text);
}

static int check_terms(const struct title_terms *terms, struct err *err)
{
	const struct {
		const char *name;
		int64_t value, max;
	} numbers[] = {
		{ "value_points", terms->value_points, VALUE_MAX },
		{ "value_fen", terms->value_fen, VALUE_MAX },
		{ "deposit", terms->deposit, VALUE_MAX },
		{ "short_days", terms->short_days, SHORT_DAYS_MAX },
	};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].value < 0 || numbers[i].value > numbers[i].max)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, numbers[i].name));
	return 0;
}

static int accept_draft(const struct title_draft *draft, struct accepted *t, struct err *err)
{
	static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };
	static const struct text_limits safety_limits = { "safety", SAFETY_MAX_CHARS, true };
	const char *safety = draft->safety ? draft->safety : "";

	TRY(text_accept(draft->name, strlen(draft->name), &name_limits, &t->name, err));
	TRY(text_accept(safety, strlen(safety), &safety_limits, &t->safety, err));
	if (draft->isbn != 0 && !code_is_article(draft->isbn))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "isbn"));
	TRY(check_terms(&draft->terms, err));
	if (!draft->pinyin) {
		read_name(t);
		return 0;
	}
	TRY(accept_reading(draft->pinyin, &t->pinyin, &t->pinyin2, err));
	return accept_reading(
		draft->initials ? draft->initials : "", &t->initials, &t->initials2, err);
}

static int check_references(
	struct db *db, int64_t self, const struct title_draft *draft, struct err *err)
{
	int64_t known, taken;

	TRY(db_integer(db, "SELECT 1 FROM category WHERE id = :id",
		FIELDS(F_INT("id", draft->category)), 0, &known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(CATEGORY_UNKNOWN));
	TRY(db_integer(db, "SELECT 1 FROM title WHERE isbn = :isbn AND id <> :self",
		FIELDS(F_INT("isbn", draft->isbn), F_INT("self", self)), 0, &taken, err));
	if (taken)
		return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, "isbn"));
	return 0;
}

#define TERMS_FIELDS(terms)                                                                   \
	F_INT("value_points", (terms)->value_points), F_INT("value_fen", (terms)->value_fen), \
		F_INT("deposit", (terms)->deposit), F_INT("short_days", (terms)->short_days), \
		F_INT("needs_approval", (terms)->needs_approval),                             \
		F_INT("is_onsite", (terms)->is_onsite),                                       \
		F_INT("is_consumable", (terms)->is_consumable)
#define ROW_FIELDS(draft, t)                                                        \
	F_TEXT("name", (t)->name), F_INT("category", (draft)->category),            \
		F_ID("isbn", (draft)->isbn), F_TEXT("pinyin", (t)->pinyin),         \
		F_TEXT("initials", (t)->initials), F_TEXT("pinyin2", (t)->pinyin2), \
		F_TEXT("initials2", (t)->initials2), F_TEXT("safety", (t)->safety), \
		TERMS_FIELDS(&(draft)->terms)

/* The draft as it is stored: its category may say where it is used. */
static int settle_onsite(struct db *db, struct title_draft *draft, struct err *err)
{
	int64_t is_onsite;

	TRY(db_integer(db, "SELECT is_onsite FROM category WHERE id = :id",
		FIELDS(F_INT("id", draft->category)), 0, &is_onsite, err));
	/* Consumables are used up anywhere. */
	draft->terms.is_onsite =
		draft->terms.is_onsite || (is_onsite && !draft->terms.is_consumable);
	return 0;
}

int title_add(struct db *db, const struct act *act, const struct title_draft *draft,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(accepted_finish) struct accepted t = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct title_draft kept = *draft;

	TRY(accept_draft(draft, &t, err));
	TRY(act_begin(&a, db, act, ACT_TITLE_ADD, FIELDS(ROW_FIELDS(draft, &t)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_references(db, 0, draft, err));
	TRY(settle_onsite(db, &kept, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "title", FIELDS(F_INT("id", id), ROW_FIELDS(&kept, &t)), err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int title_edit(struct db *db, const struct act *act, int64_t id, const struct title_draft *draft,
	struct err *err)
{
	CLEANUP(accepted_finish) struct accepted t = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t known;

	TRY(accept_draft(draft, &t, err));
	TRY(act_begin(&a, db, act, ACT_TITLE_EDIT,
		FIELDS(F_INT("title", id), ROW_FIELDS(draft, &t)), err));
	if (a.is_repeat)
		return 0;
	TRY(db_integer(
		db, "SELECT 1 FROM title WHERE id = :id", FIELDS(F_INT("id", id)), 0, &known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(TITLE_UNKNOWN));
	TRY(check_references(db, id, draft, err));
	TRY(act_update(&a, "title", id, FIELDS(ROW_FIELDS(draft, &t)), err));
	act_set_subject(&a, id, act->resident);
	return act_commit(&a, id, err);
}

/* ---- for the wall ---- */

static const struct column range_columns[] = {
	COLUMN(struct title_range, category),
	COLUMN(struct title_range, least),
	COLUMN(struct title_range, most),
};
static const struct row_type range_rows = ROW_TYPE(struct title_range, range_columns);
LIST_FINISHER(title_range_list_finish, struct title_range_list, range_rows);

#define RANGES_OF(column)                                                                \
	"SELECT category, min(" column ") AS least, max(" column ") AS most FROM title"  \
	" WHERE " column " > 0 AND is_consumable = 0 AND is_onsite = 0 AND EXISTS"       \
	" (SELECT 1 FROM item WHERE item.title = title.id AND item.status <> 'retired')" \
	" GROUP BY category ORDER BY category"

int title_ranges(
	struct db *db, enum title_range_of of, struct title_range_list *ret, struct err *err)
{
	return rows_list(db, &range_rows,
		of == TITLE_DEPOSITS ? RANGES_OF("deposit") : RANGES_OF("short_days"), NO_FIELDS,
		ret, err);
}
