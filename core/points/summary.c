#include "core/points/summary.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/freeze.h"
#include "core/store/rows.h"

/* ---- a household ---- */

static const struct column member_columns[] = { COLUMN_AS(struct member_points, resident, "id") };
static const struct row_type member_rows = ROW_TYPE(struct member_points, member_columns);
LIST_FINISHER(household_points_finish, struct household_points, member_rows);

int points_of_household(
	struct db *db, int64_t household, struct household_points *ret, struct err *err)
{
	CLEANUP(household_points_finish) struct household_points list = { 0 };

	TRY(rows_list(db, &member_rows,
		"SELECT id FROM resident WHERE household = :household AND left_on IS NULL"
		" ORDER BY number",
		FIELDS(F_INT("household", household)), &list, err));
	for (int i = 0; i < list.count; i++) {
		struct member_points *row = &list.rows[i];
		TRY(points_balance(db, row->resident, &row->balance, err));
		TRY(points_frozen(db, row->resident, &row->frozen, err));
		list.total.n += row->balance.n;
	}
	*ret = list;
	list = (struct household_points){ 0 };
	return 0;
}

/* ---- the ranking ---- */

static const struct column ranked_columns[] = {
	COLUMN(struct ranked, resident),
	COLUMN(struct ranked, place),
	COLUMN_POINTS(struct ranked, earned),
};
static const struct row_type ranked_rows = ROW_TYPE(struct ranked, ranked_columns);
LIST_FINISHER(ranking_finish, struct ranking, ranked_rows);

int points_ranking(struct db *db, struct day from, struct day until, int limit, struct ranking *ret,
	struct err *err)
{
	char first[11], end[11];

	day_format(from, first);
	day_format(until, end);
	return rows_list(db, &ranked_rows,
		"SELECT resident, sum(points) AS earned, rank() OVER (ORDER BY sum(points) DESC)"
		" AS place FROM earning JOIN account ON account.id = earning.account"
		" JOIN resident ON resident.id = account.resident"
		" LEFT JOIN points_person ON points_person.id = resident.id"
		" WHERE on_day >= :from AND on_day < :until AND status = 'posted' AND points > 0"
		" AND left_on IS NULL AND ifnull(is_unranked, 0) = 0 AND NOT EXISTS"
		" (SELECT 1 FROM transfer WHERE reverses = earning.transfer)"
		" GROUP BY resident ORDER BY place, number LIMIT :limit",
		FIELDS(F_TEXT("from", first), F_TEXT("until", end), F_INT("limit", limit)), ret,
		err);
}

/* ---- a period ---- */

static const struct column kind_columns[] = {
	COLUMN(struct kind_sum, kind),
	COLUMN(struct kind_sum, transfers),
	COLUMN_POINTS(struct kind_sum, points),
};
static const struct row_type kind_rows = ROW_TYPE(struct kind_sum, kind_columns);
LIST_FINISHER(period_sums_finish, struct period_sums, kind_rows);

int points_sums(
	struct db *db, int64_t from, int64_t until, struct period_sums *ret, struct err *err)
{
	CLEANUP(period_sums_finish) struct period_sums sums = { 0 };

	TRY(rows_list(db, &kind_rows,
		"SELECT kind, count(DISTINCT transfer.id) AS transfers,"
		" sum(max(amount, 0)) AS points"
		" FROM transfer JOIN entry ON entry.transfer = transfer.id"
		" WHERE at >= :from AND at < :until GROUP BY kind ORDER BY kind",
		FIELDS(F_INT("from", from), F_INT("until", until)), &sums, err));
	for (int i = 0; i < SYSTEM_ACCOUNT_COUNT; i++)
		TRY(points_balance_of_system(db, (enum system_account)i, &sums.balances[i], err));
	TRY(db_integer(db, "SELECT sum(balance) FROM account WHERE system IS NULL", NO_FIELDS, 0,
		&sums.held.n, err));
	*ret = sums;
	sums = (struct period_sums){ 0 };
	return 0;
}
