#include "core/exchange/import_title.h"

#include <stdlib.h>
#include <string.h>

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

static void read_isbn(struct importing *im, int column, int64_t *ret)
{
	const char *cell = import_cell(im, column);
	struct code code = code_read(cell, strlen(cell), NULL);

	if (!*cell)
		return;
	if (code.type == CODE_ISBN)
		*ret = code.id;
	else
		import_fault(im, column, REASON_TEXT(NUMBER_BAD, "isbn"));
}

/* A code, or the name of one category alone. */
static int read_category(struct importing *im, int column, int64_t *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	const char *cell = import_cell(im, column);

	if (!*cell)
		return 0;
	TRY(query_open(&q, import_db(im),
		"SELECT min(id) AS id, count(*) AS count FROM category WHERE code = lower(:cell)"
		" OR (name = :cell AND NOT EXISTS"
		"  (SELECT 1 FROM category WHERE code = lower(:cell)))",
		FIELDS(F_TEXT("cell", cell)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (query_int(&q, "count") == 1)
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

	/* One with an ISBN is another one, unless the line says too little to tell. */
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
