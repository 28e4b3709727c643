#include "core/points/account.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/reasons.h"
#include "core/points/account_row.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const char *const system_names[] = {
	"issue",
	"redeemed",
	"pool",
	"frozen",
	"expired",
	"adjust",
	"merchant",
};
static_assert(ARRAY_LEN(system_names) == SYSTEM_ACCOUNT_COUNT, "a name for each account");

int system_account_named(const char *name, enum system_account *ret)
{
	for (int i = 0; i < SYSTEM_ACCOUNT_COUNT; i++) {
		if (strcmp(system_names[i], name) != 0)
			continue;
		*ret = (enum system_account)i;
		return 1;
	}
	return 0;
}

/* ---- rows ---- */

#define ACCOUNT_SELECT                                  \
	"SELECT id, floor, balance, system IS NOT NULL" \
	" AS is_system, ifnull(system IN ('pool', 'frozen'), 1) AS has_floor FROM account"

static const struct column account_columns[] = {
	COLUMN(struct account, id),
	COLUMN(struct account, floor),
	COLUMN(struct account, balance),
	COLUMN(struct account, is_system),
	COLUMN(struct account, has_floor),
};
static const struct row_type account_rows = ROW_TYPE(struct account, account_columns);

int account_get(struct db *db, struct holder whose, struct account *ret, struct err *err)
{
	if (whose.resident)
		return row_find(db, &account_rows, ACCOUNT_SELECT " WHERE resident = :resident",
			FIELDS(F_INT("resident", whose.resident)), ret, err);
	if (whose.body)
		return row_find(db, &account_rows, ACCOUNT_SELECT " WHERE body = :body",
			FIELDS(F_INT("body", whose.body)), ret, err);
	return row_find(db, &account_rows, ACCOUNT_SELECT " WHERE system = :system",
		FIELDS(F_TEXT("system", system_names[whose.system])), ret, err);
}

int account_read(struct db *db, int64_t id, struct account *ret, struct err *err)
{
	int r = row_find(db, &account_rows, ACCOUNT_SELECT " WHERE id = :id",
		FIELDS(F_INT("id", id)), ret, err);

	assert(r != 0 && "rows refer to accounts that are there");
	return r < 0 ? r : 0;
}

int account_holder(struct db *db, int64_t id, struct holder *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	struct holder whose = { 0 };

	TRY(query_open(&q, db, "SELECT resident, body, system FROM account WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	assert(r == 1 && "rows refer to accounts that are there");
	whose.resident = query_int(&q, "resident");
	whose.body = query_int(&q, "body");
	if (!query_is_null(&q, "system"))
		system_account_named(query_text0(&q, "system"), &whose.system);
	*ret = whose;
	return 0;
}

static int check_holder(struct db *db, struct holder whose, struct err *err)
{
	int64_t known = 1;

	if (whose.resident)
		TRY(db_integer(db, "SELECT 1 FROM resident WHERE id = :id",
			FIELDS(F_INT("id", whose.resident)), 0, &known, err));
	if (!known)
		return err_set(err, ERR_NOT_FOUND, REASON(RESIDENT_UNKNOWN));
	if (whose.body)
		TRY(db_integer(db, "SELECT 1 FROM body WHERE id = :id",
			FIELDS(F_INT("id", whose.body)), 0, &known, err));
	return known ? 0 : err_set(err, ERR_NOT_FOUND, REASON(BODY_UNKNOWN));
}

static int insert_account(
	struct acting *a, struct holder whose, int64_t floor, struct account *ret, struct err *err)
{
	bool is_system = !whose.resident && !whose.body;

	TRY(check_holder(a->db, whose, err));
	*ret = (struct account){
		.id = act_new_id(a),
		.floor = floor,
		.is_system = is_system,
		.has_floor = !is_system || whose.system == ACCOUNT_POOL ||
			     whose.system == ACCOUNT_FROZEN,
	};
	return act_insert(a, "account",
		FIELDS(F_INT("id", ret->id), F_ID("resident", whose.resident),
			F_ID("body", whose.body),
			F_TEXT("system", is_system ? system_names[whose.system] : NULL),
			F_INT("floor", floor)),
		err);
}

int account_on_demand(struct acting *a, struct holder whose, struct account *ret, struct err *err)
{
	int r = account_get(a->db, whose, ret, err);

	if (r != 0)
		return r < 0 ? r : 0;
	return insert_account(a, whose, 0, ret, err);
}

/* ---- the act ---- */

static int set_floor(
	struct acting *a, const struct account *account, int64_t floor, struct err *err)
{
	if (account->balance < floor)
		return err_set(err, ERR_REFUSED,
			REASON(POINTS_SHORT, .n1 = floor, .n2 = account->balance));
	return act_update(a, "account", account->id, FIELDS(F_INT("floor", floor)), err);
}

int account_open(struct db *db, const struct act *act, int64_t resident, struct points floor,
	int64_t *ret_id, struct err *err)
{
	const struct holder whose = HOLDER_RESIDENT(resident);
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct account account;

	if (floor.n > 0 || floor.n < -POINTS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "floor"));
	TRY(act_begin(&a, db, act, ACT_ACCOUNT_OPEN,
		FIELDS(F_INT("resident", resident), F_INT("floor", floor.n)), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_holder(db, whose, err));
	int r = account_get(db, whose, &account, err);
	if (r < 0)
		return r;
	if (r > 0)
		TRY(set_floor(&a, &account, floor.n, err));
	else
		TRY(insert_account(&a, whose, floor.n, &account, err));
	act_set_subject(&a, account.id, resident);
	TRY(act_commit(&a, account.id, err));
	*ret_id = account.id;
	return 0;
}

/* ---- reading ---- */

int points_balance_of(struct db *db, struct holder whose, struct points *ret, struct err *err)
{
	struct account account = { 0 };
	int r = account_get(db, whose, &account, err);

	if (r < 0)
		return r;
	*ret = POINTS(account.balance);
	return 0;
}

int points_balance(struct db *db, int64_t resident, struct points *ret, struct err *err)
{
	return points_balance_of(db, HOLDER_RESIDENT(resident), ret, err);
}

int points_balance_of_system(
	struct db *db, enum system_account system, struct points *ret, struct err *err)
{
	return points_balance_of(db, HOLDER_SYSTEM(system), ret, err);
}
