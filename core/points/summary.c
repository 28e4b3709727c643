#include "core/points/summary.h"

#include <stdlib.h>

#include "core/base/mem.h"
#include "core/points/freeze.h"

/* ---- a household ---- */

void household_points_finish(struct household_points *list)
{
	free(list->rows);
	*list = (struct household_points){ 0 };
}

int points_of_household(
	struct db *db, int64_t household, struct household_points *ret, struct err *err)
{
	CLEANUP(household_points_finish) struct household_points list = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT id FROM resident WHERE household = :household AND left_on IS NULL"
		" ORDER BY number",
		FIELDS(F_INT("household", household)), err));
	while ((r = query_next(&q, err)) > 0) {
		list.rows = mem_resize(list.rows, (size_t)(list.count + 1) * sizeof(*list.rows));
		struct member_points *row = &list.rows[list.count++];
		*row = (struct member_points){ .resident = query_int(&q, "id") };
		TRY(points_balance(db, row->resident, &row->balance, err));
		TRY(points_frozen(db, row->resident, &row->frozen, err));
		list.total.n += row->balance.n;
	}
	if (r < 0)
		return r;
	*ret = list;
	list = (struct household_points){ 0 };
	return 0;
}

/* ---- the ranking ---- */

void ranking_finish(struct ranking *ranking)
{
	free(ranking->rows);
	*ranking = (struct ranking){ 0 };
}

int points_ranking(struct db *db, struct day from, struct day until, int limit, struct ranking *ret,
	struct err *err)
{
	CLEANUP(ranking_finish) struct ranking list = { 0 };
	CLEANUP(query_close) struct query q = QUERY_INIT;
	char first[11], end[11];
	int r;

	day_format(from, first);
	day_format(until, end);
	TRY(query_open(&q, db,
		"SELECT resident, sum(points) AS earned, rank() OVER (ORDER BY sum(points) DESC)"
		" AS place FROM earning JOIN account ON account.id = earning.account"
		" JOIN resident ON resident.id = account.resident"
		" LEFT JOIN points_person ON points_person.id = resident.id"
		" WHERE on_day >= :from AND on_day < :until AND status = 'posted' AND points > 0"
		" AND left_on IS NULL AND ifnull(is_unranked, 0) = 0 AND NOT EXISTS"
		" (SELECT 1 FROM transfer WHERE reverses = earning.transfer)"
		" GROUP BY resident ORDER BY place, number LIMIT :limit",
		FIELDS(F_TEXT("from", first), F_TEXT("until", end), F_INT("limit", limit)), err));
	while ((r = query_next(&q, err)) > 0) {
		list.rows = mem_resize(list.rows, (size_t)(list.count + 1) * sizeof(*list.rows));
		list.rows[list.count++] = (struct ranked){ .resident = query_int(&q, "resident"),
			.place = (int)query_int(&q, "place"),
			.earned = POINTS(query_int(&q, "earned")) };
	}
	if (r < 0)
		return r;
	*ret = list;
	list = (struct ranking){ 0 };
	return 0;
}

/* ---- a period ---- */

void period_sums_finish(struct period_sums *sums)
{
	for (int i = 0; i < sums->count; i++)
		free(sums->rows[i].kind);
	free(sums->rows);
	*sums = (struct period_sums){ 0 };
}

static int read_kinds(
	struct db *db, int64_t from, int64_t until, struct period_sums *sums, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;
	int r;

	TRY(query_open(&q, db,
		"SELECT kind, count(DISTINCT transfer.id) AS transfers, sum(max(amount, 0)) AS "
		"points"
		" FROM transfer JOIN entry ON entry.transfer = transfer.id"
		" WHERE at >= :from AND at < :until GROUP BY kind ORDER BY kind",
		FIELDS(F_INT("from", from), F_INT("until", until)), err));
	while ((r = query_next(&q, err)) > 0) {
		sums->rows =
			mem_resize(sums->rows, (size_t)(sums->count + 1) * sizeof(*sums->rows));
		sums->rows[sums->count++] =
			(struct kind_sum){ .kind = mem_text(query_text0(&q, "kind")),
				.transfers = query_int(&q, "transfers"),
				.points = POINTS(query_int(&q, "points")) };
	}
	return r;
}

int points_sums(
	struct db *db, int64_t from, int64_t until, struct period_sums *ret, struct err *err)
{
	CLEANUP(period_sums_finish) struct period_sums sums = { 0 };

	TRY(read_kinds(db, from, until, &sums, err));
	for (int i = 0; i < SYSTEM_ACCOUNT_COUNT; i++)
		TRY(points_balance_of_system(db, (enum system_account)i, &sums.balances[i], err));
	TRY(db_integer(db, "SELECT sum(balance) FROM account WHERE system IS NULL", NO_FIELDS, 0,
		&sums.held.n, err));
	*ret = sums;
	sums = (struct period_sums){ 0 };
	return 0;
}
