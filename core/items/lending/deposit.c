#include "core/items/lending/deposit.h"

#include "core/base/mem.h"
#include "core/items/lending/loan.h"
#include "core/items/reasons.h"
#include "core/points/reasons.h"
#include "core/site/hours.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/rows.h"

#define HOUR 3600

int deposit_check(struct db *db, int64_t resident, int64_t points, bool *ret_is_short,
	struct err *refusal, struct err *err)
{
	struct points balance = { 0 };

	*ret_is_short = false;
	if (points == 0)
		return 0;
	TRY(points_balance(db, resident, &balance, err));
	*ret_is_short = balance.n < points;
	if (*ret_is_short)
		err_refuse(refusal, REASON(DEPOSIT_SHORT, .n1 = points, .n2 = balance.n));
	return 0;
}

int deposit_take_within(
	struct acting *a, int64_t loan, int64_t resident, int64_t points, struct err *err)
{
	const struct freeze_draft draft = { HOLDER_RESIDENT(resident), POINTS(points), FREEZE_LOAN,
		loan };
	int64_t id;

	return points ? points_freeze(a->db, a->act, &draft, &id, err) : 0;
}

int deposit_back_within(struct acting *a, int64_t loan, struct err *err)
{
	struct freeze open;
	int r = freeze_of(a->db, FREEZE_LOAN, loan, &open, err);

	return r > 0 ? freeze_settle(a->db, a->act, open.id, POINTS(0), err) : r;
}

int deposit_again_within(struct acting *a, int64_t loan, struct err *err)
{
	struct points balance;
	struct freeze latest;
	int r = freeze_latest_of(a->db, FREEZE_LOAN, loan, &latest, err);

	if (r <= 0 || !latest.settled_at)
		return r < 0 ? r : 0;
	TRY(points_balance(a->db, latest.whose.resident, &balance, err));
	/* Spent since: the item is out anyway, and the deposit is as good as waived. */
	if (balance.n < latest.points.n)
		return 0;
	return deposit_take_within(a, loan, latest.whose.resident, latest.points.n, err);
}

int deposit_looked_within(struct acting *a, int64_t item, struct err *err)
{
	int64_t loan;

	TRY(db_integer(a->db,
		"SELECT loan.id FROM loan JOIN freeze ON freeze.loan = loan.id"
		" WHERE item = :item AND returned_at IS NOT NULL AND voided_at IS NULL"
		" AND settled_at IS NULL ORDER BY loan.id DESC LIMIT 1",
		FIELDS(F_INT("item", item)), 0, &loan, err));
	return loan ? deposit_back_within(a, loan, err) : 0;
}

int deposit_settle(
	struct db *db, const struct act *act, int64_t id, struct points taken, struct err *err)
{
	CLEANUP(loan_finish) struct loan loan = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct freeze open;

	TRY(act_begin(&a, db, act, ACT_DEPOSIT_SETTLE,
		FIELDS(F_INT("loan", id), F_INT("taken", taken.n)), err));
	if (a.is_repeat)
		return 0;
	TRY(loan_get(db, id, &loan, err));
	if (loan_is_open(&loan))
		return err_set(err, ERR_REFUSED, REASON(ITEM_OUT_OTHER, .n1 = loan.due_at));
	int r = freeze_of(db, FREEZE_LOAN, id, &open, err);
	if (r <= 0)
		return r < 0 ? r : err_set(err, ERR_NOT_FOUND, REASON(FREEZE_UNKNOWN));
	TRY(freeze_settle(db, act, open.id, taken, err));
	act_set_subject(&a, id, loan.resident);
	return act_commit(&a, id, err);
}

/* ---- what waits ---- */

static const struct column deposit_columns[] = {
	COLUMN(struct deposit, loan),
	COLUMN(struct deposit, number),
	COLUMN(struct deposit, item),
	COLUMN(struct deposit, resident),
	COLUMN_POINTS(struct deposit, points),
	COLUMN(struct deposit, returned_at),
	COLUMN(struct deposit, is_lost),
};
static const struct row_type deposit_rows = ROW_TYPE(struct deposit, deposit_columns);
LIST_FINISHER(deposit_list_finish, struct deposit_list, deposit_rows);

#define DEPOSIT_SELECT                                                                    \
	"SELECT loan.id AS loan, loan.number AS number, item, loan.resident AS resident," \
	" points, returned_at, lost_at IS NOT NULL AS is_lost"                            \
	" FROM freeze JOIN loan ON loan.id = freeze.loan"                                 \
	" JOIN item ON item.id = loan.item"                                               \
	" WHERE settled_at IS NULL AND returned_at IS NOT NULL"

int deposits_to_settle(struct db *db, struct deposit_list *ret, struct err *err)
{
	return rows_list(db, &deposit_rows, DEPOSIT_SELECT " ORDER BY returned_at, loan.id",
		NO_FIELDS, ret, err);
}

/* Was it open for `seconds` in total since `from`? */
static int has_been_open(struct db *db, int64_t from, int64_t seconds, bool *ret, struct err *err)
{
	int64_t now = db_now(db), open = 0;
	/* A night's hours belong to the day before. */
	struct day day = day_add(when_day(from), -1);

	for (; open < seconds && day_compare(day, when_day(now)) <= 0; day = day_add(day, 1)) {
		struct period periods[HOURS_PERIODS_MAX];
		int count = hours_on(db, day, periods, err);
		if (count < 0)
			return count;
		for (int i = 0; i < count; i++) {
			int64_t start = periods[i].start_at > from ? periods[i].start_at : from;
			int64_t end = periods[i].end_at < now ? periods[i].end_at : now;
			open += end > start ? end - start : 0;
		}
	}
	*ret = open >= seconds;
	return 0;
}

static int release(
	struct acting *a, const struct deposit_list *list, int *ret_count, struct err *err)
{
	int64_t hours;

	TRY(setting_int(a->db, SETTING_DEPOSIT_LOOK_HOURS, &hours, err));
	for (int i = 0; i < list->count; i++) {
		bool is_due;
		TRY(has_been_open(a->db, list->rows[i].returned_at, hours * HOUR, &is_due, err));
		if (!is_due)
			continue;
		TRY(deposit_back_within(a, list->rows[i].loan, err));
		(*ret_count)++;
	}
	return 0;
}

static int unseen(struct db *db, int64_t resident, struct deposit_list *ret, struct err *err)
{
	return rows_list(db, &deposit_rows,
		DEPOSIT_SELECT " AND needs_check = 1 AND lost_at IS NULL"
			       " AND (:resident = 0 OR loan.resident = :resident)",
		FIELDS(F_INT("resident", resident)), ret, err);
}

int deposits_release_due(
	struct db *db, const struct act *act, int64_t resident, int *ret_count, struct err *err)
{
	CLEANUP(deposit_list_finish) struct deposit_list list = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int count = 0;

	if (ret_count)
		*ret_count = 0;
	/* Usually there is nothing, and then nothing is written. */
	TRY(unseen(db, resident, &list, err));
	if (list.count == 0)
		return 0;
	TRY(act_begin(&a, db, act, ACT_DEPOSIT_RELEASE, FIELDS(F_INT("resident", resident)), err));
	if (a.is_repeat)
		return 0;
	TRY(release(&a, &list, &count, err));
	if (count == 0)
		return 0;
	TRY(act_commit(&a, count, err));
	if (ret_count)
		*ret_count = count;
	return 0;
}
