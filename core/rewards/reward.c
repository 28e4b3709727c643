#include "core/rewards/reward.h"

#include <assert.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/money.h"
#include "core/base/reasons.h"
#include "core/base/text.h"
#include "core/items/catalogue/title.h"
#include "core/items/reasons.h"
#include "core/points/body.h"
#include "core/points/earn_rule.h"
#include "core/rewards/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define NAME_MAX_CHARS 40
#define PRICE_MAX      1000000

static const char *const kind_names[] = { "goods", "service", "room", "activity", "voucher" };
static_assert(ARRAY_LEN(kind_names) == REWARD_KIND_COUNT, "a name for each kind");

const char *reward_kind_name(enum reward_kind kind)
{
	return kind_names[kind];
}

int reward_kind_named(const char *name)
{
	for (int i = 0; i < REWARD_KIND_COUNT; i++)
		if (strcmp(kind_names[i], name) == 0)
			return i;
	return -1;
}

static const struct column reward_columns[] = {
	COLUMN(struct reward, id),
	COLUMN(struct reward, code),
	COLUMN(struct reward, name),
	COLUMN_ENUM(struct reward, kind, kind_names),
	COLUMN(struct reward, points),
	COLUMN(struct reward, fen),
	COLUMN(struct reward, title),
	COLUMN(struct reward, is_counted),
	COLUMN(struct reward, stock),
	COLUMN(struct reward, body),
	COLUMN(struct reward, service_minutes),
	COLUMN(struct reward, month_limit),
	COLUMN(struct reward, valid_days),
	COLUMN(struct reward, is_ended),
};
static const struct row_type reward_rows = ROW_TYPE(struct reward, reward_columns);
ROW_FINISHER(reward_finish, struct reward, reward_rows);
LIST_FINISHER(reward_list_finish, struct reward_list, reward_rows);

/* ---- reading ---- */

#define REWARD_SELECT                                                                          \
	"SELECT reward.id AS id, code, reward.name AS name, kind, points, fen, reward.title"   \
	" AS title, ifnull(reward.stock, title.stock) AS stock,"                               \
	" ifnull(reward.stock, title.stock) IS NOT NULL AS is_counted, body, service_minutes," \
	" month_limit, valid_days, ended_at IS NOT NULL AS is_ended FROM reward"               \
	" LEFT JOIN title ON title.id = reward.title"

int reward_get(struct db *db, int64_t id, struct reward *ret, struct err *err)
{
	return row_get(db, &reward_rows, REWARD_SELECT " WHERE reward.id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(REWARD_UNKNOWN), err);
}

int reward_by_code(struct db *db, const char *code, struct reward *ret, struct err *err)
{
	return row_get(db, &reward_rows, REWARD_SELECT " WHERE code = :code AND ended_at IS NULL",
		FIELDS(F_TEXT("code", code)), ret, REASON(REWARD_UNKNOWN), err);
}

int rewards(struct db *db, struct reward_list *ret, struct err *err)
{
	return rows_list(db, &reward_rows,
		REWARD_SELECT " WHERE ended_at IS NULL ORDER BY points = 0, points, fen, code",
		NO_FIELDS, ret, err);
}

int rewards_ended(struct db *db, struct reward_list *ret, struct err *err)
{
	return rows_list(db, &reward_rows,
		REWARD_SELECT " WHERE reward.id IN (SELECT max(id) FROM reward GROUP BY code"
			      " HAVING count(*) = count(ended_at)) ORDER BY code",
		NO_FIELDS, ret, err);
}

/* ---- acts ---- */

static int check_numbers(const struct reward *reward, struct err *err)
{
	const struct {
		const char *what;
		int64_t value, max;
	} numbers[] = {
		{ "price", reward->points, PRICE_MAX },
		{ "price", reward->fen, MONEY_MAX_FEN },
		{ "stock", reward->stock, REWARD_STOCK_MAX },
		{ "minutes", reward->service_minutes, INT64_C(60) * 10000 },
		{ "count", reward->month_limit, 1000 },
		{ "days", reward->valid_days, 3650 },
	};

	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		if (numbers[i].value < 0 || numbers[i].value > numbers[i].max)
			return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, numbers[i].what));
	if (reward->points == 0 && reward->fen == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "price"));
	if ((reward->kind == REWARD_VOUCHER) != (reward->valid_days > 0))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "days"));
	return 0;
}

static int check_refers(struct db *db, const struct reward *reward, struct err *err)
{
	CLEANUP(title_finish) struct title title = { 0 };
	CLEANUP(body_finish) struct body body = { 0 };

	if (reward->body)
		TRY(body_get(db, reward->body, &body, err));
	if (!reward->title)
		return 0;
	TRY(title_get(db, reward->title, &title, err));
	if (!title.terms.is_consumable)
		return err_set(err, ERR_REFUSED, REASON(STOCK_NONE));
	return 0;
}

/* All columns but id, code and the stock. */
#define TERMS(reward, name_)                                                    \
	F_TEXT("name", (name_)), F_TEXT("kind", kind_names[(reward)->kind]),    \
		F_INT("points", (reward)->points), F_INT("fen", (reward)->fen), \
		F_ID("title", (reward)->title), F_ID("body", (reward)->body),   \
		F_INT("service_minutes", (reward)->service_minutes),            \
		F_ID("month_limit", (reward)->month_limit),                     \
		F_ID("valid_days", (reward)->valid_days)

static int write_reward(struct acting *a, const struct reward *reward, const char *name,
	int64_t *ret_id, struct err *err)
{
	bool keeps_stock = reward->is_counted && !reward->title;
	int64_t id, has_stock;

	TRY(db_integer(a->db, "SELECT id FROM reward WHERE code = :code AND ended_at IS NULL",
		FIELDS(F_TEXT("code", reward->code)), 0, &id, err));
	if (!id) {
		*ret_id = act_new_id(a);
		return act_insert(a, "reward",
			FIELDS(F_INT("id", *ret_id), F_TEXT("code", reward->code),
				keeps_stock ? F_INT("stock", reward->stock) : F_NULL("stock"),
				TERMS(reward, name)),
			err);
	}
	*ret_id = id;
	TRY(db_integer(a->db, "SELECT stock IS NOT NULL FROM reward WHERE id = :id",
		FIELDS(F_INT("id", id)), 0, &has_stock, err));
	if (keeps_stock == (has_stock != 0))
		return act_update(a, "reward", id, FIELDS(TERMS(reward, name)), err);
	return act_update(a, "reward", id,
		FIELDS(keeps_stock ? F_INT("stock", reward->stock) : F_NULL("stock"),
			TERMS(reward, name)),
		err);
}

int reward_set(struct db *db, const struct act *act, const struct reward *reward, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	CLEANUP(mem_free) char *name = NULL;
	int64_t id;

	TRY(rule_code_check(reward->code, err));
	TRY(text_accept(reward->name, strlen(reward->name),
		&(struct text_limits){ "name", NAME_MAX_CHARS, false }, &name, err));
	TRY(check_numbers(reward, err));
	TRY(act_begin(&a, db, act, ACT_REWARD_SET,
		FIELDS(F_TEXT("code", reward->code), F_INT("stock", reward->stock),
			F_INT("is_counted", reward->is_counted), TERMS(reward, name)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_refers(db, reward, err));
	TRY(write_reward(&a, reward, name, &id, err));
	act_set_subject(&a, id, 0);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int reward_end(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_REWARD_END, FIELDS(F_INT("reward", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(reward_get(db, id, &reward, err));
	TRY(act_update(&a, "reward", id, FIELDS(F_INT("ended_at", a.now)), err));
	act_set_subject(&a, id, 0);
	return act_commit(&a, id, err);
}

int reward_resume(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t taken;

	TRY(act_begin(&a, db, act, ACT_REWARD_RESUME, FIELDS(F_INT("reward", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(reward_get(db, id, &reward, err));
	TRY(db_integer(db,
		"SELECT 1 FROM reward WHERE code = :code AND ended_at IS NULL AND id <> :id",
		FIELDS(F_TEXT("code", reward.code), F_INT("id", id)), 0, &taken, err));
	if (taken)
		return err_set(err, ERR_REFUSED, REASON_TEXT(NAME_EXISTS, reward.code));
	TRY(act_update(&a, "reward", id, FIELDS(F_NULL("ended_at")), err));
	act_set_subject(&a, id, 0);
	return act_commit(&a, id, err);
}

int reward_stock(struct db *db, const struct act *act, int64_t id, int64_t stock, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	if (stock < 0 || stock > REWARD_STOCK_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "stock"));
	TRY(act_begin(&a, db, act, ACT_REWARD_STOCK,
		FIELDS(F_INT("reward", id), F_INT("stock", stock)), err));
	if (a.is_repeat)
		return 0;
	TRY(reward_get(db, id, &reward, err));
	if (!reward.is_counted || reward.title)
		return err_set(err, ERR_REFUSED, REASON(STOCK_NONE));
	TRY(act_update(&a, "reward", id, FIELDS(F_INT("stock", stock)), err));
	act_set_subject(&a, id, 0);
	return act_commit(&a, id, err);
}
