#include "core/points/lot_within.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

void lots_finish(struct lots *lots)
{
	free(lots->pieces);
	lots->pieces = NULL;
	lots->count = 0;
}

static const struct column lot_columns[] = {
	COLUMN(struct lot, id),
	COLUMN(struct lot, remaining),
	COLUMN(struct lot, expires_on),
};
const struct row_type lot_rows = ROW_TYPE(struct lot, lot_columns);
LIST_FINISHER(lot_list_finish, struct lot_list, lot_rows);

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* ---- leaving ---- */

static void keep_piece(struct lots *lots, const struct lot *lot, int64_t amount)
{
	lots->pieces = mem_resize(lots->pieces, (size_t)(lots->count + 1) * sizeof(*lots->pieces));
	struct lot_piece *piece = &lots->pieces[lots->count++];
	*piece = (struct lot_piece){ .amount = amount };
	memcpy(piece->expires_on, lot->expires_on, sizeof(piece->expires_on));
}

static int take_from(struct acting *a, struct lots *lots, const struct lot *lot, int64_t entry,
	int64_t amount, struct err *err)
{
	TRY(act_update(
		a, "lot", lot->id, FIELDS(F_INT("remaining", lot->remaining - amount)), err));
	TRY(act_insert(a, "lot_use",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("entry", entry), F_INT("lot", lot->id),
			F_INT("amount", amount)),
		err));
	keep_piece(lots, lot, amount);
	return 0;
}

/* The lots to take from, in order: the named one, those that the reversed transfer brought, then
 * the oldest. */
static int take(struct acting *a, struct lots *lots, int64_t account, int64_t entry, int64_t amount,
	struct err *err)
{
	CLEANUP(lot_list_finish) struct lot_list list = { 0 };

	TRY(rows_list(a->db, &lot_rows,
		"SELECT id, remaining, expires_on FROM lot"
		" WHERE account = :account AND remaining > 0"
		" ORDER BY id = :first DESC, entry IN"
		" (SELECT id FROM entry WHERE transfer = :restores) DESC, expires_on, id",
		FIELDS(F_INT("account", account), F_INT("first", lots->first),
			F_INT("restores", lots->restores)),
		&list, err));
	for (int i = 0; i < list.count && amount > 0; i++) {
		int64_t n = least(amount, list.rows[i].remaining);
		TRY(take_from(a, lots, &list.rows[i], entry, n, err));
		amount -= n;
	}
	return 0;
}

/* ---- arriving ---- */

static int add_lot(struct acting *a, int64_t account, int64_t entry, const char *expires_on,
	int64_t amount, struct err *err)
{
	return act_insert(a, "lot",
		FIELDS(F_INT("id", act_new_id(a)), F_INT("account", account), F_INT("entry", entry),
			F_TEXT("expires_on", expires_on), F_INT("amount", amount),
			F_INT("remaining", amount)),
		err);
}

static int give_back_use(
	struct acting *a, int64_t use, int64_t n, int64_t returned, int64_t lot, struct err *err)
{
	int64_t remaining;

	TRY(db_integer(a->db, "SELECT remaining FROM lot WHERE id = :id", FIELDS(F_INT("id", lot)),
		0, &remaining, err));
	TRY(act_update(a, "lot_use", use, FIELDS(F_INT("returned", returned + n)), err));
	return act_update(a, "lot", lot, FIELDS(F_INT("remaining", remaining + n)), err);
}

struct use {
	int64_t id, lot, amount, returned;
};
struct use_list {
	struct use *rows;
	int count;
};
static const struct column use_columns[] = {
	COLUMN(struct use, id),
	COLUMN(struct use, lot),
	COLUMN(struct use, amount),
	COLUMN(struct use, returned),
};
static const struct row_type use_rows = ROW_TYPE(struct use, use_columns);
static LIST_FINISHER(use_list_finish, struct use_list, use_rows);

/* The last taken come back first: if part of a deposit is kept, it is the oldest points. */
static int restore(
	struct acting *a, int64_t restores, int64_t account, int64_t amount, struct err *err)
{
	CLEANUP(use_list_finish) struct use_list uses = { 0 };

	TRY(rows_list(a->db, &use_rows,
		"SELECT lot_use.id AS id, lot, lot_use.amount AS amount, returned"
		" FROM entry JOIN lot_use ON lot_use.entry = entry.id"
		" WHERE entry.transfer = :transfer AND entry.account = :account"
		" AND returned < lot_use.amount ORDER BY lot_use.id DESC",
		FIELDS(F_INT("transfer", restores), F_INT("account", account)), &uses, err));
	for (int i = 0; i < uses.count && amount > 0; i++) {
		const struct use *use = &uses.rows[i];
		int64_t n = least(amount, use->amount - use->returned);
		TRY(give_back_use(a, use->id, n, use->returned, use->lot, err));
		amount -= n;
	}
	return 0;
}

static int unpack(struct acting *a, struct lots *lots, int64_t account, int64_t entry,
	int64_t amount, struct err *err)
{
	for (int i = 0; i < lots->count && amount > 0; i++) {
		struct lot_piece *piece = &lots->pieces[i];
		int64_t n = least(amount, piece->amount);
		if (n > 0)
			TRY(add_lot(a, account, entry, piece->expires_on, n, err));
		piece->amount -= n;
		amount -= n;
	}
	return 0;
}

static struct day months_later(struct day day, int64_t months)
{
	int month = day.month - 1 + (int)months;

	day.year += month / 12;
	day.month = month % 12 + 1;
	while (!day_is_valid(day))
		day.day--;
	return day;
}

static int date(struct acting *a, int64_t account, int64_t entry, int64_t amount, struct err *err)
{
	char expires_on[11];
	int64_t months;

	TRY(setting_int(a->db, SETTING_POINTS_MONTHS, &months, err));
	if (months == 0)
		return 0;
	day_format(months_later(when_day(a->now), months), expires_on);
	return add_lot(a, account, entry, expires_on, amount, err);
}

int lots_move(struct acting *a, struct lots *lots, const struct account *before, int64_t entry,
	struct points amount, struct err *err)
{
	int64_t held;

	if (amount.n < 0)
		return take(a, lots, before->id, entry, -amount.n, err);
	TRY(db_integer(a->db,
		"SELECT sum(remaining) FROM lot WHERE account = :account AND remaining > 0",
		FIELDS(F_INT("account", before->id)), 0, &held, err));
	/* If the account was in debt, that much less has a date. */
	int64_t n = least(amount.n, before->balance + amount.n - held);
	if (n <= 0)
		return 0;
	if (lots->restores)
		return restore(a, lots->restores, before->id, n, err);
	if (lots->is_issued)
		return date(a, before->id, entry, n, err);
	return unpack(a, lots, before->id, entry, n, err);
}
