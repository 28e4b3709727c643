#include "core/duty/duty_role.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column role_columns[] = {
	COLUMN(struct duty_role, id),
	COLUMN(struct duty_role, code),
	COLUMN(struct duty_role, name),
};
static const struct row_type role_rows = ROW_TYPE(struct duty_role, role_columns);
LIST_FINISHER(duty_role_list_finish, struct duty_role_list, role_rows);

int duty_role_list(struct db *db, struct duty_role_list *ret, struct err *err)
{
	return rows_list(db, &role_rows,
		"SELECT id, code, name FROM duty_role ORDER BY code <> '" DUTY_ROLE_LEADER "', id",
		NO_FIELDS, ret, err);
}

const struct duty_role *duty_role_of(const struct duty_role_list *list, int64_t id)
{
	for (int i = 0; i < list->count; i++)
		if (list->rows[i].id == id)
			return &list->rows[i];
	return NULL;
}

int duty_role_by_code(struct db *db, const char *code, int64_t *ret_id, struct err *err)
{
	int64_t id;

	TRY(db_integer(db, "SELECT id FROM duty_role WHERE code = :code",
		FIELDS(F_TEXT("code", code)), 0, &id, err));
	if (!id)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(DUTY_ROLE_UNKNOWN, code));
	*ret_id = id;
	return 0;
}

static int check_new(struct db *db, const char *code, struct err *err)
{
	int64_t count, is_there;

	TRY(db_integer(db, "SELECT count(*) FROM duty_role", NO_FIELDS, 0, &count, err));
	if (count >= DUTY_ROLES_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "roles"));
	TRY(db_integer(db, "SELECT 1 FROM duty_role WHERE code = :code",
		FIELDS(F_TEXT("code", code)), 0, &is_there, err));
	if (is_there)
		return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, code));
	return 0;
}

int duty_role_add(struct db *db, const struct act *act, const char *typed_code,
	const char *typed_name, int64_t *ret_id, struct err *err)
{
	static const struct text_limits code_limits = { .what = "code", .max_chars = 20 };
	static const struct text_limits name_limits = { .what = "name", .max_chars = 20 };
	CLEANUP(mem_free) char *code = NULL, *name = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(text_accept(typed_code, strlen(typed_code), &code_limits, &code, err));
	TRY(text_accept(typed_name, strlen(typed_name), &name_limits, &name, err));
	TRY(act_begin(&a, db, act, ACT_DUTY_ROLE_ADD,
		FIELDS(F_TEXT("code", code), F_TEXT("name", name)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_new(db, code, err));
	int64_t id = act_new_id(&a);
	TRY(act_insert(&a, "duty_role",
		FIELDS(F_INT("id", id), F_TEXT("code", code), F_TEXT("name", name)), err));
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
