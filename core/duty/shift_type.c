#include "core/duty/shift_type.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40
#define WORD_MAX_CHARS 60
#define NEEDED_MAX     100

static const struct column shift_type_columns[] = {
	COLUMN(struct shift_type, id),
	COLUMN(struct shift_type, name),
	COLUMN(struct shift_type, purpose),
	COLUMN(struct shift_type, place),
	COLUMN(struct shift_type, needed),
	COLUMN(struct shift_type, wants_leader),
	COLUMN(struct shift_type, is_creditable),
	COLUMN(struct shift_type, is_reportable),
	COLUMN(struct shift_type, is_retired),
	COLUMN_TO_FILL(struct shift_type, needs),
};
static const struct row_type shift_type_rows = ROW_TYPE(struct shift_type, shift_type_columns);
ROW_FINISHER(shift_type_finish, struct shift_type, shift_type_rows);
LIST_FINISHER(shift_type_list_finish, struct shift_type_list, shift_type_rows);

/* ---- reading ---- */

#define TYPE_SELECT                                                                            \
	"SELECT id, name, purpose, place, needed, wants_leader, is_creditable, is_reportable," \
	" is_retired FROM shift_type"

static const struct column need_columns[] = {
	COLUMN(struct shift_need, role),
	COLUMN(struct shift_need, needed),
};
static const struct row_type need_rows = ROW_TYPE(struct shift_need, need_columns);

static int read_needs(struct db *db, struct shift_type *type, struct err *err)
{
	return rows_read(db, &need_rows,
		"SELECT role, needed FROM shift_type_role WHERE type = :type ORDER BY role",
		FIELDS(F_INT("type", type->id)), &type->needs, &type->need_count,
		sizeof(*type->needs), err);
}

static int read_list(struct db *db, const char *sql, const struct field *params,
	struct shift_type_list *ret, struct err *err)
{
	CLEANUP(shift_type_list_finish) struct shift_type_list list = { 0 };

	TRY(rows_list(db, &shift_type_rows, sql, params, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(read_needs(db, &list.rows[i], err));
	*ret = list;
	list = (struct shift_type_list){ 0 };
	return 0;
}

int shift_type_get(struct db *db, int64_t id, struct shift_type *ret, struct err *err)
{
	CLEANUP(shift_type_list_finish) struct shift_type_list list = { 0 };

	TRY(read_list(db, TYPE_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)), &list, err));
	if (list.count == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(SHIFT_TYPE_UNKNOWN));
	*ret = list.rows[0];
	list.rows[0] = (struct shift_type){ 0 };
	return 0;
}

int shift_type_by_name(struct db *db, const char *name, int64_t *ret_id, struct err *err)
{
	int64_t id;

	TRY(db_integer(db, "SELECT id FROM shift_type WHERE name = :name",
		FIELDS(F_TEXT("name", name)), 0, &id, err));
	if (!id)
		return err_set(err, ERR_NOT_FOUND, REASON(SHIFT_TYPE_UNKNOWN));
	*ret_id = id;
	return 0;
}

int shift_type_list(struct db *db, struct shift_type_list *ret, struct err *err)
{
	return read_list(
		db, TYPE_SELECT " WHERE is_retired = 0 ORDER BY name, id", NO_FIELDS, ret, err);
}

/* ---- setting ---- */

struct words {
	char *name, *purpose, *place;
};

static void words_finish(struct words *words)
{
	free(words->name);
	free(words->purpose);
	free(words->place);
}

static int accept(const char *typed, const struct text_limits *limits, char **ret, struct err *err)
{
	typed = typed ? typed : "";
	return text_accept(typed, strlen(typed), limits, ret, err);
}

static int accept_words(const struct shift_type *type, struct words *ret, struct err *err)
{
	static const struct text_limits name = { "name", NAME_MAX_CHARS, false };
	static const struct text_limits purpose = { "purpose", WORD_MAX_CHARS, true };
	static const struct text_limits place = { "place", WORD_MAX_CHARS, true };

	TRY(accept(type->name, &name, &ret->name, err));
	TRY(accept(type->purpose, &purpose, &ret->purpose, err));
	return accept(type->place, &place, &ret->place, err);
}

static int check_numbers(const struct shift_type *type, struct err *err)
{
	if (type->needed < 1 || type->needed > NEEDED_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "needed"));
	for (int i = 0; i < type->need_count; i++) {
		const struct shift_need *need = &type->needs[i];
		bool is_twice = false;
		for (int j = 0; j < i; j++)
			is_twice = is_twice || type->needs[j].role == need->role;
		if (is_twice || need->needed < 1 || need->needed > type->needed)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "needs"));
	}
	return 0;
}

static int check_name(struct db *db, int64_t id, const char *name, struct err *err)
{
	int64_t other;

	TRY(db_integer(db, "SELECT id FROM shift_type WHERE name = :name AND id <> :id",
		FIELDS(F_TEXT("name", name), F_INT("id", id)), 0, &other, err));
	return other ? err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, name)) : 0;
}

/* The old rows are replaced by the new ones. */
static int replace_needs(
	struct acting *a, const struct shift_type *type, int64_t id, struct err *err)
{
	CLEANUP(shift_type_finish) struct shift_type old = { .id = id };
	int64_t row, known;

	TRY(read_needs(a->db, &old, err));
	for (int i = 0; i < old.need_count; i++) {
		TRY(db_integer(a->db,
			"SELECT id FROM shift_type_role WHERE type = :type AND role = :role",
			FIELDS(F_INT("type", id), F_INT("role", old.needs[i].role)), 0, &row, err));
		TRY(act_delete(a, "shift_type_role", row, err));
	}
	for (int i = 0; i < type->need_count; i++) {
		const struct shift_need *need = &type->needs[i];
		TRY(db_integer(a->db, "SELECT id FROM duty_role WHERE id = :id",
			FIELDS(F_INT("id", need->role)), 0, &known, err));
		if (!known)
			return err_set(err, ERR_NOT_FOUND, REASON_TEXT(DUTY_ROLE_UNKNOWN, ""));
		TRY(act_insert(a, "shift_type_role",
			FIELDS(F_INT("id", act_new_id(a)), F_INT("type", id),
				F_INT("role", need->role), F_INT("needed", need->needed)),
			err));
	}
	return 0;
}

static int write_row(struct acting *a, const struct shift_type *type, const struct words *words,
	int64_t *ret_id, struct err *err)
{
	int64_t known, id = type->id ? type->id : act_new_id(a);
	const struct field row[] = {
		F_INT("id", id),
		F_TEXT("name", words->name),
		F_TEXT("purpose", words->purpose),
		F_TEXT("place", words->place),
		F_INT("needed", type->needed),
		F_INT("wants_leader", type->wants_leader),
		F_INT("is_creditable", type->is_creditable),
		F_INT("is_reportable", type->is_reportable),
		F_INT("is_retired", type->is_retired),
		{ 0 },
	};

	*ret_id = id;
	if (!type->id)
		return act_insert(a, "shift_type", row, err);
	TRY(db_integer(a->db, "SELECT id FROM shift_type WHERE id = :id", FIELDS(F_INT("id", id)),
		0, &known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(SHIFT_TYPE_UNKNOWN));
	return act_update(a, "shift_type", id, row + 1, err);
}

int shift_type_set(struct db *db, const struct act *act, const struct shift_type *type,
	int64_t *ret_id, struct err *err)
{
	CLEANUP(words_finish) struct words words = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(accept_words(type, &words, err));
	TRY(check_numbers(type, err));
	TRY(act_begin(&a, db, act, ACT_SHIFT_TYPE_SET,
		FIELDS(F_INT("type", type->id), F_TEXT("name", words.name),
			F_INT("needed", type->needed)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_name(db, type->id, words.name, err));
	TRY(write_row(&a, type, &words, &id, err));
	TRY(replace_needs(&a, type, id, err));
	act_set_subject(&a, id, act->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}
