#include "core/points/freeze.h"

#include <assert.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/account_row.h"
#include "core/points/posting.h"
#include "core/points/reasons.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define FREEZE_SELECT                                                                   \
	"SELECT freeze.id AS id, resident, body, points, taken, frozen_at, settled_at," \
	" transfer FROM freeze JOIN account ON account.id = freeze.account"

/* The column of what they are frozen for, and how that is looked up. */
#define PURPOSE(column)                                                                         \
	{                                                                                       \
		column, FREEZE_SELECT " WHERE " column " = :of AND settled_at IS NULL",         \
			FREEZE_SELECT " WHERE " column " = :of ORDER BY freeze.id DESC LIMIT 1" \
	}
static const struct {
	const char *column, *open, *latest;
} purposes[] = { PURPOSE("loan"), PURPOSE("booking") };
static_assert(ARRAY_LEN(purposes) == FREEZE_PURPOSE_COUNT, "a column for each purpose");

static const struct column freeze_columns[] = {
	COLUMN(struct freeze, id),
	COLUMNS_HOLDER(struct freeze, whose),
	COLUMN_POINTS(struct freeze, points),
	COLUMN_POINTS(struct freeze, taken),
	COLUMN(struct freeze, frozen_at),
	COLUMN(struct freeze, settled_at),
	COLUMN(struct freeze, transfer),
};
static const struct row_type freeze_rows = ROW_TYPE(struct freeze, freeze_columns);

int freeze_of(
	struct db *db, enum freeze_purpose purpose, int64_t of, struct freeze *ret, struct err *err)
{
	return row_find(
		db, &freeze_rows, purposes[purpose].open, FIELDS(F_INT("of", of)), ret, err);
}

int freeze_latest_of(
	struct db *db, enum freeze_purpose purpose, int64_t of, struct freeze *ret, struct err *err)
{
	return row_find(
		db, &freeze_rows, purposes[purpose].latest, FIELDS(F_INT("of", of)), ret, err);
}

int points_frozen(struct db *db, int64_t resident, struct points *ret, struct err *err)
{
	return db_integer(db,
		"SELECT sum(points) FROM account JOIN freeze ON freeze.account = account.id"
		" WHERE resident = :resident AND settled_at IS NULL",
		FIELDS(F_INT("resident", resident)), 0, &ret->n, err);
}

/* ---- acts ---- */

int points_freeze(struct db *db, const struct act *act, const struct freeze_draft *draft,
	int64_t *ret_id, struct err *err)
{
	const struct posting_more more = { .is_covered = true };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct account account;
	struct freeze open;
	int64_t id, transfer;

	if (draft->points.n < 1 || draft->points.n > POINTS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
	TRY(act_begin(&a, db, act, ACT_FREEZE_MAKE,
		FIELDS(F_INT("resident", draft->whose.resident), F_INT("body", draft->whose.body),
			F_INT("points", draft->points.n),
			F_INT(purposes[draft->purpose].column, draft->of)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	int r = freeze_of(db, draft->purpose, draft->of, &open, err);
	if (r != 0)
		return r < 0 ? r : err_set(err, ERR_REFUSED, REASON(FREEZE_EXISTS));
	TRY(posting_move(&a, "freeze", draft->whose, HOLDER_SYSTEM(ACCOUNT_FROZEN), draft->points,
		&more, &transfer, err));
	TRY(account_on_demand(&a, draft->whose, &account, err));
	id = act_new_id(&a);
	TRY(act_insert(&a, "freeze",
		FIELDS(F_INT("id", id), F_INT("account", account.id),
			F_INT("points", draft->points.n),
			F_INT(purposes[draft->purpose].column, draft->of),
			F_INT("frozen_at", a.now), F_INT("transfer", transfer)),
		err));
	act_set_subject(&a, id, draft->whose.resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

static int post_settlement(struct acting *a, const struct freeze *freeze, struct points taken,
	int64_t *ret_id, struct err *err)
{
	const struct posting_more more = { .restores = freeze->transfer };
	struct posting postings[3] = {
		{ .system = ACCOUNT_FROZEN, .amount = POINTS(-freeze->points.n) },
	};
	int count = 1;

	if (taken.n < freeze->points.n)
		postings[count++] = (struct posting){ .resident = freeze->whose.resident,
			.body = freeze->whose.body,
			.amount = POINTS(freeze->points.n - taken.n) };
	if (taken.n > 0)
		postings[count++] =
			(struct posting){ .system = ACCOUNT_POOL, .amount = POINTS(taken.n) };
	const struct transfer_draft draft = { "release", postings, count };
	return posting_do(a, &draft, &more, ret_id, err);
}

static int check_settlement(const struct freeze *freeze, struct points taken, struct err *err)
{
	if (freeze->settled_at)
		return err_set(err, ERR_REFUSED, REASON(FREEZE_SETTLED));
	if (taken.n < 0 || taken.n > freeze->points.n)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
	return 0;
}

static int settle(struct db *db, const struct act *act, int64_t id, struct points taken,
	bool is_fee, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct freeze freeze;
	int64_t settlement;

	TRY(act_begin(&a, db, act, ACT_FREEZE_SETTLE,
		FIELDS(F_INT("freeze", id), F_INT("taken", taken.n)), err));
	if (a.is_repeat)
		return 0;
	TRY(row_get(db, &freeze_rows, FREEZE_SELECT " WHERE freeze.id = :id",
		FIELDS(F_INT("id", id)), &freeze, REASON(FREEZE_UNKNOWN), err));
	TRY(check_settlement(&freeze, taken, err));
	if (taken.n > 0 && !is_fee && (!act->why || !*act->why))
		return err_set(err, ERR_REFUSED, REASON(WHY_NEEDED));
	TRY(post_settlement(&a, &freeze, taken, &settlement, err));
	TRY(act_update(&a, "freeze", id,
		FIELDS(F_INT("settled_at", a.now), F_INT("taken", taken.n),
			F_INT("settlement", settlement)),
		err));
	act_set_subject(&a, id, freeze.whose.resident);
	return act_commit(&a, id, err);
}

int freeze_settle(
	struct db *db, const struct act *act, int64_t id, struct points taken, struct err *err)
{
	return settle(db, act, id, taken, false, err);
}

int freeze_charge(
	struct db *db, const struct act *act, int64_t id, struct points fee, struct err *err)
{
	return settle(db, act, id, fee, true, err);
}
