#include "core/duty/duty_role.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/store/acting.h"

void duty_role_list_finish(struct duty_role_list *list)
{
	for (int i = 0; i < list->count; i++) {
		free(list->rows[i].code);
		free(list->rows[i].name);
	}
	free(list->rows);
	*list = (struct duty_role_list){ 0 };
}

int duty_role_list(struct db *db, struct duty_role_list *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	CLEANUP(duty_role_list_finish) struct duty_role_list list = { 0 };
	int r;

	TRY(query_open(&q, db,
		"SELECT id, code, name FROM duty_role ORDER BY code <> '" DUTY_ROLE_LEADER "', id",
		NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		list.rows = mem_resize(list.rows, (size_t)(list.count + 1) * sizeof(*list.rows));
		list.rows[list.count++] = (struct duty_role){
			.id = query_int(&q, "id"),
			.code = mem_text(query_text0(&q, "code")),
			.name = mem_text(query_text0(&q, "name")),
		};
	}
	if (r < 0)
		return r;
	*ret = list;
	list = (struct duty_role_list){ 0 };
	return 0;
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
