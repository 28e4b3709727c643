#include "core/exchange/import_title.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/code.h"
#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/reasons.h"

void title_wanted_finish(struct title_wanted *wanted)
{
	free(wanted->name);
	*wanted = (struct title_wanted){ 0 };
}

int import_item_number(struct importing *im, int column, int64_t *ret, struct err *err)
{
	const char *cell = import_cell(im, column);
	struct code code = code_read(cell, strlen(cell), NULL);

	if (code.type != CODE_ITEM) {
		import_number(im, column, ret);
		return 0;
	}
	TRY(db_integer(import_db(im), "SELECT number FROM item WHERE id = :id",
		FIELDS(F_INT("id", code.id)), 0, ret, err));
	if (!*ret)
		import_fault(im, column, REASON(ITEM_UNKNOWN));
	return 0;
}

/* The ten characters that books had before 2007: the weights are 10 to 1, X is ten. */
static bool is_isbn10(const char *text)
{
	int sum = 0;

	for (int i = 0; i < 10; i++) {
		bool is_ten = i == 9 && (text[i] == 'X' || text[i] == 'x');
		if (!is_ten && (text[i] < '0' || text[i] > '9'))
			return false;
		sum += (10 - i) * (is_ten ? 10 : text[i] - '0');
	}
	return sum % 11 == 0;
}

/* The same book's thirteen digits. */
static int64_t isbn13_of(const char *isbn10)
{
	CLEANUP(mem_free) char *twelve = mem_printf("978%.9s", isbn10);
	int sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (twelve[i] - '0') * (i % 2 ? 3 : 1);
	return atoll(twelve) * 10 + (10 - sum % 10) % 10;
}

/* Digits and X alone: "ISBN 7-5366-9293-7" → "7536692937". The caller's. */
static char *isbn_signs(const char *cell)
{
	char *signs = mem_alloc(strlen(cell) + 1), *to = signs;
	bool is_named = strncasecmp(cell, "isbn", 4) == 0;

	for (const char *at = cell + (is_named ? 4 : 0); *at; at++)
		if (!strchr(" -:.", *at))
			*to++ = *at;
	*to = '\0';
	return signs;
}

static void read_isbn(struct importing *im, int column, int64_t *ret)
{
	CLEANUP(mem_free) char *signs = isbn_signs(import_cell(im, column));
	struct code code = code_read(signs, strlen(signs), NULL);

	if (!*signs)
		return;
	if (code.type == CODE_ISBN)
		*ret = code.id;
	else if (strlen(signs) == 10 && is_isbn10(signs))
		*ret = isbn13_of(signs);
	else
		import_fault(im, column, REASON_TEXT(NUMBER_BAD, "isbn"));
}

/* A code, or the name of exactly one category; 工具类 matches 工具. */
static int read_category(struct importing *im, int column, int64_t *ret, struct err *err)
{
	static const char suffix[] = "类";
	CLEANUP(query_close) struct query q = QUERY_INIT;
	const char *cell = import_cell(im, column);
	size_t len = strlen(cell), suffix_len = strlen(suffix);
	bool has_stem = len > suffix_len && text_ends_with(cell, suffix);
	CLEANUP(mem_free) char *stem = mem_text_n(cell, has_stem ? len - suffix_len : len);

	if (!*cell)
		return 0;
	TRY(query_open(&q, import_db(im),
		"SELECT min(id) AS id, count(*) AS count, CASE WHEN code = lower(:cell) THEN 0"
		"  WHEN name = :cell THEN 1 ELSE 2 END AS rank FROM category"
		" WHERE code = lower(:cell) OR name IN (:cell, :stem)"
		" GROUP BY rank ORDER BY rank",
		FIELDS(F_TEXT("cell", cell), F_TEXT("stem", stem)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r > 0 && query_int(&q, "count") == 1)
		*ret = query_int(&q, "id");
	else
		import_fault(im, column, REASON_TEXT(CATEGORY_UNKNOWN, cell));
	return 0;
}

int title_wanted_read(struct importing *im, int name, int isbn, int category,
	struct title_wanted *ret, struct err *err)
{
	static const struct text_limits any = { "name", 4000, true };
	const char *cell = import_cell(im, name);
	struct err fault = { 0 };

	read_isbn(im, isbn, &ret->isbn);
	TRY(read_category(im, category, &ret->category, err));
	ret->has_category = *import_cell(im, category) != '\0';
	if (text_accept(cell, strlen(cell), &any, &ret->name, &fault) < 0)
		return import_note(im, &fault, err);
	if (!*ret->name && !ret->isbn && !import_has_fault(im))
		import_fault(im, name, REASON_TEXT(TEXT_EMPTY, "name"));
	return 0;
}

static int find_by_name(
	struct db *db, const struct title_wanted *wanted, int64_t *ret_id, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	/* A title with an ISBN is a different one, unless the line says too little to tell. */
	TRY(query_open(&q, db,
		"SELECT count(*) FILTER (WHERE isbn IS NULL) AS plain_count, count(*) AS count,"
		" min(id) FILTER (WHERE isbn IS NULL) AS plain, min(id) AS any FROM title"
		" WHERE name = :name AND (:category = 0 OR category = :category)",
		FIELDS(F_TEXT("name", wanted->name), F_INT("category", wanted->category)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	int64_t plain_count = query_int(&q, "plain_count");
	int64_t count = wanted->has_category ? plain_count : query_int(&q, "count");
	if (plain_count > 1 || (plain_count == 0 && count > 1))
		return err_set(err, ERR_REFUSED, REASON_TEXT(TITLE_SEVERAL, wanted->name));
	*ret_id = plain_count == 1 ? query_int(&q, "plain") : count == 1 ? query_int(&q, "any") : 0;
	return 0;
}

int title_wanted_find(
	struct importing *im, const struct title_wanted *wanted, int64_t *ret_id, struct err *err)
{
	if (!wanted->isbn)
		return find_by_name(import_db(im), wanted, ret_id, err);
	return db_integer(import_db(im), "SELECT id FROM title WHERE isbn = :isbn",
		FIELDS(F_INT("isbn", wanted->isbn)), 0, ret_id, err);
}
