#include "core/points/gift.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/people/reasons.h"
#include "core/people/resident.h"
#include "core/points/cap.h"
#include "core/points/posting.h"
#include "core/points/reasons.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

/* ---- kin ---- */

static struct field const *pair(int64_t resident, int64_t other, struct field out[3])
{
	out[0] = F_INT("one", resident < other ? resident : other);
	out[1] = F_INT("two", resident < other ? other : resident);
	out[2] = (struct field){ 0 };
	return out;
}

static int kin_row(struct db *db, int64_t resident, int64_t other, int64_t *ret, struct err *err)
{
	struct field fields[3];

	return db_integer(db,
		"SELECT id FROM kin WHERE resident = :one AND other = :two AND ended_at IS NULL",
		pair(resident, other, fields), 0, ret, err);
}

static int check_here(struct db *db, int64_t id, struct err *err)
{
	struct resident resident;

	TRY(resident_get(db, id, &resident, err));
	return resident.has_left ? err_set(err, ERR_REFUSED, REASON(RESIDENT_LEFT)) : 0;
}

int kin_add(struct db *db, const struct act *act, int64_t resident, int64_t other, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct field fields[3];
	int64_t id;

	if (resident == other)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "resident"));
	TRY(act_begin(&a, db, act, ACT_KIN_ADD, pair(resident, other, fields), err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(check_here(db, resident, err));
	TRY(check_here(db, other, err));
	TRY(kin_row(db, resident, other, &id, err));
	if (!id) {
		id = act_new_id(&a);
		TRY(act_insert(&a, "kin",
			FIELDS(F_INT("id", id), F_INT("resident", fields[0].integer),
				F_INT("other", fields[1].integer), F_INT("added_at", a.at)),
			err));
	}
	act_set_subject(&a, id, resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

int kin_end(struct db *db, const struct act *act, int64_t resident, int64_t other, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct field fields[3];
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_KIN_END, pair(resident, other, fields), err));
	if (a.is_repeat)
		return 0;
	TRY(kin_row(db, resident, other, &id, err));
	if (!id)
		return err_set(err, ERR_NOT_FOUND, REASON(RESIDENT_UNKNOWN));
	TRY(act_update(&a, "kin", id, FIELDS(F_INT("ended_at", a.now)), err));
	act_set_subject(&a, id, resident);
	return act_commit(&a, id, err);
}

int kin_of(struct db *db, int64_t resident, int64_t **ret, struct err *err)
{
	return rows_ids(db,
		"SELECT id FROM resident WHERE left_on IS NULL AND id IN"
		" (SELECT other FROM kin WHERE resident = :resident AND ended_at IS NULL UNION ALL"
		" SELECT resident FROM kin WHERE other = :resident AND ended_at IS NULL)"
		" ORDER BY number",
		FIELDS(F_INT("resident", resident)), ret, err);
}

/* ---- giving ---- */

static int check_gift(
	struct db *db, int64_t from, int64_t to, struct points points, struct err *err)
{
	struct err refusal = { 0 };
	struct points room;
	int64_t kin;

	TRY(check_here(db, to, err));
	TRY(kin_row(db, from, to, &kin, err));
	TRY(points_room(db, HOLDER_RESIDENT(to), &room, err));
	if (!kin)
		err_refuse(&refusal, REASON(NOT_KIN));
	if (points.n > room.n)
		err_refuse(&refusal, REASON(POINTS_CAP, .n1 = room.n));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

static int move(struct acting *a, struct holder from, struct holder to, struct points points,
	int64_t *ret_transfer, struct err *err)
{
	const struct posting_more more = { .is_covered = true };
	int64_t transfer;

	TRY(posting_move(
		a, to.resident ? "gift" : "donate", from, to, points, &more, &transfer, err));
	act_set_subject(a, transfer, from.resident);
	TRY(act_commit(a, transfer, err));
	*ret_transfer = transfer;
	return 0;
}

static int check_amount(struct points points, struct err *err)
{
	if (points.n < 1 || points.n > POINTS_MAX)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "amount"));
	return 0;
}

int points_give(struct db *db, const struct act *act, const struct points_gift *gift,
	int64_t *ret_transfer, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(check_amount(gift->points, err));
	TRY(act_begin(&a, db, act, ACT_POINTS_GIVE,
		FIELDS(F_INT("from", gift->from), F_INT("to", gift->to),
			F_INT("points", gift->points.n)),
		err));
	if (a.is_repeat) {
		*ret_transfer = a.result;
		return 0;
	}
	TRY(check_gift(db, gift->from, gift->to, gift->points, err));
	const struct holder giver = HOLDER_RESIDENT(gift->from), taker = HOLDER_RESIDENT(gift->to);
	return move(&a, giver, taker, gift->points, ret_transfer, err);
}

int points_donate(struct db *db, const struct act *act, struct holder from, struct points points,
	int64_t *ret_transfer, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(check_amount(points, err));
	TRY(act_begin(&a, db, act, ACT_POINTS_DONATE,
		FIELDS(F_INT("resident", from.resident), F_INT("body", from.body),
			F_INT("points", points.n)),
		err));
	if (a.is_repeat) {
		*ret_transfer = a.result;
		return 0;
	}
	return move(&a, from, HOLDER_SYSTEM(ACCOUNT_POOL), points, ret_transfer, err);
}
