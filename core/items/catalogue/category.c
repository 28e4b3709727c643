#include "core/items/catalogue/category.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40
#define CODE_MAX_CHARS 40

static const struct column category_columns[] = {
	COLUMN(struct category, id),
	COLUMN(struct category, code),
	COLUMN(struct category, name),
	COLUMN(struct category, parent),
	COLUMN(struct category, position),
	COLUMN(struct category, depth),
	COLUMN(struct category, is_onsite),
};
static const struct row_type category_rows = ROW_TYPE(struct category, category_columns);
ROW_FINISHER(category_finish, struct category, category_rows);
LIST_FINISHER(category_list_finish, struct category_list, category_rows);

static int read_one(struct db *db, const char *sql, const struct field *params, const char *named,
	struct category *ret, struct err *err)
{
	return row_get(
		db, &category_rows, sql, params, ret, REASON_TEXT(CATEGORY_UNKNOWN, named), err);
}

/* A category with how far it is from the top. */
#define SELECT_ONE(condition)                                                    \
	"WITH RECURSIVE up (id, parent) AS ("                                    \
	" SELECT id, parent FROM category WHERE " condition " UNION ALL"         \
	" SELECT c.id, c.parent FROM up JOIN category AS c ON c.id = up.parent)" \
	" SELECT id, code, name, parent, position, is_onsite,"                   \
	" (SELECT count(*) FROM up) - 1 AS depth FROM category WHERE " condition

int category_get(struct db *db, int64_t id, struct category *ret, struct err *err)
{
	return read_one(db, SELECT_ONE("id = :id"), FIELDS(F_INT("id", id)), "", ret, err);
}

int category_by_code(struct db *db, const char *code, struct category *ret, struct err *err)
{
	return read_one(
		db, SELECT_ONE("code = :code"), FIELDS(F_TEXT("code", code)), code, ret, err);
}

/* Depth first, by a key that puts each category after its parent: a zero-padded position and the
 * code for each step. */
int category_list(struct db *db, struct category_list *ret, struct err *err)
{
	return rows_list(db, &category_rows,
		"WITH RECURSIVE tree (id, depth, path) AS ("
		" SELECT id, 0, printf('%010d%s/', position, code) FROM category WHERE parent IS "
		"NULL"
		" UNION ALL"
		" SELECT c.id, depth + 1, path || printf('%010d%s/', c.position, c.code)"
		" FROM tree JOIN category AS c ON c.parent = tree.id)"
		" SELECT c.id, code, name, parent, position, is_onsite, depth"
		" FROM tree JOIN category AS c ON c.id = tree.id ORDER BY path",
		NO_FIELDS, ret, err);
}

static int check_code(const char *code, struct err *err)
{
	size_t len = strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if (code[len])
		return err_set(err, ERR_INVALID, REASON_TEXT(TEXT_CONTROL, "code"));
	return 0;
}

static int check_place(struct db *db, int64_t parent, struct err *err)
{
	CLEANUP(category_finish) struct category above = { 0 };

	if (parent == 0)
		return 0;
	TRY(category_get(db, parent, &above, err));
	if (above.depth + 1 >= CATEGORY_DEPTH_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "depth"));
	return 0;
}

static int check_code_is_new(struct db *db, const char *code, struct err *err)
{
	int64_t taken;

	TRY(db_integer(db, "SELECT 1 FROM category WHERE code = :code",
		FIELDS(F_TEXT("code", code)), 0, &taken, err));
	if (taken)
		return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, code));
	return 0;
}

int category_add(struct db *db, const struct act *act, const struct category_draft *draft,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits code_limits = { "code", CODE_MAX_CHARS, false };
	static const struct text_limits name_limits = { "name", NAME_MAX_CHARS, false };
	CLEANUP(mem_free) char *code = NULL;
	CLEANUP(mem_free) char *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(text_accept(draft->code, strlen(draft->code), &code_limits, &code, err));
	TRY(check_code(code, err));
	TRY(text_accept(draft->name, strlen(draft->name), &name_limits, &name, err));
	TRY(act_begin(&a, db, act, ACT_CATEGORY_ADD,
		FIELDS(F_TEXT("code", code), F_TEXT("name", name), F_ID("parent", draft->parent),
			F_INT("position", draft->position), F_INT("is_onsite", draft->is_onsite)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_place(db, draft->parent, err));
	TRY(check_code_is_new(db, code, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "category",
		FIELDS(F_INT("id", id), F_TEXT("code", code), F_TEXT("name", name),
			F_ID("parent", draft->parent), F_INT("position", draft->position),
			F_INT("is_onsite", draft->is_onsite)),
		err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
