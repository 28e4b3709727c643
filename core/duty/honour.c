#include "core/duty/honour.h"

#include "core/base/reasons.h"
#include "core/duty/service_hours.h"
#include "core/store/rows.h"

#define ONE_STAR (INT64_C(100) * 60) /* minutes; service_stars has all thresholds */

/* From `from` to before `until`, as the columns store them. */
struct period {
	char from[11], until[11];
};

static int period_of(int year, int64_t now, struct period *ret, struct err *err)
{
	struct day from = { year ? year : DAY_YEAR_MIN, 1, 1 };
	struct day until = year ? (struct day){ year + 1, 1, 1 } : day_add(when_day(now), 1);

	if (!day_is_valid(from) || !day_is_valid(until))
		return err_set(err, ERR_INVALID, REASON_TEXT(DATE_BAD, "year"));
	day_format(from, ret->from);
	day_format(until, ret->until);
	return 0;
}

/* A line that was reversed and its reversal cancel out; a reversed transfer leaves nothing
 * earned. */
#define SUMS                                                                                      \
	"WITH hours AS (SELECT resident, sum(credited) AS total,"                                 \
	" sum(iif(served_on >= :from, credited, 0)) AS served FROM service_hours"                 \
	" WHERE is_waiting = 0 AND served_on < :until"                                            \
	" AND (:resident = 0 OR resident = :resident) GROUP BY resident),"                        \
	" gains AS (SELECT account.resident AS resident, sum(points) AS earned FROM earning"      \
	" JOIN account ON account.id = earning.account WHERE on_day >= :from AND on_day < :until" \
	" AND status = 'posted' AND (:resident = 0 OR account.resident = :resident) AND NOT"      \
	" EXISTS (SELECT 1 FROM transfer WHERE reverses = earning.transfer)"                      \
	" GROUP BY account.resident) "

static int read_stars(const struct query *q, void *row, struct err *err)
{
	struct honoured *honoured = row;

	honoured->stars = service_stars(honoured->total);
	return 0;
}

static const struct column honoured_columns[] = {
	COLUMN_AS(struct honoured, resident, "id"),
	COLUMN(struct honoured, place),
	COLUMN_AS(struct honoured, total.n, "total"),
	COLUMN_AS(struct honoured, served.n, "served"),
	COLUMN_POINTS(struct honoured, earned),
};
static const struct row_type honoured_rows =
	ROW_TYPE_MORE(struct honoured, honoured_columns, read_stars);
LIST_FINISHER(honours_finish, struct honours, honoured_rows);

static int read_list(struct db *db, const struct period *period, int64_t least, int limit,
	struct honours *ret, struct err *err)
{
	return rows_list(db, &honoured_rows,
		SUMS "SELECT resident.id AS id, total, served, earned,"
		     " rank() OVER (ORDER BY ifnull(served, 0) DESC, ifnull(earned, 0) DESC)"
		     " AS place FROM resident LEFT JOIN hours ON hours.resident = resident.id"
		     " LEFT JOIN gains ON gains.resident = resident.id"
		     " LEFT JOIN points_person ON points_person.id = resident.id"
		     " WHERE left_on IS NULL AND ifnull(is_unranked, 0) = 0"
		     " AND ifnull(served, 0) >= :least AND (served > 0 OR earned > 0)"
		     " ORDER BY place, number LIMIT :limit",
		FIELDS(F_TEXT("from", period->from), F_TEXT("until", period->until),
			F_INT("resident", 0), F_INT("least", least), F_INT("limit", limit)),
		ret, err);
}

int honours_by_stars(struct db *db, struct honours *ret, struct err *err)
{
	struct period period;

	TRY(period_of(0, db_now(db), &period, err));
	return read_list(db, &period, ONE_STAR, -1, ret, err);
}

int honours_of_year(struct db *db, int year, int limit, struct honours *ret, struct err *err)
{
	struct period period;

	TRY(period_of(year ? year : -1, db_now(db), &period, err));
	return read_list(db, &period, 0, limit, ret, err);
}

int honours_of_resident(
	struct db *db, int64_t resident, int year, struct honoured *ret, struct err *err)
{
	struct period period;

	TRY(period_of(year, db_now(db), &period, err));
	int r = row_find(db, &honoured_rows,
		SUMS "SELECT :resident AS id, 0 AS place, (SELECT total FROM hours) AS total,"
		     " (SELECT served FROM hours) AS served, (SELECT earned FROM gains) AS earned",
		FIELDS(F_TEXT("from", period.from), F_TEXT("until", period.until),
			F_INT("resident", resident)),
		ret, err);
	return r < 0 ? r : 0;
}
