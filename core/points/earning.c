#include "core/points/earning.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "core/base/reasons.h"
#include "core/points/account_row.h"
#include "core/points/cap.h"
#include "core/points/posting.h"
#include "core/points/reasons.h"
#include "core/points/reversal.h"
#include "core/site/setting.h"
#include "core/store/acting.h"
#include "core/store/role_reasons.h"
#include "core/store/rows.h"

/* The column of what was paid for, and how that is looked up. */
#define EARNED_FOR(column)                                                \
	{                                                                 \
		column,                                                   \
			"SELECT 1 FROM earning WHERE " column             \
			" = :of AND account = :account AND code = :code", \
			"SELECT id FROM earning WHERE " column            \
			" = :of AND status <> 'declined' LIMIT 1"         \
	}
static const struct {
	const char *column, *known, *standing;
} paid_for[] = { { NULL, NULL, NULL }, EARNED_FOR("service_hours"), EARNED_FOR("skill_service"),
	EARNED_FOR("donation") };
static_assert(ARRAY_LEN(paid_for) == EARN_FOR_COUNT, "a column for each");

/* ---- what it is worth ---- */

int earn_minutes_add(struct db *db, struct earn_minutes *minutes, int64_t from, int64_t until,
	bool is_holiday, struct err *err)
{
	int64_t night_from, night_until;

	TRY(setting_int(db, SETTING_NIGHT_FROM, &night_from, err));
	TRY(setting_int(db, SETTING_NIGHT_UNTIL, &night_until, err));
	/* Minute by minute: correct even in the night of a clock change. */
	for (int64_t at = from; at + 60 <= until; at += 60) {
		int hour = when_local(at).hour;
		bool is_night = night_from > night_until ? hour >= night_from || hour < night_until
							 : hour >= night_from && hour < night_until;
		if (is_night)
			is_holiday ? minutes->holiday_night++ : minutes->night++;
		else
			is_holiday ? minutes->holiday++ : minutes->day++;
	}
	return 0;
}

static int64_t sum_of(const struct earn_minutes *m)
{
	return m->day + m->night + m->holiday + m->holiday_night;
}

static int64_t rounded(int64_t value, int64_t unit, const char *how)
{
	if (strcmp(how, "up") == 0)
		return (value + unit - 1) / unit;
	if (strcmp(how, "nearest") == 0)
		return (value + unit / 2) / unit;
	return value / unit;
}

int earn_worth(struct db *db, const struct earn_rule *rule, const struct earn_minutes *m,
	int64_t times, struct points *ret, struct err *err)
{
	CLEANUP(mem_free) char *how = NULL;
	int64_t most = rule->night_percent > rule->holiday_percent ? rule->night_percent
								   : rule->holiday_percent;

	if (rule->per == EARN_PER_TIME) {
		*ret = POINTS(rule->points * times);
		return 0;
	}
	TRY(setting_text(db, SETTING_POINTS_ROUNDING, &how, err));
	int64_t weighed = m->day * 100 + m->night * rule->night_percent +
			  m->holiday * rule->holiday_percent + m->holiday_night * most;
	*ret = POINTS(rounded(weighed * rule->points, INT64_C(60) * 100, how));
	return 0;
}

/* ---- caps ---- */

static int earned_that_day(struct db *db, const struct earn_rule *rule, int64_t account,
	struct day on, int64_t *ret, struct err *err)
{
	char day[11];

	day_format(on, day);
	return db_integer(db,
		"SELECT sum(points) FROM earning WHERE account = :account AND on_day = :day"
		" AND code = :code AND status <> 'declined' AND NOT EXISTS"
		" (SELECT 1 FROM transfer WHERE reverses = earning.transfer)",
		FIELDS(F_INT("account", account), F_TEXT("day", day), F_TEXT("code", rule->code)),
		0, ret, err);
}

static int cap(struct db *db, const struct earn_rule *rule, int64_t account,
	const struct earn_draft *draft, struct earned *e, struct err *err)
{
	int64_t before = 0, points = e->points.n;

	if (rule->cap_once && points > rule->cap_once)
		points = rule->cap_once;
	if (rule->cap_day) {
		if (account)
			TRY(earned_that_day(db, rule, account, draft->on, &before, err));
		int64_t room = before < rule->cap_day ? rule->cap_day - before : 0;
		points = points < room ? points : room;
	}
	e->is_capped = points < e->points.n;
	e->points = POINTS(points);
	return 0;
}

/* ---- the act ---- */

static enum role role_for(const struct earn_rule *rule)
{
	switch (rule->approver) {
	case EARN_BY_VOLUNTEER:
		return ROLE_VOLUNTEER;
	case EARN_BY_COORDINATOR:
		return ROLE_COORDINATOR;
	case EARN_BY_NONE:
	case EARN_APPROVER_COUNT:
		break;
	}
	return rule->source == EARN_ACT ? ROLE_VOLUNTEER : ROLE_RESIDENT;
}

static int check_once(struct db *db, const struct earn_rule *rule, int64_t account,
	const struct earn_draft *draft, struct err *err)
{
	int64_t known = 0;

	if (!draft->of || !account)
		return 0;
	TRY(db_integer(db, paid_for[draft->what_for].known,
		FIELDS(F_INT("of", draft->of), F_INT("account", account),
			F_TEXT("code", rule->code)),
		0, &known, err));
	return known ? err_set(err, ERR_REFUSED, REASON(EARNED_ALREADY)) : 0;
}

static int is_in_force(struct db *db, const struct earn_rule *rule, struct err *err)
{
	int64_t ended;

	TRY(db_integer(db, "SELECT ended_at FROM earn_rule WHERE id = :id",
		FIELDS(F_INT("id", rule->id)), 0, &ended, err));
	return ended ? err_set(err, ERR_REFUSED, REASON(EARN_RULE_ENDED)) : 0;
}

static int check_draft(
	const struct earn_rule *rule, const struct earn_draft *draft, struct err *err)
{
	bool is_hourly = rule->per == EARN_PER_HOUR;

	if (is_hourly && (sum_of(&draft->minutes) < 0 || sum_of(&draft->minutes) > 1440 * 31))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "minutes"));
	if (!is_hourly && (draft->times < 1 || draft->times > 1000))
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "count"));
	/* Without a resident it would be the system's first account. */
	if (rule->payer == EARN_FROM_ASKER && !draft->asker)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "resident"));
	return 0;
}

static int work_out(struct db *db, const struct act *act, const struct earn_rule *rule,
	const struct earn_draft *draft, struct earned *ret, struct err *err)
{
	struct account account = { 0 };
	struct earned e = { 0 };
	struct points room;

	TRY(check_draft(rule, draft, err));
	TRY(is_in_force(db, rule, err));
	if (rule->source == EARN_ACT && act->role < ROLE_VOLUNTEER)
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = ROLE_VOLUNTEER));
	int r = account_get(db, draft->whose, &account, err);
	if (r < 0)
		return r;
	TRY(check_once(db, rule, account.id, draft, err));
	TRY(earn_worth(db, rule, &draft->minutes, draft->times, &e.points, err));
	TRY(cap(db, rule, account.id, draft, &e, err));
	TRY(points_room(db, draft->whose, &room, err));
	e.pooled = POINTS(e.points.n > room.n ? e.points.n - room.n : 0);
	e.is_waiting = act->role < role_for(rule);
	*ret = e;
	return 0;
}

int earn_preview(struct db *db, const struct act *act, const struct earn_draft *draft,
	struct earned *ret, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };

	TRY(earn_rule_get(db, draft->rule, &rule, err));
	return work_out(db, act, &rule, draft, ret, err);
}

static struct holder payer_of(const struct earn_rule *rule, int64_t asker)
{
	switch (rule->payer) {
	case EARN_FROM_POOL:
		return HOLDER_SYSTEM(ACCOUNT_POOL);
	case EARN_FROM_ASKER:
		return HOLDER_RESIDENT(asker);
	case EARN_FROM_ISSUE:
	case EARN_PAYER_COUNT:
		break;
	}
	return HOLDER_SYSTEM(ACCOUNT_ISSUE);
}

/* A neighbour who is helped may owe as much as the venue allows. */
static int let_owe(struct acting *a, int64_t resident, struct err *err)
{
	struct account account;
	int64_t owed;

	TRY(setting_int(a->db, SETTING_NEIGHBOUR_OWES, &owed, err));
	TRY(account_on_demand(a, HOLDER_RESIDENT(resident), &account, err));
	if (account.floor == -owed || account.balance < -owed)
		return 0;
	return act_update(a, "account", account.id, FIELDS(F_INT("floor", -owed)), err);
}

static int post(struct acting *a, const struct earn_rule *rule, struct holder whose, int64_t asker,
	struct earned *e, struct err *err)
{
	struct holder payer = payer_of(rule, asker);
	bool is_pool = rule->payer == EARN_FROM_POOL;
	int64_t kept = e->points.n - e->pooled.n, paid = is_pool ? kept : e->points.n;
	struct posting postings[3];
	int count = 0;

	if (paid == 0)
		return 0;
	if (rule->payer == EARN_FROM_ASKER)
		TRY(let_owe(a, asker, err));
	postings[count++] =
		(struct posting){ payer.resident, payer.body, payer.system, POINTS(-paid) };
	if (kept > 0)
		postings[count++] =
			(struct posting){ whose.resident, whose.body, whose.system, POINTS(kept) };
	if (paid > kept)
		postings[count++] =
			(struct posting){ .system = ACCOUNT_POOL, .amount = POINTS(paid - kept) };
	const struct transfer_draft draft = { "earn", postings, count };
	return posting_do(a, &draft, &(struct posting_more){ 0 }, &e->transfer, err);
}

static int write_earning(struct acting *a, const struct earn_rule *rule,
	const struct earn_draft *draft, struct earned *e, struct err *err)
{
	/* An act by hand has no source: no matter which column is NULL. */
	const char *column = draft->of ? paid_for[draft->what_for].column : "donation";
	struct account account;
	char day[11];

	assert((draft->of != 0) == (draft->what_for != EARN_FOR_ACT));
	TRY(account_on_demand(a, draft->whose, &account, err));
	if (!e->is_waiting)
		TRY(post(a, rule, draft->whose, draft->asker, e, err));
	day_format(draft->on, day);
	e->id = act_new_id(a);
	return act_insert(a, "earning",
		FIELDS(F_INT("id", e->id), F_INT("rule", rule->id), F_TEXT("code", rule->code),
			F_INT("account", account.id), F_ID(column, draft->of),
			F_TEXT("on_day", day), F_INT("minutes", sum_of(&draft->minutes)),
			/* What the pool could not keep was not paid. */
			F_INT("points", e->transfer || e->is_waiting ? e->points.n : 0),
			F_TEXT("status", e->is_waiting ? "waiting" : "posted"),
			F_ID("transfer", e->transfer)),
		err);
}

static int earned_again(struct db *db, int64_t id, struct earned *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db, "SELECT points, transfer, status FROM earning WHERE id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	*ret = (struct earned){ .id = id };
	if (r > 0) {
		ret->points = POINTS(query_int(&q, "points"));
		ret->transfer = query_int(&q, "transfer");
		ret->is_waiting = strcmp(query_text0(&q, "status"), "waiting") == 0;
	}
	return 0;
}

int earn(struct db *db, const struct act *act, const struct earn_draft *draft, struct earned *ret,
	struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct earned e;

	TRY(act_begin(&a, db, act, ACT_EARN,
		FIELDS(F_INT("rule", draft->rule), F_INT("resident", draft->whose.resident),
			F_INT("body", draft->whose.body), F_INT("of", draft->of),
			F_INT("minutes", sum_of(&draft->minutes)), F_INT("times", draft->times),
			F_INT("asker", draft->asker)),
		err));
	if (a.is_repeat)
		return earned_again(db, a.result, ret, err);
	TRY(earn_rule_get(db, draft->rule, &rule, err));
	TRY(work_out(db, act, &rule, draft, &e, err));
	TRY(write_earning(&a, &rule, draft, &e, err));
	act_set_subject(&a, e.transfer ? e.transfer : e.id, draft->whose.resident);
	TRY(act_commit(&a, e.id, err));
	*ret = e;
	return 0;
}

/* ---- what waits ---- */

static int read_waiting(struct db *db, int64_t id, struct earning *ret, struct err *err)
{
	CLEANUP(query_close) struct query q = QUERY_INIT;

	TRY(query_open(&q, db,
		"SELECT rule, resident, body, points, status FROM earning"
		" JOIN account ON account.id = earning.account WHERE earning.id = :id",
		FIELDS(F_INT("id", id)), err));
	int r = query_next(&q, err);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(err, ERR_NOT_FOUND, REASON(EARNING_UNKNOWN));
	if (strcmp(query_text0(&q, "status"), "waiting") != 0)
		return err_set(err, ERR_REFUSED, REASON(EARNING_SETTLED));
	*ret = (struct earning){ .id = id,
		.rule = query_int(&q, "rule"),
		.whose = { .resident = query_int(&q, "resident"), .body = query_int(&q, "body") },
		.points = POINTS(query_int(&q, "points")) };
	return 0;
}

static int asker_of(struct db *db, int64_t earning, int64_t *ret, struct err *err)
{
	return db_integer(db, "SELECT asker FROM skill_service WHERE earning = :id",
		FIELDS(F_INT("id", earning)), 0, ret, err);
}

static int grant(struct acting *a, const struct earn_rule *rule, const struct earning *earning,
	struct err *err)
{
	struct earned e = { .points = earning->points };
	struct points room;
	int64_t asker;

	TRY(points_room(a->db, earning->whose, &room, err));
	e.pooled = POINTS(e.points.n > room.n ? e.points.n - room.n : 0);
	TRY(asker_of(a->db, earning->id, &asker, err));
	if (rule->payer == EARN_FROM_ASKER && !asker)
		return err_set(err, ERR_INVALID, REASON_TEXT(NUMBER_BAD, "resident"));
	TRY(post(a, rule, earning->whose, asker, &e, err));
	return act_update(a, "earning", earning->id,
		FIELDS(F_TEXT("status", "posted"), F_ID("transfer", e.transfer),
			F_INT("points", e.transfer ? e.points.n : 0)),
		err);
}

int earning_settle(
	struct db *db, const struct act *act, int64_t id, bool is_granted, struct err *err)
{
	CLEANUP(earn_rule_finish) struct earn_rule rule = { 0 };
	CLEANUP(act_end) struct acting a = ACTING_INIT;
	struct earning earning = { 0 };

	TRY(act_begin(&a, db, act, ACT_EARNING_SETTLE,
		FIELDS(F_INT("earning", id), F_INT("is_granted", is_granted)), err));
	if (a.is_repeat)
		return 0;
	TRY(read_waiting(db, id, &earning, err));
	TRY(earn_rule_get(db, earning.rule, &rule, err));
	if (act->role < role_for(&rule))
		return err_set(err, ERR_REFUSED, REASON(ROLE_NEEDED, .n1 = role_for(&rule)));
	if (is_granted)
		TRY(grant(&a, &rule, &earning, err));
	else
		TRY(act_update(&a, "earning", id, FIELDS(F_TEXT("status", "declined")), err));
	act_set_subject(&a, id, earning.whose.resident);
	return act_commit(&a, id, err);
}

static int take_back(
	struct acting *a, int64_t account_id, int64_t transfer, int64_t points, struct err *err)
{
	struct account account;
	int64_t is_reversed, posted;

	TRY(db_integer(a->db, "SELECT 1 FROM transfer WHERE reverses = :id",
		FIELDS(F_INT("id", transfer)), 0, &is_reversed, err));
	TRY(account_read(a->db, account_id, &account, err));
	if (is_reversed || account.balance - points < account.floor)
		return 0;
	return transfer_take_back(a, transfer, &posted, err);
}

int earning_take_back(struct acting *a, enum earn_for what_for, int64_t of, struct err *err)
{
	int64_t id, account, transfer, points;

	/* One rule pays for it; work for which another rule would pay is another line. */
	TRY(db_integer(a->db, paid_for[what_for].standing, FIELDS(F_INT("of", of)), 0, &id, err));
	if (!id)
		return 0;
	TRY(db_integer(a->db, "SELECT transfer FROM earning WHERE id = :id",
		FIELDS(F_INT("id", id)), 0, &transfer, err));
	if (!transfer)
		return act_update(a, "earning", id,
			FIELDS(F_TEXT("status", "declined"), F_INT("points", 0)), err);
	TRY(db_integer(a->db, "SELECT account FROM earning WHERE id = :id", FIELDS(F_INT("id", id)),
		0, &account, err));
	TRY(db_integer(a->db, "SELECT points FROM earning WHERE id = :id", FIELDS(F_INT("id", id)),
		0, &points, err));
	return take_back(a, account, transfer, points, err);
}

int earned_minutes(struct db *db, int64_t resident, int64_t *ret, struct err *err)
{
	return db_integer(db,
		"SELECT sum(minutes) FROM account JOIN earning ON earning.account = account.id"
		" WHERE resident = :resident AND status = 'posted' AND NOT EXISTS"
		" (SELECT 1 FROM transfer WHERE reverses = earning.transfer)",
		FIELDS(F_INT("resident", resident)), 0, ret, err);
}

static const struct column earning_columns[] = {
	COLUMN(struct earning, id),
	COLUMN(struct earning, rule),
	COLUMNS_HOLDER(struct earning, whose),
	COLUMN_AS(struct earning, on, "on_day"),
	COLUMN(struct earning, minutes),
	COLUMN_POINTS(struct earning, points),
};
static const struct row_type earning_rows = ROW_TYPE(struct earning, earning_columns);
LIST_FINISHER(earning_list_finish, struct earning_list, earning_rows);

int earnings_waiting(struct db *db, struct earning_list *ret, struct err *err)
{
	return rows_list(db, &earning_rows,
		"SELECT earning.id AS id, rule, resident, body, on_day, minutes, points"
		" FROM earning JOIN account ON account.id = earning.account"
		" WHERE status = 'waiting' ORDER BY earning.id",
		NO_FIELDS, ret, err);
}
