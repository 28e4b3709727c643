#include "core/people/staff.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/rows.h"

static const struct text_limits name_limits = { .what = "name", .max_chars = RESIDENT_NAME_MAX };

#define STAFF_SQL "SELECT id, code, resident, role, is_service, added_at, left_at FROM staff WHERE "

/* Whatever role a service account was once added with: it has its own. */
static int read_role(const struct query *q, void *row, struct err *err)
{
	struct staff *staff = row;

	if (query_int(q, "is_service"))
		staff->role = ROLE_SERVICE;
	return 0;
}

static const struct column staff_columns[] = {
	COLUMN(struct staff, id),
	COLUMN(struct staff, resident),
	COLUMN_NUMBER(struct staff, role),
	COLUMN(struct staff, added_at),
	COLUMN(struct staff, left_at),
	COLUMN_ARRAY(struct staff, code),
};
static const struct row_type staff_rows = ROW_TYPE_MORE(struct staff, staff_columns, read_role);

int staff_by_code(struct db *db, const char *code, struct staff *ret, struct err *err)
{
	return row_get(db, &staff_rows, STAFF_SQL "code = :code AND left_at IS NULL",
		FIELDS(F_TEXT("code", code)), ret, REASON_TEXT(STAFF_UNKNOWN, code), err);
}

int staff_by_resident(struct db *db, int64_t resident, struct staff *ret, struct err *err)
{
	return row_get(db, &staff_rows, STAFF_SQL "resident = :resident AND left_at IS NULL",
		FIELDS(F_INT("resident", resident)), ret, REASON_TEXT(STAFF_UNKNOWN, ""), err);
}

int staff_get(struct db *db, int64_t id, struct staff *ret, struct err *err)
{
	return row_get(db, &staff_rows, STAFF_SQL "id = :id", FIELDS(F_INT("id", id)), ret,
		REASON_TEXT(STAFF_UNKNOWN, ""), err);
}

int staff_name(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(mem_free) char *name = NULL;
	int r = db_text(db,
		"SELECT p.name FROM staff s LEFT JOIN staff_private p ON p.id = s.id"
		" WHERE s.id = :id",
		FIELDS(F_INT("id", id)), &name, err);

	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, ""));
	TRY(r);
	*ret = TAKE(name);
	return 0;
}

static const struct column staff_row_columns[] = {
	COLUMN_INNER(struct staff_row, staff, staff_rows),
	COLUMN(struct staff_row, name),
	COLUMN(struct staff_row, has_pin),
};
static const struct row_type staff_row_rows = ROW_TYPE(struct staff_row, staff_row_columns);
LIST_FINISHER(staff_list_finish, struct staff_list, staff_row_rows);

int staff_list(struct db *db, struct staff_list *ret, struct err *err)
{
	CLEANUP(staff_list_finish) struct staff_list list = { 0 };

	TRY(rows_list(db, &staff_row_rows,
		"SELECT s.id AS id, code, resident, role, is_service, added_at, left_at,"
		" p.name AS name, p.pin_hash IS NOT NULL AS has_pin FROM staff s"
		" LEFT JOIN staff_private p ON p.id = s.id WHERE left_at IS NULL"
		" ORDER BY is_service, role DESC, code",
		NO_FIELDS, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(lockout_until(db, list.rows[i].staff.id, &list.rows[i].locked_until, err));
	*ret = list;
	list = (struct staff_list){ 0 };
	return 0;
}

static const struct {
	enum role role;
	const char *name;
} role_names[] = {
	{ ROLE_VOLUNTEER, "volunteer" },
	{ ROLE_COORDINATOR, "coordinator" },
	{ ROLE_ADMIN, "admin" },
	{ ROLE_SERVICE, "service" },
};

const char *staff_role_name(enum role role)
{
	for (size_t i = 0; i < ARRAY_LEN(role_names); i++)
		if (role_names[i].role == role)
			return role_names[i].name;
	assert(false && "a role that staff have");
	return "";
}

int staff_role_parse(const char *text, enum role *ret, struct err *err)
{
	for (size_t i = 0; i < ARRAY_LEN(role_names); i++) {
		if (strcmp(role_names[i].name, text) != 0)
			continue;
		*ret = role_names[i].role;
		return 0;
	}
	return err_set(err, ERR_INVALID, REASON_TEXT(WORD_BAD, "role"));
}

static int check_code(const char *code, struct err *err)
{
	size_t len = strlen(code);
	bool is_right = len > 0 && len <= STAFF_CODE_MAX && code[0] >= 'a' && code[0] <= 'z' &&
			strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;

	return is_right ? 0 : err_set(err, ERR_INVALID, REASON_TEXT(STAFF_CODE_BAD, code));
}

static int check_new(
	struct db *db, const struct act *act, const struct staff_new *staff, struct err *err)
{
	struct resident resident;
	int64_t is_taken;

	bool is_person = staff->role >= ROLE_VOLUNTEER && staff->role <= ROLE_ADMIN;

	/* Nobody can add somebody with more rights than their own. */
	if ((!is_person && staff->role != ROLE_SERVICE) || staff->role > act->role)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = staff->role));
	if (staff->resident) {
		TRY(resident_get(db, staff->resident, &resident, err));
		if (resident.has_left)
			return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	}
	/* A code is never reused: old journal rows are read by it. */
	TRY(db_integer(db,
		"SELECT 1 FROM staff WHERE code = :code"
		" OR (resident = :resident AND left_at IS NULL)",
		FIELDS(F_TEXT("code", staff->code), F_ID("resident", staff->resident)), 0,
		&is_taken, err));
	return is_taken ? err_set(err, ERR_REFUSED, REASON_TEXT(STAFF_EXISTS, staff->code)) : 0;
}

static int write_new(struct acting *a, const struct staff_new *staff, const char *name, int64_t id,
	struct err *err)
{
	bool is_service = staff->role == ROLE_SERVICE;

	act_set_subject(a, id, staff->resident);
	TRY(act_insert(a, "staff",
		FIELDS(F_INT("id", id), F_TEXT("code", staff->code),
			F_ID("resident", staff->resident),
			F_INT("role", is_service ? ROLE_VOLUNTEER : staff->role),
			F_INT("is_service", is_service), F_INT("added_at", a->at)),
		err));
	TRY(act_private(a, "staff_private", id, FIELDS(F_TEXT("name", name)), err));
	return act_commit(a, id, err);
}

int staff_add(struct db *db, const struct act *act, const struct staff_new *staff, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *name = NULL;
	const char *given = staff->name ? staff->name : "";

	TRY(check_code(staff->code, err));
	TRY(text_accept(given, strlen(given), &name_limits, &name, err));
	TRY(act_begin(&a, db, act, ACT_STAFF_ADD,
		FIELDS(F_TEXT("code", staff->code), F_INT("role", staff->role),
			F_ID("resident", staff->resident)),
		err));
	if (!a.is_repeat) {
		TRY(check_new(db, act, staff, err));
		TRY(write_new(&a, staff, name, act_new_id(&a), err));
	}
	*ret_id = a.result;
	return 0;
}

int staff_leave(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct staff staff;

	TRY(act_begin(&a, db, act, ACT_STAFF_LEAVE, FIELDS(F_INT("staff", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(staff_get(db, id, &staff, err));
	if (staff.left_at)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, staff.code));
	act_set_subject(&a, id, staff.resident);
	TRY(act_update(&a, "staff", id, FIELDS(F_INT("left_at", a.at)), err));
	TRY(act_private(&a, "staff_private", id, FIELDS(F_NULL("pin_hash")), err));
	return act_commit(&a, id, err);
}
