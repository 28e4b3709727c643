/* The categories of residents: one half of the rule lookup. */
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column category_columns[] = {
	COLUMN(struct resident_category, id),
	COLUMN(struct resident_category, code),
	COLUMN(struct resident_category, name),
};
static const struct row_type category_rows = ROW_TYPE(struct resident_category, category_columns);

int resident_categories(struct db *db, struct resident_category **ret, struct err *err)
{
	int count;

	TRY(rows_read(db, &category_rows,
		"SELECT id, code, name FROM resident_category ORDER BY code", NO_FIELDS, ret,
		&count, sizeof(**ret), err));
	return count;
}

void resident_categories_finish(struct resident_category *categories, int count)
{
	rows_finish(&category_rows, &categories, &count);
}

int resident_category_by_code(struct db *db, const char *code, int64_t *ret_id, struct err *err)
{
	int64_t id;

	TRY(db_integer(db, "SELECT id FROM resident_category WHERE code = :code",
		FIELDS(F_TEXT("code", code)), 0, &id, err));
	if (!id)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(CATEGORY_UNKNOWN, code));
	*ret_id = id;
	return 0;
}

int resident_category_add(struct db *db, const struct act *act, const char *code, const char *name,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits code_limits = { .what = "code", .max_chars = 20 };
	static const struct text_limits name_limits = { .what = "name", .max_chars = 20 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *own_code = NULL, *own_name = NULL;
	int64_t is_there;

	TRY(text_accept(code, strlen(code), &code_limits, &own_code, err));
	TRY(text_accept(name, strlen(name), &name_limits, &own_name, err));
	TRY(act_begin(&a, db, act, ACT_RESIDENT_CATEGORY_ADD,
		FIELDS(F_TEXT("code", own_code), F_TEXT("name", own_name)), err));
	if (!a.is_repeat) {
		TRY(db_integer(db, "SELECT 1 FROM resident_category WHERE code = :code",
			FIELDS(F_TEXT("code", own_code)), 0, &is_there, err));
		if (is_there)
			return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, own_code));
		int64_t id = act_new_id(&a);
		TRY(act_insert(&a, "resident_category",
			FIELDS(F_INT("id", id), F_TEXT("code", own_code), F_TEXT("name", own_name)),
			err));
		TRY(act_commit(&a, id, err));
	}
	*ret_id = a.result;
	return 0;
}
