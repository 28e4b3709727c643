#include "core/points/lot.h"

#include "core/base/mem.h"
#include "core/points/lot_within.h"
#include "core/points/notice.h"
#include "core/points/posting.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

static const struct column expiring_columns[] = {
	COLUMN_AS(struct expiring, on, "expires_on"),
	COLUMN_POINTS(struct expiring, points),
	COLUMN(struct expiring, is_noticed),
};
static const struct row_type expiring_rows = ROW_TYPE(struct expiring, expiring_columns);

int points_expiring(struct db *db, int64_t resident, struct expiring *ret, struct err *err)
{
	return row_or_zero(db, &expiring_rows,
		"SELECT expires_on, sum(remaining) AS points, min(noticed_on) IS NOT NULL"
		" AS is_noticed FROM lot JOIN account ON account.id = lot.account"
		" WHERE resident = :resident AND remaining > 0 GROUP BY expires_on"
		" ORDER BY expires_on LIMIT 1",
		FIELDS(F_INT("resident", resident)), ret, err);
}

static int give_notice(
	struct acting *a, const char *today, const char *until, struct expiry *ret, struct err *err)
{
	CLEANUP(lot_list_finish) struct lot_list list = { 0 };

	TRY(rows_list(a->db, &lot_rows,
		"SELECT id, remaining, expires_on FROM lot WHERE remaining > 0"
		" AND noticed_on IS NULL AND expires_on <= :until ORDER BY id",
		FIELDS(F_TEXT("until", until)), &list, err));
	for (int i = 0; i < list.count; i++)
		TRY(act_update(
			a, "lot", list.rows[i].id, FIELDS(F_TEXT("noticed_on", today)), err));
	ret->noticed = list.count;
	return 0;
}

static int expire_one(struct acting *a, const struct lot *lot, struct err *err)
{
	const struct posting_more more = { .lot = lot->id };
	struct holder whose;
	int64_t account, id;

	TRY(db_integer(a->db, "SELECT account FROM lot WHERE id = :id",
		FIELDS(F_INT("id", lot->id)), 0, &account, err));
	TRY(account_holder(a->db, account, &whose, err));
	return posting_move(a, "expiry", whose, HOLDER_SYSTEM(ACCOUNT_POOL), POINTS(lot->remaining),
		&more, &id, err);
}

static int let_expire(struct acting *a, const char *today, const char *noticed, struct expiry *ret,
	struct err *err)
{
	CLEANUP(lot_list_finish) struct lot_list list = { 0 };

	TRY(rows_list(a->db, &lot_rows,
		"SELECT id, remaining, expires_on FROM lot WHERE remaining > 0"
		" AND expires_on <= :today AND noticed_on <= :noticed ORDER BY account, "
		"expires_on, "
		"id",
		FIELDS(F_TEXT("today", today), F_TEXT("noticed", noticed)), &list, err));
	for (int i = 0; i < list.count; i++) {
		TRY(expire_one(a, &list.rows[i], err));
		ret->points.n += list.rows[i].remaining;
	}
	ret->expired = list.count;
	return 0;
}

int points_expire(struct db *db, const struct act *act, struct expiry *ret, struct err *err)
{
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct expiry expiry = { 0 };
	char today[11], until[11], noticed[11];
	int64_t days;

	TRY(act_begin(&a, db, act, ACT_POINTS_EXPIRE, NO_FIELDS, err));
	*ret = expiry;
	if (a.is_repeat)
		return 0;
	TRY(setting_int(db, SETTING_POINTS_NOTICE_DAYS, &days, err));
	day_format(when_day(a.now), today);
	day_format(day_add(when_day(a.now), (int)days), until);
	day_format(day_add(when_day(a.now), (int)-days), noticed);
	TRY(let_expire(&a, today, noticed, &expiry, err));
	TRY(give_notice(&a, today, until, &expiry, err));
	TRY(notice_tell(&a, until, err));
	TRY(act_commit(&a, expiry.points.n, err));
	*ret = expiry;
	return 0;
}
