#include "core/rewards/redemption.h"

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/duty/service_hours.h"
#include "core/items/catalogue/stock.h"
#include "core/items/reasons.h"
#include "core/people/pause.h"
#include "core/people/resident.h"
#include "core/points/body.h"
#include "core/points/earning.h"
#include "core/points/fund.h"
#include "core/points/person.h"
#include "core/points/posting.h"
#include "core/points/reasons.h"
#include "core/points/reversal.h"
#include "core/rewards/reasons.h"
#include "core/rewards/voucher.h"
#include "core/store/act_reasons.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/rows.h"

/* ---- reading ---- */

static const struct column redemption_columns[] = {
	COLUMN(struct redemption, id),
	COLUMN(struct redemption, number),
	COLUMN(struct redemption, reward),
	COLUMNS_HOLDER(struct redemption, whose),
	COLUMN(struct redemption, name),
	COLUMN(struct redemption, count),
	COLUMN(struct redemption, points),
	COLUMN(struct redemption, fen),
	COLUMN(struct redemption, redeemed_at),
	COLUMN(struct redemption, undone_at),
	COLUMN(struct redemption, settlement),
};
static const struct row_type redemption_rows = ROW_TYPE(struct redemption, redemption_columns);
ROW_FINISHER(redemption_finish, struct redemption, redemption_rows);
LIST_FINISHER(redemption_list_finish, struct redemption_list, redemption_rows);

#define REDEMPTION_SELECT                                                                      \
	"SELECT redemption.id AS id, number, reward, resident, redemption.body AS body, name," \
	" count, redemption.points AS points, redemption.fen AS fen, redeemed_at, undone_at,"  \
	" settlement"                                                                          \
	" FROM redemption JOIN reward ON reward.id = redemption.reward"

int redemption_get(struct db *db, int64_t id, struct redemption *ret, struct err *err)
{
	return row_get(db, &redemption_rows, REDEMPTION_SELECT " WHERE redemption.id = :id",
		FIELDS(F_INT("id", id)), ret, REASON(REDEMPTION_UNKNOWN), err);
}

int redemption_by_number(struct db *db, int64_t number, struct redemption *ret, struct err *err)
{
	return row_get(db, &redemption_rows, REDEMPTION_SELECT " WHERE number = :number",
		FIELDS(F_INT("number", number)), ret, REASON(REDEMPTION_UNKNOWN), err);
}

int redemptions(struct db *db, int64_t resident, int64_t before, int limit,
	struct redemption_list *ret, struct err *err)
{
	return rows_list(db, &redemption_rows,
		REDEMPTION_SELECT " WHERE (:resident = 0 OR resident = :resident)"
				  " AND number < :before ORDER BY number DESC LIMIT :limit",
		FIELDS(F_INT("resident", resident), F_INT("before", before ? before : INT64_MAX),
			F_INT("limit", limit)),
		ret, err);
}

/* ---- may they ---- */

static int check_draft(const struct act *act, const struct redeem_draft *draft,
	const struct reward *reward, struct err *err)
{
	bool is_voucher = reward->kind == REWARD_VOUCHER;
	int64_t price = draft->currency == FOR_POINTS ? reward->points : reward->fen;

	if (draft->count < 1 || draft->count > (is_voucher ? 1 : REDEEM_COUNT_MAX))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "count"));
	if (price == 0)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "price"));
	if (draft->currency == FOR_YUAN && act->role < ROLE_VOLUNTEER)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	return 0;
}

static int check_whose(struct db *db, struct holder whose, struct err *err, struct err *refusal)
{
	CLEANUP(body_finish) struct body body = { 0 };
	struct resident resident;

	if (whose.body)
		return body_get(db, whose.body, &body, err);
	TRY(resident_get(db, whose.resident, &resident, err));
	presence_check(db, &resident, refusal);
	return 0;
}

static int64_t month_start(int64_t now)
{
	struct day day = when_day(now);

	day.day = 1;
	return when_day_start(day);
}

static int check_limit(struct db *db, const struct redeem_draft *draft, const struct reward *reward,
	struct err *err, struct err *refusal)
{
	int64_t had;

	if (!reward->month_limit)
		return 0;
	TRY(db_integer(db,
		"SELECT sum(count) FROM redemption WHERE reward = :reward AND undone_at IS NULL"
		" AND redeemed_at >= :since AND (resident = :resident OR body = :body)",
		FIELDS(F_INT("reward", reward->id), F_INT("since", month_start(db_now(db))),
			F_ID("resident", draft->whose.resident), F_ID("body", draft->whose.body)),
		0, &had, err));
	if (had + draft->count > reward->month_limit)
		err_refuse(refusal, REASON(REWARD_LIMIT, .n1 = had, .n2 = reward->month_limit));
	return 0;
}

/* Z8: off unless the row requires it, and never for a body. */
static int check_service(struct db *db, const struct redeem_draft *draft,
	const struct reward *reward, struct err *err, struct err *refusal)
{
	struct points_person person;
	struct minutes certified;
	int64_t done;

	if (!reward->service_minutes || draft->whose.body)
		return 0;
	TRY(points_person(db, draft->whose.resident, &person, err));
	TRY(earned_minutes(db, draft->whose.resident, &done, err));
	TRY(service_hours_total(db, draft->whose.resident, &certified, err));
	/* Certified by duty, or, where skills and activities count, what points were given for. */
	done = certified.n > done ? certified.n : done;
	if (!person.is_exempt && done < reward->service_minutes)
		err_refuse(
			refusal, REASON(SERVICE_FIRST, .n1 = reward->service_minutes, .n2 = done));
	return 0;
}

/* A merchant may spend what it has earned, not what has to be settled with it. */
static int read_spendable(struct db *db, struct holder whose, struct points *ret, struct err *err)
{
	int64_t owed;

	TRY(points_balance_of(db, whose, ret, err));
	if (!whose.body)
		return 0;
	TRY(db_integer(db,
		"SELECT sum(redemption.points) FROM redemption"
		" JOIN reward ON reward.id = redemption.reward"
		" WHERE reward.body = :body AND undone_at IS NULL AND settlement IS NULL",
		FIELDS(F_INT("body", whose.body)), 0, &owed, err));
	ret->n = ret->n > owed ? ret->n - owed : 0;
	return 0;
}

static int check_points(struct db *db, const struct redeem_draft *draft,
	const struct reward *reward, struct err *err, struct err *refusal)
{
	int64_t price = reward->points * draft->count;
	struct points balance;

	if (draft->currency != FOR_POINTS)
		return 0;
	TRY(read_spendable(db, draft->whose, &balance, err));
	if (balance.n < price)
		err_refuse(refusal, REASON(POINTS_SHORT, .n1 = price, .n2 = balance.n));
	return 0;
}

static int check(struct db *db, const struct act *act, const struct redeem_draft *draft,
	const struct reward *reward, struct err *err)
{
	struct err refusal = { 0 };
	int64_t ended;

	TRY(check_draft(act, draft, reward, err));
	TRY(check_whose(db, draft->whose, err, &refusal));
	TRY(db_integer(db, "SELECT ended_at FROM reward WHERE id = :id",
		FIELDS(F_INT("id", reward->id)), 0, &ended, err));
	if (ended)
		err_refuse(&refusal, REASON(REWARD_ENDED));
	if (reward->is_counted && reward->stock == 0)
		err_refuse(&refusal, REASON(STOCK_OUT));
	else if (reward->is_counted && reward->stock < draft->count)
		err_refuse(&refusal, REASON(STOCK_SHORT, .n1 = reward->stock));
	if (!act->is_override) {
		TRY(check_limit(db, draft, reward, err, &refusal));
		TRY(check_service(db, draft, reward, err, &refusal));
	}
	TRY(check_points(db, draft, reward, err, &refusal));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

int redeem_check(
	struct db *db, const struct act *act, const struct redeem_draft *draft, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };

	TRY(reward_get(db, draft->reward, &reward, err));
	return check(db, act, draft, &reward, err);
}

/* ---- the act ---- */

static int take_stock(struct acting *a, const struct reward *reward, int64_t count, struct err *err)
{
	if (reward->title)
		return stock_take(a->db, a->act, reward->title, count, NULL, err);
	if (!reward->is_counted)
		return 0;
	return act_update(
		a, "reward", reward->id, FIELDS(F_INT("stock", reward->stock - count)), err);
}

static int pay(struct acting *a, const struct redeem_draft *draft, const struct reward *reward,
	int64_t id, int64_t *ret_transfer, int64_t *ret_line, struct err *err)
{
	/* The merchant is owed what was paid for their goods: settlement.h. */
	const struct posting_more more = { .is_covered = true, .is_undated = true };
	const struct holder to =
		reward->body ? HOLDER_BODY(reward->body) : HOLDER_SYSTEM(ACCOUNT_REDEEMED);

	if (draft->currency == FOR_POINTS)
		return posting_move(a, "redeem", draft->whose, to,
			POINTS(reward->points * draft->count), &more, ret_transfer, err);
	const struct fund_draft line = { FUND_REDEMPTION, reward->fen * draft->count, id };
	return fund_post(a->db, a->act, &line, ret_line, err);
}

static int write_redemption(struct acting *a, const struct redeem_draft *draft,
	const struct reward *reward, int64_t id, struct err *err)
{
	bool is_points = draft->currency == FOR_POINTS;
	int64_t number, transfer = 0, line = 0;

	TRY(pay(a, draft, reward, id, &transfer, &line, err));
	TRY(db_integer(a->db, NEXT_NUMBER("redemption"), NO_FIELDS, 1, &number, err));
	return act_insert(a, "redemption",
		FIELDS(F_INT("id", id), F_INT("number", number), F_INT("reward", reward->id),
			F_ID("resident", draft->whose.resident), F_ID("body", draft->whose.body),
			F_INT("count", draft->count),
			F_INT("points", is_points ? reward->points * draft->count : 0),
			F_INT("fen", is_points ? 0 : reward->fen * draft->count),
			F_ID("transfer", transfer), F_ID("fund_line", line),
			F_INT("redeemed_at", a->now)),
		err);
}

int redeem(struct db *db, const struct act *act, const struct redeem_draft *draft, int64_t *ret_id,
	struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	int64_t id;

	TRY(act_begin(&a, db, act, ACT_REDEEM,
		FIELDS(F_INT("reward", draft->reward), F_INT("resident", draft->whose.resident),
			F_INT("body", draft->whose.body), F_INT("count", draft->count),
			F_INT("currency", draft->currency)),
		err));
	if (a.is_repeat) {
		*ret_id = a.result;
		return 0;
	}
	TRY(reward_get(db, draft->reward, &reward, err));
	TRY(check(db, act, draft, &reward, err));
	id = act_new_id(&a);
	TRY(write_redemption(&a, draft, &reward, id, err));
	TRY(take_stock(&a, &reward, draft->count, err));
	if (reward.kind == REWARD_VOUCHER)
		TRY(voucher_issue(&a, id, reward.valid_days, err));
	act_set_subject(&a, id, draft->whose.resident);
	TRY(act_commit(&a, id, err));
	*ret_id = id;
	return 0;
}

/* ---- undoing ---- */

static int check_undo(const struct acting *a, const struct redemption *redemption, struct err *err)
{
	bool has_why = a->act->why && *a->act->why;
	bool is_today = day_compare(when_day(redemption->redeemed_at), when_day(a->now)) == 0;
	struct err refusal = { 0 };
	struct voucher voucher;

	int r = voucher_of(a->db, redemption->id, &voucher, err);
	if (r < 0)
		return r;
	if (redemption->undone_at)
		err_refuse(&refusal, REASON(REDEMPTION_UNDONE));
	if (redemption->settlement)
		err_refuse(&refusal, REASON(REDEMPTION_SETTLED));
	if (r > 0 && voucher.used_at)
		err_refuse(&refusal, REASON(VOUCHER_USED, .n1 = voucher.used_at));
	if (!is_today && a->act->role < ROLE_COORDINATOR)
		err_refuse(&refusal, REASON(REDEMPTION_LATE));
	if ((!is_today || redemption->fen) && !has_why)
		err_refuse(&refusal, REASON(WHY_NEEDED));
	if (refusal.code)
		*err = refusal;
	return refusal.code;
}

static int give_back(struct acting *a, const struct redemption *redemption, struct err *err)
{
	int64_t transfer, line, posted;

	TRY(db_integer(a->db, "SELECT transfer FROM redemption WHERE id = :id",
		FIELDS(F_INT("id", redemption->id)), 0, &transfer, err));
	if (transfer)
		return transfer_take_back(a, transfer, &posted, err);
	TRY(db_integer(a->db, "SELECT fund_line FROM redemption WHERE id = :id",
		FIELDS(F_INT("id", redemption->id)), 0, &line, err));
	return fund_reverse(a->db, a->act, line, &posted, err);
}

static int return_stock(struct acting *a, const struct redemption *redemption, struct err *err)
{
	CLEANUP(reward_finish) struct reward reward = { 0 };

	TRY(reward_get(a->db, redemption->reward, &reward, err));
	if (reward.title)
		return stock_add(a->db, a->act, reward.title, redemption->count, NULL, err);
	if (!reward.is_counted)
		return 0;
	return act_update(a, "reward", reward.id,
		FIELDS(F_INT("stock", reward.stock + redemption->count)), err);
}

int redemption_undo(struct db *db, const struct act *act, int64_t id, struct err *err)
{
	CLEANUP(redemption_finish) struct redemption redemption = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;

	TRY(act_begin(&a, db, act, ACT_REDEMPTION_UNDO, FIELDS(F_INT("redemption", id)), err));
	if (a.is_repeat)
		return 0;
	TRY(redemption_get(db, id, &redemption, err));
	TRY(check_undo(&a, &redemption, err));
	TRY(give_back(&a, &redemption, err));
	TRY(return_stock(&a, &redemption, err));
	TRY(act_update(&a, "redemption", id, FIELDS(F_INT("undone_at", a.now)), err));
	act_set_subject(&a, id, redemption.whose.resident);
	return act_commit(&a, id, err);
}
