#include "core/duty/volunteer.h"

#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/duty/duty_role.h"
#include "core/duty/reasons.h"
#include "core/people/child.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NUMBER_MAX_CHARS 30

static const struct column volunteer_columns[] = {
	COLUMN(struct volunteer, id),
	COLUMN(struct volunteer, resident),
	COLUMN(struct volunteer, cap_week),
	COLUMN(struct volunteer, cap_month),
	COLUMN(struct volunteer, rest_minutes),
	COLUMN(struct volunteer, days_in_row),
	COLUMN(struct volunteer, is_exempt),
	COLUMN(struct volunteer, exempt_until),
	COLUMN(struct volunteer, partner),
	COLUMN_AS(struct volunteer, since, "since_on"),
	COLUMN(struct volunteer, has_ended),
	COLUMN_TO_FILL(struct volunteer, roles),
};
static const struct row_type volunteer_rows = ROW_TYPE(struct volunteer, volunteer_columns);
ROW_FINISHER(volunteer_finish, struct volunteer, volunteer_rows);
LIST_FINISHER(volunteer_list_finish, struct volunteer_list, volunteer_rows);

/* ---- reading ---- */

#define VOLUNTEER_SELECT                                                                   \
	"SELECT id, resident, ifnull(cap_week, -1) AS cap_week, ifnull(cap_month, -1) AS"  \
	" cap_month, ifnull(rest_minutes, -1) AS rest_minutes, ifnull(days_in_row, -1) AS" \
	" days_in_row, exempt_until,"                                                      \
	" exempt_until IS NOT NULL AS is_exempt, partner, since_on,"                       \
	" ended_on IS NOT NULL AS has_ended FROM volunteer"

static const struct column role_columns[] = {
	COLUMN(struct volunteer_role, role),
	COLUMN(struct volunteer_role, has_end),
	COLUMN_AS(struct volunteer_role, until, "until_on"),
};
static const struct row_type role_rows = ROW_TYPE(struct volunteer_role, role_columns);

static int read_roles(struct db *db, struct volunteer *v, struct err *err)
{
	return rows_read(db, &role_rows,
		"SELECT role, until_on, until_on IS NOT NULL AS has_end FROM volunteer_role"
		" WHERE volunteer = :volunteer ORDER BY role",
		FIELDS(F_INT("volunteer", v->id)), &v->roles, &v->role_count, sizeof(*v->roles),
		err);
}

static int read_list(struct db *db, const char *sql, const struct field *params,
	struct volunteer_list *ret, struct err *err)
{
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };

	TRY(rows_list(db, &volunteer_rows, sql, params, &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(read_roles(db, &list.rows[i], err));
	*ret = list;
	list = (struct volunteer_list){ 0 };
	return 0;
}

int volunteer_of(struct db *db, int64_t resident, struct volunteer *ret, struct err *err)
{
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };

	TRY(read_list(db, VOLUNTEER_SELECT " WHERE resident = :resident",
		FIELDS(F_INT("resident", resident)), &list, err));
	if (list.count == 0)
		return 0;
	*ret = list.rows[0];
	list.rows[0] = (struct volunteer){ 0 };
	return 1;
}

int volunteer_list(struct db *db, struct volunteer_list *ret, struct err *err)
{
	return read_list(
		db, VOLUNTEER_SELECT " WHERE ended_on IS NULL ORDER BY id", NO_FIELDS, ret, err);
}

int volunteer_number(struct db *db, int64_t volunteer, char **ret, struct err *err)
{
	int r = db_text(db, "SELECT number FROM volunteer_private WHERE id = :id",
		FIELDS(F_INT("id", volunteer)), ret, err);

	return r < 0 ? r : 0;
}

static int limit(struct db *db, int64_t own, enum setting setting, int64_t *ret, struct err *err)
{
	if (own == VOLUNTEER_AS_ALL)
		return setting_int(db, setting, ret, err);
	*ret = own;
	return 0;
}

int volunteer_limits(
	struct db *db, const struct volunteer *v, struct volunteer_limits *ret, struct err *err)
{
	TRY(limit(db, v->cap_week, SETTING_DUTY_WEEK_MAX, &ret->week, err));
	TRY(limit(db, v->cap_month, SETTING_DUTY_MONTH_MAX, &ret->month, err));
	TRY(limit(db, v->rest_minutes, SETTING_DUTY_REST_MINUTES, &ret->rest_minutes, err));
	return limit(db, v->days_in_row, SETTING_DUTY_DAYS_IN_ROW, &ret->days_in_row, err);
}

bool volunteer_has_role(const struct volunteer *v, int64_t role, struct day day)
{
	for (int i = 0; i < v->role_count; i++)
		if (v->roles[i].role == role)
			return !v->roles[i].has_end || day_compare(day, v->roles[i].until) <= 0;
	return false;
}

int volunteer_may_lead(struct db *db, int64_t resident, struct day day, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	int64_t role;

	int is_child = resident_is_child(db, resident, err);
	TRY(is_child);
	if (is_child)
		return 0;
	TRY(db_integer(db, "SELECT id FROM duty_role WHERE code = '" DUTY_ROLE_LEADER "'",
		NO_FIELDS, 0, &role, err));
	if (!role)
		return 1;
	int r = volunteer_of(db, resident, &v, err);
	return r <= 0 ? r : volunteer_has_role(&v, role, day);
}

bool volunteer_is_exempt(const struct volunteer *v, struct day day)
{
	return v->is_exempt && day_compare(day, v->exempt_until) <= 0;
}

/* ---- acts ---- */

static int check_limits(const struct volunteer_draft *draft, struct err *err)
{
	const struct {
		const char *name;
		int64_t n, min, max;
	} limits[] = {
		{ "cap_week", draft->cap_week, 0, 21 },
		{ "cap_month", draft->cap_month, 0, 100 },
		{ "rest_minutes", draft->rest_minutes, 0, 2880 },
		{ "days_in_row", draft->days_in_row, 1, 31 },
	};

	for (size_t i = 0; i < ARRAY_LEN(limits); i++)
		if (limits[i].n != VOLUNTEER_AS_ALL &&
			(limits[i].n < limits[i].min || limits[i].n > limits[i].max))
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, limits[i].name));
	return 0;
}

static struct field own_or_null(const char *name, int64_t n)
{
	return n == VOLUNTEER_AS_ALL ? F_NULL(name) : F_INT(name, n);
}

static int write_volunteer(
	struct acting *a, const struct volunteer_draft *draft, int64_t *ret_id, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer old = { 0 };
	char exempt_until[11], since_on[11];
	int r = volunteer_of(a->db, draft->resident, &old, err);

	if (r < 0)
		return r;
	day_format(draft->exempt_until, exempt_until);
	day_format(when_day(a->at), since_on);
	const struct field row[] = {
		F_INT("id", r > 0 ? old.id : act_new_id(a)),
		F_INT("resident", draft->resident),
		F_TEXT("since_on", since_on),
		own_or_null("cap_week", draft->cap_week),
		own_or_null("cap_month", draft->cap_month),
		own_or_null("rest_minutes", draft->rest_minutes),
		own_or_null("days_in_row", draft->days_in_row),
		F_TEXT("exempt_until", draft->is_exempt ? exempt_until : NULL),
		F_ID("partner", draft->partner),
		F_NULL("ended_on"),
		{ 0 },
	};
	*ret_id = row[0].integer;
	return r > 0 ? act_update(a, "volunteer", old.id, row + 3, err)
		     : act_insert(a, "volunteer", row, err);
}

static int check_people(struct db *db, const struct volunteer_draft *draft, struct err *err)
{
	struct resident resident;

	if (draft->partner)
		TRY(resident_get(db, draft->partner, &resident, err));
	TRY(resident_get(db, draft->resident, &resident, err));
	return resident.has_left ? err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT)) : 0;
}

int volunteer_set(struct db *db, const struct act *act, const struct volunteer_draft *draft,
	int64_t *ret_id, struct err *err)
{
	static const struct text_limits limits = { "number", NUMBER_MAX_CHARS, true };
	CLEANUP(mem_free) char *number = NULL;
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	if (draft->number)
		TRY(text_accept(draft->number, strlen(draft->number), &limits, &number, err));
	TRY(check_limits(draft, err));
	TRY(act_begin(&a, db, act, ACT_VOLUNTEER_SET,
		FIELDS(F_INT("resident", draft->resident), F_INT("cap_week", draft->cap_week),
			F_INT("cap_month", draft->cap_month), F_INT("partner", draft->partner)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_people(db, draft, err));
	TRY(write_volunteer(&a, draft, &id, err));
	if (number)
		TRY(act_private(
			&a, "volunteer_private", id, FIELDS(F_TEXT("number", number)), err));
	act_set_subject(&a, id, draft->resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static int get_by_id(struct db *db, int64_t id, struct volunteer *ret, struct err *err)
{
	CLEANUP(volunteer_list_finish) struct volunteer_list list = { 0 };

	TRY(read_list(db, VOLUNTEER_SELECT " WHERE id = :id", FIELDS(F_INT("id", id)), &list, err));
	if (list.count == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(VOLUNTEER_UNKNOWN));
	*ret = list.rows[0];
	list.rows[0] = (struct volunteer){ 0 };
	return 0;
}

static int delete_roles(struct acting *a, int64_t volunteer, struct err *err)
{
	int64_t row;

	for (;;) {
		TRY(db_integer(a->db, "SELECT min(id) FROM volunteer_role WHERE volunteer = :id",
			FIELDS(F_INT("id", volunteer)), 0, &row, err));
		if (!row)
			return 0;
		TRY(act_delete(a, "volunteer_role", row, err));
	}
}

static int insert_role(
	struct acting *a, int64_t volunteer, const struct volunteer_role *role, struct err *err)
{
	int64_t known;
	char until_on[11];

	TRY(db_integer(a->db,
		"SELECT (SELECT 1 FROM duty_role WHERE id = :role)"
		" + 2 * EXISTS (SELECT 1 FROM volunteer_role WHERE volunteer = :who AND role = "
		":role)",
		FIELDS(F_INT("role", role->role), F_INT("who", volunteer)), 0, &known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON_TEXT(DUTY_ROLE_UNKNOWN, ""));
	if (known > 1)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "roles"));
	day_format(role->until, until_on);
	return act_insert(a, "volunteer_role",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("volunteer", volunteer),
			F_INT("role", role->role),
			F_TEXT("until_on", role->has_end ? until_on : NULL)),
		err);
}

/* ERR_REFUSED LEADER_CHILD. */
static int check_leader(struct db *db, int64_t resident, const struct volunteer_role *roles,
	int count, struct err *err)
{
	int64_t leader;

	TRY(db_integer(db, "SELECT id FROM duty_role WHERE code = '" DUTY_ROLE_LEADER "'",
		NO_FIELDS, 0, &leader, err));
	for (int i = 0; i < count; i++) {
		int is_child = roles[i].role == leader ? resident_is_child(db, resident, err) : 0;
		TRY(is_child);
		if (is_child)
			return err_set(err, ERR_REFUSED, REASON(LEADER_CHILD));
	}
	return 0;
}

int volunteer_roles_set(struct db *db, const struct act *act, int64_t id,
	const struct volunteer_role *roles, int count, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_VOLUNTEER_ROLES,
		FIELDS(F_INT("volunteer", id), F_INT("roles", count)), err));
	if (a.is_repeat)
		return 0;
	TRY(get_by_id(db, id, &v, err));
	TRY(check_leader(db, v.resident, roles, count, err));
	TRY(delete_roles(&a, id, err));
	for (int i = 0; i < count; i++)
		TRY(insert_role(&a, id, &roles[i], err));
	act_set_subject(&a, id, v.resident);
	return act_commit(&a, id, err);
}

int volunteer_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(volunteer_finish) struct volunteer v = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	char ended_on[11];

	TRY(act_begin(&a, db, act, ACT_VOLUNTEER_END, FIELDS(F_INT("volunteer", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(get_by_id(db, id, &v, err));
	if (v.has_ended)
		return err_set(err, ERR_REFUSED, REASON(VOLUNTEER_ENDED));
	day_format(when_day(a.at), ended_on);
	TRY(act_update(&a, "volunteer", id, FIELDS(F_TEXT("ended_on", ended_on)), err));
	act_set_subject(&a, id, v.resident);
	return act_commit(&a, id, err);
}
