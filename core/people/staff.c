#include "core/people/staff.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/people/lockout.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/store/acting.h"
#include "core/store/reasons.h"

static const struct text_limits name_limits = { .what = "name", .max_chars = RESIDENT_NAME_MAX };

#define STAFF_SQL "SELECT id, code, resident, role, is_service, added_at, left_at FROM staff WHERE "

static struct staff read_staff(const struct query *q)
{
	struct staff staff = { .id = query_int(q, "id"),
		.resident = query_int(q, "resident"),
		/* Whatever role a service account was once added with, it has its own. */
		.role = query_int(q, "is_service") ? ROLE_SERVICE : (enum role)query_int(q, "role"),
		.added_at = query_int(q, "added_at"),
		.left_at = query_int(q, "left_at") };
	const char *code = query_text0(q, "code");

	memcpy(staff.code, code, strnlen(code, STAFF_CODE_MAX));
	return staff;
}

static int read_one(struct query *q, const char *who, struct staff *ret, struct err *err)
{
	int r = query_next(q, err);

	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, who));
	*ret = read_staff(q);
	return 0;
}

int staff_by_code(struct db *db, const char *code, struct staff *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, STAFF_SQL "code = :code AND left_at IS NULL",
		FIELDS(F_TEXT("code", code)), err));
	return read_one(&q, code, ret, err);
}

int staff_by_resident(struct db *db, int64_t resident, struct staff *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, STAFF_SQL "resident = :resident AND left_at IS NULL",
		FIELDS(F_INT("resident", resident)), err));
	return read_one(&q, "", ret, err);
}

int staff_get(struct db *db, int64_t id, struct staff *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, STAFF_SQL "id = :id", FIELDS(F_INT("id", id)), err));
	return read_one(&q, "", ret, err);
}

int staff_name(struct db *db, int64_t id, char **ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT p.name FROM staff s LEFT JOIN staff_private p ON p.id = s.id"
		" WHERE s.id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(STAFF_UNKNOWN, ""));
	*ret = mem_text(query_text0(&q, "name"));
	return 0;
}

void staff_list_finish(struct staff_list *list)
{
	for (int i = 0; i < list->count; i++)
		free(list->rows[i].name);
	free(list->rows);
	*list = (struct staff_list){ 0 };
}

int staff_list(struct db *db, struct staff_list *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT s.id AS id, code, resident, role, is_service, added_at, left_at,"
		" p.name AS name, p.pin_hash IS NOT NULL AS has_pin FROM staff s"
		" LEFT JOIN staff_private p ON p.id = s.id WHERE left_at IS NULL"
		" ORDER BY is_service, role DESC, code",
		NO_FIELDS, err));
	while ((r = query_next(&q, err)) > 0) {
		int64_t locked_until;
		TRY(lockout_until(db, query_int(&q, "id"), &locked_until, err));
		ret->rows = mem_resize(ret->rows, (size_t)(ret->count + 1) * sizeof(*ret->rows));
		ret->rows[ret->count++] = (struct staff_row){ .staff = read_staff(&q),
			.name = mem_text(query_text0(&q, "name")),
			.has_pin = query_int(&q, "has_pin") != 0,
			.locked_until = locked_until };
	}
	return r;
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

	/* Nobody makes somebody who may do more than they may. */
	if ((!is_person && staff->role != ROLE_SERVICE) || staff->role > act->role)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = staff->role));
	if (staff->resident) {
		TRY(resident_get(db, staff->resident, &resident, err));
		if (resident.has_left)
			return err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT));
	}
	/* A code is never given out twice: old journal rows are read by it. */
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
