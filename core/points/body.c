#include "core/points/body.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40

static const char *const kind_names[] = { "team", "party_branch", "organisation", "merchant" };
static_assert(ARRAY_LEN(kind_names) == BODY_KIND_COUNT, "a name for each kind");

const char *body_kind_name(enum body_kind kind)
{
	return kind_names[kind];
}

int body_kind_named(const char *name, enum body_kind *ret, struct err *err)
{
	for (int i = 0; i < BODY_KIND_COUNT; i++) {
		if (strcmp(kind_names[i], name) != 0)
			continue;
		*ret = (enum body_kind)i;
		return 0;
	}
	return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "kind"));
}

static const struct column body_columns[] = {
	COLUMN(struct body, id),
	COLUMN(struct body, number),
	COLUMN_ENUM(struct body, kind, kind_names),
	COLUMN(struct body, name),
	COLUMN(struct body, is_ended),
};
static const struct row_type body_rows = ROW_TYPE(struct body, body_columns);
ROW_FINISHER(body_finish, struct body, body_rows);
LIST_FINISHER(body_list_finish, struct body_list, body_rows);

#define BODY_SELECT "SELECT id, number, kind, name, ended_at IS NOT NULL AS is_ended FROM body"

int body_get(struct db *db, int64_t id, struct body *ret, struct err *err)
{
	return row_get(db, &body_rows, BODY_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)), ret,
		REASON(BODY_UNKNOWN), err);
}

int body_by_number(struct db *db, int64_t number, struct body *ret, struct err *err)
{
	return row_get(db, &body_rows, BODY_SELECT " WHERE number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(BODY_UNKNOWN), err);
}

int bodies(struct db *db, struct body_list *ret, struct err *err)
{
	return rows_list(db, &body_rows, BODY_SELECT " WHERE ended_at IS NULL ORDER BY number",
		NO_FIELDS, ret, err);
}

/* ---- acts ---- */

static int check_free(struct db *db, const char *name, struct err *err)
{
	int64_t taken;

	TRY(db_integer(db, "SELECT 1 FROM body WHERE name = :name", FIELDS(F_TEXT("name", name)), 0,
		&taken, err));
	return taken ? err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, name)) : 0;
}

int body_add(struct db *db, const struct act *act, enum body_kind kind, const char *name,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *accepted = NULL;
	int64_t id, number;

	TRY(text_accept(name, strlen(name), &(struct text_limits){ "name", NAME_MAX_CHARS, false },
		&accepted, err));
	TRY(act_begin(&a, db, act, ACT_BODY_ADD,
		FIELDS(F_TEXT("kind", kind_names[kind]), F_TEXT("name", accepted)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_free(db, accepted, err));
	TRY(db_integer(db, NEXT_NUMBER("body"), NO_FIELDS, 1, &number, err));
	id = act_new_id(&a);
	TRY(act_insert(&a, "body",
		FIELDS(F_INT("id", id), F_INT("number", number), F_TEXT("kind", kind_names[kind]),
			F_TEXT("name", accepted)),
		err));
	act_set_subject(&a, id, 0);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int body_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(body_finish) struct body body = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_BODY_END, FIELDS(F_INT("body", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(body_get(db, id, &body, err));
	if (!body.is_ended)
		TRY(act_update(&a, "body", id, FIELDS(F_INT("ended_at", a.at)), err));
	act_set_subject(&a, id, 0);
	return act_commit(&a, id, err);
}
